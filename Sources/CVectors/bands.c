#include "pairs.h"

KERNEL(
    void, sum_bands,
    (const float *spectrum, long count, const long *edges, long bands, float scale, float *first, float *second),
    (spectrum, count, edges, bands, scale, first, second)) {
    const u8 lanes = {0, 0, 1, 1, 2, 2, 3, 3};
    for (long band = 0; band < bands; band += 1) {
        long bin = edges[band];
        long end = edges[band + 1] > bin ? edges[band + 1] : bin + 1;
        v8 sums = {0};
        for (; bin + 4 <= end; bin += 4) {
            PAIR_POWERS(powers, spectrum, count, bin);
            sums += powers;
        }
        if (bin < end) {
            PAIR_POWERS(powers, spectrum, count, bin);
            sums += (v8)((u8)powers & (u8)(lanes < ((u8){0} + (uint32_t)(end - bin))));
        }
        v4 both = PAIR_SUMS(sums) * scale;
        first[band] = both[0];
        second[band] = both[1];
    }
}

KERNEL(
    void, sum_two_frames, (const float *first, const float *second, float *low, float *whole),
    (first, second, low, whole)) {
    v8 eight = LOAD(first) + LOAD(second);
    v8 all = eight + (LOAD(first + 8) + LOAD(second + 8)) + (LAST_BANDS(first) + LAST_BANDS(second));
    *low = SUM(eight);
    *whole = SUM(all);
}

KERNEL(
    void, correlate_bands,
    (const float *xs, const float *ys, long stride, const long *places, long count, long lag, float *sums),
    (xs, ys, stride, places, count, lag, sums)) {
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
