"""What happens on a call, from the first ring to its end."""
import numpy as np

from simulation import tones
from simulation.utterances import RATE

SHARES = {"talk": 0.44, "dead_air": 0.1, "hold": 0.1, "cut": 0.12, "left": 0.05, "queue": 0.04, "voicemail": 0.03,
          "announcement": 0.03, "one_way": 0.03, "monologue": 0.06}
DURATION = (40, 90)     # s, about


def draw(rng):
    return str(rng.choice(list(SHARES), p=list(SHARES.values())))


def opening(call):
    """Dial tone and keys, a ring, or neither."""
    rng = call.rng
    if rng.random() < 0.08:
        pair = tones.DIAL[int(rng.integers(len(tones.DIAL)))]
        call.play(0, "dial_tone", [(0.0, tones.tone(pair, float(rng.uniform(0.8, 2.5)), -22))], 3, event="dial_tone")
        call.play(0, "dtmf", *tones.digits(rng, int(rng.integers(4, 11)), float(rng.uniform(-26, -12))))
    if rng.random() < 0.45:
        call.ring()


def interlude(call):
    """Keys, a beep or a tone over a masked number, heard on a leg in mid-call."""
    rng, leg = call.rng, int(call.rng.integers(2))
    kind, level = str(rng.choice(["dtmf", "beep", "mask"])), float(rng.uniform(-30, -14))
    if kind == "dtmf":
        call.play(leg, "dtmf", *tones.digits(rng, int(rng.integers(3, 9)), level))
    elif kind == "beep":
        sound = tones.tone((float(rng.uniform(400, 1800)),), float(rng.uniform(0.1, 0.6)), level)
        call.play(leg, "beep", [(0.0, sound)], len(sound) / RATE)
    else:
        sound = tones.tone((float(rng.choice([440, 800, 1000])),), float(rng.uniform(2, 8)), level)
        call.play(leg, "tone", [(0.0, sound)], len(sound) / RATE)
    call.conditions.add(kind)
    call.now += float(rng.uniform(0.1, 0.6))


def dead_air(call, until):
    call.talk(until * float(call.rng.uniform(0.3, 0.6)))
    call.now += float(call.rng.uniform(5.3, 14))
    call.talk(until, first=int(call.rng.integers(2)))


def hold(call, until):
    """Talk, music, talk again; a third hang up in the music."""
    rng = call.rng
    call.talk(until * float(rng.uniform(0.25, 0.5)))
    call.now += float(rng.uniform(0.3, 1.5))
    start = call.now
    call.hold_music(float(rng.uniform(8.5, 28)), call.level_db[0] + float(rng.uniform(-12, 6)))
    waiting = next(speaker for speaker in call.speakers if speaker.leg == 1)
    if rng.random() < 0.4:          # who waits says something, to somebody else or to the music
        call.say(waiting, start + float(rng.uniform(1, 6)), call.utterance(waiting, float(rng.uniform(0.5, 2))))
    if rng.random() < 1 / 3:
        call.ending = {"kind": "abandoned_on_hold", "abrupt": True, "cut_party": None}
        return
    call.now += float(rng.uniform(0.2, 1.2))
    call.talk(max(until, call.now + 8))


def queue(call, until):
    for _ in range(int(call.rng.integers(1, 3))):
        call.prompt(call.machine, call.level_db[0])
    while call.now < until * 0.7:
        call.hold_music(float(call.rng.uniform(9, 25)), call.level_db[0] + float(call.rng.uniform(-12, 3)))
        if call.rng.random() < 0.6:
            call.prompt(call.machine, call.level_db[0])
    if call.other[0][-1][0] == "prompt":
        call.hold_music(8.5, call.level_db[0])
    call.ending = {"kind": "abandoned_in_queue", "abrupt": True, "cut_party": None}


def voicemail(call, until):
    rng = call.rng
    call.prompt(call.machine, call.level_db[0])
    sound = tones.tone((float(rng.uniform(700, 1500)),), float(rng.uniform(0.2, 0.8)), -18)
    call.play(0, "beep", [(0.0, sound)], len(sound) / RATE + float(rng.uniform(0.5, 1.5)))
    call.speakers = [s for s in call.speakers if s.leg == 1]
    call.talk(min(until, call.now + float(rng.uniform(6, 25))))
    call.ending = {"kind": "voicemail", "abrupt": False, "cut_party": None}


def announcement(call, until):
    if call.rng.random() < 0.5:
        call.play(0, "sit", *tones.special_information(call.rng, -20))
    for _ in range(int(call.rng.integers(2, 6))):
        call.prompt(call.machine, call.level_db[0])
    call.speakers = []
    call.ending = {"kind": "system_prompt", "abrupt": True, "cut_party": None}


def left(call, until):
    """A party's leg dies in mid-word; the other goes on, or a busy tone follows."""
    call.talk(until)
    cut = [s for s in call.speakers if s.leg == int(call.rng.integers(2))][:1] or call.speakers[:1]
    call.cut(cut[0])
    leg = cut[0].leg
    call.dead_from[leg] = call.now
    call.now += float(call.rng.uniform(0.2, 0.9))
    others = [s for s in call.speakers if s.leg != leg]
    if others and call.rng.random() < 0.7:
        for _ in range(int(call.rng.integers(1, 3))):
            call.now = call.say(others[0], call.now, call.utterance(others[0])) + float(call.rng.uniform(0.3, 1.2))
    else:
        call.play(leg, "busy_tone", *tones.pulses(tones.BUSY, call.rng, int(call.rng.integers(3, 9)), -20))


def monologue(call, until):
    """One talks, the other has short words only."""
    talker = call.speakers[int(call.rng.integers(2))]
    listener = next(s for s in call.speakers if s.leg != talker.leg)
    while call.now < until:
        start = call.now
        call.now = call.say(talker, start, call.utterance(talker))
        if call.now - start > 2 and call.rng.random() < 0.5:
            call.backchannel(listener, start, call.now - start)
        call.now = call.mouth(talker, call.now) + float(call.rng.lognormal(np.log(0.4), 0.6))


def run(call, scenario):
    """Everything that happens, up to the end of the recording."""
    rng, until = call.rng, float(call.rng.uniform(*DURATION))
    opening(call)
    if scenario == "one_way":
        silent = int(rng.integers(2))
        call.speakers = [s for s in call.speakers if s.leg != silent]
        call.talk(until)
        call.ending = {"kind": "no_conversation", "abrupt": False, "cut_party": None}
    elif scenario in ("talk", "cut"):
        if rng.random() < 0.2:
            call.talk(until * 0.5, first=int(rng.integers(2)))
            interlude(call)
        call.talk(until, first=int(rng.integers(2)))
        if scenario == "cut":
            call.cut(call.speakers[int(rng.integers(len(call.speakers)))])
    else:
        globals()[scenario](call, until)
    if call.ending["kind"] == "natural":
        call.now += float(rng.uniform(0.2, 2))
    elif call.ending["kind"] in ("voicemail", "no_conversation"):
        call.now += float(rng.uniform(0.2, 3))
    call.now = min(call.now, 125.0)
