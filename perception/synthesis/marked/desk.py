"""A page while it is composed, and the marks that lie on it."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from perception.synthesis.fonts import Face
from perception.synthesis.marked.sheet import Sheet
from perception.synthesis.signatures import Typeface
from perception.synthesis.textures import Rgb

Picture = NDArray[np.uint8]
Points = NDArray[np.float32]


class Split(StrEnum):
    """Who may see a page: training and test share neither typefaces nor writers."""

    TRAIN = "train"
    TEST = "test"


@dataclass(frozen=True, slots=True, eq=False)
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


FACES = {
    Split.TRAIN: (Face.SONG, Face.SONG_BOLD, Face.HEI, Face.HEI_BOLD, Face.KAI),
    Split.TEST: (Face.MING, Face.ZEN),
}
INKS: tuple[Rgb, ...] = (
    (206, 36, 40), (214, 52, 60), (190, 24, 36), (160, 22, 34), (226, 84, 84), (220, 60, 30),
)  # fmt: skip
OTHER_INKS: tuple[Rgb, ...] = ((40, 60, 150), (60, 60, 66), (50, 40, 120))
PENS: tuple[Rgb, ...] = ((20, 20, 24), (26, 30, 60), (22, 40, 120), (40, 70, 160), (60, 60, 66))


@dataclass(frozen=True, slots=True)
class MarkedPage:
    """A picture of a page and the marks on it."""

    image_rgb: Picture
    marks: tuple[Lying, ...]


@dataclass(slots=True)
class Desk:
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
        faces = FACES[self.split]
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
