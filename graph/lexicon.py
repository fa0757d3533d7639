"""The merchants' words: fixed trades, words of several trades, and goods with their ways.

A good (水果) is not a trade; what is done with it (批发, 店, 种, 拉) makes one. So goods are
listed once with a code for each way, and every word is found by a dictionary: a line of 400
characters costs a few thousand look-ups, whatever the number of words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

SURE = 0.95
"""Confidence of a fixed word of three letters or more; one letter less, a little less."""
LATIN = re.compile(r"[a-z0-9&'é.-]+")
MAX_LATIN_WORDS = 4


class Way(StrEnum):
    """What a merchant does with goods."""

    RETAIL = "retail"
    WHOLESALE = "wholesale"
    MAKE = "make"
    GROW = "grow"
    REPAIR = "repair"
    RENT = "rent"
    HAUL = "haul"


@dataclass(frozen=True, slots=True)
class Good:
    """Something that is traded: its codes by way, the likeliest way first."""

    label: str
    label_en: str
    codes: Mapping[Way, str]


@dataclass(frozen=True, slots=True)
class Hit:
    """A known word in a line, from ``start`` to ``end``.

    Exactly one of ``codes`` (code to confidence) and ``good`` says what it means.
    """

    start: int
    end: int
    word: str
    codes: Mapping[str, float] = field(default_factory=dict)
    good: Good | None = None


class Lexicon:
    """Every word, ready to be found.

    Args:
        trades: Code to its words.
        ambiguous: A word to several codes with their confidence; wins over ``trades``.
        goods: Each with ``words`` and a code for each way.
    """

    def __init__(
        self,
        trades: Mapping[str, Sequence[str]],
        ambiguous: Mapping[str, Mapping[str, float]],
        goods: Sequence[Mapping[str, object]],
    ) -> None:
        self._fixed: dict[str, Mapping[str, float]] = {}
        for code, words in trades.items():
            for word in words:
                sure = SURE if len(word) > 2 else SURE - 0.05
                self._fixed.setdefault(word.lower(), {code: sure})
        for word, codes in ambiguous.items():
            self._fixed[word.lower()] = codes
        self._goods: dict[str, Good] = {}
        for row in goods:
            good, words = _good(row)
            for word in words:
                self._goods.setdefault(word.lower(), good)
        known = [*self._fixed, *self._goods]
        self._longest = max((len(w) for w in known if not w.isascii()), default=0)

    @property
    def goods(self) -> list[Good]:
        """Every good once, in the order of the file."""
        return list({id(g): g for g in self._goods.values()}.values())

    @property
    def words(self) -> list[str]:
        """Every fixed word, in no order."""
        return list(self._fixed)

    @property
    def all_words(self) -> list[str]:
        """Every word, those of goods too, in no order."""
        return [*self._fixed, *self._goods]

    def codes_of(self, word: str) -> Mapping[str, float]:
        """What a fixed word means."""
        return self._fixed[word]

    def hits(self, text: str) -> list[Hit]:
        """All known words of a lower-case line, overlapping ones too."""
        return [*self._han(text), *self._latin(text)]

    def _han(self, text: str) -> Iterator[Hit]:
        for start in range(len(text)):
            for end in range(start + 1, min(start + self._longest, len(text)) + 1):
                word = text[start:end]
                if not word.isascii():
                    yield from self._known(start, end, word)

    def _latin(self, text: str) -> Iterator[Hit]:
        spans = [(m.start(), m.end()) for m in LATIN.finditer(text)]
        for first in range(len(spans)):
            for last in range(first, min(first + MAX_LATIN_WORDS, len(spans))):
                start, end = spans[first][0], spans[last][1]
                word = text[start:end].strip(".")
                for form in (word, *_singulars(word)):
                    if found := list(self._known(start, end, form)):
                        yield from found
                        break

    def _known(self, start: int, end: int, word: str) -> Iterator[Hit]:
        if (codes := self._fixed.get(word)) is not None:
            yield Hit(start, end, word, codes=codes)
        if (good := self._goods.get(word)) is not None:
            yield Hit(start, end, word, good=good)


def _singulars(word: str) -> tuple[str, ...]:
    if word.endswith("ies"):
        return (word[:-3] + "y", word[:-1])
    if word.endswith("es"):
        return (word[:-1], word[:-2])
    return (word[:-1],) if word.endswith("s") else ()


def _good(row: Mapping[str, object]) -> tuple[Good, list[str]]:
    words = [str(w) for w in row["words"]]  # type: ignore[attr-defined]  # checked by the schema
    codes = {Way(key): str(code) for key, code in row.items() if key != "words"}
    codes.setdefault(Way.HAUL, "5431")
    english = next((w for w in words if w.isascii()), words[0])
    return Good(words[0], english, codes), words
