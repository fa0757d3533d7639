"""The photos of the demonstration merchants, made from fixed seeds, and the truth about each."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import numpy as np

from perception.synthesis.camera import Picture
from perception.synthesis.contents import (
    Company,
    InvoiceForm,
    Line,
    Trade,
    company,
    invoice,
)
from perception.synthesis.desk import Strain, laid_down
from perception.synthesis.forms.business_license import licence
from perception.synthesis.forms.catalogue import Layout
from perception.synthesis.forms.filled import Filled
from perception.synthesis.forms.invoicing import filled
from perception.synthesis.forms.voucher import printed_fields, typeset
from perception.synthesis.press.browser import Press
from perception.synthesis.press.style import Split
from perception.synthesis.scenes import SceneKind, Wording, render_scene

SIZE = (1600, 1200)
SEED = 20261125
PLATE = "冀A5K82P"
_BLANK = 41
_MILD = Strain(tilt=0.8, fold=0.7, light=0.8, glare=0.3, camera=0.8)


@dataclass(frozen=True, slots=True)
class DemoPhoto:
    """One committed photo.

    Attributes:
        file: Its name.
        merchant: Demonstration merchant; None for the sheet that proves nothing.
        kind: Its voucher type.
        seed: What its picture came from.
        fields: What a perfect reader would find.
        picture: Shape (1200, 1600, 3), sRGB.
    """

    file: str
    merchant: str | None
    kind: str
    seed: int
    fields: dict[str, str]
    picture: Picture


def _rng(offset: int) -> np.random.Generator:
    return np.random.default_rng(SEED + offset)


_PERMIT = "（依法须经批准的项目，经相关部门批准后方可开展经营活动，具体经营项目以审批结果为准）"
_FREE = "（除依法须经批准的项目外，凭营业执照依法自主开展经营活动）"


def wang_firm() -> Company:
    """王建国's haulage firm, a sole trader in Shijiazhuang."""
    return Company(
        name="石家庄市裕华区建国示例货运部",
        credit_code="92130108G8BLHHDH6N",
        legal_person="王建国",
        company_type="个体工商户",
        address="河北省石家庄市裕华区示范路358号5栋101室",
        capital_cny=None,
        established_on=date(2017, 11, 29),
        valid_until=None,
        scope=f"许可项目：道路货物运输（不含危险货物）。{_PERMIT}"
        "一般项目：国内货物运输代理；装卸搬运；普通货物仓储服务。",
        phone="0468-75494778",
        bank="示例银行石家庄支行",
        account="62764534741065219",
    )


def li_firm() -> Company:
    """李秀英's corner shop, a sole trader in Hangzhou."""
    return Company(
        name="杭州市拱墅区秀英示例便利店",
        credit_code="92330105HUBRXY7K9C",
        legal_person="李秀英",
        company_type="个体工商户",
        address="浙江省杭州市拱墅区示范路147号7栋105室",
        capital_cny=None,
        established_on=date(2019, 1, 23),
        valid_until=date(2049, 1, 23),
        scope=f"许可项目：食品销售；烟草制品零售。{_PERMIT}"
        "一般项目：日用百货销售；文具用品零售；母婴用品销售。",
        phone="0674-25315319",
        bank="示例银行杭州支行",
        account="62913341174805959",
    )


def chen_firm() -> Company:
    """陈志强's clothing company in Guangzhou."""
    return Company(
        name="广州市志强示例服饰有限公司",
        credit_code="91440105946429668U",
        legal_person="陈志强",
        company_type="有限责任公司（自然人独资）",
        address="广东省广州市海珠区示范路362号14栋120室",
        capital_cny=Decimal(2_000_000),
        established_on=date(2019, 9, 26),
        valid_until=None,
        scope="一般项目：服装服饰批发；服装服饰零售；鞋帽批发；箱包销售；针纺织品销售；"
        f"互联网销售（除销售需要许可的商品）；货物进出口。{_FREE}",
        phone="0739-88732847",
        bank="示例银行广州支行",
        account="62195891950094477",
    )


def _wang_licence(rng: np.random.Generator) -> Filled:
    return licence(wang_firm(), date(2021, 6, 8), rng, LICENCE.name)


def _li_licence(rng: np.random.Generator) -> Filled:
    return licence(li_firm(), date(2022, 3, 15), rng, LICENCE.name)


def _chen_licence(rng: np.random.Generator) -> Filled:
    return licence(chen_firm(), date(2023, 5, 22), rng, LICENCE.name)


def _wang_invoice(rng: np.random.Generator) -> Filled:
    buyer = company(
        rng, Trade.BUILDING, sole_trader=False, region="130606", name="保定市云雀示例建材有限公司"
    )
    rate = Decimal("0.09")
    lines = (
        Line("*运输服务*货物运输费", "", "趟", Decimal(32), Decimal("80000.00"), rate),
        Line("*运输服务*旺季加急运费", "", "趟", Decimal(8), Decimal("24600.00"), rate),
    )
    remark = f"起运地：石家庄 到达地：保定 车种车号：厢式货车 {PLATE} 货物：建材"
    bill = invoice(
        rng, InvoiceForm.SPECIAL_PAPER, wang_firm(), buyer, lines, date(2026, 10, 9), remark=remark
    )
    return filled(bill, rng)


