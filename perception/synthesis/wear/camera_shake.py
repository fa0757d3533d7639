"""What a hand and a cheap lens do to sharpness, and what saving does to pixels."""

from __future__ import annotations

import io
import math

import cv2
import numpy as np
from PIL import Image

from perception.synthesis.camera import Picture, jpeg_bytes


def out_of_focus(image_rgb: Picture, sigma_px: float) -> Picture:
    """Blurred alike everywhere; below a fifth of a pixel it is left as it is."""
    if sigma_px < 0.2:
        return image_rgb
    return np.asarray(cv2.GaussianBlur(image_rgb, (0, 0), sigma_px), np.uint8)


def shaken(image_rgb: Picture, length_px: float, angle: float) -> Picture:
    """Smeared along a line of that length; ``angle`` in radians."""
    side = int(length_px) | 1
    if side < 3:
        return image_rgb
    kernel = np.zeros((side, side), np.float32)
    middle = side // 2
    reach = np.array([math.cos(angle), math.sin(angle)]) * middle
    start, end = np.round(middle - reach).astype(int), np.round(middle + reach).astype(int)
    cv2.line(kernel, tuple(start.tolist()), tuple(end.tolist()), 1.0, 1)
    return np.asarray(cv2.filter2D(image_rgb, -1, kernel / kernel.sum()), np.uint8)


def saved(image_rgb: Picture, quality: float) -> Picture:
    """As JPEG of that quality (1 to 95) leaves it."""
    content = jpeg_bytes(image_rgb, quality=round(quality))
    return np.array(Image.open(io.BytesIO(content)).convert("RGB"))
