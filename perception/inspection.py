"""What is seen on a photo or file. Boxes are pixels of the upright original, origin top left."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from bailing.terms import VoucherType

Box = tuple[int, int, int, int]
"""x0, y0, x1, y1 in pixels, with x0 <= x1 and y0 <= y1."""


class Verdict(StrEnum):
    """Whether a picture shows the real thing."""

    GENUINE = "genuine"
    DOUBTFUL = "doubtful"
    FORGED = "forged"


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text as it stands on the page; confidence in [0, 1]."""

    text: str
    confidence: float
    box: Box
    page: int = 0


@dataclass(frozen=True, slots=True)
class Field:
    """A value that was read: normalised, as it stood, how sure, and where.

    ``repaired`` says that what stood there was put right by what such a value must be.

    Raises:
        ValueError: A confidence outside [0, 1].
    """

    name: str
    label: str
    label_en: str
    value: str
    raw: str
    confidence: float
    box: Box
    page: int = 0
    repaired: bool = False

    def __post_init__(self) -> None:
        if not 0.0 <= self.confidence <= 1.0:
            raise ValueError(f"confidence {self.confidence} is outside [0, 1]")


@dataclass(frozen=True, slots=True)
class Mark:
    """A seal, signature, QR code or fingerprint."""

    kind: str
    text: str | None
    box: Box
    confidence: float
    page: int = 0


@dataclass(frozen=True, slots=True)
class SeenTable:
    """Rows of a statement or a list as they are printed; the first is the header.

    Raises:
        ValueError: A row with more or fewer cells than the header.
    """

    page: int
    box: Box
    rows: tuple[tuple[str, ...], ...]

    def __post_init__(self) -> None:
        if len({len(row) for row in self.rows}) > 1:
            raise ValueError("every row has the header's cells")


@dataclass(frozen=True, slots=True)
class SeenObject:
    """Something that the picture shows."""

    label: str
    label_zh: str
    category: str
    confidence: float
    box: Box


@dataclass(frozen=True, slots=True)
class Check:
    """One test of authenticity: what it saw and expected, in ``detail``."""

    name: str
    passed: bool
    detail: str


@dataclass(frozen=True, slots=True)
class Authenticity:
    """Scores in [0, 1] where known (0 is clean), checks, and the verdict over all of them.

    ``fingerprint`` is that of the first page's picture, by which it is known again (see
    :mod:`perception.genuine.fingerprint`); None where the file is text, which has no picture.
    """

    recapture: float | None
    tamper: float | None
    checks: tuple[Check, ...]
    verdict: Verdict
    fingerprint: str | None = None


class Region(StrEnum):
    """Where on a page, as one would say it to somebody who holds the paper."""

    TOP_LEFT = "top_left"
    TOP = "top"
    TOP_RIGHT = "top_right"
    LEFT = "left"
    MIDDLE = "middle"
    RIGHT = "right"
    BOTTOM_LEFT = "bottom_left"
    BOTTOM = "bottom"
    BOTTOM_RIGHT = "bottom_right"
    WHOLE = "whole"


@dataclass(frozen=True, slots=True)
class Trouble:
    """One thing that is wrong with a picture: what, where, and what it keeps from being read.

    Attributes:
        issue: ``blur``, ``glare``, ``cut_off``, ``too_small`` or ``dark``.
        region: Where on the page.
        box: The same in pixels of the upright original.
        field: The field that is hidden there; None where none is missing or none can be told.
        label: What that field is called on the paper, in Chinese.
        label_en: The same in English.
    """

    issue: str
    region: Region
    box: Box
    field: str | None = None
    label: str | None = None
    label_en: str | None = None


@dataclass(frozen=True, slots=True)
class Quality:
    """Whether a picture can be used, what is wrong with it, and where."""

    usable: bool
    issues: tuple[str, ...] = ()
    troubles: tuple[Trouble, ...] = ()


@dataclass(frozen=True, slots=True)
class Guess:
    """A kind of voucher and how likely it is."""

    type: VoucherType
    confidence: float


@dataclass(frozen=True, slots=True)
class Frame:
    """In what the boxes of a page lie.

    Attributes:
        width: Of the upright original, in pixels.
        height: Likewise.
        turned: Quarter turns to the left that put it upright, the camera's own turn followed.
    """

    width: int
    height: int
    turned: int


@dataclass(frozen=True, slots=True)
class Inspection:
    """All that is seen on one file."""

    sha256: str
    pages: int
    quality: Quality
    voucher: Guess
    alternatives: tuple[Guess, ...]
    fields: tuple[Field, ...]
    marks: tuple[Mark, ...]
    objects: tuple[SeenObject, ...]
    authenticity: Authenticity
    lines: tuple[Line, ...]
    models: tuple[str, ...]
    frames: tuple[Frame, ...] = ()
    tables: tuple[SeenTable, ...] = ()
    elapsed_ms: dict[str, float] = field(default_factory=dict)
