"""Places beside labels at which no line was found."""

from __future__ import annotations

import math

import pytest

from bailing.terms import VoucherType
from perception.fields.unread import unread_places
from perception.page.layout import place, slant
from perception.voucher_files import voucher_files
from tests.perception import pages

FILE = voucher_files()[VoucherType.BUSINESS_LICENSE]


def lines() -> list:
    line = pages.line
    return [
        line("法定代表人", 60, 350), line("王建国", 240, 350),
        line("成立日期", 60, 400), line("2017年11月29日", 240, 400),
        line("经营场所", 60, 450),
        line("营业期限", 60, 500), line("2017年11月29日至2037年11月28日", 240, 500),
    ]  # fmt: skip


@pytest.mark.parametrize("degrees", [0.0, 8.0])
def test_an_empty_label_says_where_its_value_must_stand(degrees: float) -> None:
    found = pages.turned(lines(), degrees)
    (corners,) = unread_places(FILE, place(found), slant(found))
    cos, sin = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
    straight = [((x - 400) * cos + y * sin, y * cos - (x - 400) * sin) for x, y in corners]
    (x0, y0), _, (x1, y1), _ = straight
    assert x0 == pytest.approx(240, abs=8)
    assert x1 > 500
    assert y0 < 450 < 480 < y1
    assert y1 - y0 < 60


def test_a_form_that_is_read_has_no_such_place() -> None:
    full = [*lines(), pages.line("河北省石家庄市", 240, 450)]
    assert unread_places(FILE, place(full), 0.0) == []


def test_a_page_without_values_has_none() -> None:
    assert unread_places(FILE, place([pages.line("经营场所", 60, 450)]), 0.0) == []
    assert unread_places(FILE, [], 0.0) == []
