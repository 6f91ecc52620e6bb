#pragma once
#include "CVectorsClones.h"

// Vectors of eight floats, and how a kernel is compiled for two processors.

#define INLINE static inline __attribute__((always_inline))

// No fused multiply-add, whatever the processor: every clone gives the same bits.
#pragma STDC FP_CONTRACT OFF

/// Begins the definition of kernel `name`; its body follows. It is compiled for the baseline of the architecture
/// (`name_baseline`) and for AVX2 (`name_wide`; on other architectures the same as the baseline), and `name` calls the
/// one for the processor it runs on.
#define KERNEL(result, name, parameters, arguments)                             \
    INLINE result name##_body parameters;                                       \
    result name##_baseline parameters { return name##_body arguments; }         \
    FOR_AVX2 result name##_wide parameters { return name##_body arguments; }    \
    result name parameters {                                                    \
        return can_run_wide() ? name##_wide arguments : name##_baseline arguments; \
    }                                                                           \
    INLINE result name##_body parameters

#if defined(__x86_64__)
#define FOR_AVX2 __attribute__((target("avx2")))
#else
#define FOR_AVX2
#endif

typedef float v4 __attribute__((vector_size(16)));
typedef float v8 __attribute__((vector_size(32)));
typedef uint32_t u4 __attribute__((vector_size(16)));
typedef uint32_t u8 __attribute__((vector_size(32)));
typedef int32_t i8 __attribute__((vector_size(32)));
typedef int32_t i4 __attribute__((vector_size(16)));
typedef uint16_t h4 __attribute__((vector_size(8)));
typedef uint16_t h8 __attribute__((vector_size(16)));
typedef uint16_t h16 __attribute__((vector_size(32)));
typedef int16_t s16 __attribute__((vector_size(32)));
typedef float v8_unaligned __attribute__((vector_size(32), aligned(4), may_alias));
typedef uint32_t u8_unaligned __attribute__((vector_size(32), aligned(4), may_alias));
typedef int32_t i8_unaligned __attribute__((vector_size(32), aligned(4), may_alias));
typedef uint16_t h4_unaligned __attribute__((vector_size(8), aligned(2), may_alias));
typedef uint16_t h16_unaligned __attribute__((vector_size(32), aligned(2), may_alias));

#define LOAD(place) (*(const v8_unaligned *)(place))
#define STORE(place, values) (*(v8_unaligned *)(place) = (values))
/// Eight pairs of samples of 16 bits, the first of each in the lower half of a lane of 32 bits.
#define LOAD_PAIRS(place) (*(const h16_unaligned *)(place))
#define SHUFFLE __builtin_shufflevector

// Macros where vectors of eight are arguments: passed to a function, their ABI would depend on the clone.

/// The lanes of `a` where a mask is set, those of `b` elsewhere; all are vectors of integers.
#define SELECT(mask, a, b) (((mask) & (a)) | (~(mask) & (b)))
#define LARGER(a, b) ((v8)SELECT((u8)((a) > (b)), (u8)(a), (u8)(b)))
#define SMALLER(a, b) ((v8)SELECT((u8)((a) < (b)), (u8)(a), (u8)(b)))

#define LOW(v) SHUFFLE(v, v, 0, 1, 2, 3)
#define HIGH(v) SHUFFLE(v, v, 4, 5, 6, 7)

/// A mask of the first lanes of a vector, as many as `rest`.
#define FIRST(rest) ((u8)((i8){0, 1, 2, 3, 4, 5, 6, 7} < ((i8){0} + (int32_t)(rest))))

/// The first eight values from `place`, of which there may be fewer; 0 for those behind.
#define LOAD_FIRST(place, rest, values)                                        \
    v8 values = {0};                                                           \
    if ((rest) >= 8) {                                                         \
        values = LOAD(place);                                                  \
    } else {                                                                   \
        for (long lane = 0; lane < (rest); lane += 1) values[lane] = (place)[lane]; \
    }

INLINE v4 larger(v4 a, v4 b) { return (v4)SELECT((u4)(a > b), (u4)a, (u4)b); }

INLINE v4 smaller(v4 a, v4 b) { return (v4)SELECT((u4)(a < b), (u4)a, (u4)b); }

/// The sums of the even and of the odd lanes, in lanes 0 and 1.
#define PAIR_SUMS(v) (LOW(v) + HIGH(v) + SHUFFLE(LOW(v) + HIGH(v), LOW(v) + HIGH(v), 2, 3, 0, 1))

/// The sum of the lanes of a vector.
#define SUM(v) (PAIR_SUMS(v)[0] + PAIR_SUMS(v)[1])

/// The largest of the even and of the odd lanes, in lanes 0 and 1.
INLINE v4 pair_maxima(v4 low, v4 high) {
    v4 four = larger(low, high);
    return larger(four, SHUFFLE(four, four, 2, 3, 0, 1));
}

/// The last eight of nineteen bands, 0 for those that are among the first sixteen.
#define LAST_BANDS(bands) ((v8)((u8)LOAD((bands) + 11) & (u8){0, 0, 0, 0, 0, ~0u, ~0u, ~0u}))

/// Fetches the bands of a frame that comes soon: frames do not fit into the processor's nearer caches.
#define FETCH_AHEAD(bands, stride)              \
    __builtin_prefetch((bands) + 16 * (stride)); \
    __builtin_prefetch((bands) + 16 * (stride) + 16)
