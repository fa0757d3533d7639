"""Lines that must be there and were not found."""

from __future__ import annotations

import math

import pytest

from perception.page.gaps import missing_lines
from perception.page.reading import boxed
from perception.page.strips import slant_of


def block(*tops: int, right: int = 900) -> list[tuple[tuple[float, float], ...]]:
    """Lines of 20-pixel print with their tops there, all from 200 to the right edge."""
    return [boxed("字", 0.9, (200, y, right, y + 20)).corners for y in tops]


def test_even_print_has_no_gap() -> None:
    assert missing_lines(block(100, 130, 160, 190), 0.0) == []


def test_a_line_left_out_is_found_where_it_must_stand() -> None:
    (gap,) = missing_lines(block(100, 130, 190, 220), 0.0)
    assert gap[0] == pytest.approx((200, 160))
    assert gap[3] == pytest.approx((200, 180))
    assert gap[1][0] == pytest.approx(920)


def test_two_lines_left_out_are_found() -> None:
    gaps = missing_lines(block(100, 130, 220), 0.0)
    assert [round(g[0][1]) for g in gaps] == [160, 190]


def test_a_gap_behind_a_short_line_is_the_end_of_a_paragraph() -> None:
    short = block(130, right=500)
    assert missing_lines([*block(100), *short, *block(190, 220)], 0.0) == []


def test_what_stands_there_already_is_not_missing() -> None:
    other = boxed("字", 0.9, (260, 162, 700, 180)).corners
    assert missing_lines([*block(100, 130, 190, 220), other], 0.0) == []


def test_a_page_askew_is_no_hindrance() -> None:
    angle = math.radians(6)
    cos, sin = math.cos(angle), math.sin(angle)
    turned = [
        tuple((x * cos - y * sin, x * sin + y * cos) for x, y in c)
        for c in block(100, 130, 190, 220)
    ]
    (gap,) = missing_lines(turned, slant_of(turned))
    assert gap[0] == pytest.approx((200 * cos - 160 * sin, 200 * sin + 160 * cos), abs=0.01)
