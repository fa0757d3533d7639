"""营业执照 in the looks of the 2019 form: landscape, two columns, a guilloche frame of our own."""

from __future__ import annotations

import math
from datetime import date

import numpy as np
from cn2an import an2cn
from numpy.typing import NDArray
from PIL import Image

from perception.synthesis.contents import Company
from perception.synthesis.fonts import Face
from perception.synthesis.papers.sheet import Sheet
from perception.synthesis.seals import qr_code, round_seal
from perception.synthesis.textures import Rgb

_GOLD: Rgb = (186, 148, 84)
_PALE: Rgb = (226, 204, 160)
_VALUE = Face.HEI


def chinese_date(day: date) -> str:
    """A date as papers print it, e.g. 2018年03月12日."""
    return f"{day.year}年{day.month:02d}月{day.day:02d}日"


def capital_words(company: Company) -> str:
    """Registered capital in capital characters of ten thousands, e.g. 伍拾万元整; empty if none."""
    if company.capital_cny is None:
        return ""
    return f"{an2cn(str(int(company.capital_cny / 10_000)), 'up')}万元整"


def draw(company: Company, issued_on: date, rng: np.random.Generator) -> NDArray[np.uint8]:
    """The flat page, shape (1414, 2000, 3).

    Args:
        company: Whose licence it is.
        issued_on: Date under the seal.
        rng: For the seal's ink and which of the form's variants is used.
    """
    sheet = Sheet(2000, 1414, (254, 252, 246))
    _ground(sheet)
    _frame(sheet)
    _ornament(sheet, 1000, 215)
    sheet.text(1000, 385, "营业执照", 132, face=Face.SONG_BOLD, anchor="mm", gap_px=36)
    copy = "（副  本）" if rng.random() < 0.7 else ""
    sheet.text(1000, 492, copy, 44, face=Face.SONG, anchor="mm")
    _code(sheet, company)
    _columns(sheet, company)
    _foot(sheet, issued_on, rng)
    return sheet.pixels()


def _ground(sheet: Sheet) -> None:
    y, x = np.mgrid[0 : sheet.height, 0 : sheet.width].astype(np.float32)
    wave = np.sin(x / 9 + 4 * np.sin(y / 60)) * np.sin(y / 11 + 4 * np.sin(x / 70))
    page = np.asarray(sheet.image, np.float32)
    tint = (np.clip(wave, 0, 1) * 0.05)[..., None] * np.array([8, 26, 62], np.float32) * 2.4
    sheet.image.paste(Image.fromarray(np.clip(page - tint, 0, 255).astype(np.uint8)))


def _frame(sheet: Sheet) -> None:
    for inset, width, ink in ((48, 5, _GOLD), (64, 2, _GOLD), (122, 2, _GOLD), (132, 4, _GOLD)):
        sheet.draw.rectangle(
            (inset, inset, sheet.width - inset, sheet.height - inset), outline=ink, width=width
        )
    low, high = 93, 26
    for x in np.linspace(low, sheet.width - low, 63):
        for y in (low, sheet.height - low):
            _rosette(sheet, float(x), y, high)
    for y in np.linspace(low, sheet.height - low, 43)[1:-1]:
        for x in (low, sheet.width - low):
            _rosette(sheet, x, float(y), high)


def _rosette(sheet: Sheet, x: float, y: float, size: float) -> None:
    r = size / 2
    sheet.draw.ellipse((x - r, y - r, x + r, y + r), outline=_GOLD, width=2)
    for k in range(4):
        angle = math.pi * k / 2 + math.pi / 4
        px, py = x + 0.55 * r * math.cos(angle), y + 0.55 * r * math.sin(angle)
        sheet.draw.ellipse((px - 5, py - 5, px + 5, py + 5), fill=_PALE, outline=_GOLD)


def _ornament(sheet: Sheet, x: float, y: float) -> None:
    """A round flower with a lark's wing in it: ours, where the real form has the state emblem."""
    draw = sheet.draw
    for k in range(16):
        angle = 2 * math.pi * k / 16
        px, py = x + 54 * math.cos(angle), y + 54 * math.sin(angle)
        draw.ellipse(
            (px - 15, py - 15, px + 15, py + 15),
            fill=(214, 60, 50),
            outline=(200, 160, 70),
            width=3,
        )
    draw.ellipse(
        (x - 54, y - 54, x + 54, y + 54), fill=(206, 40, 40), outline=(222, 180, 80), width=5
    )
    wing = [
        (x - 30, y + 16),
        (x - 12, y - 22),
        (x + 34, y - 30),
        (x + 8, y - 6),
        (x + 26, y + 4),
        (x + 2, y + 8),
        (x - 4, y + 24),
    ]
    draw.polygon(wing, fill=(238, 200, 92))


def _code(sheet: Sheet, company: Company) -> None:
    sheet.text(210, 330, "统一社会信用代码", 34, face=Face.SONG_BOLD)
    sheet.text(210, 384, company.credit_code, 40, face=Face.HEI_BOLD)
    sheet.picture(qr_code(f"示例登记 {company.credit_code} {company.name}", 170), 1450, 270)
    sheet.block(
        1630,
        300,
        "扫描二维码登录示例信用信息公示系统了解更多登记、备案、许可、监管信息。",
        180,
        20,
        face=Face.HEI,
        leading=1.35,
    )


def _columns(sheet: Sheet, company: Company) -> None:
    sole = company.is_sole_trader
    left = [
        ("名称", company.name),
        ("类型", company.company_type),
        ("经营者" if sole else "法定代表人", company.legal_person),
        ("经营范围", company.scope),
    ]
    term = f"{chinese_date(company.established_on)}至"
    term += chinese_date(company.valid_until) if company.valid_until else "长期"
    if sole:
        right = [
            ("组成形式", "个人经营"),
            ("注册日期", chinese_date(company.established_on)),
            ("经营场所", company.address),
        ]
    else:
        right = [
            ("注册资本", capital_words(company)),
            ("成立日期", chinese_date(company.established_on)),
            ("营业期限", term),
            ("住所", company.address),
        ]
    for column, x, value_x, width in ((left, 210, 450, 610), (right, 1110, 1330, 490)):
        y = 610.0
        for name, value in column:
            spread = 200 if column is left else 180
            sheet.label(x, y, name, spread, 36, face=Face.SONG_BOLD)
            after = sheet.block(value_x, y, value, width, 34, face=_VALUE, leading=1.38)
            y = max(y + 88, after + 36)


def _foot(sheet: Sheet, issued_on: date, rng: np.random.Generator) -> None:
    sheet.text(1180, 1120, "登记机关", 42, face=Face.SONG_BOLD, gap_px=18)
    seal = round_seal("百灵示例市场监督管理局", 250, rng)
    sheet.stamp(seal, 1560 + float(rng.normal(0, 10)), 1120 + float(rng.normal(0, 8)))
    sheet.text(
        1440,
        1206,
        f"{issued_on.year} 年 {issued_on.month:02d} 月 {issued_on.day:02d} 日",
        36,
        face=Face.SONG,
    )
    sheet.text(170, 1258, "示例企业信用信息公示系统网址：https://gsxt.example", 19, face=Face.HEI)
    sheet.text(1830, 1258, "百灵示例市场监督管理局监制", 19, face=Face.HEI, anchor="rm")
    sheet.specimen_line(1378, 18)
