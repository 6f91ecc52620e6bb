#include "vectors.h"

KERNEL(
    float, normalise_power, (const float *power, long from, long end, float sum, float *normalised),
    (power, from, end, sum, normalised)) {
    v8 a = {0}, b = a, c = a, d = a;
    long bin = from;
    for (; bin + 32 <= end; bin += 32) {
        a += LOAD(power + bin);
        b += LOAD(power + bin + 8);
        c += LOAD(power + bin + 16);
        d += LOAD(power + bin + 24);
    }
    for (; bin < end; bin += 8) a += (v8)((u8)LOAD(power + bin) & FIRST(end - bin));
    v8 all = (a + b) + (c + d);
    float whole = SUM(all);
    float gain = whole > 0 ? sum / whole : 0;
    for (bin = from; bin + 8 <= end; bin += 8) STORE(normalised + bin, gain * LOAD(power + bin));
    if (bin < end) STORE(normalised + bin, (v8)((u8)(gain * LOAD(power + bin)) & FIRST(end - bin)));
    return whole;
}

/// The values that are no less than the ones a lag before and after, 0 elsewhere.
#define MAXIMA(values) \
    (v8)((u8)LOAD(values) & ~((u8)(LOAD(values) < LOAD((values) - 2)) | (u8)(LOAD(values) < LOAD((values) + 2))))

KERNEL(
    void, find_lag_maxima, (const float *lags, long from, long end, float *maxima, float *highest),
    (lags, from, end, maxima, highest)) {
    v8 all = {0};
    for (long lag = from; lag < end; lag += 4) {
        v8 maximum = MAXIMA(lags + 2 * lag);
        STORE(maxima + 2 * lag, maximum);
        all = LARGER(maximum, all);
    }
    v4 both = pair_maxima(LOW(all), HIGH(all));
    highest[0] = both[0];
    highest[1] = both[1];
}

/// The first lane where a mask is set; it is set somewhere.
#define FIRST_SET(mask) __builtin_ctz(__builtin_reduce_or((mask) & (u8){1, 2, 4, 8, 16, 32, 64, 128}))

KERNEL(
    long, first_lag_reaching, (const float *values, long from, long end, float minimum),
    (values, from, end, minimum)) {
    const u8 everySecond = {~0u, 0, ~0u, 0, ~0u, 0, ~0u, 0};
    for (long lag = from; lag < end; lag += 4) {
        u8 found = (u8)(LOAD(values + 2 * lag) >= ((v8){0} + minimum)) & everySecond;
        if (__builtin_reduce_or(found)) {
            lag += FIRST_SET(found) / 2;
            return lag < end ? lag : end - 1;
        }
    }
    return end - 1;
}
