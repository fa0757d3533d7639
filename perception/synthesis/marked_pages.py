"""Pages composed of marks: what the detector of marks is trained and measured on.

The words say nothing; what matters is that seals, signatures, thumb prints and codes lie among print,
tables, handwriting, emblems, red titles and red rules, and pass through a camera, a scanner or a
copier. The truth is where each mark lies in the final picture, and what its seal says.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from perception.synthesis.camera import snapshot
from perception.synthesis.fonts import Face, font
from perception.synthesis.marked_words import CLAUSES, HEADINGS, amount, day, firm, office, person
from perception.synthesis.papers.sheet import Sheet
from perception.synthesis.seals import (
    Cut,
    long_seal,
    name_seal,
    oval_seal,
    qr_code,
    round_seal,
)
from perception.synthesis.signatures import (
    Typeface,
    fingerprint,
    inked,
    scribbled,
    writer,
    written,
)
from perception.synthesis.textures import Rgb, fbm

Picture = NDArray[np.uint8]
Points = NDArray[np.float32]


class Split(StrEnum):
    """Who may see a page: training and test share neither typefaces nor writers."""

    TRAIN = "train"
    TEST = "test"


@dataclass(frozen=True, slots=True)
class Lying:
    """A mark as it lies in a picture.

    Attributes:
        kind: ``seal``, ``signature``, ``fingerprint`` or ``qr``.
        text: What a seal or a code says; None for the others.
        outline: Points around its ink, shape (n, 2), pixels.
        shape: Of a seal: ``round``, ``oval``, ``square`` or ``long``; empty for the others.
    """

    kind: str
    text: str | None
    outline: Points
    shape: str = ""

    @property
    def box(self) -> tuple[float, float, float, float]:
        """The upright box around it."""
        x0, y0 = self.outline.min(0)
        x1, y1 = self.outline.max(0)
        return float(x0), float(y0), float(x1), float(y1)


@dataclass(frozen=True, slots=True)
class MarkedPage:
    """A picture of a page and the marks on it."""

    image_rgb: Picture
    marks: tuple[Lying, ...]


_FACES = {
    Split.TRAIN: (Face.SONG, Face.SONG_BOLD, Face.HEI, Face.HEI_BOLD, Face.KAI),
    Split.TEST: (Face.MING, Face.ZEN),
}
_INKS: tuple[Rgb, ...] = (
    (206, 36, 40), (214, 52, 60), (190, 24, 36), (160, 22, 34), (226, 84, 84), (220, 60, 30),
)  # fmt: skip
_OTHER_INKS: tuple[Rgb, ...] = ((40, 60, 150), (60, 60, 66), (50, 40, 120))
_PENS: tuple[Rgb, ...] = ((20, 20, 24), (26, 30, 60), (22, 40, 120), (40, 70, 160), (60, 60, 66))


@dataclass(slots=True)
class _Desk:
    """A page while it is composed."""

    sheet: Sheet
    rng: np.random.Generator
    split: Split
    hands: tuple[Typeface, ...]
    marks: list[Lying] = field(default_factory=list)

    @property
    def unit(self) -> float:
        """A hundredth of the page's shorter side."""
        return min(self.sheet.width, self.sheet.height) / 100

    def face(self) -> Face:
        """A typeface of the split."""
        faces = _FACES[self.split]
        return faces[int(self.rng.integers(len(faces)))]

    def some(self, chance: float) -> bool:
        """True in that share of the cases."""
        return bool(self.rng.random() < chance)

    def between(self, low: float, high: float) -> float:
        """A number between those."""
        return float(self.rng.uniform(low, high))

    def press(
        self, mark: Image.Image, x: float, y: float, kind: str, text: str | None, shape: str = ""
    ) -> None:
        """Presses a mark with its middle there, and notes where its ink lies."""
        self.sheet.stamp(mark, x, y)
        alpha = np.asarray(mark)[..., 3]
        points = cv2.findNonZero((alpha > 60).astype(np.uint8))
        if points is None:
            return
        hull = cv2.convexHull(points)[:, 0].astype(np.float32)
        left, top = round(x - mark.width / 2), round(y - mark.height / 2)
        hull += np.array((left, top), np.float32)
        edge = np.array((self.sheet.width - 1, self.sheet.height - 1), np.float32)
        if (hull.max(0) < 4).any() or (hull.min(0) > edge - 4).any():
            return
        self.marks.append(Lying(kind, text, np.clip(hull, 0, edge), shape))


