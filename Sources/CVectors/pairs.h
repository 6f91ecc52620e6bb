#pragma once
#include "vectors.h"

// Two real windows that share a complex transform: the first is the real part of its input, the second the imaginary.

/// Four times the power of both windows at four bins of a spectrum of `count` points: first, second, first, and so on.
/// Unpacked from the amplitudes, not from sums of powers, so that a loud window does not hide a quiet one.
#define PAIR_POWERS(result, spectrum, count, bin)                                   \
    v8 result;                                                                      \
    {                                                                               \
        v8 here = LOAD((spectrum) + 2 * (bin));                                     \
        v8 there = LOAD((spectrum) + 2 * ((count) - (bin) - 3));                    \
        v8 mirror = REVERSED_PAIRS(there);                                          \
        v8 sum = here + mirror;                                                     \
        v8 difference = here - mirror;                                              \
        v8 squares = difference * difference;                                       \
        result = sum * sum + SHUFFLE(squares, squares, 1, 0, 3, 2, 5, 4, 7, 6);     \
    }

/// Four complex numbers in reverse order.
#define REVERSED_PAIRS(pairs) SHUFFLE(pairs, pairs, 6, 7, 4, 5, 2, 3, 0, 1)
