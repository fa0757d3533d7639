"""A page on a flatbed scanner or in a scanning app: nearly straight, dusty, often grey."""

from __future__ import annotations

import cv2
import numpy as np

from perception.synthesis.camera import Picture
from perception.synthesis.press.page import Page
from perception.synthesis.press.style import Split
from perception.synthesis.wear.camera_shake import out_of_focus, saved
from perception.synthesis.wear.carry import by_matrix, carried
from perception.synthesis.wear.frozen import Strengths


def scan(page: Page, rng: np.random.Generator, split: Split, how: Strengths) -> Page:
    """The scan; its background is the lid's."""
    high, wide = page.page_rgb.shape[:2]
    share = how.between("dpi_share", rng)
    size = (round(wide * share * 1.01), round(high * share * 1.01))
    skew = float(rng.normal(0, how.number("skew_deg")))
    turn = np.asarray(cv2.getRotationMatrix2D((wide / 2, high / 2), skew, share), np.float64)
    turn[:, 2] += np.array(size) / 2 - np.array([wide, high]) / 2
    lid = (250, 250, 248) if rng.random() < 0.8 else (38, 38, 40)
    image = np.asarray(
        cv2.warpAffine(page.page_rgb, turn, size, flags=cv2.INTER_AREA, borderValue=lid), np.uint8
    )
    image = out_of_focus(image, float(rng.uniform(0.2, 0.8)))
    image = _toned(_dusty(image, rng), rng, how)
    carrier = by_matrix(turn)
    return carried(page, saved(image, how.between("jpeg_quality", rng)), carrier)


def _dusty(image_rgb: Picture, rng: np.random.Generator) -> Picture:
    """Specks, and now and then the streak of a dirty lens."""
    out = image_rgb.copy()
    high, wide = out.shape[:2]
    for _ in range(int(rng.integers(0, 60))):
        x, y = int(rng.integers(wide)), int(rng.integers(high))
        shade = int(rng.integers(60, 200))
        cv2.circle(out, (x, y), int(rng.integers(0, 2)), (shade, shade, shade), -1)
    if rng.random() < 0.15:
        x = int(rng.integers(wide))
        part = out[:, x : x + 2]
        out[:, x : x + 2] = (part * 0.8).astype(np.uint8)
    return out


def _toned(image_rgb: Picture, rng: np.random.Generator, how: Strengths) -> Picture:
    """Contrast set by the machine; grey or two-tone in a share of scans."""
    low, high = float(rng.uniform(0, 40)), float(rng.uniform(225, 255))
    image = np.clip((image_rgb.astype(np.float32) - low) / (high - low), 0, 1)
    image = image + rng.normal(0, 0.012, image.shape[:2]).astype(np.float32)[..., None]
    kind = rng.random()
    if kind < how.number("two_tone_share"):
        image = np.repeat((image.mean(axis=2, keepdims=True) > 0.62).astype(np.float32), 3, axis=2)
    elif kind < how.number("grey_share"):
        image = np.repeat(image.mean(axis=2, keepdims=True), 3, axis=2)
    return np.asarray(np.clip(image * 255, 0, 255), np.uint8)
