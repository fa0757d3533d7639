"""How results are told: a line a check for people, or a JSON object a check for programs."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator

from rich.console import Console
from rich.table import Table
from rich.text import Text

from bailing.doctor.finding import Status
from bailing.doctor.runner import Result

STYLES = {Status.OK: "green", Status.WARNING: "yellow", Status.FAILURE: "bold red"}
STATUS_CHARS, NAME_CHARS = 7, 17
MOST_CHARS = 100
"""Longer lines are hard to read, however wide the terminal is."""


def as_json(result: Result) -> str:
    """One result as a JSON object."""
    found = result.finding
    body = {
        "check": result.check.name,
        "status": found.status.value,
        "saw": found.saw,
        "remedy": found.remedy,
    }
    return json.dumps(body, ensure_ascii=False)


def tell(results: Iterable[Result], console: Console) -> Iterator[Result]:
    """Print each result as it comes, under its group's name, and hand it on."""
    group = None
    for result in results:
        if result.check.group != group:
            group = result.check.group
            console.print(Text(f"\n{group.value}", style="bold"))
        console.print(_row(result), width=min(console.width, MOST_CHARS))
        yield result


def _row(result: Result) -> Table:
    found = result.finding
    row = Table.grid(padding=(0, 1))
    row.add_column(width=STATUS_CHARS)
    row.add_column(width=NAME_CHARS)
    row.add_column(overflow="fold")
    status = Text(found.status.value, style=STYLES[found.status])
    row.add_row(status, result.check.name, Text(found.saw))
    if found.remedy is not None:
        row.add_row("", Text("what to do", style="dim"), Text(found.remedy, style="bold"))
    return row


def summary(results: Iterable[Result], took_s: float) -> str:
    """How many are well, and how long it took."""
    count = Counter(result.finding.status for result in results)
    total = count.total()
    faults = [
        _number(count[Status.WARNING], "warning"),
        _number(count[Status.FAILURE], "failure"),
    ]
    checks = _number(total, "check")
    return f"{checks} in {took_s:.0f} s: {count[Status.OK]} ok, {', '.join(faults)}"


def _number(count: int, word: str) -> str:
    return f"{count or 'no'} {word}{'' if count == 1 else 's'}"
