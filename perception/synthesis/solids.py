"""Solid bodies as triangles: boxes, tubes, turned and extruded shapes, bent sheets.

World axes: x to the right, y up, z towards the viewer; metres. A ``Patch`` is a heap of
triangles that share nothing, so patches are joined by concatenation and moved by a matrix.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Patch:
    """Triangles with texture coordinates and normals.

    Attributes:
        corners: Shape (n, 3, 3): triangle, corner, xyz in metres.
        uv: Shape (n, 3, 2): u to the right and v downwards over the texture, 1 is its full extent.
        normals: Shape (n, 3, 3), unit length.
    """

    corners: Floats
    uv: Floats
    normals: Floats

    def __post_init__(self) -> None:
        n = len(self.corners)
        if self.corners.shape != (n, 3, 3) or self.normals.shape != (n, 3, 3):
            raise ValueError(f"corners {self.corners.shape} and normals {self.normals.shape}")
        if self.uv.shape != (n, 3, 2):
            raise ValueError(f"uv {self.uv.shape} for {n} triangles")

    def moved(
        self,
        by: Sequence[float] = (0.0, 0.0, 0.0),
        *,
        yaw_deg: float = 0.0,
        pitch_deg: float = 0.0,
        roll_deg: float = 0.0,
        scale: float | Sequence[float] = 1.0,
    ) -> Patch:
        """A copy scaled, then turned about x (pitch), z (roll), y (yaw), then shifted."""
        factor = np.broadcast_to(np.asarray(scale, np.float32), (3,))
        turn = _about("y", yaw_deg) @ _about("z", roll_deg) @ _about("x", pitch_deg)
        corners = (self.corners * factor) @ turn.T + np.asarray(by, np.float32)
        normals = _unit((self.normals / factor) @ turn.T)
        return Patch(corners.astype(np.float32), self.uv, normals)


def _about(axis: str, degrees: float) -> Floats:
    c, s = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
    rows = {
        "x": [[1, 0, 0], [0, c, -s], [0, s, c]],
        "y": [[c, 0, s], [0, 1, 0], [-s, 0, c]],
        "z": [[c, -s, 0], [s, c, 0], [0, 0, 1]],
    }[axis]
    return np.array(rows, np.float32)


def _unit(vectors: NDArray[np.floating]) -> Floats:
    length = np.linalg.norm(vectors, axis=-1, keepdims=True)
    return np.asarray(vectors / np.maximum(length, 1e-9), np.float32)


def join(*patches: Patch) -> Patch:
    """All the triangles in one patch."""
    return Patch(
        np.concatenate([p.corners for p in patches]),
        np.concatenate([p.uv for p in patches]),
        np.concatenate([p.normals for p in patches]),
    )


def flat(corners: ArrayLike, uv: ArrayLike | None = None) -> Patch:
    """Triangles with one normal each; without ``uv`` they lie at the texture's origin."""
    solid = np.asarray(corners, np.float32).reshape(-1, 3, 3)
    face = _unit(np.cross(solid[:, 1] - solid[:, 0], solid[:, 2] - solid[:, 0]))
    spots = np.zeros((len(solid), 3, 2)) if uv is None else np.asarray(uv).reshape(-1, 3, 2)
    return Patch(solid, spots.astype(np.float32), np.repeat(face[:, None], 3, axis=1))


def quad(
    lower_left: ArrayLike,
    lower_right: ArrayLike,
    upper_right: ArrayLike,
    upper_left: ArrayLike,
    tiles: tuple[float, float] = (1.0, 1.0),
) -> Patch:
    """A flat face, its corners counter-clockwise from outside; ``tiles`` repeats the texture."""
    p = [np.asarray(c, np.float32) for c in (lower_left, lower_right, upper_right, upper_left)]
    u, v = tiles
    uv = [[(0, v), (u, v), (u, 0)], [(0, v), (u, 0), (0, 0)]]
    return flat([[p[0], p[1], p[2]], [p[0], p[2], p[3]]], uv)


def panel(
    centre: Sequence[float],
    width: float,
    height: float,
    *,
    yaw_deg: float = 0.0,
    pitch_deg: float = 0.0,
    tiles: tuple[float, float] = (1.0, 1.0),
) -> Patch:
    """An upright sheet that faces the viewer (+z) before it is turned."""
    x, y = width / 2, height / 2
    face = quad((-x, -y, 0), (x, -y, 0), (x, y, 0), (-x, y, 0), tiles)
    return face.moved(centre, yaw_deg=yaw_deg, pitch_deg=pitch_deg)


