"""Synthetic rooms: what a microphone near or far from a mouth hears of it."""
import zlib

import numpy as np
from scipy import signal

from simulation.packages import split_of
from simulation.utterances import RATE, root_mean_square

ROOMS = 120


class Room:
    """A room by its name: its reverberation time of 0.2 to 0.8 s, how dull its walls are, and early reflections."""

    def __init__(self, name):
        self.name = name
        rng = np.random.default_rng(zlib.crc32(name.encode()))
        self.seconds = float(rng.uniform(0.2, 0.8))
        count = int(self.seconds * RATE)
        time = np.arange(count) / RATE
        noise = rng.standard_normal(count)
        dull = signal.sosfilt(signal.butter(1, float(rng.uniform(600, 1500)), fs=RATE, output="sos"), noise)
        late = dull * 10 ** (-3 * time / self.seconds) + 0.4 * noise * 10 ** (-5 * time / self.seconds)
        late *= 1 - np.exp(-time / float(rng.uniform(0.003, 0.02)))
        for _ in range(int(rng.integers(3, 9))):
            late[int(rng.uniform(0.002, 0.04) * RATE)] += float(rng.normal(0, 3)) * root_mean_square(late[:400])
        late[0] = 0
        self.tail = late / np.sqrt(np.sum(late ** 2))

    def near(self, samples, direct_db):
        """A mouth whose direct sound is so many dB above its echoes."""
        return samples + signal.oaconvolve(samples, self.tail)[:len(samples)] * 10 ** (-direct_db / 20)

    def far(self, samples, rng):
        """Across the room: about as much echo as sound, dull from distance; its level stays."""
        level = root_mean_square(samples)
        low = signal.butter(1, float(rng.uniform(1200, 3000)), fs=RATE, output="sos")
        heard = signal.sosfilt(low, self.near(samples, float(rng.uniform(-4, 5))))
        return heard * level / max(root_mean_square(heard), 1e-9)


def load(split):
    """The rooms of a split."""
    names = [f"room-{index:03d}" for index in range(ROOMS)]
    return [Room(name) for name in names if split_of(name) == split]
