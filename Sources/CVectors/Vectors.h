#pragma once
#include <stdint.h>

// What the loops in vectors have in common.

#if defined(__x86_64__) && defined(__linux__)
#define EITHER __attribute__((target_clones("avx2", "default")))
#else
#define EITHER
#endif
#define INLINE static inline __attribute__((always_inline))
#pragma STDC FP_CONTRACT OFF

typedef float v4 __attribute__((vector_size(16)));
typedef float v8 __attribute__((vector_size(32)));
typedef uint32_t u4 __attribute__((vector_size(16)));
typedef uint32_t u8 __attribute__((vector_size(32)));
typedef int32_t i8 __attribute__((vector_size(32)));
typedef uint16_t h4 __attribute__((vector_size(8)));
typedef float v8_anywhere __attribute__((vector_size(32), aligned(4), may_alias));
typedef uint32_t u8_anywhere __attribute__((vector_size(32), aligned(4), may_alias));
typedef int32_t i8_anywhere __attribute__((vector_size(32), aligned(4), may_alias));

#define LOAD(place) (*(const v8_anywhere *)(place))
#define STORE(place, values) (*(v8_anywhere *)(place) = (values))
#define SHUFFLE __builtin_shufflevector

/// As macros, because vectors of eight are not passed between functions.
#define LARGER(a, b) ((v8)(((u8)((a) > (b)) & (u8)(a)) | (~(u8)((a) > (b)) & (u8)(b))))
#define SMALLER(a, b) ((v8)(((u8)((a) < (b)) & (u8)(a)) | (~(u8)((a) < (b)) & (u8)(b))))
