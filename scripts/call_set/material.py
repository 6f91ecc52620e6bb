"""The voices, prompts and music of Debian packages, as material for calls."""
import os
import subprocess

import numpy as np
import soundfile
from scipy import signal

import measuring

RATE = 8000
PACKAGES = [f"asterisk-core-sounds-{language}-wav" for language in ("en", "es", "fr", "it", "ru")]
PACKAGES += ["asterisk-prompt-it-menardi-wav", "asterisk-moh-opsound-wav"]
VOICES = ("en_US_f_Allison", "es_MX_f_Allison", "fr_CA_f_June", "it_IT_f_Menardi", "it_IT_m_Carlo",
          "ru_RU_f_IvrvoiceRU")
SAME = {"en_US_f_Allison": "Allison", "es_MX_f_Allison": "Allison"}     # one woman, two languages
MUSIC = ("macroform-the_simplicity", "reno_project-system")
FADE = 400              # samples: some prompts end in mid-sound, as no speaker does
NO_TALK = ("beep", "tone", "ring", "silence", "ascending", "descending", "confbridge-join", "confbridge-leave",
           "conf-enter", "conf-leave")


def fetch(folder):
    """The packages, unpacked; returns the folder with their sounds."""
    root = folder / "root"
    if not root.exists():
        folder.mkdir(parents=True, exist_ok=True)
        download = f"cd '{folder}' && apt-get download {' '.join(PACKAGES)}"
        if subprocess.run(["sh", "-c", download], stdout=subprocess.DEVNULL).returncode != 0:
            sudo = [] if os.geteuid() == 0 else ["sudo"]
            measuring.say_and_run(*sudo, "apt-get", "update")           # a bare machine has no lists
            measuring.say_and_run("sh", "-c", download)
        for package in sorted(folder.glob("*.deb")):
            subprocess.run(["dpkg-deb", "-x", package, root], check=True)
    return root / "usr/share/asterisk"


def read(path):
    samples, rate = soundfile.read(path)
    return samples if rate == RATE else signal.resample_poly(samples, RATE, rate)


def talkspurts(samples):
    """Where a clean utterance speaks, as (start, end) in frames: within 40 dB of its loudest, pauses under 200 ms."""
    frames = samples[:len(samples) // 80 * 80].reshape(-1, 80)
    level = 10 * np.log10(np.mean(frames ** 2, axis=1) + 1e-12)
    loud = np.flatnonzero(level > np.percentile(level, 95) - 40)
    runs = np.split(loud, np.flatnonzero(np.diff(loud) > 20) + 1)
    return [(int(run[0]), int(run[-1]) + 1) for run in runs if len(run) and run[-1] - run[0] >= 6]


class Voice:
    """One person's sentences and short words, at one level."""

    def __init__(self, folder):
        self.name = folder.name
        clips = []
        for path in sorted([*folder.glob("*.wav"), *folder.glob("digits/*.wav")]):
            if path.stem.startswith(NO_TALK):
                continue
            samples = read(path)
            spurts = talkspurts(samples) if len(samples) > 1600 else []
            if spurts:
                start, end = spurts[0][0] * 80, spurts[-1][1] * 80
                clips.append(samples[start:end] * np.minimum(1, np.arange(end - start)[::-1] / FADE))
        loud = [np.sqrt(np.mean(clip ** 2)) for clip in clips]
        self.sentences = [c / l for c, l in zip(clips, loud) if 1.2 * RATE < len(c) < 6 * RATE]
        self.long = [c for c in self.sentences if len(c) > 3.2 * RATE and len(talkspurts(c)) == 1]
        self.words = [c / l for c, l in zip(clips, loud) if 0.3 * RATE < len(c) < 0.8 * RATE]


class Material:
    """Everything that calls are made of."""

    def __init__(self, folder):
        sounds = fetch(folder)
        self.voices = [Voice(sounds / "sounds" / name) for name in VOICES]
        self.pieces = [read(sounds / f"moh/{name}.wav") for name in MUSIC]

    def cast(self, rng):
        """An agent, a customer and the voice of the prompts, who are different people."""
        agent, customer, prompts = (self.voices[i] for i in rng.permutation(len(self.voices))[:3])
        while SAME.get(agent.name, agent.name) == SAME.get(customer.name, customer.name):
            customer = self.voices[int(rng.integers(len(self.voices)))]
        return agent, customer, prompts
