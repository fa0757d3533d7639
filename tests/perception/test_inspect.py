"""Generated photos of the demonstration are read as what they are."""

from __future__ import annotations

import io
import json
from functools import cache
from pathlib import Path

import pytest
from PIL import Image

from perception import Inspection, from_json, inspect, to_json
from perception.errors import BrokenFile, EmptyFile, TooManyPages, UnsupportedType
from perception.fields.values import credit_code, iso_date


@pytest.fixture(scope="module")
def demo(project_root: Path) -> Path:
    return project_root / "data" / "demo"


@cache
def inspection(path: Path) -> Inspection:
    return inspect(path.read_bytes())


def seen(path: Path) -> dict:
    return to_json(inspection(path), path.name)


@pytest.mark.parametrize(
    ("file", "fields"),
    [
        (
            "wang_license.jpg",
            {
                "legal_person": "王建国",
                "social_credit_code": "92130108G8BLHHDH6N",
                "company_type": "个体工商户",
                "address": "河北省石家庄市裕华区示范路358号5栋101室",
            },
        ),
        ("li_license.jpg", {"legal_person": "李秀英", "established_on": "2019-01-23"}),
        (
            "chen_license.jpg",
            {
                "legal_person": "陈志强",
                "valid_until": "long_term",
                "registered_capital": "2000000.00",
            },
        ),
    ],
)
def test_licences_are_read(demo: Path, file: str, fields: dict[str, str]) -> None:
    body = seen(demo / file)
    assert body["voucher"]["type"] == "business_license"
    for name, value in fields.items():
        assert body["fields"][name]["value"] == value
        x0, y0, x1, y1 = body["fields"][name]["box"]
        assert 0 <= x0 < x1 <= 1600
        assert 0 <= y0 < y1 <= 1200


@pytest.mark.parametrize(
    ("file", "kind", "total"),
    [
        ("wang_invoice.jpg", "vat_special_invoice", "104600.00"),
        ("li_invoice.jpg", "vat_", "14865.00"),
        ("chen_invoice.jpg", "vat_general_invoice", "204000.00"),
    ],
)
def test_invoices_are_read(demo: Path, file: str, kind: str, total: str) -> None:
    body = seen(demo / file)
    assert body["voucher"]["type"].startswith(kind)
    assert body["fields"]["total_cny"]["value"] == total
    assert body["authenticity"]["verdict"] == "genuine"
    checks = {c["name"]: c["passed"] for c in body["authenticity"]["checks"]}
    assert checks["amount_arithmetic"]


@pytest.mark.parametrize(
    ("file", "kind"),
    [
        ("wang_truck.jpg", "equipment_photo"),
        ("li_storefront.jpg", "storefront_photo"),
        ("li_shelf.jpg", "stock_photo"),
        ("blank_sheet.jpg", "other"),
    ],
)
def test_photos_are_known_by_their_look(demo: Path, file: str, kind: str) -> None:
    assert seen(demo / file)["voucher"]["type"] == kind


def test_a_declared_kind_changes_nothing(demo: Path) -> None:
    content = (demo / "blank_sheet.jpg").read_bytes()
    declared = inspect(content, declared="business_license")
    assert declared.voucher == inspect(content).voucher


def test_real_photos_are_known(dev_data: Path) -> None:
    for path, kind in (
        ("storefront/sifan_front_09.jpg", "storefront_photo"),
        ("imagenet1000_sample/n03796401_moving_van.jpg", "equipment_photo"),
        ("vat_invoice/yz_div_180.jpg", "vat_general_invoice"),
        ("vat_invoice/yz_divrot_186.jpg", "vat_general_invoice"),
        ("vat_invoice/guanshuich__.jpg", "vat_special_invoice"),
        ("food_permit/persilee__.jpg", "food_permit"),
        ("other_certificate/sifan_cert_10.jpg", "other"),
        ("business_license/bl_real_000.jpg", "business_license"),
        ("imagenet1000_sample/n02123045_tabby.jpg", "other"),
    ):
        file = dev_data / "images" / path
        if file.exists():
            assert seen(file)["voucher"]["type"] == kind, path


@pytest.mark.parametrize(
    ("content", "error"),
    [(b"", EmptyFile), (b"words only", UnsupportedType), (b"%PDF-1.4 broken", BrokenFile)],
)
def test_what_cannot_be_read_is_refused(content: bytes, error: type[Exception]) -> None:
    with pytest.raises(error):
        inspect(content)


def test_the_contract_is_whole_and_json(demo: Path) -> None:
    body = seen(demo / "blank_sheet.jpg")
    json.dumps(body)
    assert list(body) == [
        "file", "sha256", "pages", "quality", "voucher", "fields", "marks", "tables", "objects",
        "authenticity", "lines", "models", "elapsed_ms", "error",
    ]  # fmt: skip


