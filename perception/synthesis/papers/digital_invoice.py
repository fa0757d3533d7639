"""电子发票（普通发票）: the fully digital form (数电票), printed on a sheet."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from perception.synthesis.contents import Company, Invoice, capital_amount
from perception.synthesis.fonts import Face
from perception.synthesis.papers.sheet import INK, Sheet
from perception.synthesis.papers.vat_invoice import money, percent
from perception.synthesis.seals import oval_seal, qr_code
from perception.synthesis.textures import Rgb

_LINE: Rgb = (150, 62, 52)
_ROWS = (286, 430, 800, 866, 1040)
_ENDS = (90, 1910)
_MARKS = (
    (110, "项目名称", "l"),
    (560, "规格型号", "l"),
    (760, "单位", "l"),
    (1000, "数量", "r"),
    (1230, "单价", "r"),
    (1480, "金额", "r"),
    (1660, "税率/征收率", "r"),
    (1880, "税额", "r"),
)


def draw(invoice: Invoice, rng: np.random.Generator) -> NDArray[np.uint8]:
    """The flat page, shape (1180, 2000, 3)."""
    sheet = Sheet(2000, 1180, (254, 254, 252))
    sheet.draw.rectangle((_ENDS[0], _ROWS[0], _ENDS[1], _ROWS[-1]), outline=_LINE, width=3)
    for y in _ROWS[1:-1]:
        sheet.rule(_ENDS[0], y, _ENDS[1], y, _LINE, 2)
    _head(sheet, invoice, rng)
    _party(sheet, invoice.buyer, "购买方信息", 90)
    _party(sheet, invoice.seller, "销售方信息", 1000)
    for x in (142, 1000, 1052):
        sheet.rule(x, _ROWS[0], x, _ROWS[1], _LINE, 2)
    _goods(sheet, invoice)
    _foot(sheet, invoice)
    return sheet.pixels()


def _head(sheet: Sheet, invoice: Invoice, rng: np.random.Generator) -> None:
    day = invoice.issued_on
    crc = f"{rng.integers(16**4):04X}"
    content = f"01,32,,{invoice.number},{money(invoice.total_cny)},{day:%Y%m%d},,{crc},"
    sheet.picture(qr_code(content, 170), 100, 70)
    sheet.text(1000, 104, "电子发票（普通发票）", 62, face=Face.KAI, ink=_LINE, anchor="mm")
    sheet.rule(660, 160, 1340, 160, _LINE, 3)
    sheet.rule(660, 168, 1340, 168, _LINE, 3)
    sheet.stamp(oval_seal("示例发票监制章", "百灵示例", "税务局", 240, rng), 1000, 158)
    rows = (
        ("发票号码：", invoice.number),
        ("开票日期：", f"{day.year}年{day.month:02d}月{day.day:02d}日"),
    )
    for place, (label, value) in enumerate(rows):
        after = sheet.text(1420, 110 + place * 62, label, 32, ink=_LINE)
        sheet.text(after, 110 + place * 62, value, 30, face=Face.SONG)


def _party(sheet: Sheet, firm: Company, role: str, x: float) -> None:
    for place, letter in enumerate(role):
        sheet.text(x + 26, _ROWS[0] + 18 + place * 27, letter, 25, ink=_LINE, anchor="mm")
    after = sheet.text(x + 70, _ROWS[0] + 44, "名称：", 30, ink=_LINE)
    sheet.text(after, _ROWS[0] + 44, firm.name, 30, face=Face.SONG)
    after = sheet.text(x + 70, _ROWS[0] + 106, "统一社会信用代码/纳税人识别号：", 28, ink=_LINE)
    sheet.text(after, _ROWS[0] + 106, firm.credit_code, 31, face=Face.SONG)


def _goods(sheet: Sheet, invoice: Invoice) -> None:
    for x, label, side in _MARKS:
        sheet.text(x, _ROWS[1] + 30, label, 28, ink=_LINE, anchor=f"{side}m")
    y = _ROWS[1] + 80.0
    for row in invoice.lines:
        cells = (
            row.goods,
            row.model,
            row.unit,
            f"{row.quantity:f}",
            f"{row.unit_price:f}",
            money(row.amount_cny),
            percent(row.rate),
            money(row.tax_cny),
        )
        for (x, _, side), words in zip(_MARKS, cells, strict=True):
            sheet.text(x, y, words, 27, face=Face.SONG, anchor=f"{side}m")
        y += 46
    sheet.text(300, 776, "合　　计", 30, ink=_LINE, anchor="mm")
    sheet.text(1480, 776, f"¥{money(invoice.amount_cny)}", 30, face=Face.SONG, anchor="rm")
    sheet.text(1880, 776, f"¥{money(invoice.tax_cny)}", 30, face=Face.SONG, anchor="rm")
    sheet.text(300, 833, "价税合计（大写）", 30, ink=_LINE, anchor="mm")
    sheet.rule(560, _ROWS[2], 560, _ROWS[3], _LINE, 2)
    sheet.draw.ellipse((596, 815, 632, 851), outline=INK, width=3)
    sheet.rule(602, 821, 626, 845, INK, 3)
    sheet.rule(626, 821, 602, 845, INK, 3)
    sheet.text(652, 833, capital_amount(invoice.total_cny), 34, face=Face.SONG)
    after = sheet.text(1400, 833, "（小写）", 30, ink=_LINE)
    sheet.text(after + 10, 833, f"¥{money(invoice.total_cny)}", 36, face=Face.SONG)


def _foot(sheet: Sheet, invoice: Invoice) -> None:
    sheet.rule(142, _ROWS[3], 142, _ROWS[4], _LINE, 2)
    for place, letter in enumerate("备注"):
        sheet.text(116, _ROWS[3] + 54 + place * 62, letter, 30, ink=_LINE, anchor="mm")
    sheet.block(168, _ROWS[3] + 36, invoice.remark, 1600, 26, face=Face.SONG)
    after = sheet.text(180, 1082, "开票人：", 30, ink=_LINE)
    sheet.text(after, 1082, invoice.issuer, 30, face=Face.SONG)
    sheet.specimen_line(1140, 20)
