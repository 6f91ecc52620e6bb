#include "CVectors.h"

#if defined(__x86_64__) && defined(__linux__)
#define EITHER __attribute__((target_clones("avx2", "default")))
#else
#define EITHER
#endif
#define INLINE static inline __attribute__((always_inline))
#pragma STDC FP_CONTRACT OFF

typedef float v4 __attribute__((vector_size(16)));
typedef float v8 __attribute__((vector_size(32)));
typedef uint32_t u4 __attribute__((vector_size(16)));
typedef uint32_t u8 __attribute__((vector_size(32)));
typedef float v8_anywhere __attribute__((vector_size(32), aligned(4), may_alias));
typedef uint32_t u8_anywhere __attribute__((vector_size(32), aligned(4), may_alias));

#define LOAD(place) (*(const v8_anywhere *)(place))
#define STORE(place, values) (*(v8_anywhere *)(place) = (values))
#define SHUFFLE __builtin_shufflevector

/// As macros, because vectors of eight are not passed between functions.
#define LARGER(a, b) ((v8)(((u8)((a) > (b)) & (u8)(a)) | (~(u8)((a) > (b)) & (u8)(b))))
#define LOW(v) SHUFFLE(v, v, 0, 1, 2, 3)
#define HIGH(v) SHUFFLE(v, v, 4, 5, 6, 7)

/// The sums of the even and of the odd lanes, in lanes 0 and 1.
#define PAIR_SUMS(v) (LOW(v) + HIGH(v) + SHUFFLE(LOW(v) + HIGH(v), LOW(v) + HIGH(v), 2, 3, 0, 1))

INLINE v4 larger(v4 a, v4 b) { return (v4)(((u4)(a > b) & (u4)a) | (~(u4)(a > b) & (u4)b)); }

/// The largest of the even and of the odd lanes, in lanes 0 and 1.
INLINE v4 pair_maxima(v4 low, v4 high) {
    v4 four = larger(low, high);
    return larger(four, SHUFFLE(four, four, 2, 3, 0, 1));
}

/// Four times the power of both windows at four bins: first, second, first, and so on. Unpacked from the
/// amplitudes, not from sums of powers, so that a loud window does not bury a quiet one.
#define POWERS(result, spectrum, count, bin)                              \
    v8 result;                                                            \
    {                                                                     \
        v8 here = LOAD((spectrum) + 2 * (bin));                           \
        v8 there = LOAD((spectrum) + 2 * ((count) - (bin) - 3));          \
        v8 mirror = SHUFFLE(there, there, 6, 7, 4, 5, 2, 3, 0, 1);        \
        v8 sum = here + mirror;                                           \
        v8 difference = here - mirror;                                    \
        v8 squares = difference * difference;                             \
        result = sum * sum + SHUFFLE(squares, squares, 1, 0, 3, 2, 5, 4, 7, 6); \
    }

EITHER void window_two(
    const float *first, const float *second, const float *weights, float *complex, long count) {
    for (long index = 0; index < count; index += 8) {
        v8 a = LOAD(first + index) * LOAD(weights + index);
        v8 b = LOAD(second + index) * LOAD(weights + index);
        STORE(complex + 2 * index, SHUFFLE(a, b, 0, 8, 1, 9, 2, 10, 3, 11));
        STORE(complex + 2 * index + 8, SHUFFLE(a, b, 4, 12, 5, 13, 6, 14, 7, 15));
    }
}

EITHER void band_powers(
    const float *spectrum, long count, const long *edges, long bands, float scale, float *first, float *second) {
    const u8 lanes = {0, 0, 1, 1, 2, 2, 3, 3};
    for (long band = 0; band < bands; band += 1) {
        long bin = edges[band];
        long end = edges[band + 1] > bin ? edges[band + 1] : bin + 1;
        v8 sums = {0};
        for (; bin + 4 <= end; bin += 4) {
            POWERS(powers, spectrum, count, bin);
            sums += powers;
        }
        if (bin < end) {
            POWERS(powers, spectrum, count, bin);
            sums += (v8)((u8)powers & (u8)(lanes < ((u8){0} + (uint32_t)(end - bin))));
        }
        v4 both = PAIR_SUMS(sums) * scale;
        first[band] = both[0];
        second[band] = both[1];
    }
}

