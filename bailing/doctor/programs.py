"""Programs of the machine: whether they are there, and what they say of themselves."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from pathlib import Path

ANSWER_S = 4.0
_VERSION = "import sys; print('%d.%d.%d' % sys.version_info[:3])"


def said_by(command: Sequence[str], timeout_s: float = ANSWER_S) -> str | None:
    """What a command prints, on either stream; None where it fails, hangs or is not there."""
    try:
        ended = subprocess.run(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            timeout=timeout_s,
            check=True,
        )
    except (OSError, subprocess.SubprocessError):
        return None
    return ended.stdout.decode("utf-8", errors="replace").strip()


def apt_get(*packages: str) -> str:
    """The command that installs these Debian packages."""
    sudo = "" if os.geteuid() == 0 else "sudo "
    return f"{sudo}apt-get install {' '.join(packages)}"


def python_version(python: str | Path) -> tuple[int, int, int] | None:
    """An interpreter's version; None where it does not run."""
    numbers = re.fullmatch(r"(\d+)\.(\d+)\.(\d+)", said_by([str(python), "-c", _VERSION]) or "")
    return (int(numbers[1]), int(numbers[2]), int(numbers[3])) if numbers else None


def app_python() -> tuple[str, tuple[int, int, int]] | None:
    """The Python that the set-up takes for the project's environment: 3.11, 3.12 or 3.13."""
    for name in ("python3.11", "python3.12", "python3.13", "python3"):
        found = shutil.which(name)
        version = python_version(found) if found else None
        if found and version and (3, 11) <= version[:2] < (3, 14):
            return found, version
    return None


def rasa_python(versions: Sequence[str]) -> tuple[str, tuple[int, int, int]] | None:
    """The Python that the set-up takes for the dialogue engine, the first of these versions."""
    for wanted in versions:
        for found in _pythons(wanted):
            version = python_version(found)
            if version and "{}.{}".format(*version) == wanted:
                return str(found), version
    return None


def _pythons(version: str) -> Iterator[Path]:
    """Where a Python of this version may be: as the set-up looks, pyenv's and uv's own included."""
    pyenv = Path(os.environ.get("PYENV_ROOT") or "~/.pyenv").expanduser()
    data = Path(os.environ.get("XDG_DATA_HOME") or "~/.local/share").expanduser()
    uv = Path(os.environ.get("UV_PYTHON_INSTALL_DIR") or data / "uv" / "python")
    if found := shutil.which(f"python{version}"):
        yield Path(found)
    with contextlib.suppress(OSError):
        yield from sorted((pyenv / "versions").glob(f"{version}.*/bin/python"))
        yield from sorted(uv.glob(f"cpython-{version}.*/bin/python3"))
