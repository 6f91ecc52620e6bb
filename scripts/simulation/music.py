"""Music at 8 kHz: pieces of the packages, and melodies that are made."""
import zlib

import numpy as np
import soundfile
from scipy import signal

from simulation.packages import split_of
from simulation.utterances import RATE, root_mean_square

FOLDERS = {"asterisk-moh-opsound-wav": "usr/share/asterisk/moh", "singularity-music": "usr/share/games",
           "asc-music": "usr/share/games", "fillets-ng-data": "usr/share/games/fillets-ng/music",
           "extremetuxracer-data": "usr/share/games/etr/music",
           "frozen-bubble-data": "usr/share/games/frozen-bubble/snd",
           "hedgewars-data": "usr/share/games/hedgewars/Data/Music"}
MAXIMUM_SECONDS = 150   # kept of a piece
MINIMUM_SECONDS = 25
MELODIES = 60
SCALES = ((0, 2, 4, 5, 7, 9, 11), (0, 2, 3, 5, 7, 8, 10), (0, 2, 4, 7, 9))


def build(root, cache):
    """Reads the packages' pieces of 25 s or more."""
    cache.mkdir(exist_ok=True)
    for package, folder in FOLDERS.items():
        for path in sorted((root / package / folder).rglob("*.*")):
            if path.suffix not in (".wav", ".ogg", ".mp3") or path.stat().st_size < 60000:
                continue
            samples, rate = soundfile.read(path, frames=MAXIMUM_SECONDS * 48000, always_2d=True)
            divisor = np.gcd(rate, RATE)
            samples = signal.resample_poly(samples.mean(axis=1), RATE // divisor, rate // divisor)[:MAXIMUM_SECONDS * RATE]
            if len(samples) > MINIMUM_SECONDS * RATE:
                np.save(cache / f"{package}-{path.stem}.npy", samples.astype(np.float32))


def note(rng, hz, seconds, brightness, decay):
    """One note: harmonics that fade as those of a plucked or blown sound."""
    time = np.arange(int(seconds * RATE)) / RATE
    orders = np.arange(1, max(2, min(9, int(3700 / hz))))
    gains = orders ** -brightness * rng.uniform(0.5, 1, len(orders))
    waves = np.sin(2 * np.pi * hz * orders[:, None] * time + rng.uniform(0, 6, (len(orders), 1)))
    shape = np.minimum(1, time / 0.01) * np.exp(-time / decay) * np.minimum(1, (seconds - time) / 0.02)
    return gains @ waves * shape


def melody(name):
    """A melody over chords, with a beat in some: 60 s by its name."""
    rng = np.random.default_rng(zlib.crc32(name.encode()))
    scale, root = SCALES[int(rng.integers(len(SCALES)))], float(rng.uniform(150, 320))
    beat, brightness, decay = float(rng.uniform(0.25, 0.6)), float(rng.uniform(0.6, 2)), float(rng.uniform(0.1, 1.2))
    sound, chords, drums = np.zeros(62 * RATE), rng.random() < 0.7, rng.random() < 0.4
    step, phrase = int(rng.integers(7)), rng.integers(-2, 3, 16)
    for index in range(int(60 / beat)):
        step = int(np.clip(step + phrase[index % 16] * (rng.random() < 0.9), -5, 12))
        at = int(index * beat * RATE)
        height = scale[step % len(scale)] + 12 * (step // len(scale))
        parts = [(height + 12, 1.0, beat * float(rng.choice([1, 1, 2])))] if rng.random() < 0.85 else []
        if chords and index % 4 == 0:
            base = int(rng.integers(len(scale)))
            parts += [(scale[(base + 2 * k) % len(scale)], 0.5, 4 * beat) for k in range(3)]
        for semitones, gain, seconds in parts:
            tone = note(rng, root * 2 ** (semitones / 12), min(seconds, 1.9), brightness, decay)
            sound[at:at + len(tone)] += gain * tone
        if drums:
            hit = rng.standard_normal(800) * np.exp(-np.arange(800) / 150) * (1.0 if index % 2 else 0.4)
            sound[at:at + 800] += hit
    return sound[:60 * RATE] / root_mean_square(sound[:60 * RATE])


def load(root, split):
    """Pieces of a split by name, each at a level of 1."""
    cache = root.parent / "music"
    if not cache.exists():
        build(root, cache)
    pieces = {}
    for path in sorted(cache.glob("*.npy")):
        if split_of(path.stem) == split:
            samples = np.load(path).astype(float)
            pieces[path.stem] = samples / max(root_mean_square(samples), 1e-9)
    names = [f"melody-{index:02d}" for index in range(MELODIES)]
    return pieces | {name: melody(name) for name in names if split_of(name) == split}


def excerpt(pieces, rng, seconds):
    """So many seconds of a piece from anywhere in it, and its name; pieces that are too short are played again."""
    name = sorted(pieces)[int(rng.integers(len(pieces)))]
    piece, count = pieces[name], int(seconds * RATE)
    start = int(rng.integers(len(piece)))
    sound = np.take(piece, np.arange(start, start + count), mode="wrap")
    return sound / max(root_mean_square(sound), 1e-6), name
