"""Pages composed of marks: what the detector of marks is trained and measured on.

The words say nothing; what matters is that seals, signatures, thumb prints and codes lie among
print, tables, handwriting, emblems, red titles and red rules, and pass through a camera, a scanner
or a copier. The truth is where each mark lies in the final picture, and what its seal says.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from perception.synthesis.fonts import Face
from perception.synthesis.marked.desk import Desk, Lying, MarkedPage, Split
from perception.synthesis.marked.layouts import LAYOUTS
from perception.synthesis.marked.light import seen
from perception.synthesis.marked.parts import strays
from perception.synthesis.marked.sheet import Sheet
from perception.synthesis.signatures import Typeface

__all__ = ["Lying", "MarkedPage", "Split", "marked_page"]


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
    desk = Desk(Sheet(*side, ground=(ground[0], ground[1], ground[2])), rng, split, tuple(hands))
    layout = LAYOUTS[int(rng.integers(len(LAYOUTS)))]
    layout(desk)
    strays(desk)
    return seen(desk, longest)
