"""The process in which one document is opened: run as a script, never imported.

It loads the named module of this folder and what that imports, without the room around it, to be
there in a moment; the bounds hold before a byte of the document is looked at.
"""

from __future__ import annotations

import importlib
import json
import sys
from pathlib import Path
from types import ModuleType

MEMORY_MIB = 1_024
CPU_SECONDS = 20
"""A document of 60 pages takes five."""
MEMORY_ENDED = 3
FOLDER = Path(__file__).parent


def _without_the_room() -> None:
    """Let ``perception.files`` be imported without all that its room's door brings along."""
    sys.path[0:0] = [str(FOLDER.parent.parent)]
    room = ModuleType("perception")
    room.__path__ = [str(FOLDER.parent)]
    sys.modules["perception"] = room


def _bounded() -> None:
    import resource

    for kind, most in (
        (resource.RLIMIT_DATA, MEMORY_MIB * 2**20),
        (resource.RLIMIT_CPU, CPU_SECONDS),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, 0),
    ):
        resource.setrlimit(kind, (most, most))


def main() -> None:
    """The document on standard input; on standard output a refusal's line, then the answer."""
    _bounded()
    _without_the_room()
    from perception.errors import BrokenFile, PerceptionError

    opener = importlib.import_module(f"perception.files.{sys.argv[1]}")
    refusal, pieces = "", []
    try:
        pieces = list(opener.answer(sys.stdin.buffer.read(), json.loads(sys.argv[2])))
    except MemoryError:
        sys.exit(MEMORY_ENDED)
    except PerceptionError as error:
        refusal = f"{error.code} {error}"
    except Exception as error:
        # Whatever a library raises on bytes built to break it means that they are broken.
        refusal = f"{BrokenFile.code} {type(error).__name__}: {error}"
    sys.stdout.buffer.write(" ".join(refusal.split()).encode("utf-8", "replace") + b"\n")
    sys.stdout.buffer.writelines(pieces)


if __name__ == "__main__":
    main()
