"""From a merchant's line to its quantities, each with unit and period.

A line is read from left to right: a number (``numerals``, ``english``), the measure word behind
it (``measures``), a second number where both make a range, the words around it that move its ends
(``modifiers``); then set phrases (``named``) and, for amounts, the period (``periods``).
"""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from actions.quantity.measures import Measure, find_measure
from actions.quantity.modifiers import factors_after, factors_before
from actions.quantity.named import find_named
from actions.quantity.numerals import Number
from actions.quantity.periods import Cue, choose, cue_of_length, find_cues, share_of
from actions.quantity.ranges import START, join_range, read_number
from actions.quantity.spans import Item, Span, choose_one
from actions.quantity.text import blank_out, normalise
from actions.quantity.units import unit_of
from bailing.terms import Quantity, Unit

MOST = 24
"""Quantities that are read in one line; nobody states more."""
TRIES = 80
"""Places that may begin a number and are looked at in one line."""

_SENTENCE_END = re.compile(r"[。；;！!？?\n]|\.(?=\s|$)")
_COMMA = re.compile(r"，|,(?!\d{3})")
_PERCENT_OF = re.compile(r"(百|千)分之\s*$")
_NEGATIVE = re.compile(r"(?:(?<![一-龥])负\s*|(?<![\w一-龥)）])[-−])$")
"""负三万 or -3万, where no range is meant: nothing that a business has is below nothing."""
_FRACTION = re.compile(r"分之")
_RECENT = re.compile(r"(?<![将接附])近\s*$")
"""近三个月 is the last three months; 近三年 may be nearly three years."""
_CURRENCY = re.compile(r"(?:¥|rmb|cny|人民币|yuan)\s*$")


def read_quantities(text: str) -> tuple[Span, ...]:
    """Every quantity of a line, in order. Text beyond 4,000 characters is not looked at."""
    plain = normalise(text)
    clear = blank_out(plain)
    items = _with_named(plain, _items(clear))
    cues = _cues(plain, clear, items)
    return tuple(_with_periods(clear, items, cues))


def read_quantity(text: str) -> Quantity | None:
    """The quantity that a line is about; None where it states none.

    Money goes before shares, lengths, areas and counts; things counted one by one are added up,
    unless the line also names their total (三辆 两辆9米6一辆4米2 is three).
    """
    return choose_one(text, read_quantities(text))


def _items(text: str) -> list[Item]:
    """The numbers of a cleared text with their measure words, in order."""
    items: list[Item] = []
    position = 0
    for _ in range(TRIES):
        found = START.search(text, position)
        if found is None or len(items) >= MOST:
            break
        item = _item(text, found.start())
        if item is None:
            position = found.start() + 1
            continue
        position = item.end
        if item.quantity is not None:
            items.append(item)
    return items


def _item(text: str, at: int) -> Item | None:
    """The quantity that begins at a place; an item without quantity is to be passed over."""
    number = read_number(text, at)
    if number is None:
        return None
    if _NEGATIVE.search(text, 0, at):
        return Item(at, number.end, None, "skip")
    if (share := _share(text, at, number)) is not None:
        return share
    measure = find_measure(text, number.end)
    short = measure is not None and measure.kind in ("month", "week", "day")
    if not (short and _RECENT.search(text, max(0, at - 3), at)):
        low, high = factors_before(text, at)
        number = replace(number, low=number.low * low, high=number.high * high)
    joined = join_range(text, number, measure)
    if joined is not None:
        number, measure = joined
    if measure is not None and measure.kind == "skip":
        return Item(at, measure.end, None, "skip")
    return _measured(text, number, measure)


