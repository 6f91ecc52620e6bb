"""Calls of a kind as files: the sound in audio/, the truth in truth/."""
import json
import zlib

import numpy as np
import soundfile

from call_set.call import Call
from call_set.kinds import KINDS
from call_set.material import RATE


def write(folder, call, name, codec, index):
    sound = call.sound(codec)
    mixes = {"stereo": sound, "mono": sound.mean(axis=1)}
    for layout in call.kind.layouts if index % 3 == 0 else call.kind.layouts[:1]:
        stem = f"{name}-mono" if layout == "mono" else name
        subtype = {"ulaw": "ULAW", "alaw": "ALAW"}.get(codec, "PCM_16")
        suffix = "flac" if codec == "flac" else "wav"
        soundfile.write(folder / f"audio/{stem}.{suffix}", mixes[layout], RATE, subtype=subtype)
        (folder / f"truth/{stem}.json").write_text(json.dumps(call.truth(stem, layout)) + "\n")


def make(folder, material, kind_name, count, seed):
    """Writes `count` calls of a kind."""
    kind = KINDS[kind_name]
    prefix = [] if kind_name == "plain" else [zlib.crc32(kind_name.encode())]
    for part in ("audio", "truth"):
        (folder / part).mkdir(parents=True, exist_ok=True)
    for index in range(count):
        rng = np.random.default_rng([*prefix, seed, index])
        agent, customer, prompts = material.cast(rng)
        call = Call(kind.scenarios[index % len(kind.scenarios)], kind, rng, (agent, customer), prompts)
        call.run(material.pieces)
        codec = kind.codecs[int(rng.integers(len(kind.codecs)))]
        write(folder, call, f"{call.scenario.replace('_', '-')}-{index:03d}-{codec}", codec, index)
