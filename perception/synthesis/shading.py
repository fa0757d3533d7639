"""Light on what the rasteriser found: sun and shadows, sky, lamps, mirrors, a layer of glass."""

from __future__ import annotations

import math
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from perception.synthesis.raster import (
    NEAR_M,
    Eye,
    Light,
    Material,
    Seen,
    Stage,
    albedo,
    look_up,
    visible,
)
from perception.synthesis.solids import Floats, Patch
from perception.synthesis.textures import fbm

_SHADOW_PX = 2048


def render(
    stage: Stage, eye: Eye, size: tuple[int, int], rng: np.random.Generator, *, smooth: float = 1.6
) -> NDArray[np.uint8]:
    """The picture, sRGB, shape (height, width, 3).

    Args:
        stage: What stands there.
        eye: From where it is seen.
        size: Width and height in pixels.
        rng: For clouds, dirt and the grain of shadows.
        smooth: How many times finer it is drawn along each axis before it is shrunk.
    """
    width, height = (round(s * smooth) for s in size)
    light = _shade(stage, eye, (width, height), rng)
    small = np.asarray(cv2.resize(light, size, interpolation=cv2.INTER_AREA), np.float32)
    return np.asarray(np.clip(_tone(small) * 255 + 0.5, 0, 255), np.uint8)


def _tone(light: NDArray[np.floating]) -> Floats:
    """Linear light as sRGB in [0, 1]: a film curve (Narkowicz's fit of ACES, 2015)."""
    x = np.maximum(light, 0) * 0.75
    curve = x * (2.51 * x + 0.03) / (x * (2.43 * x + 0.59) + 0.14)
    return np.asarray(np.clip(curve, 0, 1) ** (1 / 2.2), np.float32)


@dataclass(frozen=True, slots=True)
class _Drawn:
    """Triangles as the camera has them, one row a triangle."""

    patch: Patch
    owner: NDArray[np.int32]
    screen: Floats
    near: Floats
    texel_m: Floats


def _shade(stage: Stage, eye: Eye, size: tuple[int, int], rng: np.random.Generator) -> Floats:
    patch, owner = stage.triangles()
    focal = size[0] / 2 / math.tan(math.radians(eye.view_deg) / 2)
    drawn = _projected(patch, owner, stage.materials, eye, focal, size)
    shadow = _ShadowMap.cast(stage, patch, owner, eye)
    dirt = fbm(1024, 1024, rng, 7)
    clouds = fbm(512, 512, rng, 6, 3)
    frame = _sky_frame(stage.light, eye, focal, size, clouds)
    glass = np.array([m.glass for m in stage.materials])[drawn.owner]
    depth = np.zeros(size[::-1], np.float32)
    for layer in (False, True):
        kept = _subset(drawn, glass == layer)
        if not len(kept.owner):
            continue
        ids, near = visible(
            kept.screen, kept.near, size[::-1], _masks(kept, stage.materials), kept.patch.uv
        )
        if layer:
            ids[near <= depth] = -1
        else:
            depth = near
        if (ids < 0).all():
            continue
        seen = look_up(ids, kept.screen, kept.near, kept.patch, np.asarray(eye.at, np.float32))
        hidden = (
            _occlusion(seen, size, focal, rng) if not layer else np.ones(len(seen.rows), np.float32)
        )
        base = albedo(seen, kept.owner, stage.materials, kept.texel_m, 1 / focal, dirt)
        lit, through = _lit(seen, base, kept.owner, stage, eye, shadow, hidden, clouds)
        behind = frame[seen.rows, seen.columns]
        frame[seen.rows, seen.columns] = lit + behind * through[:, None]
    return frame


def _subset(drawn: _Drawn, keep: NDArray[np.bool_]) -> _Drawn:
    p = drawn.patch
    return _Drawn(
        Patch(p.corners[keep], p.uv[keep], p.normals[keep]),
        drawn.owner[keep],
        drawn.screen[keep],
        drawn.near[keep],
        drawn.texel_m[keep],
    )


def _masks(drawn: _Drawn, materials: list[Material]) -> list[NDArray[np.bool_] | None]:
    cut: list[NDArray[np.bool_] | None] = [
        m.texture[..., 3] > 127 if m.texture is not None and m.texture.shape[2] == 4 else None
        for m in materials
    ]
    return [cut[number] for number in drawn.owner]


