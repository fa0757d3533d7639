"""Turning pictures, with a reader and a finder that know the answer."""

from __future__ import annotations

import numpy as np

from perception.page.reading import ReadLine, boxed, reading_factor
from perception.page.upright import read_upright


class Reader:
    """Reads six lines along the longer side of what it is given; notes how often."""

    version = "fake@1"

    def __init__(self) -> None:
        self.calls = 0

    def read(self, image_rgb) -> list[ReadLine]:
        self.calls += 1
        height, width = image_rgb.shape[:2]
        wide = (10, 10, 400, 40) if width > height else (10, 10, 40, 400)
        return [boxed(f"第{n}行文字", 0.9, wide) for n in range(6)]

    def read_at(self, image_rgb, places) -> list[ReadLine]:
        return []


class Finder:
    version = "fake@1"

    def __init__(self, quarters: int) -> None:
        self._quarters = quarters

    def quarters(self, image_rgb) -> int:
        return self._quarters


WIDE = np.zeros((300, 500, 3), dtype=np.uint8)
TALL = np.zeros((500, 300, 3), dtype=np.uint8)


def test_an_upright_page_is_read_once() -> None:
    reader = Reader()
    assert read_upright(WIDE, reader, Finder(0)).image_rgb.shape == WIDE.shape
    assert reader.calls == 1


def test_a_turned_page_is_put_upright_and_read_once() -> None:
    reader = Reader()
    assert read_upright(TALL, reader, Finder(1)).image_rgb.shape == WIDE.shape
    assert reader.calls == 1


def test_a_wrong_turn_is_taken_back() -> None:
    assert read_upright(WIDE, Reader(), Finder(3)).image_rgb.shape == WIDE.shape


def test_lines_on_their_side_turn_a_page_that_nobody_called_turned() -> None:
    assert read_upright(TALL, Reader(), Finder(0)).image_rgb.shape == WIDE.shape


def test_lines_that_stand_on_their_heads_turn_a_page_without_another_reading() -> None:
    class HeadDown(Reader):
        def read(self, image_rgb) -> list[ReadLine]:
            self.calls += 1
            corners = (400.0, 40.0), (10.0, 40.0), (10.0, 10.0), (400.0, 10.0)
            return [ReadLine(f"第{n}行文字", 0.9, corners) for n in range(6)]

    reader = HeadDown()
    page = read_upright(WIDE, reader, Finder(0))
    assert (page.quarters, reader.calls) == (2, 1)
    assert page.lines[0].text == "第5行文字"
    assert page.lines[0].corners == ((100.0, 260.0), (490.0, 260.0), (490.0, 290.0), (100.0, 290.0))


def test_a_picture_without_text_stays() -> None:
    class Silent(Reader):
        def read(self, image_rgb) -> list[ReadLine]:
            return []

    assert read_upright(TALL, Silent(), Finder(2)).image_rgb.shape == TALL.shape


def test_small_pictures_are_enlarged_and_large_ones_reduced() -> None:
    assert reading_factor(4000) == 0.4
    assert reading_factor(1500) == 1.0
    assert reading_factor(1000) == 1.4
    assert reading_factor(300) == 2.0
