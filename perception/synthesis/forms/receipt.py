"""收据: money received, mostly on a printed form filled in by hand."""

from __future__ import annotations

from decimal import Decimal

import numpy as np

from perception.synthesis.contents import any_day, any_firm, digits, person
from perception.synthesis.forms.filled import Filled

_PURPOSES = (
    "货款 定金 房租 押金 运费 装修款 加工费 材料款 设备款 维修费 服务费 预付款 尾款 工程款"
).split()


def fill(rng: np.random.Generator, layout: str) -> Filled:
    """A sum from a person or a firm to a firm."""
    payee = any_firm(rng)
    payer = person(rng) if rng.random() < 0.5 else any_firm(rng).name
    day = any_day(rng)
    amount = Decimal(int(rng.integers(50, 60_000)))
    if rng.random() < 0.6:
        amount = (amount / 100).to_integral_value() * 100 + 100
    elif rng.random() < 0.3:
        amount += Decimal(int(rng.integers(1, 100))) / 100
    purpose = _PURPOSES[rng.integers(len(_PURPOSES))]
    if rng.random() < 0.3:
        purpose = f"{day.month}月份{purpose}"
    fields = {
        "receipt_number": digits(rng, 7),
        "payer_name": payer,
        "payee_name": payee.name,
        "received_on": day.isoformat(),
        "purpose": purpose,
        "amount_cny": f"{amount:.2f}",
    }
    shown = {
        "payee": payee,
        "day": day,
        "amount": amount,
        "cashier": person(rng),
        "handler": person(rng),
        "way": ("现金", "转账", "微信", "支付宝")[rng.integers(4)],
        "places": _places(amount),
    }
    return Filled(fields, shown, by_hand="printed" not in layout)


def _places(amount: Decimal) -> list[str]:
    """The amount's figures for boxes from ten thousands down to cents, ¥ before the first."""
    figures = f"{int(amount * 100)}"
    padded = ["¥", *figures] if len(figures) < 8 else list(figures)
    return [""] * (8 - len(padded)) + padded[-8:]
