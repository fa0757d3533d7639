"""What a picture is taken for."""

from __future__ import annotations

import pytest

from bailing.terms import VoucherType
from perception.inspection import Line, Mark
from perception.kind.decide import decide_kind
from perception.voucher_files import voucher_files

FILES = voucher_files()
NOTHING = {"vehicle": 0.0, "machine": 0.0, "shop_front": 0.0, "shelf": 0.0, "paper": 0.9}


def lines(*texts: str) -> list[Line]:
    return [Line(text, 0.99, (0, 40 * i, 300, 40 * i + 30)) for i, text in enumerate(texts)]


def kind(*texts: str, looks=NOTHING, **options) -> VoucherType:
    return decide_kind(FILES, lines(*texts), looks, **options)[0].type


INVOICE = (
    "开票日期：2026年1月1日",
    "价税合计（大写）",
    "纳税人识别号",
    "税率",
    "税额",
    "开票人：王",
)


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (("营业执照", "法定代表人", "经营范围"), "business_license"),
        (("河北增值税专用发票", *INVOICE), "vat_special_invoice"),
        (("河北增值税", "用发票", *INVOICE), "vat_special_invoice"),
        (("上海增值税电子普通发票", *INVOICE), "vat_general_invoice"),
        (("电子发票（增值税专用发票）", *INVOICE), "vat_special_invoice"),
        (("1301261130", *INVOICE), "vat_special_invoice"),
        (("校验码 1234", *INVOICE), "vat_general_invoice"),
        (("今日特价", "营业中"), "other"),
    ],
)
def test_papers_are_known_by_their_words(texts: tuple[str, ...], expected: str) -> None:
    assert kind(*texts) == expected


def test_another_permit_is_no_licence() -> None:
    title = Line("医疗器械经营许可证", 0.99, (0, 0, 600, 90))
    rest = lines("经营者名称", "社会信用代码", "法定代表人", "经营场所", "登记机关", "经营项目")
    assert decide_kind(FILES, [title, *rest], NOTHING)[0].type is VoucherType.OTHER


def test_the_code_tells_invoices_apart() -> None:
    code = Mark("qr", "01,01,1301261130,87719414,95963.31,20261009,,AB12", (0, 0, 9, 9), 0.99)
    assert kind(*INVOICE, marks=[code]) is VoucherType.VAT_SPECIAL_INVOICE


def test_a_photo_is_known_by_its_look() -> None:
    assert kind(looks={**NOTHING, "vehicle": 0.5, "machine": 0.3}) is VoucherType.EQUIPMENT_PHOTO
    assert kind(looks={**NOTHING, "shelf": 0.4}) is VoucherType.OTHER


@pytest.mark.parametrize("declared", [t.value for t in VoucherType])
def test_what_is_declared_never_makes_it_count(declared: str) -> None:
    assert kind("一只猫", declared=declared) is VoucherType.OTHER
    assert kind("营业执照", "经营范围", declared=declared) is VoucherType.BUSINESS_LICENSE


def test_what_is_declared_breaks_a_tie() -> None:
    looks = {**NOTHING, "shop_front": 0.6, "shelf": 0.58}
    assert kind(looks=looks) is VoucherType.STOREFRONT_PHOTO
    assert kind(looks=looks, declared="stock_photo") is VoucherType.STOCK_PHOTO
    assert kind(looks=looks, declared="equipment_photo") is VoucherType.STOREFRONT_PHOTO
