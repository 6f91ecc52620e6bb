"""Utterances of espeak-ng as a telephone carries them, and where they sound."""
import io
import subprocess
import wave

import numpy as np

from test_audio.signals import decibels, rms

BRIDGE = 0.200      # s: a party's own silences below this belong to the talkspurt
FRAME = 0.005       # s: the resolution at which speech is separated from silence in a clean utterance
DISPERSION = 0.006  # s: from 0 to 4 kHz
RANGE_DB = 40       # dB: below the loudest frame by this much, a clean utterance is silent

# espeak-ng voice, words per minute, pitch 0-99.
VOICES = {
    "Ava": ("en-us+f3", 168, 52), "Ben": ("en-us+m3", 176, 42), "Chloe": ("en-gb+f2", 172, 58),
    "Duncan": ("en-gb-scotland+m7", 180, 36), "Eva": ("de+f4", 166, 50), "Frank": ("de+m5", 158, 40),
    "Gabriel": ("fr-fr+m1", 170, 46), "Helene": ("fr-fr+f1", 164, 60), "Ines": ("es+f5", 182, 55),
    "Jorge": ("es+m2", 174, 34), "Katia": ("it+f3", 178, 48), "Luca": ("it+m4", 170, 38),
}


def telephone_band(samples, source_rate, rate):
    """Resampled to `rate` and limited to the band of a telephone of that rate, in the frequency domain.

    High notes come DISPERSION later than low ones, as through an earpiece and a small room: espeak-ng's
    pulses are otherwise peakier than a throat's.
    """
    pad = source_rate // 5
    samples = np.concatenate([np.zeros(pad), samples, np.zeros(pad)])
    samples = np.pad(samples, (0, -len(samples) % source_rate))       # whole seconds: exact at any rate
    length = len(samples) // source_rate * rate
    spectrum = np.fft.rfft(samples)[:length // 2 + 1] * (length / len(samples))
    hz = np.arange(len(spectrum)) * rate / length
    low, high = ((200, 320), (3350, 3700)) if rate == 8000 else ((60, 120), (6600, 7400))
    rise = np.clip((hz - low[0]) / (low[1] - low[0]), 0, 1)
    fall = np.clip((high[1] - hz) / (high[1] - high[0]), 0, 1)
    spectrum *= np.sin(rise * np.pi / 2) ** 2 * np.sin(fall * np.pi / 2) ** 2
    spectrum *= np.exp(-1j * np.pi * DISPERSION * np.minimum(hz, 4000) ** 2 / 4000)
    return np.fft.irfft(spectrum, length)


def speech_ranges(samples, rate):
    """Where a clean utterance sounds, in samples, bridged over pauses below BRIDGE."""
    size = int(FRAME * rate)
    frames = samples[:len(samples) // size * size].reshape(-1, size)
    level = np.sqrt(np.mean(frames ** 2, axis=1))
    ranges = []
    for index in np.flatnonzero(level > level.max() * decibels(-RANGE_DB)):
        start, end = int(index) * size, (int(index) + 1) * size
        if ranges and start - ranges[-1][1] < BRIDGE * rate:
            ranges[-1][1] = end
        else:
            ranges.append([start, end])
    return ranges


def utterance(voice, text, rate, level_db, raised=0):
    """The speech trimmed to its energy, and its talkspurts in samples; `raised` is added to the voice's pitch."""
    name, speed, pitch = VOICES[voice]
    pitch += raised
    command = ["espeak-ng", "-v", name, "-s", str(speed), "-p", str(pitch), "--stdout", text]
    data = subprocess.run(command, check=True, capture_output=True).stdout
    with wave.open(io.BytesIO(data)) as file:
        source_rate = file.getframerate()
        spoken = np.frombuffer(file.readframes(len(data) // 2), dtype="<i2") / 32768
    samples = telephone_band(spoken, source_rate, rate)
    ranges = speech_ranges(samples, rate)
    first, last = ranges[0][0], ranges[-1][1]
    active = np.concatenate([samples[a:b] for a, b in ranges])
    samples = samples[first:last] * (decibels(level_db) / rms(active))
    return samples, [[a - first, b - first] for a, b in ranges]
