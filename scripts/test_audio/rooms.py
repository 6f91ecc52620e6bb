"""What is heard behind a party. Each function gives an effect for `Call.through`; `db` is relative to the party's
level. None of it is the party's speech, and none of it is in the truth."""
import numpy as np

from test_audio.signals import decibels, rms
from test_audio.speech import VOICES, utterance

ROOM_DECAY = 0.35       # s: for the echo of a distant voice to fall by 60 dB
DULL_HZ = 1500          # a voice from across the room loses 6 dB an octave above


def distant(samples, rate):
    """A voice from across the room: dull, with as much echo as sound; the level becomes 1."""
    tail = np.random.default_rng(1).standard_normal(int(ROOM_DECAY * rate))
    tail *= 10 ** (-3 * np.arange(len(tail)) / len(tail))
    tail[:int(0.003 * rate)] = 0
    tail /= np.sqrt(np.sum(tail ** 2))
    tail[0] = 1
    length = len(samples) + len(tail)
    hz = np.arange(length // 2 + 1) * rate / length
    spectrum = np.fft.rfft(samples, length) * np.fft.rfft(tail, length) / (1 + 1j * hz / DULL_HZ)
    heard = np.fft.irfft(spectrum, length)[:len(samples)]
    return heard / rms(heard)


def level_of(call, party, db):
    return decibels(call.levels[party] + db)


def added(leg, sound, start):
    """The leg with a sound from a sample on, as far as the leg goes."""
    leg = leg.copy()
    part = sound[:max(0, len(leg) - start)]
    leg[start:start + len(part)] += part
    return leg


def bystander(voice, text, at, db):
    """Another person in the room says a sentence at this second."""
    def effect(call, party, leg):
        spoken, _ = utterance(voice, text, call.rate, 0)
        return added(leg, distant(spoken, call.rate) * level_of(call, party, db), round(at * call.rate))
    return effect


def colleagues(sentences, since, pause, depths):
    """Other people talk to each other: (voice, text) one after the other with a pause, over and over, each sentence
    between the two depths in dB."""
    def effect(call, party, leg):
        at, index = since, 0
        while at < call.length / call.rate - 1:
            voice, text = sentences[index % len(sentences)]
            depth = call.rng.uniform(*depths)
            leg = bystander(voice, text, at, depth)(call, party, leg)
            at += len(utterance(voice, text, call.rate, 0)[0]) / call.rate + pause
            index += 1
        return leg
    return effect


def radio(voice, text, since, db):
    """A newsreader without pauses, through a small loudspeaker."""
    def effect(call, party, leg):
        spoken, _ = utterance(voice, text, call.rate, 0)
        count = call.length - round(since * call.rate)
        sound = distant(np.resize(spoken, count), call.rate)
        return added(leg, sound * level_of(call, party, db), round(since * call.rate))
    return effect


def babble(text, since, db):
    """Six people at once, all the time."""
    def effect(call, party, leg):
        names = [name for name in VOICES if name not in call.voices.values()][:6]
        count = call.length - round(since * call.rate)
        crowd = sum(np.roll(np.resize(utterance(name, text, call.rate, 0)[0], count), int(call.rng.integers(count)))
                    for name in names)
        return added(leg, distant(crowd, call.rate) * level_of(call, party, db), round(since * call.rate))
    return effect


def barks(times, db):
    """A dog barks three times at each of these seconds."""
    def effect(call, party, leg):
        for at in times:
            for turn in range(3):
                seconds = call.rng.uniform(0.12, 0.2)
                time = np.arange(int(seconds * call.rate)) / call.rate
                phase = np.cumsum(call.rng.uniform(400, 650) * (1.2 - 0.5 * time / seconds)) / call.rate
                bark = 2 * (phase % 1) - 1 + 0.6 * call.rng.standard_normal(len(time))
                bark *= np.sin(np.pi * time / seconds) ** 0.5 * np.exp(-3 * time / seconds)
                bark *= level_of(call, party, db) / rms(bark)
                leg = added(leg, bark, round((at + 0.38 * turn) * call.rate))
        return leg
    return effect


def typing(since, until, db):
    """Six key strokes a second, each a click as the key falls and a softer one as it rises."""
    def effect(call, party, leg):
        at = since
        while at < until:
            for delay, strength in ((0, 1), (0.08, 0.4)):
                time = np.arange(int(0.02 * call.rate)) / call.rate
                click = call.rng.standard_normal(len(time)) * np.exp(-time / 0.003)
                click *= strength * call.rng.uniform(0.4, 1) * level_of(call, party, db) / np.abs(click).max()
                leg = added(leg, click, round((at + delay) * call.rate))
            at += call.rng.uniform(0.12, 0.22)
        return leg
    return effect


def appliance(start, end, db, hz=100):
    """Something hums and hisses at one level: a fan, a kettle."""
    def effect(call, party, leg):
        time = np.arange(round((end - start) * call.rate)) / call.rate
        hum = sum(np.sin(2 * np.pi * hz * number * time + number) / number for number in range(3, 12))
        sound = hum / rms(hum) + 0.7 * call.rng.standard_normal(len(time))
        return added(leg, sound / rms(sound) * level_of(call, party, db), round(start * call.rate))
    return effect
