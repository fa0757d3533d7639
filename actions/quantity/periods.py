"""What an amount is per: 每天, 月流水, 去年, /月, a quarter; and lengths of time used so."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from bailing.terms import Period, Quantity, Unit

_SALES = (
    r"(?=(?:度|均)?(?:总)?(?:流水|销|营业|营收|收入|收|入|产值|成交|利润|纯利|毛利|进账|入账|"
    r"交易|开支|支出|租|供|赚|挣|工资|卖|出货|走货|做))"
)
_EN = r"(?:a|an|per|each|every|last|this|in a|the whole)\s+"
_CUES: tuple[tuple[Period, str], ...] = (
    (
        Period.HALF_YEAR,
        rf"(?:每|上|下|前|后|近|这)半年|half[- ]year(?:ly)?|"
        rf"(?:in|per|every|each|last|this|the first|the second|{_EN})\s*half(?:[- ]a)?[- ]year|"
        rf"/\s?半年",
    ),
    (
        Period.QUARTER,
        rf"每个?季度?|[上这本下]个?季度?(?!节)|第?[一二三四1-4]季度(?!一?结)|"
        rf"季度?(?=均|流水|销|营业|收入)|/\s?季度?|近三个月|最近三个月|{_EN}quarter\b|quarterly|"
        rf"/\s?quarter|\bq[1-4]\b",
    ),
    (
        Period.YEAR,
        rf"每一?年|一年到头|年年|去年|今年|前年|上年|上一年|全年|年均|年化|"
        rf"(?:19|20)?\d\d年度?(?!开|成立|注册|入行|就|到)|/\s?年|年度|(?<![几一两三\d])年{_SALES}|"
        rf"{_EN}years?\b|yearly|annual(?:ly)?|/\s?(?:yr|year)\b|p\.?\s?a\.?(?![a-z])|"
        rf"last 12 months|per annum|近一年|最近一年",
    ),
    (
        Period.MONTH,
        rf"每个?月|一月(?!份)|[上这本当下]个?月|月月|月均|单月|旺月|淡月|平均每月|/\s?个?月|"
        rf"(?:\d{{1,2}}|十?[一二三四五六七八九十])月(?:份|(?=做|卖|流水|营业|销|收入))|"
        rf"(?<![个几一两三\d])月{_SALES}|(?<![个几一两三上下本每这当\d])月(?=\d)|{_EN}months?\b|"
        rf"monthly|/\s?mo(?:nth)?\b|\bp\.?m\.?(?=\s*$)",
    ),
    (
        Period.WEEK,
        rf"每个?(?:周|星期|礼拜)|[上这本]个?(?:周|星期|礼拜)(?![一二三四五六日])|/\s?周|周均|"
        rf"{_EN}week\b|weekly|/\s?(?:wk|week)\b",
    ),
    (
        Period.DAY,
        rf"每一?[天日]|天天|日均|单日|/\s?[天日]|(?<!\d)日{_SALES}|一晚上?|每晚|{_EN}day\b|daily|"
        rf"/\s?day\b|{_EN}night\b",
    ),
)
_FIRSTS = (
    "每上下前后近这半季第一二三四五六七八九十最去今年全本当旺淡平单月天日周1234567890/alehqypitdmwf"
)
_PATTERN = re.compile(
    rf"(?=[{_FIRSTS}])(?:"
    + "|".join(f"(?P<{period.value}>{words})" for period, words in _CUES)
    + ")"
)
REACH, REACH_LATIN = 16, 32
"""Characters across which a period reaches the amount behind it, by script."""
NEAR, TOUCHING = 8, 3
"""Characters between an amount and a period so near that it surely belongs to it."""
_SUFFIX_ONLY = re.compile(r"/")
_LENGTHS: dict[int, Period] = {
    1: Period.DAY, 7: Period.WEEK, 30: Period.MONTH, 90: Period.QUARTER, 180: Period.HALF_YEAR,
    360: Period.YEAR, 365: Period.YEAR,
}  # fmt: skip
_AGE_BEFORE = re.compile(
    r"(?:干|开|做|跑|经营|营业|成立|入行|开业|开张|创业|卖|搞|办|养|种|满|快|有|期|贷|借|分|还|"
    r"签)(?:了|这[行个]|店|有)?(?:这行)?(?:快|将近|近|差不多|大概|也?有)*\s*$|(?:for|been|over|"
    r"within|in)\s+(?:about\s+)?$"
)
_TERMS_AFTER = re.compile(
    r"\s*(?:左右|上下|才|一|就|能|以?内|之?后)*\s*(?:结|付|回款|回钱|账期|给钱|打款|到账|收到|清账|"
    r"还|一次|周转|卖完|期|前|的货)|\s*(?:terms|credit|later|after|to pay|until|in business)"
)


@dataclass(frozen=True, slots=True)
class Cue:
    """A naming of a period.

    Attributes:
        start: Where it begins.
        end: Where it ends.
        period: What is named.
        times: How many of them: 2 for 两个月.
        behind: Whether it stands only behind the amount, as /月 does.
        latin: Whether it is English.
    """

    start: int
    end: int
    period: Period
    times: int = 1
    behind: bool = False
    latin: bool = False


def find_cues(text: str, most: int) -> list[Cue]:
    """Every naming of a period in a normalised text, in order, at most so many."""
    cues: list[Cue] = []
    for found in _PATTERN.finditer(text):
        behind = bool(_SUFFIX_ONLY.match(found.group()))
        period, latin = Period(str(found.lastgroup)), found.group()[0].isascii()
        cues.append(Cue(found.start(), found.end(), period, behind=behind, latin=latin))
        if len(cues) >= most:
            break
    return cues


def cue_of_length(text: str, start: int, end: int, quantity: Quantity) -> Cue | None:
    """The period that a length of time may name for an amount beside it: 一个月, 三个月, 半年.

    None for lengths that state an age or terms of payment (干了一年, 一个月一结), and for ranges.
    """
    if quantity.low != quantity.high or quantity.unit not in (Unit.DAY, Unit.YEAR):
        return None
    if _AGE_BEFORE.search(text, max(0, start - 12), start) or _TERMS_AFTER.match(text, end):
        return None
    days = quantity.low * 360 if quantity.unit is Unit.YEAR else quantity.low
    if days != int(days) or days <= 0:
        return None
    if (period := _LENGTHS.get(int(days))) is not None:
        return Cue(start, end, period)
    if quantity.unit is Unit.DAY and days % 30 == 0 and days < 360:
        return Cue(start, end, Period.MONTH, times=int(days) // 30)
    if quantity.unit is Unit.DAY and days < 7:
        return Cue(start, end, Period.DAY, times=int(days))
    return None


def choose(
    start: int, end: int, cues: list[Cue], taken: dict[int, int], walls: tuple[list[int], list[int]]
) -> int | None:
    """The index of the cue that an amount at ``start`` to ``end`` belongs to; None without one.

    Chinese names the period before the amount (一天三千), English behind it (3,000 a day), and
    both do the other, too; a cue that served an amount before gives way to a fresh one.

    Args:
        start: Where the amount begins.
        end: Where it ends.
        cues: Namings of periods, in order.
        taken: How often each cue was given to an amount before.
        walls: Places that no cue before the amount reaches across, ends of sentences; and places
            that none behind it does, commas.
    """
    left = _before(start, cues, walls[0])
    right = next((i for i, cue in enumerate(cues) if cue.start >= end), None)
    gap = cues[right].start - end if right is not None else TOUCHING + 1
    fresh = [i for i in left if not taken.get(i)]
    near = bool(fresh) and start - cues[fresh[-1]].end <= NEAR
    walled = right is not None and any(
        end <= wall < cues[right].start for side in walls for wall in side
    )
    if right is not None and gap <= TOUCHING and not walled:
        behind = cues[right].behind or (gap <= 1 and not near)
        if behind or not fresh:
            return right
    if fresh:
        return fresh[-1]
    return left[-1] if left else None


def _before(start: int, cues: list[Cue], walls: list[int]) -> list[int]:
    """The cues that reach an amount from before it."""
    reached = []
    for index, cue in enumerate(cues):
        reach = REACH_LATIN if cue.latin else REACH
        walled = any(cue.end <= wall < start for wall in walls)
        if 0 <= start - cue.end <= reach and not cue.behind and not walled:
            reached.append(index)
    return reached


def share_of(quantity: Quantity, cue: Cue) -> Quantity:
    """The quantity per period of the cue: 两个月三十万 is 150,000 a month."""
    low, high = quantity.low / Decimal(cue.times), quantity.high / Decimal(cue.times)
    return Quantity(low, high, quantity.unit, cue.period)
