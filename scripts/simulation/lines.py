"""What telephones and networks do to a leg: gains, gates, lost packets, band limits and codecs."""
import io
import subprocess
import tempfile
from pathlib import Path

import numpy as np
import soundfile
from scipy import signal

import measuring
from simulation.utterances import HOP, RATE, frame_levels, root_mean_square

SEARCH = 480        # samples: no codec is later than that
RAW = ("-f", "s16le", "-ar", str(RATE), "-ac", "1")
SOX_RAW = ("-t", "raw", "-r", str(RATE), "-e", "signed", "-b", "16", "-c", "1")
SOUNDFILE = {"ulaw": "ULAW", "alaw": "ALAW", "gsm": "GSM610"}
VOIP = ("-application", "voip", "-compression_level", "3")
FFMPEG = {              # encoder's arguments, container
    "g726-16": (("-c:a", "g726", "-b:a", "16k"), "wav"), "g726-24": (("-c:a", "g726", "-b:a", "24k"), "wav"),
    "g726-32": (("-c:a", "g726", "-b:a", "32k"), "wav"), "g722": (("-ar", "16000", "-c:a", "g722"), "wav"),
    "opus-6": (("-c:a", "libopus", "-b:a", "6k", *VOIP), "ogg"),
    "opus-8": (("-c:a", "libopus", "-b:a", "8k", *VOIP), "ogg"),
    "opus-16": (("-c:a", "libopus", "-b:a", "16k", *VOIP), "ogg"),
    "g723": (("-c:a", "g723_1", "-b:a", "6300"), "wav"), "speex": (("-c:a", "libspeex", "-b:a", "8k"), "ogg"),
    "mp3-16": (("-c:a", "libmp3lame", "-b:a", "16k"), "mp3"),
}
CODECS = {"ulaw": 0.26, "alaw": 0.2, "gsm": 0.12, "amr": 0.08, "g726-32": 0.05, "g726-24": 0.02, "g726-16": 0.02,
          "g722": 0.05, "opus-6": 0.04, "opus-8": 0.04, "opus-16": 0.04, "g723": 0.04, "speex": 0.02, "mp3-16": 0.02}


def provide_codecs():
    """Installs SoX's further formats where it cannot write AMR."""
    formats = subprocess.run(["sox", "--help"], capture_output=True, text=True).stdout
    if "amr-nb" not in formats.split():
        measuring.install("libsox-fmt-all")


def through_soundfile(leg, subtype):
    """A leg coded as libsndfile does."""
    with soundfile.SoundFile(buffer := io.BytesIO(), "w", RATE, 1, subtype, format="WAV") as file:
        file.write(leg)
    buffer.seek(0)
    return soundfile.read(buffer)[0]


def through_programs(leg, codec):
    """A leg coded by ffmpeg, or by SoX where the codec is AMR narrow band."""
    raw = (np.clip(leg, -1, 32767 / 32768) * 32768).astype("<i2").tobytes()
    with tempfile.TemporaryDirectory() as folder:
        if codec == "amr":
            path = str(Path(folder) / "a.amr-nb")
            encode, decode = ["sox", *SOX_RAW, "-", "-C", "5", path], ["sox", path, *SOX_RAW, "-"]
        else:
            arguments, suffix = FFMPEG[codec]
            path, quiet = str(Path(folder) / f"a.{suffix}"), ["ffmpeg", "-v", "error", "-y", "-bitexact"]
            encode = [*quiet, *RAW, "-i", "-", *arguments, "-bitexact", path]
            decode = [*quiet, "-nostdin", "-i", path, *RAW, "-"]
        subprocess.run(encode, input=raw, check=True, stderr=subprocess.DEVNULL)
        out = subprocess.run(decode, capture_output=True, check=True).stdout
    return np.frombuffer(out, "<i2") / 32768


def aligned(coded, leg):
    """The coded leg moved back by its codec's delay, in the length of the original."""
    middle = int(np.argmax(signal.oaconvolve(leg ** 2, np.ones(4 * RATE), "same"))) if len(leg) > 4 * RATE else 0
    start = max(0, min(middle - 2 * RATE, len(leg) - 4 * RATE))
    a, b = leg[start:start + 4 * RATE], coded[start:start + 4 * RATE + SEARCH]
    scores = signal.correlate(b, a[:max(1, len(b) - SEARCH)], "valid", method="fft")
    coded = coded[int(np.argmax(scores)):] if len(scores) and root_mean_square(a) > 1e-5 else coded
    coded = coded[:len(leg)]
    return np.pad(coded, (0, len(leg) - len(coded)))


