"""Written numbers, Chinese and Arabic, exact or loose, into ranges.

Loose forms and what they mean here (the ranges are ours, chosen from how people use them):

    三五万       30,000-50,000        neighbouring digits: from the one to the other
    十来万       100,000-130,000      来, 多, 几 after a number: up to three tenths of its unit more
    十几万       110,000-190,000      几 as a digit: one to nine
    小两百万     180,000-200,000      小, 近, 将近, 不到, 快: a tenth less
    十万出头     100,000-110,000      出头: a tenth more
    百八十万     800,000-1,000,000    百八十: eighty to a hundred
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

DIGITS = {
    "零": 0, "〇": 0, "一": 1, "壹": 1, "幺": 1, "二": 2, "两": 2, "俩": 2, "贰": 2, "三": 3,
    "仨": 3, "叁": 3, "四": 4, "肆": 4, "五": 5, "伍": 5, "六": 6, "陆": 6, "七": 7, "柒": 7,
    "八": 8, "捌": 8, "九": 9, "玖": 9,
}  # fmt: skip
TENS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1_000, "仟": 1_000}
GROUPS = {"万": 10_000, "萬": 10_000, "w": 10_000, "亿": 100_000_000}
LATIN = {"k": 1_000, "m": 1_000_000, "thousand": 1_000, "million": 1_000_000, "grand": 1_000}
ENGLISH = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6,
    "seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "fifteen": 15,
    "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70,
    "eighty": 80, "ninety": 90, "hundred": 100,
}  # fmt: skip

HAN = "零〇一壹幺二两俩贰三仨叁四肆五伍六陆七柒八捌九玖"
HAN_NUMBER = rf"[{HAN}十拾百佰千仟万萬亿几数半]+"
ARABIC = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
LOOSE_AFTER = r"(?:来|多|余|几|好几)"
NUMBER = re.compile(
    rf"(?P<arabic>{ARABIC})(?P<loose1>{LOOSE_AFTER})?\s*(?P<scale>万|萬|亿|千|百|十|w(?![a-z])|"
    rf"k(?![a-z])|m(?![a-z])|(?:thousand|million|grand)\b)?(?P<loose2>{LOOSE_AFTER})?"
    rf"(?(scale)(?P<tail>[{HAN}\d](?![\d.%成个]))?)|(?P<han>{HAN_NUMBER}(?:{LOOSE_AFTER}[十百千万亿]*)?)",
    re.IGNORECASE,
)
LESS = re.compile(
    r"(?:小|近|将近|接近|不到|不足|差不多快|快|almost|nearly|under|less than)\s*$", re.I
)
MORE = re.compile(r"(?:超过|至少|起码|over|more than|at least)\s*$", re.I)
JUST_OVER = re.compile(r"^\s*(?:出头|挂零|冒头|开外|往上|以上|多点|多一点)")
LOOSE_SHARE = Decimal("0.3")
TENTH = Decimal("0.1")


@dataclass(frozen=True, slots=True)
class Number:
    """A number found in a text: where it stands and the range that it means.

    ``scaled`` says whether it named its own magnitude (万, k …).
    """

    start: int
    end: int
    low: Decimal
    high: Decimal
    scaled: bool


def han_value(text: str) -> Decimal | None:
    """The value of an exact Chinese numeral (一百二十万, 三万五); None where it is none."""
    total, group, digit, last_unit = Decimal(0), Decimal(0), None, Decimal(1)
    for char in text:
        if char in DIGITS:
            if digit is not None:
                return None
            digit = Decimal(DIGITS[char])
            if char in "零〇":
                digit, last_unit = None, Decimal(10)
        elif char in TENS:
            unit = Decimal(TENS[char])
            group += (digit if digit is not None else Decimal(1)) * unit
            digit, last_unit = None, unit
        elif char in GROUPS:
            unit = Decimal(GROUPS[char])
            value = group + (digit or 0)
            if value == 0 and total == 0:
                value = Decimal(1)
            total = (total + value) * unit if unit > 10_000 and total else total + value * unit
            group, digit, last_unit = Decimal(0), None, unit
        else:
            return None
    if digit is not None:
        colloquial = last_unit >= 100 and not text.endswith(("零" + text[-1], "〇" + text[-1]))
        group += digit * (last_unit / 10 if colloquial else 1)
    return total + group


def han_range(text: str) -> tuple[Decimal, Decimal, bool] | None:
    """The range that a Chinese numeral means, and whether it names its magnitude.

    ``None`` where it is no number (a lone 万, 几 or 半).
    """
    if text in ("几", "数", "半", "万", "亿", "百", "千", "十万火急"):
        return {"半": (Decimal("0.5"), Decimal("0.5"), False)}.get(text) or (
            (Decimal(3), Decimal(9), False) if text in ("几", "数") else None
        )
    scaled = any(c in GROUPS or c in "千仟" for c in text)
    for read in (_hundred_eighty, _digit_pair, _some_digit, _and_half, _loose):
        if (found := read(text)) is not None:
            return (*found, scaled)
    value = han_value(text)
    return None if value is None else (value, value, scaled)


def _hundred_eighty(text: str) -> tuple[Decimal, Decimal] | None:
    found = re.fullmatch(r"百八十([万亿]?)", text) or re.fullmatch(r"千八百(万?)", text)
    if not found:
        return None
    unit = Decimal(GROUPS.get(found[1], 1))
    top = Decimal(100 if text[0] == "百" else 1_000)
    return top * Decimal("0.8") * unit, top * unit


def _digit_pair(text: str) -> tuple[Decimal, Decimal] | None:
    """三五万, 二三十万, 七八千, 一两百, 十七八万, 一百二三十万."""
    found = re.search(rf"([{HAN[2:]}])([{HAN[2:]}])", text)
    if not found or DIGITS[found[1]] >= DIGITS[found[2]]:
        return None
    low = han_value(text[: found.start()] + found[1] + text[found.end() :])
    high = han_value(text[: found.start()] + found[2] + text[found.end() :])
    return None if low is None or high is None else (low, high)


def _some_digit(text: str) -> tuple[Decimal, Decimal] | None:
    """十几万, 几十万, 好几千, 二十几, 几万: 几 stands for a digit."""
    if not re.search(r"[几数]", text):
        return None
    place = re.search(r"[几数]", text)
    if place is None:
        return None
    leads = place.start() == 0
    low, high = ("三", "九") if leads else ("一", "九")
    first = han_value(text[: place.start()] + low + text[place.end() :])
    last = han_value(text[: place.start()] + high + text[place.end() :])
    return None if first is None or last is None else (first, last)


def _and_half(text: str) -> tuple[Decimal, Decimal] | None:
    """两万半 (rare) and 半: 一百万半; 个半 is read with its measure word."""
    if not text.endswith("半") or len(text) < 2:
        return None
    whole = han_value(text[:-1])
    if whole is None:
        return None
    unit = Decimal({**TENS, **GROUPS}.get(text[-2], 1))
    return whole + unit / 2, whole + unit / 2


def _loose(text: str) -> tuple[Decimal, Decimal] | None:
    """三十来万, 两千多, 一百来万, 万把, 十多万, 二十余万."""
    found = re.fullmatch(r"(.+?)(?:来|多|余)([十百千万亿]*)", text)
    if not found:
        return None
    base = han_value(found[1])
    if base is None:
        return None
    unit = Decimal({**TENS, **GROUPS}.get(found[1][-1], 1))
    scale = Decimal(1)
    for char in found[2]:
        scale *= Decimal({**TENS, **GROUPS}[char])
    share = unit * (LOOSE_SHARE if unit > 1 else Decimal("0.8"))
    if unit >= 100 and found[1][0] not in "一百千万":
        share = unit / 2
    return base * scale, (base + share) * scale


def find_numbers(text: str) -> list[Number]:
    """Every number of a text, in order, with the range that it means."""
    numbers: list[Number] = []
    text = text.replace("个亿", "亿 ")
    for found in NUMBER.finditer(text):
        read = _arabic(found) if found["arabic"] else han_range(found["han"])
        if read is None:
            continue
        low, high, scaled = read
        low, high = _around(text, found.start(), found.end(), low, high)
        numbers.append(Number(found.start(), found.end(), low, high, scaled))
    return numbers + [n for n in _english(text) if not _overlaps(n, numbers)]


def _overlaps(number: Number, others: list[Number]) -> bool:
    return any(number.start < o.end and o.start < number.end for o in others)


def _arabic(found: re.Match[str]) -> tuple[Decimal, Decimal, bool] | None:
    value = Decimal(found["arabic"].replace(",", ""))
    scale_word = (found["scale"] or "").lower()
    scale = Decimal({**TENS, **GROUPS, **LATIN}.get(scale_word, 1))
    low = high = value * scale
    if found["loose1"] or found["loose2"]:
        step = Decimal(10) ** max(0, len(str(int(value))) - 1) * scale * LOOSE_SHARE
        if found["loose2"] and scale > 1:
            step = scale / 2
        high = low + step
    if found["tail"] and scale >= 1_000:
        tail = found["tail"]
        low = high = (
            low + Decimal(DIGITS.get(tail, int(tail) if tail.isdigit() else 0)) * scale / 10
        )
    return low, high, scale > 1


def _around(
    text: str, start: int, end: int, low: Decimal, high: Decimal
) -> tuple[Decimal, Decimal]:
    before, after = text[max(0, start - 12) : start], text[end : end + 6]
    if LESS.search(before):
        return low * (1 - TENTH), high
    if MORE.search(before) or JUST_OVER.search(after):
        return low, high * (1 + TENTH)
    return low, high


ENGLISH_NUMBER = re.compile(
    r"\b(?:half a (?P<half>million|thousand)|(?P<words>(?:an? (?=hundred|thousand|million))?(?:(?:"
    + "|".join(ENGLISH)
    + r"|thousand|million)\b[\s-]*(?:and\s+)?)+))",
    re.IGNORECASE,
)


def _english(text: str) -> list[Number]:
    numbers: list[Number] = []
    for found in ENGLISH_NUMBER.finditer(text):
        if found["half"]:
            value = Decimal(LATIN[found["half"].lower()]) / 2
        else:
            words = re.findall(r"[a-z]+", found["words"].lower())
            words = [w for w in words if w not in ("and", "a", "an")]
            value = _english_value(words)
        end = found.start() + len(found.group().rstrip(" -"))
        low, high = _around(text, found.start(), end, value, value)
        numbers.append(Number(found.start(), end, low, high, value >= 1_000))
    return numbers


def _english_value(words: list[str]) -> Decimal:
    total, group = Decimal(0), Decimal(0)
    for word in words:
        if word in ("thousand", "million"):
            total += (group or Decimal(1)) * LATIN[word]
            group = Decimal(0)
        elif word == "hundred":
            group = (group or Decimal(1)) * 100
        else:
            group += ENGLISH[word]
    return total + group
