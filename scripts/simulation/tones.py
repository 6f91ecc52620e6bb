"""Tones of the telephone network as signals (ITU-T E.180, Q.23)."""
import numpy as np

from simulation.utterances import RATE

RINGBACK = {            # Hz, and seconds on and off in turn
    "us": ((440, 480), (2, 4)), "uk": ((400, 450), (0.4, 0.2, 0.4, 2)), "de": ((425,), (1, 4)),
    "fr": ((440,), (1.5, 3.5)), "se": ((425,), (1, 5)), "au": ((400, 425), (0.4, 0.2, 0.4, 2)),
    "jp": ((384, 416), (1, 2)), "cn": ((450,), (1, 4)),
}
BUSY = {"us": ((480, 620), (0.5, 0.5)), "uk": ((400,), (0.375, 0.375)), "de": ((425,), (0.48, 0.48)),
        "fr": ((440,), (0.5, 0.5)), "cn": ((450,), (0.35, 0.35))}
DIAL = ((350, 440), (425,), (440,), (400, 450))
DTMF_LOW, DTMF_HIGH = (697, 770, 852, 941), (1209, 1336, 1477)
SIT = ((950, 985), (1400, 1428), (1777,))


def tone(frequencies, seconds, level_db, edge=24):
    """Sines together at a level in dBov, with edges of 3 ms, or of so many samples."""
    time = np.arange(round(seconds * RATE)) / RATE
    sound = sum(np.sin(2 * np.pi * f * time) for f in frequencies)
    sound = sound / np.sqrt(np.mean(sound ** 2)) * 10 ** (level_db / 20)
    edge = min(edge, len(sound) // 2)
    sound[:edge] *= np.linspace(0, 1, edge)
    sound[len(sound) - edge:] *= np.linspace(1, 0, edge)
    return sound


def drawn(table, rng):
    return table[sorted(table)[int(rng.integers(len(table)))]]


def pulses(table, rng, count, level_db):
    """(start, sound) for each pulse of a cadence, and where its last pause ends."""
    frequencies, cadence = drawn(table, rng)
    at, out = 0.0, []
    for _ in range(count):
        for index, seconds in enumerate(cadence):
            if index % 2 == 0:
                out.append((at, tone(frequencies, seconds, level_db)))
            at += seconds
    return out, at


def digits(rng, count, level_db):
    """(start, sound) for each key pressed."""
    at, out = 0.0, []
    for _ in range(count):
        seconds = float(rng.uniform(0.07, 0.3))
        pair = (DTMF_LOW[int(rng.integers(4))], DTMF_HIGH[int(rng.integers(3))])
        out.append((at, tone(pair, seconds, level_db)))
        at += seconds + float(rng.uniform(0.06, 0.5))
    return out, at


def special_information(rng, level_db):
    """The three rising tones before an announcement."""
    out = [(0.34 * index, tone((choice[int(rng.integers(len(choice)))],), 0.33, level_db))
           for index, choice in enumerate(SIT)]
    return out, 1.02
