"""Commands that read a line an item and print a JSON object a line."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from bailing.terms import RoomError


def read_lines(source: str) -> Iterator[str]:
    """The lines of a file, or of standard input for ``-``, without their ends."""
    if source == "-":
        for line in sys.stdin:
            yield line.rstrip("\n")
    else:
        yield from Path(source).read_text(encoding="utf-8").splitlines()


def print_each(items: Iterable[str], answer: Callable[[str], Any]) -> int:
    """Print the answer to each item as a JSON line, in order.

    A refused item is ``{"error": {"code", "message"}}``; then the exit status is 1.
    """
    status = 0
    for item in items:
        try:
            result = answer(item)
        except RoomError as error:
            result, status = {"error": {"code": error.code, "message": str(error)}}, 1
        print(json.dumps(result, ensure_ascii=False), flush=True)
    return status
