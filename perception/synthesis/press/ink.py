"""What templates call: printed and handwritten values, seals, signatures, codes, chance."""

from __future__ import annotations

import base64
from collections.abc import Mapping

import cv2
import numpy as np
from markupsafe import Markup, escape
from numpy.typing import NDArray
from PIL import Image

from perception.synthesis.press import hand
from perception.synthesis.press.style import Style
from perception.synthesis.seals import oval_seal, qr_code, round_seal

_SEAL_PX = 340
_PX_PER_MM = 96 / 25.4


def data_uri(rgba: NDArray[np.uint8]) -> str:
    """A picture (RGBA, or grey) as a PNG within HTML."""
    if rgba.ndim == 3:
        rgba = np.asarray(cv2.cvtColor(rgba, cv2.COLOR_RGBA2BGRA), np.uint8)
    ok, png = cv2.imencode(".png", rgba)
    if not ok:
        raise ValueError("a picture could not be made a PNG")
    return "data:image/png;base64," + base64.b64encode(png.tobytes()).decode()


def _cut(mark: Image.Image) -> NDArray[np.uint8]:
    """The mark without the empty rim about its ink."""
    box = mark.getchannel("A").point(lambda a: 255 if a > 40 else 0).getbbox()
    return np.array(mark.crop(box) if box else mark)


class Ink:
    """The functions of one page's template; each leaves what the page's truth is read from.

    Args:
        fields: The paper's fields, for those that :meth:`field` may name.
        look: The page's style.
        rng: Source of chance.
        by_hand: Whether :meth:`fill` writes rather than prints.
    """

    def __init__(
        self, fields: Mapping[str, str], look: Style, rng: np.random.Generator, *, by_hand: bool
    ) -> None:
        self._fields = fields
        self._look = look
        self._rng = rng
        self._by_hand = by_hand

    def field(self, name: str, text: str | None = None) -> Markup:
        """A printed value; ``text`` is how it is printed, else as the field states it."""
        shown = self._fields[name] if text is None else text
        return Markup('<span data-field="{}">{}</span>').format(self._known(name), shown)

    def hand(self, name: str | None, text: str, em: float = 1.25) -> Markup:
        """A handwritten value, each letter a picture; ``em`` is its size beside the print."""
        writer = self._look.writer
        bases = hand.base_line(len(text), writer, self._rng)
        letters = [
            self._letter(sign, em, float(base)) for sign, base in zip(text, bases, strict=True)
        ]
        mark = Markup(' data-field="{}"').format(self._known(name)) if name else Markup("")
        return Markup('<span class="hand"{}>{}</span>').format(mark, Markup("").join(letters))

    def fill(self, name: str | None, text: str | None = None, em: float = 1.25) -> Markup:
        """A form's blank filled in: by hand or by a printer, as the whole page is."""
        shown = self._fields[str(name)] if text is None else text
        if self._by_hand:
            return self.hand(name, shown, em)
        return self.field(name, shown) if name else Markup(escape(shown))

    def seal(self, words: str, below: str = "", mm: float = 40.0, css: str = "") -> Markup:
        """A round seal with a star."""
        seal = round_seal(words, _SEAL_PX, self._rng, below=below, face=self._look.seal_face)
        return self._mark("seal", words, _cut(seal), mm, css)

    def oval(
        self, words: str, number: str, below: str = "发票专用章", mm: float = 40.0, css: str = ""
    ) -> Markup:
        """An invoice seal."""
        seal = oval_seal(words, number, below, _SEAL_PX, self._rng, face=self._look.seal_face)
        return self._mark("seal", words, _cut(seal), mm, css)

    def signature(self, name: str, mm: float = 24.0, css: str = "") -> Markup:
        """A signed name."""
        ink = hand.signature(name, self._look.writer, self._rng, self._look.pen_rgb)
        return self._mark("signature", name, ink, mm, css)

    def fingerprint(self, mm: float = 11.0, css: str = "") -> Markup:
        """A red fingerprint."""
        return self._mark("fingerprint", "", hand.fingerprint(self._rng), mm, css)

    def qr(self, content: str, mm: float = 22.0, css: str = "") -> Markup:
        """A QR code that can be read."""
        return self._mark("qr", content, qr_code(content, 240), mm, css)

    def pick(self, *choices: str) -> str:
        """One of them by chance: label words that mean the same."""
        return choices[self._rng.integers(len(choices))]

    def chance(self, share: float) -> bool:
        """True in that share of pages."""
        return bool(self._rng.random() < share)

    def between(self, low: float, high: float) -> float:
        """A number by chance, for widths, turns and shifts."""
        return round(float(self._rng.uniform(low, high)), 2)

    def _known(self, name: str) -> str:
        if name not in self._fields:
            raise KeyError(f"no field {name}: {', '.join(self._fields)}")
        return name

    def _letter(self, sign: str, em: float, base: float) -> Markup:
        if not sign.strip():
            return Markup(" ")
        ink = hand.glyph(sign, self._look.writer, self._rng, base_em=base)
        source = data_uri(hand.coloured(ink, self._look.pen_rgb))
        high = em * hand.CELL_EM
        gap = self._look.writer.gap_em * em - 0.12
        trim = -(hand.CELL_EM - 1.1) / 2 * em
        return Markup(
            '<img data-glyph="{}" src="{}" style="height:{:.2f}em;margin:{:.2f}em {:.2f}em">'
        ).format(sign, source, high, trim, gap / 2)

    def _mark(self, kind: str, text: str, ink: NDArray[np.uint8], mm: float, css: str) -> Markup:
        """A picture as wide as that on the paper."""
        return Markup(
            '<img data-mark="{}" data-text="{}" src="{}" style="width:{:.1f}px;{}">'
        ).format(kind, text, data_uri(ink), mm * _PX_PER_MM, css)
