#include "vectors.h"

typedef uint8_t b8_unaligned __attribute__((vector_size(8), aligned(1), may_alias));

/// Eight bytes as integers, and back.
#define INTEGERS(place) __builtin_convertvector(*(const b8_unaligned *)(place), i8)
#define STORE_BYTES(place, integers) (*(b8_unaligned *)(place) = __builtin_convertvector(integers, b8_unaligned))
#define FLOATS(integers) __builtin_convertvector(integers, v8)

/// Adds to each lane those below.
#define ADD_BELOW(v)                                  \
    v += SHUFFLE(v, (i8){0}, 8, 0, 1, 2, 3, 4, 5, 6); \
    v += SHUFFLE(v, (i8){0}, 8, 8, 0, 1, 2, 3, 4, 5); \
    v += SHUFFLE(v, (i8){0}, 8, 8, 8, 8, 0, 1, 2, 3)
#define LAST_LANE(v) SHUFFLE(v, v, 7, 7, 7, 7, 7, 7, 7, 7)

/// Adds up a function of eight values or one over the windows of the next eight frames, from the sums of the last one: what
/// enters at `end` less what leaves at `first`.
#define SLIDE(sums, last, eight)          \
    i8 sums = eight(end) - eight(first);  \
    ADD_BELOW(sums);                      \
    sums += last;                         \
    last = LAST_LANE(sums)

#define CUT(place) ((place) < 0 ? 0 : (place) < count ? (place) : count)

/// Goes over `count` frames, each with the window from frame `first` to before `end` that lies `from` to `to` around it and
/// is cut at the ends: eight at a time where windows are whole, else one.
#define FOR_WINDOWS(add, eight, one)                                                  \
    long first = 0, end = 0;                                                          \
    const long last = count - 8 - (to > 0 ? to : 0);                                  \
    for (long frame = 0; frame < count;) {                                            \
        if (first == frame - 1 + from && end == frame + to && frame <= last) {        \
            eight first += 8;                                                         \
            end += 8;                                                                 \
            frame += 8;                                                               \
        } else {                                                                      \
            for (; end < CUT(frame + to + 1); end += 1) add(end, +);                  \
            for (; first < CUT(frame + from); first += 1) add(first, -);              \
            one frame += 1;                                                           \
        }                                                                             \
    }

#define BYTES(place) INTEGERS(bytes + (place))
#define ADD_BYTE(place, sign) sum = sum sign (int32_t)bytes[place]

KERNEL(
    void, window_means,
    (const uint8_t *bytes, long count, long from, long to, float scale, uint8_t *means),
    (bytes, count, from, to, scale, means)) {
    i8 sum = {0};
    const v8 most = (v8){0} + 255;
    float whole = scale / (float)(to - from + 1);
    FOR_WINDOWS(
        ADD_BYTE,
        {
            SLIDE(sums, sum, BYTES);
            v8 mean = FLOATS(sums) * whole;
            mean = SMALLER(mean, most);
            STORE_BYTES(means + frame, __builtin_convertvector(mean, i8));
        },
        {
            float mean = end > first ? (float)sum[0] * (scale / (float)(end - first)) : 0;
            means[frame] = (uint8_t)(int32_t)(mean < 255 ? mean : 255);
        })
}

/// A chosen byte and 2^16, so that one sum has the bytes and, above, their number.
#define CHOSEN_BYTES(place) ((BYTES(place) + 0x10000) & -INTEGERS(chosen + (place)))
#define ADD_CHOSEN(place, sign) sum = sum sign (chosen[place] ? (int32_t)bytes[place] + 0x10000 : 0)

KERNEL(
    void, chosen_means,
    (const uint8_t *bytes, const uint8_t *chosen, long count, long from, long to, uint8_t *means),
    (bytes, chosen, count, from, to, means)) {
    i8 sum = {0};
    const v8 least = (v8){0} + 1;
    FOR_WINDOWS(
        ADD_CHOSEN,
        {
            SLIDE(sums, sum, CHOSEN_BYTES);
            // Single precision is exact enough to cut the ratio of such numbers.
            v8 number = FLOATS(sums >> 16);
            v8 mean = FLOATS(sums & 0xFFFF) / LARGER(number, least);
            STORE_BYTES(means + frame, __builtin_convertvector(mean, i8));
        },
        {
            int32_t number = sum[0] >> 16;
            means[frame] = (uint8_t)((sum[0] & 0xFFFF) / (number > 0 ? number : 1));
        })
}

/// The root of the variance times `scale`, at most 255, from the sums over a window and from those of the squares.
#define SPREAD(result, sums, squareSums)                                  \
    {                                                                     \
        float number = end > first ? (float)(end - first) : 1;            \
        v8 mean = (sums) / number;                                        \
        v8 variance = (squareSums) / number - mean * mean;                \
        variance = LARGER(variance, none);                                \
        result = __builtin_elementwise_sqrt(variance) * scale;            \
        result = SMALLER(result, most);                                   \
    }
#define SQUARES(place) (BYTES(place) * BYTES(place))
#define ADD_SQUARE(place, sign) \
    (ADD_BYTE(place, sign), squares = squares sign (int32_t)bytes[place] * (int32_t)bytes[place])

KERNEL(
    void, window_spreads,
    (const uint8_t *bytes, long count, long from, long to, float scale, uint8_t *spreads),
    (bytes, count, from, to, scale, spreads)) {
    i8 sum = {0}, squares = {0};
    const v8 none = {0}, most = none + 255;
    FOR_WINDOWS(
        ADD_SQUARE,
        {
            SLIDE(sums, sum, BYTES);
            SLIDE(squareSums, squares, SQUARES);
            v8 spread;
            SPREAD(spread, FLOATS(sums), FLOATS(squareSums));
            STORE_BYTES(spreads + frame, __builtin_convertvector(spread, i8));
        },
        {
            v8 spread;
            SPREAD(spread, FLOATS(sum), FLOATS(squares));
            spreads[frame] = (uint8_t)(int32_t)spread[0];
        })
}
