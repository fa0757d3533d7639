"""Rows and columns of statements, orders and lists, from where their lines stand.

A header is the row in which most of the kind's column names are found; its words give the columns
their places, and what stands beneath gives them their widths. A row begins where one of the
columns is filled that every row fills; what stands between two rows goes on with the nearer one.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np

from perception.fields.labels import part, plain
from perception.inspection import SeenTable
from perception.page.layout import Placed, joined, rows
from perception.voucher_files import TableFile

FEWEST = 3
"""Column names from which a row is a header."""
WRAPPED = 1.6
"""Two lines of one header stand at most so many heights apart."""
FAR = 7.0
"""A gap of so many usual steps between rows ends the table."""
MONEY = re.compile(r"[+\-−]?[¥￥]?\d[\d,，]*\.\d{2}")
NUMBERS = frozenset({"quantity", "amount", "in", "out", "balance", "this", "closing", "line"})
"""Columns of numbers."""
CLAUSE = re.compile(r"^(?:第?[一二三四五六七八九十]{1,3}[、条]|[\u4e00-\u9fff()/]{2,12}:|注:|备注)")
"""How a row begins that is text again: a clause, a label."""
ACROSS = 0.55
"""A line over more than this share of the table's width is text again."""
CUT = re.compile(r"\s{1,}|(?<=[\d:])(?=[\u4e00-\u9fff])|(?<=[\u4e00-\u9fff])(?=[+\-]?[\d¥￥])")
"""Where a line that runs over several columns may be cut."""


@dataclass(frozen=True, slots=True)
class Head:
    """One column's header: which column it is, as it is printed, and where."""

    name: str | None
    text: str
    x0: float
    x1: float

    @property
    def middle(self) -> float:
        """Halfway between its edges."""
        return (self.x0 + self.x1) / 2


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: its columns' names, its rows of cells, and the lines that they came from."""

    heads: tuple[Head, ...]
    rows: tuple[tuple[str, ...], ...]
    lines: tuple[Placed, ...]
    page: int

    def column(self, name: str) -> list[str] | None:
        """The cells of a column; None where the table has none of that name."""
        for place, head in enumerate(self.heads):
            if head.name == name:
                return [row[place] for row in self.rows]
        return None

    def seen(self) -> SeenTable:
        """The table as an Inspection states it."""
        header = tuple(head.text for head in self.heads)
        return SeenTable(self.page, joined([x.line.box for x in self.lines]), (header, *self.rows))


def find_tables(file: TableFile, pages: Sequence[Sequence[Placed]]) -> list[Grid]:
    """The table of each page; a page without a header goes on with the columns of the last.

    Args:
        file: The kind's columns.
        pages: The lines of each page, set straight.
    """
    grids: list[Grid] = []
    for number, lines in enumerate(pages):
        found = _header(file, lines)
        if found is None and grids and grids[-1].page == number - 1:
            found = _carried_on(grids[-1], lines)
        if found is None:
            continue
        heads, used, top = found
        grid = _grid(file, heads, used, [x for x in lines if x.middle > top], number)
        if grid is not None:
            grids.append(grid)
    return grids


def _carried_on(
    last: Grid, lines: Sequence[Placed]
) -> tuple[list[Head], list[Placed], float] | None:
    """The columns of the page before, where this one's lines reach about as far."""
    if not lines:
        return None
    before = max(x.x1 for x in last.lines) - min(x.x0 for x in last.lines)
    here = max(x.x1 for x in lines) - min(x.x0 for x in lines)
    if not 0.8 < here / max(1.0, before) < 1.25:
        return None
    return list(last.heads), [], float("-inf")


def _header(
    file: TableFile, lines: Sequence[Placed]
) -> tuple[list[Head], list[Placed], float] | None:
    """The header's columns, its lines, and where it ends."""
    names = {plain(word): name for name, words in file.columns.items() for word in words}
    best: tuple[float, list[Head], list[Placed]] | None = None
    page_rows = rows(lines)
    for place, row in enumerate(page_rows):
        for taken in (row, *_joined_rows(page_rows, place)):
            heads = [head for cell in taken for head in heads_of(cell, names)]
            known = len({head.name for head in heads if head.name})
            strange = sum(1 for head in heads if head.name is None)
            score = known - 0.3 * strange - 0.05 * (len(taken) > len(row))
            if known >= FEWEST and (best is None or score > best[0]):
                best = score, heads, list(taken)
    if best is None:
        return None
    heads = sorted(best[1], key=lambda h: h.x0)
    return _unique(heads), best[2], max(x.middle for x in best[2])


