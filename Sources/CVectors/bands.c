#include "pairs.h"

/// Masks of the first of four pairs: of none to three of them.
static const uint32_t firstPairs[4][8] = {
    {0}, {~0u, ~0u}, {~0u, ~0u, ~0u, ~0u}, {~0u, ~0u, ~0u, ~0u, ~0u, ~0u}};

KERNEL(
    void, sum_bands,
    (const float *spectrum, long count, const long *edges, long bands, float scale, float *powers, float *first,
     float *second),
    (spectrum, count, edges, bands, scale, powers, first, second)) {
    long end = edges[bands] > edges[bands - 1] ? edges[bands] : edges[bands - 1] + 1;
    for (long bin = edges[0]; bin < end; bin += 4) {
        PAIR_POWERS(four, spectrum, count, bin);
        STORE(powers + 2 * bin, four);
    }
    for (long band = 0; band < bands; band += 1) {
        long bin = edges[band], last = edges[band + 1] > bin ? edges[band + 1] : bin + 1;
        v8 sums = {0};
        for (; bin + 4 <= last; bin += 4) sums += LOAD(powers + 2 * bin);
        sums += (v8)((u8)LOAD(powers + 2 * bin) & *(const u8_unaligned *)firstPairs[last - bin]);
        v4 both = PAIR_SUMS(sums) * scale;
        first[band] = both[0];
        second[band] = both[1];
    }
}

/// The bits of a float are its logarithm times 2^23, straight between powers of two.
#define LOGARITHM(v) __builtin_convertvector((i8)((v) + 1e-10f) - 110 * (1 << 23), v8)
/// What the sums of logarithms and of their products are divided by, to no loss.
#define UNIT 0x1p-23f
#define SQUARED_UNIT 0x1p-46f

KERNEL(
    void, correlate_bands,
    (const float *xs, const float *ys, long stride, const long *places, long count, long lag, float *sums),
    (xs, ys, stride, places, count, lag, sums)) {
    for (long part = 0; part < 3; part += 1) {
        long band = part < 2 ? 8 * part : 11;       // the last vector has five bands again
        float *own = sums + 8 * part;
        v8 sx = LOAD(own) / UNIT, sy = LOAD(own + 24) / UNIT;
        v8 sxx = LOAD(own + 48) / SQUARED_UNIT, syy = LOAD(own + 72) / SQUARED_UNIT;
        v8 sxy = LOAD(own + 96) / SQUARED_UNIT;
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
        STORE(own, sx * UNIT);
        STORE(own + 24, sy * UNIT);
        STORE(own + 48, sxx * SQUARED_UNIT);
        STORE(own + 72, syy * SQUARED_UNIT);
        STORE(own + 96, sxy * SQUARED_UNIT);
    }
}
