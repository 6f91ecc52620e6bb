"""A whole simulated call: a conversation in its surroundings, over its lines, with its truth."""
from typing import NamedTuple

import numpy as np
from scipy import signal

from measuring import PARTIES
from simulation import lines, scenarios, surroundings
from simulation.conversations import Conversation, Speaker
from simulation.utterances import RATE, root_mean_square

HABITS = {"soft": 0.5, "mumbling": 0.2, "shouting": 0.08, "breath": 0.3, "laughter": 0.15, "cough": 0.08}
BANDS, BAND_SHARES = ((300, 2700), (200, 3400), (250, 3600), (0, 0)), (0.15, 0.35, 0.15, 0.35)      # Hz
MONO_SHARE = 0.25
MONO_KINDS = {"two": 0.6, "one": 0.2, "three": 0.2}
MONO_NOISES = ("car", "wind", "machine", "crowd", "broadcast", "music", "voices", "typing", "knocks", "hum")


class Material(NamedTuple):
    """All sources of a split."""
    voices: list
    rooms: list
    noises: object
    music: dict


class Call(Conversation):
    """A conversation with its surroundings and lines."""

    def __init__(self, rng, material):
        super().__init__(rng, material)
        self.mono = None
        if rng.random() < MONO_SHARE:
            self.mono = str(rng.choice(list(MONO_KINDS), p=list(MONO_KINDS.values())))
        level = float(np.clip(rng.normal(-26, 7), -45, -10))
        self.level_db = [level, float(np.clip(rng.normal(-26, 7), -45, -10))]
        if self.mono:
            self.level_db[1] = level - float(rng.uniform(0, 20))
            if rng.random() < 0.5:
                self.level_db.reverse()
        self.background, self.leaks, self.party_conditions = [[], []], [], [[], []]
        self.quality = [{}, {}]
        self.cast()
        self.scenario = scenarios.draw(rng)
        if self.mono == "one":
            self.speakers = [self.speakers[0]]
            self.scenario = str(rng.choice(["talk", "cut"]))
        scenarios.run(self, self.scenario)
        self.count = round(self.now * RATE)

    def cast(self):
        """Who speaks: one on each leg, a third at times; and the voice of machines. Voices of a few words come less."""
        rng, people = self.rng, []
        weights = np.sqrt([min(voice.seconds, 120) for voice in self.material.voices])
        for index in rng.choice(len(weights), len(weights), replace=False, p=weights / weights.sum()):
            voice = self.material.voices[index]
            if voice.person not in [other.person for other in people]:
                people.append(voice)
        third = self.mono == "three" or (self.mono is None and rng.random() < 0.04)
        for leg in [0, 1] + [1] * third:
            habits = {habit: 1 for habit, share in HABITS.items() if rng.random() < share}
            habits["backchannels"] = float(rng.choice([0, 0.1, 0.4]))
            self.speakers.append(Speaker(people[len(self.speakers)], leg, habits, rng))
        self.machine, self.everybody = people[3], list(self.speakers)

    def near(self, leg):
        """The leg's own speech, and breath and laughter, as its microphone hears them."""
        speech, rng = np.zeros(self.count), self.rng
        sounds = np.zeros(self.count)
        for number, speaker in enumerate(s for s in self.everybody if s.leg == leg):
            gain = 10 ** ((self.level_db[leg] - number * float(rng.uniform(0, 10))) / 20)
            own = np.stack([speaker.speech[:self.count], speaker.sounds[:self.count]]) * gain
            if rng.random() < 0.45:
                room = self.material.rooms[int(rng.integers(len(self.material.rooms)))]
                direct = float(rng.uniform(3, 18))
                own = np.stack([room.near(part, direct) for part in own])
                self.party_conditions[leg].append(f"room {room.name} {direct:.0f} dB")
            speech, sounds = speech + own[0], sounds + own[1]
            self.background[leg] += [[*entry, speaker.voice.name] for entry in speaker.mouth]
        return speech, sounds

    def surrounded(self, leg, speech):
        """All other sound of a leg: background, line noise, what is played."""
        level = 10 ** (self.level_db[leg] / 20)
        sound, listed = surroundings.heard(self, leg, self.count)
        noise, noise_db = surroundings.line_noise(self, self.level_db[leg], self.count)
        self.background[leg] += listed
        self.quality[leg]["noise_dbov"] = None if noise_db is None else round(noise_db, 1)
        if self.rng.random() < 0.06:
            offset = float(self.rng.uniform(-0.02, 0.02))
            noise = noise + offset
            self.party_conditions[leg].append(f"dc {offset:.4f}")
        return sound * level + noise + self.played[leg, :self.count]

    def leak(self, legs):
        """The other leg at -10 to -35 dB, -20 to 250 ms late, in a quarter of the calls; an echo drifts in some."""
        rng, clean = self.rng, [leg.copy() for leg in legs]
        for onto in (0, 1):
            if rng.random() < 0.14:
                level, delay = -float(rng.uniform(10, 35)), float(rng.uniform(-0.02, 0.25))
                drift = float(rng.uniform(-0.01, 0.01)) if rng.random() < 0.4 else 0.0
                legs[onto] += lines.leaked(clean[1 - onto], rng, delay, level, drift)
                self.leaks.append({"db": round(level, 1), "delay_s": round(delay, 3), "onto": PARTIES[onto],
                                   "drift_s": round(drift, 4)})

    def line(self, leg, samples, codecs):
        """The leg after its telephone and its network."""
        rng, done = self.rng, self.party_conditions[leg]
        if rng.random() < 0.12:
            samples = lines.drifting(samples, rng)
            done.append("drift")
        if rng.random() < 0.12:
            samples = lines.gain_control(samples, rng)
            done.append("agc")
        if rng.random() < 0.13:
            comfort = bool(rng.random() < 0.5)
            samples = lines.gated(samples, rng, self.level_db[leg] - float(rng.uniform(26, 38)), comfort)
            done.append("gate and comfort noise" if comfort else "gate")
        low, high = BANDS[int(rng.choice(len(BANDS), p=BAND_SHARES))]
        if low:
            samples = lines.band_limited(samples, low, high)
            done.append(f"band {low}-{high}")
        for number, codec in enumerate(codecs):
            if number == 0 and rng.random() < 0.15:
                kind, ratio = str(rng.choice(["holes", "repeats", "concealed"])), float(rng.uniform(0.01, 0.06))
                samples, lost = lines.lossy(samples, rng, ratio, kind)
                self.quality[leg] |= {"dropout_ratio": round(lost, 4)} if kind == "holes" else {}
                done.append(f"loss {kind}")
            samples = lines.once_through(samples, codec)
            done.append(f"codec {codec}")
        return samples

    def sound(self):
        """The recording: a row for each channel."""
        rng, legs = self.rng, []
        self.snr = []
        for leg in (0, 1):
            speech, mouth = self.near(leg)
            rest = mouth + self.surrounded(leg, speech)
            self.snr.append(self.contrast(leg, speech, rest))
            legs.append(speech + rest)
        self.leak(legs)
        codecs = lines.drawn_codecs(rng)
        pair = [codecs, codecs if rng.random() < 0.7 else lines.drawn_codecs(rng)]
        for leg in (0, 1):
            legs[leg] = self.line(leg, legs[leg], pair[leg])
            if self.dead_from[leg]:
                gone = slice(round(self.dead_from[leg] * RATE), None)
                legs[leg][gone] = self.played[leg, :self.count][gone]
        return self.mixed(np.stack(legs)) if self.mono else np.stack(legs)

    def mixed(self, legs):
        """Both legs on one channel, in half of the calls with noise 0 to 15 dB under the louder party."""
        rng, mix = self.rng, legs.sum(axis=0)
        if rng.random() < 0.5:
            kind, snr = str(rng.choice(MONO_NOISES)), float(rng.uniform(0, 15))
            sound, ranges, source = surroundings.one(self, kind, self.count)
            mix += sound * 10 ** ((max(self.level_db) - snr) / 20)
            self.conditions.add("noisy mix")
            for background in self.background:
                background += [[kind, round(s, 3), round(e, 3), round(-snr, 1), source] for s, e in ranges]
        return mix[None]

    def contrast(self, leg, speech, rest):
        """For each talkspurt of a leg its level over all else on the leg, in dB, before the line."""
        out = []
        for start, end in self.talkspurts([s for s in self.everybody if s.leg == leg]):
            part = slice(int(start * RATE), int(end * RATE))
            ratio = root_mean_square(speech[part]) / max(root_mean_square(rest[part]), 1e-5)
            out.append(round(20 * float(np.log10(max(ratio, 1e-4))), 1))
        return out

    def truth(self, name, seed):
        """All that is known of the call, as in TestAudio; beside it background, conditions and sources."""
        legs = [[s for s in self.everybody if s.leg == leg] for leg in (0, 1)]
        first = [members[0] for members in legs]
        return {
            "name": name, "scenario": self.scenario, "duration_s": round(self.count / RATE, 3),
            "layout": "mono" if self.mono else "stereo", "seed": seed,
            "voices": {p: s.voice.name for p, s in zip(PARTIES, first) if s.spurts},
            "third_voice": next((m[1].voice.name for m in legs if len(m) > 1 and m[1].spurts), None),
            "talkspurts": {p: self.talkspurts(members) for p, members in zip(PARTIES, legs)},
            "third_talkspurts": self.talkspurts([s for m in legs for s in m[1:]]),
            "talkspurt_snr_db": dict(zip(PARTIES, self.snr)),
            "other": {p: [entry for entry in sorted(o, key=lambda e: e[1]) if entry[1] < self.now]
                      for p, o in zip(PARTIES, self.other)},
            "background": dict(zip(PARTIES, self.background)),
            "manners": {p: sum((s.manners for s in members), []) for p, members in zip(PARTIES, legs)},
            "events": sorted(self.events, key=lambda event: event["start_s"]), "ending": self.ending,
            "answer_s": self.answered, "angry": [], "bleed": self.leaks[0] if self.leaks else None,
            "leaks": self.leaks, "quality": dict(zip(PARTIES, self.quality)),
            "level_dbov": {p: round(level, 1) for p, level in zip(PARTIES, self.level_db)},
            "conditions": {"call": sorted(self.conditions), "mono": self.mono} | {
                p: done + sorted(trait for s in members for trait in s.traits())
                for p, done, members in zip(PARTIES, self.party_conditions, legs)},
            "music": self.music,
        }


def recorded(samples, rng):
    """The recorder's rate: 16 kHz in a tenth of the calls."""
    rate = 16000 if rng.random() < 0.1 else RATE
    return (signal.resample_poly(samples, 2, 1, axis=1) if rate != RATE else samples), rate
