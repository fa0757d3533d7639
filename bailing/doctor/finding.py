"""What a check found: how it stands, what was seen, and what to do about it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

MOST_CHARS = 400
"""A finding is for reading: what a library says beyond this is cut."""


class Status(StrEnum):
    """How it stands, from well to ill."""

    OK = "ok"
    WARNING = "warning"
    FAILURE = "failure"


@dataclass(frozen=True, slots=True)
class Finding:
    """What one check found.

    Attributes:
        status: Whether this part is well.
        saw: What was seen, in one line.
        remedy: The command, or the step, that mends it; None only where all is well.

    Raises:
        ValueError: Nothing was seen, a line is no single line, or a fault says not what to do.
    """

    status: Status
    saw: str
    remedy: str | None = None

    def __post_init__(self) -> None:
        if (self.remedy is None) is not (self.status is Status.OK):
            raise ValueError("a fault, and only a fault, says what to do")
        for line in (self.saw, self.remedy):
            if line is not None and (not line.strip() or "\n" in line):
                raise ValueError(f"not one line of words: {line!r}")


def ok(saw: str) -> Finding:
    """All is well, or this part has nothing to look at."""
    return Finding(Status.OK, one_line(saw))


def warning(saw: str, remedy: str) -> Finding:
    """Bailing runs all the same, but less well, or only in part."""
    return Finding(Status.WARNING, one_line(saw), one_line(remedy))


def failure(saw: str, remedy: str) -> Finding:
    """Bailing cannot run like this, or does not do what it was told."""
    return Finding(Status.FAILURE, one_line(saw), one_line(remedy))


def one_line(words: object) -> str:
    """An error or a text as one line of bounded length."""
    line = " ".join(str(words).split())
    return line if len(line) <= MOST_CHARS else f"{line[: MOST_CHARS - 1]}…"
