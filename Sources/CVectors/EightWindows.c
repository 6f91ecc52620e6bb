#include "CVectors.h"
#include "Vectors.h"

// Eight windows at once, one in each lane, so that nothing is summed across lanes. 256 = 16 * 16: the transforms of every
// sixteenth sample, turned, are transformed again. Real numbers need half of the first transforms and of the second.

#define UNROLL _Pragma("unroll")
#define HALF_ROOT 0.70710678118654752f
#define COSINE 0.92387953251128674f     // of pi / 8
#define SINE 0.38268343236508977f

/// Turns (re, im) by an angle whose cosine and sine are c and s, clockwise.
#define TURN(re, im, c, s)                   \
    {                                        \
        v8 turned = (re) * (c) + (im) * (s); \
        (im) = (im) * (c) - (re) * (s);      \
        (re) = turned;                       \
    }

/// By an eighth, a quarter, three eighths of a circle.
#define TURN_1(re, im)                             \
    {                                              \
        v8 turned = ((re) + (im)) * HALF_ROOT;     \
        (im) = ((im) - (re)) * HALF_ROOT;          \
        (re) = turned;                             \
    }
#define TURN_2(re, im)      \
    {                       \
        v8 turned = (im);   \
        (im) = -(re);       \
        (re) = turned;      \
    }
#define TURN_3(re, im)                             \
    {                                              \
        v8 turned = ((im) - (re)) * HALF_ROOT;     \
        (im) = ((re) + (im)) * -HALF_ROOT;         \
        (re) = turned;                             \
    }

/// Transforms four complex numbers that are `apart`, in place.
INLINE void transform_four(v8 *re, v8 *im, int apart) {
    v8 *re1 = re + apart, *re2 = re1 + apart, *re3 = re2 + apart;
    v8 *im1 = im + apart, *im2 = im1 + apart, *im3 = im2 + apart;
    v8 ar = *re + *re2, ai = *im + *im2, br = *re - *re2, bi = *im - *im2;
    v8 cr = *re1 + *re3, ci = *im1 + *im3, dr = *re1 - *re3, di = *im1 - *im3;
    *re = ar + cr;
    *im = ai + ci;
    *re1 = br + di;
    *im1 = bi - dr;
    *re2 = ar - cr;
    *im2 = ai - ci;
    *re3 = br - di;
    *im3 = bi + dr;
}

/// Transforms sixteen complex numbers in place; result q + 4 p ends at place 4 q + p.
INLINE void transform_sixteen(v8 *re, v8 *im) {
    UNROLL for (int column = 0; column < 4; column += 1) transform_four(re + column, im + column, 4);
    TURN(re[5], im[5], COSINE, SINE)
    TURN_1(re[6], im[6])
    TURN(re[7], im[7], SINE, COSINE)
    TURN_1(re[9], im[9])
    TURN_2(re[10], im[10])
    TURN_3(re[11], im[11])
    TURN(re[13], im[13], SINE, COSINE)
    TURN_3(re[14], im[14])
    TURN(re[15], im[15], -COSINE, -SINE)
    UNROLL for (int row = 0; row < 4; row += 1) transform_four(re + 4 * row, im + 4 * row, 1);
}

