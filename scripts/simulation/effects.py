"""Recorded sounds of animals, tools and machines that packages of games have."""
import numpy as np
import soundfile
from scipy import signal

from simulation.packages import split_of
from simulation.utterances import RATE, root_mean_square

EFFECTS = (("tuxpaint-stamps-default", "usr/share/tuxpaint/stamps"),
           ("extremetuxracer-data", "usr/share/games/etr/sounds"),
           ("hedgewars-data", "usr/share/games/hedgewars/Data/Sounds"))
SPEECH_OR_MUSIC = ("_desc", "_filled", "_outline", "symbols", "voices", "number", "denied", "hogchant", "valkyries",
                   "custom", "roll-call", "cello", "violin", "bassoon", "TARDIS", "Hellish", "Yoohoo", "homerun",
                   "countdown", "suddendeath", "invulnerable", "extratime", "dreydl", "hell_", "lowgravity",
                   "apollo", "santahat", "xing_", "uturn", "checkeredflag")


def load(root, split):
    """The sounds of a split by name, each at a level of 1."""
    found = {}
    for package, folder in EFFECTS:
        for path in sorted((root / package / folder).rglob("*.*")):
            if path.suffix not in (".ogg", ".wav") or any(part in str(path) for part in SPEECH_OR_MUSIC):
                continue
            name = f"{package}-{path.stem}"
            if split_of(name) == split:
                samples, rate = soundfile.read(path, frames=4 * 48000, always_2d=True)
                divisor = np.gcd(rate, RATE)
                sound = signal.resample_poly(samples.mean(axis=1), RATE // divisor, rate // divisor)[:4 * RATE]
                if len(sound) > 400:
                    found[name] = sound / max(root_mean_square(sound), 1e-9)
    return found
