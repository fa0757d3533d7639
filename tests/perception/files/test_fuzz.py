"""Parsers of untrusted bytes read or refuse: thirty seconds each in CI, a moment elsewhere."""

from __future__ import annotations

import os
from contextlib import suppress

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bench.fuzz import TARGETS, Finding, at_random, tried
from perception.errors import PerceptionError
from perception.files.archive import beside, leads_outside
from perception.files.ofd_objects import FARTHEST, box_of, numbers
from perception.files.rows import Run, rows
from perception.files.sheets import Sheet, Sheets, packed, unpacked
from perception.files.trees import tree

SECONDS = 30.0 if os.environ.get("CI") else 1.0


@pytest.mark.parametrize("parser", TARGETS)
def test_mutated_files_are_read_or_refused(parser: str) -> None:
    count, finding, words = at_random(TARGETS[parser](), SECONDS)
    assert finding is None, words
    assert count > 1


def test_what_is_neither_is_a_finding() -> None:
    def careless(content: bytes) -> object:
        return content[3]

    with pytest.raises(Finding):
        tried(careless, b"ab")
    tried(careless, b"abcd")


@settings(deadline=None)
@given(st.text(max_size=60))
@example("99999 0 1e-20 5")
def test_numbers_are_finite_or_left_out(text: str) -> None:
    assert all(abs(n) <= FARTHEST for n in numbers(text))
    box = box_of(text)
    assert box is None or (box[0] < box[2] and box[1] < box[3])


@settings(deadline=None)
@given(st.text(max_size=30), st.text(max_size=60))
def test_no_place_leads_outside_unseen(base: str, place: str) -> None:
    path = beside(base, place)
    assert leads_outside(path) or not path.startswith(("/", ".."))


@settings(deadline=None)
@given(st.binary(max_size=200), st.sampled_from([b"", b"<?xml version='1.0'?>", b"<a>"]))
def test_bytes_are_a_tree_or_refused(content: bytes, head: bytes) -> None:
    with suppress(PerceptionError):
        assert tree(head + content) is not None


RUNS = st.builds(
    lambda text, x, y, wide, high: Run(text, x, y, x + wide, y + high),
    st.text("合计1130.", min_size=1, max_size=6),
    st.floats(0, 900),
    st.floats(0, 900),
    st.floats(1, 200),
    st.floats(1, 60),
)


@settings(deadline=None)
@given(st.lists(RUNS, max_size=20))
def test_rows_hold_every_letter_that_is_not_drawn_twice(runs: list[Run]) -> None:
    lines = rows(runs)
    letters = "".join(text for text, _ in lines).replace(" ", "")
    assert len(lines) <= len(runs)
    assert set(letters) == set("".join(run.text for run in runs))
    for _, (x0, y0, _, _, x1, y1, _, _) in lines:
        assert x0 <= x1
        assert y0 <= y1


@settings(deadline=None)
@given(st.integers(1, 9), st.integers(1, 9), st.text(max_size=20), st.booleans())
def test_sheets_come_over_as_they_were(wide: int, high: int, text: str, gap: bool) -> None:
    quad = (1.0, 2.0, 3.0, 2.0, 3.0, 4.0, 1.0, 4.0)
    sheet = Sheet(
        bytes(wide * high * 3), wide, high, lines=[(text, quad)], seals=[(text, (0,) * 4)]
    )
    told = Sheets([None, sheet] if gap else [sheet], 2, {"kind": text}, "x@1")
    assert unpacked(b"".join(packed(told))) == told
