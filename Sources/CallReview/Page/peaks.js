// The peaks of the sound in steps of four, so that a picture of any width reads few of them.

/** The bytes of base64. */
export function bytesOfBase64(text) {
  if (Uint8Array.fromBase64) return Uint8Array.fromBase64(text);
  const raw = atob(text);
  const bytes = new Uint8Array(raw.length);
  for (let index = 0; index < raw.length; index += 1) bytes[index] = raw.charCodeAt(index);
  return bytes;
}

/** Highest magnitude and root mean square of any stretch, as 255 times the root of their part of full scale. */
export class Peaks {
  /** `bytes`: stretch by stretch, and channel by channel in it, both values; a stretch lasts `seconds`. */
  constructor(bytes, channels, seconds) {
    this.channels = channels;
    this.steps = [{ bytes, seconds }];
    while (this.steps.at(-1).bytes.length > 4096 * channels) this.steps.push(this.#coarser(this.steps.at(-1)));
    this.scale = this.#scaleOf();
  }

  #coarser({ bytes, seconds }) {
    const row = 2 * this.channels;
    const rows = bytes.length / row;
    const out = new Uint8Array(Math.ceil(rows / 4) * row);
    for (let first = 0; first < rows; first += 4) {
      const last = Math.min(first + 4, rows);
      for (let column = 0; column < row; column += 2) {
        let highest = 0, squares = 0;
        for (let index = first; index < last; index += 1) {
          highest = Math.max(highest, bytes[index * row + column]);
          squares += bytes[index * row + column + 1] ** 4;
        }
        out[first / 4 * row + column] = highest;
        out[first / 4 * row + column + 1] = Math.round((squares / (last - first)) ** 0.25);
      }
    }
    return { bytes: out, seconds: seconds * 4 };
  }

  /** Both values of a channel between two times. */
  between(channel, from, to) {
    const width = to - from;
    let step = this.steps[0];
    for (const other of this.steps) if (other.seconds * 2 <= width) step = other;
    const row = 2 * this.channels;
    const rows = step.bytes.length / row;
    const first = Math.max(0, Math.floor(from / step.seconds));
    const last = Math.min(rows, Math.max(first + 1, Math.ceil(to / step.seconds)));
    let highest = 0, squares = 0;
    for (let index = first; index < last; index += 1) {
      highest = Math.max(highest, step.bytes[index * row + 2 * channel]);
      squares += step.bytes[index * row + 2 * channel + 1] ** 4;
    }
    return [highest, last > first ? (squares / (last - first)) ** 0.25 : 0];
  }

  /** A height that few stretches are above: that of the picture. */
  #scaleOf() {
    const counts = new Uint32Array(256);
    const { bytes } = this.steps[0];
    for (let index = 0; index < bytes.length; index += 2) counts[bytes[index]] += 1;
    let above = bytes.length / 2 * 0.002;
    for (let value = 255; value > 40; value -= 1) {
      above -= counts[value];
      if (above < 0) return value;
    }
    return 40;
  }
}
