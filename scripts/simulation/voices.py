"""The speech of each voice as clips at 8 kHz: read once from the packages, cleaned, and kept beside them."""
import json

import numpy as np
import soundfile
from scipy import signal

from simulation.packages import split_of
from simulation.utterances import DEPTH, HOP, RATE, frame_levels, root_mean_square, talkspurts
from simulation.voice_sources import sources

RAW_RATES = {"librivox": 16000, "sphinx-numbers": 16000}     # Hz; other files without a header have 8 kHz
MAXIMUM_SECONDS = 480   # of speech kept of a voice, from files drawn at random
MINIMUM_SECONDS = 4     # of speech without which a voice is left out
PITCH_FRAME = 240   # samples: two periods of the lowest voice
FADE = 64           # samples: clips are silent outside their talkspurts
NOISY = -34         # dB under the talk: voices whose quietest frames are louder than that are left out
OVER_NOISE = 6      # dB over its rests from which a recording speaks


class Voice:
    """One person's words and sentences, each at a level of 1 in its talkspurts."""

    def __init__(self, source, clips):
        self.name, self.language, self.person = source["name"], source["language"], source["person"]
        self.clips = clips
        self.seconds = sum(map(len, clips)) / RATE
        self.words = [clip for clip in clips if 0.18 * RATE < len(clip) < 0.9 * RATE]

    def utterance(self, rng, seconds):
        """Words or sentences joined to about so many seconds: pauses as in running speech, no two parts as loud."""
        parts, count = [], 0
        while count < seconds * RATE * 0.8 or not parts:
            clip = self.clips[int(rng.integers(len(self.clips)))]
            if len(clip) > max(1.6 * seconds, 0.9) * RATE:
                clip = beginning(clip, seconds)
            pause = rng.uniform(0.02, 0.15) if rng.random() < 0.7 else rng.uniform(0.15, 0.6)
            parts += [np.zeros(int(pause * RATE))] * bool(parts) + [clip * 10 ** (rng.normal(0, 1.5) / 20)]
            count = sum(map(len, parts))
        sound = np.concatenate(parts)
        return sound * 10 ** (np.linspace(1, -1.5, len(sound)) / 20)     # the voice sinks to the end

    def word(self, rng):
        """A short word, as for a backchannel."""
        if self.words:
            return self.words[int(rng.integers(len(self.words)))]
        return beginning(self.clips[int(rng.integers(len(self.clips)))], 0.5)


def beginning(clip, seconds):
    """The first seconds of a clip up to where it is softest, faded."""
    low, high = int(0.6 * seconds * RATE) // HOP, int(1.4 * seconds * RATE) // HOP
    level = np.convolve(frame_levels(clip), np.ones(5) / 5, "same")[low:high]
    clip = clip[:(low + int(np.argmin(level))) * HOP if len(level) else len(clip)].copy()
    size = min(400, len(clip))
    clip[len(clip) - size:] *= np.linspace(1, 0, size)
    return clip


