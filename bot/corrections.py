"""What a merchant types over a field that was read, in the form in which fields are kept."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal, InvalidOperation

import cn2an

from bot.errors import BadValue

MAX_AMOUNT_CNY = Decimal(10**8)
"""More stands on no single paper of a small merchant; it is a slip of the unit."""
FEN = Decimal("0.01")
LONG_TERM = {"长期", "永久", "long term"}
_DATE = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*[日号]?")
_UNITS = re.compile(r"^[¥￥\s]+|(?:人民币|块钱|元整|圆整|元|圆|块|整|rmb|yuan)\s*$", re.IGNORECASE)


def clean_value(field: str, text: str) -> str:
    """The value for this field: yuan as ``300000.00``, dates as ``2026-01-31``, else the words.

    Args:
        field: Its name says its kind: ``…_cny`` an amount, ``…_on`` and ``…_until`` a date.
        text: What was typed, without blanks around it.

    Raises:
        BadValue: No amount above 0 and up to 100 million yuan; no such day.
    """
    if field.endswith("_cny"):
        return f"{_amount(text):.2f}"
    if field.endswith(("_on", "_until", "_from")):
        return text if text in LONG_TERM else _day(text).isoformat()
    return text


def _amount(text: str) -> Decimal:
    plain = _UNITS.sub("", _UNITS.sub("", text)).replace(",", "").replace("，", "").strip()
    try:
        value = Decimal(plain)
    except InvalidOperation:
        try:
            value = Decimal(str(cn2an.cn2an(plain, "smart")))
        except (ArithmeticError, LookupError, ValueError) as error:
            raise BadValue(text[:40]) from error
    if not value.is_finite() or not FEN <= value <= MAX_AMOUNT_CNY:
        raise BadValue(text[:40])
    return value


def _day(text: str) -> date:
    found = _DATE.fullmatch(text)
    try:
        return date(*(int(part) for part in found.groups())) if found else date.fromisoformat(text)
    except ValueError as error:
        raise BadValue(text[:40]) from error
