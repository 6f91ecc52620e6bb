"""A conversation under construction, with its truth."""
import numpy as np

from test_audio.signals import RING, decibels, line_noise, music, rms, tone
from test_audio.speech import BRIDGE, FRAME, utterance

PARTIES = ("agent", "customer")


class Call:
    """A conversation under construction. Times are seconds from the start of the recording."""

    def __init__(self, name, scenario, seed, voices, levels=(-22, -25), noise=(-62, -58), rate=8000):
        self.name, self.scenario, self.rate = name, scenario, rate
        self.rng = np.random.default_rng(seed)
        self.voices, self.levels = dict(zip(PARTIES, voices)), dict(zip(PARTIES, levels))
        self.noise = dict(zip(PARTIES, noise))
        self.speech = {party: [] for party in PARTIES}      # [start, samples, ranges], in samples
        self.sounds = {party: [] for party in PARTIES}      # (kind, start, samples), in samples
        self.died, self.events, self.rings, self.answer = {}, [], 0, None
        self.bleed = self.lost = self.same = None       # same: seconds in which both channels carry both parties
        self.quality = {party: {} for party in PARTIES}     # what the truth has to say of a leg besides its levels
        self.effects = []                                   # (party, effect), applied in this order
        self.others = set()                                 # voices of neither party that converse
        self.is_varied = {party: False for party in PARTIES}    # whether the level is not the same throughout
        self.length, self.missing = 0, 0        # in samples; the share of the file that is not there

    def seconds(self, sample):
        return round(sample / self.rate, 3)

    @property
    def duration(self):
        """Of what is in the file, in seconds."""
        return round(self.length / self.rate * (1 - self.missing), 3)

    @property
    def end(self):
        """The end of the last sound so far, in seconds."""
        ends = [start + len(samples) for party in PARTIES for start, samples, _ in self.speech[party]]
        ends += [start + len(samples) for party in PARTIES for _, start, samples in self.sounds[party]]
        return max(ends, default=0) / self.rate

    def say(self, party, text, gap=0.4, at=None, louder=0, raised=0, voice=None):
        """Speech `gap` after the last sound, or at a time; gives its start and end. `louder` in dB and `raised` in
        steps of espeak-ng's pitch change the party's voice; `voice` is another person on the party's telephone."""
        start = round((self.end + gap if at is None else at) * self.rate)
        level = self.levels[party] + louder
        samples, ranges = utterance(voice or self.voices[party], text, self.rate, level, raised)
        self.speech[party].append([start, samples, ranges])
        self.is_varied[party] |= louder != 0
        self.others |= {voice} if voice else set()
        self.answered(start)
        return start / self.rate, self.end if at is None else (start + len(samples)) / self.rate

    def stop(self, party, at, fade=0.03):
        """The party's last utterance ends near `at`, in mid-word, where it is loud; gives the moment."""
        start, samples, ranges = self.speech[party][-1]
        size = int(FRAME * self.rate)
        middle = round(at * self.rate) - start
        moments = range(max(size, middle - 20 * size), min(len(samples), middle + 20 * size), size)
        moment = max(moments, key=lambda sample: rms(samples[sample - size:sample]))
        samples = samples[:moment].copy()
        if fade:
            count = int(fade * self.rate)
            samples[-count:] *= np.linspace(1, 0, count)
        ranges = [[a, min(b, moment)] for a, b in ranges if a < moment]
        self.speech[party][-1] = [start, samples, ranges]
        return (start + moment) / self.rate

    def sound(self, kind, samples, party="agent", at=None, gap=0.0):
        start = round((self.end + gap if at is None else at) * self.rate)
        self.sounds[party].append((kind, start, samples))
        if kind == "prompt":
            self.answered(start)
        return self.seconds(start), self.seconds(start + len(samples))

    def answered(self, start):
        if self.rings and self.answer is None:
            self.answer = self.seconds(start)

    def event(self, what, start, end, **rest):
        self.events.append({"type": what, "by": rest.pop("by", None), "start_s": round(start, 3),
                            "end_s": round(end, 3), **rest})

    def cadence(self, kind, table, at, repeats, level_db, party="agent"):
        """Tone pulses; one repeat is one turn of the cadence. Gives their start and end."""
        frequencies, times = table
        first = last = None
        for _ in range(repeats):
            for index, length in enumerate(times):
                if index % 2 == 0:
                    start, last = self.sound(kind, tone(frequencies, length, self.rate, level_db), party, at)
                    first = start if first is None else first
                at += length
        return first, last

    def ring(self, country, count, at=0.6, level_db=-23):
        self.rings = count
        start, end = self.cadence("ringback", RING[country], at, count, level_db)
        self.event("ringback", start, end, leg="agent")

    def hold(self, seconds, level_db, abandoned=False, gap=0.5, **style):
        """Music on the agent's leg; it fades away, unless the caller leaves in the midst of it."""
        samples = music(seconds + abandoned, self.rate, self.rng, level_db, **style)
        samples = samples[:round(seconds * self.rate)]
        start, end = self.sound("music", samples, gap=gap)
        self.event("hold", start, end, kind="music", leg="agent")

    def prompt(self, voice, text, gap=0.8, level_db=-21):
        samples, _ = utterance(voice, text, self.rate, level_db)
        return self.sound("prompt", samples, gap=gap)

    def interrupt(self, party, text, after, overlap, outcome, words):
        """The other says `words`; `party` starts `after` seconds of it. One of them gives up."""
        other = PARTIES[party == "agent"]
        begun, _ = self.say(other, words)
        start, _ = self.say(party, text, at=begun + after)
        end = self.stop(other if outcome == "successful" else party, start + overlap)
        self.event("interruption", start, end, by=party, outcome=outcome)

    def backchannel(self, party, text, after, words):
        """The other says `words`; `party` says `text` in the midst of it."""
        begun, _ = self.say(PARTIES[party == "agent"], words)
        start, end = self.say(party, text, at=begun + after)
        self.event("backchannel", start, end, by=party)

    def leak(self, onto, db, delay):
        self.bleed = {"onto": onto, "db": db, "delay_s": delay}

    def lose_packets(self, party, ratio):
        self.lost = (party, ratio)

    def through(self, party, *effects):
        """The party's leg goes through what a room or a line does to it: `effect(call, party, leg)` gives it anew."""
        self.effects += [(party, effect) for effect in effects]

    def dies(self, party, at):
        """From here on the party's leg is digital silence."""
        self.died[party] = round(at * self.rate)

    def finish(self, kind, abrupt=False, cut=None, tail=1.2):
        self.ending = {"kind": kind, "abrupt": abrupt, "cut_party": cut}
        self.length = round((self.end + tail) * self.rate)
        return self

    # What is true.

    def talkspurts(self, party):
        placed = sorted([start + a, start + b] for start, _, ranges in self.speech[party] for a, b in ranges)
        merged = []
        for a, b in placed:
            if merged and a - merged[-1][1] < BRIDGE * self.rate:
                merged[-1][1] = max(b, merged[-1][1])
            else:
                merged.append([a, b])
        spurts = [[self.seconds(a), self.seconds(b)] for a, b in merged]
        if self.missing:
            spurts = [[a, min(b, self.duration)] for a, b in spurts if a < self.duration]
        return spurts

    def measure_level(self, party, leg):
        """What was done to the leg has moved the level of the talk."""
        spurts = [leg[round(a * self.rate):round(b * self.rate)] for a, b in self.talkspurts(party)]
        self.quality[party]["level_dbov"] = round(20 * float(np.log10(rms(np.concatenate(spurts)))), 1)

    def dead_air(self, other):
        """Stretches of 5 s without any sound, from the first speech to the last sound; it is the turn of the party
        that did not speak last."""
        sounds = [(*pair, party) for party in PARTIES for pair in self.talkspurts(party)]
        if not sounds:
            return
        first = min(sounds)[0]
        sounds += [(start, end, None) for party in PARTIES for _, start, end in other[party]]
        end = speaker = None
        for start, stop, party in sorted(sounds, key=lambda sound: sound[:2]):
            if end is not None and end >= first and start - end >= 5:
                self.event("dead_air", end, start, owner=PARTIES[speaker == "agent"])
            if end is None or stop > end:
                end = stop
                speaker = party or speaker

    def truth(self, layout):
        other = {party: [[kind, self.seconds(start), self.seconds(start + len(samples))]
                         for kind, start, samples in self.sounds[party]] for party in PARTIES}
        self.dead_air(other)
        quality = {party: {"noise_dbov": self.noise[party], "level_dbov": self.level(party)}
                   | self.quality[party] for party in PARTIES}
        if self.lost:
            quality[self.lost[0]] |= {"dropout_ratio": self.lost[1], "dropouts": self.holes}
        if self.scenario == "one_way":
            quality["customer"]["one_way"] = True
        voices = {"voice_count": self.voice_count} if layout == "mono" else {}
        return {
            "name": self.name, "scenario": self.scenario, "duration_s": self.duration,
            "layout": layout, "agent_channel": None if layout == "mono" else 0, "voices": self.voices,
            "talkspurts": {party: self.talkspurts(party) for party in PARTIES}, "other": other,
            "events": sorted(self.events, key=lambda event: event["start_s"]), "ending": self.ending,
            "ring_count": self.rings, "answer_s": self.answer, "quality": quality, "bleed": self.bleed, **voices,
        }

    @property
    def voice_count(self):
        """How many people converse."""
        return sum(bool(self.speech[party]) for party in PARTIES) + len(self.others)

    def level(self, party):
        """The mean power of the party's talkspurts, in dBov."""
        if not self.is_varied[party]:
            return self.levels[party]
        own = [samples[a:b] for _, samples, ranges in self.speech[party] for a, b in ranges]
        return round(20 * float(np.log10(rms(np.concatenate(own)))), 1)

    # What is heard.

    def legs(self):
        """Both channels as floating point, 1.0 at full scale."""
        clean, out = {}, {}
        for party in PARTIES:
            leg = np.zeros(self.length)
            for start, samples, _ in self.speech[party]:
                leg[start:start + len(samples)] += samples
            for _, start, samples in self.sounds[party]:
                leg[start:start + len(samples)] += samples
            clean[party] = leg
        for party in PARTIES:
            leg = clean[party].copy()
            if self.noise[party] is not None:
                alive = self.died.get(party, self.length)
                leg[:alive] += line_noise(self.length, self.rng, self.noise[party])[:alive]
            if self.bleed and self.bleed["onto"] == party:
                delay = round(self.bleed["delay_s"] * self.rate)
                leg[delay:] += decibels(self.bleed["db"]) * clean[PARTIES[party == "agent"]][:-delay]
            out[party] = leg
        if self.lost:
            party, ratio = self.lost
            self.holes = []
            size = self.rate // 50
            for packet in range(self.length // size):
                start, end = self.seconds(packet * size), self.seconds((packet + 1) * size)
                spoken = any(a < start and end < b for a, b in self.talkspurts(party))
                if spoken and self.rng.random() < ratio:
                    out[party][packet * size:(packet + 1) * size] = 0
                    self.holes.append([start, end])
        if self.same:
            start, end = (round(second * self.rate) for second in self.same)
            mix = (out["agent"] + out["customer"])[start:end] * 0.7
            for party in PARTIES:
                out[party][start:end] = mix
        for party, effect in self.effects:
            out[party] = effect(self, party, out[party])
        return [out[party] for party in PARTIES]
