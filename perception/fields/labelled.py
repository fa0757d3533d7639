"""The general reader: fields of any paper kind from its voucher file.

A field has several candidates: what stands beside its label in the same line or on the same row,
what stands beneath it, and what an expression finds in the page's text. Each is taken for what
its kind of value makes of it; the surest stands, and of equals the first label of the file.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain, pairwise

import numpy as np

from perception.fields.candidate import Candidate
from perception.fields.cells import columns_of, in_column
from perception.fields.labels import Label, LabelBook, Sheet, names_of, on_row, plain
from perception.fields.normal import FIRM_END, normal
from perception.fields.repair import Mended
from perception.fields.tables import Grid
from perception.inspection import Field
from perception.page.layout import Placed, beside, joined, rows
from perception.voucher_files import FieldFile, VoucherFile

BESIDE, BENEATH, IN_PROSE, ON_A_ROW, BY_WORDS = 0.97, 0.85, 0.91, 0.88, 0.8
"""How sure a value is by where it was found, before the reader's own doubt."""
SAID_SO = 0.985
"""The same of an expression that the file trusts more than a label."""
LATER_LABEL = 0.004
"""What each further synonym takes off: the first of a file's labels is the one that is meant.

Not of one that holds the first: 承租方(乙方) is 乙方."""
LONG = frozenset({"wrapped", "text", "party", "company"})
"""Kinds of values that may go on in the next line."""
DATES = frozenset({"date", "date_until", "period_from", "period_to"})
"""Kinds of values that a form prints in pieces far apart: year, month, day."""
APART, FAR_APART = 2.5, 8.0
"""Beyond a gap of so many heights, something else begins on a row."""
NEXT_LINE = 1.75
"""A value goes on in a line whose middle is at most so many heights further down."""
UNDER = 2.4
"""A value stands at most so many heights beneath its label."""
STRADDLE = 1.15
"""Two lines of a value may stand so many heights above and below a label's middle."""
PERSON_AT_MOST = 6
"""A longer name is a firm's: it goes on until it ends like one."""
PROSE = 0.5
"""A line over more than this share of the page's width is prose, which goes on at the margin."""
LEVEL = 0.001
"""Candidates that differ by less are as good as one another."""
FAR_AWAY = 6.0
"""Beyond so many heights, what stands beneath a label without a colon is likelier its value."""
LONGEST_STEP = 40.0
"""Between a label and its value lie at most so many heights."""


def voucher_fields(
    file: VoucherFile, pages: Sequence[Sequence[Placed]], grids: Sequence[Grid] = ()
) -> list[Field]:
    """The fields that are found on any page, each at most once, in the file's order.

    Args:
        file: The kind's voucher file.
        pages: The lines of each page, set straight.
        grids: The rows of its table: a column's name is no label.
    """
    book = LabelBook(file)
    whole = [book.sheet(lines) for lines in pages]
    sheets = [book.sheet(lines) for lines in _outside(grids, pages)]
    heads = [columns_of(file.table, lines) if file.table else [] for lines in pages]
    found = []
    for spec in file.fields:
        offered: Iterable[Candidate] = (c for sheet in sheets for c in candidates(spec, sheet))
        if spec.column is not None:
            both = zip(whole, heads, strict=True)
            cells = (c for sheet, columns in both for c in in_column(spec, sheet, columns))
            offered = chain(cells, offered)
        if (field := _surest(spec, offered)) is not None:
            found.append(field)
    return found


def _outside(grids: Sequence[Grid], pages: Sequence[Sequence[Placed]]) -> list[list[Placed]]:
    """The lines of each page that stand in no table."""
    inside = {id(line.line) for grid in grids for line in grid.lines}
    return [[line for line in lines if id(line.line) not in inside] for lines in pages]


