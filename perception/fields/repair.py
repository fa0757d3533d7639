"""Repair by knowledge: what a value must be, where the reader mixed up two letters.

Only what a rule proves is put right: a check digit that holds, a plate's own alphabet, digits
where only digits stand. What is put right says so, and keeps its raw text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations

from stdnum import luhn
from stdnum.cn import uscc

TO_DIGIT = str.maketrans("OoQDIl|iZSsBbGTqg", "00001111255886799")
"""Letters that stand for digits, where only digits can stand."""
SAME_SHAPE = {
    "0": "OQD", "1": "IL7T", "2": "Z7", "3": "8B", "4": "A", "5": "S6", "6": "G58", "7": "1T2",
    "8": "B36", "9": "G8", "A": "4", "B": "8", "C": "G", "D": "0", "E": "F", "F": "E", "G": "6C",
    "H": "N", "J": "1", "K": "X", "L": "1", "M": "N", "N": "MH", "P": "F", "R": "P", "S": "5",
    "T": "17", "U": "V", "V": "UY", "W": "V", "X": "K", "Y": "V", "Z": "2",
}  # fmt: skip
"""Letters that readers take for one another."""
HAN_ALIKE = str.maketrans("曰囗巳亠", "日口已一")
"""Chinese letters that no label or value holds, and what they were misread from."""
PROVINCES = "京津冀晋蒙辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝川贵云藏陕甘青宁新"
PROVINCE_ALIKE = {
    "翼": "冀", "糞": "冀", "昔": "晋", "普": "晋", "亲": "京", "泸": "沪", "护": "沪", "沈": "沪",
    "鲍": "鲁", "橡": "豫", "預": "豫", "预": "豫", "奥": "粤", "挂": "桂", "逾": "渝", "榆": "渝",
    "州": "川", "卅": "川", "责": "贵", "员": "贵", "去": "云", "陝": "陕", "陆": "陕", "丁": "宁",
    "淅": "浙", "折": "浙", "办": "苏", "湖": "湘", "相": "湘", "阅": "闽",
    "闵": "闽", "过": "辽", "古": "吉", "墨": "黑", "颜": "赣",
}  # fmt: skip
PLATE = re.compile(r"([\u4e00-\u9fff])([A-Z0-9])[·.•・\-\s]*([A-Z0-9]{5,6})(?![A-Z0-9])")
VIN = re.compile(r"[A-Z0-9]{17}")
VIN_NEVER = str.maketrans("IOQ", "100")
"""ISO 3779 knows no I, O and Q."""
VIN_VALUES = {
    **{str(d): d for d in range(10)},
    **dict(zip("ABCDEFGH", range(1, 9), strict=True)),
    **dict(zip("JKLMN", range(1, 6), strict=True)),
    "P": 7,
    "R": 9,
    **dict(zip("STUVWXYZ", range(2, 10), strict=True)),
}
VIN_WEIGHTS = (8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2)
REGIONS = {
    "11": "北京", "12": "天津", "13": "河北", "14": "山西", "15": "内蒙古", "21": "辽宁",
    "22": "吉林", "23": "黑龙江", "31": "上海", "32": "江苏", "33": "浙江", "34": "安徽",
    "35": "福建", "36": "江西", "37": "山东", "41": "河南", "42": "湖北", "43": "湖南",
    "44": "广东", "45": "广西", "46": "海南", "50": "重庆", "51": "四川", "52": "贵州",
    "53": "云南", "54": "西藏", "61": "陕西", "62": "甘肃", "63": "青海", "64": "宁夏",
    "65": "新疆",
}  # fmt: skip
"""The first two digits of a place's number (GB/T 2260)."""
CENT = Decimal("0.01")
TENTH = Decimal("0.1")


@dataclass(frozen=True, slots=True)
class Mended:
    """A value, how surely it is right by what is known of it, and whether it was put right."""

    value: str
    sure: float
    repaired: bool = False


def plate(text: str) -> Mended | None:
    """A vehicle's plate, by GA 36: a province, a letter, then five or six without I and O."""
    for hit in PLATE.finditer(re.sub(r"\s", "", text.upper())):
        place, office, rest = hit[1], hit[2], hit[3]
        mended = PROVINCE_ALIKE.get(place, place)
        if mended not in PROVINCES:
            continue
        office = {"0": "Q", "1": "L", "8": "B", "5": "S", "2": "Z", "4": "A"}.get(office, office)
        tail = rest.replace("O", "0").replace("I", "1")
        changed = (mended, office, tail) != (place, hit[2], rest)
        return Mended(mended + office + tail, 0.85 if changed else 0.97, changed)
    return None


