"""Which part of a line a merchant takes back: 不是三辆，是四辆; 三辆，不对，四辆; not 3 but 4."""

from __future__ import annotations

import re
from dataclasses import dataclass

_DENIED = re.compile(
    r"(?<![是要还可])(?:并?不是|并非|不止)(?!吗|吧|很|太|的|不|我|你|这样|"
    r"一定)\s*(?P<wrong>[^，,。；;！!？?是]{1,14}?)(?=[，,。；;！!\s]|而?是|$)|\b(?:it'?s not|"
    r"isn'?t|not|instead of|rather than)\s+(?!sure|much|many|yet|very|really|a lot|too|that|"
    r"know)(?P<wrong_en>[^,.;!?]{1,24}?)(?=[,.;!?]|\s+but\b|$)",
    re.IGNORECASE,
)
_SAID_BEFORE = re.compile(
    r"(?:之前|刚才|刚刚|前面|上次)(?:我)?(?:说|讲|报|"
    r"填)的?(?:是)?(?P<wrong>[^，,。；;]{1,14}?)(?=[，,。；;\s]|不对|错了|说错|其实|$)"
)
_TURNED = re.compile(
    r"(?P<wrong>[^，,。；;!！？?]{1,14}?)(?:不对|错了|说错了?|写错了?|搞错了?|改[成为]|"
    r"应该改成)(?=[，,。\s是]|[\d一-龥])"
)
_ON_SECOND_THOUGHT = re.compile(
    r"(?<![，,。\s])[，,。\s]{1,4}(?:不对|哦不|噢不|啊不|不不+|错了|说错了|等等|no|wait|sorry|"
    r"i mean|i meant)(?:[，,。\s]|是){1,4}",
    re.IGNORECASE,
)
_MARKS = re.compile(
    r"说错|讲错|打错|填错|写错|应该是|其实是|实际是|不对|改成|改为|更正|sorry|should be|actually|"
    r"i meant?\b|correction",
    re.IGNORECASE,
)
_OPENS = re.compile(
    r"\s*(?:不对|不是|错了|(?:我|刚才|刚刚)?(?:说|写|打|讲)错了?|哦?不(?=[，,\s])|噢不|啊不|等等|更正|应该是|"
    r"no\b|wait\b|sorry\b|i mean|correction|actually\b)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Halves:
    """A line with what was taken back.

    Attributes:
        right: The line with the wrong parts blanked by spaces; every place stays where it was.
        wrong: The wrong parts, as they were said.
        corrects: Whether the line sounds like a correction at all.
        of_last: It takes back the line before and names nothing else that was wrong.
    """

    right: str
    wrong: tuple[str, ...]
    corrects: bool
    of_last: bool = False


def split_correction(text: str) -> Halves:
    """The line without what it takes back."""
    places: list[tuple[int, int, str]] = []
    for pattern in (_DENIED, _SAID_BEFORE):
        for found in pattern.finditer(text):
            words = found.groupdict().get("wrong") or found.groupdict().get("wrong_en") or ""
            places.append((found.start(), found.end(), words))
    for found in _TURNED.finditer(text):
        if re.search(r"[\d一二两三四五六七八九十百千万]", found["wrong"]):
            places.append((found.start(), found.end(), found["wrong"]))
    late = _ON_SECOND_THOUGHT.search(text)
    if late and late.start() > 0 and text[late.end() :].strip():
        places.append((0, late.end(), text[: late.start()]))
    right = text
    for start, end, _ in places:
        right = right[:start] + " " * (end - start) + right[end:]
    of_last = not places and bool(_OPENS.match(text))
    corrects = bool(places or _MARKS.search(text))
    return Halves(right, tuple(p[2] for p in places), corrects, of_last)
