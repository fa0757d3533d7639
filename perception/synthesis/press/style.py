"""How a page is set: type, ink, paper, rules, spacing, by seed; some of it kept for tests.

Training and test pages share no typeface, so that a reader measured on test pages has not met
their letters. The one exception is the hand: Debian has a single brush-like face, so the writers
differ by their parameters (``hand.WRITERS``).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from perception.synthesis.fonts import Face
from perception.synthesis.press.hand import Writer, writers


class Split(StrEnum):
    """Whether training may see it."""

    TRAIN = "train"
    TEST = "test"


FAMILIES: dict[Split, dict[str, tuple[str, ...]]] = {
    Split.TRAIN: {
        "song": ("Noto Serif CJK SC",),
        "hei": ("Noto Sans CJK SC",),
        "kai": ("AR PL UKai CN",),
        "digits": ("Liberation Sans", "Liberation Serif", "DejaVu Sans"),
    },
    Split.TEST: {
        "song": ("AR PL UMing CN",),
        "hei": ("WenQuanYi Zen Hei",),
        "kai": ("AR PL UMing CN",),
        "digits": ("DejaVu Serif", "Liberation Sans Narrow"),
    },
}
"""Typefaces by role; no family stands in both splits."""

SEAL_FACES = {Split.TRAIN: Face.SONG_BOLD, Split.TEST: Face.MING}
"""Typefaces of seals; tests have the other one."""

_PAPERS = ("#ffffff", "#fdfcf8", "#fbf9f2", "#f7f7f5", "#fffdf3")
_COLOURED = ("#fdf1ee", "#f3f8ee", "#eef4fa", "#fdf8dc")
_INKS = ("#1a1a1e", "#26262b", "#101012", "#33333a")
_FORM_INKS = ("#1a1a1e", "#8a2b22", "#1f4f86", "#2d5f45")
_PENS = ((22, 30, 92), (24, 24, 28), (36, 52, 150), (60, 60, 66))


@dataclass(frozen=True, slots=True)
class Style:
    """The look of one page.

    Attributes:
        split: Which typefaces and writers it draws from.
        song: Family of body text.
        hei: Family of headings and of printed values.
        kai: Family of what is set in italics' stead.
        digits: Family of figures.
        ink: CSS colour of the text.
        form_ink: CSS colour of a printed form's labels and rules, where a template uses it.
        paper: CSS colour of the sheet.
        coloured_paper: CSS colour of a carbon copy, where a template uses it.
        base_px: Body size in CSS pixels, 12 to 17.
        leading: Line height as a share of the size.
        tracking_em: Extra space between letters.
        rule_px: Thickness of rules.
        pad_px: Space inside of cells.
        pen_rgb: Colour of handwriting.
        writer: Whose hand.
        seal_face: Typeface of seals.
    """

    split: Split
    song: str
    hei: str
    kai: str
    digits: str
    ink: str
    form_ink: str
    paper: str
    coloured_paper: str
    base_px: float
    leading: float
    tracking_em: float
    rule_px: float
    pad_px: float
    pen_rgb: tuple[int, int, int]
    writer: Writer
    seal_face: Face


def style(split: Split, rng: np.random.Generator) -> Style:
    """A style of that split, chosen by chance."""

    def of(choices: tuple[str, ...]) -> str:
        return choices[rng.integers(len(choices))]

    families = {role: of(names) for role, names in FAMILIES[split].items()}
    hands = writers(held_out=split is Split.TEST)
    return Style(
        split=split,
        **families,
        ink=of(_INKS),
        form_ink=of(_FORM_INKS),
        paper=of(_PAPERS),
        coloured_paper=of(_COLOURED),
        base_px=round(float(rng.uniform(13.0, 16.5)), 1),
        leading=round(float(rng.uniform(1.35, 1.85)), 2),
        tracking_em=round(float(max(0.0, rng.normal(0.0, 0.03))), 3),
        rule_px=float(rng.choice([0.75, 1.0, 1.0, 1.5, 2.0])),
        pad_px=round(float(rng.uniform(2.5, 8.0)), 1),
        pen_rgb=_PENS[rng.integers(len(_PENS))],
        writer=hands[rng.integers(len(hands))],
        seal_face=SEAL_FACES[split],
    )
