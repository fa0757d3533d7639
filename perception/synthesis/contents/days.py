"""Days in an order that makes sense."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np

FIRST = date(2023, 1, 3)
LAST = date(2026, 10, 30)


def any_day(rng: np.random.Generator, first: date = FIRST, last: date = LAST) -> date:
    """A day between two, both included.

    Raises:
        ValueError: ``last`` lies before ``first``.
    """
    span = (last - first).days
    if span < 0:
        raise ValueError(f"{last} lies before {first}")
    return first + timedelta(days=int(rng.integers(0, span + 1)))


def after(rng: np.random.Generator, day: date, least: int, most: int) -> date:
    """A day so many days later, both bounds included."""
    return day + timedelta(days=int(rng.integers(least, most + 1)))


def years_later(day: date, years: int) -> date:
    """The same day so many years later; 28 February for the 29th."""
    if day.month == 2 and day.day == 29:
        return date(day.year + years, 2, 28)
    return day.replace(year=day.year + years)
