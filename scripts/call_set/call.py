"""A call in the making: what is said on its legs, and what is true of it."""
import io

import numpy as np
import soundfile
from scipy import signal

from call_set.material import RATE, talkspurts
from measuring import PARTIES, decibels

RINGS = {               # Hz, and seconds on and off
    "us": ((440, 480), (2, 4)), "uk": ((400, 450), (0.4, 0.2, 0.4, 2)), "de": ((425,), (1, 4)),
    "fr": ((440,), (1.5, 3.5)), "it": ((425,), (1, 4)), "au": ((400, 425), (0.4, 0.2, 0.4, 2)),
}


def tone(frequencies, seconds, level):
    time = np.arange(round(seconds * RATE)) / RATE
    sound = sum(np.sin(2 * np.pi * f * time) for f in frequencies)
    return sound / np.sqrt(np.mean(sound ** 2)) * decibels(level)


class Call:
    """A call in the making: its legs, its truth, and the time that it has come to."""

    def __init__(self, scenario, kind, rng, voices, prompts):
        self.kind, self.rng, self.voices, self.prompts = kind, rng, voices, prompts
        self.scenario, self.now = scenario, float(rng.uniform(0.3, 1))
        self.legs = np.zeros((2, 900 * RATE))
        self.levels = [float(rng.uniform(-30, -17)) for _ in PARTIES]
        self.noise = [None if rng.random() < 0.15 else float(rng.uniform(-72, -50)) for _ in PARTIES]
        self.spurts, self.other, self.events = ([], []), ([], []), []
        self.ending = {"kind": "natural", "abrupt": False, "cut_party": None}
        self.answered, self.dead_from, self.bleed, self.loss = None, [None, None], None, None

    def put(self, leg, at, sound):
        start = round(at * RATE)
        self.legs[leg, start:start + len(sound)] += sound
        return at + len(sound) / RATE

    def pick(self, clips, shortest=0.0, longest=99.0):
        clips = [c for c in clips if shortest <= len(c) / RATE <= longest]
        return clips[int(self.rng.integers(len(clips)))]

    def speak(self, leg, at, clip, cut=None):
        """Puts an utterance, up to `cut` seconds of it, and returns its end."""
        gain = decibels(self.levels[leg] + float(self.rng.normal(0, 1)) + self.kind.loudness(self.rng))
        spurts = [(s / 100, e / 100) for s, e in talkspurts(clip)]
        if cut is not None:
            clip = clip[:round(cut * RATE)]
            spurts = [(s, min(e, cut)) for s, e in spurts if s < cut]
        self.spurts[leg].extend([at + s, at + e] for s, e in spurts)
        return self.put(leg, at, clip * gain)

    def turn(self, leg, utterances=None):
        for index in range(utterances or int(self.rng.integers(1, 4))):
            if index:
                self.now += float(self.rng.uniform(0.25, 0.8))
            self.now = self.speak(leg, self.now, self.pick(self.voices[leg].sentences))
        self.now += float(np.clip(self.rng.normal(0.4, 0.35), 0.06, 1.6))

    def ring(self):
        frequencies, cadence = RINGS[str(self.rng.choice(list(RINGS)))]
        start, level = self.now, float(self.rng.uniform(-28, -16))
        for _ in range(int(self.rng.integers(1, 4))):
            for index, seconds in enumerate(cadence):
                if index % 2 == 0:
                    self.other[0].append(["ringback", self.now, self.now + seconds])
                    self.put(0, self.now, tone(frequencies, seconds, level))
                    end = self.now + seconds
                self.now += seconds
        self.events.append({"type": "ringback", "by": None, "start_s": start, "end_s": end})
        self.now = end + float(self.rng.uniform(0.5, 2))

    def play(self, kind, seconds, sound):
        """Sound that is no talk, on the agent's leg."""
        self.other[0].append([kind, self.now, self.now + seconds])
        start, self.now = self.now, self.put(0, self.now, sound[:round(seconds * RATE)])
        return start

    def music(self, seconds, pieces):
        piece = pieces[int(self.rng.integers(len(pieces)))]
        offset = int(self.rng.integers(len(piece) - round(seconds * RATE)))
        sound = piece[offset:offset + round(seconds * RATE)]
        level = decibels(float(self.rng.uniform(-30, -18)))
        start = self.play("music", seconds, sound / np.sqrt(np.mean(sound ** 2)) * level)
        self.events.append({"type": "hold", "by": "music", "start_s": start, "end_s": self.now})

    def prompt(self):
        clip = self.pick(self.prompts.sentences)
        self.play("prompt", len(clip) / RATE, clip * decibels(self.levels[0]))
        self.now += float(self.rng.uniform(0.3, 0.7))

    def overlap(self, kind):
        """One long sentence, and what the other party puts into it."""
        holder = int(self.rng.integers(2))
        starter, start = 1 - holder, self.now
        clip = self.pick(self.voices[holder].long)
        length, rng = len(clip) / RATE, self.rng
        event = {"type": "interruption", "by": PARTIES[starter], "outcome": kind}
        if kind == "successful":
            at = start + float(rng.uniform(1, length - 1.3))
            self.speak(holder, start, clip, cut=at - start + float(rng.uniform(0.5, 1)))
            self.now = self.speak(starter, at, self.pick(self.voices[starter].sentences, 2))
        elif kind == "failed":
            words = self.pick(self.voices[starter].sentences, 1.2, min(1.9, length - 1.2))
            at = start + float(rng.uniform(0.7, length - len(words) / RATE - 0.4))
            self.now = self.speak(holder, start, clip)
            self.speak(starter, at, words)
        else:
            words = self.pick(self.voices[starter].words)
            at = start + float(rng.uniform(0.7, length - len(words) / RATE - 0.6))
            self.now = self.speak(holder, start, clip)
            self.speak(starter, at, words)
            event = {"type": "backchannel", "by": PARTIES[starter]}
        self.events.append(event | {"start_s": at, "end_s": at + 0.5})
        self.now += float(rng.uniform(0.2, 0.8))

    def talk(self, turns, overlaps=()):
        remaining = list(overlaps)
        for index in range(turns):
            self.turn(index % 2)
            if remaining and index % 2:
                self.overlap(remaining.pop(0))

    def cut(self, party):
        """The party's last words, cut where they are loud."""
        clip = self.pick(self.voices[party].sentences, 2)
        frames = clip[:len(clip) // 80 * 80].reshape(-1, 80)
        level = 10 * np.log10(np.mean(frames ** 2, axis=1) + 1e-12)
        loud = [f for f in range(60, len(level) - 10) if level[f] > np.percentile(level, 95) - 10]
        cut = loud[int(self.rng.integers(len(loud)))] / 100
        self.now = self.speak(party, self.now, clip, cut=cut)
        self.ending = {"kind": "cut_off", "abrupt": True, "cut_party": PARTIES[party]}

    def run(self, pieces):
        """The whole call, in the order of its scenario."""
        is_machine = self.scenario in ("queue_abandon", "voicemail", "system_hangup")
        if is_machine or self.rng.random() < 0.6:
            self.ring()
        self.answered = self.now if self.events else None
        self.begin(is_machine)
        if self.middle(pieces):
            self.close()
            self.now += float(self.rng.uniform(0.3, 1.5))

    def begin(self, is_machine):
        rng, scenario = self.rng, self.scenario
        kinds = [str(k) for k in rng.choice(["successful", "failed", "backchannel"], 6)]
        turns = int(rng.integers(6, 13)) // 2 * 2
        if is_machine:
            for _ in range(int(rng.integers(1, 4))):
                self.prompt()
        elif scenario == "one_way":
            for _ in range(5):
                self.turn(0)
                self.now += float(rng.uniform(0.5, 2))
        else:
            self.talk(turns, kinds if scenario == "interruptions" else kinds[:1] if rng.random() < 0.3 else ())

    def middle(self, pieces):
        """What the scenario is named after, if it is not the ending; whether the call goes on."""
        rng, scenario = self.rng, self.scenario
        if scenario == "dead_air":
            self.now += float(rng.uniform(8, 16))
        elif scenario == "hold_silent":
            start = self.now
            self.now += float(rng.uniform(25, 45))
            self.events.append({"type": "hold", "by": "silent", "start_s": start, "end_s": self.now})
        elif scenario == "hold_music":
            self.now += float(rng.uniform(0.5, 1.5))
            self.music(float(rng.uniform(15, 45)), pieces)
            self.now += float(rng.uniform(0.4, 1.2))
        elif scenario in ("hold_abandon", "queue_abandon"):
            self.now += float(rng.uniform(0.5, 1.5))
            self.music(float(rng.uniform(15, 40)), pieces)
            kind = "abandoned_on_hold" if scenario == "hold_abandon" else "abandoned_in_queue"
            self.ending = {"kind": kind, "abrupt": True, "cut_party": None}
            return False
        elif scenario == "voicemail":
            self.play("beep", 0.5, tone((float(rng.uniform(800, 1400)),), 0.5, -18))
            self.now += float(rng.uniform(0.6, 1.5))
            self.turn(1, utterances=3)
            self.ending = {"kind": "voicemail", "abrupt": False, "cut_party": None}
        elif scenario == "system_hangup":
            self.ending = {"kind": "system_prompt", "abrupt": True, "cut_party": None}
        elif scenario == "one_way":
            self.ending = {"kind": "no_conversation", "abrupt": False, "cut_party": None}
        if scenario in ("dead_air", "hold_silent", "hold_music"):
            self.talk(4)
        if scenario in ("cut_agent", "cut_customer"):
            self.cut(PARTIES.index(scenario[4:]))
            return False
        return True

    def close(self):
        rng = self.rng
        if self.scenario == "customer_left":
            self.cut(1)
            self.dead_from[1] = self.now
            self.now += float(rng.uniform(0.2, 0.9))
            self.turn(0, utterances=2)
        if self.scenario == "bleed":
            self.bleed = {"db": float(rng.uniform(-29, -19)), "delay_s": float(rng.uniform(0.04, 0.08)),
                          "onto": PARTIES[int(rng.integers(2))]}
        if self.scenario == "bad_line":
            self.loss = float(rng.uniform(0.02, 0.05))

    def sound(self, codec):
        """The legs as they are recorded."""
        count, rng = round(self.now * RATE), self.rng
        legs = self.legs[:, :count].copy()
        if self.bleed:
            onto, lag = PARTIES.index(self.bleed["onto"]), round(self.bleed["delay_s"] * RATE)
            legs[onto, lag:] += legs[1 - onto, :count - lag] * decibels(self.bleed["db"])
        legs += self.kind.behind(self, count)
        for leg, noise in enumerate(self.noise):
            if noise is not None:
                hiss = signal.lfilter([1], [1, -float(rng.uniform(0, 0.9))], rng.standard_normal(count))
                legs[leg] += hiss / np.sqrt(np.mean(hiss ** 2)) * decibels(noise)
            if self.dead_from[leg]:
                legs[leg, round(self.dead_from[leg] * RATE):] = 0
            if self.loss:
                for start in range(0, count, 160):
                    if rng.random() < self.loss:
                        legs[leg, start:start + 160] = 0
        return np.stack([once_through(leg, codec) for leg in np.clip(legs, -1, 1)], axis=1)

    def truth(self, name, layout):
        def rounded(ranges):
            return sorted([*head, round(s, 3), round(e, 3)] for *head, s, e in ranges)
        lost = {"dropout_ratio": self.loss} if self.loss else {}
        return {
            "name": name, "scenario": self.scenario, "duration_s": round(self.now, 3),
            "voices": {p: v.name for p, v in zip(PARTIES, self.voices)},
            "talkspurts": {p: rounded(s) for p, s in zip(PARTIES, self.spurts)},
            "other": {p: rounded(o) for p, o in zip(PARTIES, self.other)},
            "events": sorted(self.events, key=lambda event: event["start_s"]), "ending": self.ending,
            "answer_s": self.answered, "angry": [], "bleed": self.bleed, "layout": layout,
            "quality": {p: {"noise_dbov": n} | lost for p, n in zip(PARTIES, self.noise)},
            "level_dbov": dict(zip(PARTIES, self.levels)),
        }


def once_through(leg, codec):
    """What a codec makes of a leg; its length stays."""
    if codec not in ("ulaw", "alaw", "gsm"):
        return leg
    subtype = {"ulaw": "ULAW", "alaw": "ALAW", "gsm": "GSM610"}[codec]
    with soundfile.SoundFile(buffer := io.BytesIO(), "w", RATE, 1, subtype, format="WAV") as file:
        file.write(leg)
    buffer.seek(0)
    decoded = soundfile.read(buffer)[0][:len(leg)]
    return np.pad(decoded, (0, len(leg) - len(decoded)))
