#pragma once
#include <stdint.h>
#if __has_include(<ptrcheck.h>)
#include <ptrcheck.h>
#else
#define __counted_by(count)
#endif

// The inner loops over samples, spectra and bands, in vectors of eight floats. Each is compiled twice, for processors
// with AVX2 and for all others (`CVectorsClones.h`); both give the same bits.
//
// `__counted_by` says how many elements of a buffer a kernel may touch: it documents, nothing checks it. Powers are 1 for
// a full-scale square wave, where nothing else is said. A frame has nineteen bands, and frames lie `stride` floats apart.

#define SWIFT_NAME(name) __attribute__((swift_name(name)))

// MARK: hop.c

/// What a hop of samples holds.
struct SWIFT_NAME("HopMeasures") hop {
    /// Its mean power.
    float power;
    /// The largest magnitude, in LSB.
    uint32_t peak;
    /// The share of samples that differ from the one before, 0 to 255 for 0 to 1.
    uint32_t change;
    /// The largest magnitude in each quarter, in LSB, 16 bits each, the first quarter lowest.
    uint64_t peaks;
    /// The mean magnitude in each quarter, in halves of an LSB, rounded, 16 bits each.
    uint64_t magnitudes;
};

/// Measures a hop of `count` pairs of samples in LSB, those of two legs in turn. The pair before it is read as well, and
/// up to 7 behind it.
void measure_hops(
    const int16_t *__counted_by(2 * count + 14) pairs, long count, struct hop *first, struct hop *second)
    SWIFT_NAME("measureHops(_:count:_:_:)");

// MARK: sums.c

/// Adds `count` samples to sixteen sums: the sample at `index` to the sum `index` modulo 16.
void sum_places(const int16_t *__counted_by(count) samples, long count, int64_t *__counted_by(16) sums)
    SWIFT_NAME("sumPlaces(_:count:into:)");

// MARK: windows.c

/// Weighs two windows of `count` samples and makes them the real and the imaginary parts of complex numbers. Each has
/// every second sample from where it begins: samples of two legs lie in turn. `weights` has every value twice. Works on
/// multiples of eight samples. Returns whether any of the samples is not 0.
_Bool weigh_windows(
    const int16_t *__counted_by(2 * count + 14) first, const int16_t *__counted_by(2 * count + 14) second,
    const float *__counted_by(2 * count + 14) weights, float *__counted_by(2 * count + 14) complex, long count)
    SWIFT_NAME("weighWindows(_:_:by:into:count:)");

/// Four times the power of each of two windows, |X|^2, from bin `from` to before `end`, or up to 7 bins further, from
/// the transform of `weigh_windows` of `count` points.
void unpack_powers(
    const float *__counted_by(2 * count + 2) spectrum, long count, long from, long end,
    float *__counted_by(end + 7) first, float *__counted_by(end + 7) second)
    SWIFT_NAME("unpackPowers(_:count:from:to:_:_:)");

// MARK: bands.c

/// Sums four times the power of each of two windows over bands of bins, times `scale`, from the transform of
/// `weigh_windows` of `count` points. Band b has the bins from `edges[b]` to before `edges[b + 1]`, at least one. The powers
/// of both windows in turn go to `powers`.
void sum_bands(
    const float *__counted_by(2 * count + 2) spectrum, long count, const long *__counted_by(bands + 1) edges,
    long bands, float scale, float *__counted_by(count + 16) powers, float *__counted_by(bands) first,
    float *__counted_by(bands) second)
    SWIFT_NAME("sumBands(_:count:edges:_:scale:powers:_:_:)");

/// Adds to the sums for the correlation of the bands of some frames of one leg with those `lag` frames later of another,
/// as binary logarithms to a tenth above 2^-17: the first, the second, their squares, their product, 24 floats each:
/// bands 0 to 15, then 11 to 18.
void correlate_bands(
    const float *xs, const float *ys, long stride, const long *__counted_by(count) places, long count, long lag,
    float *__counted_by(120) sums)
    SWIFT_NAME("correlateBands(_:_:stride:at:count:lag:into:)");

