// Plays the sound of the call: both parties in both ears, one alone, a gain for each, faster or slower at the same pitch.

/** Whoever goes on after a pause hears the last seconds again, to be in the conversation. */
const BACK = 3;
/** Of a folded stretch so much is heard at either side. */
const EDGE = 0.5;

/** A player over the URL of a sound whose channels are those of `places`, by voice. */
export class Player {
  constructor(url, channels, places, duration) {
    this.duration = duration;
    this.places = places;
    this.gains = places.map(() => 1);
    this.solo = null;
    this.loop = null;
    this.end = null;
    this.folds = [];
    this.channels = channels;
    this.position = 0;
    this.pausedAt = null;
    this.media = url === null ? null : new Audio(url);
    if (this.media) {
      this.media.preload = "auto";
      this.media.preservesPitch = true;
      this.media.addEventListener("ended", () => this.changed());
      this.media.addEventListener("play", () => this.changed());
      this.media.addEventListener("pause", () => this.changed());
      this.media.addEventListener("timeupdate", () => this.step());
      this.media.addEventListener("loadedmetadata", () => { this.media.currentTime = this.position; });
    }
    this.changed = () => {};
  }

  get canPlay() {
    return this.media !== null;
  }

  get isPlaying() {
    return this.media !== null && !this.media.paused && !this.media.ended;
  }

  get time() {
    if (this.media === null || this.media.readyState === 0) return this.position;
    return Math.min(this.media.currentTime, this.duration);
  }

  /** Goes to a time; what was to end or to be repeated there is forgotten unless it lies around it. */
  seek(time) {
    this.position = Math.min(Math.max(0, time), this.duration);
    this.pausedAt = null;
    if (this.end !== null && this.position >= this.end) this.end = null;
    if (this.media && this.media.readyState > 0) this.media.currentTime = this.position;
  }

  /** Plays on, or from `start` to `end`. Rejects where the browser waits for a key or a click first. */
  async play(start = null, end = null) {
    if (!this.media) return;
    if (start !== null) {
      this.seek(start);
      this.end = end;
    } else if (this.pausedAt !== null && Math.abs(this.time - this.pausedAt) < 0.05) {
      this.seek(Math.max(this.loop ? this.loop[0] : 0, this.time - BACK));
    } else if (this.time >= this.duration - 0.05) {
      this.seek(0);
    }
    this.pausedAt = null;
    if (navigator.userActivation?.hasBeenActive === false) throw new DOMException("no key yet", "NotAllowedError");
    this.#connect();
    await Promise.all([this.context.resume(), this.media.play()]);
  }

  pause() {
    if (!this.isPlaying) return;
    this.media.pause();
    this.pausedAt = this.time;
  }

  toggle() {
    if (this.isPlaying) this.pause();
    else return this.play();
  }

  /** Looks where the sound is: repeats a loop, ends a stretch, leaps over what is folded. */
  step() {
    if (!this.isPlaying) return;
    const time = this.media.currentTime;
    if (this.loop && time >= this.loop[1]) {
      this.media.currentTime = this.loop[0];
    } else if (this.end !== null && time >= this.end) {
      this.end = null;
      this.media.pause();
    } else {
      const fold = this.folds.find(([start, end]) => time > start + EDGE && time < end - 2 * EDGE);
      if (fold) this.media.currentTime = fold[1] - EDGE;
    }
  }

  setSpeed(speed) {
    if (this.media) this.media.playbackRate = speed;
  }

  /** Hears the voice with this number alone; both with null. */
  setSolo(voice) {
    this.solo = voice;
    this.#setGains();
  }

  setGain(voice, gain) {
    this.gains[voice] = gain;
    this.#setGains();
  }

  /** A browser lets sound begin after a key or a click, so that it is connected at the first play. */
  #connect() {
    if (this.context) return;
    this.context = new AudioContext();
    const source = this.context.createMediaElementSource(this.media);
    const splitter = this.context.createChannelSplitter(Math.max(2, this.channels));
    const both = this.context.createGain();
    both.channelCount = 1;
    both.channelCountMode = "explicit";
    source.connect(splitter);
    this.nodes = [...new Set(this.places)].map((place) => {
      const node = this.context.createGain();
      splitter.connect(node, place);
      node.connect(both);
      return { place, gain: node.gain };
    });
    both.connect(this.context.destination);
    this.#setGains();
  }

  #setGains() {
    for (const { place, gain } of this.nodes ?? []) {
      const voices = this.places.flatMap((other, voice) => (other === place ? [voice] : []));
      const heard = voices.filter((voice) => this.solo === null || this.solo === voice);
      gain.value = Math.max(0, ...heard.map((voice) => this.gains[voice]));
    }
  }
}
