"""A page cut into labels and what stands between them.

Labels are found letter by letter without regard to spaces, brackets and case; several may stand
in one line. A label that is followed by no colon counts at a line's start or behind a gap only:
elsewhere it is a word of the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from perception.page.layout import Placed, beside, rows
from perception.voucher_files import VoucherFile

ALIKE = str.maketrans("（）【】［］：﹕；，／．", "()[][]::;,/.")
"""Marks of Chinese print that readers mix up with the narrow ones."""
LEAD = re.compile(
    r"^[\s(*·•.\-_—|'\"]*(?:(?:第?[\d一二三四五六七八九十]{1,3}[、.,)条]){1,2})?[*(]?"
)
"""What may stand before a line's first label: a bullet, a number."""
TAIL = r"(?:\([^()]{1,14}\)|/[\u4e00-\u9fff]{1,3}[方人])?[:]?"
"""What belongs to a label behind it: a remark in brackets, another name of a party, a colon."""
OTHER_WORD = re.compile(r"[\u4e00-\u9fff]{1,6}:")
"""What behind a label makes it the beginning of a longer one that is not known."""
SHORT = 2
MOST_OF_A_LABEL = 8
LETTERS_JOINED = 3.5
"""Single letters of a label stand up to so many of their heights apart."""
EXACT, CLOSE, CALLED = 1.0, 0.85, 0.9
"""How surely a label is that label: as it is, with one letter misread, or called much like it."""
WORD = re.compile(
    r"(?:^|(?<=[\s;；,，。]))[\s(（]*(?:[\d一二三四五六七八九十]{1,2}[、.．])?"
    r"([\u4e00-\u9fff][\u4e00-\u9fff/／]{1,9}(?:[(（][^()（）]{1,8}[)）])?)\s*(?:[:：]|\s|$)"
)
"""A short word before a colon, a gap or the line's end: what a label looks like."""
FUZZY_FROM = 4
"""Labels of so many letters are known with one of them misread."""