// MARK: floor.c

/// How the bands of a step lie above a running floor.
struct SWIFT_NAME("FloorRatio") floor_ratio {
    /// The mean over bands of the root of power over floor.
    float mean_root SWIFT_NAME("meanRoot");
    /// The smallest power over floor of a band.
    float lowest;
};

/// Compares the mean bands of the two frames of a step with a running floor, and lets the floor follow. The floor is laid
/// out as 24 floats: bands 0 to 15, then 11 to 18, of which the first five are not used.
///
/// The floor is the smaller one of `earlier` and `minimum`; both are infinite where it is unknown, and the ratios 0. No
/// power is taken for less than `lowest`. `latest` holds the means of the step before, infinite before the first; the
/// mean of both lowers `minimum`.
struct floor_ratio compare_with_floor(
    const float *__counted_by(19) first, const float *__counted_by(19) second, float lowest,
    const float *__counted_by(24) earlier, float *__counted_by(24) latest, float *__counted_by(24) minimum)
    SWIFT_NAME("compareWithFloor(_:_:lowest:earlier:latest:minimum:)");

// MARK: lines.c

/// The strongest line of a power spectrum, in the unit of the spectrum.
struct SWIFT_NAME("SpectralLine") line {
    /// The power of all bins, and of the highest.
    float total, highest;
    /// The power of the line, and its centroid in bins.
    float power, centroid;
    /// The first bin that is the highest.
    long bin;
};

/// Finds the strongest line from bin `from` to before `end`. A line has `reach` bins on both sides, at most four, which may
/// lie outside; up to 7 bins behind them are read.
void find_line(const float *__counted_by(end + 11) power, long from, long end, long reach, struct line *line)
    SWIFT_NAME("findLine(_:from:to:reach:into:)");

/// Counts the local maxima above `threshold` in `8 * vectors` bins from `from` on, and those of them that stand: for which
/// all bits of `steady` are set in `history`, where each bin has 32 bits, moved up by `shift`, and the lowest is now.
void count_peaks(
    const float *__counted_by(from + 8 * vectors + 1) power, long from, long vectors, float threshold,
    uint32_t *__counted_by(8 * vectors) history, uint32_t shift, uint32_t steady, uint32_t *peaks,
    uint32_t *steadyPeaks)
    SWIFT_NAME("countPeaks(_:from:vectors:above:history:shift:steady:_:_:)");

// MARK: even.c

/// Folds two real and even sequences of 2 `count` points, of which the first half is given and the points 0 and `count` are
/// 0, into `count` complex numbers. `sines` and `cosines` have 2 sin and 2 cos (pi k / `count`) of the first half of
/// `count`, a multiple of 16. The transforms of both sequences at 1 go to `atOne`.
void fold_even(
    const float *__counted_by(count + 1) first, const float *__counted_by(count + 1) second,
    const float *__counted_by(count / 2) sines, const float *__counted_by(count / 2) cosines,
    float *__counted_by(2 * count + 2) complex, long count, float *__counted_by(2) atOne)
    SWIFT_NAME("foldEven(_:_:sines:cosines:into:count:atOne:)");

/// Twice the transforms of two real and even sequences, times `weights`, point by point in turn, from 2 to before `end`, or
/// up to 7 further, from the transform of what `fold_even` made of them and from their transforms at 1. `weights` has
/// every value twice.
void unfold_even(
    const float *__counted_by(2 * count) spectrum, long count, const float *__counted_by(2) atOne,
    const float *__counted_by(2 * end + 14) weights, long end, float *__counted_by(2 * end + 14) weighed)
    SWIFT_NAME("unfoldEven(_:count:atOne:weights:to:into:)");

// MARK: lags.c

/// Scales a power spectrum so that its bins from `from` to before `end` have this sum, 0 where they have no power, and
/// returns the sum that they had. Works on multiples of eight bins; those behind the end are 0.
float normalise_power(
    const float *__counted_by(end + 7) power, long from, long end, float sum,
    float *__counted_by(end + 7) normalised)
    SWIFT_NAME("normalisePower(_:from:to:sum:into:)");

