"""What the simulated calls are made of, as tables: packages with their voices, and shares of conditions."""
import collections
import json
import re

import measuring
from measuring import PARTIES
from simulation.packages import LICENCES, SPLITS


def packages_table(root):
    """Each package with its licence, languages, voices, minutes of speech, and voices by split."""
    voices = [row for row in json.loads((root.parent / "voices/voices.json").read_text()) if row["used"]]
    rows = []
    for package, licence in LICENCES.items():
        own = [row for row in voices if row["package"] == package]
        splits = "/".join(str(sum(row["split"] == split for row in own)) for split in SPLITS) if own else ""
        rows.append([f"`{package}`", " ".join(sorted({row["language"] for row in own})), len(own) or "no voices",
                     f"{sum(row['seconds'] for row in own) / 60:.1f}" if own else "", splits, licence])
    return measuring.markdown_table(["package", "languages", "voices", "minutes", "train/choose/test", "licence"], rows)


def leg_conditions(truth, party):
    """The names of a leg's conditions, without their figures; `background` ones by kind."""
    names = {re.match(r"(codec \S+|band \S+|loss \w+|\D+?)(?= room-|[ -]*[\d.-]*(?: dB)?$)", name)[0].strip()
             for name in truth["conditions"][party]}
    return names | {f"behind: {entry[0]}" for entry in truth["background"][party]}


def shares(folder):
    """How many of the calls, and of the legs with talk, have what."""
    calls, legs = collections.Counter(), collections.Counter()
    for path in sorted((folder / "truth").glob("*.json")):
        truth = json.loads(path.read_text())
        mono = truth["conditions"]["mono"]
        calls.update(["all", f"scenario: {truth['scenario']}", f"one channel: {mono}" if mono else "two channels",
                      *(["leakage"] if truth["leaks"] else []), *truth["conditions"]["call"]])
        for party in PARTIES:
            if truth["talkspurts"][party]:
                conditions = leg_conditions(truth, party)
                both = ["soft and voices behind"] * ("soft" in conditions and bool(
                    conditions & {"behind: voices", "behind: crowd", "behind: broadcast"}))
                legs.update(["all", *conditions, *both])
    rows = [[kind, name, count, f"{100 * count / counter['all']:.0f} %"]
            for kind, counter in (("calls", calls), ("legs", legs))
            for name, count in sorted(counter.items(), key=lambda item: (-item[1], item[0]))]
    return measuring.markdown_table(["of the", "condition", "count", "share"], rows)
