#include "vectors.h"

KERNEL(
    void, find_line, (const float *power, long from, long end, long reach, struct line *line),
    (power, from, end, reach, line)) {
    v8 sums = {0}, others = {0}, maxima = {0};
    // Where each lane first has its maximum.
    i8 firsts = {0}, here = (i8){0, 1, 2, 3, 4, 5, 6, 7} + (int32_t)from;
    long bin = from;
    for (; bin + 16 <= end; bin += 16, here += 16) {
        v8 values = LOAD(power + bin), next = LOAD(power + bin + 8);
        sums += values;
        others += next;
        v8 larger = LARGER(next, values);
        firsts = SELECT(larger > maxima, here + (8 & (next > values)), firsts);
        maxima = LARGER(larger, maxima);
    }
    for (; bin < end; bin += 8, here += 8) {
        v8 values = (v8)((u8)LOAD(power + bin) & FIRST(end - bin));
        sums += values;
        firsts = SELECT(values > maxima, here, firsts);
        maxima = LARGER(values, maxima);
    }
    sums += others;
    v4 most = pair_maxima(LOW(maxima), HIGH(maxima));
    float highest = most[0] > most[1] ? most[0] : most[1];
    line->total = SUM(sums);
    line->highest = highest;
    // Without any power the first bin stands for it.
    firsts = SELECT(maxima == highest, firsts, (i8){0} + INT32_MAX);
    bin = highest > 0 ? __builtin_reduce_min(firsts) : from;
    line->bin = bin;
    // The bins around it: at most nine.
    const v8 places = {0, 1, 2, 3, 4, 5, 6, 7};
    const float *around = power + bin - reach;
    v8 near = (v8)((u8)LOAD(around) & FIRST(2 * reach + 1)), moments = near * places;
    float last = reach == 4 ? around[8] : 0, sum = SUM(near) + last;
    line->power = sum;
    line->centroid = sum > 0 ? (float)(bin - reach) + (SUM(moments) + 8 * last) / sum : 0;
}

KERNEL(
    void, count_peaks,
    (const float *power, long from, long vectors, float threshold, uint32_t *history, uint32_t shift,
     uint32_t steady, uint32_t *peaks, uint32_t *steadyPeaks),
    (power, from, vectors, threshold, history, shift, steady, peaks, steadyPeaks)) {
    v8 lowest = (v8){0} + threshold;
    u8 required = (u8){0} + steady;
    u8 count = {0}, steadyCount = {0};
    for (long vector = 0; vector < vectors; vector += 1) {
        const float *here = power + from + 8 * vector;
        v8 values = LOAD(here);
        // All bits are set in the lanes where it holds.
        u8 isPeak = (u8)(values > lowest) & (u8)(values > LOAD(here - 1)) & (u8)(values >= LOAD(here + 1));
        u8_unaligned *stood = (u8_unaligned *)(history + 8 * vector);
        u8 stands = (*stood << shift) - isPeak;
        *stood = stands;
        count -= isPeak;
        steadyCount -= (u8)((stands & required) == required);
    }
    *peaks = *steadyPeaks = 0;
    for (int lane = 0; lane < 8; lane += 1) {
        *peaks += count[lane];
        *steadyPeaks += steadyCount[lane];
    }
}