EITHER long unpack_powers(
    const float *spectrum, long count, long from, long end, float *first, float *second, float *lags,
    long lagCount) {
    long bin = from;
    for (; bin < end; bin += 8) {
        POWERS(low, spectrum, count, bin);
        POWERS(high, spectrum, count, bin + 4);
        STORE(first + bin, SHUFFLE(low, high, 0, 2, 4, 6, 8, 10, 12, 14));
        STORE(second + bin, SHUFFLE(low, high, 1, 3, 5, 7, 9, 11, 13, 15));
        if (lags) {
            STORE(lags + 2 * bin, low);
            STORE(lags + 2 * bin + 8, high);
            float *mirror = lags + 2 * (lagCount - bin - 3);
            STORE(mirror, SHUFFLE(low, low, 6, 7, 4, 5, 2, 3, 0, 1));
            STORE(mirror - 8, SHUFFLE(high, high, 6, 7, 4, 5, 2, 3, 0, 1));
        }
    }
    return bin;
}

EITHER void lag_maxima(float *lags, const float *weights, float *maxima, long from, long end, float *best) {
    for (long index = from / 4 * 8 - 8; index < 2 * end + 8; index += 8)
        STORE(lags + index, LOAD(lags + index) * LOAD(weights + index));
    v8 all = {0};
    for (long lag = from; lag < end; lag += 4) {
        v8 value = LOAD(lags + 2 * lag);
        u8 least = (u8)(value < LOAD(lags + 2 * lag - 2)) | (u8)(value < LOAD(lags + 2 * lag + 2));
        v8 maximum = (v8)((u8)value & ~least);
        STORE(maxima + 2 * lag, maximum);
        all = LARGER(maximum, all);
    }
    v4 both = pair_maxima(LOW(all), HIGH(all));
    best[0] = both[0];
    best[1] = both[1];
}

EITHER float sum_and_maximum(const float *power, long from, long end, float *maximum) {
    v8 sums = {0}, others = {0}, maxima = {0};
    long bin = from;
    for (; bin + 16 <= end; bin += 16) {
        v8 values = LOAD(power + bin), next = LOAD(power + bin + 8);
        sums += values;
        others += next;
        v8 larger = LARGER(next, values);
        maxima = LARGER(larger, maxima);
    }
    sums += others;
    v4 both = PAIR_SUMS(sums), most = pair_maxima(LOW(maxima), HIGH(maxima));
    float sum = both[0] + both[1];
    float largest = most[0] > most[1] ? most[0] : most[1];
    for (; bin < end; bin += 1) {
        sum += power[bin];
        if (power[bin] > largest) largest = power[bin];
    }
    *maximum = largest;
    return sum;
}

EITHER void count_peaks(
    const float *power, long from, long vectors, float weakest, uint32_t *history, uint32_t shift,
    uint32_t steady, uint32_t *peaks, uint32_t *steadyPeaks) {
    v8 lowest = (v8){0} + weakest;
    u8 wanted = (u8){0} + steady;
    u8 count = {0}, steadyCount = {0};
    for (long vector = 0; vector < vectors; vector += 1) {
        const float *here = power + from + 8 * vector;
        v8 values = LOAD(here);
        // All bits are set in the lanes where it holds.
        u8 isPeak = (u8)(values > lowest) & (u8)(values > LOAD(here - 1)) & (u8)(values >= LOAD(here + 1));
        u8_anywhere *stood = (u8_anywhere *)(history + 8 * vector);
        u8 stands = (*stood << shift) - isPeak;
        *stood = stands;
        count -= isPeak;
        steadyCount -= (u8)((stands & wanted) == wanted);
    }
    *peaks = *steadyPeaks = 0;
    for (int lane = 0; lane < 8; lane += 1) {
        *peaks += count[lane];
        *steadyPeaks += steadyCount[lane];
    }
}

EITHER long first_of(const float *power, long from, long end, float value) {
    v8 wanted = (v8){0} + value;
    long bin = from;
    while (bin + 8 < end && !__builtin_reduce_or((u8)(LOAD(power + bin) == wanted))) bin += 8;
    while (bin < end - 1 && power[bin] != value) bin += 1;
    return bin;
}
