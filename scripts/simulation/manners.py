"""How an utterance is spoken: by a child or an elder, mumbled, shouted; and what a mouth does beside words."""
import numpy as np
from scipy import signal

from simulation.utterances import RATE, resampled, root_mean_square, stretched


def child(sound, rng):
    """Higher voice and formants of a shorter throat, at the old pace."""
    ratio = float(rng.uniform(1.15, 1.4))
    return stretched(resampled(sound, ratio), ratio * float(rng.uniform(0.95, 1.15)))


def elder(sound, rng):
    """A lower or thinner voice, slower, with a tremor of 4 to 7 Hz in level and pitch."""
    ratio = float(rng.choice([rng.uniform(0.85, 0.95), rng.uniform(1.03, 1.12)]))
    sound = stretched(resampled(sound, ratio), ratio * float(rng.uniform(1.05, 1.3)))
    time = np.arange(len(sound)) / RATE
    tremor, phase = float(rng.uniform(4, 7)), float(rng.uniform(0, 6))
    place = np.arange(len(sound)) + 5 * np.sin(2 * np.pi * tremor * time + phase)
    sound = np.interp(place, np.arange(len(sound)), sound)
    return sound * (1 + 0.25 * np.sin(2 * np.pi * tremor * time))


def other_size(sound, rng):
    """A throat a little longer or shorter: makes more voices of one."""
    return resampled(sound, float(rng.uniform(0.92, 1.09)))


def mumbled(sound, rng):
    """Dull, with slow beginnings: the mouth hardly opens."""
    low = signal.butter(2, float(rng.uniform(900, 1800)), fs=RATE, output="sos")
    sound = signal.sosfilt(low, sound)
    rise = min(len(sound), int(rng.uniform(0.08, 0.2) * RATE))
    sound[:rise] *= np.linspace(0.05, 1, rise)
    envelope = np.sqrt(signal.sosfiltfilt(signal.butter(1, 4, fs=RATE, output="sos"), sound ** 2).clip(1e-9))
    return sound * (envelope + 0.1 * envelope.max()) ** -0.3


def shouted(sound, rng):
    """Higher in pitch, brighter, and pressed to one level; its gain of 10 dB is the caller's."""
    sound = stretched(resampled(sound, (ratio := float(rng.uniform(1.08, 1.2)))), ratio)
    bright = sound - 0.6 * np.concatenate([[0], sound[:-1]])
    return np.tanh(1.5 * bright / max(root_mean_square(bright), 1e-9) / 2)


def breath(rng, seconds):
    """Air through mouth or nose: noise with two or three wide resonances that swells and fades."""
    count = int(seconds * RATE)
    noise, sound = rng.standard_normal(count), np.zeros(count)
    for _ in range(int(rng.integers(2, 4))):
        low = float(rng.uniform(250, 2500))
        band = signal.butter(1, (low, min(3900, low * float(rng.uniform(1.3, 2)))), "bandpass", fs=RATE, output="sos")
        sound += signal.sosfilt(band, noise) * float(rng.uniform(0.3, 1))
    peak = float(rng.uniform(0.3, 0.8))
    time = np.linspace(0, 1, count)
    shape = np.where(time < peak, time / peak, (1 - time) / (1 - peak)) ** float(rng.uniform(0.8, 2))
    return sound * shape / max(root_mean_square(sound * shape), 1e-9)


def laughter(rng, pitch):
    """Bursts of voice and breath, four to six a second, falling in pitch and level."""
    bursts, at = int(rng.integers(3, 9)), 0.0
    sound = np.zeros(int(2.8 * RATE))
    formants = [(float(rng.uniform(500, 850)), 90), (float(rng.uniform(1100, 1700)), 130), (2600, 200)]
    for index in range(bursts):
        count = int(rng.uniform(0.07, 0.13) * RATE)
        time = np.arange(count) / RATE
        hz = pitch * (1.3 - 0.05 * index) * (1 - 0.9 * time) * float(rng.uniform(0.93, 1.07))
        source = signal.sawtooth(2 * np.pi * np.cumsum(hz) / RATE) + rng.uniform(0.2, 1) * rng.standard_normal(count)
        for centre, width in formants:
            source = source + 2 * signal.lfilter(*signal.iirpeak(centre, centre / width, fs=RATE), source)
        start = int(at * RATE)
        aspirated = 0.25 * rng.standard_normal(int(0.05 * RATE)) * np.hanning(int(0.05 * RATE))
        sound[start:start + len(aspirated)] += aspirated
        sound[start + 200:start + 200 + count] += source * np.hanning(count) ** 0.5 * 0.9 ** index
        at += float(rng.uniform(0.17, 0.25))
    sound = sound[:int((at + 0.1) * RATE)]
    return sound / max(root_mean_square(sound), 1e-9)


def cough(rng):
    """A burst of noise with a hard beginning, and a weaker second one."""
    sound = np.zeros(int(0.6 * RATE))
    for at, gain in ((0, 1.0), (float(rng.uniform(0.22, 0.35)), float(rng.uniform(0.2, 0.8)))):
        time = np.arange(int(0.22 * RATE)) / RATE
        low = float(rng.uniform(200, 500))
        band = signal.butter(1, (low, low * 6), "bandpass", fs=RATE, output="sos")
        burst = signal.sosfilt(band, rng.standard_normal(len(time))) * np.exp(-time / 0.05) * gain
        sound[int(at * RATE):int(at * RATE) + len(burst)] += burst
    return sound / max(root_mean_square(sound), 1e-9)