def once_through(leg, codec):
    """What a codec makes of a leg; its length stays, and its delay is taken out."""
    leg = np.clip(leg, -1, 32767 / 32768)
    if codec in ("ulaw", "alaw"):
        return through_soundfile(leg, SOUNDFILE[codec])[:len(leg)]
    if codec == "gsm":
        coded = through_soundfile(leg, "GSM610")[:len(leg)]
        return np.pad(coded, (0, len(leg) - len(coded)))
    return aligned(through_programs(leg, codec), leg)


def drawn_codecs(rng):
    """One to three codecs in series."""
    names, weights = list(CODECS), np.array(list(CODECS.values()))
    count = int(rng.choice([1, 2, 3], p=[0.6, 0.3, 0.1]))
    return [str(rng.choice(names, p=weights / weights.sum())) for _ in range(count)]


def band_limited(leg, low, high):
    """A line that passes so many Hz."""
    return signal.sosfilt(signal.butter(4, (low, min(high, 3900)), "bandpass", fs=RATE, output="sos"), leg)


def gain_control(leg, rng):
    """Slow automatic gain: soft passages come up to 20 dB over seconds, loud ones go down at once."""
    level = np.maximum(frame_levels(np.pad(leg, (0, HOP))), -70)
    top = np.percentile(level, 90)
    active = np.where(level > top - 25, level, top - 25)
    pole = float(np.exp(-0.01 / rng.uniform(0.3, 2)))
    smooth = signal.lfilter([1 - pole], [1, -pole], active, zi=[pole * top])[0]
    gain = np.clip(top - smooth, -10, 20) * float(rng.uniform(0.5, 1))
    curve = np.interp(np.arange(len(leg)), np.arange(len(gain)) * HOP + HOP / 2, gain)
    return leg * 10 ** (curve / 20)


def gated(leg, rng, softest_db, comfort):
    """A gate that opens a little below the party's softest talk; closed, it is silent or plays comfort noise."""
    level = frame_levels(np.pad(leg, (0, HOP)))
    opens = level > softest_db
    opens[:-1] |= opens[1:]
    hang = int(rng.integers(5, 40))
    gate = np.convolve(opens, np.ones(hang))[:len(opens)] > 0
    smooth = signal.lfilter([0.02], [1, -0.98], np.repeat(gate.astype(float), HOP)[:len(leg)])
    out = leg * smooth
    if comfort:
        closed = level[~gate]
        noise_db = float(np.median(closed)) if len(closed) else -70.0
        noise = signal.lfilter([1], [1, -float(rng.uniform(0, 0.9))], rng.standard_normal(len(leg)))
        out += noise / root_mean_square(noise) * 10 ** (np.clip(noise_db, -75, -45) / 20) * (1 - smooth)
    return out


def lossy(leg, rng, ratio, kind):
    """Packets of 20 ms lost in bursts: holes, the last packet again, or that one fading over 60 ms."""
    out, size = leg.copy(), 160
    count = len(leg) // size
    worse = slow_state(rng, count)
    lost = rng.random(count) < np.where(worse, min(0.5, 4 * ratio), 0.4 * ratio)
    lost[0] = False
    run = 0
    for index in np.flatnonzero(lost):
        run = run + 1 if index and lost[index - 1] else 1
        place, last = slice(index * size, index * size + size), index - run
        if kind == "holes" or run > 3:
            out[place] = 0
        else:
            again = leg[last * size:last * size + size] if last >= 0 else np.zeros(size)
            fade = 1.0 if kind == "repeats" else np.linspace(1 - (run - 1) / 3, 1 - run / 3, size)
            out[place] = again * fade
    return out, float(lost.mean())


def slow_state(rng, count):
    """Whether the network is in its worse state in each packet: Gilbert's model, about a sixth of the time."""
    out, at = np.zeros(count, bool), 0
    while at < count:
        at += int(rng.exponential(150)) + 1
        length = int(rng.exponential(30)) + 1
        out[at:at + length] = True
        at += length
    return out


def drifting(leg, rng):
    """The party moves from or to its telephone: up to 12 dB over the call."""
    points = np.cumsum(rng.normal(0, 4, 5))
    points = np.clip(points - points[0], -12, 6)
    return leg * 10 ** (np.interp(np.linspace(0, 4, len(leg)), np.arange(5), points) / 20)


def leaked(source, rng, delay_s, level_db, drift_s):
    """What comes through from the other leg: late, dull, and later or earlier as the call goes on."""
    count = len(source)
    place = np.arange(count) - delay_s * RATE - np.linspace(0, drift_s * RATE, count)
    heard = np.interp(place, np.arange(count), source, left=0, right=0)
    edges = (float(rng.uniform(150, 400)), float(rng.uniform(1800, 3600)))
    band = signal.butter(1, edges, "bandpass", fs=RATE, output="sos")
    return signal.sosfilt(band, heard) * 10 ** (level_db / 20)
