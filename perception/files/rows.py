"""Runs of letters that stand close by each other become one line, whatever drew them apart."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from perception.files.sheets import Quad

JOINED_GAP = 0.25
"""Of the letters' height: runs nearer than this belong together; columns stand farther apart."""
LETTER_GAP = 0.45
"""Where each letter is drawn by itself: a narrow digit's box leaves so much beside it."""
WORD_GAP = 0.15
"""Between Latin words; Chinese ones have no gap."""
SAME_HEIGHT = 0.35
"""How far apart, in heights, the middles of runs on one row may be."""


@dataclass(frozen=True, slots=True)
class Run:
    """Letters drawn together, and their upright box in pixels."""

    text: str
    x0: float
    y0: float
    x1: float
    y1: float

    @property
    def height(self) -> float:
        """In pixels, one at least."""
        return max(1.0, self.y1 - self.y0)


def rows(runs: Iterable[Run]) -> list[tuple[str, Quad]]:
    """The lines, in the order in which they were drawn; those that repeat one are left out.

    Shadows and bold print draw the same letters twice.
    """
    lines: list[Run] = []
    for run in runs:
        last = lines[-1] if lines else None
        if last is not None and _follows(last, run):
            lines[-1] = _joined(last, run)
        elif last is None or not _repeats(last, run):
            lines.append(run)
    return [(x.text, (x.x0, x.y0, x.x1, x.y0, x.x1, x.y1, x.x0, x.y1)) for x in lines]


def _follows(last: Run, run: Run) -> bool:
    height = min(last.height, run.height)
    level = abs((last.y0 + last.y1) - (run.y0 + run.y1)) / 2 <= SAME_HEIGHT * height
    alike = max(last.height, run.height) <= 1.6 * height
    most = LETTER_GAP if len(run.text) == 1 else JOINED_GAP
    return level and alike and -0.1 * height <= run.x0 - last.x1 <= most * height


def _repeats(last: Run, run: Run) -> bool:
    shift = max(abs(last.x0 - run.x0), abs(last.y0 - run.y0))
    return last.text == run.text and shift <= 0.3 * last.height


def _joined(last: Run, run: Run) -> Run:
    apart = len(run.text) > 1 and run.x0 - last.x1 > WORD_GAP * run.height
    between = " " if apart and last.text[-1].isascii() and run.text[0].isascii() else ""
    return Run(
        last.text + between + run.text,
        last.x0,
        min(last.y0, run.y0),
        max(last.x1, run.x1),
        max(last.y1, run.y1),
    )
