from __future__ import annotations

from contextlib import suppress
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.corrections import clean_value
from bot.errors import BadValue


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("104600", "104600.00"),
        ("¥104,600.50元", "104600.50"),
        ("三十万", "300000.00"),
        ("10万元", "100000.00"),
        ("十万块", "100000.00"),
    ],
)
def test_amounts_are_kept_in_yuan(text: str, value: str) -> None:
    assert clean_value("total_cny", text) == value


@pytest.mark.parametrize(
    "text", ["abc", "<b>1</b>", "0", "-5", "NaN", "Infinity", "9999999999", "1e-9"]
)
def test_what_is_no_amount_is_refused(text: str) -> None:
    with pytest.raises(BadValue):
        clean_value("total_cny", text)


@pytest.mark.parametrize("text", ["2026-01-31", "2026年1月31日", "2026/1/31"])
def test_dates_are_kept_as_iso(text: str) -> None:
    assert clean_value("issued_on", text) == "2026-01-31"


@pytest.mark.parametrize("text", ["昨天", "2026-02-30", "31"])
def test_what_is_no_day_is_refused(text: str) -> None:
    with pytest.raises(BadValue):
        clean_value("issued_on", text)


def test_a_licence_may_run_for_ever() -> None:
    assert clean_value("valid_until", "长期") == "长期"


@given(st.text(max_size=40))
def test_any_text_is_a_value_or_refused(text: str) -> None:
    for field in ("total_cny", "issued_on"):
        try:
            assert clean_value(field, text)
        except BadValue:
            continue


@given(st.text("零〇一二两三十百千万亿点负壹贰拾廿0123456789.,e-¥元圆角整%", max_size=12))
def test_any_numeral_is_an_amount_or_refused(text: str) -> None:
    with suppress(BadValue):
        assert Decimal(clean_value("total_cny", text)) > 0
