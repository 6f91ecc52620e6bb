"""What the measuring scripts share: their Python packages, recordings with their truth, and frames."""
import argparse
import importlib.metadata
import importlib.util
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

VENV = Path(__file__).resolve().parent.parent / ".venv-measuring"
PACKAGES = {"numpy": "2.3.5", "scipy": "1.17.1", "soundfile": "0.14.0"}
PARTIES = ("agent", "customer")
HOP = 0.010         # s: the step between frames


def parser(description):
    shape = argparse.RawDescriptionHelpFormatter
    return argparse.ArgumentParser(description=description, formatter_class=shape)


def say_and_run(*command):
    print("measuring:", " ".join(map(str, command)), file=sys.stderr)
    subprocess.run(command, check=True, stdout=sys.stderr)


def provide_tools(*programs):
    """Installs the named Debian packages whose programs are missing."""
    if missing := [name for name in programs if shutil.which(name) is None]:
        install(*missing)


def install(*packages):
    """Installs Debian packages."""
    sudo = [] if os.geteuid() == 0 else ["sudo"]
    say_and_run(*sudo, "apt-get", "update")
    say_and_run(*sudo, "apt-get", "install", "-y", "--no-install-recommends", *packages)


def provide_packages(**more):
    """Goes on in a virtual environment that has PACKAGES and `more`, in these versions."""
    if importlib.util.find_spec("ensurepip") is None:       # Debian keeps it in a package of its own
        install("python3-venv")
    if Path(sys.prefix) != VENV:
        if not (VENV / "bin/python").exists():
            say_and_run(sys.executable, "-m", "venv", VENV)
        os.execv(VENV / "bin/python", [VENV / "bin/python", *sys.argv])
    wanted = {name.replace("_", "-"): version for name, version in (PACKAGES | more).items()}
    if missing := [f"{name}=={version}" for name, version in wanted.items() if installed(name) != version]:
        light = [name for name in missing if not name.startswith("silero")]
        if light:
            say_and_run(VENV / "bin/pip", "install", "--quiet", *light)
        if heavy := sorted(set(missing) - set(light)):      # would bring torch; its model runs without
            say_and_run(VENV / "bin/pip", "install", "--quiet", "--no-deps", *heavy)


def installed(name):
    try:
        return importlib.metadata.version(name)
    except importlib.metadata.PackageNotFoundError:
        return None


def read_truth(audio_folder, truth_folder, layout="stereo"):
    """The truths of one layout with the recording of the same stem, sorted by name."""
    recordings = {path.stem: path for path in sorted(Path(audio_folder).iterdir())
                  if path.suffix in (".wav", ".flac")}
    calls = []
    for path in sorted(Path(truth_folder).glob("*.json")):
        truth = json.loads(path.read_text())
        if truth.get("layout", "stereo") == layout and path.stem in recordings:
            calls.append((recordings[path.stem], truth))
    return calls


def decibels(db):
    return 10 ** (db / 20)


def frame_mask(ranges, count):
    """One bool a frame: whether it lies in a range of seconds."""
    import numpy
    mask = numpy.zeros(count, dtype=bool)
    for start, end, *_ in ranges:
        mask[max(0, round(start / HOP)):max(0, round(end / HOP))] = True
    return mask


def markdown_table(header, rows):
    rows = [[str(cell) for cell in row] for row in rows]
    return "\n".join("| " + " | ".join(row) + " |" for row in [header, ["---"] * len(header), *rows])


def constants(prefixes=("",)):
    """Each number among the settings of docs/settings.md as (key, shipped text)."""
    settings = Path(__file__).resolve().parent.parent / "docs/settings.md"
    for line in settings.read_text().splitlines():
        match = re.match(r"\| `(\w+\.\w+)` \| `(-?[\d.]+)` \|", line)
        if match and match[1].startswith(prefixes):
            yield match[1], match[2]
