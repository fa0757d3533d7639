"""租赁合同: a shop, an office or a store room for rent."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import numpy as np

from perception.synthesis.contents import (
    any_day,
    any_firm,
    any_place,
    digits,
    person,
    street,
    years_later,
)
from perception.synthesis.forms.filled import Filled
from perception.synthesis.forms.purchase_sale_contract import contract_number

_PERIODS = {"month": 1, "quarter": 3, "half_year": 6, "year": 12}
_USES = ("经营商铺", "仓储", "办公", "餐饮经营", "生产加工", "门店零售")


def fill(rng: np.random.Generator, layout: str) -> Filled:
    """A person or a firm lets to a firm for years; the sum is the rent of one period."""
    tenant = any_firm(rng, sole_share=0.5)
    owner = person(rng) if rng.random() < 0.6 else any_firm(rng, sole_share=0.0).name
    signed = any_day(rng)
    begins = signed + timedelta(days=int(rng.integers(1, 30)))
    ends = years_later(begins, int(rng.choice([1, 1, 2, 3, 3, 5]))) - timedelta(days=1)
    period = list(_PERIODS)[rng.integers(4)]
    monthly = Decimal(int(rng.integers(10, 300))) * 100
    rent = monthly * _PERIODS[period]
    area = Decimal(int(rng.integers(180, 9000))) / 10
    fields = {
        "contract_number": contract_number(
            rng, ("ZL", "FWZL", "ZLHT-")[rng.integers(3)], signed.year
        ),
        "party_a": owner,
        "party_b": tenant.name,
        "signed_on": signed.isoformat(),
        "amount_cny": f"{rent:.2f}",
        "rent_period": period,
        "valid_from": begins.isoformat(),
        "valid_until": ends.isoformat(),
        "address": any_place(rng).long + street(rng),
        "area_sqm": format(area.normalize(), "f"),
        "deposit_cny": f"{monthly * int(rng.integers(1, 4)):.2f}",
    }
    shown = {
        "owner_is_firm": len(owner) > 4,
        "b": tenant,
        "signed": signed,
        "begins": begins,
        "ends": ends,
        "rent": rent,
        "deposit": Decimal(fields["deposit_cny"]),
        "years": round((ends - begins).days / 365),
        "period_zh": {"month": "月", "quarter": "季度", "half_year": "半年", "year": "年"}[period],
        "use": _USES[rng.integers(len(_USES))],
        "phone": "10" + digits(rng, 9),
        "signer_b": person(rng),
    }
    return Filled(fields, shown, by_hand="blanks" in layout)
