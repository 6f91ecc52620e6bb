#include "vectors.h"

KERNEL(
    void, to_decibels, (const float *powers, float *levels, long count, float scale),
    (powers, levels, count, scale)) {
    for (long index = 0; index < count; index += 8) {
        long rest = count - index;
        LOAD_FIRST(powers + index, rest, power)
        // The exponent that leaves a mantissa of sqrt(1/2) to sqrt(2).
        i8 exponent = ((i8)power - 0x3F3504F3) >> 23;
        v8 x = (v8)((i8)power - (exponent << 23)) - 1;
        v8 series = 0.17063435f * x - 0.27269789f;
        series = series * x + 0.29726262f;
        series = series * x - 0.35896185f;
        series = series * x + 0.48046503f;
        series = series * x - 0.72137587f;
        series = series * x + 1.4426997f;
        v8 level = 3.01029996f * (__builtin_convertvector(exponent, v8) + x * series);
        u8 isPower = (u8)(power > 1e-20f);
        level = scale * (v8)SELECT(isPower, (u8)level, (u8)((v8){0} - 200));
        if (rest >= 8) {
            STORE(levels + index, level);
        } else {
            for (long lane = 0; lane < rest; lane += 1) levels[index + lane] = level[lane];
        }
    }
}

KERNEL(
    void, mean_roots,
    (const float *bands, const float *others, long stride, const float *noise, const float *gains, long count,
     float *means),
    (bands, others, stride, noise, gains, count, means)) {
    v8 low = LOAD(noise), middle = LOAD(noise + 8), high = LOAD(noise + 11);
    v8 overLow = 1 / low, overMiddle = 1 / middle, overHigh = 1 / high;
    for (long frame = 0; frame < count; frame += 1, bands += stride) {
        FETCH_AHEAD(bands, stride);
        v8 a = LOAD(bands), b = LOAD(bands + 8), c = LAST_BANDS(bands);
        if (others) {
            a /= low + LOAD(gains) * LOAD(others);
            b /= middle + LOAD(gains + 8) * LOAD(others + 8);
            c /= high + LOAD(gains + 11) * LOAD(others + 11);
            others += stride;
        } else {
            a *= overLow;
            b *= overMiddle;
            c *= overHigh;
        }
        v8 roots = __builtin_elementwise_sqrt(a) + __builtin_elementwise_sqrt(b) + __builtin_elementwise_sqrt(c);
        means[frame] = SUM(roots) / 19;
    }
}
