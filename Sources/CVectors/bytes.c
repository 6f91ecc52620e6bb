#include "vectors.h"

typedef uint8_t b8 __attribute__((vector_size(8), aligned(1), may_alias));
typedef uint8_t b32 __attribute__((vector_size(32), aligned(1), may_alias));

KERNEL(
    void, to_bytes, (const float *values, long count, float lowest, float scale, uint8_t *bytes),
    (values, count, lowest, scale, bytes)) {
    v8 none = {0}, last = none + 255;
    for (long index = 0; index < count; index += 8) {
        long rest = count - index;
        LOAD_FIRST(values + index, rest, value)
        v8 places = (value - lowest) * scale;
        places = LARGER(places, none);
        places = SMALLER(places, last);
        b8 step = __builtin_convertvector(__builtin_convertvector(places, i8), b8);
        if (rest >= 8) {
            *(b8 *)(bytes + index) = step;
        } else {
            for (long lane = 0; lane < rest; lane += 1) bytes[index + lane] = step[lane];
        }
    }
}

KERNEL(
    void, larger_bytes, (const uint8_t *first, const uint8_t *second, long count, uint8_t *result),
    (first, second, count, result)) {
    long index = 0;
    for (; index + 32 <= count; index += 32) {
        b32 a = *(const b32 *)(first + index), b = *(const b32 *)(second + index);
        b32 isLarger = (b32)(a > b);
        *(b32 *)(result + index) = SELECT(isLarger, a, b);
    }
    for (; index < count; index += 1) {
        result[index] = first[index] > second[index] ? first[index] : second[index];
    }
}

KERNEL(void, double_bytes, (const uint8_t *bytes, long count, uint8_t *doubled), (bytes, count, doubled)) {
    for (long index = 0; index < count; index += 1) {
        doubled[2 * index] = bytes[index];
        doubled[2 * index + 1] = bytes[index];
    }
}
