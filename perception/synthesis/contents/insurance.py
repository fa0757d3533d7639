"""Social insurance of a firm's staff: bases, rates and what was paid month by month."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import numpy as np

from perception.synthesis.contents.banks import masked_identity
from perception.synthesis.contents.days import months_before
from perception.synthesis.contents.people import person
from perception.synthesis.contents.places import Place
from perception.synthesis.contents.taxes import cents

INSURANCES = {
    "企业职工基本养老保险": (Decimal("0.16"), Decimal("0.08")),
    "失业保险": (Decimal("0.005"), Decimal("0.005")),
    "工伤保险": (Decimal("0.004"), Decimal(0)),
    "职工基本医疗保险": (Decimal("0.08"), Decimal("0.02")),
}
"""By kind the shares that the firm and the employee pay, as in most provinces since 2019."""


@dataclass(frozen=True, slots=True)
class Employee:
    """One who is insured.

    Attributes:
        name: Full name.
        identity: Resident's number, its middle hidden.
        base_cny: 缴费基数 of a month.
        since: First month insured here.
    """

    name: str
    identity: str
    base_cny: Decimal
    since: date

    def firm_cny(self, kind: str) -> Decimal:
        """What the firm pays a month for that kind."""
        return cents(self.base_cny * INSURANCES[kind][0])

    def own_cny(self, kind: str) -> Decimal:
        """What is taken from the wages a month for that kind."""
        return cents(self.base_cny * INSURANCES[kind][1])


@dataclass(frozen=True, slots=True)
class Insured:
    """A firm's staff, insured all through some months.

    Attributes:
        staff: Who they are.
        months: First days of the months.
        kinds: What they are insured for, keys of ``INSURANCES``.
    """

    staff: tuple[Employee, ...]
    months: tuple[date, ...]
    kinds: tuple[str, ...]

    @property
    def base_cny(self) -> Decimal:
        """All bases of a month."""
        return sum((each.base_cny for each in self.staff), Decimal(0))

    def firm_cny(self, kind: str) -> Decimal:
        """What the firm pays a month for that kind, for all."""
        return sum((each.firm_cny(kind) for each in self.staff), Decimal(0))

    def own_cny(self, kind: str) -> Decimal:
        """What all employees pay a month for that kind."""
        return sum((each.own_cny(kind) for each in self.staff), Decimal(0))

    def kind_cny(self, kind: str) -> Decimal:
        """Both together."""
        return self.firm_cny(kind) + self.own_cny(kind)

    @property
    def firm_month_cny(self) -> Decimal:
        """What the firm pays a month."""
        return sum((self.firm_cny(kind) for kind in self.kinds), Decimal(0))

    @property
    def own_month_cny(self) -> Decimal:
        """What the employees pay a month."""
        return sum((self.own_cny(kind) for kind in self.kinds), Decimal(0))

    @property
    def month_cny(self) -> Decimal:
        """What is paid a month."""
        return self.firm_month_cny + self.own_month_cny

    @property
    def total_cny(self) -> Decimal:
        """What was paid in all months."""
        return self.month_cny * len(self.months)


def insured(rng: np.random.Generator, town: Place, last: date, staff: int, months: int) -> Insured:
    """So many people insured for so many months up to that of ``last``."""
    floor = int(rng.integers(38, 52)) * 100
    people = tuple(
        Employee(
            person(rng),
            masked_identity(rng, town),
            Decimal(floor if rng.random() < 0.6 else floor + int(rng.integers(1, 60)) * 100),
            months_before(last, months + int(rng.integers(0, 40))),
        )
        for _ in range(staff)
    )
    spans = tuple(months_before(last, back) for back in reversed(range(months)))
    kinds = tuple(INSURANCES)[: 3 if rng.random() < 0.7 else 4]
    return Insured(people, spans, kinds)
