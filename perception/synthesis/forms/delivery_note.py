"""送货单 and 出库单: what went to whom."""

from __future__ import annotations

from decimal import Decimal

import numpy as np

from perception.synthesis.contents import (
    any_day,
    digits,
    goods_lines,
    local_plate,
    person,
    two_firms,
)
from perception.synthesis.forms.filled import Filled


def fill(rng: np.random.Generator, layout: str) -> Filled:
    """A note of one to seven lines; ``hand`` layouts are filled in by hand, and shorter."""
    by_hand = "hand" in layout
    customer, sender, trade = two_firms(rng)
    day = any_day(rng)
    lines = goods_lines(rng, trade, int(rng.integers(1, 5 if by_hand else 8)))
    total = sum(line.amount_cny for line in lines)
    quantity = sum((line.quantity for line in lines), Decimal(0))
    head = "" if by_hand else ("SH", "XSCK", "CK", "NO.")[rng.integers(4)]
    number = digits(rng, 7) if by_hand else f"{head}{day:%y%m%d}{digits(rng, 4)}"
    fields = {
        "note_number": number,
        "customer_name": customer.name,
        "sender_name": sender.name,
        "delivered_on": day.isoformat(),
        "total_cny": f"{total:.2f}",
        "total_quantity": format(quantity.normalize(), "f"),
    }
    shown = {
        "customer": customer,
        "sender": sender,
        "lines": lines,
        "day": day,
        "total": total,
        "clerk": person(rng),
        "driver": person(rng),
        "receiver": person(rng),
        "plate": local_plate(rng),
    }
    return Filled(fields, shown, by_hand=by_hand)
