"""增值税申报表: a month of a general taxpayer, or a quarter of a small-scale one.

``sales_cny`` is what is taxed in the period (line 1), ``tax_payable_cny`` 应纳税额合计 (line 24 or
20), both of the period and not of the year so far.
"""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import numpy as np

from perception.synthesis.contents import (
    any_day,
    any_place,
    any_trade,
    company,
    general_return,
    masked_identity,
    month_end,
    person,
    small_return,
    tax_office,
    trade_of,
)
from perception.synthesis.forms.filled import Filled

_SERVICES = Decimal("0.09")
"""Rates up to this one are those of services in ``trades.yml``."""


def fill(rng: np.random.Generator, layout: str) -> Filled:
    """The return that a layout's name asks for: small-scale ones begin with ``small``."""
    town, trade = any_place(rng), any_trade(rng)
    small = layout.startswith("small")
    firm = company(rng, trade, sole_trader=bool(small and rng.random() < 0.6), region=town.code)
    good = trade_of(trade).goods[0]
    services = good.rate <= _SERVICES
    day = any_day(rng)
    if small:
        quarter = (day.month - 1) // 3 + 1
        first = date(day.year, quarter * 3 - 2, 1)
        until = month_end(date(day.year, quarter * 3, 1))
        figures = small_return(rng, quarter)
    else:
        first, until = day.replace(day=1), month_end(day)
        figures = general_return(rng, day.month, good.rate, services=services)
    filed = until + timedelta(days=int(rng.integers(3, 16)))
    fields = {
        "taxpayer_name": firm.name,
        "tax_id": firm.credit_code,
        "period_from": first.isoformat(),
        "period_to": until.isoformat(),
        "sales_cny": f"{figures.sales_cny:.2f}",
        "tax_payable_cny": f"{figures.payable_cny:.2f}",
        "filed_on": filed.isoformat(),
    }
    shown = {
        "firm": firm,
        "now": figures.now,
        "year": figures.year,
        "services": services,
        "first": first,
        "until": until,
        "filed": filed,
        "clerk": person(rng),
        "identity": masked_identity(rng, town),
        "office": tax_office(town, rng),
        "industry": good.tax_class,
    }
    return Filled(fields, shown)
