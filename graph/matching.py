"""From a merchant's words to an industry, offline and in well under five milliseconds.

The longest known word wins; a word that stands in the wrong half of a correction
(不是物流，是餐饮) does not count. Behind the words, the names of the standard are compared
letter by letter, with less confidence.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from rapidfuzz import fuzz, process

from graph.industry import Match

EXACT = 0.95
"""Confidence of a known word of three letters or more; shorter ones get a little less."""
CLOSE = 0.12
"""Two matches nearer than this are too close to choose between."""
NEGATED = re.compile(r"(?:不是|没做|不做|不开|并非|不干|not)\s*(?:an?\s+)?$", re.IGNORECASE)
FUZZY_FLOOR = 72.0
MAX_MATCHES = 5


class Matcher:
    """Knows every word of every trade.

    Args:
        words: Industry code to its words, the official name first.
    """

    def __init__(self, words: Mapping[str, Sequence[str]]) -> None:
        self._names = {code: listed[0] for code, listed in words.items()}
        self._codes: dict[str, str] = {}
        for code, listed in words.items():
            for word in listed:
                self._codes.setdefault(word.lower(), code)
        latin = sorted((w for w in self._codes if w.isascii()), key=len, reverse=True)
        han = sorted((w for w in self._codes if not w.isascii()), key=len, reverse=True)
        pattern = "|".join(re.escape(w) for w in han)
        pattern += "|" + "|".join(rf"\b{re.escape(w)}s?\b" for w in latin)
        self._pattern = re.compile(pattern)

    def match(self, text: str) -> tuple[Match, ...]:
        """The trades that a line may mean, best first; at most five."""
        found: dict[str, Match] = {}
        lowered = text.lower()[:400]
        for hit in self._pattern.finditer(lowered):
            if NEGATED.search(lowered[: hit.start()]):
                continue
            word = hit.group()
            code = self._codes.get(word) or self._codes[word.removesuffix("s")]
            confidence = EXACT if len(word) >= 3 else EXACT - 0.1
            known = found.get(code)
            if known is None or len(word) > len(known.words):
                said = text[hit.start() : hit.end()]
                found[code] = Match(code, self._names[code], confidence, said)
        if not found:
            return self._fuzzy(lowered)
        return _ranked(list(found.values()))

    def _fuzzy(self, text: str) -> tuple[Match, ...]:
        if len(text.strip()) < 2:
            return ()
        hits = process.extract(
            text.strip(),
            [w for w in self._codes if not w.isascii()],
            scorer=fuzz.partial_ratio,
            limit=MAX_MATCHES,
            score_cutoff=FUZZY_FLOOR,
        )
        return _ranked(
            [
                Match(self._codes[word], self._names[self._codes[word]], 0.5 * score / 100, word)
                for word, score, _ in hits
                if len(word) >= 3
            ]
        )


def _ranked(matches: list[Match]) -> tuple[Match, ...]:
    longest = max((len(m.words) for m in matches), default=1)
    weighed = [
        Match(
            m.code, m.name, round(m.confidence * (0.7 + 0.3 * len(m.words) / longest), 3), m.words
        )
        for m in matches
    ]
    weighed.sort(key=lambda m: -m.confidence)
    return tuple({m.code: m for m in reversed(weighed)}[m.code] for m in weighed)[:MAX_MATCHES]
