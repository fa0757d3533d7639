"""Which of the 26 a picture is: title words for papers, the look for photos, else ``other``."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from rapidfuzz import fuzz

from bailing.terms import VoucherType
from perception.fields.invoice import BARE_CODE, invoice_code_parts
from perception.inspection import Guess, Line, Mark
from perception.voucher_files import VoucherFile

TITLE_ALIKE = 88.0
"""Similarity (0 to 100) from which a line holds a title: one letter of seven may be misread."""
RIVALS = re.compile(
    r"许可证|合格证|登记证|开户|检[验测]报告|申报表|行驶证|驾驶证|身份证|报销|火车票|车票|备案企业|荣誉|证书|合同"
)
"""Titles of papers that have no file of their own yet: theirs is not taken for another's."""
HELPS_NEEDED = 4
NEAR_TIE = 0.05
SPECIAL_CODES, GENERAL_CODES = {"01", "08", "31"}, {"04", "10", "11", "32"}
"""What an invoice's QR code calls the two kinds."""


def decide_kind(
    files: Mapping[VoucherType, VoucherFile],
    lines: Sequence[Line],
    looks: Mapping[str, float],
    *,
    marks: Sequence[Mark] = (),
    declared: str | None = None,
) -> tuple[Guess, ...]:
    """The kinds that it may be, likeliest first; the first is what it is taken for.

    Args:
        files: The kinds that are known.
        lines: What is written on it.
        looks: What it looks like: the probability of each look.
        marks: Seals and codes.
        declared: What it is said to be; it decides only between two that are as good as equal,
            and never against ``other``.
    """
    guesses = [*_by_words(files, lines, marks), *_by_look(files, looks)]
    known = max((g.confidence for g in guesses), default=0.0)
    guesses.append(Guess(VoucherType.OTHER, max(0.0, 1.0 - known)))
    ordered = sorted(guesses, key=lambda g: -g.confidence)
    return tuple(_declared_first(ordered, declared))


def _declared_first(guesses: list[Guess], declared: str | None) -> list[Guess]:
    best = guesses[0]
    for guess in guesses[1:]:
        tied = best.confidence - guess.confidence < NEAR_TIE
        if guess.type == declared and tied and VoucherType.OTHER not in (best.type, guess.type):
            rest = [g for g in guesses if g is not guess]
            return [replace(guess, confidence=best.confidence), *rest]
    return guesses


def _by_words(
    files: Mapping[VoucherType, VoucherFile], lines: Sequence[Line], marks: Sequence[Mark]
) -> list[Guess]:
    texts = [re.sub(r"\s", "", line.text) for line in lines]
    titles = {kind: _title(file.words, texts) for kind, file in files.items() if file.words}
    foreign = not any(titles.values()) and any(RIVALS.search(t) for t in _headings(lines))
    coded = _coded(marks)
    guesses = []
    for kind, alike in titles.items():
        helps = sum(1 for word in files[kind].helps if any(word in text for text in texts))
        score = 0.0
        if alike and helps:
            score = (0.9 if alike == 1.0 else 0.8) + 0.02 * helps
        elif helps >= HELPS_NEEDED and not foreign:
            score = min(0.8, 0.4 + 0.05 * helps)
        if score and coded:
            score = max(score, 0.95) if kind in coded else score * 0.5
        if score:
            guesses.append(Guess(kind, min(0.99, score)))
    return _untitled(guesses, texts)


def _title(words: Sequence[str], texts: Sequence[str]) -> float:
    """How well the best line holds a title, in [0, 1]; 0 where none does."""
    best = 0.0
    for word in words:
        for text in texts:
            if word in text:
                return 1.0
            if len(word) >= 5 and len(word) - 1 <= len(text) <= len(word) + 12:
                best = max(best, fuzz.partial_ratio(word, text))
    return best / 100 if best >= TITLE_ALIKE else 0.0


def _headings(lines: Sequence[Line]) -> list[str]:
    """The lines in the largest print."""
    heights = sorted(line.box[3] - line.box[1] for line in lines)
    if not heights:
        return []
    usual = heights[len(heights) // 2]
    return [
        re.sub(r"\s", "", x.text)
        for x in lines
        if x.box[3] - x.box[1] >= 1.4 * usual and len(x.text) <= 16
    ]


def _coded(marks: Sequence[Mark]) -> set[VoucherType]:
    for mark in marks:
        kind = invoice_code_parts(mark.text).get("kind")
        if kind in SPECIAL_CODES:
            return {VoucherType.VAT_SPECIAL_INVOICE}
        if kind in GENERAL_CODES:
            return {VoucherType.VAT_GENERAL_INVOICE}
    return set()


def _untitled(guesses: list[Guess], texts: Sequence[str]) -> list[Guess]:
    """Tell two invoices without a title apart: only the general kind prints a check code."""
    special, general = VoucherType.VAT_SPECIAL_INVOICE, VoucherType.VAT_GENERAL_INVOICE
    scores = {g.type: g.confidence for g in guesses}
    if special not in scores or abs(scores[special] - scores.get(general, 0.0)) > NEAR_TIE:
        return guesses
    on_paper = not any("校验码" in t or "发票代码" in t for t in texts)
    deducted = any("抵扣联" in t for t in texts)
    less = general if deducted or (on_paper and any(BARE_CODE.match(t) for t in texts)) else special
    return [replace(g, confidence=g.confidence - 0.08) if g.type is less else g for g in guesses]


def _by_look(files: Mapping[VoucherType, VoucherFile], looks: Mapping[str, float]) -> list[Guess]:
    return [
        Guess(kind, min(1.0, sum(looks.get(look, 0.0) for look in file.looks)))
        for kind, file in files.items()
        if file.looks
    ]
