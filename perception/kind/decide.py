"""Which of the 26 a picture is: title words for papers, the look for photos, else ``other``."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from rapidfuzz import fuzz

from bailing.terms import VoucherType
from perception.fields.invoice import BARE_CODE, invoice_code_parts
from perception.fields.labels import plain
from perception.inspection import Guess, Line, Mark
from perception.voucher_files import VoucherFile

TITLE_ALIKE = 88.0
"""Similarity (0 to 100) from which a line holds a title: one letter of seven may be misread."""
RIVALS = re.compile(
    r"合格证|登记证(?!书)|开户许可|检[验测]报告|驾驶证|身份证|报销|火车票|车票|备案企业|荣誉|毕业|学位|结婚|户口"
    r"|从业资格|简历|通知书?$|公告|授权|委托书|承诺书|许可证|证书|聘书|病历|处方|保险单|劳动合同|聘用合同|借款合同|担保合同|报告$"
)
"""Titles of papers that are none of the 26, where none of the 26 titles stands."""
LONGEST_TITLE = 16
FILLS, MENTIONS = 1.0, 0.5
"""How much a title counts that is a line of its own; and one within a text."""
SHARE = 0.4
"""A title is so much of its line, or stands at its end: a firm's name goes before it."""
TOP = 0.4
"""A title stands in this upper part of its page, or is large."""
LARGE = 1.25
"""Print this many times taller than usual is large."""
HELPS_NEEDED = 4
HELPS_ALONE = 6
"""Of a kind that many others resemble, so many helping words are needed without a title."""
HELPS_MENTIONED = 3
"""And so many where the title is only mentioned."""
SETTLED = frozenset(
    {
        VoucherType.BUSINESS_LICENSE,
        VoucherType.VAT_SPECIAL_INVOICE,
        VoucherType.VAT_GENERAL_INVOICE,
    }
)
"""Kinds whose helping words are on no other paper."""
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
    texts = [plain(line.text) for line in lines]
    headings = _headings(lines)
    titles = {k: _title(file, headings) for k, file in files.items() if file.words}
    foreign = max(titles.values(), default=0.0) < FILLS * 0.8 and any(
        RIVALS.search(h.text) for h in headings if h.large and len(h.text) <= LONGEST_TITLE
    )
    coded = _coded(marks)
    guesses = []
    for kind, title in titles.items():
        helps = sum(1 for word in files[kind].helps if any(plain(word) in text for text in texts))
        score = _score(kind, title, helps, foreign=foreign)
        if score and coded:
            score = max(score, 0.95) if kind in coded else score * 0.5
        if score:
            guesses.append(Guess(kind, min(0.99, score)))
    return _untitled(guesses, texts)


def _score(kind: VoucherType, title: float, helps: int, *, foreign: bool) -> float:
    """How likely a kind is by its title and the number of its helping words."""
    if title > MENTIONS and helps:
        return 0.78 + 0.12 * title + 0.015 * min(helps, 6)
    if title and helps >= HELPS_MENTIONED:
        return 0.6 + 0.03 * min(helps, 8)
    needed = HELPS_NEEDED if kind in SETTLED else HELPS_ALONE
    if helps >= needed and not foreign:
        return min(0.8, 0.4 + 0.05 * (helps - needed + HELPS_NEEDED))
    return 0.0


@dataclass(frozen=True, slots=True)
class _Heading:
    """A line's text, whether it is printed large, and whether it stands where titles do."""

    text: str
    large: bool
    placed: bool


def _headings(lines: Sequence[Line]) -> list[_Heading]:
    """The lines as they may be titles; letters read one by one are put together."""
    heights = sorted(line.box[3] - line.box[1] for line in lines)
    if not heights:
        return []
    usual = heights[len(heights) // 2]
    first = [line for line in lines if line.page == 0]
    top = min((line.box[1] for line in first), default=0)
    bottom = max((line.box[3] for line in first), default=1)
    limit = top + TOP * (bottom - top)
    found = []
    for text, line in [
        *((line.text, line) for line in lines),
        *_letters_in_rows(lines),
        *_halves(first),
    ]:
        large = line.box[3] - line.box[1] >= LARGE * usual
        placed = line.page == 0 and (line.box[1] + line.box[3]) / 2 <= limit
        found.append(_Heading(plain(text), large, large or placed))
    return found


def _letters_in_rows(lines: Sequence[Line]) -> list[tuple[str, Line]]:
    """Words of which each letter was read as a line of its own."""
    single = sorted((x for x in lines if len(x.text.strip()) == 1), key=lambda x: x.box[0])
    words = []
    for line in single:
        height = line.box[3] - line.box[1]
        row = [x for x in single if abs(x.box[1] - line.box[1]) < 0.6 * height]
        if row[0] is line and len(row) > 1:
            words.append(("".join(x.text.strip() for x in row), line))
    return words


def _halves(lines: Sequence[Line]) -> list[tuple[str, Line]]:
    """Lines with what stands close behind them: titles that were read in two parts."""
    found = []
    for line in lines:
        x0, y0, x1, y1 = line.box
        height = y1 - y0
        for other in lines:
            gap = other.box[0] - x1
            level = abs(other.box[1] - y0) < 0.5 * height
            if other is not line and level and -height < gap < 2 * height and other.box[0] > x0:
                found.append((line.text + other.text, line))
    return found


def _title(file: VoucherFile, headings: Sequence[_Heading]) -> float:
    """How well the best line holds a title, in [0, 1]; 0 where none does."""
    best = 0.0
    for heading in headings:
        if any(plain(word) in heading.text for word in file.unless):
            continue
        for word in map(plain, file.words):
            if word in heading.text:
                best = max(best, _as_title(word, heading))
            elif len(word) >= 5 and len(word) - 1 <= len(heading.text) <= len(word) + 12:
                alike = fuzz.partial_ratio(word, heading.text)
                if alike >= TITLE_ALIKE and heading.placed:
                    best = max(best, alike / 100 * 0.9)
    return best


def _as_title(word: str, heading: _Heading) -> float:
    """How much like a title a line is that holds one: alone, at the end, not in a sentence."""
    bare = re.sub(r"\([^()]*\)?$", "", heading.text).strip(".:") or heading.text
    fills = len(word) >= SHARE * len(bare) or bare.endswith(word)
    sentence = re.search(r"[,;。]", heading.text) or re.search(r":.", heading.text)
    if not fills or sentence or not heading.placed:
        return MENTIONS
    return FILLS - (0.0 if heading.large else 0.05) - 0.1 * (1 - min(1.0, len(word) / len(bare)))


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
