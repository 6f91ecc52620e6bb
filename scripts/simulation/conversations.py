"""A conversation in the making: who says what when, and what the line plays meanwhile, before any room or line.

Changes of speaker are as in conversation: 40 % overlaps, median near +0.15 s (Heldner and Edlund 2010; Stivers 2009).
"""
import numpy as np

from measuring import PARTIES
from simulation import manners, music, tones
from simulation.utterances import HOP, RATE, frame_levels, joined, root_mean_square, talkspurts

CAPACITY = 130      # s of room for a call
OWN_PAUSE = 0.2     # s: shorter ones lie inside a talkspurt


class Speaker:
    """A voice on a call: who it is there, how it speaks, and what it has said."""

    def __init__(self, voice, leg, habits, rng):
        self.voice, self.leg, self.habits = voice, leg, habits
        ages = {"child": 0.08, "elder": 0.1, "other_size": 0.3, None: 0.52}
        self.age = list(ages)[int(rng.choice(4, p=list(ages.values())))]
        self.speech = np.zeros(CAPACITY * RATE)
        self.sounds = np.zeros(CAPACITY * RATE)      # breath, laughter, coughs
        self.spurts, self.manners, self.mouth = [], [], []

    def traits(self):
        """The habits that it has, and its age or size."""
        return [habit for habit, share in self.habits.items() if share] + [self.age] * bool(self.age)

    def aged(self, sound, rng):
        return getattr(manners, self.age)(sound, rng) if self.age else sound