def _projected(
    patch: Patch,
    owner: NDArray[np.int32],
    materials: list[Material],
    eye: Eye,
    focal: float,
    size: tuple[int, int],
) -> _Drawn:
    axes = eye.axes()
    local = (patch.corners - np.asarray(eye.at, np.float32)) @ axes.T
    patch, owner, local = _clipped(patch, owner, local)
    z = local[..., 2]
    screen = local[..., :2] / z[..., None] * focal + np.array(
        [size[0] / 2, size[1] / 2], np.float32
    )
    texel = np.ones(len(owner), np.float32)
    edge = np.cross(
        patch.corners[:, 1] - patch.corners[:, 0], patch.corners[:, 2] - patch.corners[:, 0]
    )
    d1, d2 = patch.uv[:, 1] - patch.uv[:, 0], patch.uv[:, 2] - patch.uv[:, 0]
    uv_area = np.abs(d1[:, 0] * d2[:, 1] - d1[:, 1] * d2[:, 0])
    metres = np.linalg.norm(edge, axis=1)
    for number, material in enumerate(materials):
        if material.texture is not None:
            mine = owner == number
            texels = uv_area[mine] * material.texture.shape[0] * material.texture.shape[1]
            texel[mine] = np.sqrt(metres[mine] / np.maximum(texels, 1e-6))
    return _Drawn(patch, owner, screen.astype(np.float32), (1 / z).astype(np.float32), texel)


def _clipped(
    patch: Patch, owner: NDArray[np.int32], local: Floats
) -> tuple[Patch, NDArray[np.int32], Floats]:
    """Cuts away what lies behind the camera; cut triangles become one or two."""
    front = local[..., 2] > NEAR_M
    count = front.sum(axis=1)
    whole = np.concatenate([patch.corners, patch.uv, patch.normals, local], axis=2)
    rows, owners = [whole[count == 3]], [owner[count == 3]]
    for i in np.flatnonzero((count > 0) & (count < 3)):
        ring: list[Floats] = []
        for k in range(3):
            a, b = whole[i, k], whole[i, (k + 1) % 3]
            za, zb = a[-1], b[-1]
            if za > NEAR_M:
                ring.append(a)
            if (za > NEAR_M) != (zb > NEAR_M):
                t = (NEAR_M * 1.001 - za) / (zb - za)
                ring.append(a + t * (b - a))
        pieces = [np.stack([ring[0], ring[k], ring[k + 1]]) for k in range(1, len(ring) - 1)]
        rows.append(np.stack(pieces))
        owners.append(np.full(len(pieces), owner[i], np.int32))
    merged = np.concatenate(rows).astype(np.float32)
    cut = Patch(merged[..., :3], merged[..., 3:5], merged[..., 5:8])
    return cut, np.concatenate(owners), np.ascontiguousarray(merged[..., 8:])


@dataclass(frozen=True, slots=True)
class _ShadowMap:
    """What the sun sees: ``depth`` grows towards the sun."""

    axes: Floats
    middle: Floats
    scale: float
    depth: Floats
    near_span: float

    @classmethod
    def cast(
        cls, stage: Stage, patch: Patch, owner: NDArray[np.int32], eye: Eye
    ) -> _ShadowMap | None:
        if max(stage.light.sun) <= 0:
            return None
        sun = np.asarray(stage.light.sun_from, np.float64)
        sun /= np.linalg.norm(sun)
        side = np.cross(sun, (0.0, 1.0, 0.0))
        side /= np.linalg.norm(side)
        axes = np.array([side, np.cross(sun, side), sun], np.float32)
        opaque = np.array([not m.glass for m in stage.materials])[owner]
        middle = np.asarray(eye.towards, np.float32)
        reach = max(8.0, 1.5 * float(np.linalg.norm(middle - np.asarray(eye.at))))
        local = (patch.corners[opaque] - middle) @ axes.T
        scale = _SHADOW_PX / (2 * reach)
        screen = (local[..., :2] * scale + _SHADOW_PX / 2).astype(np.float32)
        span = float(np.abs(local[..., 2]).max()) + 1
        near = ((local[..., 2] / span + 1) / 2).astype(np.float32)
        kept = _Drawn(patch, owner[opaque], screen, near, near)
        _, depth = visible(
            screen, near, (_SHADOW_PX, _SHADOW_PX), _masks(kept, stage.materials), patch.uv[opaque]
        )
        return cls(axes, middle, scale, depth, span)

    def light_at(self, position: Floats, normal: Floats) -> Floats:
        """Share of the sun that reaches each point, in [0, 1]; edges grow soft over 3 texels."""
        local = (position + 0.03 * normal - self.middle) @ self.axes.T
        x, y = (
            (local[:, 0] * self.scale + _SHADOW_PX / 2),
            (local[:, 1] * self.scale + _SHADOW_PX / 2),
        )
        here = (local[:, 2] / self.near_span + 1) / 2 + 0.02 / self.near_span
        total = np.zeros(len(position), np.float32)
        taps = [(dx, dy) for dx in (-1.6, -0.5, 0.5, 1.6) for dy in (-1.6, -0.5, 0.5, 1.6)]
        for dx, dy in taps:
            column = np.clip(x + dx, 0, _SHADOW_PX - 1).astype(int)
            row = np.clip(y + dy, 0, _SHADOW_PX - 1).astype(int)
            total += self.depth[row, column] <= here
        outside = (x < 2) | (y < 2) | (x > _SHADOW_PX - 3) | (y > _SHADOW_PX - 3)
        return np.where(outside, 1.0, total / len(taps)).astype(np.float32)


