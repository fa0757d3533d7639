"""Long screenshots are read part by part; each line comes once, where it stands."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from perception.page.long_pictures import SLENDER, is_long, read_in_parts
from perception.page.reading import ReadLine, boxed

LINE = 40


def screenshot(height: int, width: int, tops: list[int]) -> np.ndarray:
    """A white picture whose lines are dark, each numbered by the brightness of its patch."""
    image = np.full((height, width, 3), 255, dtype=np.uint8)
    for number, top in enumerate(tops):
        image[top : top + LINE, width // 10 : width // 2] = number
    return image


def whole_lines(image: np.ndarray) -> list[ReadLine]:
    """The lines that lie whole in a picture, and those that are cut, under another text."""
    found, column = [], image[:, image.shape[1] // 4, 0]
    for number in np.unique(column[column < 255]):
        rows = np.nonzero(column == number)[0]
        first, last = int(rows[0]), int(rows[-1]) + 1
        text = str(number) if last - first == LINE else f"cut {number}"
        found.append(boxed(text, 0.9, (50, first, 200, last)))
    return found


def test_what_is_long() -> None:
    assert is_long(np.zeros((9_000, 1_000, 3), dtype=np.uint8))
    assert is_long(np.zeros((500, 4_000, 3), dtype=np.uint8))
    assert not is_long(np.zeros((3_000, 1_400, 3), dtype=np.uint8))
    assert not is_long(np.zeros((900, 100, 3), dtype=np.uint8))


@settings(max_examples=60, deadline=None)
@given(st.integers(3_500, 12_000), st.lists(st.integers(50, 90), min_size=20, max_size=100))
def test_each_line_comes_once_and_whole(height: int, steps: list[int]) -> None:
    tops = [int(t) for t in np.cumsum(steps) if t + LINE < height]
    lines = read_in_parts(screenshot(height, 1_000, tops), whole_lines)
    assert [line.text for line in lines] == [str(n) for n in range(len(tops))]
    assert [line.box[1] for line in lines] == tops


@pytest.mark.parametrize("shape", [(20_000, 500), (500, 20_000), (30_000, 1_440), (3_600, 90)])
def test_no_strip_is_slender(shape: tuple[int, int]) -> None:
    seen: list[tuple[int, ...]] = []

    def read(image: np.ndarray) -> list[ReadLine]:
        seen.append(image.shape[:2])
        return []

    read_in_parts(np.zeros((*shape, 3), dtype=np.uint8), read)
    assert all(max(s) <= SLENDER * min(s) + 4 for s in seen)
    assert len(seen) <= 24


def test_a_wide_picture_is_cut_across() -> None:
    tall = screenshot(6_000, 1_000, [100, 1_400, 3_000, 5_900])
    wide = np.ascontiguousarray(tall.transpose(1, 0, 2))

    def read(image: np.ndarray) -> list[ReadLine]:
        lines = whole_lines(np.ascontiguousarray(image.transpose(1, 0, 2)))
        return [boxed(x.text, 0.9, (x.box[1], x.box[0], x.box[3], x.box[2])) for x in lines]

    assert [line.box[0] for line in read_in_parts(wide, read)] == [100, 1_400, 3_000, 5_900]