def read(path, raw_rate):
    if path.suffix == ".raw":
        samples, rate = np.fromfile(path, "<i2") / 32768, raw_rate
    elif path.suffix == ".gsm":
        samples, rate = soundfile.read(path, format="RAW", subtype="GSM610", samplerate=RATE, channels=1)
    else:
        samples, rate = soundfile.read(path, always_2d=True)
        samples = samples.mean(axis=1)
    if not len(samples):
        return samples
    divisor = np.gcd(rate, RATE)
    samples = signal.resample_poly(samples, RATE // divisor, rate // divisor)
    return signal.sosfilt(signal.butter(2, 70, "highpass", fs=RATE, output="sos"), samples)


def noise_depth(samples):
    """How far the noise in a recording's rests lies under its loud frames, in dB: what is usual in runs of 120 ms or
    more that are 22 dB under them; -80 where there are none. Many recordings rest in noise of -48 to -36 dB, which
    the talkspurts would take in."""
    level = frame_levels(samples)
    level = np.maximum(level - np.percentile(level, 95), -80)
    edges = np.flatnonzero(np.diff(np.concatenate([[0], level < -22, [0]]).astype(int)))
    rests = [level[start:end] for start, end in zip(edges[::2], edges[1::2]) if end - start >= 12]
    return float(np.percentile(np.concatenate(rests), 40)) if rests else -80.0


def quietest(recordings):
    """How far the quietest frames of a voice's recordings lie under the loud ones, in dB."""
    levels = [level - np.percentile(level, 95) for level in map(frame_levels, recordings) if len(level) > 20]
    return float(np.percentile(np.maximum(np.concatenate(levels), -80), 2)) if levels else 0.0


def is_voice(sound):
    """Whether a clip is speech rather than an effect of the game: enough of its strong frames are voiced, and it has
    sound below 1 kHz. Short clips pass with less, as syllables may be mostly a hiss."""
    power = np.abs(np.fft.rfft(sound)) ** 2
    low = power[:len(power) // 4].sum() / power.sum()
    frames = sound[:len(sound) // PITCH_FRAME * PITCH_FRAME].reshape(-1, PITCH_FRAME)
    energy = np.mean(frames ** 2, axis=1)
    strong = np.abs(np.fft.rfft(frames[energy > 0.1 * energy.max()] * np.hanning(PITCH_FRAME), 512)) ** 2
    window = np.fft.irfft(np.abs(np.fft.rfft(np.hanning(PITCH_FRAME), 512)) ** 2)
    correlation = np.fft.irfft(strong)[:, :110] / window[:110] * window[0]
    voiced = np.mean(correlation[:, 20:].max(axis=1) > 0.55 * correlation[:, 0])
    return low > 0.03 and voiced > 0.05 if len(sound) < 0.6 * RATE else low > 0.12 and voiced > 0.2


def clip_of(samples):
    """What a recording says at a level of 1: silence outside the talkspurts, long pauses shortened; or None."""
    level = frame_levels(samples)
    if len(level) < 10:
        return None
    depth = np.clip(noise_depth(samples) + OVER_NOISE, -DEPTH, -20)
    threshold = np.percentile(level, 95) + depth
    parts = []
    for start, end in talkspurts(samples, threshold):
        part = samples[start * HOP:end * HOP].copy()
        part[:FADE] *= np.linspace(0, 1, FADE)
        part[-FADE:] *= np.linspace(1, 0, FADE)
        parts += [np.zeros(int(0.25 * RATE))] * bool(parts) + [part]
    if not parts or sum(map(len, parts)) < 0.15 * RATE:
        return None
    sound = np.concatenate(parts)
    if not is_voice(sound):
        return None
    return (sound / max(root_mean_square(sound[sound != 0]), 1e-9)).astype(np.float32)


def clips_of(source):
    """The clips of a voice, and how far its quietest frames are below its loud ones in dB."""
    rate = RAW_RATES.get(source.name, RATE)
    recordings, seconds = [], 0.0
    order = np.random.default_rng(1).permutation(len(source.files))
    for index in order:
        try:
            samples = read(source.files[index], rate)
        except soundfile.LibsndfileError:
            continue
        if not 0.1 * RATE < len(samples) or not np.any(samples):
            continue
        pieces = np.array_split(samples, max(1, len(samples) // (12 * RATE)))
        recordings += pieces
        seconds += len(samples) / RATE
        if seconds > MAXIMUM_SECONDS * 1.3:
            break
    clips = [clip for clip in (clip_of(samples) for samples in recordings) if clip is not None]
    return clips, quietest(recordings)


def build(root, cache):
    """Reads every voice of the packages and writes its clips; a table of them all to voices.json."""
    cache.mkdir(exist_ok=True)
    table = []
    for source in sources(root):
        clips, depth = clips_of(source)
        seconds = sum(map(len, clips)) / RATE
        used = seconds >= MINIMUM_SECONDS and depth < NOISY
        if used:
            np.savez(cache / f"{source.name}.npz", sound=np.concatenate(clips), ends=np.cumsum([*map(len, clips)]))
        table.append({"name": source.name, "language": source.language, "person": source.person,
                      "package": source.package, "clips": len(clips), "seconds": round(seconds, 1),
                      "noise_db": round(depth, 1), "split": split_of(source.person), "used": used})
    (cache / "voices.json").write_text(json.dumps(table, indent=1))


def load(root, split):
    """The voices of a split."""
    cache = root.parent / "voices"
    if not (cache / "voices.json").exists():
        build(root, cache)
    voices = []
    for row in json.loads((cache / "voices.json").read_text()):
        if row["used"] and row["split"] == split:
            stored = np.load(cache / f"{row['name']}.npz")
            voices.append(Voice(row, np.split(stored["sound"], stored["ends"][:-1])))
    return voices
