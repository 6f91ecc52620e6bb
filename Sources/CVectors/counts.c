#include "vectors.h"

KERNEL(
    long, count_values,
    (const float *values, const uint8_t *included, long count, int32_t times, float offset, float scale, long steps,
     int32_t *counts),
    (values, included, count, times, offset, scale, steps, counts)) {
    v8 none = {0}, last = none + (float)(steps - 1);
    long number = 0;
    for (long index = 0; index < count; index += 8) {
        long end = count - index < 8 ? count - index : 8;
        uint64_t eight = 1;
        if (included && end == 8) __builtin_memcpy(&eight, included + index, 8);
        // Masks are long runs.
        if (!eight) continue;
        LOAD_FIRST(values + index, end, value)
        v8 places = (value + offset) * scale;
        places = LARGER(places, none);
        places = SMALLER(places, last);
        int32_t step[8];
        *(i8_unaligned *)step = __builtin_convertvector(places, i8);
        for (long lane = 0; lane < end; lane += 1) {
            int32_t here = included ? times * included[index + lane] : times;
            counts[step[lane]] += here;
            number += here;
        }
    }
    return number;
}

/// The steps of eight powers: the exponent and four bits of the mantissa, from 2^-55.
#define STEPS_OF(powers)                                                                          \
    __builtin_elementwise_min(                                                                    \
        __builtin_elementwise_max(((i8)(powers) >> 19) - (72 << 4), (i8){0}), (i8){0} + 1023)

KERNEL(
    long, count_band_blocks,
    (const float *bands, long stride, long width, const uint8_t *included, long count, int32_t *counts, long row),
    (bands, stride, width, included, count, counts, row)) {
    long blocks = 0;
    for (long first = 0; first + width <= count; first += width) {
        int whole = 1;
        for (long frame = first; frame < first + width; frame += 1) whole &= included[frame];
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
        int32_t steps[19];
        *(i8_unaligned *)steps = STEPS_OF(low);
        *(i8_unaligned *)(steps + 8) = STEPS_OF(middle);
        *(i8_unaligned *)(steps + 11) = STEPS_OF(high);
        for (long band = 0; band < 19; band += 1) counts[band * row + steps[band]] += 1;
    }
    return blocks;
}
