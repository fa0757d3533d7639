"""Chinese and Arabic numerals, exact or loose, into ranges.

The ranges of loose words are ours, narrow around what is meant:

    三五万, 两三百万   neighbouring digits: from the one to the other
    几万, 数十万       three to seven; 好几万: four to eight
    十几万, 三十几     one to nine of the next smaller unit
    一百来万           a twentieth, or a tenth of the unit, to either side
    一百多万, 二十余   up to half a unit more
    万把块             nine tenths to twelve tenths
    百八十万           eighty to a hundred and ten; 百十来万: about 100 to 115
    三万五, 3万5       the digit after a unit counts the next smaller unit
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

ONE = Decimal(1)
DIGITS = {
    c: Decimal(v)
    for v, cs in enumerate(["零", "一", "二两俩", "三仨", "四", "五", "六", "七", "八", "九"])
    for c in cs
}
TENS = {"十": Decimal(10), "百": Decimal(100), "千": Decimal(1_000)}
GROUPS = {
    "万": Decimal(10**4), "w": Decimal(10**4), "亿": Decimal(10**8), "k": Decimal(10**3),
    "达不溜": Decimal(10**4),
}  # fmt: skip
HAN_DIGIT = "一二两三四五六七八九"

_ARABIC = re.compile(r"(\d{1,3}(?:,\d{3})+(?![\d])(?:\.\d{1,6})?|\d{1,15}(?:\.\d{1,6})?)")
_PAIR = re.compile(
    rf"([{HAN_DIGIT}])、?([{HAN_DIGIT}])(?![零{HAN_DIGIT}])|(?<![\d.])([1-9])、([1-9])(?![\d.])"
)
_RUN = re.compile(rf"[零{HAN_DIGIT}]{{3,15}}")
_SOME = re.compile(r"[好大小]几|几(?!乎|何|率|时)|数(?=[十百千万亿])")
_SOME_FIRST = {"好": (4, 8), "大": (5, 9), "小": (2, 4), "几": (3, 7), "数": (3, 7)}
_SOME_LATER = {"好": (4, 9), "大": (5, 9), "小": (1, 4), "几": (1, 9), "数": (1, 9)}
_SPOKEN_DECIMAL = re.compile(
    r"([零一二两三四五六七八九]|"
    r"十[一二三四五六七八九]?)点([零一二三四五六七八九]{1,3})(?![十百千分钟])"
)
_GROUP = re.compile(r"\s?(?:个?达不溜)|\s?(?:万|亿|[wk](?![a-z]))|个(?:多|来)?(?:亿|w(?![a-z]))")
_LOOSE = re.compile(r"来(?![自源])|多(?!少|久|长|大)|余(?![额款下])")
_LONE = re.compile(
    r"[百千](?=[万亿]|[来多余把]|[平人块元个件亩家辆斤头只号十])|万(?=[来多余把元块])"
)
_HUNDRED_EIGHTY = re.compile(r"百儿?八十|千儿?八百|万儿?八千|万[把]?来?千")
_HUNDRED_TEN = re.compile(r"百十(?:来|多|几)?(?![一二三四五六七八九])")
_COUNTED_NEXT = re.compile(r"\s?(?:[个辆台名位口年天家成%米亩平人间张部]|月(?!流))")


@dataclass(frozen=True, slots=True)
class Number:
    """A number in a text and the range that it means.

    Attributes:
        start: Where it begins.
        end: Where it ends.
        low: Lower end, at least 0.
        high: Upper end.
        group: The magnitude that it names for the whole: 10,000 for 万, 1,000 for k, else 1.
        written: Whether it is large by its words (百, 千, 万, k …).
    """

    start: int
    end: int
    low: Decimal
    high: Decimal
    group: Decimal = ONE
    written: bool = False


@dataclass(frozen=True, slots=True)
class _Part:
    """A piece of a numeral; ``step`` is its smallest unit, for loose words after it."""

    end: int
    low: Decimal
    high: Decimal
    step: Decimal
    largest: Decimal = ONE
    bare_digit: bool = False


def read_chinese(text: str, at: int) -> Number | None:
    """The number that begins at a place of a normalised text; None where none begins."""
    low = high = Decimal(0)
    largest, cap, end = ONE, None, at
    while True:
        part = _section(text, end, first=end == at)
        if part is None:
            break
        group = _GROUP.match(text, part.end)
        size = GROUPS[group.group().strip().lstrip("个多来")] if group else None
        if group and size and (cap is None or size < cap):
            low, high = low + part.low * size, high + part.high * size
            cap, end, largest = size, group.end(), max(largest, size)
            if inner := _LOOSE.search(group.group()):
                low, high = _loosen(inner.group(), low, high, size)
            if loose := _LOOSE.match(text, end):
                low, high = _loosen(loose.group(), low, high, size)
                end = loose.end()
                break
            continue
        if size is not None:
            break
        if cap is None:
            low, high, end, largest = part.low, part.high, part.end, part.largest
        elif (tail := _tail(text, end, part, cap)) is not None:
            low, high, end = low + tail[0], high + tail[1], part.end
        break
    if end == at:
        return None
    return Number(at, end, low, high, cap or ONE, largest >= 100)


def _tail(text: str, at: int, part: _Part, cap: Decimal) -> tuple[Decimal, Decimal] | None:
    """What stands behind 万: 三万五 is 5,000 more, 三万五千 says so, 3万5个人 is another number."""
    if not part.bare_digit:
        counted = part.low >= 100 or text[at] == "零"
        return (part.low, part.high) if counted and part.high < cap else None
    if _COUNTED_NEXT.match(text, part.end):
        return None
    return part.low * cap / 10, part.high * cap / 10


def _section(text: str, at: int, *, first: bool) -> _Part | None:
    """A numeral below 万: digits with 千, 百, 十 in falling order, and a loose word."""
    if first and (special := _special(text, at)) is not None:
        return special
    low = high = Decimal(0)
    limit, largest, end, zero = Decimal(10_000), ONE, at, False
    while True:
        if end > at or not first:
            skipped = end
            while text[skipped : skipped + 1] == "零" and skipped < end + 3:
                skipped, zero = skipped + 1, True
        else:
            skipped = end
        digit = _digit(text, skipped, first=first and end == at)
        after = digit.end if digit else skipped
        unit = TENS.get(text[after : after + 1])
        bare_unit = unit == 10 and (limit > 10) and digit is None
        if unit and unit < limit and (digit or bare_unit or (end == at and _LONE.match(text, at))):
            low += (digit.low if digit else 1) * unit
            high += (digit.high if digit else 1) * unit
            limit, end, largest = unit, after + 1, max(largest, unit)
            if loose := _LOOSE.match(text, end):
                low, high = _loosen(loose.group(), low, high, unit)
                return _Part(loose.end(), low, high, unit, largest)
            if text.startswith("把", end) and digit is None:
                return _Part(end + 1, low * Decimal("0.9"), high * Decimal("1.2"), unit, largest)
            continue
        if digit is None or unit:
            break
        if end == at:
            return _lone_digit(text, digit, zero)
        if digit.step > 1 or digit.high > 9 or digit.low != int(digit.low):
            break
        if limit == 10 or zero:
            return _Part(digit.end, low + digit.low, high + digit.high, ONE, largest)
        if _COUNTED_NEXT.match(text, digit.end):
            break
        share = limit / 10
        return _Part(digit.end, low + digit.low * share, high + digit.high * share, share, largest)
    return _Part(end, low, high, limit, largest) if end > at else None


def _lone_digit(text: str, digit: _Part, zero: bool) -> _Part:
    """Digits without 十, 百, 千 behind them: 三, 三五, 20, 20多."""
    if digit.step > 1 or digit.high > 9:
        some = _SOME.match(text, digit.end)
        loose = _LOOSE.match(text, digit.end)
        if some and digit.step > 1:
            low, high = digit.low + digit.step / 10, digit.high + digit.step * 9 / 10
            return _Part(some.end(), low, high, digit.step)
        if loose:
            low, high = _loosen(loose.group(), digit.low, digit.high, digit.step)
            return _Part(loose.end(), low, high, digit.step)
    return _Part(
        digit.end, digit.low, digit.high, digit.step, bare_digit=digit.high < 10 and not zero
    )


def _digit(text: str, at: int, *, first: bool) -> _Part | None:
    """One digit, a pair of neighbours, a loose 几, a run of digits, or an Arabic number."""
    if found := _SOME.match(text, at):
        low, high = _SOME_FIRST[found.group()[0]] if first else _SOME_LATER[found.group()[0]]
        return _Part(found.end(), Decimal(low), Decimal(high), ONE)
    if (found := _PAIR.match(text, at)) and (pair := _pair(found)) is not None:
        return _Part(found.end(), *pair, ONE)
    if found := _RUN.match(text, at):
        value = Decimal("".join(str(DIGITS[c]) for c in found.group()))
        return _Part(found.end(), value, value, ONE)
    if found := _ARABIC.match(text, at):
        value = Decimal(found[1].replace(",", ""))
        return _Part(found.end(), value, value, _step(found[1].replace(",", "")))
    value_or_none = DIGITS.get(text[at : at + 1])
    if value_or_none is None or (value_or_none == 0 and not first):
        return None
    return _Part(at + 1, value_or_none, value_or_none, ONE)


def _pair(found: re.Match[str]) -> tuple[Decimal, Decimal] | None:
    first, second = found[1] or found[3], found[2] or found[4]
    low, high = (DIGITS.get(d) or Decimal(d) for d in (first, second))
    if (first, second) == ("三", "两"):
        return high, low
    return (low, high) if 1 <= high - low <= 2 else None


def _step(digits: str) -> Decimal:
    """The unit of the last digit that is not zero: 100 for 300, 10 for 120, 0.1 for 1.5."""
    whole, _, part = digits.partition(".")
    if part:
        return ONE.scaleb(-len(part))
    return ONE.scaleb(len(whole) - len(whole.rstrip("0"))) if whole.strip("0") else ONE


def _special(text: str, at: int) -> _Part | None:
    """百八十, 百十来, 万把, 半, and a lone 万 before its measure word."""
    if found := _HUNDRED_EIGHTY.match(text, at):
        top = Decimal(10_000) if text[at] == "万" else TENS[text[at]]
        return _Part(found.end(), top * Decimal("0.8"), top * Decimal("1.1"), top, top)
    if found := _HUNDRED_TEN.match(text, at):
        return _Part(found.end(), Decimal(100), Decimal(115), Decimal(10), Decimal(100))
    if text.startswith("万", at) and _LONE.match(text, at):
        ten_thousand, end = GROUPS["万"], at + 1
        low, high = ten_thousand, ten_thousand
        if text.startswith("把", end):
            low, high, end = low * Decimal("0.9"), high * Decimal("1.2"), end + 1
        elif loose := _LOOSE.match(text, end):
            low, high = _loosen(loose.group(), low, high, ten_thousand)
            end = loose.end()
        return _Part(end, low, high, ten_thousand, ten_thousand)
    if found := _SPOKEN_DECIMAL.match(text, at):
        whole = (
            TENS["十"] + DIGITS.get(found[1][1:], 0) if found[1][0] == "十" else DIGITS[found[1]]
        )
        part = Decimal("0." + "".join(str(DIGITS[c]) for c in found[2]))
        return _Part(found.end(), whole + part, whole + part, Decimal("0.1"))
    if text.startswith("半", at):
        return _Part(at + 1, Decimal("0.5"), Decimal("0.5"), Decimal("0.1"))
    return None


def _loosen(word: str, low: Decimal, high: Decimal, step: Decimal) -> tuple[Decimal, Decimal]:
    if word == "来":
        low_slack, high_slack = (max(v / 20, step / 10) for v in (low, high))
        return max(low - low_slack, Decimal(0)), high + high_slack
    return low, high + step / 2