/// Keeps the local maxima of two autocorrelations, which lie lag by lag in turn, from lag `from` to before `end`, a whole
/// number of fours; 0 between them. The largest maximum of each goes to `highest`. A lag more is read on both sides.
void find_lag_maxima(
    const float *__counted_by(2 * end + 2) lags, long from, long end, float *__counted_by(2 * end) maxima,
    float *__counted_by(2) highest)
    SWIFT_NAME("findLagMaxima(_:from:to:into:highest:)");

/// The first lag from `from` to before `end` at which every second value reaches `minimum`, or the last. Up to 7 values
/// behind the end are read.
long first_lag_reaching(const float *__counted_by(2 * end + 7) values, long from, long end, float minimum)
    SWIFT_NAME("firstLag(_:from:to:reaching:)");

// MARK: levels.c

/// Powers in decibels, to 3e-5, times `scale`; -200 below 1e-20. Both buffers may be the same.
void to_decibels(
    const float *__counted_by(count) powers, float *__counted_by(count) levels, long count, float scale)
    SWIFT_NAME("convertToDecibels(_:into:count:times:)");

/// The mean over bands, frame by frame, of the root of power over noise. With `others`, the frames of another leg, their
/// bands times `gains` are noise too. The bands of frames up to 16 further are fetched, not read.
void mean_roots(
    const float *__counted_by(stride * count) bands, const float *__counted_by(stride * count) others, long stride,
    const float *__counted_by(19) noise, const float *__counted_by(19) gains, long count,
    float *__counted_by(count) means)
    SWIFT_NAME("meanRoots(_:leaked:stride:noise:gains:count:into:)");

// MARK: live.c

/// What a line shows that carries nothing.
struct SWIFT_NAME("IdleLine") idle_line {
    /// Fewer of its samples change: `change` of a hop is less than this.
    uint32_t change;
    /// Or its peaks are all alike, in a frame and the one before: none is above `highest`, and they differ by 1, or by a
    /// part of the largest, one over `fraction`, at most. The first frame has none before.
    uint32_t highest, fraction;
};

/// Copies the power of frames to `levels`, and says of each whether its line is not idle. Frames lie `stride` bytes apart.
void find_live(
    const float *powers, const uint8_t *changes, const uint16_t *peaks, long stride, long count,
    struct idle_line idle, float *__counted_by(count) levels, _Bool *__counted_by(count) live)
    SWIFT_NAME("findLive(_:changes:peaks:stride:count:idle:levels:live:)");

// MARK: counts.c

/// Counts values by `steps` steps of `1 / scale` from `-offset` on, `times` each; what lies outside is counted in the first
/// and the last. With `included`, only values where that is 1. Returns the sum of what was added.
long count_values(
    const float *__counted_by(count) values, const uint8_t *__counted_by(count) included, long count, int32_t times,
    float offset, float scale, long steps, int32_t *__counted_by(steps) counts)
    SWIFT_NAME("countValues(_:where:count:times:offset:scale:steps:into:)");

/// Sums nineteen bands over blocks of `width` frames, one after the other, of which all are included, and counts for each
/// band, in a row of `row` numbers, in which sixteenth of an octave from 2^-55 to 2^9 the sum lies. Returns the number of
/// blocks.
long count_band_blocks(
    const float *__counted_by(stride * count) bands, long stride, long width,
    const uint8_t *__counted_by(count) included, long count, int32_t *__counted_by(19 * row) counts, long row)
    SWIFT_NAME("countBandBlocks(_:stride:width:where:count:into:row:)");

// MARK: bytes.c

/// Values as bytes: (value - lowest) * scale, cut to 0 to 255, without its fraction.
void to_bytes(
    const float *__counted_by(count) values, long count, float lowest, float scale, uint8_t *__counted_by(count) bytes)
    SWIFT_NAME("toBytes(_:count:lowest:scale:into:)");

