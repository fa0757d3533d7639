"""From the letters on a paper to normal values: codes, dates, amounts, names."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal, InvalidOperation

from stdnum.cn import uscc

CODE_CHARS = "0-9A-HJ-NPQRTUWXY"
CODE = re.compile(rf"(?<![0-9A-Z])[{CODE_CHARS}OIZS]{{18}}(?![0-9A-Z])")
CONFUSED = {
    "O": "0",
    "I": "1",
    "Z": "2",
    "S": "5",
    "B": "8",
    "8": "B",
    "0": "D",
    "D": "0",
    "Q": "0",
}
"""Letters that a reader takes for one another, and what they may have been."""
DATE = re.compile(r"(\d{4})\s*[年\-./]\s*(\d{1,2})\s*[月\-./]\s*(\d{1,2})\s*[日号]?")
HAN_DATE = re.compile(
    r"([〇零○ΟO一二三四五六七八九]{4})年([一二三四五六七八九十]{1,3})月([一二三四五六七八九十]{1,3})日"
)
AMOUNT = re.compile(r"(?:[¥￥Y羊]\s*)?(-?\d{1,3}(?:[,，]\d{3})+(?:\.\d{1,2})?|-?\d+(?:\.\d{1,2})?)")
LONG_TERM = re.compile(r"长期|无固定期限|永久")
HAN_DIGITS = {c: str(i) for i, c in enumerate("〇一二三四五六七八九")} | dict.fromkeys("零○ΟO", "0")


def credit_code(text: str) -> tuple[str, bool] | None:
    """The 18-letter code in a text, and whether its check digit holds (GB 32100).

    A misread letter is mended only where exactly one exchange of commonly confused letters
    makes the check digit hold.
    """
    plain = re.sub(r"[\s:：]", "", text.upper())
    for found in CODE.finditer(plain):
        code = found.group()
        if uscc.is_valid(code):
            return code, True
        mended = _mended(code)
        return (mended, True) if mended else (code, False)
    return None


def _mended(code: str) -> str | None:
    fixed = "".join({"O": "0", "I": "1", "Z": "2", "S": "5"}.get(c, c) for c in code)
    if uscc.is_valid(fixed):
        return fixed
    options = {
        fixed[:i] + CONFUSED[c] + fixed[i + 1 :] for i, c in enumerate(fixed) if c in CONFUSED
    }
    valid = [o for o in options if uscc.is_valid(o)]
    return valid[0] if len(valid) == 1 else None


def iso_date(text: str) -> str | None:
    """The first date in a text, ISO; None where there is no real one."""
    for year, month, day in DATE.findall(text):
        if found := _date(int(year), int(month), int(day)):
            return found
    for year, month, day in HAN_DATE.findall(text):
        digits = "".join(HAN_DIGITS[c] for c in year)
        if found := _date(int(digits), _han_small(month), _han_small(day)):
            return found
    return None


def last_date(text: str) -> str | None:
    """The last date in a text, ISO, or ``long_term``; None where there is neither."""
    if LONG_TERM.search(text):
        return "long_term"
    dates = [d for y, m, dd in DATE.findall(text) if (d := _date(int(y), int(m), int(dd)))]
    return dates[-1] if dates else None


def _date(year: int, month: int, day: int) -> str | None:
    try:
        return date(year, month, day).isoformat() if 1900 <= year <= 2100 else None
    except ValueError:
        return None


def _han_small(text: str) -> int:
    if text == "十":
        return 10
    tens, _, ones = text.rpartition("十")
    if "十" not in text:
        return int(HAN_DIGITS.get(text[-1], "0"))
    return int(HAN_DIGITS.get(tens, "1") if tens else "1") * 10 + int(
        HAN_DIGITS.get(ones, "0") if ones else "0"
    )


def amount(text: str) -> str | None:
    """The last amount in a text as a decimal string with two places; None without one."""
    found = AMOUNT.findall(text)
    if not found:
        return None
    try:
        value = Decimal(found[-1].replace(",", "").replace("，", ""))
    except InvalidOperation:
        return None
    return f"{value:.2f}"


def digits(text: str) -> str | None:
    """The longest run of digits (spaces let through); None under six."""
    runs = re.findall(r"\d[\d ]{4,}\d", text)
    plain = [r.replace(" ", "") for r in runs]
    return max(plain, key=len) if plain else None
