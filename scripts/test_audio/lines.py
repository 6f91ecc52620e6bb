"""What a line and a recorder do to a leg. Each function gives an effect for `Call.through`; what is measured of it
goes into the truth's `quality`."""
import numpy as np

from test_audio import recordings
from test_audio.signals import decibels, line_noise

PACKET = 0.020          # s: the sound in one packet
MOST = 1 - 1e-6         # of full scale: what becomes the highest sample of 16-bit PCM


def fades(db):
    """The gain falls by so many dB from the beginning to the end."""
    def effect(call, party, leg):
        course = (1 - np.cos(np.pi * np.arange(len(leg)) / len(leg))) / 2
        leg = leg * decibels(-db * course)
        call.measure_level(party, leg)
        return leg
    return effect


def noise_from(at, dbov, rise_db=0):
    """More noise from this second on, at this level, rising by so many dB to the end."""
    def effect(call, party, leg):
        start = round(at * call.rate)
        noise = line_noise(len(leg) - start, call.rng, dbov)
        leg = leg.copy()
        leg[start:] += noise * decibels(rise_db * np.arange(len(noise)) / len(noise))
        return leg
    return effect


def gate(range_db=30, hang=0.15):
    """Digital silence as soon as the leg has been this far below its loud sounds for `hang` seconds."""
    def effect(call, party, leg):
        size = call.rate // 200
        frames = leg[:len(leg) // size * size].reshape(-1, size)
        level = np.sqrt(np.mean(frames ** 2, axis=1))
        is_open = level > np.percentile(level, 97) * decibels(-range_db)
        count = round(hang * call.rate / size)
        passes = np.convolve(is_open, np.ones(count))[:len(is_open)] > 0
        passes[:-1] |= is_open[1:]                      # 5 ms ahead
        passes = np.repeat(passes, size)
        return leg * np.pad(passes, (0, len(leg) - len(passes)))
    return effect


def clip(db):
    """So many dB too loud for the converter, which cuts what is beyond full scale."""
    def effect(call, party, leg):
        call.quality[party]["clipped"] = True
        peak = np.percentile(np.abs(leg), 99.9)
        leg = np.clip(leg * decibels(db) / peak, -MOST, MOST)
        call.measure_level(party, leg)
        return leg
    return effect


def gsm(call, party, leg):
    """Once through GSM 6.10."""
    pcm = np.round(leg * 32767).astype(np.int16)[:, None]
    coded = recordings.through_sox(pcm, call.rate, "-t", "wav", "-e", "gsm-full-rate")
    decoded = recordings.from_sox(coded)[:len(leg)]
    return np.pad(decoded, (0, len(leg) - len(decoded)))


def loses_packets(ratio, concealed=False):
    """Packets lost in the party's speech: silence, or the last packet again, at half of its level the second time."""
    def effect(call, party, leg):
        size, out, run = round(PACKET * call.rate), leg.copy(), 0
        spurts, lost = call.talkspurts(party), []
        for packet in range(1, len(leg) // size):
            start, end = packet * PACKET, (packet + 1) * PACKET
            spoken = any(a < start and end < b for a, b in spurts)
            run = run + 1 if spoken and call.rng.random() < ratio else 0
            if run == 0:
                continue
            first, last = packet * size, (packet - run) * size
            out[first:first + size] = leg[last:last + size] / run if concealed and run <= 2 else 0
            lost.append([round(start, 3), round(end, 3)])
        kind = "repeat" if concealed else "dropout"
        call.quality[party] |= {f"{kind}_ratio": ratio, f"{kind}s": lost}
        return out
    return effect


def starts_late(seconds):
    """The recorder begins this leg so much later; until then it is digital silence."""
    def effect(call, party, leg):
        leg = leg.copy()
        leg[:round(seconds * call.rate)] = 0
        return leg
    return effect


def dead_from(at):
    """The leg dies at this second."""
    def effect(call, party, leg):
        leg = leg.copy()
        leg[round(at * call.rate):] = 0
        return leg
    return effect
