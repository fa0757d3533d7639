"""Letters of a text layer as a person would write them."""

from __future__ import annotations

import unicodedata

RADICALS = dict(
    zip(
        "⺁⺇⺌⺎⺛⺟⺠⺮⺼⻁⻄⻅⻆⻉⻋⻓⻔⻘⻙⻚⻛⻜⻝⻢⻤⻥⻦⻧⻨⻩⻬⻮⻰⻳",
        "厂几小兀旡母民竹月虎西见角贝车长门青韦页风飞食马鬼鱼鸟卤麦黄齐齿龙龟",
        strict=True,
    )
)
"""Forms of the supplement (U+2E80) that fonts give out for whole letters; Unicode has no
decomposition for them."""
FOLDED = ((0x2F00, 0x2FDF), (0xF900, 0xFAFF))
"""Kangxi radicals and compatibility ideographs, which it has."""
PRIVATE = ((0xE000, 0xF8FF), (0xF0000, 0x10FFFF))
UNMAPPED = "\ufffd\x00"


def plain(text: str) -> str:
    """The text with letters of their own code and single spaces, nothing invisible in it."""
    folded = "".join(_plain(letter) for letter in text)
    return " ".join(folded.split())


def _plain(letter: str) -> str:
    code = ord(letter)
    if code < 0x2E80 or code & 0xFFFE == 0xFFFE:
        return letter if letter.isprintable() or letter.isspace() else ""
    if any(low <= code <= high for low, high in FOLDED):
        return unicodedata.normalize("NFKC", letter)
    return RADICALS.get(letter, letter)


def garbled(text: str) -> float:
    """The share of letters that a font gave no meaning to, in [0, 1]."""
    seen = [letter for letter in text if not letter.isspace()]
    if not seen:
        return 0.0
    lost = [c for c in seen if c in UNMAPPED or any(low <= ord(c) <= up for low, up in PRIVATE)]
    return len(lost) / len(seen)
