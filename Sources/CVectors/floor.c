#include "vectors.h"

/// The smallest lane of a vector.
INLINE float smallest(v4 low, v4 high) {
    v4 four = smaller(low, high), two = smaller(four, SHUFFLE(four, four, 2, 3, 0, 1));
    return two[0] < two[1] ? two[0] : two[1];
}

/// Eight of the bands of both frames at a place of the floor, as LOAD or LAST_BANDS takes them.
#define COMPARE_EIGHT(ratio, load, band, place)                               \
    v8 ratio;                                                                 \
    {                                                                         \
        v8 mean = 0.5f * (load(first + (band)) + load(second + (band)));      \
        mean = LARGER(mean, ((v8){0} + lowest));                              \
        v8 before = LOAD(minimum + (place));                                  \
        ratio = mean / SMALLER(LOAD(earlier + (place)), before);              \
        v8 smoothed = 0.5f * (mean + LOAD(latest + (place)));                 \
        STORE(latest + (place), mean);                                        \
        STORE(minimum + (place), SMALLER(smoothed, before));                  \
    }

KERNEL(
    struct floor_ratio, compare_with_floor,
    (const float *first, const float *second, float lowest, const float *earlier, float *latest, float *minimum),
    (first, second, lowest, earlier, latest, minimum)) {
    COMPARE_EIGHT(a, LOAD, 0, 0)
    COMPARE_EIGHT(b, LOAD, 8, 8)
    COMPARE_EIGHT(c, LAST_BANDS, 0, 16)
    v8 all = SMALLER(a, b);
    // Of the last vector, the five bands that the first sixteen have are not its own.
    const u8 own = {0, 0, 0, 0, 0, ~0u, ~0u, ~0u};
    v8 last = (v8)SELECT(own, (u8)c, (u8)all);
    all = SMALLER(all, last);
    v8 roots = __builtin_elementwise_sqrt(a) + __builtin_elementwise_sqrt(b);
    roots += (v8)((u8)__builtin_elementwise_sqrt(c) & own);
    return (struct floor_ratio){SUM(roots) / 19, smallest(LOW(all), HIGH(all))};
}
