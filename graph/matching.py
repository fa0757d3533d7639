"""From a merchant's words to an industry, offline and in well under five milliseconds.

The longest known words win; a word that is denied (不是物流，是餐饮), past, somebody else's
(给饭店送菜) or only a place counts less or not at all. Where no word is known, the names of the
standard are compared by pairs of letters, and words by likeness, with less confidence; words that
were mistyped are looked for where the trade was asked for.
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace

from rapidfuzz import fuzz, process

from graph import context
from graph.industry import Match
from graph.lexicon import Good, Hit, Lexicon, Way
from graph.spelling import Spelling
from graph.ways import WAY_NAMES, way_beside, way_in

CLOSE = 0.12
"""Two matches nearer than this are too close to choose between."""
WEAK = 0.3
"""Below this a match is not worth asking about."""
BESIDE = (0.93, 0.42, 0.36)
"""A good whose way stands beside it: that way's code, then its other ways."""
ELSEWHERE = (0.84, 0.5, 0.36)
"""The way stands elsewhere in the line."""
UNSAID = (0.72, 0.64, 0.4)
"""Nothing says which way: the two likeliest lie close, so that one asks."""
SELLING = {Way.RETAIL: Way.WHOLESALE, Way.WHOLESALE: Way.RETAIL}
"""Goods that are sold one way only are sold that way."""
PAST_FACTOR = 0.45
LATER_FACTOR = 0.9
"""Each further trade of a line counts less than the one before it."""
FUZZY_FLOOR = 74.0
FUZZY_FLOOR_SHORT = 66.0
LONGEST_ALIKE = 16
"""Longer lines without a known word are about something else."""
LONGEST_MISTYPED = 60
"""In longer lines nobody looks for mistyped words."""
NAMES_FLOOR = 0.34
LONGEST_LINE = 400
MAX_MATCHES = 5
ONLINE = re.compile(
    r"网店|网上|线上|淘宝|天猫|京东|拼多多|抖音|快手|小红书|直播|电商|微商|闲鱼|亚马逊|\bonline\b|e-?commerce|taobao|amazon|pinduoduo|tiktok|shopee|lazada|temu|\b(?:ebay|etsy)\b|live.?stream"
)
TELLING = 0.5
SAID = 0.84
"""A word as sure as this can stand alone."""
OF_ONE, DONE_ELSEWHERE, OF_SEVERAL, GOODS = 3, 2, 1, 0
"""Which of two readings of the same span says more: a word of one trade, goods with what is done
with them, a word of several trades, other goods."""
MISTYPED = 0.85
"""A word that was only meant counts so much."""
PLACES = frozenset({"5211", "7221", "7223"})
"""Malls, markets and parks: where one works, unless nothing else is said."""
ONLINE_RETAIL = "5292"
FILLER = re.compile(
    r"我们?|咱们?|自己|家里|主要|就是|一个|有点|做|开|搞|干|的|了|个|家|是|在|生意|行业|这块|公司|厂子?|店|小|大"
)
TONE = re.compile(r"[，,。；;！!？?、\s]+")


@dataclass(frozen=True, slots=True)
class _Reading:
    """One hit with its meanings and the span that it takes."""

    start: int
    end: int
    words: str
    meanings: tuple[Match, ...]
    rank: int


