"""Quantities with their places in a line, and the one that the line is about."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal

from bailing.terms import Quantity, Unit

_ORDER = (
    Unit.CNY,
    Unit.PERCENT,
    Unit.DAY,
    Unit.YEAR,
    Unit.SQM,
    Unit.VEHICLE,
    Unit.PERSON,
    Unit.PIECE,
)
_QUALIFIED = re.compile(r"\s*(?:都?是)?(?:自己|自家|自有|挂靠|租的?|买的|别人)")
_AMONG = re.compile(r"(?:其中|里面|当中|里头)有?\s*$")


@dataclass(frozen=True, slots=True)
class Span:
    """A quantity and where the line says it.

    Attributes:
        start: Its first character in the text.
        end: One past its last; the measure word is inside.
        quantity: What is stated, in its unit.
    """

    start: int
    end: int
    quantity: Quantity


@dataclass(frozen=True, slots=True)
class Item:
    """A number with its measure word, before periods are given to amounts.

    Attributes:
        start: Its first character.
        end: One past its last.
        quantity: What is counted; None for what is passed over, such as 9米6.
        kind: The kind of measure word.
    """

    start: int
    end: int
    quantity: Quantity | None
    kind: str

    @property
    def takes_period(self) -> bool:
        """Whether it can be per day, per month …: money and things."""
        return self.quantity is not None and self.quantity.unit in (Unit.CNY, Unit.PIECE)


def choose_one(text: str, spans: tuple[Span, ...]) -> Quantity | None:
    """The quantity that a line is about: see ``read_quantity``."""
    for unit in _ORDER:
        alike = [span.quantity for span in spans if span.quantity.unit is unit]
        if not alike:
            continue
        if unit in (Unit.VEHICLE, Unit.PERSON):
            return total(text, [span for span in spans if span.quantity.unit is unit])
        if unit is Unit.DAY:
            return max(alike, key=lambda quantity: quantity.high)
        with_period = [quantity for quantity in alike if quantity.period is not None]
        return (with_period or alike)[0]
    return None


def total(text: str, parts: list[Span]) -> Quantity:
    """The sum of things counted one by one, without what is only a part or a repeated total.

    Args:
        text: The line that the spans lie in.
        parts: Quantities of one unit, at least one: 三辆 两辆9米6一辆4米2 is three,
            四辆货车，三辆自己的 is four, 三辆自有两辆挂靠 is five.
    """
    counted: list[Quantity] = []
    qualified = False
    for span in parts:
        owned = bool(_QUALIFIED.match(text, span.end))
        within = bool(counted) and span.quantity.high < counted[-1].high
        if within and _AMONG.search(text, max(0, span.start - 4), span.start):
            continue
        if owned and not qualified and within:
            continue
        qualified = owned
        counted.append(span.quantity)
    largest = max(counted, key=lambda quantity: quantity.high)
    rest_high = sum((quantity.high for quantity in counted), Decimal(0)) - largest.high
    if len(counted) == 1 or (len(counted) > 2 and rest_high == largest.high):
        return largest
    low = sum((quantity.low for quantity in counted), Decimal(0))
    return replace(largest, low=low, high=rest_high + largest.high)
