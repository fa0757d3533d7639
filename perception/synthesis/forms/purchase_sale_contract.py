"""购销合同: who sells what to whom, and how it is paid."""

from __future__ import annotations

import numpy as np

from perception.synthesis.contents import (
    after,
    any_day,
    any_place,
    digits,
    goods_lines,
    person,
    two_firms,
)
from perception.synthesis.forms.filled import Filled

_HEADS = ("HT", "XS", "GX", "CG", "HTBH-", "GXHT")
PAYMENT_DAYS = (7, 10, 15, 20, 30, 30, 45, 60, 90)
"""Terms of payment that such contracts grant."""


def fill(rng: np.random.Generator, layout: str) -> Filled:
    """A contract of one to six lines; party A buys."""
    buyer, seller, trade = two_firms(rng)
    day = any_day(rng)
    until = after(rng, day, 90, 730)
    lines = goods_lines(rng, trade, int(rng.integers(1, 7)))
    total = sum(line.amount_cny for line in lines)
    days = int(rng.choice(PAYMENT_DAYS))
    fields = {
        "contract_number": contract_number(rng, _HEADS[rng.integers(len(_HEADS))], day.year),
        "party_a": buyer.name,
        "party_b": seller.name,
        "signed_on": day.isoformat(),
        "amount_cny": f"{total:.2f}",
        "valid_until": until.isoformat(),
        "payment_days": str(days),
        "signed_at": any_place(rng).short,
    }
    shown = {
        "a": buyer,
        "b": seller,
        "lines": lines,
        "total": total,
        "day": day,
        "until": until,
        "due": after(rng, day, 5, 40),
        "signer_a": person(rng),
        "signer_b": person(rng),
    }
    return Filled(fields, shown)


def contract_number(rng: np.random.Generator, head: str, year: int) -> str:
    """E.g. HT2026-0415, GX20260415003."""
    return head + (f"{year}-{digits(rng, 4)}" if rng.random() < 0.5 else f"{year}{digits(rng, 7)}")
