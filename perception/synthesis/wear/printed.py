"""A page copied in toner: grey halftone, uneven black, then photographed or scanned."""

from __future__ import annotations

import math
from dataclasses import replace

import cv2
import numpy as np

from perception.synthesis.camera import Picture
from perception.synthesis.press.page import Page
from perception.synthesis.press.style import Split
from perception.synthesis.textures import fbm
from perception.synthesis.wear.camera_shake import saved
from perception.synthesis.wear.frozen import Strengths, strengths
from perception.synthesis.wear.photo import photo
from perception.synthesis.wear.scan import scan


def printed(page: Page, rng: np.random.Generator, split: Split, how: Strengths) -> Page:
    """The copy, photographed or scanned by chance."""
    copy = replace(page, page_rgb=_copied(page.page_rgb, rng, how))
    if rng.random() < 0.5:
        return photo(copy, rng, split, strengths("photo"))
    seen = scan(copy, rng, split, strengths("scan"))
    return replace(seen, page_rgb=saved(seen.page_rgb, how.between("jpeg_quality", rng)))


def _copied(image_rgb: Picture, rng: np.random.Generator, how: Strengths) -> Picture:
    """Dark tones as toner, light ones as a screen of dots turned by 45 degrees."""
    grey = cv2.cvtColor(image_rgb, cv2.COLOR_RGB2GRAY).astype(np.float32) / 255
    high, wide = grey.shape
    pitch = how.between("halftone_px", rng)
    y, x = np.mgrid[0:high, 0:wide].astype(np.float32)
    u, v = (x + y) / math.sqrt(2) / pitch, (x - y) / math.sqrt(2) / pitch
    dots = 0.5 + 0.25 * (np.cos(2 * math.pi * u) + np.cos(2 * math.pi * v))
    ink = 1 / (1 + np.exp((grey - 0.12 - 0.8 * dots) * 14))
    black = how.between("toner", rng) * (0.85 + 0.15 * fbm(1024, 1024, rng, 3, 3))
    cover = np.tile(black, (high // 1024 + 1, wide // 1024 + 1))[:high, :wide]
    tone = np.clip(1 - ink * cover, 0, 1) * 252
    return np.repeat(np.asarray(tone, np.uint8)[..., None], 3, axis=2)
