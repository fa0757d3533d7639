"""Pictures for the console, made in a bounded process of their own.

What merchants send is decoded nowhere in the web process: a file that is built to break a
decoder, or to take all memory, costs one picture.
"""

from __future__ import annotations

import io
import json
import resource
import subprocess
import sys
import threading
from collections.abc import Sequence

from bailing.settings import ROOT
from bailing.terms import RoomError

TIMEOUT_S = 30
MEMORY_MIB = 2_048
AT_A_TIME = 2


class PictureFailed(RoomError):
    """The page could not be shown."""

    code = "picture_failed"


_turns = threading.BoundedSemaphore(AT_A_TIME)


def page_picture(
    content: bytes, page: int, turned: int, masked: bool, hide: Sequence[Sequence[int]]
) -> bytes:
    """One page of a file as a JPEG, upright; a masked one shows its layout only.

    Raises:
        PictureFailed: It cannot be decoded, or takes too much time or memory.
    """
    asked = {
        "page": page,
        "turned": turned,
        "masked": masked,
        "hide": [[int(v) for v in box] for box in hide],
    }
    told = json.dumps(asked).encode() + b"\n" + content
    command = [sys.executable, "-m", "bailing.pictures"]
    try:
        with _turns:
            made = subprocess.run(
                command, input=told, capture_output=True, check=True, timeout=TIMEOUT_S, cwd=ROOT
            )
    except (subprocess.SubprocessError, OSError) as error:
        raise PictureFailed(type(error).__name__) from error
    return made.stdout


def main() -> None:
    """Read a request and a file from standard input, write the JPEG to standard output."""
    bound = MEMORY_MIB * 2**20
    resource.setrlimit(resource.RLIMIT_DATA, (bound, bound))
    resource.setrlimit(resource.RLIMIT_CPU, (TIMEOUT_S, TIMEOUT_S))
    from perception import page_picture as draw

    told = io.BytesIO(sys.stdin.buffer.read())
    asked = json.loads(told.readline())
    hide = [(x0, y0, x1, y1) for x0, y0, x1, y1 in asked["hide"]]
    made = draw(
        told.read(), asked["page"], turned=asked["turned"], masked=asked["masked"], hide=hide
    )
    sys.stdout.buffer.write(made.jpeg)


if __name__ == "__main__":
    main()
