#pragma once
#include <stdint.h>

// The inner loops over spectra in vectors of eight floats. Each exists twice, for processors with AVX2 and for all
// others, and is chosen once when the program starts; both give the same bits. Buffers may be read, and where they
// are written may be written, up to 16 floats past their end.

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
