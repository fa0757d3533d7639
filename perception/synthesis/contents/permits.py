"""Numbers of permits and of real estate, built as the offices build them."""

from __future__ import annotations

import numpy as np
from stdnum.iso7064 import mod_11_10

from perception.synthesis.contents.numbers import digits
from perception.synthesis.contents.places import Place


def food_permit_number(rng: np.random.Generator, region: str, business: int) -> str:
    """JY and 14 digits: business, division code, order, check digit (ISO 7064 MOD 11,10).

    Args:
        rng: Source of chance.
        region: Six digits of the division code.
        business: 1 sale of food, 2 catering, 3 canteen.
    """
    body = f"{business}{region}{int(rng.integers(1, 1_000_000)):06d}"
    return f"JY{body}{mod_11_10.calc_check_digit(body)}"


def estate_unit(rng: np.random.Generator, region: str) -> str:
    """28 signs of 不动产单元号 (GB/T 37346): district, cadastral zone, land, house."""
    land = f"GB{int(rng.integers(1, 1000)):05d}"
    house = f"F{int(rng.integers(1, 40)):04d}{int(rng.integers(1, 400)):04d}"
    zone = f"{int(rng.integers(1, 30)):03d}{int(rng.integers(1, 30)):03d}"
    return f"{region}{zone}{land}{house}"


def estate_certificate(rng: np.random.Generator, where: Place, year: int) -> str:
    """E.g. 冀（2021）长安区不动产权第0012345号; some offices write the town, some one sign."""
    district = where.district or where.city
    office = (district, district[0], where.town)[rng.integers(3)]
    return f"{where.plate[0]}（{year}）{office}不动产权第{digits(rng, 7)}号"


def old_house_certificate(rng: np.random.Generator, where: Place) -> str:
    """E.g. 石房权证裕字第1234567号, as before 2015."""
    district = (where.district or where.city)[0]
    return f"{where.town[0]}房权证{district}字第{digits(rng, int(rng.integers(6, 10)))}号"