def marked_page(
    seed: int,
    split: Split,
    *,
    longest: int = 1600,
    hands: Sequence[Typeface] = (Face.KAI,),
) -> MarkedPage:
    """A picture of a page with marks, the same for the same seed.

    Args:
        seed: Source of chance.
        split: Decides typefaces and, by ``hands``, writers.
        longest: Longer side of the picture in pixels.
        hands: After which typefaces people write.

    Raises:
        FontMissing: A Debian font package is not installed.
    """
    rng = np.random.default_rng([seed, 5 if split is Split.TRAIN else 6])
    upright = rng.random() < 0.65
    side = (int(longest * 0.72), longest) if upright else (longest, int(longest * 0.68))
    ground = tuple(int(v) for v in 255 - rng.integers(0, 14, 3))
    desk = _Desk(Sheet(*side, ground=(ground[0], ground[1], ground[2])), rng, split, tuple(hands))
    layout = _LAYOUTS[int(rng.integers(len(_LAYOUTS)))]
    layout(desk)
    _strays(desk)
    return _seen(desk, longest)


def _prose(desk: _Desk) -> None:
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
                _sign(desk, x + desk.between(17, 24) * unit, at)
            if label == "日期：" and desk.some(0.7):
                _hand_line(desk, day(rng), x + desk.between(5, 9) * unit, at)
            at += desk.between(4.5, 6.5) * unit
        if desk.some(0.8):
            _company_seal(desk, name, x + desk.between(10, 26) * unit, foot + desk.between(3, 16) * unit)


def _form(desk: _Desk) -> None:
    """A delivery note, receipt or statement: a table, filled by print or by hand."""
    sheet, rng, unit = desk.sheet, desk.rng, desk.unit
    ink: Rgb = (28, 28, 32) if desk.some(0.7) else _INKS[0]
    face, size = desk.face(), int(desk.between(1.8, 2.6) * unit)
    title = str(rng.choice(HEADINGS))
    sheet.text(sheet.width / 2, 6 * unit, title, int(4.4 * unit), face=desk.face(), ink=ink, anchor="mm")
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
                _cell(desk, xs[column], top + (row + 0.5) * high, (face, size), by_hand and row > 0)
    foot = top + rows * high + desk.between(4, 8) * unit
    name = firm(rng)
    sheet.text(xs[0], foot, f"单位（盖章）：{name}", size, face=face, ink=ink)
    x = sheet.width * desk.between(0.55, 0.7)
    sheet.text(x, foot, str(rng.choice(("经手人：", "收货人签字：", "客户签名：", "制单："))), size, face=face, ink=ink)
    if desk.some(0.65):
        _sign(desk, x + desk.between(14, 20) * unit, foot)
    if desk.some(0.75):
        seal = _company_seal if desk.some(0.6) else _oval
        seal(desk, name, sheet.width * desk.between(0.15, 0.9), foot + desk.between(-9, 5) * unit)