def _measured(text: str, number: Number, measure: Measure | None) -> Item | None:
    """A number with its measure word as an item, its ends moved by the words behind."""
    end = measure.end if measure else number.end
    low, high, about_end = factors_after(text, end)
    if about_end > end and measure is None and (late := find_measure(text, about_end)):
        measure, about_end = late, late.end
    unit, factor, kind = unit_of(
        text, number, measure, bool(_CURRENCY.search(text, max(0, number.start - 8), number.start))
    )
    if unit is None:
        return Item(number.start, number.end, None, kind)
    add_low, add_high = (measure.add_low, measure.add_high) if measure else (Decimal(0), Decimal(0))
    if number.high < 1:
        add_low, add_high = add_low * number.low, add_high * number.high
    quantity = Quantity(
        _short((number.low + add_low) * factor * low),
        _short((number.high + add_high) * factor * high),
        unit,
    )
    return Item(number.start, about_end if about_end > end else end, quantity, kind)


def _short(value: Decimal) -> Decimal:
    """A number without needless zeros, to a hundredth at the finest."""
    value = round(value, 2)
    return value.quantize(Decimal(1)) if value == value.to_integral_value() else value.normalize()


def _share(text: str, at: int, number: Number) -> Item | None:
    """百分之十五, 千分之三, 三分之一."""
    if found := _PERCENT_OF.search(text, max(0, at - 4), at):
        factor = Decimal(1) if found[1] == "百" else Decimal("0.1")
        joined = join_range(text, number, None)
        number = joined[0] if joined else number
        low, high, end = factors_after(text, number.end)
        before = factors_before(text, found.start())
        quantity = Quantity(
            number.low * factor * low * before[0],
            number.high * factor * high * before[1],
            Unit.PERCENT,
        )
        return Item(found.start(), end, quantity, "percent")
    if found := _FRACTION.match(text, number.end):
        whole = number.low
        part = read_number(text, found.end()) if found.end() < len(text) else None
        if part and whole > 0 and part.high <= whole and whole not in (100, 1000):
            share = (part.low / whole * 100).quantize(Decimal("0.1"))
            return Item(at, part.end, Quantity(share, share, Unit.PERCENT), "percent")
        return Item(at, found.end(), None, "skip")
    return None


def _with_named(text: str, items: list[Item]) -> list[Item]:
    """The items with set phrases among them; of two in one place the longer stays."""
    for start, end, quantity in find_named(text, MOST):
        inside = [i for i in items if i.start < end and start < i.end]
        if any(i.end - i.start > end - start for i in inside):
            continue
        follows = any(
            0 <= i.start - end <= 3 and i.quantity and i.quantity.unit is quantity.unit is Unit.DAY
            for i in items
        )
        if follows:
            continue
        items = [i for i in items if i not in inside]
        items.append(Item(start, end, quantity, "named"))
    apart: list[Item] = []
    for item in sorted(items, key=lambda item: item.start):
        if not apart or apart[-1].end <= item.start:
            apart.append(item)
    return apart


def _cues(plain: str, clear: str, items: list[Item]) -> list[Cue]:
    """Namings of periods, and lengths of time beside an amount, in order."""
    cues = find_cues(plain, MOST)
    if not any(i.takes_period for i in items):
        return []
    for item in items:
        if item.quantity and (cue := cue_of_length(clear, item.start, item.end, item.quantity)):
            same = [c for c in cues if c.start <= cue.start and cue.end <= c.end]
            if not any(c.period is cue.period for c in same):
                cues = [c for c in cues if c.end <= cue.start or cue.end <= c.start]
                cues.append(cue)
    return sorted(cues, key=lambda cue: cue.start)


def _with_periods(text: str, items: list[Item], cues: list[Cue]) -> list[Span]:
    """Spans with their periods; lengths of time that served as a period are gone."""
    walls = [found.start() for found in _SENTENCE_END.finditer(text)] if cues else []
    commas = [found.start() for found in _COMMA.finditer(text)] if cues else []
    taken: dict[int, int] = {}
    spans: list[Span] = []
    for item in items:
        quantity = item.quantity
        if quantity is None:
            continue
        if item.takes_period:
            chosen = choose(item.start, item.end, cues, taken, (walls, commas))
            if chosen is not None:
                taken[chosen] = taken.get(chosen, 0) + 1
                quantity = share_of(quantity, cues[chosen])
        spans.append(Span(item.start, item.end, quantity))
    used = [cues[i] for i in taken]
    return [s for s in spans if not any(c.start <= s.start and s.end <= c.end for c in used)]