def vin(text: str) -> Mended | None:
    """A vehicle's number, its check digit made to hold by one exchange where only one does."""
    compact = re.sub(r"[^A-Z0-9]", "", text.upper())
    hit = VIN.search(compact)
    if hit is None:
        return None
    read = hit.group()
    tidy = read.translate(VIN_NEVER)
    if vin_holds(tidy):
        return Mended(tidy, 0.99, tidy != read)
    fixes = {fix for fix in _exchanged(tidy, 1) if vin_holds(fix)}
    if len(fixes) == 1:
        return Mended(fixes.pop(), 0.8, True)
    return Mended(tidy, 0.6, tidy != read)


def vin_holds(code: str) -> bool:
    """Whether a vehicle's number has the check digit of ISO 3779 (its ninth letter)."""
    if len(code) != 17 or any(letter not in VIN_VALUES for letter in code):
        return False
    rest = sum(VIN_VALUES[c] * w for c, w in zip(code, VIN_WEIGHTS, strict=True)) % 11
    return code[8] == ("X" if rest == 10 else str(rest))


def _exchanged(code: str, most: int) -> set[str]:
    """The codes that differ by up to so many likely exchanges."""
    found = set()
    for places in combinations(range(len(code)), most):
        options = [""]
        for i, letter in enumerate(code):
            choices = SAME_SHAPE.get(letter, "") if i in places else letter
            options = [head + choice for head in options for choice in choices]
        found |= set(options)
    return found


def credit_code(code: str, address: str | None) -> Mended | None:
    """A credit code whose check digit fails, put right by one exchange and by its place.

    One exchange makes a wrong code valid too often to be trusted (see the room's decisions);
    where the address names the province that the code must begin with, only one is left.
    """
    region = next((n for n, name in REGIONS.items() if address and address.startswith(name)), None)
    if region is None or uscc.is_valid(code):
        return None
    fixes = {f for f in _exchanged(code, 1) if f[2:4] == region and uscc.is_valid(f)}
    return Mended(fixes.pop(), 0.75, True) if len(fixes) == 1 else None


def card_holds(number: str) -> bool:
    """Whether a bank card's number has its check digit (ISO/IEC 7812)."""
    return number.isdigit() and len(number) in (16, 17, 18, 19) and bool(luhn.is_valid(number))


def as_digits(text: str) -> str:
    """A number with the letters that stand for digits put right, where it is mostly digits."""
    digits = sum(letter.isdigit() for letter in text)
    return text.translate(TO_DIGIT) if digits * 2 >= len(text) else text


def balances(
    changes: Sequence[Decimal | None], kept: Sequence[Decimal | None]
) -> list[tuple[Decimal | None, bool]]:
    """What each row changes, put right where the balances before and after say otherwise.

    Args:
        changes: What was read as coming in (positive) or going out, in yuan.
        kept: The balance after each row, in yuan.

    Returns:
        For each row the change, and whether it was put right. Rows run either way in time.
    """
    forward = _agreeing(changes, kept, 1)
    backward = _agreeing(changes, kept, -1)
    step = 1 if forward >= backward else -1
    if max(forward, backward) * 2 < len(changes) - 1:
        return [(change, False) for change in changes]
    result: list[tuple[Decimal | None, bool]] = []
    for i, change in enumerate(changes):
        before, after = i - step, i
        said = _difference(kept, before, after)
        wrong = said is not None and said != change and _near(said, change)
        result.append((said, True) if wrong else (change, False))
    return result


def _agreeing(changes: Sequence[Decimal | None], kept: Sequence[Decimal | None], step: int) -> int:
    return sum(
        1
        for i, change in enumerate(changes)
        if _difference(kept, i - step, i) == change is not None
    )


def _difference(kept: Sequence[Decimal | None], before: int, after: int) -> Decimal | None:
    if not 0 <= before < len(kept):
        return None
    old, new = kept[before], kept[after]
    return None if old is None or new is None else new - old


def _near(said: Decimal, read: Decimal | None) -> bool:
    """Whether one misread digit or sign explains the difference; a lost value is explained too."""
    if read is None:
        return True
    one, other = f"{abs(said):.2f}", f"{abs(read):.2f}"
    if len(one) != len(other):
        return one.replace(".", "") in other or other.replace(".", "") in one
    return sum(a != b for a, b in zip(one, other, strict=True)) <= 1
