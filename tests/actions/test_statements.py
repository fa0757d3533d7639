from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from actions.places import find_place
from actions.statement_slots import UNIT_OF_SLOT
from actions.statements import Statements, read_statements, simple_trade_words
from bailing.terms import Period, Quantity, Unit

TODAY = date(2026, 11, 25)
ROWS = [
    tuple(line.split("\t"))
    for line in (Path(__file__).parent / "statements.tsv")
    .read_text(encoding="utf-8")
    .splitlines()[1:]
]
SLACK = Decimal("0.12")


def matches(expected: str, got: Statements) -> bool:
    """Whether the slots are exactly these, with words equal and ranges about equal."""
    wanted = dict(part.split("=", 1) for part in expected.split(";") if part)
    if set(wanted) != set(got.updates):
        return False
    for slot, words in wanted.items():
        value = got.updates[slot]
        if isinstance(value, str):
            if value != words:
                return False
            continue
        low, _, high = words.partition("~")
        for end, label in ((value.low, Decimal(low)), (value.high, Decimal(high or low))):
            if abs(end - label) > SLACK * max(label, Decimal("0.1")):
                return False
    return True


@pytest.mark.parametrize(("asked", "text", "expected"), ROWS)
def test_labelled_lines(asked: str, text: str, expected: str) -> None:
    got = read_statements(text, asked=asked or None, today=TODAY)
    assert matches(expected, got), got.updates


def test_a_correction_keeps_both_halves_apart() -> None:
    got = read_statements("不是三辆，是四辆", asked=None)
    three, four = (Quantity(Decimal(n), Decimal(n), Unit.VEHICLE) for n in (3, 4))
    assert got.updates == {"vehicle_count": four}
    assert got.negated == {"vehicle_count": three}
    trade = read_statements("不是物流，是餐饮", asked=None)
    assert (trade.updates["industry_words"], trade.negated["industry_words"]) == ("餐饮", "物流")


def test_daily_takings_become_a_month() -> None:
    got = read_statements("每天两三千", asked=None)
    wanted = Quantity(Decimal(60_000), Decimal(90_000), Unit.CNY, Period.MONTH)
    assert got.updates == {"monthly_sales_cny": wanted}


def test_trade_words_are_injected() -> None:
    got = read_statements(
        "拉货的", asked=None, trade_words=lambda text: "拉货" if "拉货" in text else None
    )
    assert got.updates == {"industry_words": "拉货"}


def test_hedged_and_guessed_lines_are_unsure() -> None:
    assert read_statements("可能一个月十万吧", asked=None).unsure
    assert read_statements("三十", asked="monthly_sales_cny").unsure
    assert not read_statements("一个月十万", asked=None).unsure


def test_a_haulier_counts_vehicles() -> None:
    got = read_statements("三台设备都在跑，五台", asked=None, industry_code="5431")
    assert "vehicle_count" in got.updates


PIECES = [
    *(
        "三",
        "两",
        "十",
        "百",
        "千",
        "万",
        "亿",
        "半",
        "几",
        "来",
        "多",
        "零",
        "点",
        "个",
        "块",
        "元",
    ),
    *(
        "辆",
        "台",
        "人",
        "平",
        "年",
        "月",
        "天",
        "一个月",
        "每天",
        "从",
        "不是",
        "是",
        "，",
        "。",
        "～",
    ),
    *("0", "1", "2016", "3.5", "1,000", "k", "w", "m", "half", "a", "hundred", "thousand", "and"),
    *(
        "twenty",
        "couple of",
        "dozens",
        "percent",
        "%",
        "/",
        "-",
        " ",
        "\r",
        "\t",
        "\u3000",
        "ſ",
        "İ",
    ),
    *("２", "㎡", "²", "①", "流水", "账期", "存货", "不对", "额度", "since", "sqm", "years"),
]


@settings(max_examples=600, deadline=None)
@example("1\rk", None)
@given(
    st.text(max_size=120) | st.lists(st.sampled_from(PIECES), max_size=12).map("".join),
    st.sampled_from([None, *UNIT_OF_SLOT, "region", "purpose", "industry_words"]),
)
def test_never_raises_and_units_fit(text: str, asked: str | None) -> None:
    got = read_statements(text, asked=asked, today=TODAY)
    for slot, value in got.updates.items():
        if slot in UNIT_OF_SLOT:
            assert isinstance(value, Quantity)
            assert value.unit is UNIT_OF_SLOT[slot]
        else:
            assert isinstance(value, str)
            assert value


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("我在浙江杭州", "杭州"),
        ("河北保定的", "保定"),
        ("I'm based in Guangzhou", "广州"),
        ("兰州拉面", None),
        ("南京路那家", None),
        ("朝阳产业", None),
        ("我是朝阳人", "朝阳"),
        ("没有", None),
    ],
)
def test_places(text: str, place: str | None) -> None:
    assert find_place(text) == place


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("我是跑物流的", "物流"),
        ("开便利店的", "便利店"),
        ("养猪的", "养猪"),
        ("做了八年", None),
        ("开了三年", None),
        ("I run a grocery store, 90 square metres", "grocery store"),
        ("卖完了", None),
    ],
)
def test_plain_trade_words(text: str, words: str | None) -> None:
    assert simple_trade_words(text) == words


@pytest.mark.parametrize(
    ("text", "told", "asked", "expected"),
    [
        ("不对，是三个月", ("receivable_days",), "vehicle_count", {"receivable_days": 90}),
        ("说错了，四辆", ("vehicle_count",), "monthly_sales_cny", {"vehicle_count": 4}),
        ("no, 45 days", ("receivable_days",), "years_in_business", {"receivable_days": 45}),
        ("不对", ("receivable_days",), "vehicle_count", {}),
        ("三辆", ("receivable_days",), "vehicle_count", {"vehicle_count": 3}),
    ],
)
def test_a_line_that_takes_back_the_one_before_fills_its_slot(
    text: str, told: tuple[str, ...], asked: str, expected: dict[str, int]
) -> None:
    updates = read_statements(text, asked=asked, told=told).updates
    assert {s: v.middle for s, v in updates.items() if isinstance(v, Quantity)} == expected
