"""Sheets of paper in a photo, and lines set straight by them."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from perception.page.layout import place
from perception.page.outline import Outline, on_sheet, outlines, straightened
from perception.page.papers import papers
from perception.page.reading import ReadLine, boxed

QUAD = ((150.0, 90.0), (850.0, 120.0), (930.0, 640.0), (80.0, 600.0))


def photo(*quads: tuple[tuple[float, float], ...]) -> np.ndarray:
    """Bright sheets on a dark, uneven ground."""
    rng = np.random.default_rng(1)
    image = np.full((720, 1000, 3), 70, np.uint8) + rng.integers(0, 12, (720, 1000, 3), np.uint8)
    for quad in quads:
        cv2.fillPoly(image, [np.asarray(quad, np.int32)], (225, 222, 214))
    return image


def test_a_sheet_s_corners_are_found() -> None:
    (sheet,) = outlines(photo(QUAD))
    for found, true in zip(sheet.corners, QUAD, strict=True):
        assert found == pytest.approx(true, abs=8)
    assert sheet.keystone > 0.1


def test_no_sheet_stands_out_of_a_plain_picture() -> None:
    assert outlines(photo()) == []


def test_two_sheets_are_two() -> None:
    left = ((60, 100), (460, 100), (460, 640), (60, 640))
    right = ((540, 100), (940, 100), (940, 640), (540, 640))
    assert len(outlines(photo(left, right))) == 2


def across(sheet: Outline, y: float) -> ReadLine:
    """A line over the sheet, at a share of its height, as the perspective shows it."""
    target = np.asarray([[0, 0], [1, 0], [1, 1], [0, 1]], np.float32)
    matrix = cv2.getPerspectiveTransform(target, np.asarray(sheet.corners, np.float32))
    points = np.asarray([[[0.1, y]], [[0.9, y]], [[0.9, y + 0.03]], [[0.1, y + 0.03]]], np.float32)
    a, b, c, d = ((float(p), float(q)) for p, q in cv2.perspectiveTransform(points, matrix)[:, 0])
    return ReadLine("一行字", 0.9, (a, b, c, d))


def test_lines_are_level_once_the_sheet_is_straight() -> None:
    sheet = Outline(QUAD)
    lines = [across(sheet, y) for y in (0.1, 0.5, 0.9)]
    for line in straightened(lines, sheet):
        (_, ay), (_, by), *_ = line.corners
        assert ay == pytest.approx(by, abs=0.5)


def test_boxes_stay_those_of_the_picture() -> None:
    sheet = Outline(((150.0, 90.0), (850.0, 180.0), (930.0, 500.0), (80.0, 640.0)))
    lines = [across(sheet, y) for y in (0.1, 0.5, 0.9)]
    flat = on_sheet(lines, [sheet])
    assert flat is not None
    placed = place(lines, 0, flat)
    assert [p.line.box for p in placed] == [line.box for line in lines]
    assert placed[0].x0 == pytest.approx(placed[2].x0, abs=1)


def test_a_straight_sheet_and_lines_beside_it_are_left() -> None:
    straight = Outline(((0.0, 0.0), (500.0, 0.0), (500.0, 300.0), (0.0, 300.0)))
    inside = [boxed("字", 0.9, (10, 10, 90, 30))]
    assert on_sheet(inside, [straight]) is None
    assert on_sheet([boxed("字", 0.9, (600, 10, 690, 30))], [Outline(QUAD)]) is None
    assert on_sheet([], [Outline(QUAD)]) is None


def test_lines_go_to_the_sheet_on_which_they_stand() -> None:
    left = Outline(((0.0, 0.0), (400.0, 0.0), (400.0, 600.0), (0.0, 600.0)))
    right = Outline(((500.0, 0.0), (900.0, 0.0), (900.0, 600.0), (500.0, 600.0)))
    text = "十个字十个字十个字十"
    lines = [
        boxed(text, 0.9, (x, y, x + 300, y + 20)) for x in (20, 520) for y in range(0, 240, 40)
    ]
    assert [len(group) for group in papers(lines, [left, right])] == [6, 6]
    assert papers(lines[:8], [left, right]) == [lines[:8]]
    assert papers(lines, []) == [lines]
