"""Documents are opened in a process of their own, with little memory and time.

A few hundred bytes of PDF can ask for gigabytes, and PDFium ends its process where it does not get
them: so it costs one file, not the worker. See :mod:`perception.files.process` for the other side.
"""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from perception.errors import BrokenFile, OverblownFile, PerceptionError

SECONDS = 60
"""On the clock, where others use the machine too; of the processor the process has 20."""
PROCESS = Path(__file__).with_name("process.py")
MEMORY_ENDED = 3
"""Exit status of a process whose memory ended."""
BOUNDS = {MEMORY_ENDED, -signal.SIGKILL, -signal.SIGXCPU}
BY_CODE = {error.code: error for error in PerceptionError.__subclasses__()}


def opened_apart(module: str, content: bytes, asked: Mapping[str, Any]) -> bytes:
    """What a module of this folder says of a document.

    Args:
        module: Its name, e.g. ``pdf_pages``.
        content: The document.
        asked: What the module is asked for; what JSON holds.

    Raises:
        PerceptionError: The module refuses the document.
        BrokenFile: The document ended the process.
        OverblownFile: It would take too much memory or time.
    """
    command = [sys.executable, "-I", str(PROCESS), module, json.dumps(asked)]
    try:
        made = subprocess.run(
            command, input=content, capture_output=True, check=False, timeout=SECONDS
        )
    except subprocess.TimeoutExpired as error:
        raise OverblownFile(f"{module}: over {SECONDS} s") from error
    except OSError as error:
        raise BrokenFile(f"{module}: {error}") from error
    if made.returncode in BOUNDS:
        raise OverblownFile(f"{module}: ended by its bounds")
    if made.returncode:
        raise BrokenFile(f"{module}: ended by {made.returncode}")
    refusal, _, answer = made.stdout.partition(b"\n")
    if refusal:
        code, _, words = refusal.decode("utf-8", "replace").partition(" ")
        raise BY_CODE.get(code, BrokenFile)(words)
    return answer
