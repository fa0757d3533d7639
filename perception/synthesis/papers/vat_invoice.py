"""增值税发票 on paper, special and general: the printed grid, and what a printer put into it."""

from __future__ import annotations

from decimal import Decimal

import numpy as np
from numpy.typing import NDArray

from perception.synthesis.contents import Company, Invoice, InvoiceForm, Line, capital_amount
from perception.synthesis.fonts import Face
from perception.synthesis.papers.sheet import Sheet
from perception.synthesis.seals import oval_seal, qr_code
from perception.synthesis.textures import Rgb

_LEFT, _RIGHT, _TOP, _BOTTOM = 110, 1890, 300, 1060
_ROWS = (300, 468, 518, 748, 798, 858, 1060)
_COLUMNS = (110, 560, 740, 840, 1000, 1200, 1450, 1570, 1890)
_HEADS = (
    "货物或应税劳务、服务名称",
    "规格型号",
    "单位",
    "数 量",
    "单 价",
    "金 额",
    "税率",
    "税 额",
)
_PRINT: Rgb = (44, 46, 96)


def money(amount_cny: Decimal) -> str:
    """An amount as printed: two decimals, no commas."""
    return f"{amount_cny:.2f}"


def percent(rate: Decimal) -> str:
    """A tax rate as printed, e.g. 9%."""
    return f"{(rate * 100).normalize():f}%"


def draw(invoice: Invoice, rng: np.random.Generator) -> NDArray[np.uint8]:
    """The flat page, shape (1180, 2000, 3).

    Raises:
        ValueError: A digital invoice, which ``digital_invoice`` draws.
    """
    if invoice.form is InvoiceForm.GENERAL_DIGITAL:
        raise ValueError("a digital invoice has another form")
    special = invoice.form is InvoiceForm.SPECIAL_PAPER
    line: Rgb = (92, 110, 70) if special else (150, 92, 60)
    sheet = Sheet(2000, 1180, (252, 251, 245))
    _grid(sheet, line)
    _head(sheet, invoice, line, rng)
    _party(sheet, invoice.buyer, "购买方", _ROWS[0], line)
    _party(sheet, invoice.seller, "销售方", _ROWS[5], line)
    _secret(sheet, rng, line)
    _goods(sheet, invoice, line)
    sheet.block(
        1340, _ROWS[5] + 28, invoice.remark, 530, 26, face=Face.SONG, ink=_PRINT, leading=1.3
    )
    _foot(sheet, invoice, line, rng)
    return sheet.pixels()


def _grid(sheet: Sheet, line: Rgb) -> None:
    sheet.draw.rectangle((_LEFT, _TOP, _RIGHT, _BOTTOM), outline=line, width=4)
    for y in _ROWS[1:-1]:
        sheet.rule(_LEFT, y, _RIGHT, y, line, 3)
    for x in _COLUMNS[1:-1]:
        sheet.rule(x, _ROWS[1], x, _ROWS[4], line, 2)
    for top, bottom in ((_ROWS[0], _ROWS[1]), (_ROWS[5], _ROWS[6])):
        for x in (160, 1270, 1325):
            sheet.rule(x, top, x, bottom, line, 2)
    sheet.rule(_COLUMNS[1], _ROWS[4], _COLUMNS[1], _ROWS[5], line, 2)
    for x, label, width in zip(_COLUMNS, _HEADS, np.diff(_COLUMNS), strict=False):
        size = 28 if len(label) < 8 else 27
        sheet.text(x + width / 2, 493, label, size, ink=line, anchor="mm")


def _head(sheet: Sheet, invoice: Invoice, line: Rgb, rng: np.random.Generator) -> None:
    special = invoice.form is InvoiceForm.SPECIAL_PAPER
    place = invoice.seller.address[: invoice.seller.address.index("省")]
    title = f"{place}增值税{'专用' if special else '普通'}发票"
    sheet.text(1000, 92, title, 66, face=Face.SONG_BOLD, ink=line, anchor="mm", gap_px=8)
    sheet.rule(600, 142, 1400, 142, line, 3)
    sheet.rule(600, 150, 1400, 150, line, 3)
    sheet.text(1000, 186, "发票联", 36, ink=line, anchor="mm", gap_px=34)
    seal = oval_seal("示例发票监制章", "百灵示例", "税务局", 250, rng)
    sheet.stamp(seal, 1000, 118)
    sheet.text(312, 92, invoice.code or "", 52 if special else 45, face=Face.HEI)
    sheet.text(1480, 92, "№", 56, ink=line)
    sheet.text(1560, 92, invoice.number, 58, face=Face.HEI, ink=_PRINT)
    sheet.text(1480, 165, f"{invoice.code}", 26, face=Face.HEI, ink=_PRINT)
    sheet.text(1720, 165, invoice.number, 26, face=Face.HEI, ink=_PRINT)
    day = invoice.issued_on
    after = sheet.text(1380, 250, "开票日期：", 32, ink=line)
    sheet.text(
        after, 250, f"{day.year}年{day.month:02d}月{day.day:02d}日", 32, face=Face.SONG, ink=_PRINT
    )
    content = ",".join(
        (
            "01",
            "01" if special else "04",
            invoice.code or "",
            invoice.number,
            money(invoice.amount_cny),
            f"{day:%Y%m%d}",
            invoice.check_code or "",
            f"{rng.integers(16**4):04X}",
            "",
        )
    )
    sheet.picture(qr_code(content, 176), 124, 60)
    if invoice.check_code:
        after = sheet.text(320, 250, "校验码：", 32, ink=line)
        grouped = " ".join(invoice.check_code[k : k + 5] for k in range(0, 20, 5))
        sheet.text(after, 250, grouped, 32, face=Face.HEI, ink=_PRINT)


