#include "pairs.h"

/// Weighs eight pairs of samples and stores them as eight complex numbers.
#define WEIGH_PAIRS(pairs)                                                                              \
    {                                                                                                   \
        s16 samples = (s16)(pairs);                                                                     \
        v8 low = __builtin_convertvector(SHUFFLE(samples, samples, 0, 1, 2, 3, 4, 5, 6, 7), v8);        \
        v8 high = __builtin_convertvector(SHUFFLE(samples, samples, 8, 9, 10, 11, 12, 13, 14, 15), v8); \
        STORE(complex + 2 * index, low * LOAD(weights + 2 * index));                                    \
        STORE(complex + 2 * index + 8, high * LOAD(weights + 2 * index + 8));                           \
    }

KERNEL(
    _Bool, weigh_windows,
    (const int16_t *first, const int16_t *second, const float *weights, float *complex, long count),
    (first, second, weights, complex, count)) {
    u8 bits = {0};
    for (long index = 0; index < count; index += 8) {
        u8 both = ((u8)LOAD_PAIRS(first + 2 * index) & 0xFFFF) | ((u8)LOAD_PAIRS(second + 2 * index) << 16);
        bits |= both;
        WEIGH_PAIRS(both);
    }
    return __builtin_reduce_or(bits) != 0;
}

KERNEL(
    void, unpack_powers,
    (const float *spectrum, long count, long from, long end, float *first, float *second),
    (spectrum, count, from, end, first, second)) {
    for (long bin = from; bin < end; bin += 8) {
        PAIR_POWERS(low, spectrum, count, bin);
        PAIR_POWERS(high, spectrum, count, bin + 4);
        STORE(first + bin, SHUFFLE(low, high, 0, 2, 4, 6, 8, 10, 12, 14));
        STORE(second + bin, SHUFFLE(low, high, 1, 3, 5, 7, 9, 11, 13, 15));
    }
}