def _occlusion(seen: Seen, size: tuple[int, int], focal: float, rng: np.random.Generator) -> Floats:
    """Share of the sky that each point sees, from the depths around it (screen-space)."""
    index = np.full(size[::-1], -1, np.int64)
    index[seen.rows, seen.columns] = np.arange(len(seen.rows))
    loss = np.zeros(len(seen.rows), np.float32)
    turn = rng.uniform(0, 2 * math.pi, len(seen.rows)).astype(np.float32)
    for reach_m, taps, strength in ((0.12, 7, 0.5), (0.7, 9, 0.75)):
        radius = np.clip(focal * reach_m / seen.distance, 2, size[0] / 6)
        found = np.zeros(len(seen.rows), np.float32)
        for k in range(taps):
            angle, share = turn + k * 2.4, math.sqrt((k + 0.6) / taps)
            row = np.clip(seen.rows + radius * share * np.sin(angle), 0, size[1] - 1).astype(int)
            column = np.clip(seen.columns + radius * share * np.cos(angle), 0, size[0] - 1).astype(
                int
            )
            other = index[row, column]
            step = seen.position[other] - seen.position
            far = np.linalg.norm(step, axis=1) + 1e-4
            facing = np.einsum("nd,nd->n", step, seen.normal) / far
            found += np.where(other >= 0, np.clip(facing - 0.08, 0, 1) * (far < 2.2 * reach_m), 0)
        loss += strength * found / taps
    field = np.zeros(size[::-1], np.float32)
    field[seen.rows, seen.columns] = loss
    field = cv2.bilateralFilter(field, 7, 0.3, 4)
    return np.asarray(np.clip(1 - 2.0 * field[seen.rows, seen.columns], 0.08, 1), np.float32)


def _lit(
    seen: Seen,
    base: Floats,
    owner: NDArray[np.int32],
    stage: Stage,
    eye: Eye,
    shadow: _ShadowMap | None,
    open_sky: Floats,
    clouds: Floats,
) -> tuple[Floats, Floats]:
    """Light towards the eye, and the share of what is behind that shows through."""
    light, mine = stage.light, owner[seen.triangle]

    def of(name: str) -> Floats:
        return np.array([getattr(m, name) for m in stage.materials], np.float32)[mine]

    view = np.asarray(eye.at, np.float32) - seen.position
    view /= np.linalg.norm(view, axis=1, keepdims=True)
    sun_from = np.asarray(light.sun_from, np.float32)
    sun_from = sun_from / np.linalg.norm(sun_from)
    reach = (
        shadow.light_at(seen.position, seen.normal) if shadow else np.zeros(len(base), np.float32)
    )
    slope = np.clip(seen.normal @ sun_from, 0, 1)
    up = (seen.normal[:, 1:2] + 1) / 2
    sky = np.asarray(light.sky, np.float32) * up + np.asarray(light.ground, np.float32) * (1 - up)
    diffuse = sky * open_sky[:, None] + np.asarray(light.sun, np.float32) * (slope * reach)[:, None]
    half = view + sun_from
    half /= np.maximum(np.linalg.norm(half, axis=1, keepdims=True), 1e-6)
    gloss, shine = of("gloss"), of("shine")
    peak = np.clip(np.einsum("nd,nd->n", seen.normal, half), 0, 1) ** shine * (shine + 8) / 25
    bright = np.asarray(light.sun, np.float32) * (peak * reach * (slope > 0))[:, None]
    soft, hard = _lamplight(seen, light, view, shine)
    diffuse += soft * open_sky[:, None]
    bright += hard
    facing = np.clip(np.einsum("nd,nd->n", seen.normal, view), 0, 1)
    mirror = gloss + (1 - gloss) * (1 - facing) ** 5 * np.clip(gloss * 6, 0, 0.9)
    back = 2 * facing[:, None] * seen.normal - view
    around = _surroundings(back, light, clouds) * (0.35 + 0.65 * open_sky)[:, None]
    glass = of("glass") > 0
    solid = np.where(glass, 1 - of("clear"), 1.0) * (1 - mirror)
    out = base * diffuse * solid[:, None] + base * of("emission")[:, None]
    out += gloss[:, None] * bright + mirror[:, None] * around
    fog = (1 - np.exp(-seen.distance / light.haze_m))[:, None]
    haze = np.asarray(light.sky, np.float32) * 1.3
    through = np.where(glass, of("clear") * (1 - mirror), 0.0)
    return np.asarray(out * (1 - fog) + haze * fog, np.float32), np.asarray(through, np.float32)


