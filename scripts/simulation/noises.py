"""Noise behind a party: synthetic sources of many kinds, each named, so that a split has its own.

A source makes so many samples anew for each call, at a level of 1 where it sounds, and says where that is.
"""
import itertools
import zlib

import numpy as np
from scipy import fft, signal

from simulation import effects
from simulation.packages import split_of
from simulation.utterances import RATE, root_mean_square

PER_KIND = 20       # sources of each synthetic kind in all splits
MINIMUM_PER_SPLIT = 2   # sources of a kind; the numbering goes on until a split has so many


def coloured(rng, count, slope):
    """Noise that falls by `slope` dB an octave from 100 Hz on."""
    size = fft.next_fast_len(count, real=True)
    spectrum = fft.rfft(rng.standard_normal(size))
    hz = np.maximum(fft.rfftfreq(size, 1 / RATE), 100)
    return fft.irfft(spectrum * (hz / 100) ** (-slope / 6.02), size)[:count]


def slow(rng, count, hz, depth_db):
    """A gain that wanders: noise below `hz`, of so many dB."""
    points = rng.standard_normal(max(4, int(count / RATE * hz * 2) + 4))
    return 10 ** (depth_db / 20 * np.interp(np.linspace(0, len(points) - 1, count), np.arange(len(points)), points))


def hiss(rng, source, count):
    return coloured(rng, count, float(source.uniform(-2, 9)))


def hum(rng, source, count):
    """Mains hum of 50 or 60 Hz with its harmonics."""
    time, base = np.arange(count) / RATE, float(source.choice([50, 60])) * float(source.uniform(0.998, 1.002))
    orders = np.arange(1, int(source.integers(4, 20)))
    gains = source.uniform(0.1, 1, len(orders)) / orders ** float(source.uniform(0, 1))
    return sum(g * np.sin(2 * np.pi * base * k * time + k) for g, k in zip(gains, orders))


def car(rng, source, count):
    """Rolling noise and the engine's orders, which move with its speed."""
    rumble = coloured(rng, count, float(source.uniform(6, 12))) * slow(rng, count, 0.3, 3)
    speed = float(source.uniform(25, 60)) * slow(rng, count, 0.1, 1.5)
    phase = 2 * np.pi * np.cumsum(speed) / RATE
    engine = sum(np.sin(k * phase) / k ** 0.5 for k in range(2, 9))
    return rumble / root_mean_square(rumble) + engine / root_mean_square(engine) * float(source.uniform(0.1, 1))


def wind(rng, source, count):
    """Gusts in the microphone: low noise that comes and goes by 20 dB."""
    return coloured(rng, count, float(source.uniform(6, 12))) * slow(rng, count, float(source.uniform(0.5, 2)), 9)


def machine(rng, source, count):
    """A fan, a vacuum cleaner, a printer: noise in bands, beating at a rate of its own, with a whine."""
    time = np.arange(count) / RATE
    low = float(source.uniform(150, 1200))
    band = signal.butter(1, (low, low * float(source.uniform(1.5, 3))), "bandpass", fs=RATE, output="sos")
    noise = signal.sosfilt(band, rng.standard_normal(count))
    noise *= 1 + float(source.uniform(0, 0.9)) * np.sin(2 * np.pi * float(source.uniform(1, 25)) * time)
    whine = np.sin(2 * np.pi * float(source.uniform(200, 2500)) * time) * float(source.uniform(0, 0.4))
    return noise / root_mean_square(noise) + whine


STEADY = {"hiss": hiss, "hum": hum, "car": car, "wind": wind, "machine": machine}


def key(rng, source):
    """A key of a keyboard falls and rises."""
    sound, tone = np.zeros(int(0.13 * RATE)), float(source.uniform(900, 2500))
    band = signal.butter(1, (tone * 0.7, min(3900, tone * 1.6)), "bandpass", fs=RATE, output="sos")
    for delay, strength in ((0, 1.0), (float(rng.uniform(0.05, 0.1)), 0.4)):
        click = rng.standard_normal(160) * np.exp(-np.arange(160) / float(source.uniform(10, 40)))
        sound[int(delay * RATE):int(delay * RATE) + 160] += signal.sosfilt(band, click) * strength
    return sound * float(rng.uniform(0.4, 1))


def bark(rng, source):
    """One bark: a falling voiced burst with noise."""
    seconds = float(rng.uniform(0.1, 0.25))
    time = np.arange(int(seconds * RATE)) / RATE
    hz = float(source.uniform(250, 900)) * (1.25 - float(rng.uniform(0.3, 0.7)) * time / seconds)
    voiced = signal.sawtooth(2 * np.pi * np.cumsum(hz) / RATE) + 0.5 * rng.standard_normal(len(time))
    band = signal.butter(1, (350, float(source.uniform(1500, 3000))), "bandpass", fs=RATE, output="sos")
    return signal.sosfilt(band, voiced) * np.hanning(len(time)) ** 0.4 * np.exp(-3 * time / seconds)


