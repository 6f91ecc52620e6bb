#include "vectors.h"

/// The bits of a float are its logarithm, straight between powers of two.
#define LOGARITHM(v) (__builtin_convertvector((i8)((v) + 1e-10f) - 110 * (1 << 23), v8) * 0x1p-23f)

#define LAST ((u8){0, 0, 0, 0, 0, ~0u, ~0u, ~0u})
#define CLAMPED(v) SMALLER(LARGER(v, low_limit), high_limit)

/// The shape of the spectrum of two frames, in vectors a, b and c; of c the last three count, the others are 0.
#define SHAPE(first, second)                                             \
    const v8 high_limit = (v8){0} + 10, low_limit = -high_limit;         \
    v8 a = LOAD(first) + LOAD(second);                                   \
    v8 b = LOAD((first) + 8) + LOAD((second) + 8);                       \
    v8 c = LOAD((first) + 11) + LOAD((second) + 11);                     \
    a = LOGARITHM(a);                                                    \
    b = LOGARITHM(b);                                                    \
    c = LOGARITHM(c);                                                    \
    c = (v8)((u8)c & LAST);                                              \
    float mean = SUM(a + b + c) / 19;                                    \
    a = a - mean;                                                        \
    b = b - mean;                                                        \
    c = c - mean;                                                        \
    a = CLAMPED(a);                                                      \
    b = CLAMPED(b);                                                      \
    c = CLAMPED(c);                                                      \
    c = (v8)((u8)c & LAST)

KERNEL(
    void, add_shape, (const float *first, const float *second, float *sums), (first, second, sums)) {
    SHAPE(first, second);
    STORE(sums, LOAD(sums) + a);
    STORE(sums + 8, LOAD(sums + 8) + b);
    STORE(sums + 16, LOAD(sums + 16) + c);
    STORE(sums + 24, LOAD(sums + 24) + a * a);
    STORE(sums + 32, LOAD(sums + 32) + b * b);
    STORE(sums + 40, LOAD(sums + 40) + c * c);
}

#define DISTANCE(v, place, other)                                        \
    ((v - LOAD(other + place)) * (v - LOAD(other + place)) * LOAD(other + 24 + place) \
     - (v - LOAD(own + place)) * (v - LOAD(own + place)) * LOAD(own + 24 + place))

KERNEL(
    float, compare_shapes, (const float *first, const float *second, const float *own, const float *other),
    (first, second, own, other)) {
    SHAPE(first, second);
    v8 sum = DISTANCE(a, 0, other) + DISTANCE(b, 8, other) + DISTANCE(c, 16, other);
    return SUM(sum);
}