def _joined_rows(page_rows: Sequence[list[Placed]], place: int) -> list[list[Placed]]:
    """A row with the next one: headers that are printed in two lines."""
    if place + 1 >= len(page_rows):
        return []
    upper, lower = page_rows[place], page_rows[place + 1]
    height = float(np.median([x.height for x in upper]))
    if lower[0].middle - upper[0].middle > WRAPPED * height:
        return []
    cells: list[Placed] = []
    left = list(lower)
    for cell in upper:
        under = [x for x in left if min(x.x1, cell.x1) - max(x.x0, cell.x0) > 0]
        if under:
            left = [x for x in left if x not in under]
            text = cell.text + "".join(x.text for x in under)
            cell = replace(
                cell,
                text=text,
                x0=min(cell.x0, *(x.x0 for x in under)),
                x1=max(cell.x1, *(x.x1 for x in under)),
                y1=max(x.y1 for x in under),
            )
        cells.append(cell)
    return [sorted([*cells, *left], key=lambda x: x.x0)]


def heads_of(cell: Placed, names: Mapping[str, str]) -> list[Head]:
    """The column names in one line of a header; several may have been read as one."""
    text = plain(cell.text)
    if text in names:
        return [Head(names[text], cell.text.strip(), cell.x0, cell.x1)]
    bare = re.sub(r"\([^()]*\)|[:*]", "", text)
    if bare in names:
        return [Head(names[bare], cell.text.strip(), cell.x0, cell.x1)]
    parts = _split_names(cell, names)
    if parts:
        return parts
    return [Head(None, cell.text.strip(), cell.x0, cell.x1)]


def _split_names(cell: Placed, names: Mapping[str, str]) -> list[Head]:
    """A line that is column names one after the other, and nothing else."""
    words = cell.text.split()
    pieces = words if len(words) > 1 and any(plain(w) in names for w in words) else []
    if not pieces:
        pieces = _segmented(re.sub(r"\s", "", cell.text), names)
    heads, at = [], 0
    for piece in pieces:
        start = cell.text.index(piece, at)
        at = start + len(piece)
        placed = part(cell, start, at)
        name = names.get(plain(piece)) or names.get(re.sub(r"\([^()]*\)", "", plain(piece)))
        heads.append(Head(name, piece, placed.x0, placed.x1))
    return heads if sum(1 for h in heads if h.name) > 1 or len(words) > 1 else []


def _segmented(text: str, names: Mapping[str, str]) -> list[str]:
    """A text as column names without anything between, the longest first."""
    ordered = sorted(names, key=len, reverse=True)
    pieces: list[str] = []
    rest = text
    while rest:
        word = next((w for w in ordered if plain(rest).startswith(w)), None)
        if word is None:
            return []
        pieces.append(rest[: len(word)])
        rest = rest[len(word) :]
    return pieces


def _unique(heads: Sequence[Head]) -> list[Head]:
    """Each column once: a second one of the same name is kept without it."""
    seen: set[str] = set()
    result = []
    for head in heads:
        result.append(replace(head, name=None) if head.name in seen else head)
        if head.name:
            seen.add(head.name)
    return result


def _grid(
    file: TableFile,
    heads: Sequence[Head],
    used: Sequence[Placed],
    below: Sequence[Placed],
    page: int,
) -> Grid | None:
    body = _body(file, heads, below)
    if not body:
        return None
    spans = _spans(heads, body)
    cells = [(cell, column) for line in body for cell, column in _cells(line, spans)]
    keys = {i for i, head in enumerate(heads) if head.name in file.begins}
    begun = _begun(cells, keys, heads)
    if not begun:
        return None
    middles = np.array(begun)
    table: list[list[list[Placed]]] = [[[] for _ in heads] for _ in begun]
    step = float(np.median(np.diff(middles))) if len(begun) > 1 else 3 * body[0].height
    used_lines: dict[int, Placed] = {id(x.line): x for x in used}
    for cell, column in cells:
        row = int(np.argmin(np.abs(middles - cell.middle)))
        if abs(middles[row] - cell.middle) <= max(0.75 * step, cell.height):
            table[row][column].append(cell)
            used_lines[id(cell.line)] = cell
    texts = tuple(tuple(_cell_text(cell) for cell in row) for row in table)
    return Grid(tuple(heads), texts, tuple(used_lines.values()), page)


