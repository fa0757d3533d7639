"""How well marks are found and seals read on composed pages: synthetic, and said to be so.

A mark is found where a box of its kind shares half of their union with its true one. A seal is
read where its text is its firm's or office's name, whole. Seals over the page's edge, and square
and oblong ones, are found or not like the others; their words are not counted.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import partial

import numpy as np

from perception.inspection import Mark
from perception.marks import MarkDetector, find_marks
from perception.marks.detector import overlap
from perception.page.reading import StripReader
from perception.synthesis.marked import Lying, MarkedPage

KINDS = ("seal", "signature", "fingerprint", "qr")
FOUND = 0.5
"""Share of the union from which a box is the mark's."""
READ_SHAPES = ("round", "oval")
EDGE_PX = 3


@dataclass(slots=True)
class Tally:
    """Counts over the pages seen: true marks, those found, what was found beside them, seals read.

    ``clear`` are seals that no other mark lies over; ``crossed`` are the others. Print lies over
    both.
    """

    pages: int = 0
    true: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)
    wrong: Counter[str] = field(default_factory=Counter)
    seals: Counter[str] = field(default_factory=Counter)
    read: Counter[str] = field(default_factory=Counter)

    def figures(self) -> dict[str, float | int | None]:
        """Recall and precision of each kind, and seals read, by name; None where there was none."""
        shown: dict[str, float | int | None] = {"pages": self.pages}
        for kind in KINDS:
            said = self.found[kind] + self.wrong[kind]
            shown[f"{kind}_count"] = self.true[kind]
            shown[f"{kind}_recall"] = _share(self.found[kind], self.true[kind])
            shown[f"{kind}_precision"] = _share(self.found[kind], said)
        for group in ("clear", "crossed"):
            shown[f"seal_text_{group}_count"] = self.seals[group]
            shown[f"seal_text_{group}"] = _share(self.read[group], self.seals[group])
        shown["seal_text"] = _share(self.read.total(), self.seals.total())
        return shown


def measure(
    pages: Iterable[MarkedPage], detector: MarkDetector | None, reader: StripReader
) -> Tally:
    """What is found and read on those pages; without a detector by colour and shape."""
    tally = Tally()
    for page in pages:
        count(page, find_marks(page.image_rgb, detector=detector, reader=reader), tally)
    return tally


def count(page: MarkedPage, marks: Sequence[Mark], tally: Tally) -> None:
    """Adds a page to the counts: the surest marks are matched first, each true one once."""
    tally.pages += 1
    open_: list[Lying] = list(page.marks)
    tally.true.update(mark.kind for mark in page.marks)
    matched: dict[int, Mark] = {}
    for mark in sorted(marks, key=lambda m: -m.confidence):
        alike = [true for true in open_ if true.kind == mark.kind]
        best = max(alike, key=partial(_same, mark), default=None)
        if best is None or _same(mark, best) < FOUND:
            tally.wrong[mark.kind] += 1
            continue
        open_.remove(best)
        tally.found[mark.kind] += 1
        matched[id(best)] = mark
    for true in page.marks:
        if _is_counted(true, page):
            group = "crossed" if any(_touches(true, t) for t in page.marks) else "clear"
            mark_found = matched.get(id(true))
            tally.seals[group] += 1
            tally.read[group] += mark_found is not None and mark_found.text == true.text


def _shared(one: Lying, other: Lying) -> float:
    return overlap(np.asarray(one.box, np.float32), np.asarray(other.box, np.float32))


def _share(part: int, whole: int) -> float | None:
    return round(part / whole, 3) if whole else None


def _same(mark: Mark, true: Lying) -> float:
    return overlap(np.asarray(true.box, np.float32), np.asarray(mark.box, np.float32))


def _is_counted(true: Lying, page: MarkedPage) -> bool:
    """Whether it is a round or oval seal that lies whole on the page."""
    high, wide = page.image_rgb.shape[:2]
    x0, y0, x1, y1 = true.box
    whole = min(x0, y0, wide - 1 - x1, high - 1 - y1) >= EDGE_PX
    return true.kind == "seal" and true.shape in READ_SHAPES and whole


def _touches(one: Lying, other: Lying) -> bool:
    return one is not other and _shared(one, other) > 0
