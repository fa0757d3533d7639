"""行驶证: main page, second page, both, and its electronic form."""

from __future__ import annotations

from datetime import date

import numpy as np

from perception.synthesis.contents import any_day, any_firm, digits, person, place, street
from perception.synthesis.contents.days import LAST
from perception.synthesis.contents.offices import office
from perception.synthesis.contents.vehicles import vehicle
from perception.synthesis.forms.filled import Filled


def fill(rng: np.random.Generator, layout: str) -> Filled:
    """A vehicle of a firm or a person, registered at its owner's place."""
    firm = any_firm(rng)
    where = place(firm.credit_code[2:8])
    registered = any_day(rng, date(2016, 3, 1), date(2026, 8, 20))
    car = vehicle(rng, where, registered)
    issued = registered if rng.random() < 0.6 else any_day(rng, registered, LAST)
    owned_by_firm = rng.random() < (0.6 if car.goods else 0.3)
    owner = firm.name if owned_by_firm else person(rng)
    home = where.long + street(rng)
    fields = {
        "plate": car.plate,
        "vehicle_type": car.type_name,
        "owner": owner,
        "address": firm.address if owned_by_firm else home,
        "use_character": _use(rng, goods=car.goods),
        "model": f"{car.make}{car.model}",
        "vin": car.vin,
        "engine_number": car.engine,
        "registered_on": registered.isoformat(),
        "issued_on": issued.isoformat(),
    }
    shown = {
        "car": car,
        "registered": registered,
        "issued": issued,
        "office": office(where, "公安局交通警察支队"),
        "seal_lines": [office(where, "公安局"), "交通警", "察支队"],
        "barcode": digits(rng, 13),
        "remark": f"强制报废期止：{registered.year + 15}-{registered:%m-%d}",
        "file_number": where.code[:4] + digits(rng, 8),
        "inspected": (issued.year + int(rng.integers(1, 3)), registered.month),
        "scrap": registered.year + 15,
        "read_on": any_day(rng, issued, LAST),
    }
    return Filled(fields, shown)


def _use(rng: np.random.Generator, *, goods: bool) -> str:
    choices = ("货运", "货运", "非营运") if goods else ("非营运", "非营运", "租赁", "营转非")
    return choices[rng.integers(len(choices))]
