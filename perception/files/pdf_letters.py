"""The letters of a PDF page's text layer with their boxes, in the order in which they are read.

Letters are asked for one by one: for the text within a rectangle PDFium leaves out those that fill
it to its edges. Of letters drawn as pictures of themselves (Type 3 fonts, as browsers print some
Chinese ones) it does not know the place; they stand where their neighbours leave room for them.
"""

from __future__ import annotations

import statistics
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

import pypdfium2.raw as pdfium

MAX_LETTERS = 30_000
"""On a page; the densest statement has some thousands."""
WORD_GAP = 0.8
"""Letters further apart than this share of the larger one's size are not one run: two words of a
line are at most three quarters of that apart, two columns of a table mostly twice."""
OFF, HUGE = 1.5, 2.5
"""A letter so many sizes off its line, or so many times larger than its neighbours, is astray."""

Edges = tuple[float, float, float, float]
"""Left, bottom, right and top in the page's own units."""
Letter = tuple[str, Edges]


def runs_of(text_page: Any) -> Iterator[Letter]:
    """Letters that stand close to one another as one text, and the box around them."""
    for line in _lines(text_page):
        for run in _apart(_settled(line)):
            left, bottom, right, top = zip(*(edges for _, edges in run), strict=True)
            text = "".join(letter for letter, _ in run)
            yield text, (min(left), min(bottom), max(right), max(top))


def _lines(text_page: Any) -> Iterator[list[Letter]]:
    line: list[Letter] = []
    for index in range(min(text_page.count_chars(), MAX_LETTERS)):
        letter = chr(pdfium.FPDFText_GetUnicode(text_page, index))
        if letter in "\r\n":
            if line:
                yield line
            line = []
        else:
            line.append((letter, text_page.get_charbox(index)))
    if line:
        yield line


def _settled(line: Sequence[Letter]) -> list[Letter]:
    """The line with letters that are astray put between their neighbours."""
    drawn = [edges for letter, edges in line if letter.strip()]
    if len(drawn) < 3:
        return list(line)
    size = statistics.median(_size(edges) for edges in drawn)
    across = statistics.median((e[0] + e[2]) / 2 for e in drawn)
    up = statistics.median((e[1] + e[3]) / 2 for e in drawn)

    def astray(letter: Letter) -> bool:
        edges = letter[1]
        off = (
            abs((edges[0] + edges[2]) / 2 - across) > OFF * size
            and abs((edges[1] + edges[3]) / 2 - up) > OFF * size
        )
        return bool(letter[0].strip()) and (off or _size(edges) > HUGE * size)

    settled: list[Letter] = []
    groups = [(lost, list(letters)) for lost, letters in groupby(line, astray)]
    for place, (lost, letters) in enumerate(groups):
        if not lost:
            settled += letters
            continue
        before = settled[-1][1] if settled else None
        after = groups[place + 1][1][0][1] if place + 1 < len(groups) else None
        settled += _between(letters, before, after, size)
    return settled


def _between(
    letters: Sequence[Letter], before: Edges | None, after: Edges | None, size: float
) -> list[Letter]:
    """Letters side by side from the one before them to the one behind, along a level line."""
    beside = before or after
    if beside is None:
        return list(letters)
    start = before[2] if before else beside[0] - size * len(letters)
    end = after[0] if after else start + size * len(letters)
    step = (end - start) / len(letters) if end > start else size
    return [
        (letter, (start + n * step, beside[1], start + (n + 1) * step, beside[1] + size))
        for n, (letter, _) in enumerate(letters)
    ]


def _apart(line: Sequence[Letter]) -> Iterator[list[Letter]]:
    run: list[Letter] = []
    spaced = False
    for letter, edges in line:
        if not letter.strip():
            spaced = True
            continue
        if run:
            last = run[-1][1]
            if _gap(last, edges) > WORD_GAP * max(_size(last), _size(edges)):
                yield run
                run = []
            elif spaced:
                run.append((" ", edges))
        run.append((letter, edges))
        spaced = False
    if run:
        yield run


def _gap(one: Edges, other: Edges) -> float:
    """How far apart two boxes are, across or up, in the page's units."""
    across = max(one[0], other[0]) - min(one[2], other[2])
    up = max(one[1], other[1]) - min(one[3], other[3])
    return max(0.0, across, up)


def _size(edges: Edges) -> float:
    return max(edges[2] - edges[0], edges[3] - edges[1])