/// Transforms sixteen real numbers `x`; gives results 0 to 8, of which the first and the last are real.
INLINE void transform_sixteen_real(const v8 *x, v8 *re, v8 *im) {
    v8 even[4], odd[4], turnedRe[4], turnedIm[4];
    UNROLL for (int column = 0; column < 4; column += 1) {
        v8 a = x[column] + x[column + 8], b = x[column + 4] + x[column + 12];
        even[column] = a + b;
        odd[column] = a - b;
        turnedRe[column] = x[column] - x[column + 8];
        turnedIm[column] = x[column + 12] - x[column + 4];
    }
    v8 a = even[0] + even[2], b = even[1] + even[3];
    re[0] = a + b;
    re[8] = a - b;
    re[4] = even[0] - even[2];
    im[4] = even[3] - even[1];
    v8 sum = (odd[1] + odd[3]) * HALF_ROOT, difference = (odd[1] - odd[3]) * HALF_ROOT;
    re[2] = odd[0] + difference;
    im[2] = -odd[2] - sum;
    re[6] = odd[0] - difference;
    im[6] = odd[2] - sum;
    TURN(turnedRe[1], turnedIm[1], COSINE, SINE)
    TURN_1(turnedRe[2], turnedIm[2])
    TURN(turnedRe[3], turnedIm[3], SINE, COSINE)
    transform_four(turnedRe, turnedIm, 1);
    re[1] = turnedRe[0];
    im[1] = turnedIm[0];
    re[5] = turnedRe[1];
    im[5] = turnedIm[1];
    re[7] = turnedRe[2];
    im[7] = -turnedIm[2];
    re[3] = turnedRe[3];
    im[3] = -turnedIm[3];
}

#define EVEN_PAIRS(a, b) SHUFFLE(a, b, 0, 8, 1, 9, 4, 12, 5, 13)
#define ODD_PAIRS(a, b) SHUFFLE(a, b, 2, 10, 3, 11, 6, 14, 7, 15)
#define EVEN_FOURS(a, b) SHUFFLE(a, b, 0, 1, 8, 9, 4, 5, 12, 13)
#define ODD_FOURS(a, b) SHUFFLE(a, b, 2, 3, 10, 11, 6, 7, 14, 15)

/// Lane i of vector j becomes lane j of vector i.
INLINE void transpose(v8 *rows) {
    v8 pairs[8], fours[8];
    UNROLL for (int row = 0; row < 8; row += 2) {
        pairs[row] = EVEN_PAIRS(rows[row], rows[row + 1]);
        pairs[row + 1] = ODD_PAIRS(rows[row], rows[row + 1]);
    }
    UNROLL for (int row = 0; row < 8; row += 4) {
        fours[row] = EVEN_FOURS(pairs[row], pairs[row + 2]);
        fours[row + 1] = ODD_FOURS(pairs[row], pairs[row + 2]);
        fours[row + 2] = EVEN_FOURS(pairs[row + 1], pairs[row + 3]);
        fours[row + 3] = ODD_FOURS(pairs[row + 1], pairs[row + 3]);
    }
    UNROLL for (int row = 0; row < 4; row += 1) {
        rows[row] = SHUFFLE(fours[row], fours[row + 4], 0, 1, 2, 3, 8, 9, 10, 11);
        rows[row + 4] = SHUFFLE(fours[row], fours[row + 4], 4, 5, 6, 7, 12, 13, 14, 15);
    }
}

/// Measures the hops of `count` samples, a multiple of four, that begin at `samples` in each lane.
INLINE void measure_hops(const v8 *samples, long count, struct hop *hops) {
    v8 energy = {0};
    u8 changes = {0}, peaks[4], magnitudes[4];
    for (int part = 0; part < 4; part += 1) {
        v8 sum = {0}, peak = {0};
        for (long end = count / 4; end > 0; end -= 1, samples += 1) {
            v8 magnitude = (v8)((u8)*samples & 0x7FFFFFFF);
            energy += *samples * *samples;
            sum += magnitude;
            peak = LARGER(magnitude, peak);
            changes -= (u8)(*samples != samples[-1]);
        }
        v8 halves = 2 * sum / (float)(count / 4) + 0.5f;
        magnitudes[part] = (u8)__builtin_convertvector(SMALLER(halves, ((v8){0} + 65535)), i8);
        peaks[part] = (u8)__builtin_convertvector(peak, i8);
    }
    UNROLL for (int part = 0; part < 4; part += 2) {
        peaks[part] |= peaks[part + 1] << 16;
        magnitudes[part] |= magnitudes[part + 1] << 16;
    }
    v8 power = energy / ((float)count * 32768 * 32768);
    v8 shares = __builtin_convertvector((i8)(255 * changes), v8) / (float)count;
    i8 change = __builtin_convertvector(shares, i8);
    UNROLL for (int lane = 0; lane < 8; lane += 1) {
        hops[lane].power = power[lane];
        hops[lane].change = change[lane];
        hops[lane].peaks = (uint64_t)peaks[2][lane] << 32 | peaks[0][lane];
        hops[lane].magnitudes = (uint64_t)magnitudes[2][lane] << 32 | magnitudes[0][lane];
    }
}

