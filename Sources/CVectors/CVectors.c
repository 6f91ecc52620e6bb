#include "CVectors.h"
#include "Vectors.h"

#define LOW(v) SHUFFLE(v, v, 0, 1, 2, 3)
#define HIGH(v) SHUFFLE(v, v, 4, 5, 6, 7)

/// The sums of the even and of the odd lanes, in lanes 0 and 1.
#define PAIR_SUMS(v) (LOW(v) + HIGH(v) + SHUFFLE(LOW(v) + HIGH(v), LOW(v) + HIGH(v), 2, 3, 0, 1))

/// The first lanes of a vector, as many as `rest` says.
#define FIRST(rest) ((u8)((i8){0, 1, 2, 3, 4, 5, 6, 7} < ((i8){0} + (int32_t)(rest))))

INLINE v4 larger(v4 a, v4 b) { return (v4)(((u4)(a > b) & (u4)a) | (~(u4)(a > b) & (u4)b)); }

INLINE v4 smaller(v4 a, v4 b) { return (v4)(((u4)(a < b) & (u4)a) | (~(u4)(a < b) & (u4)b)); }

/// The largest of the even and of the odd lanes, in lanes 0 and 1.
INLINE v4 pair_maxima(v4 low, v4 high) {
    v4 four = larger(low, high);
    return larger(four, SHUFFLE(four, four, 2, 3, 0, 1));
}

/// The sums of the lanes of four vectors.
INLINE v4 four_sums(v4 a, v4 b, v4 c, v4 d) {
    v4 ab = SHUFFLE(a, b, 0, 4, 1, 5) + SHUFFLE(a, b, 2, 6, 3, 7);
    v4 cd = SHUFFLE(c, d, 0, 4, 1, 5) + SHUFFLE(c, d, 2, 6, 3, 7);
    return SHUFFLE(ab, cd, 0, 1, 4, 5) + SHUFFLE(ab, cd, 2, 3, 6, 7);
}

/// The largest of the lanes of four vectors.
INLINE v4 four_maxima(v4 a, v4 b, v4 c, v4 d) {
    v4 ab = larger(SHUFFLE(a, b, 0, 4, 1, 5), SHUFFLE(a, b, 2, 6, 3, 7));
    v4 cd = larger(SHUFFLE(c, d, 0, 4, 1, 5), SHUFFLE(c, d, 2, 6, 3, 7));
    return larger(SHUFFLE(ab, cd, 0, 1, 4, 5), SHUFFLE(ab, cd, 2, 3, 6, 7));
}

/// The first lane where a mask is set; it is set somewhere.
#define FIRST_SET(mask) __builtin_ctz(__builtin_reduce_or((mask) & (u8){1, 2, 4, 8, 16, 32, 64, 128}))

/// The sum of the lanes of a vector.
#define SUM(v) (PAIR_SUMS(v)[0] + PAIR_SUMS(v)[1])

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

/// Adds eight samples of a hop, of which those that are not `inside` count for nothing.
#define ADD_SAMPLES(inside)                                                            \
    {                                                                                  \
        v8 now = LOAD(samples + index), before = LOAD(samples + index - 1);            \
        v8 value = (v8)((u8)now & (inside));                                           \
        v8 magnitude = (v8)((u8)value & 0x7FFFFFFF);                                   \
        energy += value * value;                                                       \
        sum += magnitude;                                                              \
        peak = LARGER(magnitude, peak);                                                \
        changes -= (u8)(now != before) & (inside);                                     \
    }