@dataclass(frozen=True, slots=True)
class Label:
    """A label that stands on the page.

    Attributes:
        names: The fields that it may be of; none for a label without a field.
        text: The label itself, as the voucher file writes it.
        at: Where it stands.
        sure: Probability in [0, 1] that it is one.
        colon: Whether a colon follows.
    """

    names: frozenset[str]
    text: str
    at: Placed
    sure: float
    colon: bool


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page: its labels, the text between them, and its lines whole."""

    labels: tuple[Label, ...]
    pieces: tuple[Placed, ...]
    lines: tuple[Placed, ...]


class LabelBook:
    """The labels of one kind of voucher."""

    def __init__(self, file: VoucherFile) -> None:
        names: dict[str, set[str]] = {plain(word): set() for word in file.stops}
        for field in file.fields:
            for word in field.labels:
                names.setdefault(plain(word), set()).add(field.name)
        self._names = {word: frozenset(found) for word, found in names.items()}
        ordered = sorted(self._names, key=len, reverse=True)
        self._pattern = re.compile(f"({'|'.join(map(re.escape, ordered)) or '(?!)'}){TAIL}")
        self._called = [
            (re.compile(expression), field.name)
            for field in file.fields
            for expression in field.called
        ]
        self._long = [word for word in ordered if len(word) >= FUZZY_FROM]

    def sheet(self, lines: Sequence[Placed]) -> Sheet:
        """Cut a page into labels and what stands between them."""
        labels: list[Label] = []
        pieces: list[Placed] = []
        whole = self._stacked(self._letters_joined(lines))
        for line in whole:
            found = list(self._in_line(line)) or self._nearly(line)
            found = sorted([*found, *self._by_call(line, found)], key=lambda hit: hit[1])
            labels += [label for label, _, _ in found]
            pieces += _between(line, [(start, end) for _, start, end in found])
        return Sheet(tuple(labels), tuple(pieces), tuple(whole))

    def _in_line(self, line: Placed) -> Iterator[tuple[Label, int, int]]:
        """Labels with where they begin and end in the line's own text."""
        text, at = _compact(line.text)
        lead = LEAD.match(text)
        first = lead.end() if lead else 0
        for hit in self._pattern.finditer(text):
            colon = hit.group().endswith(":")
            gap = hit.start() == 0 or at[hit.start()] > at[hit.start() - 1] + 1
            begins = hit.start() <= first or gap
            if not (begins or colon or text[hit.start() - 1] in ";,。"):
                continue
            if not colon and self._is_longer(text[hit.end() :]):
                continue
            if not colon and len(hit[1]) <= SHORT and not self._ends(text, at, hit.end(), begins):
                continue
            end = at[hit.end()] if hit.end() < len(at) else len(line.text)
            head = part(line, at[hit.start()], at[hit.end() - 1] + 1)
            yield Label(self._names[hit[1]], hit[1], head, EXACT, colon), at[hit.start()], end

    def _by_call(
        self, line: Placed, found: Sequence[tuple[Label, int, int]]
    ) -> Iterator[tuple[Label, int, int]]:
        """Labels that no file spells out, but that are called much like one."""
        for hit in WORD.finditer(line.text):
            start, end = hit.span()
            if any(a < end and start < b for _, a, b in found):
                continue
            colon = hit.group().rstrip().endswith((":", "："))
            word = plain(hit[1])
            names = frozenset(n for pattern, n in self._called if pattern.fullmatch(word))
            if names and (colon or end >= len(line.text) or line.text[end - 1].isspace()):
                yield Label(names, word, part(line, start, end), CALLED, colon), start, end

    def _is_longer(self, behind: str) -> bool:
        """Whether what follows makes another label of it: 供应商 before 确认 and a colon."""
        hit = OTHER_WORD.match(behind)
        if hit is None:
            return False
        return not any(hit.group().endswith(f"{word}:") for word in self._names)

    def _ends(self, text: str, at: Sequence[int], end: int, begins: bool) -> bool:
        """Whether a short label without a colon ends here, and is not the start of a word."""
        if end >= len(text) or at[end] > at[end - 1] + 1:
            return True
        return begins and (not "\u4e00" <= text[end] <= "\u9fff" or len(text) - end >= SHORT)

    def _nearly(self, line: Placed) -> list[tuple[Label, int, int]]:
        """A longer label at the line's start with one letter misread."""
        text, at = _compact(line.text)
        for word in self._long:
            head = text[: len(word)]
            if len(head) < len(word) or sum(a != b for a, b in zip(head, word, strict=True)) != 1:
                continue
            rest = re.match(TAIL, text[len(word) :])
            end = len(word) + (rest.end() if rest else 0)
            colon = text[end - 1] == ":"
            if colon or end == len(text) or at[end] > at[end - 1] + 1 or self._names[word]:
                until = at[end] if end < len(at) else len(line.text)
                label = Label(self._names[word], word, part(line, 0, at[end - 1] + 1), CLOSE, colon)
                return [(label, 0, until)]
        return []

    def _stacked(self, lines: Sequence[Placed]) -> list[Placed]:
        """Labels that a narrow cell breaks into two lines, put together."""
        joined: list[Placed] = []
        used: set[int] = set()
        for upper in (x for x in lines if len(x.text) <= MOST_OF_A_LABEL):
            for lower in lines:
                if id(lower) in used or not _hangs_under(upper, lower):
                    continue
                if self._pattern.fullmatch(plain(upper.text + lower.text)):
                    middle, half = (upper.y0 + lower.y1) / 2, upper.height / 2
                    joined.append(
                        replace(
                            upper,
                            text=upper.text + lower.text,
                            x0=min(upper.x0, lower.x0),
                            x1=max(upper.x1, lower.x1),
                            y0=middle - half,
                            y1=middle + half,
                        )
                    )
                    used |= {id(upper), id(lower)}
                    break
        return [x for x in lines if id(x) not in used] + joined

    def _letters_joined(self, lines: Sequence[Placed]) -> list[Placed]:
        """Labels of which each letter was read as a line of its own, put together."""
        singles = [x for x in lines if len(x.text.strip(" :：")) == 1 and x.text > "\u2e80"]
        joined, used = self._first_letters_joined(singles, lines)
        for row in rows([x for x in singles if id(x) not in used]):
            run: list[Placed] = []
            for letter in [*row, None]:
                if letter is not None and run and _follows(run[-1], letter):
                    run.append(letter)
                    continue
                word = plain("".join(x.text for x in run)).rstrip(":")
                if len(run) > 1 and word in self._names:
                    joined.append(_one(run))
                    used |= {id(x) for x in run}
                run = [letter] if letter is not None else []
        return [x for x in lines if id(x) not in used] + joined

    def _first_letters_joined(
        self, singles: Sequence[Placed], lines: Sequence[Placed]
    ) -> tuple[list[Placed], set[int]]:
        """Two-letter labels of which the first was read alone, the second with the value."""
        joined: list[Placed] = []
        used: set[int] = set()
        for first in singles:
            for second in lines:
                word = plain(first.text + second.text[:1])
                if len(second.text) > 1 and word in self._names and _follows(first, second):
                    joined.append(replace(second, text=first.text + second.text, x0=first.x0))
                    used |= {id(first), id(second)}
                    break
        return joined, used


