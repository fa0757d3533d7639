"""What a phone's camera does to a picture: lens, uneven light, noise, sharpening, JPEG."""

from __future__ import annotations

import io

import cv2
import numpy as np
from numpy.typing import ArrayLike, NDArray
from PIL import Image

Picture = NDArray[np.uint8]
Light = NDArray[np.float32]


def snapshot(image_rgb: Picture, rng: np.random.Generator, *, strength: float = 1.0) -> Picture:
    """The picture as a phone would have taken it.

    Args:
        image_rgb: Shape (height, width, 3), sRGB.
        rng: Source of chance.
        strength: 0 leaves it clean, 1 is an everyday photo, 2 a bad one.
    """
    if strength <= 0:
        return image_rgb
    height, width = image_rgb.shape[:2]
    scale = max(height, width) / 1600
    image: Light = np.asarray(image_rgb, np.float32) / np.float32(255)
    image = _white_balance(image, rng, 0.035 * strength)
    image = _light(image * _vignette(height, width, 0.22 * strength)[..., None])
    blur = float(rng.uniform(0.3, 0.9)) * strength * max(scale, 0.35)
    image = _light(cv2.GaussianBlur(image, (0, 0), blur))
    bloom = cv2.GaussianBlur(np.clip(image - 0.86, 0, 1), (0, 0), 18 * max(scale, 0.2))
    image = _light(image + 0.5 * strength * bloom)
    image = _sensor_noise(image, rng, 0.012 * strength)
    soft = cv2.GaussianBlur(image, (0, 0), 1.1)
    image = _light(image + 0.45 * (image - soft))
    return np.asarray(np.clip(image * 255 + 0.5, 0, 255), np.uint8)


def _light(values: ArrayLike) -> Light:
    return np.asarray(values, np.float32)


def _white_balance(
    image: NDArray[np.float32], rng: np.random.Generator, spread: float
) -> NDArray[np.float32]:
    warmth, tint = rng.normal(0, spread), rng.normal(0, spread / 3)
    gains = np.array([1 + warmth, 1 + tint, 1 - warmth], np.float32)
    return np.asarray(image * gains, np.float32)


def _vignette(height: int, width: int, loss: float) -> NDArray[np.float32]:
    y, x = np.mgrid[-1 : 1 : height * 1j, -1 : 1 : width * 1j]
    return np.asarray(1 - loss * ((x**2 + y**2) / 2) ** 1.5, np.float32)


def _sensor_noise(
    image: NDArray[np.float32], rng: np.random.Generator, sigma: float
) -> NDArray[np.float32]:
    """Shot noise, a little blurred as demosaicing leaves it, with some colour in it."""
    shape = image.shape[:2]
    grey = rng.normal(0, sigma, shape).astype(np.float32)[..., None]
    colour = cv2.GaussianBlur(rng.normal(0, sigma, image.shape).astype(np.float32), (0, 0), 1.2)
    amount = 0.5 + np.sqrt(np.clip(image.mean(axis=2, keepdims=True), 0, 1)) * 0.6
    return np.asarray(image + amount * (grey * 0.7 + colour * 1.4), np.float32)


def jpeg_bytes(image_rgb: Picture, *, quality: int = 85, limit: int | None = None) -> bytes:
    """The picture as JPEG; the quality is lowered until it fits.

    Args:
        image_rgb: Shape (height, width, 3).
        quality: 1 to 95.
        limit: Most bytes that it may have; None for any.
    """
    while True:
        out = io.BytesIO()
        Image.fromarray(image_rgb).save(out, "JPEG", quality=quality, optimize=True, subsampling=2)
        if limit is None or out.tell() <= limit or quality <= 30:
            return out.getvalue()
        quality -= 4
