"""采购订单: who orders what of whom, and by when."""

from __future__ import annotations

from datetime import timedelta

import numpy as np

from perception.synthesis.contents import any_day, digits, goods_lines, person, two_firms
from perception.synthesis.forms.filled import Filled


def fill(rng: np.random.Generator, layout: str) -> Filled:
    """An order of one to eight lines."""
    buyer, seller, trade = two_firms(rng)
    day = any_day(rng)
    due = day + timedelta(days=int(rng.integers(3, 45)))
    lines = goods_lines(rng, trade, int(rng.integers(1, 9)))
    total = sum(line.amount_cny for line in lines)
    number = f"{['PO', 'CG', 'DD', 'CGDD'][rng.integers(4)]}{day:%Y%m%d}{digits(rng, 3)}"
    fields = {
        "order_number": number,
        "buyer_name": buyer.name,
        "seller_name": seller.name,
        "ordered_on": day.isoformat(),
        "deliver_on": due.isoformat(),
        "total_cny": f"{total:.2f}",
    }
    shown = {
        "buyer": buyer,
        "seller": seller,
        "lines": lines,
        "day": day,
        "due": due,
        "total": total,
        "buyer_contact": person(rng),
        "seller_contact": person(rng),
    }
    return Filled(fields, shown)
