#include "vectors.h"

/// Four vectors of four lanes by lane: the sum, or whatever else joins two, of each vector's lanes.
#define JOIN_LANES(name, join)                                                  \
    INLINE u4 name(const u4 *parts) {                                           \
        u4 a = parts[0], b = parts[1], c = parts[2], d = parts[3];              \
        u4 ab = join(SHUFFLE(a, b, 0, 4, 1, 5), SHUFFLE(a, b, 2, 6, 3, 7));     \
        u4 cd = join(SHUFFLE(c, d, 0, 4, 1, 5), SHUFFLE(c, d, 2, 6, 3, 7));     \
        return join(SHUFFLE(ab, cd, 0, 1, 4, 5), SHUFFLE(ab, cd, 2, 3, 6, 7));  \
    }

#define ADD(a, b) ((a) + (b))
/// The larger ones of pairs of 16 bits, half by half.
#define LARGER_PAIRS(a, b) ((u4)__builtin_elementwise_max((h8)(a), (h8)(b)))

JOIN_LANES(four_sums, ADD)
JOIN_LANES(four_maxima, LARGER_PAIRS)

/// Adds eight pairs of samples of a hop, the first leg's in the lower half of each lane of 32 bits; those that are not
/// `inside` count for nothing.
#define ADD_PAIRS(inside)                                                        \
    {                                                                            \
        h16 now = LOAD_PAIRS(pairs + 2 * index);                                 \
        h16 before = LOAD_PAIRS(pairs + 2 * index - 2);                          \
        changes -= (h16)(now != before) & (h16)(inside);                         \
        h16 value = now & (h16)(inside);                                         \
        h16 magnitude = (h16)__builtin_elementwise_abs((s16)value);              \
        peak = __builtin_elementwise_max(magnitude, peak);                       \
        firstSum += FIRST_OF(magnitude);                                         \
        secondSum += SECOND_OF(magnitude);                                       \
        i8 firstValue = (i8)((u8)value << 16) >> 16, secondValue = (i8)value >> 16; \
        firstEnergy += __builtin_convertvector(firstValue * firstValue, v8);     \
        secondEnergy += __builtin_convertvector(secondValue * secondValue, v8);  \
    }

/// Lanes of 32 bits with the halves of pairs of 16 bits, without sign.
#define FIRST_OF(pairs) ((u8)(pairs) & 0xFFFF)
#define SECOND_OF(pairs) ((u8)(pairs) >> 16)

/// Describes a hop of one leg: its summed squares, how often it changes, and by quarter the largest magnitude, the sum of
/// magnitudes and the number of samples.
INLINE void describe(
    struct hop *hop, float energy, uint32_t changes, u4 peaks, u4 sums, v4 sizes, long count) {
    hop->power = energy / ((float)count * 32768 * 32768);
    hop->change = 255 * changes / (uint32_t)(count > 0 ? count : 1);
    v4 halves = 2 * __builtin_convertvector((i4)sums, v4) / sizes + 0.5f;
    hop->magnitudes = (uint64_t)__builtin_convertvector(smaller(halves, (v4){0} + 65535), h4);
    hop->peaks = (uint64_t)__builtin_convertvector(peaks, h4);
    hop->peak = __builtin_reduce_max(peaks);
}

KERNEL(
    void, measure_hops, (const int16_t *pairs, long count, struct hop *first, struct hop *second),
    (pairs, count, first, second)) {
    const u8 all = ~(u8){0};
    v8 firstEnergy = {0}, secondEnergy = {0};
    h16 changes = {0};
    u4 peaks[4], firstSums[4], secondSums[4];
    v4 sizes;
    _Pragma("unroll") for (int part = 0; part < 4; part += 1) {
        long index = count * part / 4, end = count * (part + 1) / 4;
        sizes[part] = end > index ? end - index : 1;
        u8 firstSum = {0}, secondSum = {0};
        h16 peak = {0};
        for (; index + 8 <= end; index += 8) ADD_PAIRS(all);
        if (index < end) ADD_PAIRS(FIRST(end - index));
        peaks[part] = LARGER_PAIRS(LOW((u8)peak), HIGH((u8)peak));
        firstSums[part] = LOW(firstSum) + HIGH(firstSum);
        secondSums[part] = LOW(secondSum) + HIGH(secondSum);
    }
    u4 four = four_maxima(peaks);
    describe(
        first, SUM(firstEnergy), __builtin_reduce_add(FIRST_OF(changes)), four & 0xFFFF, four_sums(firstSums),
        sizes, count);
    describe(
        second, SUM(secondEnergy), __builtin_reduce_add(SECOND_OF(changes)), four >> 16, four_sums(secondSums),
        sizes, count);
}
