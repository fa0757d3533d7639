"""营业执照: today's forms, those of 2014 to 2019, and the older ones with a registration number."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import numpy as np
from cn2an import an2cn

from perception.synthesis.contents import (
    Company,
    any_day,
    any_place,
    any_trade,
    company,
    digits,
    registration_number,
    trade_of,
    years_later,
)
from perception.synthesis.forms.filled import Filled

_OLD = {"old_company": False, "old_sole": True, "old_portrait": False}
_SOLE_ONLY = {"old_sole", "sole_copy"}


def capital_words(capital_cny: Decimal, rng: np.random.Generator) -> str:
    """Registered capital in one of the wordings of registers, e.g. 伍拾万元整."""
    count = int(capital_cny / 10_000)
    words = f"{an2cn(str(count), 'up')}万元"
    return (
        f"{words}整",
        f"{words}人民币",
        f"人民币{words}整",
        f"{count}万元整",
        f"{count}万元人民币",
    )[rng.integers(5)]


def fill(rng: np.random.Generator, layout: str) -> Filled:
    """A firm that may have such a licence, and the day of issue."""
    sole = layout in _SOLE_ONLY or ("company" not in layout and bool(rng.random() < 0.35))
    sole = _OLD.get(layout, sole)
    trade = any_trade(rng)
    firm = company(rng, trade, sole_trader=sole)
    began = firm.established_on
    if layout in _OLD:
        began = any_day(rng, date(2004, 1, 5), date(2013, 12, 20))
    until = None if rng.random() < 0.5 else years_later(began, int(rng.choice([10, 20, 30])))
    old_words = layout in _OLD or rng.random() < 0.3
    scope = trade_of(trade).old_scope(rng) if old_words else firm.scope
    owner = replace(firm, established_on=began, valid_until=until, scope=scope)
    return licence(owner, any_day(rng, began, years_later(began, 4)), rng, layout)


def licence(owner: Company, issued_on: date, rng: np.random.Generator, layout: str) -> Filled:
    """The licence of that firm; with a registration number where the layout is an old one."""
    fields = {
        "name": owner.name,
        "legal_person": owner.legal_person,
        "company_type": owner.company_type,
        "address": owner.address,
        "established_on": owner.established_on.isoformat(),
        "valid_until": owner.valid_until.isoformat() if owner.valid_until else "long_term",
        "business_scope": owner.scope,
    }
    if layout in _OLD:
        fields["registration_number"] = registration_number(rng, owner.credit_code[2:8])
    else:
        fields["social_credit_code"] = owner.credit_code
    if owner.capital_cny is not None:
        fields["registered_capital"] = f"{owner.capital_cny:.2f}"
    shown = {
        "firm": owner,
        "sole": owner.is_sole_trader,
        "began": owner.established_on,
        "until": owner.valid_until,
        "issued": issued_on,
        "scope": owner.scope,
        "capital": capital_words(owner.capital_cny, rng) if owner.capital_cny else "",
        "serial": digits(rng, 8),
        "office": _office(rng, layout),
    }
    return Filled(fields, shown)


def _office(rng: np.random.Generator, layout: str) -> str:
    """An authority that does not exist, as its 示例 says."""
    ending = ("市场监督管理局", "市场监督管理局", "行政审批局")[rng.integers(3)]
    where = any_place(rng)
    town = where.short if rng.random() < 0.6 else where.town
    return f"{town}示例{'工商行政管理局' if layout in _OLD else ending}"
