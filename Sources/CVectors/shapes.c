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

/// Goes over the steps of two frames that are chosen, fetching those that come soon.
#define FOR_CHOSEN(...)                                              \
    for (long step = 0; step < count; step += 1) {                   \
        const float *first = bands + 2 * step * stride;              \
        const float *second = first + stride;                        \
        FETCH_AHEAD(first, stride);                                  \
        FETCH_AHEAD(second, stride);                                 \
        if (chosen[step]) __VA_ARGS__                                \
    }

KERNEL(
    long, add_shapes, (const float *bands, long stride, const uint8_t *chosen, long count, float *sums),
    (bands, stride, chosen, count, sums)) {
    v8 s[6];
    for (long part = 0; part < 6; part += 1) s[part] = LOAD(sums + 8 * part);
    long number = 0;
    FOR_CHOSEN({
        SHAPE(first, second);
        s[0] += a;
        s[1] += b;
        s[2] += c;
        s[3] += a * a;
        s[4] += b * b;
        s[5] += c * c;
        number += 1;
    })
    for (long part = 0; part < 6; part += 1) STORE(sums + 8 * part, s[part]);
    return number;
}

#define DISTANCE(v, place, other)                                        \
    ((v - LOAD(other + place)) * (v - LOAD(other + place)) * LOAD(other + 24 + place) \
     - (v - LOAD(own + place)) * (v - LOAD(own + place)) * LOAD(own + 24 + place))

KERNEL(
    void, compare_shapes,
    (const float *bands, long stride, const uint8_t *chosen, long count, const float *own, const float *other,
     float *distances),
    (bands, stride, chosen, count, own, other, distances)) {
    FOR_CHOSEN({
        SHAPE(first, second);
        v8 sum = DISTANCE(a, 0, other) + DISTANCE(b, 8, other) + DISTANCE(c, 16, other);
        distances[step] = SUM(sum);
    })
}

KERNEL(
    void, low_shares, (const float *bands, long stride, const uint8_t *chosen, long count, float *shares),
    (bands, stride, chosen, count, shares)) {
    FOR_CHOSEN({
        v8 low = LOAD(first) + LOAD(second);
        v8 all = low + (LOAD(first + 8) + LOAD(second + 8)) + (LAST_BANDS(first) + LAST_BANDS(second));
        shares[step] = SUM(low) / (1e-12f + SUM(all));
    })
}
