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

/// Adds eight samples of a hop; those that are not `inside` count for nothing.
#define ADD_SAMPLES(inside)                                                 \
    {                                                                       \
        v8 now = LOAD(samples + index), before = LOAD(samples + index - 1); \
        v8 value = (v8)((u8)now & (inside));                                \
        v8 magnitude = (v8)((u8)value & 0x7FFFFFFF);                        \
        energy += value * value;                                            \
        sum += magnitude;                                                   \
        peak = LARGER(magnitude, peak);                                     \
        changes -= (u8)(now != before) & (inside);                          \
    }

KERNEL(
    void, measure_hop, (const float *samples, long count, struct hop *hop), (samples, count, hop)) {
    const u8 all = ~(u8){0};
    v8 energy = {0};
    u8 changes = {0};
    v4 sums[4], peaks[4], sizes;
    _Pragma("unroll") for (int part = 0; part < 4; part += 1) {
        long index = count * part / 4, end = count * (part + 1) / 4;
        sizes[part] = end > index ? end - index : 1;
        v8 sum = {0}, peak = {0};
        for (; index + 8 <= end; index += 8) ADD_SAMPLES(all);
        if (index < end) ADD_SAMPLES(FIRST(end - index));
        sums[part] = LOW(sum) + HIGH(sum);
        peaks[part] = larger(LOW(peak), HIGH(peak));
    }
    hop->power = SUM(energy) / ((float)count * 32768 * 32768);
    hop->change = 255 * __builtin_reduce_add(changes) / (uint32_t)(count > 0 ? count : 1);
    v4 halves = 2 * four_sums(sums[0], sums[1], sums[2], sums[3]) / sizes + 0.5f;
    hop->magnitudes = (uint64_t)__builtin_convertvector(smaller(halves, (v4){0} + 65535), h4);
    v4 four = four_maxima(peaks[0], peaks[1], peaks[2], peaks[3]), two = pair_maxima(four, four);
    hop->peaks = (uint64_t)__builtin_convertvector(four, h4);
    hop->peak = two[0] > two[1] ? two[0] : two[1];
}
