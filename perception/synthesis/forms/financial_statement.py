"""资产负债表 and 利润表: of a small firm (会小企) or a firm in general (会企).

A profit statement's fields are those of its period (本期, 本月), not of the year so far.
"""

from __future__ import annotations

import numpy as np

from perception.synthesis.contents import (
    any_day,
    any_firm,
    balance,
    month_end,
    person,
    profit,
    sheet,
    summed,
)
from perception.synthesis.forms.filled import Filled

_BALANCE_FIELDS = {
    "total_assets": "total_assets_cny",
    "total_liabilities": "total_liabilities_cny",
    "equity": "equity_cny",
    "receivables": "receivables_cny",
    "inventory": "inventory_cny",
}
_PROFIT_FIELDS = {
    "revenue": "revenue_cny",
    "cost": "cost_cny",
    "net_profit": "net_profit_cny",
}


def fill(rng: np.random.Generator, layout: str) -> Filled:
    """The sheet that a layout's name begins with, ``balance`` or ``profit``."""
    firm = any_firm(rng, sole_share=0.08)
    until = month_end(any_day(rng))
    if rng.random() < 0.4:
        until = until.replace(month=12, day=31, year=min(until.year, 2025))
    rules = "small" if "small" in layout else "general"
    size = float(np.exp(rng.uniform(np.log(400_000), np.log(30_000_000))))
    shown: dict[str, object] = {
        "firm": firm,
        "until": until,
        "bookkeeper": person(rng),
        "maker": person(rng),
    }
    if layout.startswith("balance"):
        opening = balance(rng, size)
        numbers = balance(rng, size * float(rng.uniform(0.8, 1.35)), opening)
        assets = sheet(f"{rules}_assets")
        places = _BALANCE_FIELDS
        shown |= {
            "assets": assets,
            "liabilities": sheet(f"{rules}_liabilities", assets[-1].number + 1),
            "closing": numbers,
            "opening": opening,
        }
    else:
        monthly = size * float(rng.uniform(0.05, 0.2))
        months = [profit(rng, monthly * rng.uniform(0.6, 1.5)) for _ in range(until.month)]
        numbers, places = months[-1], _PROFIT_FIELDS
        shown |= {
            "lines": sheet(f"{rules}_profit"),
            "this": numbers,
            "year": summed(months),
            "last": profit(rng, monthly * rng.uniform(0.6, 1.3)),
        }
    shown["places"] = places
    fields = {"company_name": firm.name, "period_to": until.isoformat()}
    fields |= {places[name]: f"{numbers[name]:.2f}" for name in places}
    return Filled(fields, shown)
