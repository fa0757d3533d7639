"""Marks are found by the detector and without it: what both must do."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from perception.marks import MarkDetector, find_marks, mark_detector
from perception.marks.detector import overlap
from perception.synthesis.marked.sheet import Sheet
from perception.synthesis.seals import qr_code, round_seal

SEAL_BOX = (520, 820, 740, 1040)


@pytest.fixture(params=["detector", "colour"])
def engine(request: pytest.FixtureRequest) -> MarkDetector | None:
    if request.param == "colour":
        return None
    found = mark_detector()
    if found is None:
        pytest.skip("the detector's file is not installed")  # under the AGPL it may be absent
    return found


@pytest.fixture
def paper(fonts: None) -> NDArray[np.uint8]:
    sheet = Sheet(850, 1200)
    for line in range(18):
        sheet.text(80, 160 + 34 * line, "双方应当按照约定履行本合同，不得擅自变更。", 24)
    sheet.stamp(round_seal("示例商贸有限公司", 210, np.random.default_rng(1)), 630, 930)
    sheet.picture(qr_code("示例 7", 150), 650, 20)
    return sheet.pixels()


def test_a_seal_and_a_code_are_found(engine: MarkDetector | None, paper: NDArray[np.uint8]) -> None:
    marks = find_marks(paper, 2, detector=engine)
    (seal,) = [m for m in marks if m.kind == "seal"]
    assert overlap(np.array(seal.box, np.float32), np.array(SEAL_BOX, np.float32)) > 0.7
    (code,) = [m for m in marks if m.kind == "qr"]
    assert code.text == "示例 7"
    assert all(m.page == 2 and 0 <= m.confidence <= 1 for m in marks)


def test_boxes_lie_on_the_page(engine: MarkDetector | None, paper: NDArray[np.uint8]) -> None:
    high, wide = paper.shape[:2]
    for x0, y0, x1, y1 in (m.box for m in find_marks(paper, detector=engine)):
        assert 0 <= x0 < x1 <= wide
        assert 0 <= y0 < y1 <= high


@pytest.mark.parametrize("shape", [(1200, 850, 3), (32, 128, 3), (40, 40, 3)])
def test_a_blank_sheet_has_none(engine: MarkDetector | None, shape: tuple[int, ...]) -> None:
    assert find_marks(np.full(shape, 246, np.uint8), detector=engine) == []
