#pragma once
#include <stdint.h>

// The inner loops over spectra in vectors of eight floats. Each exists twice, for processors with AVX2 and for all
// others, and is chosen once when the program starts; both give the same bits. Buffers may be read, and where they
// are written may be written, up to 16 floats past their end.

/// What a hop holds.
struct hop {
    /// The sum of the squares of its samples.
    float energy;
    /// How many samples differ from the one before.
    uint32_t changes;
    /// The largest magnitude in each quarter, 16 bits each.
    uint64_t peaks;
    /// Twice the mean magnitude in each quarter, rounded, 16 bits each.
    uint64_t magnitudes;
};

/// Measures the `count` samples of a hop; the one before is read as well.
void measure_hop(const float *samples, long count, struct hop *hop);

/// Weighs two windows and lays them out as real and imaginary parts.
void window_two(
    const float *first, const float *second, const float *weights, float *complex, long count);

/// Sums four times the power of both windows in a complex spectrum of `count` points over bands, which begin and
/// end at `edges`, one more than bands.
void band_powers(
    const float *spectrum, long count, const long *edges, long bands, float scale, float *first, float *second);

/// Four times the power of both windows in a complex spectrum of `count` points, each for itself; with `lags`
/// also as a symmetric spectrum of `lagCount` points. Returns the bin where it ended, at `end` or behind.
long unpack_powers(
    const float *spectrum, long count, long from, long end, float *first, float *second, float *lags,
    long lagCount);

/// Weighs the autocorrelation of two windows and writes its maxima at lags `from` to `end`, a whole number of
/// fours; 0 where there is none. The largest of each goes to `best`.
void lag_maxima(float *lags, const float *weights, float *maxima, long from, long end, float *best);

/// The sum of the powers from one bin to another; the largest goes to `maximum`.
float sum_and_maximum(const float *power, long from, long end, float *maximum);

/// Marks the local maxima above `weakest` in the lowest bits of `history`, which is moved up by `shift` before,
/// eight bins a vector. Counts them, and those of them that all bits of `steady` are set for.
void count_peaks(
    const float *power, long from, long vectors, float weakest, uint32_t *history, uint32_t shift,
    uint32_t steady, uint32_t *peaks, uint32_t *steadyPeaks);

/// The first bin with this power, or the last.
long first_of(const float *power, long from, long end, float value);

/// The first lag from one to another, or the last, at which every second of `values` is at least `least`.
long first_reaching(const float *values, long from, long end, float least);

/// Powers in decibels, to 1e-5, times `scale`; -200 below 1e-20. Both may be the same.
void to_decibels(const float *powers, float *levels, long count, float scale);

/// The mean, frame by frame, over nineteen bands of the root of power over noise. With `others`, the bands of
/// frames of another leg, these times `gains` are noise too. Frames are `stride` floats apart.
void mean_roots(
    const float *bands, const float *others, long stride, const float *noise, const float *gains, long count,
    float *means);

/// The sums of the lowest eight and of all of nineteen bands in two frames.
void band_sums(const float *first, const float *second, float *low, float *whole);

/// The sums for a correlation of levels, of those where the second lies by more than `depth` below the first: their
/// number, the first by 30 more and the second by 50 more, their squares, their product. A last vector is summed
/// whole.
void correlate(const float *xs, const float *ys, long count, float depth, float *sums);
