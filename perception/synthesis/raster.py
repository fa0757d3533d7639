"""What a software renderer sees: triangles in, for each pixel the surface that shows; no light yet.

The nearest triangle of every pixel is found first (``visible``); only then are position, normal
and texture looked up, for the whole frame at once. ``shading`` lights what is found.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field

import cv2
import numpy as np
from numpy.typing import NDArray

from perception.synthesis.solids import Floats, Patch

NEAR_M = 0.05


@dataclass(frozen=True, slots=True)
class Material:
    """How a surface looks.

    Attributes:
        colour: sRGB in [0, 1]; multiplies the texture.
        texture: Shape (h, w, 3 or 4) uint8 sRGB; the fourth channel cuts out (128 is the edge).
        gloss: Share of light mirrored when looked at straight on, in [0, 1].
        shine: Exponent of the highlight, 1 is dull.
        grime: How strongly uneven dirt darkens it, in [0, 1].
        emission: Light of its own as a multiple of its colour.
        glass: Drawn over what is behind it, which shows through at ``clear``.
        clear: Share of light that glass lets through, in [0, 1].
    """

    colour: tuple[float, float, float] = (0.8, 0.8, 0.8)
    texture: NDArray[np.uint8] | None = None
    gloss: float = 0.03
    shine: float = 20.0
    grime: float = 0.15
    emission: float = 0.0
    glass: bool = False
    clear: float = 0.7


@dataclass(frozen=True, slots=True)
class Light:
    """What lights a scene.

    Attributes:
        sun_from: Direction towards the sun, any length.
        sun: Linear RGB strength of the sun; zeros indoors.
        sky: Linear RGB of light from above.
        ground: Linear RGB of light thrown back from below.
        lamps: (position, linear RGB strength at one metre) of small lamps.
        haze_m: Distance at which two thirds are lost in haze.
    """

    sun_from: tuple[float, float, float] = (0.5, 0.8, 0.6)
    sun: tuple[float, float, float] = (2.2, 2.05, 1.85)
    sky: tuple[float, float, float] = (0.55, 0.65, 0.8)
    ground: tuple[float, float, float] = (0.25, 0.23, 0.2)
    lamps: tuple[tuple[tuple[float, float, float], tuple[float, float, float]], ...] = ()
    haze_m: float = 400.0


@dataclass(slots=True)
class Stage:
    """Everything that stands in front of the camera."""

    light: Light = field(default_factory=Light)
    _patches: list[Patch] = field(default_factory=list)
    _owners: list[int] = field(default_factory=list)
    _materials: list[Material] = field(default_factory=list)
    _known: dict[int, int] = field(default_factory=dict)

    def add(self, material: Material, *patches: Patch) -> None:
        """Puts patches of one material on the stage."""
        key = self._known.setdefault(id(material), len(self._materials))
        if key == len(self._materials):
            self._materials.append(material)
        self._patches += patches
        self._owners += [key] * len(patches)

    def place(
        self,
        other: Stage,
        by: Sequence[float] = (0, 0, 0),
        *,
        yaw_deg: float = 0.0,
        scale: float = 1.0,
    ) -> None:
        """Puts all of another stage here, turned about y and shifted."""
        for patch, owner in zip(other._patches, other._owners, strict=True):
            self.add(other._materials[owner], patch.moved(by, yaw_deg=yaw_deg, scale=scale))

    @property
    def materials(self) -> list[Material]:
        """The materials in the order of their numbers."""
        return self._materials

    def triangles(self) -> tuple[Patch, NDArray[np.int32]]:
        """All triangles and the number of each one's material.

        Raises:
            ValueError: The stage is empty.
        """
        if not self._patches:
            raise ValueError("an empty stage has no picture")
        whole = Patch(
            np.concatenate([p.corners for p in self._patches]),
            np.concatenate([p.uv for p in self._patches]),
            np.concatenate([p.normals for p in self._patches]),
        )
        sizes = [len(p.corners) for p in self._patches]
        return whole, np.repeat(np.array(self._owners, np.int32), sizes)


@dataclass(frozen=True, slots=True)
class Eye:
    """A pinhole camera.

    Attributes:
        at: Where it stands, in metres.
        towards: The point in the middle of its picture.
        view_deg: Horizontal angle of view.
        roll_deg: How askew the phone is held.
    """

    at: tuple[float, float, float]
    towards: tuple[float, float, float]
    view_deg: float = 58.0
    roll_deg: float = 0.0

    def axes(self) -> Floats:
        """Rows: right, down, forward, as unit vectors."""
        forward = np.subtract(self.towards, self.at)
        forward = forward / np.linalg.norm(forward)
        right = np.cross(forward, (0.0, 1.0, 0.0))
        right /= np.linalg.norm(right)
        down = np.cross(forward, right)
        c, s = math.cos(math.radians(self.roll_deg)), math.sin(math.radians(self.roll_deg))
        return np.array([c * right + s * down, c * down - s * right, forward], np.float32)


def visible(
    screen: Floats,
    near: Floats,
    shape: tuple[int, int],
    keep: Sequence[NDArray[np.bool_] | None],
    uv: Floats | None = None,
) -> tuple[NDArray[np.int32], Floats]:
    """The frontmost triangle of each pixel (-1 for none), and its nearness (larger is nearer).

    Args:
        screen: Shape (n, 3, 2) in pixels.
        near: Shape (n, 3), linear over the screen.
        shape: Height and width.
        keep: For each triangle the mask of its cut-out texture, or None where it is whole.
        uv: Texture coordinates, needed where a mask is given.
    """
    height, width = shape
    ids = np.full(shape, -1, np.int32)
    depth = np.zeros(shape, np.float32)
    low = np.ceil(screen.min(axis=1) - 0.5).astype(np.int64)
    high = np.floor(screen.max(axis=1) - 0.5).astype(np.int64)
    np.clip(low, 0, None, out=low)
    high[:, 0].clip(None, width - 1, out=high[:, 0])
    high[:, 1].clip(None, height - 1, out=high[:, 1])
    a, b, c = screen[:, 0], screen[:, 1], screen[:, 2]
    area = (b[:, 0] - a[:, 0]) * (c[:, 1] - a[:, 1]) - (b[:, 1] - a[:, 1]) * (c[:, 0] - a[:, 0])
    wanted = (high >= low).all(axis=1) & (np.abs(area) > 1e-9)
    order = np.flatnonzero(wanted)
    for i in order[np.argsort(-near[order].max(axis=1))]:
        (x0, y0), (x1, y1) = low[i], high[i]
        if near[i].max() <= depth[y0 : y1 + 1, x0 : x1 + 1].min():
            continue
        x = np.arange(x0, x1 + 1, dtype=np.float32) + 0.5
        y = (np.arange(y0, y1 + 1, dtype=np.float32) + 0.5)[:, None]
        (ax, ay), (bx, by), (cx, cy) = a[i], b[i], c[i]
        w1 = ((x - ax) * (cy - ay) - (y - ay) * (cx - ax)) / area[i]
        w2 = ((bx - ax) * (y - ay) - (by - ay) * (x - ax)) / area[i]
        w0 = 1 - w1 - w2
        here = w0 * near[i, 0] + w1 * near[i, 1] + w2 * near[i, 2]
        window = depth[y0 : y1 + 1, x0 : x1 + 1]
        hit = (w0 >= 0) & (w1 >= 0) & (w2 >= 0) & (here > window)
        mask = keep[i]
        if mask is not None and uv is not None:
            hit &= _uncut(mask, uv[i], near[i], (w0, w1, w2), here)
        window[hit] = here[hit]
        ids[y0 : y1 + 1, x0 : x1 + 1][hit] = i
    return ids, depth


def _uncut(
    mask: NDArray[np.bool_],
    uv: Floats,
    near: Floats,
    weights: tuple[Floats, Floats, Floats],
    here: Floats,
) -> NDArray[np.bool_]:
    total = np.maximum(here, 1e-9)
    u, v = (sum(w * near[k] * uv[k, n] for k, w in enumerate(weights)) / total for n in (0, 1))
    rows, columns = mask.shape
    return np.asarray(
        mask[(np.floor(v * rows).astype(int)) % rows, (np.floor(u * columns).astype(int)) % columns]
    )


@dataclass(frozen=True, slots=True)
class Seen:
    """What lies under each covered pixel, one row a pixel."""

    rows: NDArray[np.intp]
    columns: NDArray[np.intp]
    triangle: NDArray[np.int32]
    position: Floats
    normal: Floats
    uv: Floats
    distance: Floats


def look_up(
    ids: NDArray[np.int32], screen: Floats, near: Floats, patch: Patch, eye_at: Floats
) -> Seen:
    """What lies under each covered pixel of ``ids``, as ``visible`` found them."""
    rows, columns = np.nonzero(ids >= 0)
    tri = ids[rows, columns]
    p = np.stack([columns, rows], axis=1).astype(np.float32) + 0.5
    a, b, c = (screen[tri, k] for k in range(3))
    area = (b[:, 0] - a[:, 0]) * (c[:, 1] - a[:, 1]) - (b[:, 1] - a[:, 1]) * (c[:, 0] - a[:, 0])
    w1 = (
        (p[:, 0] - a[:, 0]) * (c[:, 1] - a[:, 1]) - (p[:, 1] - a[:, 1]) * (c[:, 0] - a[:, 0])
    ) / area
    w2 = (
        (b[:, 0] - a[:, 0]) * (p[:, 1] - a[:, 1]) - (b[:, 1] - a[:, 1]) * (p[:, 0] - a[:, 0])
    ) / area
    weight = np.stack([1 - w1 - w2, w1, w2], axis=1) * near[tri]
    weight /= weight.sum(axis=1, keepdims=True)

    def mixed(values: Floats) -> Floats:
        return np.asarray(np.einsum("nk,nkd->nd", weight, values[tri]), np.float32)

    position, normal = mixed(patch.corners), mixed(patch.normals)
    normal /= np.maximum(np.linalg.norm(normal, axis=1, keepdims=True), 1e-6)
    to_eye = eye_at - position
    distance = np.linalg.norm(to_eye, axis=1).astype(np.float32)
    away = np.einsum("nd,nd->n", normal, to_eye) < 0
    normal[away] *= -1
    return Seen(rows, columns, tri, position, normal, mixed(patch.uv), distance)


def linear(srgb: NDArray[np.floating] | Sequence[float]) -> Floats:
    """Linear light of sRGB in [0, 1]."""
    return np.asarray(np.asarray(srgb, np.float32) ** 2.2, np.float32)


def albedo(
    seen: Seen,
    owner: NDArray[np.int32],
    materials: Sequence[Material],
    texel_m: Floats,
    pixel_rad: float,
    dirt: Floats,
) -> Floats:
    """The colour of each surface seen, linear RGB, before any light.

    Args:
        seen: What the pixels show.
        owner: Number of each triangle's material.
        materials: By number.
        texel_m: Metres that a texel of each triangle covers.
        pixel_rad: Angle that a pixel covers.
        dirt: Noise in [0, 1] that repeats.
    """
    out = np.empty((len(seen.rows), 3), np.float32)
    mine = owner[seen.triangle]
    for number in np.unique(mine):
        material = materials[number]
        here = mine == number
        base = np.broadcast_to(linear(material.colour), (int(here.sum()), 3))
        if material.texture is not None:
            size = texel_m[seen.triangle[here]]
            level = np.log2(np.maximum(seen.distance[here] * pixel_rad / size, 1e-6))
            base = base * _sample(material.texture[..., :3], seen.uv[here], level)
        if material.grime > 0:
            at = seen.position[here]
            u, v = at[:, 0] + 0.71 * at[:, 2], at[:, 1] + 0.53 * at[:, 2]
            spot = dirt[(v * 97).astype(int) % dirt.shape[0], (u * 97).astype(int) % dirt.shape[1]]
            base = base * (1 - material.grime * spot[:, None])
        out[here] = base
    return out


def _sample(texture: NDArray[np.uint8], uv: Floats, level: NDArray[np.floating]) -> Floats:
    """Linear RGB at each uv; coarser copies of the texture serve what is far away."""
    out = np.empty((len(uv), 3), np.float32)
    image: Floats = np.asarray(texture, np.float32) / np.float32(255)
    rounded = np.clip(np.round(level), 0, 7).astype(int)
    for step in range(int(rounded.max(initial=0)) + 1):
        here = rounded == step
        if here.any():
            height, width = image.shape[:2]
            x = np.mod(uv[here, 0] * width - 0.5, width)
            y = np.mod(uv[here, 1] * height - 0.5, height)
            x0, y0 = x.astype(int), y.astype(int)
            fx, fy = (x - x0)[:, None], (y - y0)[:, None]
            x0, y0 = x0 % width, y0 % height
            x1, y1 = (x0 + 1) % width, (y0 + 1) % height
            upper = image[y0, x0] * (1 - fx) + image[y0, x1] * fx
            lower = image[y1, x0] * (1 - fx) + image[y1, x1] * fx
            out[here] = upper * (1 - fy) + lower * fy
        if min(image.shape[:2]) > 1:
            size = (max(1, image.shape[1] // 2), max(1, image.shape[0] // 2))
            smaller = cv2.resize(image, size, interpolation=cv2.INTER_AREA)
            image = np.asarray(smaller, np.float32).reshape(size[1], size[0], 3)
    return linear(out)
