#include "vectors.h"

/// So many vectors are summed up in 32 bits.
#define SAFE 32768

KERNEL(
    void, sum_places, (const int16_t *samples, long count, int64_t *sums), (samples, count, sums)) {
    long index = 0;
    while (index + 16 <= count) {
        i8 even = {0}, odd = {0};
        for (long turn = 0; turn < SAFE && index + 16 <= count; turn += 1, index += 16) {
            h16 now = LOAD_PAIRS(samples + index);
            even += (i8)((u8)now << 16) >> 16;
            odd += (i8)now >> 16;
        }
        for (long lane = 0; lane < 8; lane += 1) {
            sums[2 * lane] += even[lane];
            sums[2 * lane + 1] += odd[lane];
        }
    }
    for (; index < count; index += 1) sums[index % 16] += samples[index];
}
