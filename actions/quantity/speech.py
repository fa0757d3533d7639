"""How Bailing says a quantity back: 20–30 万, 约 40 天, 3 辆, 200,000–300,000 yuan."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from bailing.terms import Period, Quantity, Unit

_WAN = Decimal(10_000)
_YI = Decimal(100_000_000)
_NARROW = Decimal("0.21")
"""A range narrower than this share of its middle is said as one number with 约, where the middle
is the rounder one."""
_UNITS_ZH = {
    Unit.CNY: " 元", Unit.PERCENT: "%", Unit.DAY: " 天", Unit.YEAR: " 年", Unit.SQM: " 平",
    Unit.PERSON: " 人", Unit.VEHICLE: " 辆", Unit.PIECE: " 个",
}  # fmt: skip
_UNITS_EN = {
    Unit.CNY: (" yuan", " yuan"), Unit.PERCENT: ("%", "%"), Unit.DAY: (" day", " days"),
    Unit.YEAR: (" year", " years"), Unit.SQM: (" m²", " m²"), Unit.PERSON: (" person", " people"),
    Unit.VEHICLE: (" vehicle", " vehicles"), Unit.PIECE: ("", ""),
}  # fmt: skip
_PERIODS_ZH = {
    Period.DAY: "一天", Period.WEEK: "一周", Period.MONTH: "一个月", Period.QUARTER: "一个季度",
    Period.HALF_YEAR: "半年", Period.YEAR: "一年",
}  # fmt: skip


def say_quantity(quantity: Quantity, language: str = "zh") -> str:
    """A quantity in the merchant's language, with its unit and, where it has one, its period.

    Args:
        quantity: What is said.
        language: ``zh`` or ``en``.
    """
    low, high, about = _ends(quantity)
    if language == "en":
        one = high == 1 and low == high
        unit = _UNITS_EN.get(quantity.unit, ("", ""))[0 if one else 1]
        period = f" a {quantity.period.value.replace('_', ' ')}" if quantity.period else ""
        if quantity.period is Period.HALF_YEAR:
            period = " every half year"
        return f"{'about ' if about else ''}{_span(low, high)}{unit}{period}"
    unit = _UNITS_ZH.get(quantity.unit, "")
    if quantity.unit is Unit.CNY and high >= _WAN:
        size, word = (_YI, " 亿") if low >= _YI else (_WAN, " 万")
        low, high, unit = low / size, high / size, word
    period = _PERIODS_ZH[quantity.period] + " " if quantity.period else ""
    return f"{period.strip() if about else period}{'约 ' if about else ''}{_span(low, high)}{unit}"


def _ends(quantity: Quantity) -> tuple[Decimal, Decimal, bool]:
    """The ends to say, and whether they are one rounded middle; ranges to three digits."""
    if quantity.low == quantity.high:
        return round(quantity.low, 2), round(quantity.high, 2), False
    low, high = _rounded(quantity.low), _rounded(quantity.high)
    middle = _rounded(quantity.middle)
    if low == high or middle <= 0:
        return low, high, False
    rounder = _digits(middle) < min(_digits(low), _digits(high)) or _digits(middle) == 1
    if rounder and (high - low) / middle <= _NARROW:
        return middle, middle, True
    return low, high, False


def _rounded(value: Decimal) -> Decimal:
    if value == 0 or not -3 < value.adjusted() < 15:
        return value
    return value.quantize(Decimal(1).scaleb(value.adjusted() - 2), ROUND_HALF_UP)


def _digits(value: Decimal) -> int:
    """How many digits carry a value: 1 for 40 or 200,000, 2 for 3.5."""
    return len(value.normalize().as_tuple().digits)


def _span(low: Decimal, high: Decimal) -> str:
    return _plain(low) if low == high else f"{_plain(low)}–{_plain(high)}"


def _plain(value: Decimal) -> str:
    text = f"{value:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
