#include "vectors.h"

/// One vector of the bands of a step: what `compare_with_floor` says of eight bands. Adds the roots of their powers
/// over the floor to `roots`.
#define COMPARE_EIGHT(load, place)                                            \
    {                                                                         \
        v8 mean = 0.5f * (load(first) + load(second));                        \
        mean = LARGER(mean, ((v8){0} + lowest));                              \
        v8 floor = SMALLER(LOAD(earlier + (place)), LOAD(minimum + (place))); \
        v8 ratio = mean / floor;                                              \
        roots += __builtin_elementwise_sqrt(ratio);                           \
        v8 smoothed = 0.5f * (mean + LOAD(latest + (place)));                 \
        STORE(latest + (place), mean);                                        \
        STORE(minimum + (place), SMALLER(smoothed, LOAD(minimum + (place)))); \
    }

#define FIRST_EIGHT(bands) LOAD(bands)
#define SECOND_EIGHT(bands) LOAD((bands) + 8)

KERNEL(
    float, compare_with_floor,
    (const float *first, const float *second, float lowest, const float *earlier, float *latest, float *minimum),
    (first, second, lowest, earlier, latest, minimum)) {
    v8 roots = {0};
    COMPARE_EIGHT(FIRST_EIGHT, 0)
    COMPARE_EIGHT(SECOND_EIGHT, 8)
    v8 others = roots;
    roots = (v8){0};
    // Five bands of the last vector are among the first sixteen.
    COMPARE_EIGHT(LAST_BANDS, 16)
    others += (v8)((u8)roots & (u8){0, 0, 0, 0, 0, ~0u, ~0u, ~0u});
    return SUM(others) / 19;
}
