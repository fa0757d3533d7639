"""Which slots of the profile a merchant's line fills.

Each quantity of the line goes to the slot that the words beside it name; one that nothing
names goes to the slot that was asked for, if its unit fits. What is a question, or the wrong
half of a correction, fills nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import cache
from pathlib import Path

from actions.quantity import Span, read_quantities, read_quantity
from actions.quantity.reader import total
from bailing.terms import MONTHS_IN, Period, Quantity, Unit

Value = Quantity | str
TradeWords = Callable[[str], str | None]


@dataclass(frozen=True, slots=True)
class Statements:
    """What a line states: slot to a quantity in the slot's unit, or to words."""

    updates: Mapping[str, Value] = field(default_factory=dict)


UNIT_OF_SLOT: dict[str, Unit] = {
    "years_in_business": Unit.YEAR,
    "staff_count": Unit.PERSON,
    "annual_sales_cny": Unit.CNY,
    "monthly_sales_cny": Unit.CNY,
    "gross_margin": Unit.PERCENT,
    "amount_asked_cny": Unit.CNY,
    "receivable_days": Unit.DAY,
    "inventory_days": Unit.DAY,
    "payable_days": Unit.DAY,
    "vehicle_count": Unit.VEHICLE,
    "floor_area_sqm": Unit.SQM,
}
ASKED = re.compile(
    r"想(?:要|借|贷|提|再)|再(?:要|借|贷|给|加)|借我|要个|提到|加到|贷(?!款利)|申请|额度(?:提|加|涨|到)|"
    r"(?:need|borrow|raise|increase|want|like).{0,20}$",
    re.IGNORECASE,
)
RECEIVABLE = re.compile(
    r"货主|客户|回款|收款|收到钱|账期|结账|结一次|结算|对方|老板给|customers?|clients?|pay me|paid",
    re.I,
)
PAYABLE = re.compile(
    r"供应商|供货商|厂家|上家|进货.{0,6}(?:结|付)|油费|欠(?:人|别人|货款)|付(?:货款|给)|应付|suppliers?",
    re.I,
)
INVENTORY = re.compile(
    r"库存|存货|压货|囤|卖完|周转|货压|备货|stock lasts|inventory|in stock", re.I
)
NO_STOCK = re.compile(
    r"(?:没有?|不用|无|零)(?:什么)?(?:存货|库存|压货|囤货)|no (?:stock|inventory)", re.I
)
MARGIN = re.compile(r"毛利|利润|赚|净利|margin|profit", re.I)
COSTS = re.compile(
    r"房租|租金|工资|水电|电费|油费|成本|贷款|月供|欠|利息|rent|wages?|salary|cost", re.I
)
FIGURE_OF_STOCK = re.compile(r"(?:库存|存货|货值|压了?|stock).{0,6}$", re.I)
QUESTION = re.compile(
    r"[?？]\s*$|吗[。.]?$|^(?:为什么|为啥|怎么|能不能|可不可以|多少)|多少利息|利息多少|利率|够不够|够吗|"
    r"太少|太低|^(?:why|how|what|can|could|is|are|do|does)\b",
    re.I,
)
WRONG_HALF = re.compile(
    r"(?:不是|并非|不止|not)\s*[^，,。；;是]{1,16}(?=[，,。；;\s是])(?!.*不是)|(?:，|,)\s*(?:不是|not).{1,16}$",
    re.I,
)
PURPOSE = re.compile(
    r"(?:旺季|年底|节前|春节|开春)?(?:要|用来|用于|想|拿去|打算|准备)?"
    r"(租车|买车|换车|进货|备货|囤货|进(?:一?批)货|装修|扩店|开分店|租(?:店|房|仓库)|付工资|发工资|付货款|买设备|"
    r"换设备|垫资|垫款|周转|交房租|加盟|买料|买原料|修车)"
)
PURPOSE_EN = re.compile(
    r"\b(?:to|for)\s+((?:buy(?:ing)?|rent(?:ing)?|stock(?:ing)?|pay(?:ing)?|hir(?:e|ing))\s+[a-z ]{2,24}|rent|stock)\b",
    re.I,
)
TRADE = re.compile(
    r"(?:我是|我们是|主要|在[^，,]{1,6})?(?:开|做|跑|搞|经营|从事)(?:了|着|个|家|一家|一个|点)*"
    r"(?P<words>[\u4e00-\u9fff]{2,10}?)(?:生意|行业|这行|这块)?(?:的|$|[，,。；;\s])|"
    r"\bI (?:run|own|have|operate) (?:an?|my|the) (?P<en>[a-z][a-z ]{2,30}?)(?=[,.]|$| in | with )",
    re.I,
)
NOT_A_TRADE = re.compile(
    r"^(?:了|几|多|十|\d|好|很|生意|业务|买卖|开始|什么|到|过|那|这|完|得|不|饭$|车$|旺季|淡季|半年|[一二三四五六七八九两]+[年万])"
)
SKIPPABLE_ZERO = {"inventory_days", "receivable_days", "payable_days"}