class Conversation:
    """Speakers of two legs, what is played to each leg, events, and the time that has come."""

    def __init__(self, rng, material):
        self.rng, self.material = rng, material
        self.now = float(rng.uniform(0.2, 1.2))
        self.played = np.zeros((2, CAPACITY * RATE))
        self.speakers, self.other, self.events, self.music = [], ([], []), [], []
        self.ending = {"kind": "natural", "abrupt": False, "cut_party": None}
        self.answered, self.dead_from = None, [None, None]
        self.conditions = set()

    def gain_and_manner(self, speaker, sound):
        """How an utterance is said: its sound and its gain in dB, by the speaker's habits."""
        rng, habits, gain, manner = self.rng, speaker.habits, 0.0, "plain"
        if "soft" in habits and rng.random() < 1 / 3:
            gain, manner = -float(rng.uniform(8, 18)), "soft"
        elif "shouting" in habits and rng.random() < 0.25:
            sound, gain, manner = manners.shouted(sound, rng), 10.0, "shouted"
        if "mumbling" in habits and rng.random() < 0.35:
            sound, manner = manners.mumbled(sound, rng), "mumbled" if manner == "plain" else manner + " mumbled"
        return sound, gain + float(rng.normal(0, 1.2)), manner

    def say(self, speaker, at, sound, gain=None, cut=None):
        """Puts an utterance, up to `cut` seconds of it, and returns its end."""
        sound = speaker.aged(sound, self.rng)
        sound, own_gain, manner = self.gain_and_manner(speaker, sound)
        gain = own_gain if gain is None else gain
        spurts = [(s / 100, e / 100) for s, e in talkspurts(sound)]
        if not spurts:
            return at
        talk = np.concatenate([sound[int(s * RATE):int(e * RATE)] for s, e in spurts])
        sound = sound * (10 ** (gain / 20) / max(root_mean_square(talk), 1e-9))
        if cut is not None:
            sound = sound[:round(cut * RATE)]
            spurts = [(s, min(e, cut)) for s, e in spurts if s < cut - 0.01]
        start = round(at * RATE)
        end = min(start + len(sound), len(speaker.speech))
        speaker.speech[start:end] += sound[:end - start]
        start /= RATE
        speaker.spurts += [(start + s, start + e) for s, e in spurts]
        speaker.manners.append([manner, round(start, 3), round(start + len(sound) / RATE, 3)])
        return start + len(sound) / RATE

    def utterance(self, speaker, seconds=None):
        return speaker.voice.utterance(self.rng, seconds or float(np.clip(self.rng.lognormal(0.5, 0.6), 0.5, 5)))

    def mouth(self, speaker, at):
        """A breath, a laugh or a cough, where the speaker has such habits."""
        rng, kind = self.rng, None
        if "breath" in speaker.habits and rng.random() < 0.5:
            kind, gain = "breath", float(rng.uniform(-32, -14))
            sound = manners.breath(rng, float(rng.uniform(0.3, 0.9)))
        elif "laughter" in speaker.habits and rng.random() < 0.15:
            kind, gain = "laughter", float(rng.uniform(-12, 0))
            sound = manners.laughter(rng, float(rng.uniform(110, 320)))
        elif "cough" in speaker.habits and rng.random() < 0.15:
            kind, gain = "cough", float(rng.uniform(-10, 6))
            sound = manners.cough(rng)
        if kind is None:
            return at
        start = round(at * RATE)
        end = min(start + len(sound), len(speaker.sounds))
        speaker.sounds[start:end] += sound[:end - start] * 10 ** (gain / 20)
        speaker.mouth.append([kind, round(at, 3), round(end / RATE, 3), round(gain, 1)])
        return end / RATE

    def transfer(self):
        """Seconds from the end of a turn to the beginning of the next: below 0 an overlap."""
        if self.rng.random() < 0.4:
            return -min(0.45, float(self.rng.exponential(0.2)) + 0.02)
        return float(np.clip(self.rng.lognormal(np.log(0.3), 0.8), 0.01, 2.5))

    def turn(self, holder, listener, limit):
        """One to three utterances of the holder, and what the listener says meanwhile."""
        rng = self.rng
        for index in range(int(rng.choice([1, 2, 3], p=[0.5, 0.3, 0.2]))):
            if index:
                self.now = self.mouth(holder, self.now + float(rng.uniform(0.02, 0.2)))
                self.now += float(rng.uniform(0.2, 1.1))
            start, sound = self.now, self.utterance(holder)
            length = len(sound) / RATE
            chance = rng.random()
            if listener is not None and length > 2.2 and chance < 0.12:
                return self.interrupt(holder, listener, sound)
            self.now = self.say(holder, start, sound)
            length = self.now - start
            if listener is not None and length > 2 and chance < 0.12 + listener.habits.get("backchannels", 0):
                self.backchannel(listener, start, length)
            elif listener is not None and length > 3 and chance > 0.95:
                self.fail(listener, start, length)
            if self.now > limit:
                return

    def backchannel(self, listener, start, length):
        at, gain = start + float(self.rng.uniform(0.5, length - 1.3)), -float(self.rng.uniform(0, 20))
        at = max([at, *(end + 0.25 for _, end in listener.spurts[-1:])])
        end = self.say(listener, at, listener.voice.word(self.rng), gain)
        self.note({"type": "backchannel", "by": PARTIES[listener.leg], "start_s": at, "end_s": end})

    def interrupt(self, holder, listener, sound):
        """The listener takes the floor: the holder stops within a second."""
        length = len(sound) / RATE
        at = self.now + float(self.rng.uniform(0.8, length - 1))
        cut = at - self.now + float(self.rng.uniform(0.4, 1))
        self.say(holder, self.now, sound, cut=cut)
        self.now = self.say(listener, at, self.utterance(listener, float(self.rng.uniform(2, 4))))
        self.note({"type": "interruption", "by": PARTIES[listener.leg], "outcome": "successful", "start_s": at,
                   "end_s": at + 0.5})

    def fail(self, listener, start, length):
        """The listener talks into the turn for more than a second and gives up."""
        at = start + float(self.rng.uniform(0.5, length - 2))
        end = self.say(listener, at, self.utterance(listener, 1.4), cut=float(self.rng.uniform(1.1, 1.5)))
        self.note({"type": "interruption", "by": PARTIES[listener.leg], "outcome": "failed", "start_s": at,
                   "end_s": end})

    def note(self, event):
        self.events.append({key: round(v, 3) if isinstance(v, float) else v for key, v in event.items()})

    def talk(self, until, first=0):
        """Turns of the speakers in turn until a time."""
        order = [s for s in self.speakers if s.leg == first] + [s for s in self.speakers if s.leg != first]
        index = 0
        while self.now < until:
            holder = order[index % len(order)]
            others = [s for s in order if s.leg != holder.leg]
            listener = others[int(self.rng.integers(len(others)))] if others else None
            self.turn(holder, listener, until)
            ended = self.now
            at = self.mouth(holder, self.now + 0.05)
            self.now = max(ended + self.transfer(), 0.1) if len(order) > 1 else at + float(self.rng.uniform(0.3, 2.5))
            index += 1 if self.rng.random() < 0.9 else 2
        self.now = max([end for s in self.speakers for _, end in s.spurts[-2:]] + [self.now])

    def play(self, leg, kind, sounds, length, by=None, event=None):
        """(start, sound) pairs that the line plays to a leg, which are no talk."""
        for at, sound in sounds:
            start = round((self.now + at) * RATE)
            end = min(start + len(sound), self.played.shape[1])
            self.played[leg, start:end] += sound[:end - start]
            self.other[leg].append([kind, round(start / RATE, 3), round(end / RATE, 3)])
        last = self.other[leg][-1][2]
        self.note({"type": event or kind, "by": by, "start_s": self.now, "end_s": last})
        self.now += length

    def ring(self):
        rng = self.rng
        sounds, length = tones.pulses(tones.RINGBACK, rng, int(rng.integers(1, 4)), float(rng.uniform(-32, -14)))
        self.play(0, "ringback", sounds, length)
        self.now += float(rng.uniform(-0.5, 0.8))
        self.answered = self.now

    def hold_music(self, seconds, level_db):
        """Music on the agent's leg that swells from nothing or begins at once."""
        rng = self.rng
        sound, name = music.excerpt(self.material.music, rng, seconds)
        rise = int(rng.uniform(0.005, 1) * RATE)
        sound[:rise] *= np.linspace(0, 1, rise)
        self.music.append(name)
        self.play(0, "music", [(0.0, sound * 10 ** (level_db / 20))], seconds, by="music", event="hold")

    def prompt(self, voice, level_db):
        sound = voice.utterance(self.rng, float(self.rng.uniform(2, 6)))
        self.play(0, "prompt", [(0.0, sound * 10 ** (level_db / 20))], len(sound) / RATE)
        self.now += float(self.rng.uniform(0.3, 1))

    def cut(self, speaker):
        """The speaker's last words, cut in mid-word where they are loud."""
        sound = self.utterance(speaker, float(self.rng.uniform(0.7, 3)))
        level = frame_levels(sound)
        loud = np.flatnonzero(level > np.percentile(level, 95) - 12)
        loud = loud[(loud > 8) & (loud < len(level) - 6)]
        if not len(loud):
            return
        at = float(loud[int(self.rng.integers(len(loud)))] * HOP / RATE)
        age, speaker.age = speaker.age, None          # the place of the cut is one of the sound as it is
        self.now = self.say(speaker, self.now, sound, cut=at)
        speaker.age = age
        self.ending = {"kind": "cut_off", "abrupt": True, "cut_party": PARTIES[speaker.leg]}

    def talkspurts(self, speakers):
        """The talkspurts of these speakers, own pauses under 200 ms filled."""
        ranges = [(s, min(e, self.now)) for speaker in speakers for s, e in speaker.spurts if s < self.now]
        return [[round(s, 3), round(e, 3)] for s, e in joined(ranges, OWN_PAUSE) if e - s >= 0.06]
