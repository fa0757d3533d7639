"""Sentences as characters: what the tokenizer cuts and the span tagger looks at.

Chinese merchants' quantities and trades do not end where a dictionary's words do (三十来万,
拉沙子的), so every Chinese character is a token; a run of Latin letters or of digits is one.
"""

from __future__ import annotations

import re
from typing import List, NamedTuple, Sequence, Text

TOKEN = re.compile(r"[A-Za-z]+(?:['’][A-Za-z]+)?|\d+(?:[.,]\d+)*|[^\s]")
DIGITS = re.compile(r"\d")
LATIN = re.compile(r"[A-Za-z]")
HAN = re.compile(r"[\u3400-\u9fff]")
NUMERALS = frozenset("零〇一二两俩三仨四五六七八九十百千万亿半几数多来")
NUMBERS = ("numeral", "digits")
BIG = frozenset("百千万亿")
REACH = 2
"""How many tokens to each side are looked at one by one."""
RUNS = ((-2, -1), (-1, 0), (0, 1), (1, 2), (-2, 0), (-1, 1), (0, 2))
"""Which neighbours are looked at together, first and last."""


class Piece(NamedTuple):
    """A token and where it starts, in characters."""

    text: Text
    start: int


class Word(NamedTuple):
    """A dictionary's word: its text, its part of speech, where it starts."""

    text: Text
    tag: Text
    start: int


OUTSIDE = Word("#", "#", -1)
"""What stands before the first and after the last token."""


def pieces(text: Text) -> List[Piece]:
    """The text's tokens, in order; white space is in none."""
    return [Piece(found.group(), found.start()) for found in TOKEN.finditer(text)]


def shape(token: Text) -> Text:
    """A token's kind: numeral, digits, Chinese, Latin or other."""
    if token in NUMERALS:
        return "numeral"
    if DIGITS.match(token):
        return "digits"
    if HAN.match(token):
        return "han"
    return "latin" if LATIN.match(token) else "other"


def features(tokens: Sequence[Text], words: Sequence[Word]) -> List[List[Text]]:
    """What the tagger knows of each token: its neighbours, its word, the number it stands in.

    Args:
        tokens: The sentence's tokens.
        words: For each token, the word it belongs to.
    """
    low = [token.lower() for token in tokens]
    kinds = [shape(token) for token in tokens]
    return [
        ["bias", *_of_neighbours(low, kinds, at), *_of_word(words, at), *_of_number(low, kinds, at)]
        for at in range(len(tokens))
    ]


def _of_neighbours(low: Sequence[Text], kinds: Sequence[Text], at: int) -> List[Text]:
    names = [f"suffix={low[at][-3:]}"]
    for step in range(-REACH, REACH + 1):
        names += [f"t{step}={_get(low, at + step)}", f"k{step}={_get(kinds, at + step)}"]
    for first, last in RUNS:
        run = "|".join(_get(low, at + step) for step in range(first, last + 1))
        names.append(f"t{first}..{last}={run}")
    return names


def _of_word(words: Sequence[Word], at: int) -> List[Text]:
    """The dictionary's word, its part of speech, the token's place in it, the words beside it."""
    word = words[at]
    before, after = _next_word(words, at, -1), _next_word(words, at, 1)
    starts, ends = at == 0 or words[at - 1] != word, words[at + 1 : at + 2] != [word]
    return [
        *(f"w={word.text}", f"w-={before.text}", f"w+={after.text}"),
        *(f"p={word.tag}", f"p-={before.tag}", f"p+={after.tag}"),
        f"at={word.tag}|{starts}|{ends}",
    ]


def _of_number(low: Sequence[Text], kinds: Sequence[Text], at: int) -> List[Text]:
    """What stands before and after the number that this token is part of, if it is in one."""
    if kinds[at] not in NUMBERS:
        return []
    start, end = at, at
    while start > 0 and kinds[start - 1] in NUMBERS:
        start -= 1
    while end + 1 < len(low) and kinds[end + 1] in NUMBERS:
        end += 1
    size = "big" if BIG & set("".join(low[start : end + 1])) else "small"
    after = _get(low, end + 1)
    return [
        f"before={_get(low, start - 1)}",
        f"after={after}",
        f"after2={after}|{_get(low, end + 2)}",
        f"size={size}|{after}",
    ]


def _next_word(words: Sequence[Word], at: int, step: int) -> Word:
    """The nearest other word in one direction."""
    other = at
    while 0 <= other < len(words) and words[other] == words[at]:
        other += step
    return words[other] if 0 <= other < len(words) else OUTSIDE


def _get(row: Sequence[Text], at: int) -> Text:
    return row[at] if 0 <= at < len(row) else OUTSIDE.text
