"""The unit of a number whose measure word leaves it open: 八十来个, 三台, a bare 50,000."""

from __future__ import annotations

import re
from decimal import Decimal

from actions.quantity.measures import SIMPLE, Measure
from actions.quantity.numerals import Number
from bailing.terms import Unit

_ONE = Decimal(1)
LONGEST_ANSWER = 40
"""A number alone in a longer text than this is no bare answer."""
_WAN = Decimal(10_000)
_CLAUSE = re.compile(r"[，,。；;！!？?\n]")
_MONEY_TALK = re.compile(
    r"流水|营业|营收|销售|收入|进账|卖|赚|挣|去年|今年|前年|全年|一年|一个月|每月|每年|上个月|月|"
    r"贷|借|额度|提到|毛收|大概能|利润|回款|sales|turnover|revenue|income|limit|borrow|loan|earn|"
    r"make|takings"
)
_STAFF_TALK = re.compile(
    r"员工|工人|司机|伙计|雇|请了|招了|人手|手下|带着|人数|店员|小工|师傅|连我|加我|加上我|算上我|"
    r"帮工|徒弟|工(?![地程厂资作业])|staff|employ"
)
_VEHICLE_TALK = re.compile(r"车|truck|van|lorr|fleet|挂靠|自有")
_TERMS_TALK = re.compile(r"账期|月结\s*$|\bnet|\bn(?=\d)|回款周期|周转天数|payment terms?")
_AREA_TALK = re.compile(r"面积")
_MARGIN_TALK = re.compile(r"毛利|利润率|利润|净利|margin|markup")
_YEAR_NUMBER = re.compile(r"(?:since|in|from|自|从|自从|成立于)\s*$")
_NOUN_AFTER = re.compile(r"\s?[\u4e00-\u9fff]")
_ENDS = re.compile(r"\s?(?:$|[，,。；;！!？?\n\s]|左右|上下|吧|呢|啊|的样子|多|以上|了|w)")
_FILLER = re.compile(
    r"[\s，,。.！!~…]|大概|大约|差不多|估计|左右|上下|也就|就是|吧|呢|啊|嘛|哦|噢|嗯|那|有个|有|个|"
    r"约|来|是|说错了|应该|不对|about|around|roughly|maybe|it's|its|just|only|or so|probably|"
    r"i think|have|we|i\b"
)


def unit_of(
    text: str, number: Number, measure: Measure | None, currency: bool
) -> tuple[Unit | None, Decimal, str]:
    """The unit of a number, what to multiply it by, and the kind of its measure word.

    Returns None as the unit where the number states nothing by itself.
    """
    kind = measure.kind if measure else "bare"
    if currency and kind in ("bare", "yuan", "money_word"):
        return Unit.CNY, _ONE, "yuan"
    if kind == "money_word" and not number.written and number.high < 1_000:
        return None, _ONE, kind
    if kind == "ge":
        return _of_ge(text, number, measure)
    if kind == "machine" and measure is not None:
        bare = _ENDS.match(text, measure.end) or re.match(r"都|是|自|挂|\d", text[measure.end :])
        vehicle = bare and not re.search("机|设备|电脑", _before(text, number.start))
        return (Unit.VEHICLE if vehicle else Unit.PIECE), _ONE, kind
    if kind == "tenths" and number.high > 10:
        return None, _ONE, kind
    if kind == "year" and number.low >= 1900:
        return None, _ONE, kind
    if kind in SIMPLE:
        unit, factor = SIMPLE[kind]
        return unit, factor, kind
    return _of_bare(text, number)


def _of_ge(text: str, number: Number, measure: Measure | None) -> tuple[Unit | None, Decimal, str]:
    """三个: people where staff is spoken of, ten thousands of yuan in money talk, else things."""
    before = _before(text, number.start)
    end = measure.end if measure else number.end
    bare = bool(_ENDS.match(text, end))
    if bare and _STAFF_TALK.search(before):
        return Unit.PERSON, _ONE, "person"
    if bare and _VEHICLE_TALK.search(before) and not _MONEY_TALK.search(before):
        return Unit.VEHICLE, _ONE, "vehicle"
    if (
        bare
        and number.low >= 5
        and not number.written
        and _MONEY_TALK.search(before + text[end : end + 6])
    ):
        return Unit.CNY, _WAN, "yuan"
    if bare and number.written and number.group == 1 and _MONEY_TALK.search(before):
        return Unit.CNY, _WAN, "yuan"
    return Unit.PIECE, _ONE, "ge"


def _of_bare(text: str, number: Number) -> tuple[Unit | None, Decimal, str]:
    """A number without measure word: by what is spoken of, by its size, or alone in its line."""
    before = _before(text, number.start)
    around = before + text[number.end : number.end + 12]
    small = not number.written and number.group == 1
    if small and _TERMS_TALK.search(before):
        return Unit.DAY, _ONE, "day"
    if small and _AREA_TALK.search(before):
        return Unit.SQM, _ONE, "sqm"
    if (
        small
        and number.high <= 1_000
        and _STAFF_TALK.search(before)
        and _ENDS.match(text, number.end)
    ):
        return Unit.PERSON, _ONE, "person"
    if (
        small
        and number.high < 100
        and _MARGIN_TALK.search(before)
        and _ENDS.match(text, number.end)
    ):
        return Unit.PERCENT, (Decimal(100) if number.high < 1 else _ONE), "percent"
    if number.group >= 1_000 or (number.written and number.high >= 100):
        return Unit.CNY, _ONE, "money"
    if number.high >= 1_000:
        year = 1_900 <= number.low <= 2_100 and _YEAR_NUMBER.search(
            text, max(0, number.start - 10), number.start
        )
        return (None if year else Unit.CNY), _ONE, "money"
    if number.high >= 100 and _MONEY_TALK.search(around):
        return Unit.CNY, _ONE, "money"
    alone = len(text) <= LONGEST_ANSWER and not _FILLER.sub(
        "", text[: number.start] + text[number.end :]
    )
    return (Unit.PIECE if alone else None), _ONE, "bare"


def _before(text: str, at: int) -> str:
    """The clause before a place, at most 24 characters of it."""
    start = max(0, at - 24)
    return _CLAUSE.split(text[start:at])[-1]
