"""What comes into an account and leaves it, row by row, with the balance after each.

What sorts of movements there are stands in ``movements.yml``.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import yaml

from perception.synthesis.contents.banks import bank_name
from perception.synthesis.contents.firms import Company, any_firm
from perception.synthesis.contents.money import CENT
from perception.synthesis.contents.numbers import card_number, digits, firm_account
from perception.synthesis.contents.people import person
from perception.synthesis.contents.places import any_place

_INTEREST_DAY = 21
_INTEREST_MONTHS = (3, 6, 9, 12)
_KEPT = Decimal("0.8")
"""Share of the balance that one payment leaves at most."""


@dataclass(frozen=True, slots=True)
class Party:
    """Who stands at the other end.

    Attributes:
        name: Empty for the bank itself or cash.
        account: Its account; empty with the name.
        bank: Where the account is.
    """

    name: str
    account: str
    bank: str


@dataclass(frozen=True, slots=True)
class Movement:
    """One row of a statement.

    Attributes:
        at: When it was booked.
        summary: 摘要.
        note: 附言 or 用途, may be empty.
        channel: How it was ordered.
        amount_cny: Positive for what comes in; never zero.
        balance_cny: Of the account after it.
        party: The other end.
        serial: The bank's number for it.
    """

    at: datetime
    summary: str
    note: str
    channel: str
    amount_cny: Decimal
    balance_cny: Decimal
    party: Party
    serial: str

    @property
    def received_cny(self) -> Decimal | None:
        """What came in; None if it went out."""
        return self.amount_cny if self.amount_cny > 0 else None

    @property
    def paid_cny(self) -> Decimal | None:
        """What went out; None if it came in."""
        return -self.amount_cny if self.amount_cny < 0 else None


@dataclass(frozen=True, slots=True)
class Movements:
    """All rows of a period.

    Attributes:
        opening_cny: Balance before the first row.
        rows: In order of time.
    """

    opening_cny: Decimal
    rows: tuple[Movement, ...]

    @property
    def total_in_cny(self) -> Decimal:
        """All that came in."""
        return sum((r.received_cny or Decimal(0) for r in self.rows), Decimal(0)).quantize(CENT)

    @property
    def total_out_cny(self) -> Decimal:
        """All that went out, as a positive number."""
        return sum((r.paid_cny or Decimal(0) for r in self.rows), Decimal(0)).quantize(CENT)

    @property
    def closing_cny(self) -> Decimal:
        """Balance after the last row."""
        return self.rows[-1].balance_cny if self.rows else self.opening_cny


@dataclass(frozen=True, slots=True)
class _Sort:
    """A sort of movement: words, sign, from and to in yuan, who is at the other end, how often."""

    summaries: list[str]
    notes: list[str]
    channel: str
    sign: int
    low: float
    high: float
    other: str
    weight: float
    whole: bool = False


@cache
def _sorts(whose: str) -> tuple[_Sort, ...]:
    text = (Path(__file__).parent / "movements.yml").read_text(encoding="utf-8")
    rows: Any = yaml.safe_load(text)
    return tuple(_Sort(**row) for row in rows[whose])


_CLEARING = ("财付通示例支付科技有限公司", "支付宝示例网络技术有限公司", "银联示例商务支付有限公司")


def movements(
    rng: np.random.Generator, first: date, last: date, count: int, *, personal: bool = False
) -> Movements:
    """So many rows between two days, both included; the balance never falls below zero.

    Args:
        rng: Source of chance.
        first: First day of the period.
        last: Last day of the period.
        count: Rows, one at least.
        personal: A person's account rather than a firm's.
    """
    sorts = _sorts("person" if personal else "firm")
    circle = _circle(rng)
    opening = Decimal(int(rng.integers(80_000, 24_000_000))) / 100
    balance = opening
    weights = np.array([each.weight for each in sorts])
    rows: list[Movement] = []
    for at in _moments(rng, first, last, count):
        row = _movement(rng, at, sorts[rng.choice(len(sorts), p=weights / weights.sum())], circle)
        if at.day == _INTEREST_DAY and at.month in _INTEREST_MONTHS and rng.random() < 0.6:
            row = _interest(rng, at, balance)
        elif row.amount_cny < 0 and -row.amount_cny > balance * _KEPT:
            row = _movement(rng, at, sorts[0], circle)
        balance += row.amount_cny
        rows.append(replace(row, balance_cny=balance))
    return Movements(opening, tuple(rows))


def _moments(rng: np.random.Generator, first: date, last: date, count: int) -> list[datetime]:
    days = (last - first).days + 1
    found = []
    for _ in range(count):
        day = first + timedelta(days=int(rng.integers(days)))
        second = int(np.clip(rng.normal(14 * 3600, 4 * 3600), 1800, 86000))
        found.append(datetime.combine(day, time()) + timedelta(seconds=second))
    return sorted(found)


def _circle(rng: np.random.Generator) -> dict[str, list[Party]]:
    """Those with whom the account has to do again and again."""

    def firm(known: Company) -> Party:
        return Party(known.name, known.account, known.bank)

    def someone(name: str) -> Party:
        return Party(name, card_number(rng), bank_name(rng, any_place(rng)))

    town = any_place(rng)
    treasury = Party(f"国家金库{town.bare_town}示例支库", digits(rng, 15), "")
    works = [f"国网示例供电公司{town.bare_town}营业部", f"{town.bare_town}示例水务有限公司"]
    return {
        "firm": [firm(any_firm(rng, sole_share=0.15)) for _ in range(int(rng.integers(4, 9)))],
        "shop": [firm(any_firm(rng, sole_share=0.85)) for _ in range(int(rng.integers(4, 8)))],
        "person": [someone(person(rng)) for _ in range(int(rng.integers(3, 8)))],
        "clearing": [Party(_CLEARING[rng.integers(3)], firm_account(rng), "") for _ in range(2)],
        "treasury": [treasury],
        "utility": [Party(name, digits(rng, 16), "") for name in works],
        "none": [Party("", "", "")],
    }


def _movement(
    rng: np.random.Generator, at: datetime, sort: _Sort, circle: dict[str, list[Party]]
) -> Movement:
    rough = float(np.exp(rng.uniform(np.log(sort.low), np.log(sort.high))))
    amount = Decimal(str(round(rough, 2))).quantize(CENT)
    if sort.whole or (rough > 800 and rng.random() < 0.35):
        amount = Decimal(max(100, round(rough / 100) * 100)).quantize(CENT)
    parties = circle[sort.other]
    return Movement(
        at=at,
        summary=sort.summaries[rng.integers(len(sort.summaries))],
        note=sort.notes[rng.integers(len(sort.notes))],
        channel=sort.channel,
        amount_cny=sort.sign * amount,
        balance_cny=Decimal(0),
        party=parties[rng.integers(len(parties))],
        serial=digits(rng, 12),
    )


def _interest(rng: np.random.Generator, at: datetime, balance: Decimal) -> Movement:
    """A quarter's interest at 0.2 % a year."""
    amount = max(CENT, (balance * Decimal("0.002") / 4).quantize(CENT))
    none = Party("", "", "")
    return Movement(at, "结息", "", "系统", amount, Decimal(0), none, digits(rng, 12))
