"""Whether the truth and the audio of simulated calls agree."""
import numpy as np
import soundfile

import measuring
from measuring import PARTIES
from simulation.utterances import RATE, frame_levels

QUIET_DB = 20       # talkspurts this far over all else on their leg are judged
CONTRAST = 6        # dB by which they must be louder than the leg's quiet parts
SHARE = 0.97        # of the judged talkspurts


def judged(samples, truth, party):
    """(how many talkspurts are clear, how many of them are louder than what lies between)."""
    level = frame_levels(samples)
    talk = measuring.frame_mask(truth["talkspurts"][party], len(level))
    beside = [entry[1:3] for entry in truth["other"][party] + truth["background"][party]]
    other = measuring.frame_mask(beside, len(level))
    rest = level[~talk & ~other]
    if len(rest) < 100 or truth["bleed"]:
        return 0, 0
    clear = [np.percentile(level[round(s * 100):round(e * 100)], 70) for (s, e), snr in
             zip(truth["talkspurts"][party], truth["talkspurt_snr_db"][party]) if snr > QUIET_DB and e - s > 0.2]
    return len(clear), sum(value > np.median(rest) + CONTRAST for value in clear)


def report(folder):
    """Prints a table by party, and returns whether enough of the clear talkspurts are louder than the gaps."""
    totals = {party: [0, 0] for party in PARTIES}
    for path, truth in measuring.read_truth(folder / "audio", folder / "truth"):
        samples, rate = soundfile.read(path, always_2d=True)
        for channel, party in enumerate(PARTIES):
            counts = judged(samples[::rate // RATE, channel], truth, party)
            totals[party] = [a + b for a, b in zip(totals[party], counts)]
    rows = [[party, total, agreeing, f"{agreeing / max(total, 1):.3f}"] for party, (total, agreeing) in totals.items()]
    print(measuring.markdown_table(["party", "clear talkspurts", "louder than gaps", "share"], rows))
    return all(agreeing >= SHARE * total for total, agreeing in totals.values())
