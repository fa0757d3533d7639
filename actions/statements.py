"""Which slots of the profile a merchant's line fills.

Each quantity goes to the slot that the words beside it name; one that nothing names goes to the
slot that was asked for, if it can be that. A question fills nothing but the amount that is wanted,
and what is taken back (不是三辆，是四辆) is kept apart.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime

from actions import statement_cues as cues
from actions.corrections import split_correction
from actions.places import find_place
from actions.quantity import Span, read_quantities, total
from actions.statement_slots import (
    UNIT_OF_SLOT,
    Around,
    around,
    bare_answer,
    nothing_for,
    slot_of,
    years_since,
)
from bailing.terms import Quantity, Unit

Value = Quantity | str
TradeWords = Callable[[str], str | None]

_TRADE = re.compile(
    r"(?:开|做|跑|搞|经营|从事|干|办|批发(?![商市部店]))(?:了|着|个|家|一家|一个|一间|两家|点|的是|"
    r"的)*(?P<words>[\u4e00-\u9fff]{2,10}?)(?:生意|行业|这行|这块|为主)?(?:的|$|[，,。；;\s])|"
    r"(?P<verb>(?:养|种|卖|拉|收|修|倒腾)[\u4e00-\u9fff]{1,8}?)(?:生意)?(?:的|$|[，,。；;\s])|"
    r"\b(?:run|own|have|operate|running|in) (?:an?|my|the) (?:small |little |"
    r"family )?(?P<en>[a-z][a-z ]{2,30}?)(?=[,.，]|$| in | with | and )|(?:i'?m|i am|we are|"
    r"we're) in (?P<en2>[a-z][a-z ]{2,30}?)(?=[,.，]|$)",
    re.IGNORECASE,
)
_NOT_A_TRADE = re.compile(
    r"^(?:了|始|几|多|十|\d|好|很|生意|业务|买卖|开始|什么|啥|到|过|那|这|完|得|不|饭$|车$|旺季|"
    r"淡季|半年|着|大概|差不多|个体|小本|自己|活$|老板|"
    r"[一二三四五六七八九两]+(?:年|万|个|家|间|辆)|business|shop$|store$|lot|few|look|question|"
    r"month|year|day|total|a )|^.(?:的|了|过|完|掉|到|不|出|得)|(?:年|个月|万|块钱|多久|多少钱?|"
    r"车位|钱|一下)$"
)
_IS = re.compile(r"(?:而?是|做)\s*(?P<words>[\u4e00-\u9fff]{2,8}?)(?:的|行业|生意)?[。.！!]?\s*$")
_EDGES = " \t，,。.！!？?；;~…、的了吧呢啊哦呀"


@dataclass(frozen=True, slots=True)
class Statements:
    """What a line states about the business.

    Attributes:
        updates: Slot to its quantity, in the slot's unit, or to words. Sales are per month or per
            year; 每天两三千 is 60,000 to 90,000 yuan a month.
        negated: The same for what the line takes back: 不是三辆.
        unsure: Whether the merchant hedges, or a slot was guessed from weak words.
    """

    updates: Mapping[str, Value] = field(default_factory=dict)
    negated: Mapping[str, Value] = field(default_factory=dict)
    unsure: bool = False


def _is_place(words: str) -> bool:
    """Whether the words are no more than a place: ``in Hangzhou``, 是杭州."""
    place = find_place(words)
    return place is not None and (words.isascii() or place == words) and len(words.split()) < 3


def simple_trade_words(text: str) -> str | None:
    """The words for the trade after 开, 做, 跑, ``I run a`` …, as said; None without any."""
    for found in _TRADE.finditer(text):
        words = (next((w for w in found.groups() if w), "")).strip(_EDGES)
        odd = _NOT_A_TRADE.search(words) or _is_place(words) or read_quantities(words)
        if len(words) >= 2 and not odd:
            return words
    return None


def read_statements(
    text: str,
    *,
    asked: str | None = None,
    told: Sequence[str] = (),
    industry_code: str | None = None,
    trade_words: TradeWords = simple_trade_words,
    today: date | None = None,
) -> Statements:
    """What a merchant's line states about the business.

    Args:
        text: The line as it was typed.
        asked: The slot that was asked for last, which takes a bare answer.
        told: The slots that the line before filled: 不对，是三个月 puts one of them right.
        industry_code: The trade as known so far, GB/T 4754; a haulier's 三台 are vehicles.
        trade_words: Finds the words for the trade in a line.
        today: For 2016年开的; the current date in UTC without it.
    """
    halves = split_correction(text)
    negated: dict[str, Value] = {}
    for wrong in halves.wrong:
        negated |= _stated(wrong, asked, industry_code)[0]
        if place := find_place(wrong):
            negated["region"] = place
        elif not read_quantities(wrong) and (words := _trade(wrong, trade_words)):
            negated["industry_words"] = words
    meant = next(iter(negated), None) if halves.wrong else None
    updates, unsure = _stated(halves.right, meant or asked, industry_code)
    if halves.of_last and (again := _put_right(halves.right, told, industry_code)):
        updates, unsure = again, False
    if since := years_since(halves.right, asked, today or datetime.now(UTC).date()):
        updates.setdefault("years_in_business", since)
    updates |= _words(halves.right, asked, trade_words, corrected=negated)
    return Statements(updates, negated, unsure or bool(updates and cues.HEDGE.search(text)))


def _put_right(
    text: str, told: Sequence[str], industry_code: str | None
) -> dict[str, Value] | None:
    """The slot of the line before that this line's figure fits; None where it fits none."""
    for slot in told:
        updates, _ = _stated(text, slot, industry_code)
        if slot in updates:
            return updates
    return None


