"""Fields of the general reader, on pages drawn by hand: two differently laid out for each kind."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
import yaml

from bailing.terms import VoucherType
from perception.fields.paper import Paper, read_paper
from perception.page.layout import place
from perception.voucher_files import voucher_files
from tests.perception.pages import turned, typeset

PAPERS = sorted((Path(__file__).parent / "papers").glob("*.txt"))
FILES = voucher_files()


def drawn(path: Path) -> tuple[VoucherType, str, dict[str, str]]:
    """A page, its kind, and what must be read."""
    page, _, wanted = path.read_text(encoding="utf-8").partition("\n---\n")
    values = yaml.load(wanted, yaml.BaseLoader)
    return VoucherType(path.stem.split(".")[0]), page, values


def read(kind: VoucherType, page: str, degrees: float = 0.0) -> Paper:
    return read_paper(FILES[kind], [place(turned(typeset(page), degrees))])


def values_of(paper: Paper) -> dict[str, str]:
    return {field.name: field.value for field in paper.fields}


@pytest.mark.parametrize("degrees", [0.0, 3.0])
@pytest.mark.parametrize("path", PAPERS, ids=lambda p: p.stem)
def test_all_that_is_printed_is_read(path: Path, degrees: float) -> None:
    kind, page, wanted = drawn(path)
    paper = read(kind, page, degrees)
    rows = int(wanted.pop("table", 0))
    found = values_of(paper)
    assert {name: found.get(name) for name in wanted} == wanted
    if rows:
        (table,) = paper.tables
        assert len(table.rows) == rows + 1


def test_each_kind_of_paper_has_two_pages() -> None:
    kinds = [path.stem.split(".")[0] for path in PAPERS]
    for kind, file in FILES.items():
        if file.words and kind not in (
            "business_license",
            "vat_special_invoice",
            "vat_general_invoice",
        ):
            assert kinds.count(kind) >= 2, kind


def one(kind: str, page: str) -> dict[str, str]:
    return values_of(read(VoucherType(kind), page))


def test_a_missing_label_is_a_missing_field() -> None:
    found = one("receipt", "收据\n今收到：样本商行\n￥200.00")
    assert found == {"payer_name": "样本商行", "amount_cny": "200.00"}


def test_labels_in_one_line_without_spaces() -> None:
    found = one(
        "purchase_order", "采购订单\n订单编号：PO-1001下单日期：2026年1月5日供应商：样本五金店"
    )
    assert found == {
        "order_number": "PO-1001",
        "ordered_on": "2026-01-05",
        "seller_name": "样本五金店",
    }


def test_a_value_beneath_its_label() -> None:
    page = "订单详情\n订单编号          创建日期        供应商\nPO20260105        2026-01-05      样本五金店"
    found = one("purchase_order", page)
    assert found["order_number"] == "PO20260105"
    assert found["ordered_on"] == "2026-01-05"
    assert found["seller_name"] == "样本五金店"


def test_a_label_broken_by_its_cell() -> None:
    found = one("transport_contract", "甲方（托     河北示例食品\n运方）       有限公司")
    assert found["party_a"] == "河北示例食品有限公司"


def test_a_label_read_letter_by_letter() -> None:
    found = one("vehicle_license", "住    址  河北省石家庄市示例路1号\n所  有  人  王示例")
    assert found == {"address": "河北省石家庄市示例路1号", "owner": "王示例"}


def test_a_misread_letter_of_a_label() -> None:
    found = one("vehicle_license", "号牌号玛  冀A5K82P\n注册曰期  2021-03-09")
    assert found == {"plate": "冀A5K82P", "registered_on": "2021-03-09"}


def test_a_longer_label_is_another_one() -> None:
    assert "seller_name" not in one("purchase_order", "采购订单\n供应商确认：王示例")


def test_what_was_put_right_keeps_its_raw_text() -> None:
    paper = read(VoucherType("waybill"), "货运单\n车牌号：翼AO5K82")
    (plate,) = [field for field in paper.fields if field.name == "plate"]
    assert (plate.value, plate.raw, plate.repaired) == ("冀A05K82", "翼AO5K82", True)


def test_confidence_falls_with_the_reader_s() -> None:
    def sure(confidence: float) -> float:
        lines = [replace(x, confidence=confidence) for x in typeset("收据\n￥200.00")]
        (field,) = read_paper(FILES[VoucherType.RECEIPT], [place(lines)]).fields
        return field.confidence

    assert 0 < sure(0.6) < sure(0.99) <= 0.99


def test_fields_come_from_any_page() -> None:
    pages = ["购销合同\n甲方：样本商行", "合计金额：500.00元", "签订日期：2026年3月1日"]
    lines = [place(typeset(page), n) for n, page in enumerate(pages)]
    paper = read_paper(FILES[VoucherType.PURCHASE_SALE_CONTRACT], lines)
    places = {field.name: field.page for field in paper.fields}
    assert places == {"party_a": 0, "signed_on": 2, "amount_cny": 1}
