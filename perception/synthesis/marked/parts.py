"""What lies on composed pages: seals, signatures, prints and codes, and what is none of them."""

from __future__ import annotations

import numpy as np
from PIL import Image, ImageDraw

from perception.synthesis.fonts import Face, font
from perception.synthesis.marked.desk import INKS, OTHER_INKS, PENS, Desk
from perception.synthesis.marked.words import CLAUSES, amount, day, firm, person
from perception.synthesis.seals import Cut, long_seal, name_seal, oval_seal, qr_code, round_seal
from perception.synthesis.signatures import fingerprint, inked, scribbled, writer, written


def fill_cell(desk: Desk, x: float, y: float, kind: tuple[Face, int], by_hand: bool) -> None:
    """A table's cell, by print or by hand; ``kind`` is the typeface and its size in pixels."""
    face, size = kind
    rng = desk.rng
    words = str(rng.choice((amount(rng), day(rng), str(rng.choice(CLAUSES))[:5], firm(rng)[:6])))
    if by_hand:
        hand_line(desk, words[:7], x + 5 * desk.unit, y, size=size * 1.2)
    else:
        desk.sheet.text(x + size * 0.3, y, words[:8], int(size * 0.9), face=face)


def some_cut(desk: Desk, words: str) -> Cut:
    """How this seal is cut and pressed: mostly red, some pale, dark, blue or black."""
    inks = INKS if desk.some(0.92) else OTHER_INKS
    return Cut(
        ink=inks[int(desk.rng.integers(len(inks)))],
        face=desk.face(),
        tall=desk.between(1.25, 1.7) if len(words) > 9 and desk.some(0.75) else 1.0,
        star=desk.some(0.85),
        inner=desk.some(0.3),
        turn_deg=9.0,
        wear=desk.between(0.2, 1.35),
    )


def millimetres(desk: Desk, least: float, most: float) -> float:
    """A length between those in pixels: upright pages are A4, those that lie are about A5."""
    upright = desk.sheet.height > desk.sheet.width
    return desk.between(least, most) * desk.unit / (2.1 if upright else 1.55)


def company_seal(desk: Desk, name: str, x: float, y: float) -> None:
    """A firm's round seal with its middle there."""
    rng = desk.rng
    kinds = ("合同专用章", "财务专用章", "业务专用章", "发货专用章")
    across = str(rng.choice(kinds)) if desk.some(0.5) else ""
    number = str(rng.integers(10**12, 10**13)) if desk.some(0.5) else ""
    size = int(millimetres(desk, 38, 45))
    mark = round_seal(name, size, rng, below=number, across=across, cut=some_cut(desk, name))
    if desk.some(0.06):
        mark = mark.rotate(desk.between(-180, 180), Image.Resampling.BICUBIC, expand=True)
    desk.press(mark, x, y, "seal", name, "round")


def invoice_seal(desk: Desk, name: str, x: float, y: float) -> None:
    """A firm's oval invoice seal with its middle there."""
    rng = desk.rng
    code = "91" + "".join(rng.choice(list("0123456789ABCDEFGHJKLMNPQRTUWXY"), 16))
    wide = int(millimetres(desk, 38, 42))
    mark = oval_seal(name, code, "发票专用章", wide, rng, cut=some_cut(desk, name))
    desk.press(mark, x, y, "seal", name, "oval")


def sign(desk: Desk, x: float, y: float) -> None:
    """A signature with its middle there: a name that can be read, or a scribble."""
    rng, hand = desk.rng, writer(desk.rng, desk.hands)
    size = int(desk.between(3, 6.5) * desk.unit)
    ink = scribbled(size, hand, rng) if desk.some(0.15) else written(person(rng), size, hand, rng)
    desk.press(inked(ink, PENS[int(rng.integers(len(PENS)))]), x, y, "signature", None)


def hand_line(desk: Desk, words: str, x: float, y: float, size: float | None = None) -> None:
    """Dates, sums and remarks by hand: they are no signatures."""
    rng, hand = desk.rng, writer(desk.rng, desk.hands)
    high = int(size or desk.between(2.2, 4) * desk.unit)
    mark = inked(written(words, high, hand, rng), PENS[int(rng.integers(len(PENS)))])
    desk.sheet.stamp(mark, x + mark.width / 2 - 3 * desk.unit, y)


def thumb(desk: Desk, x: float, y: float) -> None:
    """A thumb's print in ink with its middle there."""
    ink = INKS[int(desk.rng.integers(len(INKS)))]
    mark = fingerprint(int(millimetres(desk, 13, 22)), desk.rng, ink)
    desk.press(mark, x, y, "fingerprint", None)


