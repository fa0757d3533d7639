"""A blank sheet and a hand to print on it."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from perception.synthesis.fonts import Face, font
from perception.synthesis.textures import Rgb

INK: Rgb = (28, 28, 32)


@dataclass(slots=True)
class Sheet:
    """A page that is being printed.

    Attributes:
        width: In pixels.
        height: In pixels.
        ground: Colour of the paper.
    """

    width: int
    height: int
    ground: Rgb = (253, 252, 248)
    image: Image.Image = field(init=False)
    draw: ImageDraw.ImageDraw = field(init=False)

    def __post_init__(self) -> None:
        self.image = Image.new("RGB", (self.width, self.height), self.ground)
        self.draw = ImageDraw.Draw(self.image)

    def text(
        self,
        x: float,
        y: float,
        words: str,
        size_px: int,
        *,
        face: Face = Face.SONG,
        ink: Rgb = INK,
        anchor: str = "lm",
        gap_px: float = 0.0,
    ) -> float:
        """Prints words on one line; ``gap_px`` spaces the letters. The x where they end."""
        kind = font(face, size_px)
        if gap_px == 0:
            self.draw.text((x, y), words, ink, kind, anchor=anchor)
            return x + float(kind.getlength(words))
        if anchor[0] == "m":
            x -= (sum(kind.getlength(c) for c in words) + gap_px * (len(words) - 1)) / 2
        for letter in words:
            self.draw.text((x, y), letter, ink, kind, anchor="l" + anchor[1])
            x += float(kind.getlength(letter)) + gap_px
        return x - gap_px

    def block(
        self,
        x: float,
        y: float,
        words: str,
        width: float,
        size_px: int,
        *,
        face: Face = Face.SONG,
        ink: Rgb = INK,
        leading: float = 1.45,
        most: int = 99,
    ) -> float:
        """Prints words broken into lines no wider than that; the y of the line after the last."""
        kind = font(face, size_px)
        line, lines = "", []
        for letter in words:
            if kind.getlength(line + letter) > width and letter not in "，。；：、）":
                lines.append(line)
                line = ""
            line += letter
        for text in [*lines, line][:most]:
            self.draw.text((x, y), text, ink, kind, anchor="lm")
            y += size_px * leading
        return y

    def rule(
        self, x0: float, y0: float, x1: float, y1: float, ink: Rgb = INK, width: int = 2
    ) -> None:
        """A straight line."""
        self.draw.line((x0, y0, x1, y1), ink, width)

    def stamp(self, mark: Image.Image, x: float, y: float) -> None:
        """Presses a seal (RGBA) with its middle at that point; ink darkens what is below."""
        left, top = round(x - mark.width / 2), round(y - mark.height / 2)
        box = (left, top, left + mark.width, top + mark.height)
        below = np.asarray(self.image.crop(box), np.float32)
        ink = np.asarray(mark, np.float32)
        cover = ink[..., 3:] / 255
        mixed = below * (1 - cover) + below * ink[..., :3] / 255 * cover
        self.image.paste(Image.fromarray(mixed.astype(np.uint8)), box)
        self.draw = ImageDraw.Draw(self.image)

    def picture(self, grey: NDArray[np.uint8], x: float, y: float) -> None:
        """Pastes a grey picture with its upper left corner there."""
        self.image.paste(Image.fromarray(grey).convert("RGB"), (round(x), round(y)))

    def pixels(self) -> NDArray[np.uint8]:
        """The page as an array, shape (height, width, 3)."""
        return np.array(self.image)
