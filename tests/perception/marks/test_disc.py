"""Full discs are told from seals drawn in lines and from carved squares."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from perception.marks.disc import is_full_disc

BOX = (20, 20, 180, 180)
INK = (206, 36, 40)


def sheet() -> np.ndarray:
    return np.full((200, 200, 3), 248, np.uint8)


@pytest.mark.parametrize("ink", [INK, (60, 60, 64), (226, 180, 70)])
def test_a_full_disc_is_no_seal(ink: tuple[int, int, int]) -> None:
    page = sheet()
    cv2.circle(page, (100, 100), 80, ink, -1)
    cv2.circle(page, (100, 80), 14, (250, 220, 90), -1)
    assert is_full_disc(page, BOX)


def test_a_ring_with_a_star_and_a_carved_square_may_be() -> None:
    ring = sheet()
    cv2.circle(ring, (100, 100), 78, INK, 6)
    cv2.circle(ring, (100, 100), 22, INK, -1)
    assert not is_full_disc(ring, BOX)
    square = sheet()
    cv2.rectangle(square, BOX[:2], BOX[2:], INK, -1)
    cv2.line(square, (60, 40), (60, 160), (248, 248, 248), 10)
    assert not is_full_disc(square, BOX)


def test_nothing_is_no_disc() -> None:
    assert not is_full_disc(sheet(), BOX)
    assert not is_full_disc(sheet(), (50, 50, 50, 50))
