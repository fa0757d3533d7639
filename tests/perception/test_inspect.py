"""Generated photos of the demonstration are read as what they are."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from perception import inspect, to_json
from perception.errors import BrokenFile, EmptyFile, UnsupportedType
from perception.values import credit_code, iso_date


@pytest.fixture(scope="module")
def demo(project_root: Path) -> Path:
    return project_root / "data" / "demo"


def seen(path: Path) -> dict:
    return to_json(inspect(path.read_bytes()), path.name)


@pytest.mark.parametrize(
    ("file", "fields"),
    [
        (
            "wang_license.jpg",
            {"legal_person": "王建国", "social_credit_code": "92130108G8BLHHDH6N"},
        ),
        ("li_license.jpg", {"legal_person": "李秀英", "established_on": "2019-01-23"}),
        ("chen_license.jpg", {"legal_person": "陈志强", "valid_until": "long_term"}),
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
        ("vat_invoice/yz_div_194.jpg", "vat_general_invoice"),
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