def _certificate(desk: _Desk) -> None:
    """A licence or permit: a border, an emblem, a large title, an office's seal and a code."""
    sheet, rng, unit = desk.sheet, desk.rng, desk.unit
    gold: Rgb = tuple(rng.choice(((196, 150, 60), (190, 40, 40), (60, 120, 90))).tolist())
    for edge in (2.5, 3.5):
        box = (edge * unit, edge * unit, sheet.width - edge * unit, sheet.height - edge * unit)
        sheet.draw.rectangle(box, outline=gold, width=max(2, int(0.4 * unit)))
    if desk.some(0.7):
        _emblem(desk, sheet.width / 2, 11 * unit, desk.between(8, 14) * unit)
    title = str(rng.choice(HEADINGS))
    red = desk.some(0.4)
    sheet.text(
        sheet.width / 2, 24 * unit, title, int(desk.between(5, 8) * unit), face=desk.face(),
        ink=_INKS[0] if red else (28, 28, 32), anchor="mm", gap_px=desk.between(0, 3) * unit,
    )  # fmt: skip
    face, size, y = desk.face(), int(desk.between(1.9, 2.6) * unit), 34 * unit
    while y < sheet.height - 20 * unit:
        sheet.text(10 * unit, y, str(rng.choice(("名称", "类型", "住所", "日期", "范围"))), size, face=face)
        y = sheet.block(22 * unit, y, str(rng.choice(CLAUSES)), sheet.width * 0.5, size, face=face, most=2)
        y += desk.between(1, 3) * unit
    if desk.some(0.85):
        words = office(rng)
        x, at = sheet.width * desk.between(0.6, 0.85), sheet.height - desk.between(12, 22) * unit
        sheet.text(x - 8 * unit, at + 5 * unit, day(rng), size, face=face)
        mark = round_seal(words, int(_millimetres(desk, 40, 48)), rng, cut=_cut(desk, words))
        desk.press(mark, x, at, "seal", words, "round")
    if desk.some(0.7):
        _code(desk, sheet.width * desk.between(0.7, 0.9), sheet.height * desk.between(0.15, 0.6))


def _invoice(desk: _Desk) -> None:
    """An invoice: an oval seal over its title and another at its foot, a code at its head."""
    sheet, rng, unit = desk.sheet, desk.rng, desk.unit
    brown: Rgb = tuple(rng.choice(((150, 90, 40), (40, 90, 70), (60, 70, 140), (180, 40, 40))).tolist())
    title = str(rng.choice(HEADINGS))
    sheet.text(sheet.width / 2, 10 * unit, title, int(5 * unit), face=desk.face(), ink=brown, anchor="mm")
    sheet.rule(sheet.width * 0.3, 14 * unit, sheet.width * 0.7, 14 * unit, brown, 3)
    top, bottom = 20 * unit, sheet.height - 10 * unit
    for share in (0, 0.2, 0.7, 0.8, 1):
        y = top + (bottom - top) * share
        sheet.rule(5 * unit, y, sheet.width - 5 * unit, y, brown, 2)
    size, face = int(desk.between(1.6, 2.2) * unit), desk.face()
    for row in range(int((bottom - top) / (4 * unit))):
        for x in (7 * unit, sheet.width * 0.35, sheet.width * 0.62, sheet.width * 0.8):
            if desk.some(0.6):
                _cell(desk, x, top + (row + 0.6) * 4 * unit, (face, size), False)
    if desk.some(0.85):
        words = "示例发票监制章"
        wide = int(_millimetres(desk, 28, 32))
        mark = oval_seal(words, "百灵示例", "税务局", wide, rng, cut=_cut(desk, words))
        desk.press(mark, sheet.width / 2, desk.between(8, 12) * unit, "seal", words, "oval")
    if desk.some(0.8):
        _oval(desk, firm(rng), sheet.width * desk.between(0.6, 0.88), bottom - desk.between(2, 10) * unit)
    if desk.some(0.7):
        _code(desk, 12 * unit, 10 * unit)


def _plain(desk: _Desk) -> None:
    """Print and writing without a mark, or with one by chance."""
    sheet, rng, unit = desk.sheet, desk.rng, desk.unit
    y, size, face = 8 * unit, int(desk.between(1.6, 3) * unit), desk.face()
    while y < sheet.height - 8 * unit:
        if desk.some(0.2):
            _hand_line(desk, str(rng.choice(CLAUSES))[: int(rng.integers(5, 14))], 25 * unit, y)
            y += 5 * unit
        else:
            words = str(rng.choice(CLAUSES))
            y = sheet.block(8 * unit, y, words, sheet.width - 16 * unit, size, face=face) + unit
    if desk.some(0.5):
        _emblem(desk, sheet.width * desk.between(0.1, 0.9), sheet.height * desk.between(0.1, 0.9), 12 * unit)


_LAYOUTS: tuple[Callable[[_Desk], None], ...] = (
    _prose, _prose, _prose, _form, _form, _form, _certificate, _invoice, _plain,
)  # fmt: skip


