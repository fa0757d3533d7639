"""What the tagger sees of a sentence."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from understanding.characters import Word, features, pieces, shape


@given(st.text(max_size=60))
def test_tokens_lie_in_the_text_in_order(text: str) -> None:
    cut = pieces(text)
    assert all(text[p.start : p.start + len(p.text)] == p.text for p in cut)
    ends = [p.start + len(p.text) for p in cut]
    assert all(end <= piece.start for end, piece in zip(ends, cut[1:], strict=False))
    assert "".join("".join(p.text for p in cut).split()) == "".join(text.split())


def test_characters_words_and_numbers_are_tokens() -> None:
    assert [p.text for p in pieces("3辆9米6, don't 1.5w")] == [
        *("3", "辆", "9", "米", "6", ","),
        *("don't", "1.5", "w"),
    ]


def test_kinds_of_tokens() -> None:
    assert [shape(token) for token in ("三", "20", "辆", "truck", "，")] == [
        *("numeral", "digits", "han", "latin", "other")
    ]


def test_a_number_knows_what_follows_it() -> None:
    tokens = list("三十来万左右")
    words = [Word("三十来万", "m", 0)] * 4 + [Word("左右", "m", 4)] * 2
    seen = features(tokens, words)
    assert "size=big|左" in seen[0]
    assert {"before=#", "after=左", "w=三十来万", "w+=左右", "at=m|True|False"} <= set(seen[0])
    assert not any(name.startswith("after") for name in seen[4])
