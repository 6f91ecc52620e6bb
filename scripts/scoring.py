"""Figures of summaries against the truth of their calls."""
from itertools import permutations

import numpy as np

from measuring import PARTIES, frame_mask

SURE_DEAD_AIR = 6.0         # s: shorter dead air may be found or not; the setting is 5
INTERRUPTION_START = 0.7    # s: how far the start of an interruption may be off
SHARED_TIME = 0.5           # of what an event and the truth cover together


class Counts:
    """How much was found, missed, and false; its F1."""

    def __init__(self):
        self.hits = self.misses = self.false = 0

    def add(self, hits, misses, false):
        self.hits, self.misses, self.false = self.hits + hits, self.misses + misses, self.false + false

    @property
    def f1(self):
        total = 2 * self.hits + self.misses + self.false
        return 2 * self.hits / total if total else None


def speech(truth, summary, party):
    """Frames of a party that were found, missed and false; recorded prompts are nobody's speech."""
    count = round(truth["duration_s"] * 100)
    spoken = frame_mask(truth["talkspurts"][party], count)
    found = frame_mask(summary["parties"][party]["talkspurts"] or [], count)
    counted = ~frame_mask([other[1:] for other in truth["other"][party] if other[0] == "prompt"], count)
    return [int(np.sum(mask & counted)) for mask in (spoken & found, spoken & ~found, found & ~spoken)]


def dead_air(truth):
    """Stretches of 5 s without a sound between the first speech and the last sound."""
    spurts = [tuple(spurt) for party in PARTIES for spurt in truth["talkspurts"][party]]
    sounds = sorted(spurts + [tuple(other[1:]) for party in PARTIES for other in truth["other"][party]])
    if not spurts:
        return []
    gaps, end = [], min(spurts)[0]
    for start, stop in sounds:
        if start - end >= 5:
            gaps.append({"type": "dead_air", "start_s": end, "end_s": start})
        end = max(end, stop)
    return gaps


def is_same(found, true):
    if found["type"] == "interruption":
        return (found["by"], found["outcome"]) == (true["by"], true["outcome"]) \
            and abs(found["start_s"] - true["start_s"]) <= INTERRUPTION_START
    shared = min(found["end_s"], true["end_s"]) - max(found["start_s"], true["start_s"])
    covered = max(found["end_s"], true["end_s"]) - min(found["start_s"], true["start_s"])
    return shared >= SHARED_TIME * covered


def events(truth, summary, kind):
    """Events of a kind that were found, missed and false."""
    def is_of_kind(event):
        return event["type"] == kind and (kind != "hold" or "music" in (event.get("kind"), event.get("by")))

    def is_sure(event):
        return kind != "dead_air" or event["end_s"] - event["start_s"] >= SURE_DEAD_AIR

    true = dead_air(truth) if kind == "dead_air" else list(filter(is_of_kind, truth["events"]))
    found = list(filter(is_of_kind, summary["events"]))
    hits = [event for event in true if is_sure(event) and any(is_same(other, event) for other in found)]
    misses = [event for event in true if is_sure(event) and event not in hits]
    false = [event for event in found if is_sure(event) and not any(is_same(event, other) for other in true)]
    return len(hits), len(misses), len(false)


def diarization(truth, summary):
    """The diarization error rate of one channel, and whether the voices have their right roles; an error of 1 where
    the parties were not separated."""
    count = round(truth["duration_s"] * 100)
    true = np.stack([frame_mask(truth["talkspurts"][party], count) for party in PARTIES])
    spurts = [summary["parties"][party]["talkspurts"] for party in PARTIES]
    if None in spurts:
        return 1.0, False
    found = np.stack([frame_mask(ranges, count) for ranges in spurts])
    errors = []
    for order in permutations(range(2)):
        right = np.sum(true & found[list(order)], axis=0)
        errors.append(float(np.sum(np.maximum(true.sum(axis=0), found.sum(axis=0)) - right) / true.sum()))
    return min(errors), errors[0] <= errors[1]


def figures(calls):
    """The figures of (truth, summary) of one kind of call, those that the kind has."""
    counts = {name: Counts() for name in ("speech_f1", "interruption_f1", "dead_air_f1", "hold_f1", "ring_f1")}
    endings, cuts, errors, roles = [], [], [], []
    for truth, summary in calls:
        if truth["layout"] == "mono" and not all(truth["talkspurts"].values()):
            continue        # one channel does not show who it is that is silent
        endings.append(summary["ending"]["kind"] == truth["ending"]["kind"])
        if truth["ending"]["cut_party"]:
            cuts.append(summary["ending"]["cut_party"] == truth["ending"]["cut_party"])
        for name, kind in (("hold_f1", "hold"), ("ring_f1", "ringback"), ("dead_air_f1", "dead_air")):
            counts[name].add(*events(truth, summary, kind))
        if truth["layout"] == "mono":
            error, is_right = diarization(truth, summary)
            errors.append(error)
            roles.append(is_right)
            continue
        counts["interruption_f1"].add(*events(truth, summary, "interruption"))
        for party in PARTIES:
            counts["speech_f1"].add(*speech(truth, summary, party))
    result = {name: count.f1 for name, count in counts.items()}
    for name, values in (("ending_right", endings), ("cut_party_right", cuts), ("roles_right", roles)):
        result[name] = sum(values) / len(values) if values else None
    result["mono_der_median"] = float(np.median(errors)) if errors else None
    return {name: round(value, 4) for name, value in result.items() if value is not None}