def _stated(
    text: str, asked: str | None, industry_code: str | None
) -> tuple[dict[str, Value], bool]:
    """The slots that the quantities of a line fill, and whether one of them was guessed."""
    spans = read_quantities(text)
    parts: dict[str, list[Span]] = {}
    unsure = False
    for index, span in enumerate(spans):
        place = around(text, spans, index)
        if industry_code and industry_code.startswith("54"):
            span = _vehicles_of_a_haulier(text, span)
        slot, quantity, guessed = slot_of(place, span.quantity, asked)
        if slot is None:
            slot, quantity, guessed = bare_answer(place, span.quantity, asked, len(spans))
        if slot is not None:
            parts.setdefault(slot, []).append(replace(span, quantity=quantity))
            unsure = unsure or guessed
    updates: dict[str, Value] = {slot: _one(text, slot, found) for slot, found in parts.items()}
    for slot, quantity in nothing_for(text, asked).items():
        updates.setdefault(slot, quantity)
    return updates, unsure


def _one(text: str, slot: str, spans: list[Span]) -> Quantity:
    """Things counted one by one are added up; good and bad months make one range.

    Of other figures the first counts.
    """
    if slot in ("vehicle_count", "staff_count"):
        return total(text, spans)
    if slot == "monthly_sales_cny" and len(spans) > 1 and cues.UPS_AND_DOWNS.search(text):
        low = min(s.quantity.low for s in spans)
        return replace(spans[0].quantity, low=low, high=max(s.quantity.high for s in spans))
    return spans[0].quantity


def _vehicles_of_a_haulier(text: str, span: Span) -> Span:
    if span.quantity.unit is Unit.PIECE and text[span.start : span.end].rstrip()[-1:] in (
        "台",
        "部",
    ):
        return replace(span, quantity=replace(span.quantity, unit=Unit.VEHICLE))
    return span


def _words(
    text: str, asked: str | None, trade_words: TradeWords, *, corrected: Mapping[str, Value]
) -> dict[str, Value]:
    """The slots that hold words: trade, region, purpose."""
    clauses = [c for c in re.split(r"[，,。；;！!\n]", text) if not cues.QUESTION.search(c)]
    stated = "，".join(clauses)
    updates: dict[str, Value] = {}
    refuses = bool(cues.NO_ANSWER.search(stated))
    if (words := trade_words(stated)) and not _is_place(words):
        updates["industry_words"] = words
    elif "industry_words" in corrected and (found := _IS.search(stated)):
        updates["industry_words"] = found["words"]
    elif asked == "industry_words" and not refuses and (words := _bare_words(stated, 20)):
        updates["industry_words"] = words
    if place := find_place(stated, asked=asked == "region"):
        updates["region"] = place
    if purpose := _purpose(stated, asked, refuses):
        updates["purpose"] = purpose
    return updates


def _trade(wrong: str, trade_words: TradeWords) -> str | None:
    """The trade that is taken back: said with its verb or bare."""
    return trade_words(wrong) or trade_words(f"做{wrong}的")


def _purpose(text: str, asked: str | None, refuses: bool) -> str | None:
    if asked == "purpose" and not refuses and not read_quantities(text):
        words = re.sub(
            r"^(?:就是|主要|用来|用于|拿去|拿来|为了|想|要|去|for|to)+\s*", "", text.strip()
        )
        return _bare_words(words, 30)
    for found in cues.PURPOSE.finditer(text):
        if asked == "purpose" or cues.PURPOSE_BEFORE.search(
            text[max(0, found.start() - 10) : found.start()]
        ):
            return found.group()
    english = cues.PURPOSE_EN.search(text)
    return english[1].strip() if english else None


def _bare_words(text: str, most: int) -> str | None:
    words = text.strip(_EDGES)
    fits = 2 <= len(words) <= most and not re.search(r"\d", words)
    return words if fits else None


__all__ = ["UNIT_OF_SLOT", "Around", "Statements", "read_statements", "simple_trade_words"]
