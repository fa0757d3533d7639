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
from perception.synthesis.desk import Strain, photograph
from perception.synthesis.papers.registry import Paper, invoice_paper, license_paper
from perception.synthesis.papers.sheet import Sheet
from perception.synthesis.scenes import SceneKind, Wording, render_scene

SIZE = (1600, 1200)
SEED = 20261125
PLATE = "冀A5K82P"
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


def wang_firm() -> Company:
    """王建国's haulage firm, a sole trader in Shijiazhuang."""
    return company(
        _rng(1),
        Trade.HAULAGE,
        sole_trader=True,
        region="130108",
        name="石家庄市裕华区建国示例货运部",
        legal_person="王建国",
    )


def li_firm() -> Company:
    """李秀英's corner shop, a sole trader in Hangzhou."""
    return company(
        _rng(2),
        Trade.CONVENIENCE,
        sole_trader=True,
        region="330105",
        name="杭州市拱墅区秀英示例便利店",
        legal_person="李秀英",
    )


def chen_firm() -> Company:
    """陈志强's clothing company in Guangzhou."""
    return company(
        _rng(3),
        Trade.CLOTHING,
        sole_trader=False,
        region="440105",
        name="广州市志强示例服饰有限公司",
        legal_person="陈志强",
    )


def _wang_invoice(rng: np.random.Generator) -> Paper:
    buyer = company(
        rng, Trade.HAULAGE, sole_trader=False, region="130606", name="保定市云雀示例建材有限公司"
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
    return invoice_paper(bill, rng)


def _li_invoice(rng: np.random.Generator) -> Paper:
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
    return invoice_paper(bill, rng)


def _chen_invoice(rng: np.random.Generator) -> Paper:
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
    return invoice_paper(bill, rng)


def _blank(rng: np.random.Generator) -> Paper:
    return Paper(Sheet(2000, 1414, (250, 250, 247)).pixels(), {})


_PAPERS: tuple[tuple[str, str | None, str, int, Callable[[np.random.Generator], Paper]], ...] = (
    (
        "wang_license.jpg",
        "wang",
        "business_license",
        11,
        lambda rng: license_paper(wang_firm(), date(2021, 6, 8), rng),
    ),
    ("wang_invoice.jpg", "wang", "vat_special_invoice", 12, _wang_invoice),
    (
        "li_license.jpg",
        "li",
        "business_license",
        21,
        lambda rng: license_paper(li_firm(), date(2022, 3, 15), rng),
    ),
    ("li_invoice.jpg", "li", "vat_general_invoice", 22, _li_invoice),
    (
        "chen_license.jpg",
        "chen",
        "business_license",
        31,
        lambda rng: license_paper(chen_firm(), date(2023, 5, 22), rng),
    ),
    ("chen_invoice.jpg", "chen", "vat_general_invoice", 32, _chen_invoice),
    ("blank_sheet.jpg", None, "other", 41, _blank),
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
        FontMissing: A Debian font package is not installed.
    """
    made = []
    for file, merchant, kind, offset, make in _PAPERS:
        rng = _rng(offset)
        paper = make(rng)
        photo = photograph(paper.page_rgb, rng, size=SIZE, strain=_MILD)
        made.append(DemoPhoto(file, merchant, kind, SEED + offset, paper.fields, photo))
    for file, owner, kind, scene, seed, words in _SCENES:
        shown = {"firm": words.firm, "plate": words.plate}
        fields = {name: value for name, value in shown.items() if value}
        photo = render_scene(scene, seed, size=SIZE, wording=words)
        made.append(DemoPhoto(file, owner, kind, seed, fields, photo))
    return sorted(made, key=lambda photo: photo.file)