EITHER void measure_hop(const float *samples, long count, struct hop *hop) {
    const u8 all = ~(u8){0};
    v8 energy = {0};
    u8 changes = {0};
    v4 sums[4], peaks[4], sizes;
    for (int part = 0; part < 4; part += 1) {
        long index = count * part / 4, end = count * (part + 1) / 4;
        sizes[part] = end > index ? end - index : 1;
        v8 sum = {0}, peak = {0};
        for (; index + 8 <= end; index += 8) ADD_SAMPLES(all);
        if (index < end) ADD_SAMPLES(FIRST(end - index));
        sums[part] = LOW(sum) + HIGH(sum);
        peaks[part] = larger(LOW(peak), HIGH(peak));
    }
    hop->power = SUM(energy) / ((float)count * 32768 * 32768);
    hop->change = 255 * __builtin_reduce_add(changes) / (count > 0 ? count : 1);
    v4 halves = 2 * four_sums(sums[0], sums[1], sums[2], sums[3]) / sizes + 0.5f;
    hop->magnitudes = (uint64_t)__builtin_convertvector(smaller(halves, (v4){0} + 65535), h4);
    hop->peaks = (uint64_t)__builtin_convertvector(four_maxima(peaks[0], peaks[1], peaks[2], peaks[3]), h4);
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

EITHER void unpack_powers(
    const float *spectrum, long count, long from, long end, float *first, float *second, float *pairs) {
    for (long bin = from; bin < end; bin += 8) {
        POWERS(low, spectrum, count, bin);
        POWERS(high, spectrum, count, bin + 4);
        STORE(first + bin, SHUFFLE(low, high, 0, 2, 4, 6, 8, 10, 12, 14));
        STORE(second + bin, SHUFFLE(low, high, 1, 3, 5, 7, 9, 11, 13, 15));
        STORE(pairs + 2 * bin, low);
        STORE(pairs + 2 * bin + 8, high);
    }
}

EITHER void pair_sums(const float *pairs, long from, long end, float *sums) {
    v8 all = {0}, a = all, b = all, c = all;
    long bin = from;
    for (; bin + 16 <= end; bin += 16) {
        all += LOAD(pairs + 2 * bin);
        a += LOAD(pairs + 2 * bin + 8);
        b += LOAD(pairs + 2 * bin + 16);
        c += LOAD(pairs + 2 * bin + 24);
    }
    all += a + (b + c);
    for (; bin + 4 <= end; bin += 4) all += LOAD(pairs + 2 * bin);
    v4 both = PAIR_SUMS(all);
    sums[0] = both[0];
    sums[1] = both[1];
    for (; bin < end; bin += 1) {
        sums[0] += pairs[2 * bin];
        sums[1] += pairs[2 * bin + 1];
    }
}

#define REVERSED(pairs) SHUFFLE(pairs, pairs, 6, 7, 4, 5, 2, 3, 0, 1)

EITHER void join_pairs(
    const float *pairs, const float *others, float gain, long from, long end, float *spectrum, long count) {
    const v8 signs = {-1, 1, -1, 1, -1, 1, -1, 1};
    for (long bin = from; bin < end; bin += 4) {
        v8 even = LOAD(pairs + 2 * bin), odd = {0};
        if (others) {
            v8 differences = gain * (LOAD(others + 2 * bin + 2) - LOAD(others + 2 * bin - 2));
            odd = signs * SHUFFLE(differences, differences, 1, 0, 3, 2, 5, 4, 7, 6);
        }
        v8 mirror = even - odd;
        STORE(spectrum + 2 * bin, even + odd);
        STORE(spectrum + 2 * (count - bin - 3), REVERSED(mirror));
    }
}

/// The maxima of values at a lag, 0 elsewhere.
#define MAXIMA(values) \
    (v8)((u8)LOAD(values) & ~((u8)(LOAD(values) < LOAD((values) - 2)) | (u8)(LOAD(values) < LOAD((values) + 2))))

EITHER void lag_maxima(
    const float *lags, long count, int isOdd, const float *weights, float *maxima, float *weighed, long from,
    long end, float *best) {
    for (long lag = from / 4 * 4 - 4; lag < end + 4; lag += 4) {
        v8 here = LOAD(lags + 2 * lag), there = LOAD(lags + 2 * (count - lag - 3));
        v8 mirror = REVERSED(there);
        STORE(weighed + 2 * lag, (isOdd ? here - mirror : here + mirror) * LOAD(weights + 2 * lag));
    }
    v8 all = {0};
    for (long lag = from; lag < end; lag += 4) {
        v8 maximum = MAXIMA(weighed + 2 * lag);
        STORE(maxima + 2 * lag, maximum);
        all = LARGER(maximum, all);
    }
    v4 both = pair_maxima(LOW(all), HIGH(all));
    best[0] = both[0];
    best[1] = both[1];
}

/// Of two vectors of integers the lanes of one where a mask is set, and those of the other.
#define CHOICE(mask, a, b) (((mask) & (a)) | (~(mask) & (b)))

EITHER void strongest_line(const float *power, long from, long end, long reach, struct line *line) {
    v8 sums = {0}, others = {0}, maxima = {0};
    // Where each lane first has its maximum.
    i8 firsts = {0}, here = (i8){0, 1, 2, 3, 4, 5, 6, 7} + (int32_t)from;
    long bin = from;
    for (; bin + 16 <= end; bin += 16, here += 16) {
        v8 values = LOAD(power + bin), next = LOAD(power + bin + 8);
        sums += values;
        others += next;
        v8 larger = LARGER(next, values);
        firsts = CHOICE(larger > maxima, here + (8 & (next > values)), firsts);
        maxima = LARGER(larger, maxima);
    }
    for (; bin < end; bin += 8, here += 8) {
        v8 values = (v8)((u8)LOAD(power + bin) & FIRST(end - bin));
        sums += values;
        firsts = CHOICE(values > maxima, here, firsts);
        maxima = LARGER(values, maxima);
    }
    sums += others;
    v4 most = pair_maxima(LOW(maxima), HIGH(maxima));
    float highest = most[0] > most[1] ? most[0] : most[1];
    line->total = SUM(sums);
    line->highest = highest;
    // Without any power the first bin stands for it.
    firsts = CHOICE(maxima == highest, firsts, (i8){0} + INT32_MAX);
    bin = highest > 0 ? __builtin_reduce_min(firsts) : from;
    line->bin = bin;
    // The bins around it: at most nine.
    const v8 places = {0, 1, 2, 3, 4, 5, 6, 7};
    const float *around = power + bin - reach;
    v8 near = (v8)((u8)LOAD(around) & FIRST(2 * reach + 1)), moments = near * places;
    float last = reach == 4 ? around[8] : 0, sum = SUM(near) + last;
    line->power = sum;
    line->centroid = sum > 0 ? (float)(bin - reach) + (SUM(moments) + 8 * last) / sum : 0;
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

EITHER long first_reaching(const float *values, long from, long end, float least) {
    const u8 everySecond = {~0u, 0, ~0u, 0, ~0u, 0, ~0u, 0};
    v8 wanted = (v8){0} + least;
    for (long index = from; index < end; index += 4) {
        u8 found = (u8)(LOAD(values + 2 * index) >= wanted) & everySecond;
        if (__builtin_reduce_or(found)) {
            index += FIRST_SET(found) / 2;
            return index < end ? index : end - 1;
        }
    }
    return end - 1;
}

EITHER void to_decibels(const float *powers, float *levels, long count, float scale) {
    for (long index = 0; index < count; index += 8) {
        long rest = count - index;
        v8 power = {0};
        if (rest >= 8) {
            power = LOAD(powers + index);
        } else {
            for (long lane = 0; lane < rest; lane += 1) power[lane] = powers[index + lane];
        }
        // The exponent that leaves a mantissa of sqrt(1/2) to sqrt(2).
        i8 exponent = ((i8)power - 0x3F3504F3) >> 23;
        v8 x = (v8)((i8)power - (exponent << 23)) - 1;
        v8 series = 0.17063435f * x - 0.27269789f;
        series = series * x + 0.29726262f;
        series = series * x - 0.35896185f;
        series = series * x + 0.48046503f;
        series = series * x - 0.72137587f;
        series = series * x + 1.4426997f;
        v8 level = 3.01029996f * (__builtin_convertvector(exponent, v8) + x * series);
        u8 isPower = (u8)(power > 1e-20f);
        level = scale * (v8)(((u8)level & isPower) | (~isPower & (u8)((v8){0} - 200)));
        if (rest >= 8) {
            STORE(levels + index, level);
        } else {
            for (long lane = 0; lane < rest; lane += 1) levels[index + lane] = level[lane];
        }
    }
}

/// Frames do not fit into the processor's nearer caches: those that come soon are fetched.
#define FETCH_AHEAD(bands, stride)                   \
    __builtin_prefetch((bands) + 16 * (stride));     \
    __builtin_prefetch((bands) + 16 * (stride) + 16)

/// The last eight of nineteen bands, without those that are among the first sixteen.
#define LAST_BANDS(bands) ((v8)((u8)LOAD((bands) + 11) & (u8){0, 0, 0, 0, 0, ~0u, ~0u, ~0u}))

EITHER void mean_roots(
    const float *bands, const float *others, long stride, const float *noise, const float *gains, long count,
    float *means) {
    v8 low = LOAD(noise), middle = LOAD(noise + 8), high = LOAD(noise + 11);
    v8 overLow = 1 / low, overMiddle = 1 / middle, overHigh = 1 / high;
    for (long frame = 0; frame < count; frame += 1, bands += stride) {
        FETCH_AHEAD(bands, stride);
        v8 a = LOAD(bands), b = LOAD(bands + 8), c = LAST_BANDS(bands);
        if (others) {
            a /= low + LOAD(gains) * LOAD(others);
            b /= middle + LOAD(gains + 8) * LOAD(others + 8);
            c /= high + LOAD(gains + 11) * LOAD(others + 11);
            others += stride;
        } else {
            a *= overLow;
            b *= overMiddle;
            c *= overHigh;
        }
        v8 roots = __builtin_elementwise_sqrt(a) + __builtin_elementwise_sqrt(b) + __builtin_elementwise_sqrt(c);
        means[frame] = SUM(roots) / 19;
    }
}

EITHER long count_values(
    const float *values, const uint8_t *taken, long count, int32_t times, float offset, float scale, long steps,
    int32_t *counts) {
    v8 none = {0}, last = none + (float)(steps - 1);
    long number = 0;
    for (long index = 0; index < count; index += 8) {
        long end = count - index < 8 ? count - index : 8;
        v8 value = none;
        if (end == 8) {
            value = LOAD(values + index);
        } else {
            for (long lane = 0; lane < end; lane += 1) value[lane] = values[index + lane];
        }
        v8 places = (value + offset) * scale;
        places = LARGER(places, none);
        places = SMALLER(places, last);
        int32_t step[8];
        *(i8_anywhere *)step = __builtin_convertvector(places, i8);
        for (long lane = 0; lane < end; lane += 1) {
            int32_t here = taken ? times * taken[index + lane] : times;
            counts[step[lane]] += here;
            number += here;
        }
    }
    return number;
}

EITHER long count_bands(
    const float *bands, long stride, long width, const uint8_t *taken, long count, int32_t *counts, long row) {
    long blocks = 0;
    for (long first = 0; first + width <= count; first += width) {
        int whole = 1;
        for (long frame = first; frame < first + width; frame += 1) whole &= taken[frame];
        if (!whole) continue;
        blocks += 1;
        v8 low = {0}, middle = {0}, high = {0};
        for (long frame = first; frame < first + width; frame += 1) {
            const float *here = bands + frame * stride;
            FETCH_AHEAD(here, stride);
            low += LOAD(here);
            middle += LOAD(here + 8);
            high += LOAD(here + 11);
        }
        float sums[19];
        STORE(sums, low);
        STORE(sums + 8, middle);
        STORE(sums + 11, high);
        for (long band = 0; band < 19; band += 1) {
            union { float value; int32_t bits; } sum = {sums[band]};
            // The exponent and four bits of the mantissa, from 2^-55.
            int32_t step = (sum.bits >> 19) - (72 << 4);
            step = step > 0 ? step : 0;
            counts[band * row + (step < 1023 ? step : 1023)] += 1;
        }
    }
    return blocks;
}

EITHER void band_sums(const float *first, const float *second, float *low, float *whole) {
    v8 eight = LOAD(first) + LOAD(second);
    v8 all = eight + (LOAD(first + 8) + LOAD(second + 8)) + (LAST_BANDS(first) + LAST_BANDS(second));
    *low = SUM(eight);
    *whole = SUM(all);
}

/// The bits of a float are its logarithm, straight between powers of two.
#define LOGARITHM(v) (__builtin_convertvector((i8)((v) + 1e-10f) - 110 * (1 << 23), v8) * 0x1p-23f)

EITHER void correlate_bands(
    const float *xs, const float *ys, long stride, const long *places, long count, long lag, float *sums) {
    for (long part = 0; part < 3; part += 1) {
        long band = part < 2 ? 8 * part : 11;       // the last vector has five bands again
        float *own = sums + 8 * part;
        v8 sx = LOAD(own), sy = LOAD(own + 24), sxx = LOAD(own + 48), syy = LOAD(own + 72), sxy = LOAD(own + 96);
        for (long index = 0; index < count; index += 1) {
            v8 x = LOAD(xs + stride * places[index] + band), y = LOAD(ys + stride * (places[index] + lag) + band);
            x = LOGARITHM(x);
            y = LOGARITHM(y);
            sx += x;
            sy += y;
            sxx += x * x;
            syy += y * y;
            sxy += x * y;
        }
        STORE(own, sx);
        STORE(own + 24, sy);
        STORE(own + 48, sxx);
        STORE(own + 72, syy);
        STORE(own + 96, sxy);
    }
}