def _lamplight(seen: Seen, light: Light, view: Floats, shine: Floats) -> tuple[Floats, Floats]:
    """Scattered and mirrored light of all lamps at each point; they cast no shadows."""
    diffuse = np.zeros_like(seen.position)
    bright = np.zeros_like(seen.position)
    for at, strength in light.lamps:
        ray = np.asarray(at, np.float32) - seen.position
        far = np.linalg.norm(ray, axis=1, keepdims=True)
        ray /= np.maximum(far, 1e-6)
        falling = np.asarray(strength, np.float32) / (far**2 + 0.15)
        slope = np.clip(np.einsum("nd,nd->n", seen.normal, ray), 0, 1)
        diffuse += falling * slope[:, None]
        middle = ray + view
        middle /= np.maximum(np.linalg.norm(middle, axis=1, keepdims=True), 1e-6)
        spot = np.clip(np.einsum("nd,nd->n", seen.normal, middle), 0, 1) ** shine
        bright += falling * (spot * (shine + 8) / 25)[:, None]
    return diffuse, bright


def _surroundings(direction: Floats, light: Light, clouds: Floats) -> Floats:
    """Light that comes from a direction where nothing was built: sky with clouds, dark ground."""
    up = direction[:, 1:2]
    zenith, low = np.asarray(light.sky, np.float32) * 1.15, np.asarray(light.sky, np.float32)
    pale = low * 0.75 + low.max() * 0.55
    sky = pale + (zenith - pale) * np.clip(up, 0, 1) ** 0.5
    flat = np.maximum(up[:, 0], 0.04)
    x, z = direction[:, 0] / flat, direction[:, 2] / flat
    spot = clouds[(z * 55).astype(int) % clouds.shape[0], (x * 55).astype(int) % clouds.shape[1]]
    cover = np.clip((spot - 0.45) * 2.2, 0, 1) * np.clip(up[:, 0] * 5, 0, 1)
    white = np.full(3, float(max(light.sky)) * 1.75, np.float32)
    sky = sky + (white - sky) * cover[:, None] * 0.85
    earth = np.asarray(light.ground, np.float32) * 0.8
    return np.asarray(earth + (sky - earth) * np.clip(up * 9 + 0.6, 0, 1), np.float32)


def _sky_frame(
    light: Light, eye: Eye, focal: float, size: tuple[int, int], clouds: Floats
) -> Floats:
    x, y = np.meshgrid(
        np.arange(size[0], dtype=np.float32) - size[0] / 2,
        np.arange(size[1], dtype=np.float32) - size[1] / 2,
    )
    rays = np.stack([x, y, np.full_like(x, focal)], axis=-1).reshape(-1, 3)
    rays = (rays / np.linalg.norm(rays, axis=1, keepdims=True)) @ eye.axes()
    soft = np.asarray(cv2.GaussianBlur(clouds, (0, 0), 2), np.float32)
    frame = _surroundings(rays.astype(np.float32), light, soft).reshape(size[1], size[0], 3)
    return np.asarray(cv2.GaussianBlur(frame, (0, 0), 2), np.float32)
