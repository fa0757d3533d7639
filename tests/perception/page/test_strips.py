"""Lines cut out of a page."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from perception.page.strips import STRIP_HEIGHT, cut_strip


def test_a_strip_shows_what_stands_there() -> None:
    image = np.zeros((200, 400, 3), dtype=np.uint8)
    image[50:74, 100:300] = 200
    strip = cut_strip(image, ((100, 50), (300, 50), (300, 74), (100, 74)))
    assert strip.shape == (STRIP_HEIGHT, 400, 3)
    assert strip[4:-4, 4:-4].min() > 190


def test_a_column_is_laid_on_its_side() -> None:
    image = np.zeros((400, 200, 3), dtype=np.uint8)
    image[100:200, 50:74] = 250
    strip = cut_strip(image, ((50, 100), (74, 100), (74, 300), (50, 300)))
    assert strip.shape[:2] == (STRIP_HEIGHT, 400)
    assert strip[10:-10, 10:180].min() > 200
    assert strip[10:-10, 220:390].max() < 50


@given(st.lists(st.tuples(st.floats(-90, 900), st.floats(-90, 900)), min_size=4, max_size=4))
def test_no_corners_break_it(corners: list[tuple[float, float]]) -> None:
    image = np.zeros((300, 300, 3), dtype=np.uint8)
    a, b, c, d = corners
    strip = cut_strip(image, (a, b, c, d))
    assert 1 <= strip.shape[0] <= STRIP_HEIGHT
    assert strip.dtype == np.uint8