def _cell_text(cell: Sequence[Placed]) -> str:
    ordered = sorted(cell, key=lambda x: (round(x.middle / x.height), x.x0))
    return re.sub(r"\s+", " ", "".join(x.text for x in ordered)).strip()


def _body(file: TableFile, heads: Sequence[Head], below: Sequence[Placed]) -> list[Placed]:
    """The lines beneath a header, up to the row that ends the table."""
    stops = re.compile("|".join(re.escape(plain(word)) for word in file.stops))
    body: list[Placed] = []
    left, right = heads[0].x0, heads[-1].x1
    steps: list[float] = []
    last: float | None = None
    for row in rows(below):
        text = plain("".join(x.text for x in row))
        middle = float(np.mean([x.middle for x in row]))
        if stops.match(text) or (stops.search(text[:8]) and len(row) <= 4):
            break
        widest = max(x.x1 - x.x0 for x in row)
        if body and (CLAUSE.match(text) or widest > ACROSS * (right - left)):
            break
        if last is not None:
            step = middle - last
            if steps and step > FAR * float(np.median(steps)):
                break
            steps.append(step)
        last = middle
        height = row[0].height
        body += [x for x in row if x.x1 > left - 4 * height and x.x0 < right + 8 * height]
    return body


def _spans(heads: Sequence[Head], body: Sequence[Placed]) -> list[tuple[float, float]]:
    """Where each column begins and ends: its header, and the lines that touch no other's."""
    spans = [[head.x0, head.x1] for head in heads]
    for line in body:
        over = [i for i, h in enumerate(heads) if min(line.x1, h.x1) - max(line.x0, h.x0) > 0]
        if len(over) == 1:
            span = spans[over[0]]
            span[0], span[1] = min(span[0], line.x0), max(span[1], line.x1)
    for i in range(len(spans) - 1):
        if spans[i][1] > spans[i + 1][0]:
            between = (heads[i].x1 + heads[i + 1].x0) / 2
            edge = min(max(between, heads[i].x1), heads[i + 1].x0)
            spans[i][1] = spans[i + 1][0] = edge
    return [(a, b) for a, b in spans]


def _cells(line: Placed, spans: Sequence[tuple[float, float]]) -> list[tuple[Placed, int]]:
    """A line's parts, each with its column."""
    shares = [max(0.0, min(line.x1, b) - max(line.x0, a)) for a, b in spans]
    over = [i for i, share in enumerate(shares) if share > 0.35 * (spans[i][1] - spans[i][0])]
    pieces = _cut(line) if len(over) > 1 else [line]
    if len(pieces) > 1:
        found = [(piece, _column(piece, spans)) for piece in pieces]
        if len({column for _, column in found}) > 1:
            return found
    return [(line, _column(line, spans))]


def _cut(line: Placed) -> list[Placed]:
    edges = [0, *(hit.end() for hit in CUT.finditer(line.text)), len(line.text)]
    pieces = [part(line, a, b) for a, b in pairwise(edges) if b > a]
    return [piece for piece in pieces if piece.text]


def _column(line: Placed, spans: Sequence[tuple[float, float]]) -> int:
    """The column that a line lies in, or lies nearest to."""
    middle = (line.x0 + line.x1) / 2

    def away(span: tuple[float, float]) -> float:
        overlap = min(line.x1, span[1]) - max(line.x0, span[0])
        return -overlap if overlap > 0 else min(abs(middle - span[0]), abs(middle - span[1]))

    return min(range(len(spans)), key=lambda i: away(spans[i]))


def _begun(
    cells: Sequence[tuple[Placed, int]], keys: set[int], heads: Sequence[Head]
) -> list[float]:
    """The heights at which rows begin."""
    middles: list[float] = []
    for key in sorted(keys):
        filled = [c for c, column in cells if column == key and _fills(heads[key].name, c.text)]
        found = sorted(cell.middle for cell in filled)
        heights = [c.height for c, column in cells if column == key]
        apart = 0.8 * float(np.median(heights)) if heights else 1.0
        for middle in found:
            if all(abs(middle - other) > apart for other in middles):
                middles.append(middle)
    return sorted(middles)


def _fills(name: str | None, text: str) -> bool:
    """Whether a cell holds what a row of that column holds."""
    if name == "date":
        return bool(re.search(r"\d{4}|\d{1,2}[-./月]\d{1,2}", text))
    if name in NUMBERS:
        return bool(re.search(r"\d", text)) and len(re.findall(r"[\u4e00-\u9fff]", text)) <= 2
    return bool(re.search(r"\w", text))
