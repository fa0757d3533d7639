"""Balance sheets and profit statements that add up; their lines stand in ``accounts.yml``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import yaml

from perception.synthesis.contents.money import CENT
from perception.synthesis.contents.taxes import cents

Sums = Mapping[str, Decimal]
_NOTHING = "-"


@dataclass(frozen=True, slots=True)
class SheetLine:
    """One line of a sheet.

    Attributes:
        words: As printed.
        name: Which number stands there; None on a heading, empty on a line that stays empty.
        number: 行次, counted over the lines that are no headings; 0 on a heading.
    """

    words: str
    name: str | None
    number: int


@cache
def _sheets() -> dict[str, Any]:
    text = (Path(__file__).parent / "accounts.yml").read_text(encoding="utf-8")
    sheets: dict[str, Any] = yaml.safe_load(text)
    return sheets


def sheet(name: str, first: int = 1) -> tuple[SheetLine, ...]:
    """The lines of a sheet, numbered from ``first``.

    Raises:
        KeyError: There is no such sheet.
    """
    lines: list[SheetLine] = []
    number = first
    for words, *rest in _sheets()[name]:
        if not rest:
            lines.append(SheetLine(words, None, 0))
            continue
        lines.append(SheetLine(words, "" if rest[0] == _NOTHING else rest[0], number))
        number += 1
    return tuple(lines)


def balance(rng: np.random.Generator, size_cny: float, before: Sums | None = None) -> Sums:
    """A firm's numbers on one day.

    Args:
        rng: Source of chance.
        size_cny: About its total assets.
        before: Its numbers a year earlier: what does not move within a year stays.
    """
    old = before or {}

    def part(low: float, high: float, chance: float = 1.0) -> Decimal:
        if rng.random() > chance:
            return Decimal("0.00")
        return Decimal(str(round(size_cny * float(rng.uniform(low, high)), 2))).quantize(CENT)

    of: dict[str, Decimal] = {
        "cash": part(0.04, 0.25),
        "notes_receivable": part(0.01, 0.05, 0.15),
        "receivables": part(0.08, 0.35),
        "prepaid": part(0.01, 0.1, 0.6),
        "other_receivables": part(0.005, 0.08, 0.7),
        "materials": part(0.01, 0.08, 0.4),
        "merchandise": part(0.08, 0.3),
        "fixed_cost": old.get("fixed_cost", part(0.1, 0.4)),
        "intangibles": old.get("intangibles", part(0.01, 0.06, 0.25)),
        "deferred_costs": part(0.005, 0.04, 0.35),
        "payables": part(0.06, 0.28),
        "advances": part(0.005, 0.08, 0.5),
        "wages": part(0.004, 0.03, 0.8),
        "taxes": part(0.001, 0.02),
        "other_payables": part(0.01, 0.12, 0.7),
        "short_loans": _round(part(0.03, 0.15, 0.5)),
        "long_loans": old.get("long_loans", _round(part(0.05, 0.15, 0.2))),
        "capital": old.get("capital", _round(part(0.1, 0.3))),
        "surplus": old.get("surplus", part(0.001, 0.02, 0.5)),
    }
    worn = old.get("depreciation", Decimal(0)) + cents(of["fixed_cost"] * Decimal("0.095"))
    of["depreciation"] = min(worn, cents(of["fixed_cost"] * Decimal("0.95")))
    return _totalled(of)


def _round(amount: Decimal) -> Decimal:
    return (amount / 10_000).quantize(Decimal(1)) * Decimal("10000.00")


def _totalled(of: dict[str, Decimal]) -> Sums:
    of["inventory"] = of["materials"] + of["merchandise"]
    of["fixed_assets"] = of["fixed_cost"] - of["depreciation"]
    current = ("cash", "notes_receivable", "receivables", "prepaid", "other_receivables")
    of["current_assets"] = sum((of[name] for name in current), of["inventory"])
    of["fixed_total"] = of["fixed_assets"] + of["intangibles"] + of["deferred_costs"]
    of["total_assets"] = of["current_assets"] + of["fixed_total"]
    owed = ("payables", "advances", "wages", "taxes", "other_payables")
    of["current_liabilities"] = sum((of[name] for name in owed), of["short_loans"])
    of["long_liabilities"] = of["long_loans"]
    of["total_liabilities"] = of["current_liabilities"] + of["long_liabilities"]
    of["equity"] = of["total_assets"] - of["total_liabilities"]
    of["retained"] = of["equity"] - of["capital"] - of["surplus"]
    return of


def profit(rng: np.random.Generator, sales_cny: float) -> Sums:
    """A firm's profit statement for one period with about those sales."""
    revenue = Decimal(str(round(sales_cny, 2))).quantize(CENT)

    def share(low: float, high: float) -> Decimal:
        return cents(revenue * Decimal(str(round(float(rng.uniform(low, high)), 4))))

    of = {
        "revenue": revenue,
        "cost": share(0.62, 0.9),
        "levies": share(0.001, 0.006),
        "selling": share(0.01, 0.08),
        "administration": share(0.02, 0.12),
        "finance": share(0.0005, 0.012),
        "other_income": share(0, 0.006) if rng.random() < 0.3 else Decimal("0.00"),
        "other_costs": share(0, 0.002) if rng.random() < 0.2 else Decimal("0.00"),
    }
    return _profit_lines(of)


def _profit_lines(of: dict[str, Decimal]) -> Sums:
    spent = ("cost", "levies", "selling", "administration", "finance")
    of["operating"] = of["revenue"] - sum((of[name] for name in spent), Decimal(0))
    of["profit"] = of["operating"] + of["other_income"] - of["other_costs"]
    of["income_tax"] = cents(max(of["profit"], Decimal("0.00")) * Decimal("0.05"))
    of["net_profit"] = of["profit"] - of["income_tax"]
    return of


def summed(periods: list[Sums]) -> Sums:
    """Profit statements added up, line by line."""
    return {name: sum((each[name] for each in periods), Decimal(0)) for name in periods[0]}