def floor(x0: float, x1: float, z0: float, z1: float, y: float = 0.0, tile_m: float = 2.0) -> Patch:
    """A level surface seen from above; the texture repeats every ``tile_m`` metres."""
    tiles = ((x1 - x0) / tile_m, (z1 - z0) / tile_m)
    return quad((x0, y, z1), (x1, y, z1), (x1, y, z0), (x0, y, z0), tiles)


def box(centre: Sequence[float], size: ArrayLike, bevel: float = 0.0) -> Patch:
    """A block with chamfered edges; each face carries the whole texture upright."""
    half: Floats = np.asarray(size, np.float32) / np.float32(2)
    b = float(min(bevel, 0.49 * half.min() * 2))
    faces: list[Patch] = []
    # (normal axis, sign, right axis with sign, up axis with sign)
    sides = [
        (2, 1, (0, 1), (1, 1)),
        (2, -1, (0, -1), (1, 1)),
        (0, 1, (2, -1), (1, 1)),
        (0, -1, (2, 1), (1, 1)),
        (1, 1, (0, 1), (2, -1)),
        (1, -1, (0, 1), (2, 1)),
    ]
    for axis, sign, (r_axis, r_sign), (u_axis, u_sign) in sides:
        corner: list[Floats] = []
        for dr, du in ((-1, -1), (1, -1), (1, 1), (-1, 1)):
            at = np.zeros(3, np.float32)
            at[axis] = sign * half[axis]
            at[r_axis] = dr * r_sign * (half[r_axis] - b)
            at[u_axis] = du * u_sign * (half[u_axis] - b)
            corner.append(at)
        faces.append(quad(corner[0], corner[1], corner[2], corner[3]))
    if b > 0:
        faces.append(_chamfers(half, b))
    return join(*faces).moved(centre)


def _chamfers(half: Floats, b: float) -> Patch:
    triangles: list[list[Floats]] = []

    def at(signs: Sequence[float], out: int) -> Floats:
        spot = np.array([s * (h - b) for s, h in zip(signs, half, strict=True)], np.float32)
        spot[out] = signs[out] * half[out]
        return spot

    for along in range(3):
        one, two = [a for a in range(3) if a != along]
        for s1 in (-1, 1):
            for s2 in (-1, 1):
                ends = []
                for s3 in (-1, 1):
                    signs = [0.0, 0.0, 0.0]
                    signs[along], signs[one], signs[two] = s3, s1, s2
                    ends.append((at(signs, one), at(signs, two)))
                (a, c), (d, e) = ends
                triangles += [[a, c, e], [a, e, d]]
    for sx in (-1, 1):
        for sy in (-1, 1):
            for sz in (-1, 1):
                triangles.append([at((sx, sy, sz), axis) for axis in range(3)])
    corners = np.array(triangles, np.float32)
    face = np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])
    inward = np.einsum("ij,ij->i", face, corners.mean(axis=1)) < 0
    corners[inward] = corners[inward][:, ::-1]
    return flat(corners)


def sheet(grid: NDArray[np.floating], tiles: tuple[float, float] = (1.0, 1.0)) -> Patch:
    """A bent surface through a grid of points, shaded smoothly.

    Args:
        grid: Shape (rows, columns, 3), the first row at the top.
        tiles: How often the texture repeats across and down.
    """
    points = np.asarray(grid, np.float32)
    rows, columns = points.shape[:2]
    normal = _unit(np.cross(np.gradient(points, axis=1), -np.gradient(points, axis=0)))
    v, u = np.meshgrid(
        np.linspace(0, tiles[1], rows), np.linspace(0, tiles[0], columns), indexing="ij"
    )
    spots = np.stack([u, v], axis=-1).astype(np.float32)

    def triangles(values: Floats) -> Floats:
        a, b, c, d = values[1:, :-1], values[1:, 1:], values[:-1, 1:], values[:-1, :-1]
        one, two = np.stack([a, b, c], axis=2), np.stack([a, c, d], axis=2)
        return np.concatenate([one, two]).reshape(-1, 3, values.shape[-1])

    return Patch(triangles(points), triangles(spots), triangles(normal))


