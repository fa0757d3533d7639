"""机动车登记证书: the booklet's page of owners, its page of the vehicle, both, and a copy."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np

from perception.synthesis.contents import any_day, any_firm, digits, person, place
from perception.synthesis.contents.days import LAST
from perception.synthesis.contents.offices import office
from perception.synthesis.contents.vehicles import Vehicle, vehicle
from perception.synthesis.forms.filled import Filled


def fill(rng: np.random.Generator, layout: str) -> Filled:
    """A vehicle and its first owner, who still has it; it may be mortgaged."""
    firm = any_firm(rng)
    where = place(firm.credit_code[2:8])
    registered = any_day(rng, date(2016, 3, 1), date(2026, 8, 20))
    car = vehicle(rng, where, registered)
    of_firm = rng.random() < 0.55
    owner = firm.name if of_firm else person(rng)
    code = f"统一社会信用代码／{firm.credit_code}"
    fields = {
        "certificate_number": where.code[:2] + digits(rng, 10),
        "owner": owner,
        "registered_on": registered.isoformat(),
        "plate": car.plate,
        "vehicle_type": car.type_name,
        "brand": car.make,
        "model": car.model,
        "vin": car.vin,
        "engine_number": car.engine,
    }
    shown = {
        "car": car,
        "registered": registered,
        "identity": code if of_firm else _hidden(rng, where.code),
        "office": office(where, "公安局交通警察支队车辆管理所"),
        "items": _items(car, rng),
        "lender": firm.bank,
        "pledged": min(registered + timedelta(days=int(rng.integers(1, 400))), LAST),
        "mortgaged": bool(rng.random() < 0.5),
    }
    return Filled(fields, shown)


def _hidden(rng: np.random.Generator, region: str) -> str:
    """An identity number with its birthday starred, so that it is nobody's."""
    return f"居民身份证／{region}********{digits(rng, 4)}"


def _items(car: Vehicle, rng: np.random.Generator) -> dict[str, str]:
    """What the page of the vehicle states beside the fields, by its label."""
    long, wide, high = car.size_mm
    axles = 2 if car.gross_kg < 18000 else int(rng.integers(3, 5))
    body = f"长 {round(long * 0.69)} 宽 {wide - 150} 高 {high // 2} mm"
    lorry = car.goods and car.towing_kg is None
    return {
        "车身颜色": car.colour,
        "国产/进口": "国产",
        "发动机型号": car.engine_model,
        "燃料种类": car.fuel,
        "排量/功率": f"{rng.integers(1500, 9800)} ml / {rng.integers(75, 340)} kw",
        "制造厂名称": f"{car.make.removesuffix('牌')}示例汽车制造有限公司",
        "转向形式": "方向盘",
        "轮距": f"前 {wide - 520} 后 {wide - 690} mm",
        "轮胎数": str(4 if not car.goods else 2 + 4 * (axles - 1)),
        "轮胎规格": "205/55R16" if not car.goods else ("7.00R16LT", "12R22.5")[axles > 2],
        "钢板弹簧片数": "后 - 片" if not car.goods else f"后 {rng.integers(3, 11)} 片",
        "轴距": f"{round(long * 0.57)} mm",
        "轴数": str(axles),
        "外廓尺寸": f"长 {long} 宽 {wide} 高 {high} mm",
        "货厢内部尺寸": body if lorry else "",
        "总质量": f"{car.gross_kg} kg",
        "核定载质量": f"{car.payload_kg} kg" if car.payload_kg else "",
        "核定载客": "" if car.goods else f"{car.seats} 人",
        "准牵引总质量": f"{car.towing_kg} kg" if car.towing_kg else "",
        "驾驶室载客": f"{car.seats} 人" if car.goods else "",
        "使用性质": "货运" if car.goods else "非营运",
        "车辆获得方式": "购买",
        "车辆出厂日期": car.made_on.isoformat(),
    }
