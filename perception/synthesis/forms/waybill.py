"""货运单 and 托运单: a consignment on its way."""

from __future__ import annotations

from decimal import Decimal

import numpy as np

from perception.synthesis.contents import (
    Trade,
    any_day,
    any_firm,
    any_place,
    any_trade,
    company,
    digits,
    local_plate,
    mobile,
    person,
    trade_of,
)
from perception.synthesis.forms.filled import Filled


def fill(rng: np.random.Generator, layout: str) -> Filled:
    """One consignment; ``hand`` layouts are filled in by hand."""
    shipper, consignee = any_firm(rng), any_firm(rng)
    carrier = company(rng, Trade.HAULAGE, sole_trader=False)
    day = any_day(rng)
    weight = Decimal(int(rng.integers(5, 3200))) * 10
    freight = Decimal(int(rng.integers(12, 900))) * 10
    goods = trade_of(any_trade(rng)).goods
    start, end = any_place(rng), any_place(rng)
    fields = {
        "waybill_number": f"{('', 'YD', 'TY', 'HY')[rng.integers(4)]}{digits(rng, 10)}",
        "shipper_name": shipper.name,
        "consignee_name": consignee.name,
        "route_from": start.town,
        "route_to": end.town,
        "shipped_on": day.isoformat(),
        "goods": goods[rng.integers(len(goods))].name,
        "pieces": str(rng.integers(1, 600)),
        "weight_kg": format(weight.normalize(), "f"),
        "freight_cny": f"{freight:.2f}",
        "plate": local_plate(rng, start),
    }
    shown = {
        "carrier": carrier,
        "shipper": shipper,
        "consignee": consignee,
        "day": day,
        "weight": weight,
        "freight": freight,
        "insured": Decimal(int(rng.integers(1, 60))) * 1000,
        "phone_a": mobile(rng),
        "phone_b": mobile(rng),
        "driver": person(rng),
        "clerk": person(rng),
        "packing": ("纸箱", "木箱", "托盘", "编织袋", "裸装")[rng.integers(5)],
    }
    return Filled(fields, shown, by_hand="hand" in layout)
