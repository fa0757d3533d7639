"""运输合同: who carries what from where to where, at what price."""

from __future__ import annotations

from decimal import Decimal

import numpy as np

from perception.synthesis.contents import (
    Trade,
    after,
    any_day,
    any_firm,
    any_place,
    any_trade,
    company,
    local_plate,
    person,
    trade_of,
)
from perception.synthesis.forms.filled import Filled
from perception.synthesis.forms.purchase_sale_contract import PAYMENT_DAYS, contract_number


def fill(rng: np.random.Generator, layout: str) -> Filled:
    """One haul, or a year's hauls on one route; party A sends, party B carries."""
    shipper = any_firm(rng, sole_share=0.2)
    carrier = company(rng, Trade.HAULAGE, sole_trader=bool(rng.random() < 0.3))
    day = any_day(rng)
    until = after(rng, day, 20, 730)
    total = Decimal(int(rng.integers(18, 9000))) * 100 + Decimal(int(rng.choice([0, 0, 50])))
    goods = trade_of(any_trade(rng)).goods
    fields = {
        "contract_number": contract_number(
            rng, ("YS", "HY", "YSHT", "HT")[rng.integers(4)], day.year
        ),
        "party_a": shipper.name,
        "party_b": carrier.name,
        "signed_on": day.isoformat(),
        "amount_cny": f"{total:.2f}",
        "valid_until": until.isoformat(),
        "payment_days": str(int(rng.choice(PAYMENT_DAYS))),
        "route_from": any_place(rng).short,
        "route_to": any_place(rng).short,
    }
    shown = {
        "a": shipper,
        "b": carrier,
        "day": day,
        "until": until,
        "total": total,
        "goods": goods[rng.integers(len(goods))].name,
        "tons": Decimal(int(rng.integers(15, 330))) / 10,
        "plate": local_plate(rng),
        "driver": person(rng),
        "signer_a": person(rng),
        "signer_b": person(rng),
    }
    return Filled(fields, shown)
