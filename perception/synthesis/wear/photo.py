"""A page on a desk, photographed by hand."""

from __future__ import annotations

import math

import numpy as np

from perception.synthesis.desk import Strain, laid_down
from perception.synthesis.press.page import Page
from perception.synthesis.press.style import Split
from perception.synthesis.wear.camera_shake import out_of_focus, saved, shaken
from perception.synthesis.wear.carry import carried
from perception.synthesis.wear.frozen import Strengths

GROUNDS: dict[Split, tuple[str, ...]] = {
    Split.TRAIN: ("wood", "stone"),
    Split.TEST: ("cloth", "tiles"),
}
"""What the page lies on; training never sees what tests lie on."""


def photo(page: Page, rng: np.random.Generator, split: Split, how: Strengths) -> Page:
    """The photo, upright, its longer side along the page's."""
    bad = how.severity(rng)
    size = _size(page, how.between("long_side_px", rng))
    share = max(size) / 1600
    strain = Strain(
        tilt=min(3.0, bad * float(rng.uniform(0.5, 1.3))),
        fold=min(3.0, bad * float(rng.uniform(0.3, 1.2))),
        light=min(3.0, bad * float(rng.uniform(0.5, 1.3))),
        glare=min(3.0, bad * how.number("glare") * float(rng.uniform(0, 2))),
        camera=min(3.0, bad * float(rng.uniform(0.6, 1.2))),
    )
    shot = laid_down(page.page_rgb, rng, size=size, strain=strain, grounds=GROUNDS[split])
    image = out_of_focus(
        shot.photo_rgb, bad * how.number("blur_px") * share * float(rng.uniform(0.3, 1.5))
    )
    if rng.random() < 0.4:
        length = bad * how.number("motion_px") * share * float(rng.uniform(0.5, 2.5))
        image = shaken(image, length, float(rng.uniform(0, math.pi)))
    return carried(page, saved(image, how.between("jpeg_quality", rng)), shot.carrier)


def _size(page: Page, long_side: float) -> tuple[int, int]:
    """Four to three, lying or standing as the page does, in even pixels."""
    high, wide = page.page_rgb.shape[:2]
    long, short = round(long_side), round(long_side * 3 / 4)
    if high > 2.2 * wide:
        short = round(long_side / 2)
    return (short, long) if high > wide else (long, short)