def _strays(desk: _Desk) -> None:
    """What may lie anywhere: a seal over the edge, a person's seal, thumb prints, a red logo."""
    sheet, rng, unit = desk.sheet, desk.rng, desk.unit

    def anywhere() -> tuple[float, float]:
        return sheet.width * desk.between(0.08, 0.92), sheet.height * desk.between(0.08, 0.95)

    if desk.some(0.12):
        edge = sheet.width if desk.some(0.7) else 0
        _company_seal(desk, firm(rng), edge, sheet.height * desk.between(0.2, 0.8))
    if desk.some(0.2):
        _company_seal(desk, firm(rng), *anywhere())
    if desk.some(0.2):
        owner = person(rng)
        mark = name_seal(owner, int(_millimetres(desk, 14, 22)), rng, cut=_cut(desk, owner))
        desk.press(mark, *anywhere(), "seal", owner, "square")
    if desk.some(0.1):
        words = str(rng.choice(("现金收讫", "银行转讫", "现金付讫", "作废", "已核对")))
        mark = long_seal(words, int(desk.between(4, 6) * unit), rng, cut=_cut(desk, words))
        desk.press(mark, *anywhere(), "seal", words, "long")
    if desk.some(0.12):
        _sign(desk, *anywhere())
    if desk.some(0.1):
        _code(desk, *anywhere())
    signed = [m for m in desk.marks if m.kind == "signature"]
    for mark_at in signed:
        if desk.some(0.25):
            x0, y0, x1, y1 = mark_at.box
            _thumb(desk, desk.between(x0, x1 + 4 * unit), desk.between(y0, y1))
    if desk.some(0.1):
        _thumb(desk, *anywhere())
    if desk.some(0.25):
        _logo(desk, *anywhere())
    if desk.some(0.3):
        words = f"No {int(rng.integers(10**6, 10**8))}"
        sheet.text(*anywhere(), words, int(3 * unit), face=desk.face(), ink=_INKS[0])
    if desk.some(0.4):
        _hand_line(desk, str(rng.choice((amount(rng), day(rng)))), *anywhere())


def _cell(
    desk: _Desk, x: float, y: float, kind: tuple[Face, int], by_hand: bool
) -> None:
    face, size = kind
    rng = desk.rng
    words = str(rng.choice((amount(rng), day(rng), str(rng.choice(CLAUSES))[:5], firm(rng)[:6])))
    if by_hand:
        _hand_line(desk, words[:7], x + 5 * desk.unit, y, size=size * 1.2)
    else:
        desk.sheet.text(x + size * 0.3, y, words[:8], int(size * 0.9), face=face)


def _cut(desk: _Desk, words: str) -> Cut:
    """How this seal is cut and pressed: mostly red, some pale, dark, blue or black."""
    inks = _INKS if desk.some(0.92) else _OTHER_INKS
    return Cut(
        ink=inks[int(desk.rng.integers(len(inks)))],
        face=desk.face(),
        tall=desk.between(1.25, 1.7) if len(words) > 9 and desk.some(0.75) else 1.0,
        star=desk.some(0.85),
        inner=desk.some(0.3),
        turn_deg=9.0,
        wear=desk.between(0.2, 1.35),
    )


def _millimetres(desk: _Desk, least: float, most: float) -> float:
    """A length between those in pixels: upright pages are A4, those that lie are about A5."""
    upright = desk.sheet.height > desk.sheet.width
    return desk.between(least, most) * desk.unit / (2.1 if upright else 1.55)


def _company_seal(desk: _Desk, name: str, x: float, y: float) -> None:
    rng = desk.rng
    kinds = ("合同专用章", "财务专用章", "业务专用章", "发货专用章")
    across = str(rng.choice(kinds)) if desk.some(0.5) else ""
    number = str(rng.integers(10**12, 10**13)) if desk.some(0.5) else ""
    size = int(_millimetres(desk, 38, 45))
    mark = round_seal(name, size, rng, below=number, across=across, cut=_cut(desk, name))
    if desk.some(0.06):
        mark = mark.rotate(desk.between(-180, 180), Image.Resampling.BICUBIC, expand=True)
    desk.press(mark, x, y, "seal", name, "round")


