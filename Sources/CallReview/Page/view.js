// The part of the time axis that is seen, and where a time lies in it.

/** Seconds of the narrowest view: a pixel is then a millisecond or two. */
const NARROWEST = 1;

/** A window on the axis of `folds`, `width` pixels wide. */
export class View {
  constructor(folds, width) {
    this.folds = folds;
    this.width = width;
    this.fit();
  }

  /** Shows the whole call. */
  fit() {
    [this.from, this.to] = [0, this.folds.total];
  }

  /** Shows the times from `start` to `end`, as far as the axis goes. */
  show(start, end) {
    this.#set(this.folds.shown(start), this.folds.shown(end));
  }

  /** Takes another axis, with the same times in sight. */
  refold(folds) {
    const isWhole = this.isWhole;
    const [start, end] = [this.folds.time(this.from), this.folds.time(this.to)];
    this.folds = folds;
    if (isWhole) this.fit();
    else this.show(start, end);
  }

  /** Makes the view `factor` times as wide; `time` stays where it is. */
  zoom(factor, time) {
    const middle = this.folds.shown(time);
    this.#set(middle - (middle - this.from) * factor, middle + (this.to - middle) * factor);
  }

  /** Moves by seconds of the axis. */
  pan(seconds) {
    const span = this.to - this.from;
    const from = Math.min(Math.max(0, this.from + seconds), this.folds.total - span);
    [this.from, this.to] = [from, from + span];
  }

  /** Moves so that a time is in sight; returns whether it had to. */
  follow(time) {
    const place = this.folds.shown(time);
    if (place >= this.from && place <= this.to) return false;
    this.pan(place - this.from - (this.to - this.from) * 0.1);
    return true;
  }

  get isWhole() {
    return this.from <= 0 && this.to >= this.folds.total;
  }

  /** Pixels from the left of the view. */
  x(time) {
    return (this.folds.shown(time) - this.from) / (this.to - this.from) * this.width;
  }

  /** The time at so many pixels from the left, within the recording. */
  time(x) {
    const shown = this.from + x / this.width * (this.to - this.from);
    return this.folds.time(Math.min(Math.max(0, shown), this.folds.total));
  }

  /** Times of round numbers, at least `pixels` apart. */
  ticks(pixels) {
    const steps = [0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200];
    const least = pixels / this.width * (this.to - this.from);
    const step = steps.find((seconds) => seconds >= least) ?? 14_400;
    const ticks = [];
    let lastX = -Infinity;
    const end = this.folds.time(this.to);
    for (let number = Math.ceil(this.folds.time(this.from) / step - 1e-9); number * step <= end; number += 1) {
      const x = this.x(number * step);
      if (x - lastX < pixels * 0.9) continue;
      ticks.push(number * step);
      lastX = x;
    }
    return ticks;
  }

  #set(from, to) {
    const { total } = this.folds;
    const span = Math.min(total, Math.max(Math.min(NARROWEST, total), to - from));
    const middle = (from + to) / 2;
    this.from = Math.min(Math.max(0, middle - span / 2), total - span);
    this.to = this.from + span;
  }
}