def test_a_misread_letter_is_mended_only_by_the_check_digit() -> None:
    assert credit_code("统一社会信用代码 92130108G8BLHHDH6N") == ("92130108G8BLHHDH6N", True)
    assert credit_code("9213O108G8BLHHDH6N") == ("92130108G8BLHHDH6N", True)
    found = credit_code("92130108G8BLHHDH6M")
    assert found is not None
    assert not found[1]


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("2017年11月29日", "2017-11-29"),
        ("二〇一七年十一月二十九日", "2017-11-29"),
        ("2017年13月1日", None),
    ],
)
def test_dates_are_real(text: str, date: str | None) -> None:
    assert iso_date(text) == date


def test_what_is_written_is_read_back(demo: Path) -> None:
    for name in ("wang_license.jpg", "wang_invoice.jpg", "blank_sheet.jpg"):
        body = seen(demo / name)
        assert to_json(from_json(json.loads(json.dumps(body))), name) == body


@pytest.mark.parametrize("turn", [Image.Transpose.ROTATE_90, Image.Transpose.ROTATE_180])
def test_a_turned_picture_is_put_upright(demo: Path, turn: Image.Transpose) -> None:
    with Image.open(demo / "wang_license.jpg") as picture:
        buffer = io.BytesIO()
        picture.transpose(turn).save(buffer, "PNG")
        width, height = picture.size
    found = {f.name: f for f in inspect(buffer.getvalue()).fields}
    assert found["social_credit_code"].value == "92130108G8BLHHDH6N"
    assert found["established_on"].value == "2017-11-29"
    x0, y0, x1, y1 = found["social_credit_code"].box
    assert 0 <= x0 < x1 <= width
    assert 0 <= y0 < y1 <= height / 2


def test_a_camera_s_turn_is_followed(demo: Path) -> None:
    with Image.open(demo / "wang_truck.jpg") as picture:
        turned = picture.transpose(Image.Transpose.ROTATE_90)
        exif = Image.Exif()
        exif[0x0112] = 6
        buffer = io.BytesIO()
        turned.save(buffer, "JPEG", exif=exif, quality=90)
    assert inspect(buffer.getvalue()).voucher.type == "equipment_photo"


def test_seals_and_codes_are_found_on_papers_only(demo: Path) -> None:
    def kinds(name: str) -> set[str]:
        return {mark["kind"] for mark in seen(demo / name)["marks"]}

    assert kinds("wang_license.jpg") == {"seal", "qr"}
    assert kinds("wang_invoice.jpg") == {"seal", "qr"}
    assert not kinds("wang_truck.jpg") | kinds("chen_stock.jpg") | kinds("blank_sheet.jpg")


def test_a_text_layer_is_read_as_text() -> None:
    page = inspect(pdf("INVOICE 2026-11-25"))
    assert [(line.text, line.confidence) for line in page.lines] == [("INVOICE 2026-11-25", 1.0)]
    assert page.authenticity.recapture is None
    assert page.voucher.type == "other"


def test_a_document_has_bounds() -> None:
    assert inspect(pdf("one", pages=60)).pages == 60
    with pytest.raises(TooManyPages):
        inspect(pdf("one", pages=61))


def pdf(text: str, pages: int = 1) -> bytes:
    """A document with the same line of text on each page."""
    stream = f"BT /F1 24 Tf 60 700 Td ({text}) Tj ET"
    first = 5
    kids = " ".join(f"{first + n} 0 R" for n in range(pages))
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {pages} >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream",
        *(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
            "/Resources << /Font << /F1 3 0 R >> >> >>"
            for _ in range(pages)
        ),
    ]
    body, offsets = "%PDF-1.4\n", []
    for number, content in enumerate(objects, start=1):
        offsets.append(len(body))
        body += f"{number} 0 obj\n{content}\nendobj\n"
    table = "".join(f"{offset:010d} 00000 n \n" for offset in offsets)
    count = len(objects) + 1
    tail = f"trailer << /Size {count} /Root 1 0 R >>\nstartxref\n{len(body)}\n%%EOF\n"
    return f"{body}xref\n0 {count}\n0000000000 65535 f \n{table}{tail}".encode()


def test_real_licences_are_read(dev_data: Path) -> None:
    codes = {
        "bl_real_022": "91441900MA4UH3PH0Q",
        "bl_real_058": "91510903327095734M",
        "bl_real_105": "91120223559466266A",
    }
    for name, code in codes.items():
        path = dev_data / "images" / "business_license" / f"{name}.jpg"
        assert seen(path)["fields"]["social_credit_code"]["value"] == code