def _li_invoice(rng: np.random.Generator) -> Filled:
    seller = company(
        rng,
        Trade.CONVENIENCE,
        sole_trader=False,
        region="330105",
        name="杭州市百汇示例商贸有限公司",
    )
    rate = Decimal("0.13")
    rows = (
        ("*饮料*矿泉水", "550ml*24", "箱", 120, "3360.00"),
        ("*焙烤食品*苏打饼干", "200g*20", "箱", 45, "4275.00"),
        ("*方便食品*牛肉面", "110g*24", "箱", 60, "4080.00"),
        ("*纸制品*抽纸", "3层*130抽", "提", 150, "3150.00"),
    )
    lines = [Line(g, m, u, Decimal(n), Decimal(p), rate) for g, m, u, n, p in rows]
    bill = invoice(rng, InvoiceForm.GENERAL_DIGITAL, seller, li_firm(), lines, date(2026, 9, 18))
    return filled(bill, rng)


def _chen_invoice(rng: np.random.Generator) -> Filled:
    buyer = company(
        rng, Trade.CLOTHING, sole_trader=False, region="510104", name="成都市佳美示例服饰有限公司"
    )
    rate = Decimal("0.13")
    rows = (
        ("*服装*女式羽绒服", "M-XL", "件", 400, "108000.00"),
        ("*服装*男式夹克", "170-185", "件", 450, "72000.00"),
        ("*服装*针织衫", "均码", "件", 400, "24000.00"),
    )
    lines = [Line(g, m, u, Decimal(n), Decimal(p), rate) for g, m, u, n, p in rows]
    bill = invoice(rng, InvoiceForm.GENERAL_PAPER, chen_firm(), buyer, lines, date(2026, 9, 26))
    return filled(bill, rng)


LICENCE = Layout("business_license", "landscape2019", Split.TRAIN)
_PAPERS: tuple[tuple[str, str, Layout, int, Callable[[np.random.Generator], Filled]], ...] = (
    ("wang_license.jpg", "wang", LICENCE, 11, _wang_licence),
    (
        "wang_invoice.jpg",
        "wang",
        Layout("vat_special_invoice", "paper", Split.TRAIN),
        12,
        _wang_invoice,
    ),
    ("li_license.jpg", "li", LICENCE, 21, _li_licence),
    (
        "li_invoice.jpg",
        "li",
        Layout("vat_general_invoice", "digital", Split.TRAIN),
        22,
        _li_invoice,
    ),
    ("chen_license.jpg", "chen", LICENCE, 43, _chen_licence),
    (
        "chen_invoice.jpg",
        "chen",
        Layout("vat_general_invoice", "paper", Split.TRAIN),
        32,
        _chen_invoice,
    ),
)
_SCENES: tuple[tuple[str, str, str, SceneKind, int, Wording], ...] = (
    ("wang_truck.jpg", "wang", "equipment_photo", "truck", 13, Wording("建国示例货运", PLATE)),
    ("li_storefront.jpg", "li", "storefront_photo", "shop_front", 2, Wording("秀英示例便利店")),
    ("li_shelf.jpg", "li", "stock_photo", "shelf", 1, Wording()),
    ("chen_stock.jpg", "chen", "stock_photo", "stall", 2, Wording("志强示例服饰批发")),
)


def demo_photos() -> list[DemoPhoto]:
    """All photos in ``data/demo``, by file name.

    Raises:
        BrowserMissing: There is no browser to print papers with.
        FontMissing: A Debian font package is not installed.
    """
    with Press() as press:
        made = [_paper(press, *paper) for paper in _PAPERS]
    made.append(_blank_sheet())
    for file, owner, kind, scene, seed, words in _SCENES:
        shown = {"firm": words.firm, "plate": words.plate}
        fields = {name: value for name, value in shown.items() if value}
        photo = render_scene(scene, seed, size=SIZE, wording=words)
        made.append(DemoPhoto(file, owner, kind, seed, fields, photo))
    return sorted(made, key=lambda photo: photo.file)


def _paper(
    press: Press,
    file: str,
    merchant: str,
    layout: Layout,
    offset: int,
    fill: Callable[[np.random.Generator], Filled],
) -> DemoPhoto:
    rng = _rng(offset)
    contents = fill(rng)
    page = press.print(typeset(layout, contents, rng))
    photo = laid_down(page.page_rgb, rng, size=SIZE, strain=_MILD).photo_rgb
    fields = printed_fields(contents, page)
    return DemoPhoto(file, merchant, layout.kind, SEED + offset, fields, photo)


def _blank_sheet() -> DemoPhoto:
    """A sheet with nothing on it, which proves nothing."""
    rng = _rng(_BLANK)
    sheet = np.full((1414, 2000, 3), (250, 250, 247), np.uint8)
    photo = laid_down(sheet, rng, size=SIZE, strain=_MILD).photo_rgb
    return DemoPhoto("blank_sheet.jpg", None, "other", SEED + _BLANK, {}, photo)
