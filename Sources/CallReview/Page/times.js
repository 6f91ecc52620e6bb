// Times as people read them and as links carry them. All are seconds from the start of the recording.

/** `1:50`, from one hour on `1:01:50`; cut, not rounded, as a player does. With tenths `1:50.3`. */
export function clock(seconds, tenths = false) {
  const total = Math.max(0, seconds);
  const whole = Math.floor(total);
  const two = (number) => String(number).padStart(2, "0");
  const minutes = Math.floor(whole / 60);
  const text = minutes < 60
    ? `${minutes}:${two(whole % 60)}`
    : `${Math.floor(minutes / 60)}:${two(minutes % 60)}:${two(whole % 60)}`;
  return tenths ? `${text}.${Math.floor((total - whole) * 10 + 1e-6)}` : text;
}

/** A length of time: `0.4 s`, `42 s`, `1:50`. */
export function lengthOf(seconds) {
  if (seconds < 9.95) return `${seconds.toFixed(1)} s`;
  return seconds < 59.5 ? `${Math.round(seconds)} s` : clock(Math.round(seconds));
}

/** Seconds of `110.5`, `1:50.5` or `0:01:50.5`; NaN for anything else. */
export function parseTime(text) {
  if (!/^(\d+:){0,2}\d+(\.\d+)?$/.test(text)) return NaN;
  return text.split(":").reduce((sum, part) => sum * 60 + Number(part), 0);
}

/** The stretch of `#t=83.2-91.0` or `#t=1:23`, within the recording; null for another fragment. */
export function stretchOfLink(fragment, duration) {
  const found = /^#t=([\d.:]+)(?:-([\d.:]+))?$/.exec(fragment);
  if (!found) return null;
  const start = parseTime(found[1]);
  const end = found[2] === undefined ? null : parseTime(found[2]);
  if (Number.isNaN(start) || Number.isNaN(end) || start > duration) return null;
  return { start, end: end === null || end <= start ? null : Math.min(end, duration) };
}

/** The fragment of a stretch. */
export function linkOfStretch(start, end) {
  return `#t=${start.toFixed(1)}-${end.toFixed(1)}`;
}