def _oval(desk: _Desk, name: str, x: float, y: float) -> None:
    rng = desk.rng
    code = "91" + "".join(rng.choice(list("0123456789ABCDEFGHJKLMNPQRTUWXY"), 16))
    wide = int(_millimetres(desk, 38, 42))
    mark = oval_seal(name, code, "发票专用章", wide, rng, cut=_cut(desk, name))
    desk.press(mark, x, y, "seal", name, "oval")


def _sign(desk: _Desk, x: float, y: float) -> None:
    rng, hand = desk.rng, writer(desk.rng, desk.hands)
    size = int(desk.between(3, 6.5) * desk.unit)
    ink = scribbled(size, hand, rng) if desk.some(0.15) else written(person(rng), size, hand, rng)
    desk.press(inked(ink, _PENS[int(rng.integers(len(_PENS)))]), x, y, "signature", None)


def _hand_line(desk: _Desk, words: str, x: float, y: float, size: float | None = None) -> None:
    """Dates, sums and remarks by hand: they are no signatures."""
    rng, hand = desk.rng, writer(desk.rng, desk.hands)
    high = int(size or desk.between(2.2, 4) * desk.unit)
    mark = inked(written(words, high, hand, rng), _PENS[int(rng.integers(len(_PENS)))])
    desk.sheet.stamp(mark, x + mark.width / 2 - 3 * desk.unit, y)


def _thumb(desk: _Desk, x: float, y: float) -> None:
    ink = _INKS[int(desk.rng.integers(len(_INKS)))]
    mark = fingerprint(int(_millimetres(desk, 13, 22)), desk.rng, ink)
    desk.press(mark, x, y, "fingerprint", None)


def _code(desk: _Desk, x: float, y: float) -> None:
    text = f"示例 {desk.rng.integers(10**15, 10**16)} " + "示" * int(desk.rng.integers(0, 30))
    grey = qr_code(text, int(desk.between(9, 18) * desk.unit))
    dark = (grey < 128).astype(np.uint8) * 240
    mark = Image.fromarray(np.dstack([np.full((*dark.shape, 3), 24, np.uint8), dark]))
    desk.press(mark, x, y, "qr", text)


def _emblem(desk: _Desk, x: float, y: float, size: float) -> None:
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


def _logo(desk: _Desk, x: float, y: float) -> None:
    """A coloured sign with letters in it: no seal."""
    size = desk.between(6, 14) * desk.unit
    colours = (*_INKS[:3], (30, 110, 190), (20, 130, 80), (230, 120, 20))
    ink = colours[int(desk.rng.integers(len(colours)))]
    image = Image.new("RGBA", (int(size * 1.6), int(size)), (0, 0, 0, 0))
    draw = ImageDraw.Draw(image)
    shape = int(desk.rng.integers(3))
    if shape == 0:
        draw.ellipse((0, 0, size - 1, size - 1), fill=(*ink, 255))
    elif shape == 1:
        draw.rounded_rectangle((0, 0, size - 1, size - 1), size * 0.2, fill=(*ink, 255))
    else:
        draw.regular_polygon((size / 2, size / 2, size / 2), int(desk.rng.integers(3, 7)), fill=(*ink, 255))
    letters = firm(desk.rng)[:2]
    kind = font(desk.face(), max(6, int(size * 0.4)))
    draw.text((size / 2, size / 2), letters, (255, 255, 255, 255), kind, anchor="mm")
    draw.text((size * 1.05, size / 2), letters[:1], (*ink, 255), kind, anchor="lm")
    desk.sheet.stamp(image, x, y)