class Matcher:
    """Knows every word of every trade.

    Args:
        lexicon: The merchants' words.
        names: Official name by code.
        labels: How we call a trade when asking back, by code: Chinese, English.
        syllables: How a letter sounds, for words that were typed by their sound.
    """

    def __init__(
        self,
        lexicon: Lexicon,
        names: Mapping[str, str],
        labels: Mapping[str, tuple[str, str]],
        syllables: Mapping[str, str],
    ) -> None:
        self._lexicon = lexicon
        self._names = names
        self._labels = _labels_of_goods(lexicon) | dict(labels)
        self._fuzzy_words = [w for w in lexicon.words if not w.isascii() and len(w) >= 3]
        self._pairs = _Pairs(names)
        self._spelling = Spelling(syllables, lexicon.all_words)

    def match(self, text: str, *, told: bool = False) -> tuple[Match, ...]:
        """The trades that a line may mean, best first; at most five.

        Args:
            text: What the merchant wrote.
            told: Whether the line answers what the trade is: then unknown words are compared
                with the names of the standard, and short words need no frame.
        """
        line = context.uncounted(context.simplified(text[:LONGEST_LINE]))
        if not line.strip():
            return ()
        readings = self._readings(line)
        found = self._weigh(line, readings, told)
        if told and all(m.confidence < SAID for m in found):
            found = self._unclear(line, found, nothing=not any(r.meanings for r in readings))
        return _ranked(found)

    def _readings(self, line: str) -> list[_Reading]:
        hits = self._lexicon.hits(line)
        return _telling(_longest([r for hit in hits if (r := self._read(line, hit))]))

    def _unclear(self, line: str, found: list[Match], *, nothing: bool) -> list[Match]:
        """What a line may mean that names no trade for sure: mistyped, or by likeness."""
        best = max((m.confidence for m in found), default=0.0)
        meant = self._mistyped(line)
        if any(m.confidence > best for m in meant):
            return meant
        if best < TELLING and (found or nothing):
            return found + self._alike(line)
        return found

    def _mistyped(self, line: str) -> list[Match]:
        if len(line) > LONGEST_MISTYPED or context.ASKED.search(line):
            return []
        meant = self._spelling.corrected(line)
        if meant == line:
            return []
        found = self._weigh(meant, self._readings(meant), told=True)
        return [replace(m, confidence=m.confidence * MISTYPED) for m in found]

    def _read(self, line: str, hit: Hit) -> _Reading | None:
        if hit.good is None:
            meanings = tuple(self._say(c, sure, hit.word) for c, sure in hit.codes.items())
            rank = OF_SEVERAL if len(meanings) > 1 else OF_ONE
            return _Reading(hit.start, hit.end, line[hit.start : hit.end], meanings, rank)
        beside = way_beside(line, hit)
        if len(hit.word) == 1 and beside is None:
            return None
        way, start, end = beside or (way_in(line), hit.start, hit.end)
        steps = BESIDE if beside else ELSEWHERE if way else UNSAID
        ways = self._ways(hit.good, way, steps, hit.word)
        elsewhere = way not in (None, Way.RETAIL) and beside is None
        return _Reading(start, end, line[start:end], ways, DONE_ELSEWHERE if elsewhere else GOODS)

    def _ways(
        self, good: Good, way: Way | None, steps: tuple[float, ...], word: str
    ) -> tuple[Match, ...]:
        if way is not None and way not in good.codes:
            way = SELLING.get(way, way)
        order: list[Way] = [w for w in good.codes if w != Way.HAUL]
        if way is Way.HAUL:
            order = [way]
        elif way is not None and way in good.codes:
            order = [way, *(w for w in order if w is not way)]
        elif way is not None:
            steps = UNSAID
        meanings = []
        for each, sure in zip(order, steps, strict=False):
            zh, en = WAY_NAMES[each]
            label_zh = f"{word if not word.isascii() else good.label}{zh}"
            match = self._say(good.codes[each], sure, word)
            meanings.append(replace(match, label_zh=label_zh, label_en=f"{good.label_en} {en}"))
        return tuple(meanings)

    def _say(self, code: str, confidence: float, words: str) -> Match:
        name = self._names.get(code, "")
        zh, en = self._labels.get(code, (name, name))
        return Match(code, name, confidence, words, zh, en)

    def _weigh(self, line: str, readings: list[_Reading], told: bool) -> list[Match]:
        found: list[Match] = []
        rank = 0
        for reading in readings:
            start, end = reading.start, reading.end
            if context.denied(line, start, end) or context.someone_elses(line, start, end):
                continue
            if not told and not context.about_the_trade(line, start, end, sure=_alone(reading)):
                continue
            factor = LATER_FACTOR**rank * (PAST_FACTOR if context.past(line, start, end) else 1)
            kept = [m for m in reading.meanings if not context.a_purpose(line, start, end, m.code)]
            rank += bool(kept)
            found += [
                replace(m, confidence=m.confidence * factor, words=reading.words) for m in kept
            ]
        return _online(line, found)

    def _alike(self, line: str) -> list[Match]:
        whole = TONE.sub("", line)
        bare = FILLER.sub("", whole)
        if len(bare) < 2 or len(whole) > LONGEST_ALIKE or context.ASKED.search(line):
            return []
        found = [
            self._say(code, 0.25 + 0.4 * s, line.strip()) for code, s in self._pairs.best(bare)
        ]
        floor = FUZZY_FLOOR if len(whole) > 5 else FUZZY_FLOOR_SHORT
        hits = process.extract(
            whole, self._fuzzy_words, scorer=fuzz.partial_ratio, limit=3, score_cutoff=floor
        )
        for word, score, _ in hits:
            if len(whole) >= len(word) and word[-1] in whole:
                for code, sure in self._lexicon.codes_of(word).items():
                    found.append(self._say(code, sure * 0.6 * score / 100, word))
        return found


