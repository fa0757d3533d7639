"""Photos of things that a merchant would show, drawn by our own renderer.

``render_scene`` is the door: a kind and a seed give the same picture each time.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np
from numpy.typing import NDArray

from perception.synthesis.camera import snapshot
from perception.synthesis.errors import UnknownKind
from perception.synthesis.raster import Eye, Stage
from perception.synthesis.shading import render
from perception.synthesis.shops import shelf, stall
from perception.synthesis.storefront import shop_front
from perception.synthesis.yards import excavator_yard, truck_yard, van_yard

SceneKind = Literal["truck", "van", "excavator", "shop_front", "shelf", "stall"]
SCENE_KINDS: tuple[SceneKind, ...] = get_args(SceneKind)


@dataclass(frozen=True, slots=True)
class Wording:
    """Words that stand in a scene; None leaves them to chance.

    Attributes:
        firm: On the sign, or on the side of the vehicle.
        plate: The number plate.
    """

    firm: str | None = None
    plate: str | None = None


_Builder = Callable[[np.random.Generator, str | None, str | None], tuple[Stage, Eye]]
_BUILDERS: dict[str, _Builder] = {
    "truck": truck_yard,
    "van": van_yard,
    "excavator": excavator_yard,
    "shop_front": shop_front,
    "shelf": shelf,
    "stall": stall,
}


def render_scene(
    kind: SceneKind,
    seed: int,
    *,
    size: tuple[int, int] = (640, 480),
    wording: Wording | None = None,
    smooth: float = 1.6,
) -> NDArray[np.uint8]:
    """A photo of such a scene: sRGB, shape (height, width, 3).

    Args:
        kind: What is shown.
        seed: Chooses everything that is left to chance.
        size: Width and height in pixels; time grows with the area.
        wording: Words in the picture.
        smooth: Oversampling along each axis; 1.6 looks clean.

    Raises:
        UnknownKind: Not one of ``SCENE_KINDS``.
        FontMissing: A Debian font package is not installed.
    """
    if kind not in _BUILDERS:
        raise UnknownKind(f"{kind}: drawn are {', '.join(SCENE_KINDS)}")
    rng = np.random.default_rng([seed, zlib.crc32(kind.encode())])
    words = wording or Wording()
    stage, eye = _BUILDERS[kind](rng, words.firm, words.plate)
    return snapshot(render(stage, eye, size, rng, smooth=smooth), rng)
