"""Words around a number that move its ends: 近, 不到, 左右, 出头, over, at most."""

from __future__ import annotations

import re
from decimal import Decimal

_BEFORE: tuple[tuple[str, str, str], ...] = (
    (r"不到|不足|没到|不满|不超过|不超|最多|顶多|至多|少于|低于|under|less than|below|up to|"
     r"at most|no more than|fewer than|max(?:imum)?", "0.8", "1"),
    (r"(?<![大胆从幼])小|将近|接近|(?<![最附远])近|(?<!这么)快|差一点|差点|almost|nearly|close to|"
     r"just under|just below|getting on for|approaching", "0.9", "1"),
    (r"刚过|刚刚过|刚超过|just over|a little over|a bit over|slightly over", "1", "1.1"),
    (r"超过|超|至少|起码|最少|最低|不少于|不低于|不下|多于|大于|高于|不止|破|"
     r"(?<![经不通])过(?=[百千万])|上(?=[百千万])|over|more than|at least|above|upwards of|"
     r"no less than|minimum", "1", "1.15"),
)  # fmt: skip
_AFTER: tuple[tuple[str, str, str], ...] = (
    (r"左右|上下|前后|这样子?|的样子|or so|or thereabouts|give or take|roughly|approximately",
     "0.9", "1.1"),
    (r"出头|冒头|露头|挂零|多一?点|刚过|刚出头|出点头", "1", "1.1"),
    (r"以上|往上|开外|起步|打底|起(?![来的步])|有余|不止|\+(?!\d)|plus\b|or more|and up|and above",
     "1", "1.15"),
    (r"不到|以内|以下|之内|内(?!蒙|部)|封顶|都?没有?(?=$|[，,。])|or less|at most|max\b|or under",
     "0.8", "1"),
)  # fmt: skip


def _compile(rows: tuple[tuple[str, str, str], ...], shape: str) -> re.Pattern[str]:
    return re.compile(shape.format("|".join(f"(?P<m{i}>{row[0]})" for i, row in enumerate(rows))))


_HEDGE = r"(?:大概|大约|约|差不多|估计|也就|就|有个|有|个|了|是|about|around)?"
_BEFORE_PATTERN = _compile(_BEFORE, r"(?<![a-z])(?:{})\s?" + _HEDGE + r"\s?$")
_AFTER_PATTERN = _compile(_AFTER, r"\s?(?:钱)?(?:{})")


def factors_before(text: str, at: int) -> tuple[Decimal, Decimal]:
    """What the words right before a number multiply its ends by."""
    found = _BEFORE_PATTERN.search(text, max(0, at - 18), at)
    return _factors(found, _BEFORE)


def factors_after(text: str, at: int) -> tuple[Decimal, Decimal, int]:
    """What the words right behind a quantity multiply its ends by, and where they end."""
    found = _AFTER_PATTERN.match(text, at)
    return (*_factors(found, _AFTER), found.end() if found else at)


def _factors(
    found: re.Match[str] | None, rows: tuple[tuple[str, str, str], ...]
) -> tuple[Decimal, Decimal]:
    if found is None:
        return Decimal(1), Decimal(1)
    _, low, high = rows[int(str(found.lastgroup)[1:])]
    return Decimal(low), Decimal(high)