def _seen(desk: _Desk, longest: int) -> MarkedPage:
    """The page through a camera, a scanner, a copier, or as it is."""
    rng, flat = desk.rng, desk.sheet.pixels()
    form = float(rng.random())
    if form < 0.12:
        return MarkedPage(flat, tuple(desk.marks))
    if form < 0.2:
        grey = cv2.cvtColor(flat, cv2.COLOR_RGB2GRAY).astype(np.float32)
        dark = np.clip((grey - 60) * 1.4, 0, 255) if rng.random() < 0.5 else grey
        flat = np.repeat(dark.astype(np.uint8)[..., None], 3, 2)
    photo = form >= 0.35
    back, size = _turned(flat, longest, rng, tilt=1.0 if photo else 0.15)
    light = 0.35 if photo else 0.04
    seen = _laid(flat, back, size, light, rng)
    seen = snapshot(seen, rng, strength=float(rng.uniform(0.4, 1.7) if photo else rng.uniform(0.1, 0.5)))
    seen = _squeezed(seen, int(rng.integers(45, 92)))
    marks = []
    for mark in desk.marks:
        outline = cv2.perspectiveTransform(mark.outline[None], back)[0]
        edge = np.array((size[0] - 1, size[1] - 1), np.float32)
        inside = np.clip(outline, 0, edge)
        if (inside.max(0) - inside.min(0)).min() > 6:
            marks.append(Lying(mark.kind, mark.text, inside, mark.shape))
    return MarkedPage(seen, tuple(marks))


def _turned(
    flat: Picture, longest: int, rng: np.random.Generator, tilt: float
) -> tuple[NDArray[np.float64], tuple[int, int]]:
    """Where the page's points fall in the picture, and the picture's width and height."""
    high, wide = flat.shape[:2]
    size = (wide, high)
    near = float(rng.uniform(0.82, 1.12)) if tilt > 0.5 else float(rng.uniform(0.96, 1.04))
    turn = math.radians(float(rng.normal(0, 4 * tilt)))
    half = np.array([(-wide, -high), (wide, -high), (wide, high), (-wide, high)]) / 2 * near
    half = half @ np.array([[math.cos(turn), math.sin(turn)], [-math.sin(turn), math.cos(turn)]])
    half = half * (1 + rng.normal(0, 0.05 * tilt) * half[:, :1] / wide
                   + rng.normal(0, 0.05 * tilt) * half[:, 1:] / high)  # fmt: skip
    corners = half + np.array(size) / 2 + rng.normal(0, 0.015 * tilt, 2) * longest
    source = np.array([(0, 0), (wide, 0), (wide, high), (0, high)], np.float32)
    return cv2.getPerspectiveTransform(source, corners.astype(np.float32)), size


def _laid(
    flat: Picture, back: NDArray[np.float64], size: tuple[int, int], light: float,
    rng: np.random.Generator,
) -> Picture:  # fmt: skip
    """The page on a ground, under uneven light with a shadow's edge by chance."""
    tone = np.clip(rng.uniform(40, 225) + rng.normal(0, 22, 3), 0, 255)
    noise = fbm(256, 256, rng, 5, 4)
    ground = (tone * (0.75 + 0.5 * cv2.resize(noise, size)[..., None])).astype(np.float32)
    seen = cv2.warpPerspective(flat, back, size, flags=cv2.INTER_AREA).astype(np.float32)
    mask = cv2.warpPerspective(np.ones(flat.shape[:2], np.float32), back, size)[..., None]
    seen = seen * mask + ground * (1 - mask)
    shade = 1 - light * cv2.resize(fbm(128, 128, rng, 2, 2), size)
    if rng.random() < light:
        angle, at = rng.uniform(0, 2 * math.pi), rng.normal(0, 0.25)
        y, x = np.mgrid[-1 : 1 : size[1] * 1j, -1 : 1 : size[0] * 1j]
        across = x * math.cos(angle) + y * math.sin(angle) - at
        shade = shade * (1 - rng.uniform(0.1, 0.45) / (1 + np.exp(-across * rng.uniform(8, 60))))
    return np.asarray(np.clip(seen * shade[..., None], 0, 255), np.uint8)


def _squeezed(image: Picture, quality: int) -> Picture:
    done, data = cv2.imencode(".jpg", image[..., ::-1], [cv2.IMWRITE_JPEG_QUALITY, quality])
    assert done
    return np.ascontiguousarray(cv2.imdecode(data, cv2.IMREAD_COLOR)[..., ::-1])
