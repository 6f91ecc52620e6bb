"""Packages from PyPI for a check, in a virtual environment of its own beside the repository's files."""
import importlib.metadata
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def version(name):
    try:
        return importlib.metadata.version(name)
    except importlib.metadata.PackageNotFoundError:
        return None


def in_environment(name, packages):
    """Goes on as the same program in `.venv-NAME` with these versions of packages."""
    venv = ROOT / f".venv-{name}"
    if Path(sys.prefix) != venv:
        if not (venv / "bin/python").exists():
            subprocess.run([sys.executable, "-m", "venv", venv], check=True)
        os.execv(venv / "bin/python", [venv / "bin/python", *sys.argv])
    if any(version(package) != wanted for package, wanted in packages.items()):
        wanted = [f"{package}=={version}" for package, version in packages.items()]
        subprocess.run([venv / "bin/pip", "install", "--quiet", *wanted], check=True, stdout=sys.stderr)
    return venv
