"""道路运输证 of a vehicle and 道路运输经营许可证 of a firm.

Layouts whose name begins with ``firm`` are of a firm: they state no vehicle.
"""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np

from perception.synthesis.contents import (
    Trade,
    any_day,
    any_place,
    company,
    digits,
    person,
    years_later,
)
from perception.synthesis.contents.offices import local_office, office
from perception.synthesis.contents.vehicles import vehicle
from perception.synthesis.forms.filled import Filled

_FREE_KG = 4_500
"""Lorries up to this total mass need no transport permit since 2019."""
_SCOPES = (
    "道路普通货物运输",
    "普通货运",
    "道路普通货物运输、货物专用运输（集装箱）",
    "普通货运、货物专用运输（冷藏保鲜）",
    "道路普通货物运输（网络货运除外）",
    "货物专用运输（集装箱）、大型物件运输（一类）",
)


def fill(rng: np.random.Generator, layout: str) -> Filled:
    """A haulier, its permit's number (division code and six digits), and maybe its lorry."""
    where = any_place(rng)
    firm = company(rng, Trade.HAULAGE, sole_trader=bool(rng.random() < 0.3), region=where.code)
    issued = any_day(rng, date(2020, 1, 6), date(2026, 9, 20))
    until = years_later(issued, 4 if layout.startswith("firm") else int(rng.integers(2, 5)))
    until -= timedelta(days=int(rng.integers(2)))
    registered = issued - timedelta(days=int(rng.integers(2, 500)))
    car = vehicle(rng, where, registered, goods_share=1.0, least_kg=_FREE_KG)
    fields = {
        "permit_number": where.code + digits(rng, 6),
        "holder_name": firm.name,
        "address": firm.address,
        "business_scope": _SCOPES[rng.integers(len(_SCOPES))],
        "plate": car.plate,
        "vehicle_type": car.type_name,
        "tonnage_ton": format(car.tonnage_ton.normalize(), "f"),
        "issued_on": issued.isoformat(),
        "valid_until": until.isoformat(),
    }
    towns_sign = (where.district or where.city)[0]
    shown = {
        "firm": firm,
        "car": car,
        "issued": issued,
        "until": until,
        "office": office(where, "交通运输局"),
        "small_office": local_office(where, "道路运输管理处"),
        "province": where.plate[0],
        "town": towns_sign,
        "licence_number": where.code + digits(rng, 6),
        "clerk": person(rng),
        "checked": [years_later(issued, k) for k in range(1, int(rng.integers(1, 4)))],
    }
    return Filled(fields, shown)