def _surest(spec: FieldFile, offered: Iterable[Candidate]) -> Field | None:
    """The surest of a field's candidates; of equals the first on the page, or the last."""
    best, most = None, 0.0
    for candidate in offered:
        value = _value(spec, candidate)
        if value is None:
            continue
        score = candidate.sure * value.sure
        if score > most + LEVEL or (spec.pick == "last" and abs(score - most) <= LEVEL):
            best, most = field_of(spec, candidate, value), score
    return best


def field_of(spec: FieldFile, candidate: Candidate, value: Mended) -> Field:
    """The field that a candidate makes, as sure as its place, its kind and the reader are."""
    lengths = [max(1, len(x.text)) for x in candidate.used]
    seen = float(np.average([x.confidence for x in candidate.used], weights=lengths))
    return Field(
        name=spec.name,
        label=spec.label.zh,
        label_en=spec.label.en,
        value=value.value,
        raw=candidate.text,
        confidence=max(0.0, min(0.99, candidate.sure * value.sure * seen)),
        box=joined([x.line.box for x in candidate.used]),
        page=candidate.used[0].line.page,
        repaired=value.repaired,
    )


def _value(spec: FieldFile, candidate: Candidate) -> Mended | None:
    if spec.kind != "choice":
        return normal(spec.kind, candidate.text, candidate.label)
    text = plain(candidate.text)
    for value, words in spec.values.items():
        if any(plain(word) in text for word in words):
            return Mended(value, 1.0)
    return None


def candidates(spec: FieldFile, sheet: Sheet) -> Iterator[Candidate]:
    """All that may be a field's value on one page."""
    order = {plain(word): place for place, word in enumerate(spec.labels)}
    for label in names_of(sheet.labels).get(spec.name, ()):
        same = bool(spec.labels) and plain(spec.labels[0]) in label.text
        place = 0 if same else min(order.get(label.text, 0), 25)
        weight = label.sure * (1 - LATER_LABEL * place)
        for where in spec.where:
            yield from (
                _beside(spec, label, sheet, weight)
                if where == "right"
                else _beneath(spec, label, sheet, weight)
            )
    if spec.patterns or spec.rows:
        yield from _by_expression(spec, sheet)
    if spec.kind == "choice" and not spec.patterns:
        yield from _by_words(spec, sheet)


def _beside(spec: FieldFile, label: Label, sheet: Sheet, weight: float) -> Iterator[Candidate]:
    run = _row_of(label, sheet, FAR_APART if spec.kind in DATES else APART)
    if spec.kind in LONG:
        run = _with_more_lines(spec, label, run, sheet)
    if not run:
        return
    text = _text(run)
    sure = BESIDE
    if not label.colon and run[0].x0 - label.at.x1 > FAR_AWAY * label.at.height:
        sure = BESIDE if not _heads_column(label, sheet) else BENEATH - 0.05
    yield Candidate(text, sure * weight, tuple(run), label.text)
    if spec.kind not in LONG and len(run) > 1:
        for step, piece in enumerate(run):
            less = sure * weight * (0.96 - 0.02 * step)
            yield Candidate(piece.text, less, (piece,), label.text)


def _heads_column(label: Label, sheet: Sheet) -> bool:
    """Whether something stands right beneath a label, where the label begins."""
    return any(
        _stands_under(label.at, x) and abs(x.x0 - label.at.x0) < 0.7 * label.at.height
        for x in sheet.pieces
    )


def _text(run: Sequence[Placed]) -> str:
    """Pieces as one text; what stands apart on a row stays apart."""
    text = run[0].text
    for left, right in pairwise(run):
        gap = beside(left, right) and right.x0 - left.x1 > 0.8 * left.height
        text += (" " if gap else "") + right.text
    return text.strip(" :：")


