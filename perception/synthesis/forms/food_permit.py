"""食品经营许可证 (2015 and 2023 forms), and the lesser papers of small shops.

Layouts whose name begins with ``small`` or ``filing`` are of small caterers and of sellers of
packed food; their numbers follow no national rule.
"""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np

from perception.synthesis.contents import (
    Company,
    Place,
    Trade,
    any_day,
    any_place,
    company,
    digits,
    person,
    street,
    years_later,
)
from perception.synthesis.contents.offices import local_office
from perception.synthesis.contents.permits import food_permit_number
from perception.synthesis.forms.filled import Filled

_SALES = (
    "预包装食品（含冷藏冷冻食品）销售",
    "散装食品（不含冷藏冷冻食品）销售（含散装熟食）",
    "特殊食品销售（保健食品、婴幼儿配方乳粉）",
    "散装食品（含冷藏冷冻食品）销售（不含散装熟食）",
)
_COOKING = (
    "热食类食品制售",
    "冷食类食品制售",
    "生食类食品制售",
    "糕点类食品制售（不含裱花蛋糕）",
    "自制饮品制售",
)
_SELLERS = ("商场超市", "便利店", "食品零售商", "食品批发商", "食杂店")
_CATERERS = ("小型餐馆", "中型餐馆", "饮品店", "快餐店", "糕点店")


def fill(rng: np.random.Generator, layout: str) -> Filled:
    """A shop or an eating place with its permit of five years."""
    small = layout.startswith("small")
    packed = layout.startswith("filing")
    cooks = small or (not packed and bool(rng.random() < 0.45))
    where = any_place(rng)
    trade = Trade.CATERING if cooks else (Trade.CONVENIENCE, Trade.PRODUCE)[rng.integers(2)]
    firm = company(rng, trade, sole_trader=small or bool(rng.random() < 0.6), region=where.code)
    first = date(2016, 2, 1) if "2015" in layout else date(2023, 12, 4)
    issued = any_day(rng, first, years_later(first, 3) - timedelta(days=60))
    until = years_later(issued, 3 if small else 5) - timedelta(days=1)
    number = food_permit_number(rng, where.code, 2 if cooks else 1)
    if small or packed:
        number = _local_number(rng, where.code, issued, packed=packed)
    fields = {
        "permit_number": number,
        "name": firm.name,
        "social_credit_code": firm.credit_code,
        "legal_person": firm.legal_person,
        "address": firm.address,
        "premises": _premises(rng, firm, where.long),
        "main_type": _main_type(rng, cooks=cooks),
        "business_scope": "预包装食品销售" if packed else _scope(rng, cooks=cooks),
        "issued_on": issued.isoformat(),
        "valid_until": until.isoformat(),
    }
    return Filled(fields, _shown(rng, firm, where, (issued, until), layout))


def _shown(
    rng: np.random.Generator, firm: Company, where: Place, term: tuple[date, date], layout: str
) -> dict[str, object]:
    authority = "食品药品监督管理局" if "2015" in layout else "市场监督管理局"
    return {
        "firm": firm,
        "issued": term[0],
        "until": term[1],
        "office": local_office(where, authority),
        "watch": local_office(where, "市场监督管理所"),
        "clerk": person(rng),
        "watcher": person(rng),
        "area": int(rng.integers(12, 180)),
        "paper_number": digits(rng, 7),
    }


def _local_number(rng: np.random.Generator, region: str, issued: date, *, packed: bool) -> str:
    if packed:
        return f"YB1{region}{digits(rng, 7)}"
    return f"XCY{region}{issued:%Y}{digits(rng, 4)}"


def _premises(rng: np.random.Generator, firm: Company, where: str) -> str:
    return firm.address if rng.random() < 0.7 else where + street(rng)


def _main_type(rng: np.random.Generator, *, cooks: bool) -> str:
    web = "，网络经营" if rng.random() < 0.2 else ""
    if cooks:
        return f"餐饮服务经营者（{_CATERERS[rng.integers(len(_CATERERS))]}{web}）"
    return f"食品销售经营者（{_SELLERS[rng.integers(len(_SELLERS))]}{web}）"


def _scope(rng: np.random.Generator, *, cooks: bool) -> str:
    known = _COOKING if cooks else _SALES
    count = int(rng.integers(1, len(known)))
    chosen = [known[k] for k in sorted(rng.choice(len(known), count, replace=False))]
    return ("，", "；", "、")[rng.integers(3)].join(chosen)
