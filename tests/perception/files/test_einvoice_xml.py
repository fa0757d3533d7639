"""Invoices' data as XML: both families, whatever the issuer calls things; and what is refused."""

from __future__ import annotations

import pytest

from perception.errors import BrokenFile, OverblownFile, PerceptionError, UnsupportedType
from perception.fields.stated import holds, normal, stated_fields, stated_kind
from perception.files.decode import decode
from perception.files.einvoice_xml import items, sheets_of, stated
from perception.files.trees import tree
from perception.inspection import Line
from perception.voucher_files import voucher_files
from tests.perception.bad_files import laughing_xml
from tests.perception.ofd_files import (
    BUYER,
    BUYER_ID,
    NUMBER,
    SELLER,
    SELLER_ID,
    einvoice,
    old_einvoice,
)

STATED = {
    "invoice_number": NUMBER,
    "issued_on": "2024-03-05 10:11:12",
    "seller_name": SELLER,
    "seller_tax_id": SELLER_ID,
    "buyer_name": BUYER,
    "buyer_tax_id": BUYER_ID,
    "amount_cny": "1000",
    "tax_cny": "130.00",
    "total_cny": "1130.00",
    "kind": "vat_special_invoice",
}


def test_a_fully_digital_invoice_states_its_fields() -> None:
    assert stated(tree(einvoice().encode())) == STATED
    assert stated(tree(einvoice(special=False).encode()))["kind"] == "vat_general_invoice"


def test_the_older_data_states_its_fields() -> None:
    said = stated(tree(old_einvoice().encode()))
    assert said["tax_cny"] == "130.00"
    assert said["check_code"] == "12345678901234567890"
    assert said["seller_tax_id"] == SELLER_ID


@pytest.mark.parametrize("spelling", ["utf-8", "gbk", "gb18030", "utf-16"])
def test_encodings(spelling: str) -> None:
    content = einvoice().replace("UTF-8", spelling).encode(spelling)
    assert stated(tree(content)) == STATED


def test_names_of_old_programs_are_known() -> None:
    names = {"fpdm": "013002000111", "fphm": "12345678", "kprq": "20240305", "xfmc": SELLER}
    names |= {
        "gfmc": BUYER,
        "hjje": "1000.00",
        "hjse": "130.00",
        "jshj": "1130.00",
        "fplxdm": "026",
    }
    said = stated(tree(f"<fp>{''.join(f'<{k}>{v}</{k}>' for k, v in names.items())}</fp>".encode()))
    assert (said["invoice_code"], said["total_cny"]) == ("013002000111", "1130.00")


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("013002000113", "vat_special_invoice"),
        ("013002000111", "vat_general_invoice"),
        ("1300200130", "vat_special_invoice"),
        ("1300200320", "vat_general_invoice"),
    ],
)
def test_the_code_tells_the_kind_where_nothing_else_does(code: str, kind: str) -> None:
    content = old_einvoice().replace("013002000111", code)
    assert stated(tree(content.encode()))["kind"] == kind


def test_a_railway_ticket_is_no_invoice_of_trade() -> None:
    content = einvoice().replace("专用发票", "铁路电子客票")
    guess = stated_kind(stated(tree(content.encode())))
    assert guess is not None
    assert guess.type == "other"


def test_goods_are_rows_under_their_headers() -> None:
    header, row = items(tree(einvoice().encode()))
    assert dict(zip(header, row, strict=True))["项目名称"] == "*运输服务*运费"
    assert dict(zip(header, row, strict=True))["金额"] == "1000"


def test_the_form_shows_every_value() -> None:
    pages, count = decode(einvoice().encode())
    assert count == 1
    assert not pages[0].printed
    shown = {line.text for line in pages[0].text}
    assert set(STATED.values()) - {"vat_special_invoice"} <= shown
    assert (pages[0].image_rgb < 128).any()


def test_fields_are_normal_and_point_at_their_print() -> None:
    lines = [
        Line("（小写）¥1,130.00", 1.0, (5, 6, 7, 8)),
        Line("2024年03月05日", 1.0, (1, 2, 3, 4)),
    ]
    file = next(f for k, f in voucher_files().items() if k == "vat_special_invoice")
    found = {f.name: f for f in stated_fields(file, STATED, lines, (0, 0, 90, 90))}
    assert (found["total_cny"].value, found["total_cny"].box) == ("1130.00", (5, 6, 7, 8))
    assert (found["issued_on"].value, found["issued_on"].box) == ("2024-03-05", (1, 2, 3, 4))
    assert (found["amount_cny"].value, found["amount_cny"].raw) == ("1000.00", "1000")
    assert found["buyer_name"].value == "天津市示例（商贸）有限公司"
    assert found["seller_name"].box == (0, 0, 90, 90)
    assert {f.confidence for f in found.values()} == {0.99}


@pytest.mark.parametrize("raw", ["20240305", "20240305101112", "2024-3-5", "2024年3月5日"])
def test_dates_however_they_are_written(raw: str) -> None:
    assert normal("date", raw) == "2024-03-05"
    assert holds(raw, "date", "2024-03-05")


def deep(levels: int) -> bytes:
    return b"<?xml version='1.0'?>" + b"<a>" * levels + b"</a>" * levels


@pytest.mark.parametrize(
    ("content", "error"),
    [
        (laughing_xml(), BrokenFile),
        (b'<?xml version="1.0"?><!DOCTYPE a SYSTEM "http://192.0.2.1/x.dtd"><a/>', BrokenFile),
        (b'<?xml version="1.0"?><a>', BrokenFile),
        (b'<?xml version="1.0" encoding="nonsense"?><a></a>', BrokenFile),
        (deep(100_000), OverblownFile),
        (deep(61), OverblownFile),
        (b"<?xml version='1.0'?><a>" + b"<b/>" * 300_000 + b"</a>", OverblownFile),
        (b"<?xml version='1.0'?><a>" + b" " * 17 * 2**20 + b"</a>", OverblownFile),
        (b"<?xml version='1.0'?><html><body/></html>", UnsupportedType),
        (einvoice().replace("InvoiceNumber", "X").replace("EIid", "Y").encode(), UnsupportedType),
    ],
)
def test_what_is_no_invoice_is_refused(content: bytes, error: type[PerceptionError]) -> None:
    with pytest.raises(error):
        sheets_of(content)
