"""The detector's own arithmetic: what it is shown, and what becomes of its answers."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from perception.errors import ModelUnavailable
from perception.marks.detector import (
    OVERLAP,
    SIDE,
    STEP,
    MarkDetector,
    apart,
    corners,
    mark_detector,
    overlap,
    prepare,
)

LABELS = ("seal", "signature", "fingerprint", "qr")


class Answers:
    """A session that says what it was told to, as middles and sizes with scores."""

    def __init__(self, *rows: tuple[float, ...]) -> None:
        self.rows = np.array(rows, np.float32).reshape(-1, 8)

    def run(self, _names: None, given: dict[str, np.ndarray]) -> list[np.ndarray]:
        assert given["images"].dtype == np.float32
        return [self.rows.T[np.newaxis]]


@settings(deadline=None, max_examples=30)
@given(high=st.integers(1, 3000), wide=st.integers(1, 3000))
def test_any_page_fits_the_network(high: int, wide: int) -> None:
    picture, factor = prepare(np.zeros((high, wide, 3), np.uint8))
    assert picture.shape[2] % STEP == picture.shape[3] % STEP == 0
    assert max(picture.shape) <= SIDE
    assert round(max(high, wide) * factor) == SIDE


box = st.tuples(*[st.floats(0, 400, width=32)] * 2, *[st.floats(1, 200, width=32)] * 2)


@settings(deadline=None)
@given(st.lists(st.tuples(box, st.floats(0, 1, width=32)), max_size=12))
def test_kept_boxes_lie_apart_and_the_others_beneath_a_surer_one(
    drawn: list[tuple[tuple[float, ...], float]],
) -> None:
    boxes = corners(np.array([b for b, _ in drawn], np.float32).reshape(-1, 4))
    scores = np.array([s for _, s in drawn], np.float32)
    kept = apart(boxes, scores)
    for place in range(len(drawn)):
        beneath = [k for k in kept if k != place and overlap(boxes[k], boxes[place]) > OVERLAP]
        if place in kept:
            assert not beneath
        else:
            assert any(scores[k] >= scores[place] for k in beneath)


def test_answers_become_marks_in_the_page_s_pixels() -> None:
    detector = MarkDetector(
        Answers(
            (256, 128, 100, 60, 0.96, 0, 0, 0),
            (258, 128, 100, 60, 0.92, 0, 0, 0),
            (40, 40, 100, 20, 0, 0.7, 0, 0),
            (400, 128, 50, 50, 0, 0, 0.1, 0),
        ),
        LABELS,
        "marks@test",
    )
    seal, signature = detector.find(np.zeros((512, 1024, 3), np.uint8), page=3)
    assert (seal.kind, seal.box, seal.confidence, seal.page) == (
        "seal",
        (412, 196, 612, 316),
        0.96,
        3,
    )
    assert signature.kind == "signature"
    assert signature.box == (0, 60, 180, 100)
    assert seal.text is signature.text is None


def test_without_its_file_there_is_no_detector(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("perception.marks.detector.model_is_there", lambda name: False)
    assert mark_detector() is None


def test_an_altered_file_is_not_taken_for_a_missing_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("perception.marks.detector.model_is_there", lambda name: True)

    def refuse(name: str) -> None:
        raise ModelUnavailable(name)

    monkeypatch.setattr("perception.marks.detector.load_model", refuse)
    with pytest.raises(ModelUnavailable):
        mark_detector()