@cache
def _places() -> re.Pattern[str]:
    names = (Path(__file__).parent / "places.txt").read_text(encoding="utf-8").split()
    return re.compile("|".join(sorted(names, key=len, reverse=True)))


def simple_trade_words(text: str) -> str | None:
    """The words for the trade after 开, 做, 跑 …, as the merchant said them; None without any."""
    for found in TRADE.finditer(text):
        words = (found["words"] or found["en"] or "").strip()
        if words and not NOT_A_TRADE.match(words):
            return words
    return None


def read_statements(
    text: str,
    *,
    asked: str | None = None,
    trade_words: TradeWords = simple_trade_words,
) -> Statements:
    """What a merchant's line states about the business.

    Args:
        text: The line as it was typed.
        asked: The slot that was asked for last, which takes a bare answer.
        trade_words: Finds the words for the trade in a line.

    Returns:
        Slot names of the profile with quantities in their units, or words. Amounts of sales
        are per month or per year; 每天两三千 is 60,000 to 90,000 a month.
    """
    right = WRONG_HALF.sub("，", text)
    if right.strip(" ，,") == "":
        right = text
    updates: dict[str, Value] = {}
    question = bool(QUESTION.search(text.strip()))
    if not question:
        _words(right, asked, trade_words, updates)
    spans = read_quantities(right)
    for span in spans:
        slot, quantity = _slot_of(right, span, spans, asked, question)
        if slot is not None and quantity is not None and slot not in updates:
            updates[slot] = quantity
    _vehicles(spans, updates)
    if not question:
        _unmeasured(right, asked, updates)
    return Statements(updates)


def _words(text: str, asked: str | None, trade: TradeWords, updates: dict[str, Value]) -> None:
    if words := trade(text):
        updates["industry_words"] = words
    elif asked == "industry_words" and 2 <= len(text.strip()) <= 20 and not re.search(r"\d", text):
        updates["industry_words"] = text.strip(" 。，,.的")
    if place := _places().search(text):
        updates["region"] = place.group()
    if purpose := PURPOSE.search(text):
        updates["purpose"] = purpose[1]
    elif purpose := PURPOSE_EN.search(text):
        updates["purpose"] = purpose[1].strip()


def _slot_of(
    text: str, span: Span, spans: tuple[Span, ...], asked: str | None, question: bool
) -> tuple[str | None, Quantity | None]:
    quantity = span.quantity
    before = _clause_before(text, span.start)
    clause = before + text[span.start : _clause_end(text, span.end)]
    match quantity.unit:
        case Unit.CNY:
            return _money(before, clause, quantity, asked, question)
        case Unit.DAY:
            return _days(clause, text, asked), quantity
        case Unit.PERCENT:
            fits = asked == "gross_margin" or MARGIN.search(clause)
            return ("gross_margin" if fits and not question else None), quantity
        case Unit.SQM if not question:
            return "floor_area_sqm", quantity
        case Unit.PERSON if not question:
            return "staff_count", quantity
        case Unit.VEHICLE if not question:
            return "vehicle_count", quantity
        case Unit.YEAR if not question:
            return "years_in_business", quantity
        case Unit.PIECE if asked in UNIT_OF_SLOT and not question:
            return _bare_for(asked, text, quantity)
    return None, None


