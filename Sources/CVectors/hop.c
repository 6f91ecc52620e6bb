#include "vectors.h"

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

/// What a quarter of a hop of one leg holds, lane by lane.
struct quarter {
    v4 sum, peak;
};

/// Sums up the quarter of one leg.
#define QUARTER(sums, maxima)                                                                     \
    (struct quarter) {                                                                            \
        __builtin_convertvector((i4)(LOW(sums) + HIGH(sums)), v4),                                \
            larger(__builtin_convertvector((i4)LOW(maxima), v4), __builtin_convertvector((i4)HIGH(maxima), v4)) \
    }

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

/// What a hop of one leg holds, from its quarters.
INLINE void describe(
    struct hop *hop, float energy, uint32_t changes, const struct quarter *parts, v4 sizes, long count) {
    hop->power = energy / ((float)count * 32768 * 32768);
    hop->change = 255 * changes / (uint32_t)(count > 0 ? count : 1);
    v4 halves = 2 * four_sums(parts[0].sum, parts[1].sum, parts[2].sum, parts[3].sum) / sizes + 0.5f;
    hop->magnitudes = (uint64_t)__builtin_convertvector(smaller(halves, (v4){0} + 65535), h4);
    v4 four = four_maxima(parts[0].peak, parts[1].peak, parts[2].peak, parts[3].peak);
    v4 two = pair_maxima(four, four);
    hop->peaks = (uint64_t)__builtin_convertvector(four, h4);
    hop->peak = (uint32_t)(two[0] > two[1] ? two[0] : two[1]);
}

KERNEL(
    void, measure_hops, (const int16_t *pairs, long count, struct hop *first, struct hop *second),
    (pairs, count, first, second)) {
    const u8 all = ~(u8){0};
    v8 firstEnergy = {0}, secondEnergy = {0};
    h16 changes = {0};
    struct quarter firsts[4], seconds[4];
    v4 sizes;
    _Pragma("unroll") for (int part = 0; part < 4; part += 1) {
        long index = count * part / 4, end = count * (part + 1) / 4;
        sizes[part] = end > index ? end - index : 1;
        u8 firstSum = {0}, secondSum = {0};
        h16 peak = {0};
        for (; index + 8 <= end; index += 8) ADD_PAIRS(all);
        if (index < end) ADD_PAIRS(FIRST(end - index));
        firsts[part] = QUARTER(firstSum, FIRST_OF(peak));
        seconds[part] = QUARTER(secondSum, SECOND_OF(peak));
    }
    describe(first, SUM(firstEnergy), __builtin_reduce_add(FIRST_OF(changes)), firsts, sizes, count);
    describe(second, SUM(secondEnergy), __builtin_reduce_add(SECOND_OF(changes)), seconds, sizes, count);
}