def plain(text: str) -> str:
    """A text as labels are compared: no spaces, narrow marks, capitals."""
    return re.sub(r"\s", "", text.translate(ALIKE)).upper()


def _compact(text: str) -> tuple[str, list[int]]:
    """The text as labels are compared, and where each of its letters stands in the original."""
    at = [i for i, letter in enumerate(text) if not letter.isspace()]
    return "".join(text[i].translate(ALIKE).upper()[:1] or text[i] for i in at), at


def _between(line: Placed, taken: Sequence[tuple[int, int]]) -> list[Placed]:
    """What a line holds besides its labels."""
    edges = [0, *(edge for span in taken for edge in span), len(line.text)]
    spans = zip(edges[::2], edges[1::2], strict=True)
    return [part(line, a, b) for a, b in spans if line.text[a:b].strip(" _.·|-—")]


def part(line: Placed, start: int, end: int) -> Placed:
    """A stretch of a line, as wide as its letters are."""
    text = line.text
    total = max(1.0, width(text))
    span = line.x1 - line.x0
    return replace(
        line,
        text=text[start:end].strip(),
        x0=line.x0 + span * width(text[:start]) / total,
        x1=line.x0 + span * width(text[:end]) / total,
    )


def on_row(at: Placed, piece: Placed) -> bool:
    """Whether two pieces stand on one row of print."""
    if at.line is piece.line:
        return True
    return beside(at, piece) and abs(at.middle - piece.middle) < 0.6 * max(at.height, piece.height)


def width(text: str) -> float:
    """How wide a text is, in Chinese letters."""
    return sum(0.5 if ord(letter) < 0x2E80 else 1.0 for letter in text)


def _hangs_under(upper: Placed, lower: Placed) -> bool:
    """Whether a short line stands right beneath another, its beginning or its middle under it."""
    if lower is upper or len(lower.text) > MOST_OF_A_LABEL:
        return False
    height = min(upper.height, lower.height)
    close = -0.5 * height < lower.y0 - upper.y1 < 0.9 * height
    centred = abs(upper.x0 + upper.x1 - lower.x0 - lower.x1) / 2 < height
    return close and (centred or abs(upper.x0 - lower.x0) < height)


def _follows(left: Placed, right: Placed) -> bool:
    return beside(left, right) and right.x0 - left.x1 < LETTERS_JOINED * left.height


def _one(run: Sequence[Placed]) -> Placed:
    first, last = run[0], run[-1]
    return replace(first, text="".join(x.text.strip() for x in run), x1=last.x1)


def names_of(labels: Sequence[Label]) -> Mapping[str, list[Label]]:
    """The labels of each field, in the order of the page."""
    found: dict[str, list[Label]] = {}
    for label in labels:
        for name in label.names:
            found.setdefault(name, []).append(label)
    return found