def chirp(rng, source):
    """A bird's syllable: a sine that sweeps between 1.5 and 3.8 kHz."""
    time = np.arange(int(float(source.uniform(0.04, 0.2)) * RATE)) / RATE
    middle, width = float(source.uniform(1900, 3200)), float(source.uniform(100, 600))
    sweep = np.sin(2 * np.pi * float(source.uniform(5, 40)) * time + float(rng.uniform(0, 1)))
    return np.sin(2 * np.pi * np.cumsum(middle + width * sweep) / RATE) * np.hanning(len(time))


def knock(rng, source):
    """Dishes, doors, the receiver handled: damped resonances struck."""
    time = np.arange(int(0.35 * RATE)) / RATE
    sound = rng.standard_normal(len(time)) * np.exp(-time / 0.004)
    for _ in range(int(source.integers(2, 6))):
        decay, hz = float(source.uniform(0.01, 0.12)), float(source.uniform(120, 3500))
        sound += float(rng.uniform(0.2, 1)) * np.sin(2 * np.pi * hz * time) * np.exp(-time / decay)
    return sound * float(rng.uniform(0.2, 1))


def cry(rng, source):
    """A baby's cry: a high voice that rises and falls within a second."""
    seconds = float(rng.uniform(0.5, 1.3))
    time = np.arange(int(seconds * RATE)) / RATE
    hz = float(source.uniform(350, 550)) * (1 + 0.25 * np.sin(np.pi * time / seconds) + 0.02 * np.sin(40 * time))
    sound = signal.sawtooth(2 * np.pi * np.cumsum(hz) / RATE) + 0.2 * rng.standard_normal(len(time))
    for centre in (float(source.uniform(900, 1300)), float(source.uniform(2500, 3500))):
        sound = sound + 2 * signal.lfilter(*signal.iirpeak(centre, 5, fs=RATE), sound)
    return sound * np.hanning(len(time)) ** 0.5


def bell(rng, source):
    """A telephone, a door or a till in the room rings."""
    time = np.arange(int(float(source.uniform(0.15, 1)) * RATE)) / RATE
    low, high = float(source.uniform(500, 1500)), float(source.uniform(1000, 3000))
    trill = signal.square(2 * np.pi * float(source.uniform(8, 25)) * time) > 0
    return np.sin(2 * np.pi * np.cumsum(np.where(trill, low, high)) / RATE) * np.exp(-time / 0.5)


BURSTS = {              # sound, sounds in a group, s between them, s between groups
    "typing": (key, (8, 40), (0.12, 0.3), (1, 6)), "barking": (bark, (1, 6), (0.15, 0.6), (4, 15)),
    "birds": (chirp, (2, 9), (0.05, 0.3), (1, 6)), "knocks": (knock, (1, 5), (0.1, 1), (2, 10)),
    "crying": (cry, (2, 7), (0.2, 0.6), (5, 15)), "bells": (bell, (1, 4), (0.3, 2), (8, 25)),
}


def groups(rng, count, rules, one):
    """Bursts in groups over so many samples, and the groups' ranges in seconds."""
    (fewest, most), within, between = rules
    sound, ranges = np.zeros(count + 4 * RATE), []
    at = float(rng.uniform(0, between[1]))
    while at < count / RATE:
        start = at
        for _ in range(int(rng.integers(fewest, most + 1))):
            burst = one()[:4 * RATE]
            begin = int(at * RATE)
            if begin >= count:
                break
            sound[begin:begin + len(burst)] += burst
            at += len(burst) / RATE + float(rng.uniform(*within)) * float(rng.uniform(0.5, 1.5))
            end = min(begin + len(burst), count) / RATE
        ranges.append((start, end))
        at += float(rng.uniform(*between))
    return sound[:count], ranges


def levelled(sound, ranges):
    """The sound at a level of 1 where it sounds."""
    parts = [sound[int(start * RATE):int(end * RATE)] for start, end in ranges]
    level = root_mean_square(np.concatenate(parts)) if parts else 0
    return sound / max(level, 1e-9)


def names_of(kind, split):
    """The names of a split's sources of a kind."""
    names = []
    for index in itertools.count():
        if index >= PER_KIND and len(names) >= MINIMUM_PER_SPLIT:
            return names
        name = f"{kind}-{index:02d}"
        names += [name] * (split_of(name) == split)


class Noises:
    """The sources of a split."""

    def __init__(self, root, split):
        self.names = {kind: names_of(kind, split) for kind in [*STEADY, *BURSTS]}
        self.effects = effects.load(root, split)

    def make(self, kind, rng, count):
        """A kind's sound, its ranges in seconds, and its source's name."""
        if kind == "effects":
            picked = sorted(self.effects)[int(rng.integers(len(self.effects)))]
            sound, ranges = groups(rng, count, ((1, 3), (0.2, 2), (3, 15)), lambda: self.effects[picked])
            return levelled(sound, ranges), ranges, picked
        name = self.names[kind][int(rng.integers(len(self.names[kind])))]
        source = zlib.crc32(name.encode())
        if kind in STEADY:
            sound, ranges = STEADY[kind](rng, np.random.default_rng(source), count), [(0.0, count / RATE)]
        else:
            burst, *rules = BURSTS[kind]
            sound, ranges = groups(rng, count, rules, lambda: burst(rng, np.random.default_rng(source)))
        return levelled(sound, ranges), ranges, name
