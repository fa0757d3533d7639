"""Layouts of composed pages: contract, form, certificate, invoice, and print without marks."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from perception.synthesis.marked.desk import INKS, Desk
from perception.synthesis.marked.parts import (
    code,
    company_seal,
    emblem,
    fill_cell,
    hand_line,
    invoice_seal,
    millimetres,
    sign,
    some_cut,
)
from perception.synthesis.marked.words import CLAUSES, HEADINGS, day, firm, office
from perception.synthesis.seals import oval_seal, round_seal
from perception.synthesis.textures import Rgb


def _prose(desk: Desk) -> None:
    """A contract: a title, clauses, and at its foot two parties who sign and seal."""
    sheet, rng, unit = desk.sheet, desk.rng, desk.unit
    face, size = desk.face(), int(desk.between(1.7, 2.4) * unit)
    left, width = 10 * unit, sheet.width - 20 * unit
    y = desk.between(6, 10) * unit
    heading = str(rng.choice(HEADINGS))
    sheet.text(sheet.width / 2, y, heading, int(4 * unit), face=desk.face(), anchor="mm")
    y += 7 * unit
    foot = sheet.height - desk.between(22, 34) * unit
    while y < foot - 6 * unit:
        y = sheet.block(left, y, str(rng.choice(CLAUSES)), width, size, face=face) + size * 0.4
    for column in range(2):
        x = left + column * width * 0.52
        name = firm(rng)
        at = foot + 2 * unit
        for label in ("（盖章）：", "代表人（签字）：", "日期："):
            head = ("甲方", "乙方")[column] if label == "（盖章）：" else ""
            said = name if label == "（盖章）：" and desk.some(0.7) else ""
            sheet.text(x, at, head + label + said, size, face=face)
            if label.startswith("代表") and desk.some(0.8):
                sign(desk, x + desk.between(17, 24) * unit, at)
            if label == "日期：" and desk.some(0.7):
                hand_line(desk, day(rng), x + desk.between(5, 9) * unit, at)
            at += desk.between(4.5, 6.5) * unit
        if desk.some(0.8):
            company_seal(
                desk, name, x + desk.between(10, 26) * unit, foot + desk.between(3, 16) * unit
            )


def _form(desk: Desk) -> None:
    """A delivery note, receipt or statement: a table, filled by print or by hand."""
    sheet, rng, unit = desk.sheet, desk.rng, desk.unit
    ink: Rgb = (28, 28, 32) if desk.some(0.7) else INKS[0]
    face, size = desk.face(), int(desk.between(1.8, 2.6) * unit)
    title = str(rng.choice(HEADINGS))
    sheet.text(
        sheet.width / 2, 6 * unit, title, int(4.4 * unit), face=desk.face(), ink=ink, anchor="mm"
    )
    columns, rows = int(rng.integers(3, 8)), int(rng.integers(3, 14))
    top, high = 14 * unit, size * desk.between(1.7, 2.6)
    xs = np.linspace(6 * unit, sheet.width - 6 * unit, columns + 1)
    rows = min(rows, int((sheet.height - top - 16 * unit) / high))
    by_hand = desk.some(0.35)
    for row in range(rows + 1):
        sheet.rule(xs[0], top + row * high, xs[-1], top + row * high, ink, 2)
    for x in xs:
        sheet.rule(x, top, x, top + rows * high, ink, 2)
    for row in range(rows):
        for column in range(columns):
            if desk.some(0.75):
                fill_cell(
                    desk, xs[column], top + (row + 0.5) * high, (face, size), by_hand and row > 0
                )
    foot = top + rows * high + desk.between(4, 8) * unit
    name = firm(rng)
    sheet.text(xs[0], foot, f"单位（盖章）：{name}", size, face=face, ink=ink)
    x = sheet.width * desk.between(0.55, 0.7)
    sheet.text(
        x,
        foot,
        str(rng.choice(("经手人：", "收货人签字：", "客户签名：", "制单："))),
        size,
        face=face,
        ink=ink,
    )
    if desk.some(0.65):
        sign(desk, x + desk.between(14, 20) * unit, foot)
    if desk.some(0.75):
        seal = company_seal if desk.some(0.6) else invoice_seal
        seal(desk, name, sheet.width * desk.between(0.15, 0.9), foot + desk.between(-9, 5) * unit)


def _certificate(desk: Desk) -> None:
    """A licence or permit: a border, an emblem, a large title, an office's seal and a code."""
    sheet, rng, unit = desk.sheet, desk.rng, desk.unit
    gold: Rgb = tuple(rng.choice(((196, 150, 60), (190, 40, 40), (60, 120, 90))).tolist())
    for edge in (2.5, 3.5):
        box = (edge * unit, edge * unit, sheet.width - edge * unit, sheet.height - edge * unit)
        sheet.draw.rectangle(box, outline=gold, width=max(2, int(0.4 * unit)))
    if desk.some(0.7):
        emblem(desk, sheet.width / 2, 11 * unit, desk.between(8, 14) * unit)
    title = str(rng.choice(HEADINGS))
    red = desk.some(0.4)
    sheet.text(
        sheet.width / 2, 24 * unit, title, int(desk.between(5, 8) * unit), face=desk.face(),
        ink=INKS[0] if red else (28, 28, 32), anchor="mm", gap_px=desk.between(0, 3) * unit,
    )  # fmt: skip
    face, size, y = desk.face(), int(desk.between(1.9, 2.6) * unit), 34 * unit
    while y < sheet.height - 20 * unit:
        sheet.text(
            10 * unit, y, str(rng.choice(("名称", "类型", "住所", "日期", "范围"))), size, face=face
        )
        y = sheet.block(
            22 * unit, y, str(rng.choice(CLAUSES)), sheet.width * 0.5, size, face=face, most=2
        )
        y += desk.between(1, 3) * unit
    if desk.some(0.85):
        words = office(rng)
        x, at = sheet.width * desk.between(0.6, 0.85), sheet.height - desk.between(12, 22) * unit
        sheet.text(x - 8 * unit, at + 5 * unit, day(rng), size, face=face)
        mark = round_seal(words, int(millimetres(desk, 40, 48)), rng, cut=some_cut(desk, words))
        desk.press(mark, x, at, "seal", words, "round")
    if desk.some(0.7):
        code(desk, sheet.width * desk.between(0.7, 0.9), sheet.height * desk.between(0.15, 0.6))


