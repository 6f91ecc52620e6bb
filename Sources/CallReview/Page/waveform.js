// Draws the sound of both parties into a canvas, mirrored on the time axis: the first above, the second below. Where a
// party talks it has its colour; all else on its channel is grey.

import { overlapsOf } from "./marks.js";

/** Draws what `view` shows. `voices` are `{ place, spurts, colour }`; one alone is drawn to both sides. */
export function drawWaveform(canvas, view, peaks, voices, colours) {
  const ratio = window.devicePixelRatio || 1;
  const [width, height] = [canvas.clientWidth, canvas.clientHeight];
  canvas.width = Math.round(width * ratio);
  canvas.height = Math.round(height * ratio);
  const context = canvas.getContext("2d");
  const middle = canvas.height / 2;
  voices.forEach((voice, index) => {
    const sides = voices.length === 1 ? [-1, 1] : [index === 0 ? -1 : 1];
    const others = voices.filter((other) => other !== voice && other.place === voice.place);
    for (let column = 0; column < canvas.width; column += 1) {
      const [from, to] = [view.time(column / ratio), view.time((column + 1) / ratio)];
      const talks = talksIn(voice.spurts, from, to);
      // Of a channel that both share, each has what it says; the rest is nobody's.
      const isOthers = !talks && others.some((other) => talksIn(other.spurts, from, to));
      const [highest, mean] = isOthers ? [0, 0] : heightsOf(peaks, voice, talks, from, to, middle);
      for (const side of sides) {
        context.globalAlpha = talks ? 0.45 : 0.5;
        context.fillStyle = talks ? voice.colour : colours.quiet;
        bar(context, column, middle, side, highest);
        context.globalAlpha = 1;
        if (talks) bar(context, column, middle, side, mean);
      }
    }
  });
  if (voices.length === 2) drawOverlaps(context, view, ratio, overlapsOf(voices[0].spurts, voices[1].spurts), colours);
  context.fillStyle = colours.axis;
  context.fillRect(0, Math.round(middle) - Math.ceil(ratio / 2), canvas.width, Math.max(1, Math.round(ratio)));
}

/** Whether a talkspurt lies between two times, by halving. */
function talksIn(spurts, from, to) {
  let [low, high] = [0, spurts.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (spurts[middle][1] <= from) low = middle + 1;
    else high = middle;
  }
  return low < spurts.length && spurts[low][0] < to;
}

/** Where both talk, a band along the middle. */
function drawOverlaps(context, view, ratio, overlaps, colours) {
  context.fillStyle = colours.both;
  const middle = context.canvas.height / 2;
  for (const [start, end] of overlaps) {
    const [from, to] = [view.x(start) * ratio, view.x(end) * ratio];
    if (to < 0 || from > context.canvas.width) continue;
    context.fillRect(from, middle - 4 * ratio, Math.max(1, to - from), 8 * ratio);
  }
}

/** Without the sound, talk is a flat bar. */
function heightsOf(peaks, voice, talks, from, to, middle) {
  if (!peaks) return talks ? [middle * 0.5, middle * 0.5] : [0, 0];
  const [highest, mean] = peaks.between(voice.place, from, to);
  const scale = middle * 0.94 / peaks.scale;
  return [Math.min(middle, highest * scale), Math.min(middle, mean * scale)];
}

function bar(context, column, middle, side, height) {
  if (height < 0.5) return;
  context.fillRect(column, side < 0 ? middle - height : middle, 1, height);
}
