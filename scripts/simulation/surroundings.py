"""What is heard behind a party: others' voices, noise and music in its room, each with its level and its times."""
import numpy as np

from simulation import music, noises
from simulation.utterances import RATE, root_mean_square

# How often a leg has a kind behind it, and its level in dB against the party's talk where it sounds.
SHARES = {
    "voices": (0.24, -25, -8), "crowd": (0.1, -25, -8), "broadcast": (0.11, -25, -8), "music": (0.09, -25, -8),
    "typing": (0.1, -25, -4), "barking": (0.05, -20, 0), "birds": (0.04, -28, -8), "knocks": (0.08, -22, 0),
    "crying": (0.03, -22, -4), "bells": (0.03, -22, -4), "effects": (0.05, -22, -2), "hum": (0.09, -40, -14),
    "car": (0.06, -28, -4), "wind": (0.05, -25, 0), "machine": (0.06, -30, -8),
}
QUIET = 0.28        # share of legs with nothing but line noise behind them


def others(call, rng):
    """Voices of the split that are nobody's on the call."""
    taken = {speaker.voice.person for speaker in call.everybody}
    free = [voice for voice in call.material.voices if voice.person not in taken]
    return [free[index] for index in rng.permutation(len(free))]


def stream(voices, rng, count, pauses):
    """Speech of these voices one after the other over so many samples, and its ranges in seconds."""
    sound, ranges, at = np.zeros(count), [], float(rng.uniform(0, pauses[1]))
    while at < count / RATE:
        part = voices[int(rng.integers(len(voices)))].utterance(rng, float(rng.uniform(0.6, 4)))
        start = int(at * RATE)
        part = part[:count - start]
        sound[start:start + len(part)] += part
        ranges.append((at, (start + len(part)) / RATE))
        at = ranges[-1][1] + float(rng.uniform(*pauses))
    return sound, ranges


def voices_in_room(call, rng, count):
    """One to three people who talk now and then."""
    return stream(others(call, rng)[:int(rng.integers(1, 4))], rng, count, (0.4, float(rng.choice([3, 8]))))


def crowd(call, rng, count):
    """Four to nine people at once all the time."""
    sound = np.zeros(count)
    for voice in others(call, rng)[:int(rng.integers(4, 10))]:
        part, _ = stream([voice], rng, count, (0.05, 0.4))
        sound += part * 10 ** (float(rng.normal(0, 3)) / 20)
    return sound, [(0.0, count / RATE)]


def broadcast(call, rng, count):
    """Radio or television: talk without pauses, pressed to one level, over music at times."""
    sound, _ = stream(others(call, rng)[:2], rng, count, (0.05, 0.5))
    if rng.random() < 0.5:
        tune, _ = music.excerpt(call.material.music, rng, count / RATE + 1)
        sound += tune[:count] * 10 ** (float(rng.uniform(-20, -6)) / 20)
    return np.tanh(sound), [(0.0, count / RATE)]


def background_music(call, rng, count):
    sound, name = music.excerpt(call.material.music, rng, count / RATE + 1)
    call.music.append(name)
    return sound[:count], [(0.0, count / RATE)]


MADE = {"voices": voices_in_room, "crowd": crowd, "broadcast": broadcast, "music": background_music}


def one(call, kind, count):
    """A kind's sound as across the room, at a level of 1 where it sounds, its ranges, and its source's name."""
    rng = call.rng
    if kind not in MADE:
        return call.material.noises.make(kind, rng, count)
    sound, ranges = MADE[kind](call, rng, count)
    room = call.material.rooms[int(rng.integers(len(call.material.rooms)))]
    return noises.levelled(room.far(sound, rng), ranges), ranges, room.name


def microphone(call, leg, count):
    """A gain for each sample: 1 where the leg's party's microphone is on the line."""
    gain = np.ones(count)
    if not any(speaker.leg == leg for speaker in call.speakers):
        return gain * 0
    if leg == 0 and call.answered:
        gain[:int(call.answered * RATE)] = 0
    for _, start, end in call.other[leg]:
        gain[int(start * RATE):int(end * RATE)] = 0
    if call.dead_from[leg]:
        gain[int(call.dead_from[leg] * RATE):] = 0
    return gain


def heard(call, leg, count):
    """All that is behind a party, levels against its talk as in SHARES, and [kind, start, end, dB, source] of each."""
    rng, gain = call.rng, microphone(call, leg, count)
    kinds = [kind for kind, (share, *_) in SHARES.items() if rng.random() < share]
    kinds = [] if rng.random() < QUIET else kinds
    sound, listed = np.zeros(count), []
    for kind in kinds if gain.any() else []:
        level = float(rng.uniform(*SHARES[kind][1:]))
        part, ranges, source = one(call, kind, count)
        sound += part * gain * 10 ** (level / 20)
        listed += [[kind, round(s, 3), round(e, 3), round(level, 1), source] for s, e in open_parts(ranges, gain)]
    return sound, sorted(listed, key=lambda entry: entry[1])


def open_parts(ranges, gain):
    """What of the ranges is on the line."""
    edges = np.flatnonzero(np.diff(np.concatenate([[0], gain > 0, [0]]).astype(int))) / RATE
    for start, end in ranges:
        for a, b in zip(edges[::2], edges[1::2]):
            if min(end, b) - max(start, a) > 0.02:
                yield max(start, a), min(end, b)


def line_noise(call, level_db, count):
    """Hiss of the line 15 to 50 dB under the talk; none in an eighth of the legs. Its level in dBov or None."""
    rng = call.rng
    if rng.random() < 0.12:
        return np.zeros(count), None
    noise_db = max(level_db - float(rng.uniform(15, 50)), -82.0)
    sound, _, _ = call.material.noises.make("hiss", rng, count)
    return sound / max(root_mean_square(sound), 1e-9) * 10 ** (noise_db / 20), noise_db
