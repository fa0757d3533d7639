"""Wear carries the truth along, and its strengths are the frozen ones."""

from __future__ import annotations

import numpy as np
import pytest

from perception.synthesis.errors import UnknownKind
from perception.synthesis.press import Mark, Page, Run, Split
from perception.synthesis.press.page import Corners
from perception.synthesis.wear import FORMS, worn
from perception.synthesis.wear.frozen import SHA256, file_hash
from perception.synthesis.wear.photo import GROUNDS

BLOTS = ((60, 90), (420, 120), (250, 330), (90, 600), (430, 640))


def box(x: float, y: float, half: float) -> Corners:
    return (x - half, y - half), (x + half, y - half), (x + half, y + half), (x - half, y + half)


def blotted() -> Page:
    """A white page with black squares, each a run, the last a mark too."""
    image = np.full((700, 500, 3), 250, np.uint8)
    for x, y in BLOTS:
        image[y - 12 : y + 12, x - 12 : x + 12] = 10
    runs = tuple(Run("墨", box(x, y, 12)) for x, y in BLOTS)
    return Page(image, runs, (Mark("seal", "", box(*BLOTS[-1], 12)),), (), ())


@pytest.mark.parametrize("form", [form for form in FORMS if form != "pdf"])
@pytest.mark.parametrize("seed", range(4))
def test_what_was_printed_lies_where_the_truth_says(form: str, seed: int) -> None:
    seen = worn(blotted(), form, np.random.default_rng(seed), split=Split.TRAIN)
    high, wide = seen.page_rgb.shape[:2]
    grey = seen.page_rgb.mean(axis=2)
    for run in seen.runs:
        corners = np.array(run.corners)
        middle, side = corners.mean(axis=0), np.linalg.norm(corners[1] - corners[0])
        x, y = np.round(middle).astype(int)
        reach = max(1, int(side * 0.25))
        inside = grey[y - reach : y + reach + 1, x - reach : x + reach + 1].mean()
        ring = middle + np.array([(1.3, 0), (-1.3, 0), (0, 1.3)]) * side
        around = [grey[int(b), int(a)] for a, b in ring if 0 <= a < wide and 0 <= b < high]
        assert inside < np.mean(around) - 40
    assert seen.marks[0].corners == seen.runs[-1].corners


@pytest.mark.parametrize("form", [form for form in FORMS if form != "pdf"])
def test_wear_repeats_by_seed(form: str) -> None:
    one, same = (
        worn(blotted(), form, np.random.default_rng(2), split=Split.TEST).page_rgb for _ in range(2)
    )
    assert (one == same).all()


def test_the_strengths_are_those_that_were_measured() -> None:
    assert file_hash() == SHA256, "measure again: python -m bench.degradations"


def test_no_desk_lies_under_pages_of_both_splits() -> None:
    assert not set(GROUNDS[Split.TRAIN]) & set(GROUNDS[Split.TEST])


def test_an_unknown_form_is_named() -> None:
    with pytest.raises(UnknownKind, match="screenshot"):
        worn(blotted(), "fax", np.random.default_rng(0), split=Split.TRAIN)