def _party(sheet: Sheet, firm: Company, role: str, top: float, line: Rgb) -> None:
    high = _ROWS[1] - _ROWS[0] if top == _ROWS[0] else _ROWS[6] - _ROWS[5]
    for place, letter in enumerate(role):
        sheet.text(135, top + high * (place + 0.8) / 3.6, letter, 32, ink=line, anchor="mm")
    rows = (
        ("名称", firm.name),
        ("纳税人识别号", firm.credit_code),
        ("地址、电话", f"{firm.address} {firm.phone}"),
        ("开户行及账号", f"{firm.bank} {firm.account}"),
    )
    for place, (label, value) in enumerate(rows):
        y = top + high * (place + 0.62) / 4.25
        sheet.label(178, y, label, 190, 28, ink=line)
        sheet.text(372, y, "：", 28, ink=line)
        code = place == 1
        size = 36 if code else 30 if place == 0 else 24
        sheet.text(406, y, value, size, face=Face.HEI if code else Face.SONG, ink=_PRINT)


def _secret(sheet: Sheet, rng: np.random.Generator, line: Rgb) -> None:
    for place, letter in enumerate("密码区"):
        sheet.text(1297, _ROWS[0] + 38 + place * 46, letter, 30, ink=line, anchor="mm")
    for place, letter in enumerate("备注"):
        sheet.text(1297, _ROWS[5] + 62 + place * 70, letter, 30, ink=line, anchor="mm")
    signs = "0123456789+-*/<>"
    for row in range(4):
        words = "".join(signs[k] for k in rng.integers(0, len(signs), 28))
        sheet.text(1346, _ROWS[0] + 30 + row * 36, words, 31, face=Face.HEI, ink=_PRINT)


def _goods(sheet: Sheet, invoice: Invoice, line: Rgb) -> None:
    y = 548.0
    for row in invoice.lines:
        _goods_row(sheet, row, y)
        y += 48
    sheet.text(335, 773, "合　　计", 30, ink=line, anchor="mm")
    sheet.text(
        _COLUMNS[6] - 14,
        773,
        f"¥{money(invoice.amount_cny)}",
        30,
        face=Face.SONG,
        ink=_PRINT,
        anchor="rm",
    )
    sheet.text(
        _COLUMNS[8] - 14,
        773,
        f"¥{money(invoice.tax_cny)}",
        30,
        face=Face.SONG,
        ink=_PRINT,
        anchor="rm",
    )
    sheet.text(335, 828, "价税合计（大写）", 30, ink=line, anchor="mm")
    sheet.draw.ellipse((600, 810, 636, 846), outline=_PRINT, width=3)
    sheet.rule(606, 816, 630, 840, _PRINT, 3)
    sheet.rule(630, 816, 606, 840, _PRINT, 3)
    sheet.text(656, 828, capital_amount(invoice.total_cny), 34, face=Face.SONG, ink=_PRINT)
    after = sheet.text(1400, 828, "（小写）", 30, ink=line)
    sheet.text(after + 10, 828, f"¥{money(invoice.total_cny)}", 36, face=Face.SONG, ink=_PRINT)


def _goods_row(sheet: Sheet, row: Line, y: float) -> None:
    sheet.text(124, y, row.goods, 27, face=Face.SONG, ink=_PRINT)
    sheet.text(650, y, row.model, 24, face=Face.SONG, ink=_PRINT, anchor="mm")
    sheet.text(790, y, row.unit, 26, face=Face.SONG, ink=_PRINT, anchor="mm")
    sheet.text(986, y, f"{row.quantity:f}", 26, face=Face.SONG, ink=_PRINT, anchor="rm")
    sheet.text(1186, y, f"{row.unit_price:f}", 24, face=Face.SONG, ink=_PRINT, anchor="rm")
    sheet.text(1436, y, money(row.amount_cny), 28, face=Face.SONG, ink=_PRINT, anchor="rm")
    sheet.text(1556, y, percent(row.rate), 28, face=Face.SONG, ink=_PRINT, anchor="rm")
    sheet.text(1876, y, money(row.tax_cny), 28, face=Face.SONG, ink=_PRINT, anchor="rm")


def _foot(sheet: Sheet, invoice: Invoice, line: Rgb, rng: np.random.Generator) -> None:
    cells = (
        (140, "收款人：", invoice.payee),
        (560, "复核：", invoice.reviewer),
        (960, "开票人：", invoice.issuer),
        (1400, "销售方：（章）", ""),
    )
    for x, label, value in cells:
        after = sheet.text(x, 1096, label, 30, ink=line)
        sheet.text(after, 1096, value, 30, face=Face.SONG, ink=_PRINT)
    for place, letter in enumerate("第三联：发票联购买方记账凭证"):
        sheet.text(1930, 330 + place * 50, letter, 26, ink=line, anchor="mm")
    seal = oval_seal(invoice.seller.name, invoice.seller.credit_code, "发票专用章", 330, rng)
    sheet.stamp(seal, 1610 + float(rng.normal(0, 14)), 1010 + float(rng.normal(0, 8)))
    sheet.specimen_line(1150, 20)
