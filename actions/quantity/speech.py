"""How Bailing says a quantity back: 20–30 万, 约 40 天, 3 辆."""

from __future__ import annotations

from decimal import Decimal

from bailing.terms import Period, Quantity, Unit

TEN_THOUSAND = 10_000
UNITS = {
    Unit.PERCENT: ("%", "%"),
    Unit.DAY: (" 天", " days"),
    Unit.YEAR: (" 年", " years"),
    Unit.SQM: (" 平", " m²"),
    Unit.PERSON: (" 人", " people"),
    Unit.VEHICLE: (" 辆", " vehicles"),
    Unit.PIECE: (" 个", ""),
}
PERIODS = {
    Period.DAY: ("一天", " a day"),
    Period.WEEK: ("一周", " a week"),
    Period.MONTH: ("一个月", " a month"),
    Period.QUARTER: ("一季度", " a quarter"),
    Period.HALF_YEAR: ("半年", " in half a year"),
    Period.YEAR: ("一年", " a year"),
}


def say_quantity(quantity: Quantity, language: str = "zh") -> str:
    """The quantity in ``zh`` or ``en``, short enough for a bubble."""
    english = language == "en"
    period = PERIODS[quantity.period][english] if quantity.period else ""
    if quantity.unit is Unit.CNY:
        amount = _money_en(quantity) if english else _money_zh(quantity)
        return f"{amount}{period}" if english else f"{period} {amount}".strip()
    return _range(quantity.low, quantity.high) + UNITS[quantity.unit][english]


def _money_zh(quantity: Quantity) -> str:
    if quantity.high >= TEN_THOUSAND:
        unit = Decimal(TEN_THOUSAND)
        return f"{_range(quantity.low / unit, quantity.high / unit)} 万"
    return f"{_range(quantity.low, quantity.high)} 元"


def _money_en(quantity: Quantity) -> str:
    low, high = f"{quantity.low:,.0f}", f"{quantity.high:,.0f}"
    return f"{low} yuan" if low == high else f"{low}–{high} yuan"


def _range(low: Decimal, high: Decimal) -> str:
    first, last = _plain(low), _plain(high)
    return first if first == last else f"{first}–{last}"


def _plain(value: Decimal) -> str:
    return f"{value:.1f}".rstrip("0").rstrip(".")
