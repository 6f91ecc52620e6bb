"""Debian's packages that the simulated calls are made from, with the licence of what is used of them."""
import subprocess
import zlib

import measuring

LICENCES = {
    "asterisk-core-sounds-en-wav": "CC BY-SA 3.0", "asterisk-core-sounds-es-wav": "CC BY-SA 3.0",
    "asterisk-core-sounds-fr-wav": "CC BY-SA 3.0", "asterisk-core-sounds-it-wav": "CC BY 3.0",
    "asterisk-core-sounds-ru-wav": "CC BY 3.0", "asterisk-prompt-it-menardi-wav": "CC BY-SA 3.0",
    "asterisk-prompt-es-co": "GPL-2+", "asterisk-prompt-fr-armelle": "BSD-like", "ktuberling-data": "GPL-2+",
    "klettres-data": "GPL-2+", "fillets-ng-data-cs": "GPL-2", "fillets-ng-data-nl": "GPL-2",
    "hedgewars-data": "GFDL-1.3", "tuxpaint-stamps-default": "GPL-2", "gcin-voice": "LGPL-3; CC BY 3.0",
    "codec2-examples": "LGPL-2.1", "pocketsphinx-testdata": "BSD-2-clause", "scid-data": "GPL-2+",
    "alsa-utils": "GPL-2", "trigger-rally-data": "GPL-2+", "asterisk-moh-opsound-wav": "CC BY-SA 3.0",
    "singularity-music": "CC BY-SA 3.0", "asc-music": "GPL-2+", "fillets-ng-data": "GPL-2",
    "extremetuxracer-data": "GPL-2+", "frozen-bubble-data": "GPL-2",
}
SPLITS = ("train", "choose", "test")


def fetch(folder, packages=LICENCES):
    """Downloads what is missing with apt-get, unpacks it, and returns the folder with its usr/share."""
    folder.mkdir(parents=True, exist_ok=True)
    for package in packages:
        target = folder / "root" / package
        if target.exists():
            continue
        if not list(folder.glob(f"{package}_*.deb")):
            measuring.say_and_run("sh", "-c", f"cd '{folder}' && apt-get download {package}")
        target.parent.mkdir(exist_ok=True)
        (archive,) = folder.glob(f"{package}_*.deb")
        subprocess.run(["dpkg-deb", "-x", archive, target], check=True)
    return folder / "root"


def split_of(name):
    """To which of SPLITS a source belongs: 60, 20 and 20 % of the names, by their hash."""
    part = zlib.crc32(name.encode()) % 10
    return "train" if part < 6 else "choose" if part < 8 else "test"
