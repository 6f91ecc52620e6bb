#include "pairs.h"

// The transform of a real and even sequence of 2 n points by a complex one of n points that holds two of them, after the
// cosine transform of Press, Teukolsky, Vetterling and Flannery (Numerical Recipes in C, 2nd ed. 1992, 12.3).

/// Eight values in reverse order.
#define REVERSED(v) SHUFFLE(v, v, 7, 6, 5, 4, 3, 2, 1, 0)

KERNEL(
    void, fold_even,
    (const float *first, const float *second, const float *sines, const float *cosines, float *complex, long count,
     float *atOne),
    (first, second, sines, cosines, complex, count, atOne)) {
    v8 firstAtOne = {0}, secondAtOne = {0};
    for (long bin = 0; bin < count / 2; bin += 8) {
        long mirror = count - bin - 7;
        v8 firstFar = LOAD(first + mirror), secondFar = LOAD(second + mirror);
        firstFar = REVERSED(firstFar);
        secondFar = REVERSED(secondFar);
        v8 firstSum = LOAD(first + bin) + firstFar, firstDifference = LOAD(first + bin) - firstFar;
        v8 secondSum = LOAD(second + bin) + secondFar, secondDifference = LOAD(second + bin) - secondFar;
        firstAtOne += LOAD(cosines + bin) * firstDifference;
        secondAtOne += LOAD(cosines + bin) * secondDifference;
        firstDifference *= LOAD(sines + bin);
        secondDifference *= LOAD(sines + bin);
        v8 a = firstSum - firstDifference, b = secondSum - secondDifference;
        STORE(complex + 2 * bin, SHUFFLE(a, b, 0, 8, 1, 9, 2, 10, 3, 11));
        STORE(complex + 2 * bin + 8, SHUFFLE(a, b, 4, 12, 5, 13, 6, 14, 7, 15));
        v8 c = firstSum + firstDifference, d = secondSum + secondDifference;
        STORE(complex + 2 * mirror, SHUFFLE(c, d, 7, 15, 6, 14, 5, 13, 4, 12));
        STORE(complex + 2 * mirror + 8, SHUFFLE(c, d, 3, 11, 2, 10, 1, 9, 0, 8));
    }
    complex[count] = 2 * first[count / 2];
    complex[count + 1] = 2 * second[count / 2];
    atOne[0] = SUM(firstAtOne);
    atOne[1] = SUM(secondAtOne);
}

KERNEL(
    void, unfold_even,
    (const float *spectrum, long count, const float *atOne, const float *weights, long end, float *weighed),
    (spectrum, count, atOne, weights, end, weighed)) {
    const v8 none = {0}, signs = {-1, 1, -1, 1, -1, 1, -1, 1};
    // An odd point is the odd one before it and a step; both sequences lie in turn.
    v8 last = {atOne[0], atOne[1], atOne[0], atOne[1], atOne[0], atOne[1], atOne[0], atOne[1]};
    last *= 2;
    for (long point = 2; point < end; point += 8) {
        v8 here = LOAD(spectrum + point), there = LOAD(spectrum + 2 * count - point - 6);
        v8 mirror = REVERSED_PAIRS(there);
        v8 even = here + mirror, steps = here - mirror;
        steps = SHUFFLE(steps, steps, 1, 0, 3, 2, 5, 4, 7, 6) * signs;
        steps += SHUFFLE(steps, none, 8, 9, 0, 1, 2, 3, 4, 5);
        steps += SHUFFLE(steps, none, 8, 9, 10, 11, 0, 1, 2, 3);
        v8 odd = last + steps;
        last += SHUFFLE(steps, steps, 6, 7, 6, 7, 6, 7, 6, 7);
        v8 low = SHUFFLE(even, odd, 0, 1, 8, 9, 2, 3, 10, 11), high = SHUFFLE(even, odd, 4, 5, 12, 13, 6, 7, 14, 15);
        STORE(weighed + 2 * point, low * LOAD(weights + 2 * point));
        STORE(weighed + 2 * point + 8, high * LOAD(weights + 2 * point + 8));
    }
}
