"""From one quantity and the words around it to the slot that it fills."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from actions import statement_cues as cues
from actions.quantity import Span
from bailing.terms import MONTHS_IN, Period, Quantity, Unit

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
"""The unit in which each slot of numbers is kept."""

Found = tuple[str | None, Quantity, bool]
_DAY_SLOTS = ("receivable_days", "payable_days", "inventory_days")
_UNCLEAR_NO = ("receivable_days", "inventory_days", "vehicle_count")
_PERIOD_OF = {"monthly_sales_cny": Period.MONTH, "annual_sales_cny": Period.YEAR}
_CLAUSE = re.compile(r"[，,。；;！!？?\n]")
_SENTENCE = re.compile(r"[。；;！!？?\n]")
_SINCE = re.compile(
    r"(?P<year>(?:19|20)\d\d|[零〇一二三四五六七八九]{4}|(?<!\d)\d\d|"
    r"[零〇][零〇一二三四五六七八九])年\S{0,3}?(?:开|成立|注册|干|做|入行|起|到现在|创办|办|跑|"
    r"接手|就)|(?:从|自)\s*(?P<from>(?:19|20)\d\d)|\b(?:since|opened in|started in|from|"
    r"founded in)\s+(?P<since>(?:19|20)\d\d)|(?P<ago>去年|前年|今年)\S{0,6}?(?:开的|开业|开张|成立|"
    r"起步|刚开|才开|开始[做干跑])",
    re.IGNORECASE,
)
_BARE_YEAR = re.compile(r"\D{0,4}((?:19|20)\d\d)\s*年?\D{0,3}")
_HAN_DIGITS = str.maketrans("零〇一二三四五六七八九", "00123456789")


@dataclass(frozen=True, slots=True)
class Around:
    """A quantity's surroundings.

    Attributes:
        words: What was said for it, measure word included.
        left: The clause before it, since the quantity before.
        far_left: The sentence before it, since the quantity before.
        right: The rest of its clause, up to the next quantity.
        clause: The whole clause.
    """

    words: str
    left: str
    far_left: str
    right: str
    clause: str

    @property
    def asks(self) -> bool:
        """Whether its clause is a question or a complaint about the figure."""
        return bool(cues.QUESTION.search(self.clause))

    @property
    def counts_days(self) -> bool:
        """Whether it was said in days, not in months or years."""
        return bool(re.search(r"[天日]|\bdays?\b", self.words + self.right[:1]))


def around(text: str, spans: tuple[Span, ...], index: int) -> Around:
    """The words around the quantity with this index."""
    span = spans[index]
    since = spans[index - 1].end if index else 0
    until = spans[index + 1].start if index + 1 < len(spans) else len(text)
    far_left = _SENTENCE.split(text[since : span.start])[-1]
    right = _CLAUSE.split(text[span.end : until])[0]
    before = _CLAUSE.split(text[: span.start])[-1]
    after = _CLAUSE.split(text[span.end :])[0]
    words = text[span.start : span.end]
    return Around(words, _CLAUSE.split(far_left)[-1], far_left, right, before + words + after)


def slot_of(place: Around, quantity: Quantity, asked: str | None) -> Found:
    """The slot that a quantity fills by its unit and its surroundings.

    Returns:
        The slot or None, the quantity in the slot's unit and period, and whether it was guessed.
    """
    if quantity.unit is Unit.CNY:
        return _money(place, quantity, asked)
    if place.asks:
        return None, quantity, False
    near = place.left + "|" + place.right
    match quantity.unit:
        case Unit.DAY:
            return _days(place, quantity, asked)
        case Unit.YEAR:
            return _years(place, quantity, asked)
        case Unit.PERCENT:
            fits = asked == "gross_margin" or cues.MARGIN.search(place.far_left + place.right)
            wrong = cues.NOT_MARGIN.search(near)
            return ("gross_margin" if fits and not wrong else None), quantity, False
        case Unit.SQM:
            return (None if cues.NOT_PREMISES.search(near) else "floor_area_sqm"), quantity, False
        case Unit.PERSON:
            return (None if cues.CUSTOMERS.search(near) else "staff_count"), quantity, False
        case Unit.VEHICLE:
            wish = cues.WISH_TO_BUY.search(place.left) and asked != "vehicle_count"
            return (None if wish else "vehicle_count"), quantity, False
    return None, quantity, False


def bare_answer(place: Around, quantity: Quantity, asked: str | None, spans: int) -> Found:
    """A number without a measure word as the answer to what was asked, in its unit."""
    if asked not in UNIT_OF_SLOT or quantity.unit is not Unit.PIECE or place.asks:
        return None, quantity, False
    measure = place.words.strip()[-1:]
    unit, counted = UNIT_OF_SLOT[asked], measure in "个台部名位" and bool(measure)
    if (counted and unit not in (Unit.CNY, Unit.PERSON, Unit.VEHICLE)) or (
        not counted
        and not re.search(
            r"[\d零一二两三四五六七八九十百千万半几a-z+多来右下]$", place.words.strip()
        )
    ):
        return None, quantity, False
    if spans > 1 and counted and unit is Unit.CNY:
        return None, quantity, False
    factor = Decimal(1)
    if unit is Unit.CNY and quantity.high < 1_000:
        factor = Decimal(10_000)
    elif unit is Unit.PERCENT and quantity.high <= 1:
        factor = Decimal(100)
    answer = Quantity(quantity.low * factor, quantity.high * factor, unit, _PERIOD_OF.get(asked))
    return asked, answer, factor != 1


def nothing_for(text: str, asked: str | None) -> dict[str, Quantity]:
    """What a plain no states: no stock, no debts, nobody but the merchant.

    To how long customers take, how long goods lie or how many vehicles there are, a bare 没有 may
    as well mean that there is nothing to tell: it states nothing.
    """
    none = Quantity(Decimal(0), Decimal(0), Unit.DAY)
    if cues.NO_STOCK.search(text):
        return {"inventory_days": none}
    if not cues.NOTHING.fullmatch(text):
        return {}
    if asked in _UNCLEAR_NO and cues.BARE_NO.fullmatch(text):
        return {}
    if asked in _DAY_SLOTS:
        return {asked: none}
    if asked == "vehicle_count":
        return {asked: replace(none, unit=Unit.VEHICLE)}
    if asked == "staff_count":
        return {asked: Quantity(Decimal(1), Decimal(1), Unit.PERSON)}
    return {}


def years_since(text: str, asked: str | None, today: date) -> Quantity | None:
    """How long ago a year is that the line names as the start: 2016年开的; None without one."""
    found = _SINCE.search(text)
    if found:
        ago = {"今年": 0, "去年": 1, "前年": 2}.get(found["ago"] or "")
        digits = (found["year"] or found["from"] or found["since"] or "").translate(_HAN_DIGITS)
        year = today.year - ago if ago is not None else int(digits)
    elif asked == "years_in_business" and (bare := _BARE_YEAR.fullmatch(text)):
        year = int(bare[1])
    else:
        return None
    if year < 100:
        year += 2000 if year <= today.year % 100 else 1900
    if not 1900 <= year <= today.year:
        return None
    high = Decimal((today - date(year, 1, 1)).days) / 365
    low = max(high - 1, Decimal(0))
    return Quantity(round(low, 1), round(high, 1), Unit.YEAR)


def _money(place: Around, quantity: Quantity, asked: str | None) -> Found:
    role = _role(place)
    if role == "asked" and not cues.RATE_TALK.search(place.clause):
        return "amount_asked_cny", replace(quantity, period=None), False
    if place.asks or role in ("cost", "limit", "asked"):
        return None, quantity, False
    if quantity.period is not None:
        return _sales(quantity, quantity.period, asked)
    if (asked == "amount_asked_cny" and role is None) or asked in _PERIOD_OF:
        in_wan = quantity.high < 1_000 and not re.search(
            r"[块元钱¥￥]|yuan|rmb", place.words + place.right
        )
        factor = 10_000 if in_wan else 1
        low, high = quantity.low * factor, quantity.high * factor
        return asked, Quantity(low, high, Unit.CNY, _PERIOD_OF.get(asked)), in_wan
    if cues.SALES_WITHOUT_PERIOD.search(place.left + place.right):
        return "monthly_sales_cny", replace(quantity, period=Period.MONTH), True
    return None, quantity, False


def _role(place: Around) -> str | None:
    """What an amount is: the word nearest before it, else behind it, else earlier."""
    for words, last in ((place.left, True), (place.right, False), (place.far_left, True)):
        found = list(cues.MONEY_ROLE.finditer(words))
        if found:
            return str((found[-1] if last else found[0]).lastgroup)
    return None


def _sales(quantity: Quantity, period: Period, asked: str | None) -> Found:
    """Sales per month or per year: short periods to a month, half a year and longer to a year."""
    long = period in (Period.YEAR, Period.HALF_YEAR)
    if period in (Period.QUARTER, Period.HALF_YEAR) and asked in _PERIOD_OF:
        long = asked == "annual_sales_cny"
    target = Period.YEAR if long else Period.MONTH
    factor = MONTHS_IN[target] / MONTHS_IN[period]
    low, high = (
        (end * factor).quantize(Decimal(1), ROUND_HALF_UP) for end in (quantity.low, quantity.high)
    )
    slot = "annual_sales_cny" if long else "monthly_sales_cny"
    return slot, Quantity(low, high, Unit.CNY, target), False


def _days(place: Around, quantity: Quantity, asked: str | None) -> Found:
    near = place.left + "|" + place.words + place.right
    wide = place.far_left + "|" + place.words + place.right
    if asked == "years_in_business" and not cues.AGE.search(near) and place.counts_days:
        return None, quantity, False
    if asked == "years_in_business" and not any(
        cue.search(near) for cue in (cues.PAYABLE, cues.INVENTORY, cues.RECEIVABLE, cues.LOAN_TALK)
    ):
        return asked, _in_years(quantity), False
    for words in (near, wide):
        for slot in _DAY_SLOTS_BY_CUE:
            if _DAY_SLOTS_BY_CUE[slot].search(words):
                return slot, quantity, False
    if asked in _DAY_SLOTS:
        return asked, quantity, False
    if cues.AGE.search(place.left) and not cues.SETTLING.search(near):
        return "years_in_business", _in_years(quantity), False
    if cues.LOAN_TALK.search(near):
        return None, quantity, False
    if cues.STRONG_TERMS.search(near) or cues.SETTLING.search(place.right):
        return "receivable_days", quantity, True
    return None, quantity, False


_DAY_SLOTS_BY_CUE = {
    "payable_days": cues.PAYABLE,
    "inventory_days": cues.INVENTORY,
    "receivable_days": cues.RECEIVABLE,
}


def _years(place: Around, quantity: Quantity, asked: str | None) -> Found:
    near = place.left + "|" + place.right
    aged = cues.AGE.search(place.left)
    terms = asked in _DAY_SLOTS and (
        cues.SETTLING.search(near) or (quantity.high <= 1 and not aged)
    )
    if terms or any(cue.search(near) for cue in (cues.PAYABLE, cues.RECEIVABLE)):
        low, high = (Decimal(round(end * 360)) for end in (quantity.low, quantity.high))
        return _days(place, Quantity(low, high, Unit.DAY), asked)
    if asked != "years_in_business" and not cues.AGE.search(near) and cues.LOAN_TALK.search(near):
        return None, quantity, False
    return "years_in_business", quantity, False


def _in_years(days: Quantity) -> Quantity:
    low, high = (round(end / 365, 2) for end in (days.low, days.high))
    return Quantity(low, high, Unit.YEAR)
