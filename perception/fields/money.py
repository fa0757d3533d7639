"""Amounts in yuan as papers print them: figures, capitals, or both, which must agree."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation

from perception.fields import values
from perception.fields.repair import CENT, Mended

CAPITALS = "零壹贰叁肆伍陆柒捌玖拾佰仟万亿貳弍參陸萬〇"
IN_CAPITALS = re.compile(
    rf"[{CAPITALS}一二三四五六七八九十百千两式][{CAPITALS}一二三四五六七八九十百千两式]*"
    rf"[元圆園员](?:整|正|[{CAPITALS}]+角[{CAPITALS}]?分?整?|[{CAPITALS}]+分)?"
)
FIGURE = re.compile(r"(?<![A-Za-z0-9.,，])([¥￥羊Y]?)\s*(-?\d[\d,，.\s]*\d|\d)\s*(万元|万|元|圆)?")
SIGN = re.compile(r"[¥￥]")
BOTH, ONE, BARE = 1.0, 0.95, 0.85
"""How surely an amount is one: said twice, marked as money, or a bare number."""


def amount(text: str, *, in_ten_thousands: bool = False) -> Mended | None:
    """The amount that a text states.

    Args:
        text: Figures, capitals or both.
        in_ten_thousands: The label says that figures are in 万元.

    Returns:
        A decimal string with two places. Where capitals and figures differ, the capitals stand:
        a letter of theirs is rarely taken for another, a lost comma or digit is.
    """
    said = _capitals(text)
    figures = _figures(text, 10_000 if in_ten_thousands else 1)
    if said is None:
        if not figures:
            return None
        value, sure = figures[0]
        return Mended(f"{value:.2f}", sure)
    if not figures:
        return Mended(f"{said:.2f}", ONE)
    if any(abs(said - value) < CENT for value, _ in figures):
        return Mended(f"{said:.2f}", BOTH)
    return Mended(f"{said:.2f}", 0.7, True)


def figure(text: str) -> Decimal | None:
    """The only number of a cell, in yuan; None where it holds none."""
    tidy = re.sub(r"[^\d.,，\-−+()（）]", "", text.replace("—", "-").replace("－", "-"))
    below = bool(re.match(r"^[(（].*[)）]$", tidy)) or tidy.startswith(("-", "−"))
    value = _number(re.sub(r"[()（）+−\-]", "", tidy))
    if value is None:
        return None
    return -value if below else value


def _capitals(text: str) -> Decimal | None:
    tidy = re.sub(r"零[拾佰仟]", "零", re.sub(r"\s", "", text))
    hit = IN_CAPITALS.search(tidy)
    if hit is None or not set(hit.group()) & set(CAPITALS + "一二三四五六七八九"):
        return _spaced_capitals(tidy)
    return values.capital_number(hit.group())


def _spaced_capitals(text: str) -> Decimal | None:
    """The capitals of a form with printed units: 零拾伍万叁仟..., with nothing but them."""
    hit = re.search(rf"[{CAPITALS}]{{2,}}", text)
    return values.capital_number(hit.group()) if hit and len(hit.group()) >= 3 else None


def _figures(text: str, factor: int) -> list[tuple[Decimal, float]]:
    """Every number with how surely it is money, the surest first."""
    found = []
    for hit in FIGURE.finditer(text):
        value = _number(re.sub(r"\s", "", hit[2]))
        if value is None:
            continue
        times = 10_000 if hit[3] in ("万元", "万") else factor
        marked = bool(hit[1]) or bool(hit[3])
        exact = bool(re.search(r"\.\d{2}$", hit[2]))
        sure = ONE if marked or exact else BARE
        found.append((value * times, sure))
    return sorted(found, key=lambda item: -item[1])


def _number(text: str) -> Decimal | None:
    """A number whose commas may have been read as points, and the other way round."""
    tidy = text.replace("，", ",").strip(",.")
    head, point, tail = tidy.rpartition(".")
    if point and len(tail) == 3 and re.fullmatch(r"\d{1,3}(?:[.,]\d{3})*", head):
        head, tail = head + tail, ""
    elif not point:
        head, tail = tidy, ""
        if re.fullmatch(r"\d+,\d{2}", tidy):
            head, tail = tidy.split(",")
    digits = re.sub(r"[.,]", "", head)
    try:
        return Decimal(f"{digits}.{tail}" if tail else digits)
    except InvalidOperation:
        return None
