from __future__ import annotations

import pytest

from actions.quantity import say_quantity
from actions.statements import read_statements


def said(text: str, asked: str | None = None) -> dict[str, str]:
    found = read_statements(text, asked=asked).updates
    return {k: v if isinstance(v, str) else say_quantity(v) for k, v in found.items()}


@pytest.mark.parametrize(
    ("text", "asked", "expected"),
    [
        (
            "三辆车，一个月流水二三十万",
            None,
            {"vehicle_count": "3 辆", "monthly_sales_cny": "一个月 20–30 万"},
        ),
        ("每天两三千", None, {"monthly_sales_cny": "一个月 6–9 万"}),
        ("四十来天", "receivable_days", {"receivable_days": "40–43 天"}),
        ("一个月二十万", "vehicle_count", {"monthly_sales_cny": "一个月 20 万"}),
        ("不是三辆，是四辆", None, {"vehicle_count": "4 辆"}),
        ("利息多少啊", "receivable_days", {}),
        ("额度十万太少", None, {}),
        ("想要二十万", "amount_asked_cny", {"amount_asked_cny": "20 万"}),
        ("八十", "floor_area_sqm", {"floor_area_sqm": "80 平"}),
        ("油费现结", "payable_days", {"payable_days": "0 天"}),
        ("没有存货", "inventory_days", {"inventory_days": "0 天"}),
        ("房租一个月八千", None, {}),
        ("这个说不准，先跳过吧", "gross_margin", {}),
    ],
)
def test_a_line_fills_the_right_slots(text: str, asked: str | None, expected: dict) -> None:
    assert said(text, asked) == expected
