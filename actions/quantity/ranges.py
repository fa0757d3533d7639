"""One number at a place of a line, and two of them as one range: 20-30万, 三千五千, 5 to 10k."""

from __future__ import annotations

import re
from dataclasses import replace

from actions.quantity.english import START_WORDS, read_english
from actions.quantity.measures import Measure, find_measure
from actions.quantity.numerals import Number, read_chinese

START = re.compile(
    rf"(?<![\d.])\d|[大小]几|[零一二两三四五六七八九十百千万半几好数俩仨]|"
    rf"(?<![a-z]){START_WORDS}(?![a-z])"
)
_JOIN = re.compile(r"\s*(?:-|~|到|至|或者?|to|or|and|、)\s*(?:¥|rmb\s?)?(?!半(?!年|个月))")
_NEXT_TO = re.compile(r"[、，,]?\s?")
_BETWEEN = re.compile(r"between\s+$")
_DIRECT_RANGE = {
    "ge",
    "day",
    "year",
    "month",
    "vehicle",
    "person",
    "yuan",
    "week",
    "sqm",
    "percent",
}


def read_number(text: str, at: int) -> Number | None:
    """The number that begins at a place of a cleared text, in whichever script reads more."""
    first = text[at]
    if first.isascii() and first.isalpha():
        return read_english(text, at)
    number = read_chinese(text, at)
    if first.isdigit() and first.isascii():
        english = read_english(text, at)
        if english and (number is None or english.end > number.end):
            return english
    return number


def join_range(
    text: str, first: Number, measure: Measure | None
) -> tuple[Number, Measure | None] | None:
    """Two numbers with 到, a dash or ``to`` between them, or side by side, as one range."""
    if measure is not None and measure.kind == "skip":
        return None
    end = measure.end if measure else first.end
    gap = _JOIN.match(text, end)
    side_by_side = gap is None
    if gap is None:
        gap = _NEXT_TO.match(text, end)
    if gap is None or gap.end() >= len(text) or not START.match(text, gap.end()):
        return None
    word = gap.group().strip()
    if (
        word in ("and", "、", ",", "，")
        and not _BETWEEN.search(text, max(0, first.start - 10), first.start)
        and word != "、"
    ):
        return None
    second = read_number(text, gap.end())
    if second is None:
        return None
    after = find_measure(text, second.end)
    if side_by_side and not _may_touch(text, first, measure, second, after, gap.group()):
        return None
    return _range(
        first, measure, second, after, either_way=side_by_side or word in ("或", "或者", "or")
    )


def _may_touch(
    text: str,
    first: Number,
    measure: Measure | None,
    second: Number,
    after: Measure | None,
    gap: str,
) -> bool:
    """Whether 三千五千, 十来二十万, 三天两天 are meant as one range."""
    if gap:
        return False
    kind, other = (m.kind if m else None for m in (measure, after))
    if kind is None:
        return (first.high != second.high and second.written) or (
            first.low >= 9 and second.low >= 10
        )
    same_words = measure and after and text[first.end : measure.end] == text[second.end : after.end]
    return kind == other and kind in _DIRECT_RANGE and bool(same_words)


def _range(
    first: Number,
    measure: Measure | None,
    second: Number,
    after: Measure | None,
    *,
    either_way: bool,
) -> tuple[Number, Measure | None] | None:
    """From the first to the second, with the measure word that both share; None for no range."""
    if measure is not None and not _shares(measure, second, after):
        return None
    low, high = _same_magnitude(first, second, bare=measure is None, last_bare=after is None)
    ends = (low.low, high.high)
    if either_way and high.high < low.low:
        ends = (high.low, low.high)
    if ends[0] > ends[1]:
        return None
    group, written = max(first.group, second.group), first.written or second.written
    number = Number(first.start, second.end, *ends, group, written)
    if after is None and measure is not None:
        after = replace(measure, end=second.end)
    return number, after


def _shares(measure: Measure, second: Number, after: Measure | None) -> bool:
    """Whether the second number can have the first one's measure word: 10%到15, 两天到三天."""
    if after is not None:
        return measure.kind == after.kind
    large = second.written or second.high >= 1_000
    return not large or measure.kind in ("yuan", "sqm")


def _same_magnitude(
    first: Number, second: Number, *, bare: bool, last_bare: bool
) -> tuple[Number, Number]:
    """Lends the 万 or k of one end to the other: 20-30万, 三万到五."""
    if bare and second.group > 1 and first.group == 1:
        share = second.high / second.group
        if first.high <= share or (first.high < 10_000 and not first.written):
            size = second.group
            return replace(first, low=first.low * size, high=first.high * size), second
    if bare and last_bare and first.group > 1 == second.group and second.high < first.low:
        size = first.group
        return first, replace(second, low=second.low * size, high=second.high * size)
    return first, second
