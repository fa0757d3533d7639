"""Words that were mistyped: 开面官 is 开面馆, 五巾店 is 五金店, a noddle shop sells noodles.

People type Chinese by sound and take the wrong letter of the list. ``knowledge/sounds.tsv`` has the
3,755 common letters of GB 2312 by syllable, made with pypinyin 0.55 (MIT). English loses, doubles
or swaps a letter.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path

from rapidfuzz import fuzz, process

from graph.errors import KnowledgeBroken

ALIKE = (("zh", "z"), ("ch", "c"), ("sh", "s"), ("ng", "n"))
"""Sounds that many speakers do not tell apart."""
LONGEST = 6
LATIN_WORD = re.compile(r"[a-z]{5,}")
ALIKE_ENOUGH = 80
"""How alike an English word must be to a known one, in percent."""


def read_sounds(path: Path) -> dict[str, str]:
    """The syllable of each common letter, without its tone.

    Raises:
        KnowledgeBroken: There is no such file, or a line is not a syllable and its letters.
    """
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
        rows = [line.split("\t") for line in lines]
        return {letter: _plain(syllable) for syllable, letters in rows for letter in letters}
    except (OSError, ValueError) as error:
        raise KnowledgeBroken(f"{path.name}: {error}") from error


def _plain(syllable: str) -> str:
    for often, plain in ALIKE:
        syllable = syllable.replace(often, plain)
    return syllable


class Spelling:
    """Finds known words behind mistyped ones.

    Args:
        syllables: Letter to syllable.
        words: The words that are known; of Chinese ones those of two to six letters are found.
    """

    def __init__(self, syllables: Mapping[str, str], words: Iterable[str]) -> None:
        self._syllables = syllables
        self._words: dict[tuple[str, ...], list[str]] = defaultdict(list)
        latin: set[str] = set()
        for word in words:
            if word.isascii():
                latin |= set(LATIN_WORD.findall(word))
            elif 2 <= len(word) <= LONGEST and (key := self._key(word)):
                self._words[key].append(word)
        self._latin = sorted(latin)

    def corrected(self, line: str) -> str:
        """The line with the words that it seems to mean."""
        return LATIN_WORD.sub(self._nearest, self._by_sound(line))

    def _nearest(self, word: re.Match[str]) -> str:
        written = word[0]
        if written in self._latin or written.removesuffix("s") in self._latin:
            return written
        found = process.extractOne(
            written, self._latin, scorer=fuzz.ratio, score_cutoff=ALIKE_ENOUGH
        )
        return str(found[0]) if found and found[0][0] == written[0] else written

    def _by_sound(self, line: str) -> str:
        """Chinese words: at least half of the letters must be right; longer words go first."""
        for size in range(LONGEST, 1, -1):
            for start in range(len(line) - size + 1):
                written = line[start : start + size]
                if word := self._meant(written):
                    line = line[:start] + word + line[start + size :]
        return line

    def _key(self, text: str) -> tuple[str, ...] | None:
        sounds = [self._syllables.get(letter) for letter in text]
        return tuple(s for s in sounds if s) if all(sounds) else None

    def _meant(self, written: str) -> str | None:
        found = self._words.get(self._key(written) or (), ())
        if written in found:
            return None
        close = ((sum(a == b for a, b in zip(w, written, strict=True)), w) for w in found)
        right, word = max(close, default=(0, ""), key=lambda pair: pair[0])
        return word if word and right * 2 >= len(word) else None
