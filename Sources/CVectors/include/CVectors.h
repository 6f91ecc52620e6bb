#pragma once
#include <stdint.h>

// The inner loops over spectra in vectors of eight floats. Each exists twice, for processors with AVX2 and for all
// others, and is chosen once when the program starts; both give the same bits. Windows, spectra and lags may be read,
// and where they are written may be written, up to 16 floats past their end, and samples up to 7 past the end of a hop;
// features and levels may not.

/// What a hop holds.
struct hop {
    /// Its mean power; 1 is a full-scale square wave.
    float power;
    /// The share of samples that differ from the one before, 255 for 1.
    uint32_t change;
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

/// Sums the power of eight windows of 256 samples over nineteen bands, which begin and end at `edges`, a window's bands
/// `stride` floats behind those of the one before. `turns` are the cosines and sines of 2 pi n k / 256, k from 1 to 8
/// for each n from 0 to 15. Measures the `hop` samples in the middle of each, a multiple of four, as well.
void measure_eight(
    const float *const *windows, const float *weights, const float *turns, const long *edges, float scale,
    float *bands, long stride, long hop, struct hop *hops);

/// Four times the power of both windows, each for itself and as pairs, from bin `from` to `end` or behind.
void unpack_powers(
    const float *spectrum, long count, long from, long end, float *first, float *second, float *pairs);

/// The sums of the first and of the second of pairs from one bin to another.
void pair_sums(const float *pairs, long from, long end, float *sums);

/// Makes one spectrum of `count` points of the power spectra of four windows, pairs and pairs. The first, which are
/// even, turn into the even part of the transform; the differences of the neighbours of the others, times `gain` and
/// i, into its odd part, where they are their own transform times 2 sin(2 pi lag / count).
void join_pairs(
    const float *pairs, const float *others, float gain, long from, long end, float *spectrum, long count);

/// Weighs the even or the odd part of a transform and writes its maxima at lags `from` to `end`, a whole number of
/// fours; 0 where there is none. The largest of each of the pair goes to `best`.
void lag_maxima(
    const float *lags, long count, int isOdd, const float *weights, float *maxima, float *weighed, long from,
    long end, float *best);

/// The strongest line of a power spectrum.
struct line {
    /// The power of all bins, and of the highest.
    float total, highest;
    /// The power of the line, and its centroid in bins.
    float power, centroid;
    /// The first bin that is the highest.
    long bin;
};

/// Looks for the strongest line from one bin to another; it has `reach` bins on both sides, at most four.
void strongest_line(const float *power, long from, long end, long reach, struct line *line);

/// Marks the local maxima above `weakest` in the lowest bits of `history`, which is moved up by `shift` before,
/// eight bins a vector. Counts them, and those of them that all bits of `steady` are set for.
void count_peaks(
    const float *power, long from, long vectors, float weakest, uint32_t *history, uint32_t shift,
    uint32_t steady, uint32_t *peaks, uint32_t *steadyPeaks);

/// The first lag from one to another, or the last, at which every second of `values` is at least `least`.
long first_reaching(const float *values, long from, long end, float least);

/// Powers in decibels, to 3e-5, times `scale`; -200 below 1e-20. Both may be the same.
void to_decibels(const float *powers, float *levels, long count, float scale);

/// The mean, frame by frame, over nineteen bands of the root of power over noise. With `others`, the bands of
/// frames of another leg, these times `gains` are noise too. Frames are `stride` floats apart.
void mean_roots(
    const float *bands, const float *others, long stride, const float *noise, const float *gains, long count,
    float *means);

/// Counts values by `steps` steps of `1 / scale` from `-offset`, so many `times` each; what lies outside is counted in the
/// first and the last. With `taken`, only where that is 1. Returns the sum of what was added.
long count_values(
    const float *values, const uint8_t *taken, long count, int32_t times, float offset, float scale, long steps,
    int32_t *counts);

/// Adds up nineteen bands over blocks of `width` frames, which are `stride` floats apart, of which all are taken, one
/// after the other. Counts in the row of each band in which sixteenth of an octave from 2^-55 to 2^9 its power lies.
/// Returns the number of blocks.
long count_bands(
    const float *bands, long stride, long width, const uint8_t *taken, long count, int32_t *counts, long row);

/// The sums of the lowest eight and of all of nineteen bands in two frames.
void band_sums(const float *first, const float *second, float *low, float *whole);

/// Adds to the sums for a correlation of nineteen bands of `count` frames of one leg, at these places, with those `lag` frames
/// later of another, in binary logarithms to a tenth, about 2^-17: the first, the second, their squares, their product,
/// each in 24 floats: bands 0 to 15, then 11 to 18.
void correlate_bands(
    const float *xs, const float *ys, long stride, const long *places, long count, long lag, float *sums);
