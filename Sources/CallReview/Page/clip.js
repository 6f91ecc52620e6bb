// A stretch of the sound in the page as a WAV of its own.

/** The bytes of a WAV with the samples from `start` to `end` of `wave`, a WAV of 16-bit PCM with a header of 44 bytes. */
export function clipOf(wave, start, end) {
  const header = new DataView(wave.buffer, wave.byteOffset, 44);
  const frame = header.getUint16(32, true);
  const rate = header.getUint32(24, true);
  const frames = Math.floor((wave.length - 44) / frame);
  const first = Math.min(frames, Math.max(0, Math.round(start * rate)));
  const last = Math.min(frames, Math.max(first, Math.round(end * rate)));
  const clip = new Uint8Array(44 + (last - first) * frame);
  clip.set(wave.subarray(0, 44));
  clip.set(wave.subarray(44 + first * frame, 44 + last * frame), 44);
  const sizes = new DataView(clip.buffer);
  sizes.setUint32(4, clip.length - 8, true);
  sizes.setUint32(40, clip.length - 44, true);
  return clip;
}
