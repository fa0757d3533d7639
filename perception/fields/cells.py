"""Values of a form of items and columns: on the row of an item, under the head of a column."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import numpy as np

from perception.fields.candidate import Candidate
from perception.fields.labels import Sheet, names_of, on_row, plain
from perception.fields.tables import Head, heads_of
from perception.page.layout import Placed
from perception.voucher_files import FieldFile, TableFile

UNDER_HEAD, FIRST_ON_ROW = 0.98, 0.7
"""How sure a cell is that lies under its column's head; and the first amount of a row."""
LATER_LABEL = 0.004
NUMBER = re.compile(r"^[(（\-−+¥￥\s]*\d[\d,，.\s]*[)）]?$")
EXACT = re.compile(r"[.,，]\d{2}[)）]?$")


def columns_of(table: TableFile, lines: Sequence[Placed]) -> list[Head]:
    """Every head of a column on the page, from left to right; halves of a form repeat them."""
    names = {plain(word): name for name, words in table.columns.items() for word in words}
    found = [head for line in lines for head in heads_of(line, names) if head.name]
    return sorted(found, key=lambda head: head.x0)


def in_column(spec: FieldFile, sheet: Sheet, heads: Sequence[Head]) -> Iterator[Candidate]:
    """What stands on the row of a field's label, in its column."""
    order = {plain(word): place for place, word in enumerate(spec.labels)}
    for label in names_of(sheet.labels).get(spec.name, ()):
        weight = label.sure * (1 - LATER_LABEL * order.get(label.text, 0))
        ahead = [x for x in sheet.pieces if x.x0 > label.at.x0 and on_row(label.at, x)]
        numbers = sorted((x for x in ahead if NUMBER.match(x.text)), key=lambda x: x.x0)
        head = _head_for(spec.column, label.at, heads)
        if head is not None:
            half = _half_width(head, heads)
            near = [x for x in numbers if abs(_middle(x) - head.middle) < half]
            if near:
                best = min(near, key=lambda x: abs(_middle(x) - head.middle))
                yield Candidate(best.text, UNDER_HEAD * weight, (best,), label.text)
        for piece in [x for x in numbers if EXACT.search(x.text)][:1]:
            yield Candidate(piece.text, FIRST_ON_ROW * weight, (piece,), label.text)


def _middle(piece: Placed) -> float:
    return (piece.x0 + piece.x1) / 2


def _head_for(name: str | None, at: Placed, heads: Sequence[Head]) -> Head | None:
    """The nearest head of that column to the right of an item."""
    right = [h for h in heads if h.name == name and h.middle > at.x0 + at.height]
    return min(right, key=lambda h: h.middle, default=None)


def _half_width(head: Head, heads: Sequence[Head]) -> float:
    """Half the way to the nearest other head."""
    away = [abs(h.middle - head.middle) for h in heads if h is not head]
    far = [d for d in away if d > (head.x1 - head.x0) * 0.5]
    return 0.6 * min(far) if far else float(np.inf)
