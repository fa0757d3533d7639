from __future__ import annotations

from decimal import Decimal
from itertools import pairwise
from pathlib import Path

import cn2an
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from actions.quantity import read_quantities, read_quantity, say_quantity
from actions.quantity.numerals import read_chinese
from bailing.terms import Period, Quantity, Unit
from bench.quantities import is_right, read_labelled, time_of

LABELLED = read_labelled(Path(__file__).parent / "quantities.tsv")
WORDS = st.lists(
    st.sampled_from(
        [
            *"零一二两三四五六七八九十百千万亿半几好多来把小近快不到左右上下出头个月年天季度周每去块元钱",
            *"成点平亩人辆台wk,，。 -~到至+%￥0123456789.",
            "百分之",
            "a",
            " month",
            " and ",
            "half",
            "hundred",
            "million",
            "twenty",
            "结",
            "压",
            "账期",
            "司机",
            "第",
        ]
    ),
    max_size=60,
).map("".join)


def quantity(low: str, high: str, unit: Unit, period: Period | None = None) -> Quantity:
    return Quantity(Decimal(low), Decimal(high), unit, period)


def test_labelled_expressions() -> None:
    wrong = [row.text for row in LABELLED if not is_right(row, read_quantity(row.text))]
    assert len(LABELLED) >= 800
    assert len(wrong) <= 0.01 * len(LABELLED), wrong


@pytest.mark.parametrize(
    ("text", "low", "high", "unit", "period"),
    [
        ("三五万", "30000", "50000", Unit.CNY, None),
        ("3万5", "35000", "35000", Unit.CNY, None),
        ("每天两三千", "2000", "3000", Unit.CNY, Period.DAY),
        ("一百来万", "900000", "1100000", Unit.CNY, None),
        ("半年六十万", "600000", "600000", Unit.CNY, Period.HALF_YEAR),
        ("两个月三十万", "150000", "150000", Unit.CNY, Period.MONTH),
        ("月结", "30", "30", Unit.DAY, None),
        ("货到付款", "0", "0", Unit.DAY, None),
        ("夫妻俩", "2", "2", Unit.PERSON, None),
        ("三辆 两辆9米6一辆4米2 都是自己的", "3", "3", Unit.VEHICLE, None),
        ("四辆货车，三辆自己的", "4", "4", Unit.VEHICLE, None),
        ("三辆自有两辆挂靠", "5", "5", Unit.VEHICLE, None),
        ("between 100,000 and 150,000 yuan a month", "100000", "150000", Unit.CNY, Period.MONTH),
    ],
)
def test_exact_ranges(text: str, low: str, high: str, unit: Unit, period: Period | None) -> None:
    assert read_quantity(text) == quantity(low, high, unit, period)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "利息多少啊",
        "能提多少",
        "2016年开的",
        "我电话13812345678",
        "车牌冀F12345",
        "3月15号交的",
        "千万别骗我",
        "五金店",
        "一起干",
        "9米6的",
        "第一次来",
        "四川的",
        "2024-03-15",
        "下午2:30",
        "我没有这个",
        "谢谢",
        "$500",
        "一般吧",
        "万一不行呢",
        "in 2018",
        "What's your favourite food?",
    ],
)
def test_no_quantity(text: str) -> None:
    assert read_quantity(text) is None


def test_spans_lie_where_the_words_are() -> None:
    text = "我有三辆车，一个月流水二三十万，货主四十来天结账"
    said = [
        (text[s.start : s.end], s.quantity.unit, s.quantity.period) for s in read_quantities(text)
    ]
    assert said == [
        ("三辆车", Unit.VEHICLE, None),
        ("二三十万", Unit.CNY, Period.MONTH),
        ("四十来天", Unit.DAY, None),
    ]


def test_periods_go_to_their_own_amounts() -> None:
    spans = read_quantities("一天三千一个月九万，去年一百万")
    assert [s.quantity.period for s in spans] == [Period.DAY, Period.MONTH, Period.YEAR]
    spans = read_quantities("3,000 a day or 90,000 a month")
    assert [s.quantity.period for s in spans] == [Period.DAY, Period.MONTH]


@given(st.integers(min_value=1, max_value=99_999_999))
def test_written_numerals_agree_with_cn2an(value: int) -> None:
    written = cn2an.an2cn(value)
    number = read_chinese(written, 0)
    assert number is not None
    assert number.low == number.high == value
    assert number.end == len(written)


@given(st.integers(min_value=1, max_value=10**9))
def test_arabic_amounts_are_exact(value: int) -> None:
    assert read_quantity(f"{value}元") == quantity(str(value), str(value), Unit.CNY)
    assert read_quantity(f"¥{value:,}") == quantity(str(value), str(value), Unit.CNY)


@settings(max_examples=400, deadline=None)
@given(st.one_of(st.text(max_size=200), WORDS))
def test_never_raises_and_spans_are_in_order(text: str) -> None:
    spans = read_quantities(text)
    assert all(0 <= s.start < s.end <= len(text) for s in spans)
    assert all(a.end <= b.start for a, b in pairwise(spans))
    assert all(s.quantity.low >= 0 for s in spans)
    chosen = read_quantity(text)
    if chosen is not None:
        assert say_quantity(chosen, "zh")
        assert say_quantity(chosen, "en")


@pytest.mark.parametrize(
    "unit",
    [
        "我是跑物流的，三辆车，一个月流水二三十万，货主四十来天结账。",
        "we turn over two million yuan a year and ",
        "好" * 50,
        "旺季要租车额度有点不够",
        "   ",
        "，，",
        "9",
        "万",
    ],
)
def test_four_thousand_characters_are_quick(unit: str) -> None:
    text = (unit * 4_000)[:4_000]
    read_quantities(text[:200])
    assert time_of(read_quantities, text, 7) < 8.0  # aim 5 ms; the slack is for a busy machine


@settings(max_examples=20, deadline=None)
@given(WORDS.filter(bool))
def test_no_text_takes_long(words: str) -> None:
    assert time_of(read_quantities, (words * 4_000)[:4_000], 2) < 60.0


@pytest.mark.parametrize(
    ("text", "zh", "en"),
    [
        ("二三十万", "20–30 万", "200,000–300,000 yuan"),
        ("四十来天", "约 40 天", "about 40 days"),
        ("六十平", "60 平", "60 m²"),
        ("三辆", "3 辆", "3 vehicles"),
        ("一个司机", "1 人", "1 person"),
        ("一个月十八万左右", "一个月约 18 万", "about 180,000 yuan a month"),
        ("每天两三千", "一天 2,000–3,000 元", "2,000–3,000 yuan a day"),
        ("两成五", "25%", "25%"),
        ("十七八万", "17–18 万", "170,000–180,000 yuan"),
        ("1.2亿", "1.2 亿", "120,000,000 yuan"),
        ("38,250元", "3.825 万", "38,250 yuan"),
        ("十二亩", "8,000 平", "8,000 m²"),
        ("现结", "0 天", "0 days"),
    ],
)
def test_said_back(text: str, zh: str, en: str) -> None:
    read = read_quantity(text)
    assert read is not None
    assert say_quantity(read, "zh") == zh
    assert say_quantity(read, "en") == en
