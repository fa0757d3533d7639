"""A seal's rim found and unrolled, on ellipses drawn for it."""

from __future__ import annotations

import math

import cv2
import numpy as np
import pytest

from perception.marks.rim import (
    OUTSIDE,
    SIDE,
    Ellipse,
    cut_out,
    find_rim,
    inks,
    unrolled,
    words_place,
)


def ring(a: int, b: int, turn: float, size: int = 420) -> np.ndarray:
    ink = np.zeros((size, size), np.float32)
    cv2.ellipse(ink, (size // 2, size // 2), (a, b), turn, 0, 360, 1.0, 6, cv2.LINE_AA)
    return ink


@pytest.mark.parametrize(
    ("a", "b", "turn"), [(190, 190, 0), (190, 150, 0), (190, 142, 12), (150, 190, -20)]
)
def test_the_rim_s_ellipse_is_found(a: int, b: int, turn: float) -> None:
    rim = find_rim(ring(a, b, turn))
    assert rim is not None
    assert math.hypot(rim.x - 210, rim.y - 210) < 3
    assert abs(rim.a - a) < 6
    assert abs(rim.b - b) < 6
    assert abs(rim.turn) <= math.pi / 4 + 1e-6
    if a != b:
        assert abs(math.degrees(rim.turn) - turn) < 3


def test_a_line_across_the_rim_does_not_move_it() -> None:
    ink = ring(180, 180, 0)
    ink[380:386, :] = 1.0
    rim = find_rim(ink)
    assert rim is not None
    assert abs(rim.a - 180) < 6


def test_where_there_is_no_ring_there_is_no_rim() -> None:
    assert find_rim(np.zeros((300, 300), np.float32)) is None
    square = np.zeros((300, 300), np.float32)
    cv2.rectangle(square, (20, 20), (280, 280), 1.0, 6)
    assert find_rim(square) is None


def test_even_angles_start_at_the_foot_and_go_clockwise() -> None:
    rim = Ellipse(0, 0, 100, 75, 0.0)
    xs, ys = rim.at(rim.even_angles(4), np.zeros(1))
    assert np.allclose(ys[0], [75, 0, -75, 0], atol=0.2)
    assert np.allclose(xs[0], [0, -100, 0, 100], atol=0.2)


def test_the_unrolled_rim_lies_on_one_level() -> None:
    ink = ring(190, 150, 10)
    rim = find_rim(ink)
    assert rim is not None
    band = unrolled(ink, rim)
    height = (band > 0.4).argmax(axis=0)
    assert np.ptp(np.percentile(height, [5, 95])) <= 2
    assert band.shape[0] > OUTSIDE * SIDE
    assert words_place(band) is None


def test_letters_are_found_between_their_gap() -> None:
    ink = ring(190, 190, 0)
    for degrees in range(-100, 101, 20):
        angle = math.radians(degrees - 90)
        x, y = 210 + 150 * math.cos(angle), 210 + 150 * math.sin(angle)
        cv2.circle(ink, (round(x), round(y)), 22, 1.0, 5)
    rim = find_rim(ink)
    assert rim is not None
    band = unrolled(ink, rim)
    place = words_place(band)
    assert place is not None
    degree = band.shape[1] / 360
    assert abs(place.start / degree - 70) < 8
    assert abs(place.length / degree - 220) < 14


def test_print_beneath_red_ink_is_left_out() -> None:
    page = np.full((300, 300, 3), 250, np.uint8)
    cv2.circle(page, (150, 150), 120, (206, 36, 40), 8)
    cv2.rectangle(page, (90, 144), (210, 156), (25, 25, 28), -1)
    first, last = inks(page)
    assert first[150, 150] < 0.2 < 0.8 < last[150, 150]
    assert first[31:34, 150].max() > 0.7


def test_a_seal_is_cut_out_at_its_size() -> None:
    part = cut_out(np.zeros((100, 200, 3), np.uint8), (150, 50, 200, 100))
    assert max(part.shape) <= SIDE * 1.07
    assert min(part.shape[:2]) >= SIDE