def _invoice(desk: Desk) -> None:
    """An invoice: an oval seal over its title and another at its foot, a code at its head."""
    sheet, rng, unit = desk.sheet, desk.rng, desk.unit
    brown: Rgb = tuple(
        rng.choice(((150, 90, 40), (40, 90, 70), (60, 70, 140), (180, 40, 40))).tolist()
    )
    title = str(rng.choice(HEADINGS))
    sheet.text(
        sheet.width / 2, 10 * unit, title, int(5 * unit), face=desk.face(), ink=brown, anchor="mm"
    )
    sheet.rule(sheet.width * 0.3, 14 * unit, sheet.width * 0.7, 14 * unit, brown, 3)
    top, bottom = 20 * unit, sheet.height - 10 * unit
    for share in (0, 0.2, 0.7, 0.8, 1):
        y = top + (bottom - top) * share
        sheet.rule(5 * unit, y, sheet.width - 5 * unit, y, brown, 2)
    size, face = int(desk.between(1.6, 2.2) * unit), desk.face()
    for row in range(int((bottom - top) / (4 * unit))):
        for x in (7 * unit, sheet.width * 0.35, sheet.width * 0.62, sheet.width * 0.8):
            if desk.some(0.6):
                fill_cell(desk, x, top + (row + 0.6) * 4 * unit, (face, size), False)
    if desk.some(0.85):
        words = "示例发票监制章"
        wide = int(millimetres(desk, 28, 32))
        mark = oval_seal(words, "百灵示例", "税务局", wide, rng, cut=some_cut(desk, words))
        desk.press(mark, sheet.width / 2, desk.between(8, 12) * unit, "seal", words, "oval")
    if desk.some(0.8):
        invoice_seal(
            desk,
            firm(rng),
            sheet.width * desk.between(0.6, 0.88),
            bottom - desk.between(2, 10) * unit,
        )
    if desk.some(0.7):
        code(desk, 12 * unit, 10 * unit)


def _plain(desk: Desk) -> None:
    """Print and writing without a mark, or with one by chance."""
    sheet, rng, unit = desk.sheet, desk.rng, desk.unit
    y, size, face = 8 * unit, int(desk.between(1.6, 3) * unit), desk.face()
    while y < sheet.height - 8 * unit:
        if desk.some(0.2):
            hand_line(desk, str(rng.choice(CLAUSES))[: int(rng.integers(5, 14))], 25 * unit, y)
            y += 5 * unit
        else:
            words = str(rng.choice(CLAUSES))
            y = sheet.block(8 * unit, y, words, sheet.width - 16 * unit, size, face=face) + unit
    if desk.some(0.5):
        emblem(
            desk,
            sheet.width * desk.between(0.1, 0.9),
            sheet.height * desk.between(0.1, 0.9),
            12 * unit,
        )


LAYOUTS: tuple[Callable[[Desk], None], ...] = (
    _prose, _prose, _prose, _form, _form, _form, _certificate, _invoice, _plain,
)  # fmt: skip