def _row_of(label: Label, sheet: Sheet, apart: float) -> list[Placed]:
    """The pieces behind a label on its row, up to the next label or a wide gap."""
    at = label.at
    start = at.x1 - 0.6 * at.height
    ahead = [x for x in sheet.pieces if x.x0 >= start and on_row(at, x)]
    others = [o.at.x0 for o in sheet.labels if o.at.x0 > at.x0 + 1 and on_row(at, o.at)]
    limit = min((x for x in others if x >= start), default=float("inf"))
    run: list[Placed] = []
    for piece in sorted(ahead, key=lambda x: x.x0):
        before = run[-1].x1 if run else at.x1
        allowed = (apart if run else LONGEST_STEP) * max(piece.height, at.height)
        if piece.x0 >= limit - 0.3 * at.height or piece.x0 - before > allowed:
            break
        run.append(piece)
    return run


def _with_more_lines(
    spec: FieldFile, label: Label, run: Sequence[Placed], sheet: Sheet
) -> list[Placed]:
    """A value's further lines: around a label that stands in the middle, then beneath."""
    at = label.at
    column = [x for x in sheet.pieces if x.x0 >= at.x1 - 0.6 * at.height and x not in run]
    column = [x for x in column if not _owned(x, label, sheet)]
    edge = run[0].x0 if run else min((x.x0 for x in column), default=0.0)
    if spec.kind == "wrapped" or not run:
        around = [
            x
            for x in column
            if abs(x.middle - at.middle) < STRADDLE * at.height
            and (not run or abs(x.x0 - edge) < at.height)
            and (not run or x.middle < run[0].middle)
        ]
        run = sorted([*around, *run], key=lambda x: (round(x.middle / at.height), x.x0))
    if not run or (spec.kind != "wrapped" and FIRM_END.search(run[-1].text)):
        return list(run)
    return _going_on(spec, label, list(run), sheet)


def _going_on(spec: FieldFile, label: Label, run: list[Placed], sheet: Sheet) -> list[Placed]:
    edge, height = min(x.x0 for x in run), label.at.height
    right = max((x.x1 for x in sheet.lines), default=0.0)
    left = min((x.x0 for x in sheet.lines), default=0.0)
    most = 8 if spec.kind == "wrapped" else 1
    first = not any(x.x1 <= label.at.x0 and on_row(x, label.at) for x in sheet.lines)
    box = label.at.line.box
    alone = first or box[2] - box[0] > PROSE * (right - left)
    broken = spec.kind in ("party", "company") and len(run[-1].text) > PERSON_AT_MOST
    for _ in range(most):
        last = run[-1]
        under = [
            x
            for x in sheet.pieces
            if x not in run
            and 0.5 * last.height < x.middle - last.middle < NEXT_LINE * max(last.height, height)
            and not _owned(x, label, sheet)
            and not any(
                on_row(o.at, x) and o.at.x1 <= x.x0 + 1 and o.at.x0 > label.at.x0 - 3 * height
                for o in sheet.labels
                if o is not label
            )
        ]
        aligned = [x for x in under if abs(x.x0 - edge) < 1.2 * height]
        full = last.x1 > right - 4 * height and last.text[-1] not in "。；;，,"
        hung = [x for x in under if abs(x.x0 - label.at.x0) < 0.8 * height]
        margin = [x for x in under if x.x0 - left < 2 * height] if alone else []
        following = aligned or (margin if full else []) or (hung if full or broken else [])
        if not following:
            break
        run.append(min(following, key=lambda x: (x.middle, x.x0)))
    return run


def _owned(piece: Placed, label: Label, sheet: Sheet) -> bool:
    """Whether another label stands on a piece's row, nearer to it."""
    for other in sheet.labels:
        if other is label or not on_row(other.at, piece):
            continue
        if other.at.x0 < piece.x0 and other.at.x1 > label.at.x0:
            return True
    return False