def code(desk: Desk, x: float, y: float) -> None:
    """A QR code with its middle there."""
    text = f"示例 {desk.rng.integers(10**15, 10**16)} " + "示" * int(desk.rng.integers(0, 30))
    grey = qr_code(text, int(desk.between(9, 18) * desk.unit))
    dark = (grey < 128).astype(np.uint8) * 240
    mark = Image.fromarray(np.dstack([np.full((*dark.shape, 3), 24, np.uint8), dark]))
    desk.press(mark, x, y, "qr", text)


def emblem(desk: Desk, x: float, y: float, size: float) -> None:
    """A full disc in red and gold, as certificates have at their head: no seal."""
    image = Image.new("RGBA", (int(size), int(size)), (0, 0, 0, 0))
    draw, rng = ImageDraw.Draw(image), desk.rng
    red, gold = (205, 40, 36, 255), (226, 180, 70, 255)
    draw.ellipse((0, 0, size - 1, size - 1), fill=gold)
    draw.ellipse((size * 0.1, size * 0.1, size * 0.9, size * 0.9), fill=red)
    for _ in range(int(rng.integers(3, 8))):
        cx, cy, r = rng.uniform(0.25, 0.75) * size, rng.uniform(0.2, 0.8) * size, size * 0.08
        draw.regular_polygon((cx, cy, r), int(rng.integers(3, 7)), fill=gold)
    desk.sheet.stamp(image, x, y)


def logo(desk: Desk, x: float, y: float) -> None:
    """A coloured sign with letters in it: no seal."""
    size = desk.between(6, 14) * desk.unit
    colours = (*INKS[:3], (30, 110, 190), (20, 130, 80), (230, 120, 20))
    ink = colours[int(desk.rng.integers(len(colours)))]
    image = Image.new("RGBA", (int(size * 1.6), int(size)), (0, 0, 0, 0))
    draw = ImageDraw.Draw(image)
    shape = int(desk.rng.integers(3))
    if shape == 0:
        draw.ellipse((0, 0, size - 1, size - 1), fill=(*ink, 255))
    elif shape == 1:
        draw.rounded_rectangle((0, 0, size - 1, size - 1), size * 0.2, fill=(*ink, 255))
    else:
        draw.regular_polygon(
            (size / 2, size / 2, size / 2), int(desk.rng.integers(3, 7)), fill=(*ink, 255)
        )
    letters = firm(desk.rng)[:2]
    kind = font(desk.face(), max(6, int(size * 0.4)))
    draw.text((size / 2, size / 2), letters, (255, 255, 255, 255), kind, anchor="mm")
    draw.text((size * 1.05, size / 2), letters[:1], (*ink, 255), kind, anchor="lm")
    desk.sheet.stamp(image, x, y)


def strays(desk: Desk) -> None:
    """What may lie anywhere: a seal over the edge, a person's seal, thumb prints, a red logo."""
    sheet, rng, unit = desk.sheet, desk.rng, desk.unit

    def anywhere() -> tuple[float, float]:
        return sheet.width * desk.between(0.08, 0.92), sheet.height * desk.between(0.08, 0.95)

    if desk.some(0.12):
        edge = sheet.width if desk.some(0.7) else 0
        company_seal(desk, firm(rng), edge, sheet.height * desk.between(0.2, 0.8))
    if desk.some(0.2):
        company_seal(desk, firm(rng), *anywhere())
    if desk.some(0.2):
        owner = person(rng)
        mark = name_seal(owner, int(millimetres(desk, 14, 22)), rng, cut=some_cut(desk, owner))
        desk.press(mark, *anywhere(), "seal", owner, "square")
    if desk.some(0.1):
        words = str(rng.choice(("现金收讫", "银行转讫", "现金付讫", "作废", "已核对")))
        mark = long_seal(words, int(desk.between(4, 6) * unit), rng, cut=some_cut(desk, words))
        desk.press(mark, *anywhere(), "seal", words, "long")
    if desk.some(0.12):
        sign(desk, *anywhere())
    if desk.some(0.1):
        code(desk, *anywhere())
    signed = [m for m in desk.marks if m.kind == "signature"]
    for mark_at in signed:
        if desk.some(0.25):
            x0, y0, x1, y1 = mark_at.box
            thumb(desk, desk.between(x0, x1 + 4 * unit), desk.between(y0, y1))
    if desk.some(0.1):
        thumb(desk, *anywhere())
    if desk.some(0.25):
        logo(desk, *anywhere())
    if desk.some(0.3):
        words = f"No {int(rng.integers(10**6, 10**8))}"
        sheet.text(*anywhere(), words, int(3 * unit), face=desk.face(), ink=INKS[0])
    if desk.some(0.4):
        hand_line(desk, str(rng.choice((amount(rng), day(rng)))), *anywhere())
