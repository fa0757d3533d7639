"""What is wrong with a photo, where, and which field it hides."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from bailing.terms import VoucherType
from perception.fields.hidden import with_hidden_fields
from perception.inspection import Line, Quality, Region, Trouble
from perception.page.quality import judge, region_of
from perception.voucher_files import voucher_files

INVOICE = voucher_files()[VoucherType.VAT_SPECIAL_INVOICE]
LICENCE = voucher_files()[VoucherType.BUSINESS_LICENSE]


def paper(level: int = 170) -> np.ndarray:
    """A grey sheet full of print, sharp enough."""
    image = np.full((700, 1000, 3), level, dtype=np.uint8)
    for y in range(40, 680, 30):
        cv2.putText(image, "words " * 9, (30, y), cv2.FONT_HERSHEY_SIMPLEX, 0.8, (30, 30, 30), 2)
    return image


def page_lines() -> list[Line]:
    return [Line("一行字一行字", 0.99, (30, y - 20, 960, y)) for y in range(40, 680, 30)]


def test_a_clean_page_has_no_trouble() -> None:
    assert judge(paper(), page_lines()) == Quality(True)


@pytest.mark.parametrize(
    ("spot", "region"),
    [
        ((780, 520), Region.BOTTOM_RIGHT),
        ((60, 60), Region.TOP_LEFT),
        ((450, 300), Region.MIDDLE),
    ],
)
def test_glare_is_said_where_it_lies(spot: tuple[int, int], region: Region) -> None:
    image = paper()
    x, y = spot
    image[y : y + 120, x : x + 150] = 255
    (trouble,) = judge(image, page_lines()).troubles
    assert (trouble.issue, trouble.region) == ("glare", region)
    x0, y0, x1, y1 = trouble.box
    assert abs(x0 - x) <= 10
    assert abs(y1 - y - 120) <= 10
    assert x0 < x1
    assert y0 < y1


def test_a_page_that_goes_on_beyond_an_edge_says_which() -> None:
    lines = [Line("一行字一行字", 0.99, (400, y, 999, y + 20)) for y in (40, 80, 120, 160, 200)]
    quality = judge(paper(), lines)
    assert quality.usable
    assert [(t.issue, t.region) for t in quality.troubles] == [("cut_off", Region.RIGHT)]


def test_blur_is_all_over() -> None:
    image = cv2.GaussianBlur(paper(), (0, 0), 9)
    quality = judge(np.asarray(image, np.uint8), [])
    assert not quality.usable
    assert [(t.issue, t.region) for t in quality.troubles] == [("blur", Region.WHOLE)]


def test_a_spot_beside_a_label_hides_its_field() -> None:
    lines = [Line("法定代表人", 0.99, (60, 350, 210, 380)), Line("住所", 0.99, (60, 400, 210, 430))]
    spot = Trouble("glare", Region.MIDDLE, (260, 340, 420, 390))
    told = with_hidden_fields(Quality(True, ("glare",), (spot,)), LICENCE, {"name"}, lines)
    assert [(t.field, t.label) for t in told.troubles] == [("legal_person", "法定代表人／经营者")]


def test_the_form_tells_what_stands_in_a_corner() -> None:
    lines = [Line("字", 0.99, (10, 10, 990, 30)), Line("字", 0.99, (10, 600, 700, 640))]
    spot = Trouble("glare", Region.BOTTOM_RIGHT, (760, 560, 900, 640))
    seen = Quality(True, ("glare",), (spot,))
    (told,) = with_hidden_fields(seen, INVOICE, {"invoice_number"}, lines).troubles
    assert told.field == "total_cny"
    (read,) = with_hidden_fields(seen, INVOICE, {f.name for f in INVOICE.fields}, lines).troubles
    assert read.field is None


def test_what_is_all_over_hides_no_field_in_particular() -> None:
    blur = Trouble("blur", Region.WHOLE, (0, 0, 1000, 700))
    seen = Quality(False, ("blur",), (blur,))
    assert with_hidden_fields(seen, INVOICE, set(), []) == seen
    assert with_hidden_fields(seen, None, set(), []) == seen


def test_regions_cover_the_page() -> None:
    page = (100, 100, 400, 700)
    seen = {
        region_of((x, y, x + 1, y + 1), page) for x in range(0, 500, 50) for y in range(0, 800, 50)
    }
    assert seen == set(Region) - {Region.WHOLE}
