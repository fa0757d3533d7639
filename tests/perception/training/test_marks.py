"""Composed pages are repeatable and their truth lies on them; counting counts right."""

from __future__ import annotations

import numpy as np

from perception.inspection import Mark
from perception.synthesis.marked import Lying, MarkedPage, Split, marked_page
from perception.training.marks import Tally, count


def test_a_seed_gives_the_same_page(fonts: None) -> None:
    one, again = (marked_page(4, Split.TRAIN, longest=600) for _ in range(2))
    other = marked_page(4, Split.TEST, longest=600)
    assert np.array_equal(one.image_rgb, again.image_rgb)
    assert [m.box for m in one.marks] == [m.box for m in again.marks]
    assert not np.array_equal(one.image_rgb, other.image_rgb)


def test_the_truth_lies_on_the_page(fonts: None) -> None:
    kinds = set()
    for seed in range(12):
        page = marked_page(seed, Split.TEST, longest=500)
        high, wide = page.image_rgb.shape[:2]
        assert max(high, wide) == 500
        for mark in page.marks:
            x0, y0, x1, y1 = mark.box
            assert 0 <= x0 < x1 <= wide
            assert 0 <= y0 < y1 <= high
            assert (mark.kind == "seal") == bool(mark.shape)
            assert mark.kind != "seal" or mark.text
            kinds.add(mark.kind)
    assert {"seal", "signature"} <= kinds


def lying(kind: str, box: tuple[int, int, int, int], text: str | None = None) -> Lying:
    x0, y0, x1, y1 = box
    outline = np.array([(x0, y0), (x1, y0), (x1, y1), (x0, y1)], np.float32)
    return Lying(kind, text, outline, "round" if kind == "seal" else "")


def test_marks_are_counted_once_and_seals_by_their_words() -> None:
    page = MarkedPage(
        np.zeros((400, 400, 3), np.uint8),
        (
            lying("seal", (10, 10, 110, 110), "甲公司"),
            lying("seal", (200, 200, 300, 300), "乙公司"),
            lying("signature", (280, 280, 380, 320)),
        ),
    )
    tally = Tally()
    count(
        page,
        [
            Mark("seal", "甲公司", (12, 12, 110, 110), 0.9),
            Mark("seal", "甲公司", (10, 10, 108, 112), 0.6),
            Mark("seal", "乙公", (202, 200, 300, 300), 0.8),
            Mark("signature", None, (0, 300, 50, 350), 0.7),
        ],
        tally,
    )
    figures = tally.figures()
    assert figures["seal_recall"] == 1.0
    assert figures["seal_precision"] == round(2 / 3, 3)
    assert figures["signature_recall"] == figures["signature_precision"] == 0.0
    assert (figures["seal_text_clear"], figures["seal_text_crossed"]) == (1.0, 0.0)
    assert figures["seal_text"] == 0.5
    assert figures["qr_recall"] is None
