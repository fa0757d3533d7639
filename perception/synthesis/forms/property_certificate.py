"""不动产权证书, and 房屋所有权证 as before 2015.

Layouts with ``old`` in their name are of the older certificate: no unit number, no right type.
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
_OLD = (date(2006, 3, 1), date(2015, 2, 10))
_OLD_USES = {70: ("住宅", "成套住宅"), 50: ("工业", "非住宅"), 40: ("商业", "商业服务", "办公")}


def fill(rng: np.random.Generator, layout: str) -> Filled:
    """A house or shop with its land, of a firm, of one person or of a couple."""
    old = "old" in layout
    firm = any_firm(rng)
    where = place(firm.credit_code[2:8])
    registered = any_day(rng, *(_OLD if old else _NEW))
    owners = _owners(rng, firm.name)
    use, nature, years = _USES[rng.integers(len(_USES))]
    if old:
        use = _OLD_USES[years][rng.integers(len(_OLD_USES[years]))]
    granted = registered - timedelta(days=int(rng.integers(300, 3600)))
    until = years_later(granted, years) - timedelta(days=1)
    area, shared = float(rng.uniform(38, 640)), float(rng.uniform(0.14, 0.26))
    inner = round(area * (1 - shared), 2)
    fields = {
        "certificate_number": old_house_certificate(rng, where)
        if old
        else estate_certificate(rng, where, registered.year),
        "owner": "、".join(owners),
        "co_ownership": "单独所有" if len(owners) == 1 else ("共同共有", "按份共有")[rng.integers(2)],
        "address": where.long + street(rng),
        "unit_number": estate_unit(rng, where.code),
        "right_type": "国有建设用地使用权/房屋所有权",
        "use": use,
        "area_sqm": f"{area:.2f}",
        "valid_until": until.isoformat(),
    }
    unit = fields["unit_number"]
    shown = {
        "owners": owners,
        "nature": nature,
        "inner": f"{inner:.2f}",
        "shared": f"{round(area, 2) - inner:.2f}",
        "land": f"{rng.uniform(900, 42000):.2f}",
        "granted": granted,
        "until": until,
        "registered": registered,
        "office": office(where, "不动产登记中心" if not old else "房产管理局"),
        "unit_groups": " ".join((unit[:6], unit[6:12], unit[12:19], unit[19:])),
        "floors": int(rng.integers(6, 34)),
        "floor": int(rng.integers(1, 6)),
        "identity": f"{where.code}********{digits(rng, 4)}",
        "print_number": digits(rng, 11),
        "business_number": f"{registered:%Y%m%d}{digits(rng, 5)}",
        "structure": ("钢筋混凝土结构", "混合结构", "钢结构")[rng.integers(3)],
    }
    return Filled(fields, shown)


def _owners(rng: np.random.Generator, firm: str) -> list[str]:
    chance = rng.random()
    if chance < 0.3:
        return [firm]
    if chance < 0.65:
        return [person(rng)]
    return [person(rng), person(rng)]
