"""Papers that are none of the kinds: cards, tickets, notices, labels, notes; kind ``other``.

They have no fields. All layouts take what they need from one handful of facts.
"""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import numpy as np
from stdnum.cn import ric

from perception.synthesis.contents import (
    any_day,
    any_trade,
    card_number,
    company,
    digits,
    goods_lines,
    mobile,
    person,
    place,
    places,
    years_later,
)
from perception.synthesis.contents.offices import local_office, office
from perception.synthesis.contents.vehicles import vehicle
from perception.synthesis.forms.filled import Filled


def fill(rng: np.random.Generator, layout: str) -> Filled:
    """A firm, some people, days, goods and numbers."""
    trade = any_trade(rng)
    firm = company(rng, trade, sole_trader=bool(rng.random() < 0.4))
    where = place(firm.credit_code[2:8])
    day = any_day(rng)
    born = any_day(rng, date(1965, 2, 1), date(2003, 12, 30))
    woman = bool(rng.random() < 0.5)
    lines = goods_lines(rng, trade, int(rng.integers(4, 9)))
    shown = {
        "firm": firm,
        "where": where,
        "away": places()[rng.integers(len(places()))],
        "people": [person(rng) for _ in range(8)],
        "day": day,
        "later": day + timedelta(days=int(rng.integers(1, 60))),
        "until": years_later(day, int(rng.choice([1, 5, 10, 20]))),
        "born": born,
        "age": day.year - born.year,
        "sex": "女" if woman else "男",
        "identity": nobody(rng, where.code, born, woman=woman),
        "card": card_number(rng),
        "phone": mobile(rng),
        "number": digits(rng, 12),
        "short_number": digits(rng, 6),
        "amounts": [Decimal(int(x)) / 100 for x in rng.integers(500, 60_000, 12)],
        "round_amount": Decimal(int(rng.integers(2, 80))) * 1000,
        "lines": lines,
        "car": vehicle(rng, where, day, goods_share=0.3),
        "clock": f"{rng.integers(6, 22):02d}:{rng.integers(60):02d}",
        "police": office(where, "公安局"),
        "office": local_office(where, "行政审批局"),
        "health": local_office(where, "疾病预防控制中心"),
        "bank": f"示例银行{where.bare_town}分行",
        "minutes": [int(x) for x in np.sort(rng.integers(0, 60, 8))],
    }
    return Filled({}, shown)


def nobody(rng: np.random.Generator, region: str, born: date, *, woman: bool) -> str:
    """An identity number of 18 signs whose check digit is wrong on purpose: it is nobody's."""
    order = int(rng.integers(1, 400)) * 2 + (0 if woman else 1)
    body = f"{region}{born:%Y%m%d}{order:03d}"
    right = ric.calc_check_digit(body + "0")
    return body + str((int(right) + 3) % 10 if right.isdigit() else 4)
