"""银行流水: one page of what moved on an account, with the balance after each row."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

import numpy as np

from perception.synthesis.contents import (
    any_day,
    any_firm,
    any_place,
    bank_name,
    branch_name,
    card_number,
    digits,
    masked_identity,
    month_end,
    months_before,
    movements,
)
from perception.synthesis.forms.filled import Filled


@dataclass(frozen=True, slots=True)
class _Plan:
    """What a layout can hold.

    Attributes:
        personal: A person's card rather than a firm's account.
        a_page: Rows of a full page.
        pages: Pages at most.
        months: Months at most.
        newest_first: Rows in reverse.
    """

    personal: bool
    a_page: int
    pages: int = 4
    months: int = 6
    newest_first: bool = False


_PLANS = {
    "counter_grid": _Plan(False, 30),
    "card_list": _Plan(True, 34, pages=6, months=12),
    "netbank_pdf": _Plan(False, 24),
    "passbook": _Plan(True, 22, pages=1, months=4),
    "app_month": _Plan(True, 22, pages=1, months=1, newest_first=True),
    "netbank_query": _Plan(False, 26, newest_first=True),
    "app_cards": _Plan(True, 20, pages=1, months=1, newest_first=True),
    "seal_list": _Plan(True, 36, pages=5, months=12),
}


def fill(rng: np.random.Generator, layout: str) -> Filled:
    """A page of 20 to 40 rows; totals are those of the whole period."""
    plan = _PLANS[layout]
    town = any_place(rng)
    owner = any_firm(rng, town=town)
    bank = bank_name(rng, town)
    until = month_end(any_day(rng))
    first = months_before(until, int(rng.integers(0, plan.months)))
    if plan.months > 1 and rng.random() < 0.3:
        first, until = (day + timedelta(days=9) for day in (first, until))
    pages = int(rng.integers(1, plan.pages + 1))
    count = plan.a_page * (pages - 1) + int(rng.integers(plan.a_page * 2 // 3, plan.a_page + 1))
    moved = movements(rng, first, until, count, personal=plan.personal)
    page = int(rng.integers(1, pages + 1))
    ordered = moved.rows[::-1] if plan.newest_first else moved.rows
    fields = {
        "bank_name": bank,
        "account_name": owner.legal_person if plan.personal else owner.name,
        "account_number": card_number(rng) if plan.personal else owner.account,
        "period_from": first.isoformat(),
        "period_to": until.isoformat(),
        "total_in_cny": f"{moved.total_in_cny:.2f}",
        "total_out_cny": f"{moved.total_out_cny:.2f}",
        "closing_balance_cny": f"{moved.closing_cny:.2f}",
    }
    shown = {
        "moved": moved,
        "rows": ordered[(page - 1) * plan.a_page : page * plan.a_page],
        "first": first,
        "until": until,
        "page": page,
        "pages": pages,
        "bank": bank,
        "branch": branch_name(rng, bank, town),
        "town": town,
        "identity": masked_identity(rng, town),
        "printed_at": datetime(until.year, until.month, until.day, 9)
        + timedelta(days=int(rng.integers(1, 9)), seconds=int(rng.integers(30_000))),
        "number": digits(rng, 16),
        "teller": digits(rng, 5),
    }
    return Filled(fields, shown, follows={"period_to": "period_from"})
