"""Kinds of calls: what makes it hard to tell what the parties say. Each names its scenarios and codecs."""
import numpy as np
from scipy import signal

from call_set.material import RATE
from measuring import decibels

SCENARIOS = ("natural", "natural", "interruptions", "interruptions", "interruptions", "dead_air", "hold_music",
             "hold_silent", "hold_abandon", "queue_abandon", "voicemail", "system_hangup", "cut_agent",
             "cut_customer", "customer_left", "one_way", "bleed", "bad_line")
TALK = ("natural", "interruptions", "dead_air", "interruptions")
ENDINGS = ("hold_abandon", "queue_abandon", "voicemail", "system_hangup", "cut_agent", "cut_customer",
           "customer_left", "one_way", "natural", "cut_customer", "cut_agent", "customer_left")
CODECS = ("ulaw", "alaw", "gsm", "pcm16", "flac", "ulaw")


class Kind:
    """Ordinary calls of every scenario."""

    scenarios, codecs, layouts = SCENARIOS, CODECS, ("stereo",)

    def loudness(self, rng):
        """The gain of the next utterance, in dB."""
        return 0

    def behind(self, call, count):
        """What is heard behind the parties, as (2, count)."""
        return 0


class Mixed(Kind):
    """Ordinary calls; every third is written in one channel as well."""

    layouts = ("stereo", "mono")


class Soft(Kind):
    """A third of the utterances are 8 to 18 dB softer than the others."""

    scenarios = ("natural", "interruptions", "dead_air", "interruptions", "hold_silent")

    def loudness(self, rng):
        return -float(rng.uniform(8, 18)) if rng.random() < 1 / 3 else 0


class Room(Kind):
    """Somebody else in the room of each party says a sentence every few seconds, 13 to 20 dB below."""

    scenarios = TALK

    def behind(self, call, count):
        sound = np.zeros((2, count))
        for leg in range(2):
            at = call.answered or 0
            while at < count / RATE - 6:
                clip = distant(call.pick(call.prompts.sentences))
                level = call.levels[leg] - float(call.rng.uniform(13, 20))
                start = round(at * RATE)
                part = clip[:count - start] * decibels(level)
                sound[leg, start:start + len(part)] += part
                at += len(clip) / RATE + float(call.rng.uniform(0.5, 4))
        return sound


class Radio(Kind):
    """Someone reads the news behind the customer without a pause, 15 to 20 dB below."""

    scenarios = TALK

    def behind(self, call, count):
        news = np.concatenate([call.pick(call.prompts.sentences) for _ in range(40)])
        sound = np.zeros((2, count))
        level = call.levels[1] - float(call.rng.uniform(15, 20))
        sound[1] = distant(np.resize(news, count)) * decibels(level)
        return sound


class Leak(Kind):
    """One party's voice on the other's leg."""

    scenarios = ("bleed",)


class Codecs(Kind):
    """Lost packets and GSM 6.10."""

    scenarios, codecs = ("bad_line", "interruptions", "hold_music", "cut_agent"), ("gsm", "gsm", "alaw")


class Endings(Kind):
    """Calls that end in all ways."""

    scenarios = ENDINGS


class Mono(Kind):
    """One channel that carries both parties."""

    scenarios, codecs, layouts = ("natural", "hold_music", "interruptions", "dead_air"), ("ulaw", "gsm"), ("mono",)


KINDS = {"plain": Mixed(), "soft": Soft(), "room": Room(), "radio": Radio(), "leak": Leak(), "codecs": Codecs(),
         "endings": Endings(), "mono": Mono()}


def distant(samples):
    """A voice from across a room: dull, at the level 1."""
    heard = signal.sosfilt(signal.butter(1, 1500, fs=RATE, output="sos"), samples)
    return heard / np.sqrt(np.mean(heard ** 2))
