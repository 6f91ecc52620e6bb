#include "pairs.h"

KERNEL(
    _Bool, weigh_windows,
    (const float *first, const float *second, const float *weights, float *complex, long count),
    (first, second, weights, complex, count)) {
    u8 bits = {0};
    for (long index = 0; index < count; index += 8) {
        v8 a = LOAD(first + index), b = LOAD(second + index), weight = LOAD(weights + index);
        bits |= (u8)a | (u8)b;
        a *= weight;
        b *= weight;
        STORE(complex + 2 * index, SHUFFLE(a, b, 0, 8, 1, 9, 2, 10, 3, 11));
        STORE(complex + 2 * index + 8, SHUFFLE(a, b, 4, 12, 5, 13, 6, 14, 7, 15));
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
