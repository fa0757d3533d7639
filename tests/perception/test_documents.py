"""Documents from their bytes to an Inspection: OFD, data, PDFs of every sort, long screenshots."""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from perception import from_json, inspect, page_picture, to_json
from perception.inspection import Verdict
from tests.perception.ofd_files import BUYER, NUMBER, SELLER, einvoice, invoice_ofd, old_einvoice
from tests.perception.pdf_files import document, scanned, shown

FULL = BUYER.replace("(", "（").replace(")", "）")


def values(content: bytes) -> dict[str, str]:
    return {f.name: f.value for f in inspect(content).fields}


def test_an_ofd_invoice_is_read_from_its_data_and_points_at_its_print() -> None:
    seen = inspect(invoice_ofd(einvoice()))
    assert seen.voucher.type == "vat_special_invoice"
    found = {f.name: f for f in seen.fields}
    assert found["invoice_number"].value == NUMBER
    assert (found["seller_name"].value, found["buyer_name"].value) == (SELLER, FULL)
    assert (found["amount_cny"].value, found["tax_cny"].value) == ("1000.00", "130.00")
    at = found["total_cny"].box
    assert [x.text for x in seen.lines if x.box == at] == ["（小写）¥1130.00"]
    checks = {c.name: c.passed for c in seen.authenticity.checks}
    assert checks["data_matches_print"]
    assert seen.authenticity.verdict is Verdict.GENUINE
    assert [m.text for m in seen.marks if m.kind == "seal"] == ["石家庄示例货运有限公司发票专用章"]
    assert "ofd-reader@1" in seen.models
    assert from_json(to_json(seen)).fields == seen.fields


def test_an_ofd_without_data_is_read_from_its_print() -> None:
    found = values(invoice_ofd())
    assert found["invoice_number"] == NUMBER
    assert (found["total_cny"], found["issued_on"]) == ("1130.00", "2024-03-05")


def test_data_that_says_more_than_the_print_is_doubted() -> None:
    seen = inspect(invoice_ofd(einvoice(total="9130.00")))
    failed = {c.name for c in seen.authenticity.checks if not c.passed}
    assert "data_matches_print" in failed
    assert seen.authenticity.verdict is not Verdict.GENUINE


@pytest.mark.parametrize(
    ("content", "kind", "day"),
    [
        (einvoice().encode(), "vat_special_invoice", "2024-03-05"),
        (einvoice(special=False).encode(), "vat_general_invoice", "2024-03-05"),
        (old_einvoice().encode(), "vat_general_invoice", "2020-08-17"),
    ],
)
def test_data_alone_is_an_invoice(content: bytes, kind: str, day: str) -> None:
    seen = inspect(content)
    found = {f.name: f for f in seen.fields}
    assert seen.voucher.type == kind
    assert (found["total_cny"].value, found["issued_on"].value) == ("1130.00", day)
    assert {f.confidence for f in seen.fields} == {0.99}
    assert "einvoice-xml-reader@1" in seen.models
    assert "data_matches_print" not in {c.name for c in seen.authenticity.checks}
    assert seen.authenticity.recapture is None
    (frame,) = seen.frames
    assert all(f.box[2] <= frame.width and f.box[3] <= frame.height for f in seen.fields)


@pytest.mark.parametrize("content", [einvoice().encode(), invoice_ofd()])
def test_there_is_a_picture_to_show(content: bytes) -> None:
    shown_ = page_picture(content)
    (frame,) = inspect(content).frames
    assert (shown_.width, shown_.height) == (frame.width, frame.height)
    assert np.asarray(Image.open(io.BytesIO(shown_.jpeg)).convert("L")).min() < 100


def licence(project_root: Path) -> tuple[bytes, tuple[int, int]]:
    content = (project_root / "data/demo/wang_license.jpg").read_bytes()
    return content, Image.open(io.BytesIO(content)).size


@pytest.mark.parametrize(
    "layer",
    [
        shown("1I|l!! ~~~ rubbish of a scanner", mode=3) + shown("0000 1111", 72, 300, mode=3),
        shown("Scanned by an app", 20, 20, size=8),
        b"",
    ],
    ids=["a scanner's reading", "a watermark", "nothing"],
)
def test_a_photo_in_a_pdf_is_read_whatever_text_lies_over_it(
    project_root: Path, layer: bytes
) -> None:
    seen = inspect(scanned(*licence(project_root), layer))
    assert seen.voucher.type == "business_license"
    found = {f.name: f.value for f in seen.fields}
    assert found["social_credit_code"] == "92130108G8BLHHDH6N"
    assert seen.authenticity.recapture is not None


def test_a_printed_page_is_read_by_its_text_from_the_first_page_to_the_last() -> None:
    pages = [
        shown(f"Account 62220000 page {n}") + shown(f"2024-03-{n + 1:02} balance {n}00.20", 72, 500)
        for n in range(12)
    ]
    seen = inspect(document(pages))
    assert {line.confidence for line in seen.lines} == {1.0}
    assert [x.text for x in seen.lines if x.page == 11][1] == "2024-03-12 balance 1100.20"
    assert len({(f.width, f.height) for f in seen.frames}) == 1


def test_a_long_screenshot_is_read_in_its_own_pixels() -> None:
    image = Image.new("RGB", (1_080, 6_600), "white")
    face = ImageFont.load_default(size=44)
    tops = range(60, 6_500, 190)
    for number, top in enumerate(tops):
        ImageDraw.Draw(image).text(
            (80, top), f"2024-03-{number + 1:02}  -{number}31.50", "black", face
        )
    held = io.BytesIO()
    image.save(held, "PNG")
    seen = inspect(held.getvalue())
    found = {x.text.replace(" ", "").partition("-")[0]: x for x in seen.lines}
    assert found
    first = sorted(x.box[1] for x in seen.lines if "2024" in x.text)
    assert len(first) >= 0.95 * len(tops)
    assert np.abs(np.array(first)[:, None] - np.array(tops)).min(axis=1).max() < 30
    assert len({x.text for x in seen.lines if "2024" in x.text}) == len(first)