def _beneath(spec: FieldFile, label: Label, sheet: Sheet, weight: float) -> Iterator[Candidate]:
    at = label.at
    under = [x for x in sheet.pieces if _stands_under(at, x) and not _answers(x, label, sheet)]
    if not under:
        return
    first = min(under, key=lambda x: (x.y0, abs(x.x0 - at.x0)))
    if any(_stands_under(at, o.at) and o.at.y0 < first.y0 for o in sheet.labels if o is not label):
        return
    run = [first]
    if spec.kind in LONG and not FIRM_END.search(first.text):
        run = _going_on(spec, replace(label, at=replace(at, x0=first.x0)), run, sheet)
    yield Candidate(_text(run), BENEATH * weight, tuple(run), label.text)


def _stands_under(at: Placed, piece: Placed) -> bool:
    down = piece.y0 - at.y1
    if piece.line is at.line or not -0.4 * at.height < down < UNDER * at.height:
        return False
    if piece.middle < at.middle + 0.5 * at.height:
        return False
    overlap = min(at.x1, piece.x1) - max(at.x0, piece.x0)
    return overlap > 0.3 * min(at.x1 - at.x0, piece.x1 - piece.x0)


def _answers(piece: Placed, label: Label, sheet: Sheet) -> bool:
    """Whether a piece is what stands beside another label."""
    for other in sheet.labels:
        if other is label or other.at.x1 > piece.x0 + 0.6 * piece.height:
            continue
        if on_row(other.at, piece):
            between = [
                x
                for x in sheet.pieces
                if x is not piece
                and on_row(other.at, x)
                and other.at.x1 - x.height < x.x0 < piece.x0
            ]
            if not between and piece.x0 - other.at.x1 < 12 * piece.height:
                return True
    return False


def _by_expression(spec: FieldFile, sheet: Sheet) -> Iterator[Candidate]:
    """What the file's expressions find in the page's text, and in its rows."""
    whole = _Prose.of(sheet.lines)
    in_prose = SAID_SO if spec.trust == "pattern" else IN_PROSE
    for expressions, sure in ((spec.patterns, in_prose), (spec.rows, ON_A_ROW)):
        texts = [whole] if expressions is spec.patterns else [*whole.by_line(), *whole.by_row()]
        for step, expression in enumerate(expressions):
            for text in texts:
                for hit in re.finditer(expression, text.text):
                    used = text.lines_of(*hit.span(1))
                    yield Candidate(hit[1], sure - 0.02 * step, used, "")


def _by_words(spec: FieldFile, sheet: Sheet) -> Iterator[Candidate]:
    """For a choice without a label: a line with one of its words, the first value first."""
    for step, (_, words) in enumerate(spec.values.items()):
        lines = [x for x in sheet.lines if any(plain(w) in plain(x.text) for w in words)]
        for line in lines[:1]:
            yield Candidate(line.text, BY_WORDS - 0.03 * step, (line,))


@dataclass(frozen=True, slots=True)
class _Prose:
    """Text without spaces, and the line of each of its letters."""

    text: str
    owners: tuple[Placed, ...]
    breaks: tuple[int, ...]

    @classmethod
    def of(cls, lines: Sequence[Placed]) -> _Prose:
        letters: list[str] = []
        owners: list[Placed] = []
        breaks = [0]
        for row in rows(lines):
            for line in row:
                text = re.sub(r"\s", "", line.text)
                letters.append(text)
                owners += [line] * len(text)
            breaks.append(len(owners))
        return cls("".join(letters), tuple(owners), tuple(breaks))

    def by_row(self) -> list[_Prose]:
        spans = [(a, b) for a, b in pairwise(self.breaks) if b > a]
        return [_Prose(self.text[a:b], self.owners[a:b], (0, b - a)) for a, b in spans]

    def by_line(self) -> list[_Prose]:
        """Each line of print for itself."""
        unique = {id(owner): owner for owner in self.owners}.values()
        texts = [(re.sub(r"\s", "", line.text), line) for line in unique]
        return [_Prose(text, (line,) * len(text), (0, len(text))) for text, line in texts]

    def lines_of(self, start: int, end: int) -> tuple[Placed, ...]:
        unique: Mapping[int, Placed] = {id(x): x for x in self.owners[start:end]}
        return tuple(unique.values())
