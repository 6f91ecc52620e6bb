#pragma once
#include "CVectors.h"

// Both clones of each kernel, for tests that compare them: `name_baseline` runs on every processor of the architecture,
// `name_wide` where `can_run_wide` says so.

/// Whether this processor runs the wide clones: on x86-64 those for AVX2; elsewhere they are the same as the others.
static inline _Bool can_run_wide(void) {
#if defined(__x86_64__)
    return __builtin_cpu_supports("avx2");
#else
    return 1;
#endif
}

#define CLONES(name) extern __typeof__(name) name##_baseline, name##_wide

CLONES(measure_hops);
CLONES(sum_places);
CLONES(weigh_windows);
CLONES(unpack_powers);
CLONES(sum_bands);
CLONES(correlate_bands);
CLONES(compare_with_floor);
CLONES(find_line);
CLONES(count_peaks);
CLONES(normalise_power);
CLONES(fold_even);
CLONES(unfold_even);
CLONES(find_lag_maxima);
CLONES(first_lag_reaching);
CLONES(to_decibels);
CLONES(mean_roots);
CLONES(find_live);
CLONES(count_values);
CLONES(count_band_blocks);
CLONES(to_bytes);
CLONES(larger_bytes);
CLONES(double_bytes);
CLONES(window_means);
CLONES(chosen_means);
CLONES(window_spreads);
CLONES(sum_leaves);
CLONES(add_shapes);
CLONES(compare_shapes);
CLONES(low_shares);
