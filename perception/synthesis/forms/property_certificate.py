"""不动产权证书, and 房屋所有权证 as before 2015.

Layouts with ``old`` in their name are of the older certificate: no unit number, no right type;
those that end with ``by_hand`` were filled in with a pen.
"""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np

from perception.synthesis.contents import (
    any_day,
    any_firm,
    digits,
    person,
    place,
    street,
    years_later,
)
from perception.synthesis.contents.offices import office
from perception.synthesis.contents.permits import (
    estate_certificate,
    estate_unit,
    old_house_certificate,
)
from perception.synthesis.forms.filled import Filled

_USES = (
    ("城镇住宅用地/住宅", "出让/市场化商品房", 70),
    ("城镇住宅用地/住宅", "出让/商品房", 70),
    ("商服用地/商业", "出让/市场化商品房", 40),
    ("批发零售用地/商业服务", "出让/市场化商品房", 40),
    ("工业用地/车间", "出让/自建房", 50),
    ("商务金融用地/办公", "出让/市场化商品房", 40),
)
_NEW = (date(2016, 3, 1), date(2026, 9, 20))
_BY_HAND = (date(1994, 3, 1), date(2003, 12, 20))
_OLD = (date(2006, 3, 1), date(2015, 2, 10))
_OLD_USES = {70: ("住宅", "成套住宅"), 50: ("工业", "非住宅"), 40: ("商业", "商业服务", "办公")}


def fill(rng: np.random.Generator, layout: str) -> Filled:
    """A house or shop with its land, of a firm, of one person or of two."""
    old = "old" in layout
    firm = any_firm(rng)
    where = place(firm.credit_code[2:8])
    by_hand = layout.endswith("by_hand")
    registered = any_day(rng, *(_BY_HAND if by_hand else _OLD if old else _NEW))
    owners = _owners(rng, firm.name)
    use, nature, years = _USES[rng.integers(len(_USES))]
    if old:
        use = _OLD_USES[years][rng.integers(len(_OLD_USES[years]))]
    granted = registered - timedelta(days=int(rng.integers(300, 3600)))
    until = years_later(granted, years) - timedelta(days=1)
    area = round(float(rng.uniform(38, 640)), 2)
    number = old_house_certificate(rng, where) if old else None
    several = ("共同共有", "按份共有")[rng.integers(2)]
    fields = {
        "certificate_number": number or estate_certificate(rng, where, registered.year),
        "owner": "、".join(owners),
        "co_ownership": several if len(owners) > 1 else "单独所有",
        "address": where.long + street(rng),
        "unit_number": estate_unit(rng, where.code),
        "right_type": "国有建设用地使用权/房屋所有权",
        "use": use,
        "area_sqm": f"{area:.2f}",
        "valid_until": until.isoformat(),
    }
    shown = {
        "owners": owners,
        "nature": nature,
        "granted": granted,
        "until": until,
        "registered": registered,
        "office": office(where, "房产管理局" if old else "不动产登记中心"),
        "identity": f"{where.code}********{digits(rng, 4)}",
        "business_number": f"{registered:%Y%m%d}{digits(rng, 5)}",
    }
    return Filled(fields, shown | _house(rng, area, fields["unit_number"]), by_hand=by_hand)


def _house(rng: np.random.Generator, area_sqm: float, unit: str) -> dict[str, object]:
    """What is said of the house beside the fields; its two areas make the whole."""
    inner = round(area_sqm * float(rng.uniform(0.74, 0.86)), 2)
    return {
        "inner": f"{inner:.2f}",
        "shared": f"{area_sqm - inner:.2f}",
        "land": f"{rng.uniform(900, 42000):.2f}",
        "unit_groups": " ".join((unit[:6], unit[6:12], unit[12:19], unit[19:])),
        "floors": int(rng.integers(6, 34)),
        "floor": int(rng.integers(1, 6)),
        "print_number": digits(rng, 11),
        "structure": ("钢筋混凝土结构", "混合结构", "钢结构")[rng.integers(3)],
    }


def _owners(rng: np.random.Generator, firm: str) -> list[str]:
    chance = rng.random()
    if chance < 0.3:
        return [firm]
    if chance < 0.65:
        return [person(rng)]
    return [person(rng), person(rng)]