def _money(
    before: str, clause: str, quantity: Quantity, asked: str | None, question: bool
) -> tuple[str | None, Quantity | None]:
    if ASKED.search(before) and quantity.period is None:
        return "amount_asked_cny", quantity
    if question or COSTS.search(before[-8:]) or FIGURE_OF_STOCK.search(before):
        return None, None
    if quantity.period is not None:
        if quantity.period is Period.YEAR or quantity.period is Period.HALF_YEAR:
            return "annual_sales_cny", _per(quantity, Period.YEAR)
        return "monthly_sales_cny", _per(quantity, Period.MONTH)
    if asked == "annual_sales_cny":
        return asked, replace(quantity, period=Period.YEAR)
    if asked == "monthly_sales_cny":
        return asked, replace(quantity, period=Period.MONTH)
    if asked == "amount_asked_cny":
        return asked, quantity
    if re.search(r"流水|营业|销售|进账|收入|卖|sales|turnover|revenue", clause, re.I):
        return "monthly_sales_cny", replace(quantity, period=Period.MONTH)
    return None, None


def _per(quantity: Quantity, period: Period) -> Quantity:
    if quantity.period is None or quantity.period is period:
        return replace(quantity, period=period)
    factor = MONTHS_IN[period] / MONTHS_IN[quantity.period]
    return replace(
        quantity,
        low=(quantity.low * factor).quantize(Decimal(1)),
        high=(quantity.high * factor).quantize(Decimal(1)),
        period=period,
    )


def _days(clause: str, text: str, asked: str | None) -> str | None:
    for slot, cue in (
        ("payable_days", PAYABLE),
        ("inventory_days", INVENTORY),
        ("receivable_days", RECEIVABLE),
    ):
        if cue.search(clause):
            return slot
    return asked if asked in SKIPPABLE_ZERO else None


def _bare_for(asked: str, text: str, quantity: Quantity) -> tuple[str | None, Quantity | None]:
    """A number without a measure word answers the question, in the unit that was asked for."""
    unit = UNIT_OF_SLOT[asked]
    if unit is Unit.CNY and quantity.high < 1_000:
        quantity = replace(quantity, low=quantity.low * 10_000, high=quantity.high * 10_000)
    period = {"monthly_sales_cny": Period.MONTH, "annual_sales_cny": Period.YEAR}.get(asked)
    return asked, replace(quantity, unit=unit, period=period)


def _vehicles(spans: tuple[Span, ...], updates: dict[str, Value]) -> None:
    counted = [s.quantity for s in spans if s.quantity.unit is Unit.VEHICLE]
    if len(counted) > 1 and "vehicle_count" in updates:
        updates["vehicle_count"] = total(counted)


def _unmeasured(text: str, asked: str | None, updates: dict[str, Value]) -> None:
    """Terms without a number: 现结, 月结, 没有存货."""
    nothing = Quantity(Decimal(0), Decimal(0), Unit.DAY)
    if NO_STOCK.search(text):
        updates.setdefault("inventory_days", nothing)
        return
    if asked == "inventory_days" and re.fullmatch(r"\s*(?:没有?|无|不压货|none|no)\s*[。.]?", text):
        updates.setdefault("inventory_days", nothing)
    if read_quantities(text):
        return
    terms = read_quantity(text)
    if terms is None or terms.unit is not Unit.DAY:
        return
    if PAYABLE.search(text):
        updates.setdefault("payable_days", terms)
    elif asked in ("receivable_days", "payable_days"):
        updates.setdefault(asked, terms)
    elif RECEIVABLE.search(text) or asked is None:
        updates.setdefault("receivable_days", terms)


def _clause_before(text: str, at: int) -> str:
    start = max((text.rfind(mark, 0, at) for mark in "，,。；;！!\n"), default=-1)
    return text[start + 1 : at]


def _clause_end(text: str, at: int) -> int:
    ends = [i for i in (text.find(mark, at) for mark in "，,。；;！!\n") if i >= 0]
    return min(ends, default=len(text))
