"""Commands that read a line an item and print a JSON object a line."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import typer

from bailing.terms import RoomError


def read_lines(source: str) -> Iterator[str]:
    """The lines of a file, or of standard input for ``-``, without their ends.

    Bytes that are no UTF-8 become replacement characters on standard input.

    Raises:
        typer.Exit: With 2, and a line that says why, where the file cannot be read.
    """
    if source == "-":
        for line in sys.stdin.buffer:
            yield line.decode("utf-8", errors="replace").rstrip("\r\n")
        return
    try:
        lines = Path(source).read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        typer.echo(f"unreadable_source: {error}", err=True)
        raise typer.Exit(2) from error
    yield from lines


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