class _Pairs:
    """Official names by their pairs of letters, the rare ones weighing more."""

    def __init__(self, names: Mapping[str, str]) -> None:
        self._by_pair: dict[str, set[str]] = defaultdict(set)
        pairs = {code: _pairs(name) for code, name in names.items()}
        for code, having in pairs.items():
            for pair in having:
                self._by_pair[pair].add(code)
        total = len(names)
        self._weight = {p: math.log(total / len(c)) for p, c in self._by_pair.items()}
        self._norm = {c: sum(self._weight[p] for p in having) or 1 for c, having in pairs.items()}

    def best(self, text: str) -> list[tuple[str, float]]:
        """Codes with how alike their name is, in (0, 1]."""
        scores: dict[str, float] = defaultdict(float)
        asked = _pairs(text)
        whole = sum(self._weight.get(p, 3.0) for p in asked) or 1
        for pair in asked:
            for code in self._by_pair.get(pair, ()):
                scores[code] += self._weight[pair]
        alike = {c: s / math.sqrt(whole * self._norm[c]) for c, s in scores.items()}
        best = sorted(alike.items(), key=lambda item: -item[1])[:MAX_MATCHES]
        return [(code, min(1.0, s)) for code, s in best if s >= NAMES_FLOOR]


def _pairs(text: str) -> set[str]:
    return {text[i : i + 2] for i in range(len(text) - 1)}


def _longest(readings: list[_Reading]) -> list[_Reading]:
    """Those not covered by a longer one, in the order of the line."""
    kept: list[_Reading] = []
    for reading in sorted(readings, key=lambda r: (r.start - r.end, -r.rank)):
        if all(reading.end <= k.start or reading.start >= k.end for k in kept):
            kept.append(reading)
    return sorted(kept, key=lambda r: r.start)


def _labels_of_goods(lexicon: Lexicon) -> dict[str, tuple[str, str]]:
    labels: dict[str, tuple[str, str]] = {}
    for good in lexicon.goods:
        for way, code in good.codes.items():
            zh, en = WAY_NAMES[way]
            labels.setdefault(code, (good.label + zh, f"{good.label_en} {en}"))
    return labels


def _telling(readings: list[_Reading]) -> list[_Reading]:
    """Without the words that say little (shop, 批发), where another says more."""
    telling = [r for r in readings if _sureness(r) >= TELLING and not _place(r)]
    return telling or readings


def _place(reading: _Reading) -> bool:
    return any(m.code in PLACES for m in reading.meanings)


def _alone(reading: _Reading) -> bool:
    """Whether its words name a trade even where nothing is said around them."""
    purpose = any(m.code in context.PURPOSE_CODES for m in reading.meanings)
    return _sureness(reading) >= SAID and reading.rank != OF_SEVERAL and not purpose


def _sureness(reading: _Reading) -> float:
    return max((m.confidence for m in reading.meanings), default=0.0)


def _online(line: str, found: list[Match]) -> list[Match]:
    """Goods that are sold through a platform are online retail first."""
    if not found or not ONLINE.search(line):
        return found
    if not any(m.code.startswith("52") for m in found):
        return found
    best = max(m.confidence for m in found)
    others = [replace(m, confidence=m.confidence * 0.75) for m in found if m.code != ONLINE_RETAIL]
    own = [m for m in found if m.code == ONLINE_RETAIL]
    if own:
        return [*own, *others]
    first = replace(found[0], code=ONLINE_RETAIL, label_zh="网店", label_en="an online shop")
    return [replace(first, name="互联网零售", confidence=best), *others]


def _ranked(matches: list[Match]) -> tuple[Match, ...]:
    best: dict[str, Match] = {}
    for match in matches:
        known = best.get(match.code)
        if known is None or match.confidence > known.confidence:
            best[match.code] = match
    ranked = sorted(best.values(), key=lambda m: -m.confidence)[:MAX_MATCHES]
    return tuple(replace(m, confidence=round(min(1.0, m.confidence), 3)) for m in ranked)
