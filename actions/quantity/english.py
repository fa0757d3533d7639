"""English numerals: twenty-five thousand, 1.2 million, 50k, half a million, a couple of."""

from __future__ import annotations

import re
from decimal import Decimal

from actions.quantity.numerals import ONE, Number

_SMALL_WORDS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
    "fifteen sixteen seventeen eighteen nineteen"
)
_SMALL = {word: Decimal(value) for value, word in enumerate(_SMALL_WORDS.split())}
_TENS = {word: Decimal(10 * value) for value, word in enumerate(
    ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"], start=2
)}  # fmt: skip
_SCALES = {
    "hundred": Decimal(100), "thousand": Decimal(10**3), "grand": Decimal(10**3),
    "k": Decimal(10**3), "million": Decimal(10**6), "mil": Decimal(10**6),
    "m": Decimal(10**6), "mn": Decimal(10**6), "billion": Decimal(10**9),
}  # fmt: skip
_VAGUE = {
    "a couple of": (2, 2), "a couple": (2, 2), "couple of": (2, 2), "a few": (3, 5),
    "few": (3, 5), "several": (3, 7), "a dozen": (12, 12), "dozen": (12, 12),
    "some": (3, 7), "three quarters of": (0.75, 0.75),
    "half a": (0.5, 0.5), "half an": (0.5, 0.5), "a quarter of a": (0.25, 0.25),
    "a quarter": (0.25, 0.25), "quarter of a": (0.25, 0.25), "three quarters of a": (0.75, 0.75),
    "tens of": (30, 70), "hundreds of": (300, 700),
    "dozens of": (24, 60), "two dozen": (24, 24), "half": (0.5, 0.5), "a": (1, 1), "an": (1, 1),
    "a single": (1, 1), "a whole": (1, 1),
}  # fmt: skip
_TIME = r"(?:days?|weeks?|fortnights?|months?|quarters?|years?)\b"
_ONLY_BEFORE = {words: re.compile(rf"\s*(?:{after})") for words, after in {
    "a": rf"hundred\b|thousand\b|million\b|grand\b|{_TIME}|truck|van\b|lorry|car\b|pickup",
    "an": r"acre\b", "half": rf"{_TIME}|million\b|thousand\b", "some": r"\d|hundred|thousand",
    "a quarter": r"million\b", "half a": rf"{_TIME}|million\b|thousand\b|hundred\b|acre|dozen",
    "half an": r"acre", "a whole": _TIME, "few": r"hundred|thousand|million|people|trucks?|vans?",
}.items()}  # fmt: skip
_WORD = "|".join(sorted([*_SMALL, *_TENS], key=len, reverse=True))
_VAGUE_WORDS = re.compile(
    rf"(?:{'|'.join(sorted((w.replace(' ', r'[ ]+') for w in _VAGUE), key=len, reverse=True))})\b"
)
_WORDS = {**_SMALL, **_TENS, "a": ONE}
_NUMBER_WORD = re.compile(rf"(?:{_WORD})\b|a(?=[ -]hundred\b)")
_HUNDRED = re.compile(r"[ -]hundred\b")
_SCALE = re.compile(
    r"\s?(?:k(?![a-z])|m(?![a-z\d²])|mn\b)|[ -]?(?:hundred|thousand|grand|million|mil|billion)s?\b"
)
_METRES = re.compile(r"\s?m(?:\d|²|\s?(?:long|wide|truck|x\b)|[\u4e00-\u9fff])")
_GAP = re.compile(r"(?:\s+and\s+|[ -]+)(?=[a-z])")
_AND_A_HALF = re.compile(r"\s+and\s+(?:a\s+)?half\b")
_LOOSE = re.compile(r"[ -]?(?:odd|ish|something|some)\b")
_ARABIC = re.compile(r"\d{1,3}(?:,\d{3})+(?!\d)(?:\.\d{1,6})?|\d{1,15}(?:\.\d{1,6})?")

START_WORDS = (
    rf"(?:{_WORD}|a|an|half|few|couple|several|dozens?|quarter|three quarters|some|tens|hundreds)"
)
"""What an English numeral may begin with, besides a digit."""


def read_english(text: str, at: int) -> Number | None:
    """The English number that begins at a place of a normalised text; None where none begins."""
    found = _ARABIC.match(text, at)
    if found:
        value = Decimal(found.group().replace(",", ""))
        return _scaled(text, at, found.end(), value, value)
    if not text.startswith("three quarters", at) and (number := _words(text, at)):
        return number
    vague = _VAGUE_WORDS.match(text, at)
    return _vague(text, at, vague) if vague else None


def _vague(text: str, at: int, found: re.Match[str]) -> Number | None:
    words = " ".join(found.group().split())
    wanted = _ONLY_BEFORE.get(words)
    if wanted and not wanted.match(text, found.end()):
        return None
    low, high = (Decimal(str(value)) for value in _VAGUE[words])
    return _scaled(text, at, found.end(), low, high)


def _words(text: str, at: int) -> Number | None:
    """Number words below a thousand, then their scale."""
    value, end, cursor, room = Decimal(0), at, at, 100
    while found := _NUMBER_WORD.match(text, cursor):
        part = _WORDS[found.group()]
        if part >= room:
            break
        value, end, room = value + part, found.end(), 10 if part >= 20 else 1
        if (hundred := _HUNDRED.match(text, end)) and value < 100:
            value, end, room = value * 100, hundred.end(), 100
        gap = _GAP.match(text, end)
        if not gap:
            break
        cursor = gap.end()
    return _scaled(text, at, end, value, value) if end > at else None


def _scaled(text: str, at: int, end: int, low: Decimal, high: Decimal) -> Number:
    """Adds what stands behind: and a half, thousand, million, -odd; then a smaller rest."""
    if half := _AND_A_HALF.match(text, end):
        low, high, end = low + Decimal("0.5"), high + Decimal("0.5"), half.end()
    group = ONE
    while (found := _SCALE.match(text, end)) and not _METRES.match(text, end):
        size = _SCALES[found.group().strip().strip("-").removesuffix("s")]
        low, high, end, group = low * size, high * size, found.end(), group * size
    if group >= 1000 and (gap := _GAP.match(text, end)):
        rest = _words(text, gap.end())
        if rest and rest.high < group and (rest.group > 1 or rest.high >= 100):
            low, high, end = low + rest.low, high + rest.high, rest.end
    if loose := _LOOSE.match(text, end):
        high, end = high * Decimal("1.15"), loose.end()
    return Number(at, end, low, high, group, group > 1)
