#include "vectors.h"

KERNEL(
    void, find_live,
    (const float *powers, const uint8_t *changes, const uint16_t *peaks, long stride, long count,
     struct idle_line idle, float *levels, _Bool *live),
    (powers, changes, peaks, stride, count, idle, levels, live)) {
    const char *frame = (const char *)peaks;
    long offset = 0;
    h4 before = {0};
    for (long index = 0; index < count; index += 1, offset += stride) {
        levels[index] = *(const float *)((const char *)powers + offset);
        h4 now = *(const h4_unaligned *)(frame + offset);
        h8 both = SHUFFLE(before, now, 0, 1, 2, 3, 4, 5, 6, 7);
        before = now;
        uint32_t most = __builtin_reduce_max(both), difference = most - __builtin_reduce_min(both);
        _Bool alike = (difference <= 1) | (difference * idle.fraction <= most);
        _Bool isIdle = (index > 0) & (most <= idle.highest) & alike;
        live[index] = (*(changes + offset) >= idle.change) & !isIdle;
    }
}
