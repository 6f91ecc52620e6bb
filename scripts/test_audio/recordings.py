"""Recordings as files: encodings, the truth beside them, and the check that the truth holds what it says."""
import json
import struct
import subprocess
import sys

import numpy as np


# The step in units of 16-bit samples. Fewer bits make a smaller file; their noise stays below that of the lines.
FLAC_STEPS = {"flac": 1, "flac12": 16, "flac11": 32}


def ulaw(pcm):
    """ITU-T G.711 mu-law of 16-bit samples."""
    magnitude = np.minimum(np.abs(pcm.astype(np.int32)), 32635) + 132
    segment = np.floor(np.log2(magnitude)).astype(np.int32) - 7
    code = (pcm < 0) * 0x80 | segment << 4 | magnitude >> (segment + 3) & 15
    return (~code & 0xFF).astype(np.uint8)


def alaw(pcm):
    """ITU-T G.711 A-law of 16-bit samples."""
    value = pcm.astype(np.int32) >> 3
    magnitude = np.where(value < 0, ~value, value)
    segment = np.maximum(0, np.floor(np.log2(np.maximum(magnitude, 1))).astype(np.int32) - 4)
    code = segment << 4 | magnitude >> np.maximum(segment, 1) & 15
    return ((code | (value >= 0) * 0x80) ^ 0x55).astype(np.uint8)


def pcm8(pcm):
    return (np.round(pcm / 256).clip(-128, 127) + 128).astype(np.uint8)


# Encoding: the WAVE format tag, the bits of a sample, and the encoder.
WAV = {"pcm16": (1, 16, lambda pcm: pcm.astype("<i2")), "pcm8": (1, 8, pcm8), "alaw": (6, 8, alaw),
       "ulaw": (7, 8, ulaw)}


def wav(pcm, rate, encoding):
    """A RIFF WAVE file of samples shaped (frames, channels)."""
    tag, bits, encode = WAV[encoding]
    frames, channels = pcm.shape
    data = encode(pcm).tobytes()
    block = channels * bits // 8
    form = struct.pack("<HHIIHH", tag, channels, rate, rate * block, block, bits)
    chunks = [(b"fmt ", form)] if tag == 1 else [
        (b"fmt ", form + b"\0\0"), (b"fact", struct.pack("<I", frames))]
    body = b"WAVE" + b"".join(
        name + struct.pack("<I", len(content)) + content + b"\0" * (len(content) % 2)
        for name, content in [*chunks, (b"data", data)])
    return b"RIFF" + struct.pack("<I", len(body)) + body


def through_sox(pcm, rate, *target):
    command = ["sox", "-D", "-t", "wav", "-", *target, "-"]
    return subprocess.run(command, input=wav(pcm, rate, "pcm16"), check=True, capture_output=True).stdout


def from_sox(coded):
    """The samples of a mono WAVE file that sox reads, 1.0 at full scale."""
    command = ["sox", "-t", "wav", "-", "-t", "raw", "-e", "signed", "-b", "16", "-L", "-"]
    raw = subprocess.run(command, input=coded, check=True, capture_output=True).stdout
    return np.frombuffer(raw, dtype="<i2") / 32768


def check(truth):
    """The truth must hold what it says: whoever overlaps does so in an event, or for at most 0.5 s."""
    spurts = truth["talkspurts"]
    for a, b in spurts["agent"]:
        for c, d in spurts["customer"]:
            start, end = max(a, c), min(b, d)
            covered = any(event["type"] in ("interruption", "backchannel")
                          and event["start_s"] <= start + 0.01 and end <= event["end_s"] + 0.01
                          for event in truth["events"])
            assert end - start <= 0.5 or covered, (truth["name"], "overlap", start, end)
    for event in truth["events"]:
        length = event["end_s"] - event["start_s"]
        if event["type"] == "backchannel":
            assert length <= 1.0, (truth["name"], event)
        if event["type"] == "interruption":
            assert length > (0.6 if event["outcome"] == "successful" else 1.05), (truth["name"], event)


def write(folder, call, encoding, layout="stereo"):
    """`layout` is `stereo`, `mono`, or `twice`: both parties on both channels, which is mono to whoever listens."""
    left, right = call.legs()
    mix = (left + right) * 0.7
    signal = {"stereo": [left, right], "mono": [mix], "twice": [mix, mix]}[layout]
    signal = np.stack(signal, axis=1)
    assert np.abs(signal).max() < 1, (call.name, "full scale", float(np.abs(signal).max()))
    pcm = np.round(signal * 32767).astype(np.int16)
    truth = call.truth("stereo" if layout == "stereo" else "mono")
    check(truth)
    if encoding == "gsm":
        data = through_sox(pcm, call.rate, "-t", "wav", "-e", "gsm-full-rate")
    elif step := FLAC_STEPS.get(encoding):
        coarse = (np.round(pcm / step) * step).clip(-32768, 32767).astype(np.int16)
        data = through_sox(coarse, call.rate, "-t", "flac", "-C", "8")
    else:
        data = wav(pcm, call.rate, encoding)
        data = data[:len(data) - round(call.missing * len(data))]
    (folder / f"{call.name}.{'flac' if encoding in FLAC_STEPS else 'wav'}").write_bytes(data)
    lines = [f"  {json.dumps(key)}: {json.dumps(value, ensure_ascii=False)}" for key, value in truth.items()]
    (folder / f"{call.name}.json").write_text("{\n" + ",\n".join(lines) + "\n}\n")
    print(f"{call.name:28} {truth['duration_s']:7.2f} s {len(data):8} bytes", file=sys.stderr)
