"""What seals say: by a reader that is told, and by the real one on clean seals."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import numpy as np
import pytest
from numpy.typing import NDArray

from perception.inspection import Mark
from perception.marks.seal_text import SURE, seal_text, with_texts
from perception.page.reading import RapidReader
from perception.synthesis.fonts import Face
from perception.synthesis.marked.sheet import Sheet
from perception.synthesis.seals import Cut, long_seal, oval_seal, round_seal

FIRM = "保定示例宏远机械设备有限公司"


class Told:
    """Says one answer after another, and counts the strips that it was shown."""

    def __init__(self, *answers: tuple[str, float]) -> None:
        self.answers = list(answers)
        self.shown = 0

    def read_strips(self, strips_rgb: Sequence[NDArray[np.uint8]]) -> list[tuple[str, float]]:
        self.shown += len(strips_rgb)
        return [self.answers.pop(0) if self.answers else ("", 0.0) for _ in strips_rgb]


@cache
def reader() -> RapidReader:
    return RapidReader()


def page_with(kind: str, **how: object) -> NDArray[np.uint8]:
    rng, sheet = np.random.default_rng(3), Sheet(400, 400)
    cut = Cut(turn_deg=0.0, wear=0.4, **how)  # type: ignore[arg-type]  # one of Cut's own
    if kind == "round":
        seal = round_seal(FIRM, 260, rng, below="1306000012345", across="合同专用章", cut=cut)
    elif kind == "oval":
        seal = oval_seal(FIRM, "91130606MA0000000X", "发票专用章", 280, rng, cut=cut)
    else:
        seal = long_seal("现金收讫", 60, rng, cut=cut)
    sheet.text(100, 215, "收款单位（盖章）：", 20)
    sheet.stamp(seal, 200, 200)
    return sheet.pixels()


BOXES = {"round": (70, 70, 330, 330), "oval": (60, 95, 340, 305), "long": (85, 165, 315, 235)}


@pytest.mark.parametrize("face", [Face.SONG_BOLD, Face.HEI, Face.ZEN])
@pytest.mark.parametrize("kind", ["round", "oval"])
def test_a_clean_seal_is_read_whole(fonts: None, kind: str, face: Face) -> None:
    tall = 1.4 if kind == "round" else 1.0
    page = page_with(kind, face=face, tall=tall)
    assert seal_text(page, BOXES[kind], reader()) == FIRM


def test_an_oblong_seal_is_read_as_a_line(fonts: None) -> None:
    assert seal_text(page_with("long"), BOXES["long"], reader()) == "现金收讫"


def test_a_sure_answer_needs_no_second_look(fonts: None) -> None:
    told = Told((FIRM, SURE), ("别的", 1.0))
    assert seal_text(page_with("round"), BOXES["round"], told) == FIRM
    assert told.shown == 1


def test_of_doubtful_answers_the_surest_counts_and_none_below_the_mark(fonts: None) -> None:
    told = Told(("甲公司", 0.7), (" 乙 (中国) 公司，", 0.8), ("丙公司", 0.75))
    assert seal_text(page_with("round"), BOXES["round"], told) == "乙（中国）公司"
    assert told.shown == 3
    assert seal_text(page_with("round"), BOXES["round"], Told(("甲公司", 0.4))) is None


@pytest.mark.parametrize("box", [(0, 0, 20, 20), (0, 0, 0, 0), (100, 100, 300, 300)])
def test_where_nothing_can_be_read_nothing_is_said(box: tuple[int, int, int, int]) -> None:
    blank = np.full((400, 400, 3), 250, np.uint8)
    assert seal_text(blank, box, Told(("甲公司", 0.9))) is None


def test_other_marks_keep_their_text() -> None:
    code = Mark("qr", "01,04", (0, 0, 100, 100), 0.99)
    assert with_texts(np.full((200, 200, 3), 250, np.uint8), [code], Told()) == [code]