/// The larger of two bytes, place by place. `result` may be `first`; `second` may lie behind it in the same buffer.
void larger_bytes(
    const uint8_t *__counted_by(count) first, const uint8_t *__counted_by(count) second, long count,
    uint8_t *__counted_by(count) result)
    SWIFT_NAME("largerBytes(_:_:count:into:)");

/// Each byte twice.
void double_bytes(
    const uint8_t *__counted_by(count) bytes, long count, uint8_t *__counted_by(2 * count) doubled)
    SWIFT_NAME("doubleBytes(_:count:into:)");

// MARK: sliding.c, over windows from `from` to `to` around each byte, which are cut at the ends

/// The mean of each window times `scale`, at most 255, without its fraction; 0 for a window without bytes.
void window_means(
    const uint8_t *__counted_by(count) bytes, long count, long from, long to, float scale,
    uint8_t *__counted_by(count) means)
    SWIFT_NAME("windowMeans(_:count:from:to:times:into:)");

/// The mean of those bytes of each window that are chosen by a 1, without its fraction; 0 where none is. A window has 257
/// bytes at most.
void chosen_means(
    const uint8_t *__counted_by(count) bytes, const uint8_t *__counted_by(count) chosen, long count, long from,
    long to, uint8_t *__counted_by(count) means)
    SWIFT_NAME("chosenMeans(_:where:count:from:to:into:)");

/// The root of the variance of each window times `scale`, at most 255, without its fraction. A window has 257 bytes at
/// most.
void window_spreads(
    const uint8_t *__counted_by(count) bytes, long count, long from, long to, float scale,
    uint8_t *__counted_by(count) spreads)
    SWIFT_NAME("windowSpreads(_:count:from:to:times:into:)");

// MARK: trees.c

/// A decision tree whose levels each ask one question of all frames: is a byte of a column above a threshold? The answers
/// are the bits of the number of a leaf, that of the first level lowest.
struct SWIFT_NAME("ObliviousTree") oblivious_tree {
    uint8_t columns[4];
    uint8_t thresholds[4];
    int16_t leaves[16];
};

/// The sums of the leaves of `count` trees, for each of 64 frames. Column c of a frame lies `c * stride` bytes behind the
/// first. The sums must fit in 16 bits.
void sum_leaves(
    const uint8_t *columns, long stride, const struct oblivious_tree *__counted_by(count) trees, long count,
    int16_t *__counted_by(64) sums)
    SWIFT_NAME("sumLeaves(_:stride:trees:count:into:)");

// MARK: shapes.c, over those of `count` steps of two frames that are chosen by a 1. The bands of frames up to 16 further are
// fetched, not read.

/// Adds the shapes of the spectra, and their squares, to sums: 24 floats each, of which the last eight have bands 16 to 18 in
/// their last three. The shape of a step is the binary logarithms of the bands of both frames, to a tenth, less their
/// mean, -10 to 10. Returns the number of steps.
long add_shapes(
    const float *__counted_by(2 * stride * count) bands, long stride, const uint8_t *__counted_by(count) chosen,
    long count, float *__counted_by(48) sums)
    SWIFT_NAME("addShapes(_:stride:where:count:to:)");

/// How much farther the shape of each step lies from one shape than from another: the sum over bands of squared
/// distances times weights. Shapes have 24 means, then 24 weights, laid out as in `add_shapes`.
void compare_shapes(
    const float *__counted_by(2 * stride * count) bands, long stride, const uint8_t *__counted_by(count) chosen,
    long count, const float *__counted_by(48) own, const float *__counted_by(48) other,
    float *__counted_by(count) distances)
    SWIFT_NAME("compareShapes(_:stride:where:count:own:other:into:)");

/// The share of the lowest eight bands in the power of each step.
void low_shares(
    const float *__counted_by(2 * stride * count) bands, long stride, const uint8_t *__counted_by(count) chosen,
    long count, float *__counted_by(count) shares)
    SWIFT_NAME("lowShares(_:stride:where:count:into:)");
