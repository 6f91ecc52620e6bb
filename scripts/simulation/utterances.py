"""Speech of one person as a signal: where it talks, and how its pitch changes."""
import numpy as np
from scipy import signal

RATE = 8000
HOP = 80                # samples in a frame of 10 ms
DEPTH = 40              # dB under the loud frames to which a talkspurt reaches
MAXIMUM_OWN_PAUSE = 20  # frames of silence that a talkspurt takes in
MINIMUM_LENGTH = 6      # frames


def frame_levels(samples):
    """The level of each whole frame in dB."""
    frames = samples[:len(samples) // HOP * HOP].reshape(-1, HOP)
    return 10 * np.log10(np.mean(frames ** 2, axis=1) + 1e-12)


def talkspurts(samples, threshold=None):
    """Where a clean utterance speaks, as (start, end) in frames: within 40 dB of its loudest, pauses under 200 ms."""
    level = frame_levels(samples)
    if not len(level):
        return []
    if threshold is None:
        threshold = np.percentile(level, 95) - DEPTH
    loud = np.flatnonzero(level > threshold)
    runs = np.split(loud, np.flatnonzero(np.diff(loud) > MAXIMUM_OWN_PAUSE) + 1)
    return [(int(run[0]), int(run[-1]) + 1) for run in runs if len(run) and run[-1] - run[0] >= MINIMUM_LENGTH]


def root_mean_square(samples):
    return float(np.sqrt(np.mean(samples ** 2))) if len(samples) else 0.0


def joined(ranges, longest_pause):
    """Ranges in seconds, sorted, those less than `longest_pause` apart made one."""
    out = []
    for start, end in sorted(ranges):
        if out and start - out[-1][1] < longest_pause:
            out[-1][1] = max(end, out[-1][1])
        else:
            out.append([start, end])
    return out


def resampled(samples, ratio):
    """The same sound `ratio` times as fast and as high, formants and all."""
    count = int(len(samples) / ratio)
    if ratio > 1:
        samples = signal.sosfilt(signal.butter(6, 0.94 / ratio, output="sos"), samples)
    return np.interp(np.arange(count) * ratio, np.arange(len(samples)), samples)


def stretched(samples, factor):
    """The same speech `factor` times as long at its own pitch: overlapping pieces of 30 ms, each moved to where it
    fits best (WSOLA, Verhelst and Roelands 1993)."""
    size, search = 240, 80
    step = size // 2
    count = int(len(samples) * factor) // step - 1
    if count < 2 or len(samples) < 2 * size:
        return samples
    padded = np.concatenate([np.zeros(search), samples, np.zeros(2 * size + search)])
    window = np.hanning(size + 1)[:size]
    out, follow = np.zeros((count + 1) * step), padded[search:search + size]
    for index in range(count):
        start = min(int(index * step / factor), len(samples) - 1)
        area = padded[start:start + size + 2 * search]
        best = int(np.argmax(np.correlate(area, follow, "valid"))) if index else search
        out[index * step:index * step + size] += area[best:best + size] * window
        follow = padded[start + best + step:start + best + step + size]
        if len(follow) < size:
            break
    return out