EITHER void measure_eight(
    const float *const *windows, const float *weights, const float *turns, const long *edges, float scale,
    float *bands, long stride, long hop, struct hop *hops) {
    v8 samples[256], re[9 * 16], im[9 * 16], power[129];
    for (long sample = 0; sample < 256; sample += 8) {
        v8 rows[8];
        UNROLL for (int window = 0; window < 8; window += 1) rows[window] = LOAD(windows[window] + sample);
        transpose(rows);
        UNROLL for (int row = 0; row < 8; row += 1) samples[sample + row] = rows[row];
    }
    measure_hops(samples + 128 - hop / 2, hop, hops);
    for (long first = 0; first < 16; first += 1, turns += 16) {
        v8 x[16], xRe[9], xIm[9];
        UNROLL for (int place = 0; place < 16; place += 1) {
            x[place] = samples[16 * place + first] * weights[16 * place + first];
        }
        transform_sixteen_real(x, xRe, xIm);
        re[first] = xRe[0];
        UNROLL for (int row = 1; row < 8; row += 1) {
            float cosine = turns[2 * row - 2], sine = turns[2 * row - 1];
            re[16 * row + first] = xRe[row] * cosine + xIm[row] * sine;
            im[16 * row + first] = xIm[row] * cosine - xRe[row] * sine;
        }
        re[128 + first] = xRe[8] * turns[14];
        im[128 + first] = xRe[8] * -turns[15];
    }
    v8 lowRe[9], lowIm[9];
    transform_sixteen_real(re, lowRe, lowIm);
    power[0] = lowRe[0] * lowRe[0];
    UNROLL for (int row = 1; row < 8; row += 1) power[16 * row] = lowRe[row] * lowRe[row] + lowIm[row] * lowIm[row];
    power[128] = lowRe[8] * lowRe[8];
    for (long row = 1; row < 9; row += 1) {
        v8 xRe[16], xIm[16];
        UNROLL for (int place = 0; place < 16; place += 1) {
            xRe[place] = re[16 * row + place];
            xIm[place] = im[16 * row + place];
        }
        transform_sixteen(xRe, xIm);
        UNROLL for (int place = 0; place < 16; place += 1) {
            int sixteens = place / 4 + 4 * (place % 4);
            long bin = row + 16 * sixteens;
            // Above half the sample rate the spectrum is that below it, mirrored.
            power[sixteens < 8 ? bin : 256 - bin] = xRe[place] * xRe[place] + xIm[place] * xIm[place];
        }
    }
    v8 sums[24] = {{0}};
    for (long band = 0; band < 19; band += 1) {
        v8 sum = power[edges[band]];
        for (long bin = edges[band] + 1; bin < edges[band + 1]; bin += 1) sum += power[bin];
        sums[band] = sum * scale;
    }
    // The last eight bands overlap with those before.
    UNROLL for (int row = 7; row >= 0; row -= 1) sums[16 + row] = sums[11 + row];
    UNROLL for (int part = 0; part < 3; part += 1) {
        transpose(sums + 8 * part);
        float *first = bands + (part < 2 ? 8 * part : 11);
        UNROLL for (int window = 0; window < 8; window += 1) STORE(first + window * stride, sums[8 * part + window]);
    }
}
