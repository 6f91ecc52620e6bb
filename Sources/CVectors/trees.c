#include "vectors.h"
#if defined(__x86_64__)
#include <immintrin.h>
#endif

void sum_leaves_baseline(
    const uint8_t *columns, long stride, const struct oblivious_tree *trees, long count, int16_t *sums) {
    for (long frame = 0; frame < 64; frame += 1) sums[frame] = 0;
    for (long tree = 0; tree < count; tree += 1) {
        const struct oblivious_tree *here = trees + tree;
        uint8_t leaf[64] = {0};
        for (long level = 0; level < 4; level += 1) {
            const uint8_t *column = columns + here->columns[level] * stride;
            uint8_t threshold = here->thresholds[level], bit = (uint8_t)(1 << level);
            for (long frame = 0; frame < 64; frame += 1) leaf[frame] |= column[frame] > threshold ? bit : 0;
        }
        for (long frame = 0; frame < 64; frame += 1) sums[frame] += here->leaves[leaf[frame]];
    }
}

#if defined(__x86_64__)
// A table of sixteen bytes is one instruction, for 32 frames at once: the leaves' lower and upper bytes apart.

/// Adds the leaves of 32 frames to two vectors of sums, in the order in which bytes unpack; `minus` has -2^l for each
/// level l whose answer is no.
#define ADD_LEAVES(first, second, minus)                                          \
    {                                                                             \
        __m256i leaf = _mm256_add_epi8(minus, _mm256_set1_epi8(15));              \
        __m256i low = _mm256_shuffle_epi8(lowBytes, leaf);                        \
        __m256i high = _mm256_shuffle_epi8(highBytes, leaf);                      \
        first = _mm256_add_epi16(first, _mm256_unpacklo_epi8(low, high));         \
        second = _mm256_add_epi16(second, _mm256_unpackhi_epi8(low, high));       \
    }
/// Moves the answers up by a level and adds -1 where a byte is not above the threshold: where the larger of both is the
/// threshold.
#define ADD_ANSWERS(minus, place)                                                                     \
    minus = _mm256_add_epi8(                                                                          \
        _mm256_add_epi8(minus, minus),                                                                \
        _mm256_cmpeq_epi8(                                                                            \
            _mm256_max_epu8(_mm256_loadu_si256((const __m256i *)(place)), threshold), threshold))
#define STORE_SUMS(place, first, second)                                                              \
    _mm256_storeu_si256((__m256i *)(place), _mm256_permute2x128_si256(first, second, 0x20));          \
    _mm256_storeu_si256((__m256i *)(place + 16), _mm256_permute2x128_si256(first, second, 0x31))

FOR_AVX2 void sum_leaves_wide(
    const uint8_t *columns, long stride, const struct oblivious_tree *trees, long count, int16_t *sums) {
    __m256i first = _mm256_setzero_si256(), second = first, third = first, fourth = first;
    const __m256i evenBytes = _mm256_broadcastsi128_si256(
        _mm_setr_epi8(0, 2, 4, 6, 8, 10, 12, 14, 1, 3, 5, 7, 9, 11, 13, 15));
    for (const struct oblivious_tree *here = trees; here < trees + count; here += 1) {
        __m256i minus = _mm256_setzero_si256(), otherMinus = minus;
        _Pragma("unroll") for (int level = 3; level >= 0; level -= 1) {
            const uint8_t *column = columns + here->columns[level] * stride;
            __m256i threshold = _mm256_set1_epi8((char)here->thresholds[level]);
            ADD_ANSWERS(minus, column);
            ADD_ANSWERS(otherMinus, column + 32);
        }
        __m256i a = _mm256_shuffle_epi8(
            _mm256_broadcastsi128_si256(_mm_loadu_si128((const __m128i *)here->leaves)), evenBytes);
        __m256i b = _mm256_shuffle_epi8(
            _mm256_broadcastsi128_si256(_mm_loadu_si128((const __m128i *)(here->leaves + 8))), evenBytes);
        __m256i lowBytes = _mm256_unpacklo_epi64(a, b), highBytes = _mm256_unpackhi_epi64(a, b);
        ADD_LEAVES(first, second, minus);
        ADD_LEAVES(third, fourth, otherMinus);
    }
    STORE_SUMS(sums, first, second);
    STORE_SUMS(sums + 32, third, fourth);
}
#else
void sum_leaves_wide(
    const uint8_t *columns, long stride, const struct oblivious_tree *trees, long count, int16_t *sums) {
    sum_leaves_baseline(columns, stride, trees, count, sums);
}
#endif

void sum_leaves(
    const uint8_t *columns, long stride, const struct oblivious_tree *trees, long count, int16_t *sums) {
    (can_run_wide() ? sum_leaves_wide : sum_leaves_baseline)(columns, stride, trees, count, sums);
}
