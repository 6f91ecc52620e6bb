"""Two nights of `talkspurt ingest` over a few short recordings, each from the same store again and again."""
import array
import os
import random
import shutil
import sqlite3
import struct
import subprocess
from pathlib import Path

from ingest_content import content_of

ROOT = Path(__file__).resolve().parent.parent
MOMENT = 1792866600     # 2026-10-24, 18:30 UTC
CONFIG = """
[[sources]]
path = "{share}/*"
agent = "left"
recorder = "freepbx"
time_zone = "UTC"
region = "DE"
sidecars = true
records = ["{folder}/Master.csv"]
"""


def sound(seed):
    """A WAV of 0.2 s in two channels."""
    chance = random.Random(seed)
    data = array.array("h", (chance.randrange(-3000, 3000) for _ in range(3200))).tobytes()
    head = struct.pack("<4sIHHIIHH", b"fmt ", 16, 1, 2, 8000, 32000, 4, 16)
    return b"".join([
        struct.pack("<4sI4s", b"RIFF", 36 + len(data), b"WAVE"), head, struct.pack("<4sI", b"data", len(data)), data])


def name(index):
    return f"q-600-01701{index:06}-20261024-1830{index:02}-{MOMENT + index}.{index}.wav"


def record(index, agent):
    """A line of Asterisk's Master.csv, of a call to a queue."""
    start = f"2026-10-24 18:30:{index:02}"
    fields = ["", f"01701{index:06}", "600", "queues", f'"" <01701{index:06}>', "SIP/in", f"SIP/{agent}", "Queue", "q",
              start, start, f"2026-10-24 18:31:{index:02}", "60", "50", "ANSWERED", "DOCUMENTATION",
              f"{MOMENT + index}.{index}", ""]
    return ",".join('"' + field.replace('"', '""') + '"' for field in fields) + "\n"


class Nights:
    """The share, which stays as it is, and a store that is put back before each run."""

    names = ("a night", "an update")

    def __init__(self, program, folder):
        self.program, self.folder = program, folder
        self.share, self.place = f"{folder}/share", f"{folder}/store"
        self.store, self.metrics = f"{self.place}/calls.sqlite", f"{self.place}/night.prom"
        os.mkdir(self.share)
        Path(folder, "config.toml").write_text(CONFIG.format(share=self.share, folder=folder))
        self._first_evening()
        self.templates = {name: f"{folder}/{name}" for name in self.names}
        os.mkdir(self.place)
        self._expect_end(self.run("a night", {}, 60), 3)
        shutil.copytree(self.place, self.templates["a night"])
        self._second_evening()
        os.mkdir(self.templates["an update"])
        with sqlite3.connect(f"{self.templates['an update']}/calls.sqlite") as store:
            store.executescript((ROOT / "Tests/CallStoreTests/Released/5.sql").read_text())
        store.close()
        self.before, self.after = {}, {}
        for night in self.names:
            self.reset(night)
            self.before[night] = content_of(self.store)
            self._expect_end(self.run(night, {}, 60), 3 if night == "an update" else 0)
            self.after[night] = content_of(self.store)

    @staticmethod
    def _expect_end(run, status):
        if run.returncode != status:
            raise SystemExit(f"a night without faults ended with {run.returncode}: {run.stderr.decode()}")

    def _write(self, file, content, moment=MOMENT):
        path = Path(self.share, file)
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(content)
        os.utime(path, (moment, moment))

    def _first_evening(self):
        for index in range(5):
            self._write(name(index), sound(index))
            self._write(name(index)[:-4] + ".json", b'{"agent": "Anna", "queue": "sales"}')
        self._write("noise.wav", b"no recording")
        Path(self.folder, "Master.csv").write_text("".join(record(index, "anna") for index in range(5)))

    def _second_evening(self):
        """One is written anew, one moved, one deleted; two sidecars and a line change; two recordings are new."""
        self._write(name(1), sound(101), MOMENT + 1)
        self._write("old/" + name(2), Path(self.share, name(2)).read_bytes())
        for gone in (name(2), name(3), name(3)[:-4] + ".json"):
            os.remove(Path(self.share, gone))
        self._write(name(4)[:-4] + ".json", b'{"agent": "Berta", "queue": "service"}')
        for index in (5, 6):
            self._write(name(index), sound(index))
        self._write(name(5)[:-4] + ".json", b'{"agent": "Clara"}')
        lines = [record(index, "berta" if index == 4 else "anna") for index in range(7)]
        Path(self.folder, "Master.csv").write_text("".join(lines))

    def reset(self, night):
        shutil.rmtree(self.place)
        shutil.copytree(self.templates[night], self.place)

    def run(self, night, variables, patience):
        command = [self.program, "ingest", self.share, "--store", self.store, "--metrics", self.metrics, "--config",
                   f"{self.folder}/config.toml", "--accept-settings", "--jobs", "1"]
        environment = os.environ | {"SWIFT_BACKTRACE": "enable=no"} | variables
        return subprocess.run(
            command, env=environment, stdin=subprocess.DEVNULL, capture_output=True, timeout=patience)

    def copied(self):
        """A copy of the store as it is, so that to look into it mends nothing."""
        place = f"{self.folder}/copy"
        shutil.rmtree(place, ignore_errors=True)
        shutil.copytree(self.place, place)
        return f"{place}/calls.sqlite"

    def strays(self):
        """Files beside the store that no run leaves."""
        known = {f"calls.sqlite{end}" for end in ("", "-journal", "-wal", "-shm", ".version-5")} | {"night.prom"}
        return sorted(set(os.listdir(self.place)) - known)
