from __future__ import annotations

import csv
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from actions.quantity import read_quantities, read_quantity

ROWS = list(
    csv.DictReader(
        (Path(__file__).parent / "quantities.tsv").read_text(encoding="utf-8").splitlines(),
        delimiter="\t",
    )
)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["text"])
def test_reads_merchants_words(row: dict[str, str]) -> None:
    found = read_quantity(row["text"])
    assert found is not None
    assert float(found.low) == pytest.approx(float(row["low"]), rel=0.02)
    assert float(found.high) == pytest.approx(float(row["high"]), rel=0.02)
    assert found.unit.value == row["unit"]
    assert (found.period.value if found.period else "") == row["period"]


@pytest.mark.parametrize("text", ["你好", "利息多少", "没有", ""])
def test_no_quantity_is_none(text: str) -> None:
    assert read_quantity(text) is None


@given(
    st.text(
        alphabet="一二三四五六七八九十百千万亿两几多来半个月年天平辆成0123456789.,- wk%",
        max_size=40,
    )
)
@settings(max_examples=300, deadline=None)
def test_never_raises_and_keeps_ranges_in_order(text: str) -> None:
    for span in read_quantities(text):
        assert span.quantity.low <= span.quantity.high
        assert 0 <= span.start < span.end <= len(text) + 3