def lathe(profile: Sequence[tuple[float, float]], segments: int = 16) -> Patch:
    """A body turned about the y axis; ``profile`` is (radius, height) from the top downwards."""
    angle = np.linspace(-math.pi, math.pi, segments + 1)
    radius, height = np.array(profile, np.float32).T
    x, z = np.sin(angle)[None] * radius[:, None], np.cos(angle)[None] * radius[:, None]
    return sheet(np.stack([x, np.broadcast_to(height[:, None], x.shape), z], axis=-1))


def tube(start: Sequence[float], end: Sequence[float], radius: float, segments: int = 12) -> Patch:
    """A round bar between two points, closed at its ends."""
    a, b = np.asarray(start, np.float64), np.asarray(end, np.float64)
    along = (b - a) / np.linalg.norm(b - a)
    side = np.cross(along, (0.0, 1.0, 0.0) if abs(along[1]) < 0.9 else (1.0, 0.0, 0.0))
    side /= np.linalg.norm(side)
    other = np.cross(along, side)
    angle = np.linspace(0, 2 * math.pi, segments + 1)
    ring = np.cos(angle)[:, None] * side + np.sin(angle)[:, None] * other
    wall = sheet(np.stack([b + radius * ring, a + radius * ring]))
    wall = Patch(wall.corners, wall.uv, _unit(wall.corners - _on_axis(wall.corners, a, along)))
    discs = []
    for middle, sign in ((a, -1), (b, 1)):
        rim = middle + radius * ring
        caps = [[middle, rim[i], rim[i + 1]][::sign] for i in range(segments)]
        uv = [
            [(0.5, 0.5)] + [(0.5 + 0.5 * math.cos(t), 0.5 + 0.5 * math.sin(t)) for t in pair]
            for pair in pairwise(angle)
        ]
        discs.append(flat(caps, [spots[::sign] for spots in uv]))
    return join(wall, *discs)


def _on_axis(points: Floats, start: NDArray[np.float64], along: NDArray[np.float64]) -> Floats:
    distance = (points - start) @ along
    return np.asarray(start + distance[..., None] * along, np.float32)


def extrude(profile: Sequence[tuple[float, float]], width: float, bevel: float = 0.0) -> Patch:
    """A side view (x, y) given thickness along z, centred on z = 0, with rounded rims.

    Args:
        profile: A convex outline, counter-clockwise, in metres.
        width: Thickness along z.
        bevel: How far the rims are cut back.
    """
    outline = np.array(profile, np.float32)
    middle = outline.mean(axis=0)
    reach = np.linalg.norm(outline - middle, axis=1, keepdims=True)
    rings: list[tuple[Floats, float]] = []
    for angle in np.linspace(0, math.pi / 2, 4) if bevel > 0 else (math.pi / 2,):
        inset = bevel * (1 - math.sin(angle))
        ring = np.asarray(middle + (outline - middle) * (1 - inset / reach), np.float32)
        rings.append((ring, width / 2 - bevel * (1 - math.cos(angle))))
    rings += [(ring, -z) for ring, z in reversed(rings)]
    loops = [np.column_stack([ring, np.full(len(ring), z)]) for ring, z in rings]
    faces: list[list[Floats]] = []
    for front, back in pairwise(loops):
        for i in range(len(outline)):
            j = (i + 1) % len(outline)
            faces += [[front[i], back[i], back[j]], [front[i], back[j], front[j]]]
    front, back = loops[0], loops[-1]
    for i in range(1, len(outline) - 1):
        faces += [[front[0], front[i], front[i + 1]], [back[0], back[i + 1], back[i]]]
    return flat(np.array(faces, np.float32))


def rounded(profile: Sequence[tuple[float, float]], times: int = 2) -> list[tuple[float, float]]:
    """The outline with its corners cut ``times`` times (Chaikin), each cut a sixth of an edge."""
    points = np.array(profile, np.float32)
    for _ in range(times):
        after = np.roll(points, -1, axis=0)
        points = np.stack([points * 5 / 6 + after / 6, points / 6 + after * 5 / 6], axis=1)
        points = points.reshape(-1, 2)
    return [(float(x), float(y)) for x, y in points]
