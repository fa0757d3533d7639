"""What a picture is taken for."""

from __future__ import annotations

from pathlib import Path

import pytest

from bailing.terms import VoucherType
from perception.inspection import Line, Mark
from perception.kind.decide import decide_kind
from perception.voucher_files import voucher_files
from tests.perception.pages import typeset

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


DRAWN = sorted((Path(__file__).parents[1] / "fields" / "papers").glob("*.txt"))


@pytest.mark.parametrize("path", DRAWN, ids=lambda p: p.stem)
def test_every_drawn_paper_is_known(path: Path) -> None:
    page = path.read_text(encoding="utf-8").partition("\n---\n")[0]
    seen = [read.line(0) for read in typeset(page)]
    assert decide_kind(FILES, seen, NOTHING)[0].type == path.stem.split(".")[0]


@pytest.mark.parametrize(
    "texts",
    [
        ("居民身份证", "姓名 王示例", "性别 男", "住址 河北省", "公民身份号码"),
        ("中华人民共和国机动车驾驶证", "姓名", "住址", "初次领证日期", "准驾车型", "有效期限"),
        ("火车票", "石家庄站", "北京西站", "二等座", "报销凭证"),
        ("个人简历", "姓名：王示例", "工作经历", "某某银行", "联系电话"),
        ("关于放假的通知", "各单位：", "现将放假事项通知如下", "请提前安排送货"),
        ("荣誉证书", "王示例同志", "被评为先进个人", "特发此证"),
        ("开户许可证", "核准号", "账号", "开户银行", "法定代表人", "存款人"),
        ("产品合格证", "型号", "数量", "检验员", "生产日期"),
        ("劳动合同书", "甲方", "乙方", "工资", "合同期限"),
        ("医疗器械经营许可证", "企业名称", "法定代表人", "经营范围", "住所", "有效期限"),
    ],
)
def test_other_papers_are_other(texts: tuple[str, ...]) -> None:
    title = Line(texts[0], 0.99, (0, 0, 600, 60))
    rest = [Line(t, 0.99, (0, 90 + 40 * i, 300, 120 + 40 * i)) for i, t in enumerate(texts[1:])]
    assert decide_kind(FILES, [title, *rest], NOTHING)[0].type is VoucherType.OTHER


def test_a_title_that_is_only_mentioned_is_no_title() -> None:
    page = lines(
        "房屋租赁合同",
        "甲方",
        "乙方",
        "租金",
        "乙方须提供营业执照、身份证复印件及统一社会信用代码，",
    )
    assert decide_kind(FILES, page, NOTHING)[0].type is VoucherType.LEASE_CONTRACT


def test_a_title_read_in_two_parts() -> None:
    parts = [Line("食品经营", 0.99, (100, 0, 300, 50)), Line("许可证", 0.99, (310, 0, 460, 50))]
    rest = [
        Line(t, 0.99, (0, 90 + 40 * i, 300, 120 + 40 * i))
        for i, t in enumerate(("主体业态", "经营项目"))
    ]
    assert decide_kind(FILES, [*parts, *rest], NOTHING)[0].type is VoucherType.FOOD_PERMIT
