"""A page in a phone's viewer, captured from its screen."""

from __future__ import annotations

import cv2
import numpy as np
from PIL import Image, ImageDraw

from perception.synthesis.camera import Picture
from perception.synthesis.fonts import Face, font
from perception.synthesis.press.page import Page
from perception.synthesis.press.style import Split
from perception.synthesis.wear.camera_shake import saved
from perception.synthesis.wear.carry import by_matrix, carried
from perception.synthesis.wear.frozen import Strengths

_BACK = ((255, 255, 255), (242, 242, 245), (30, 30, 32))


def screenshot(page: Page, rng: np.random.Generator, split: Split, how: Strengths) -> Page:
    """The whole page below the viewer's bar; a page that lies is shown lying."""
    high, wide = page.page_rgb.shape[:2]
    width = round(how.between("width_px", rng) * (1.5 if wide > high else 1))
    share = width / wide
    shown = cv2.resize(page.page_rgb, (width, round(high * share)), interpolation=cv2.INTER_AREA)
    bar, below = round(width * 0.13), round(width * float(rng.uniform(0, 0.3)))
    back = _BACK[rng.integers(len(_BACK))]
    image = np.full((bar + shown.shape[0] + below, width, 3), back, np.uint8)
    image[:bar] = _bar(width, bar, rng)
    image[bar : bar + shown.shape[0]] = shown
    carrier = by_matrix(np.array([[share, 0, 0], [0, share, bar]], np.float64))
    return carried(page, saved(image, how.between("jpeg_quality", rng)), carrier)


def _bar(width: int, high: int, rng: np.random.Generator) -> Picture:
    """Clock and battery, an arrow back, and a title that says nothing."""
    image = Image.new("RGB", (width, high), (246, 246, 248))
    draw = ImageDraw.Draw(image)
    small, large = round(width * 0.032), round(width * 0.042)
    clock = f"{rng.integers(7, 23)}:{rng.integers(0, 60):02d}"
    draw.text((width * 0.06, high * 0.24), clock, (20, 20, 22), font(Face.HEI_BOLD, small), "lm")
    x, y = width * 0.88, high * 0.24
    draw.rounded_rectangle((x, y - small * 0.35, x + small * 1.5, y + small * 0.35), 3, outline=0)
    level = float(rng.uniform(0.3, 1.4))
    draw.rectangle((x + 2, y - small * 0.2, x + small * level, y + small * 0.2), fill=0)
    arrow = [(width * 0.06, high * 0.7 - 12), (width * 0.045, high * 0.7)]
    draw.line([*arrow, (width * 0.06, high * 0.7 + 12)], (20, 20, 22), 3)
    title = ("预览", "图片", "文件预览", "详情")[rng.integers(4)]
    draw.text((width / 2, high * 0.7), title, (20, 20, 22), font(Face.HEI, large), "mm")
    return np.array(image)
