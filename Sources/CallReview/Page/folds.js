// The time axis with stretches folded away: hold and dead air take a second each, however long they are.

/** Seconds of the axis that a folded stretch takes. */
const FOLDED = 1;

/** From seconds of the recording to seconds of the axis and back; both grow with each other. */
export class Folds {
  /** Stretches `[start, end]`, in any order; what they share is folded once, and what is short is left. */
  constructor(duration, stretches) {
    this.duration = duration;
    this.stretches = [];
    const sorted = stretches.filter(([start, end]) => end - start > 2 * FOLDED).sort((a, b) => a[0] - b[0]);
    for (const [start, end] of sorted) {
      const last = this.stretches.at(-1);
      if (last && start <= last[1]) last[1] = Math.max(last[1], end);
      else this.stretches.push([start, Math.min(end, duration)]);
    }
    this.saved = this.stretches.reduce((sum, [start, end]) => sum + end - start - FOLDED, 0);
    this.total = duration - this.saved;
  }

  /** Where a time lies on the axis. */
  shown(time) {
    let saved = 0;
    for (const [start, end] of this.stretches) {
      if (time <= start) break;
      if (time < end) return start - saved + FOLDED * (time - start) / (end - start);
      saved += end - start - FOLDED;
    }
    return time - saved;
  }

  /** The time at a place of the axis. */
  time(shown) {
    let saved = 0;
    for (const [start, end] of this.stretches) {
      const first = start - saved;
      if (shown <= first) break;
      if (shown < first + FOLDED) return start + (end - start) * (shown - first) / FOLDED;
      saved += end - start - FOLDED;
    }
    return shown + saved;
  }

  /** The folded stretch around a time; undefined outside of one. */
  at(time) {
    return this.stretches.find(([start, end]) => start < time && time < end);
  }
}
