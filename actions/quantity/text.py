"""A merchant's line as the reader sees it: one shape for each character, no dates and codes.

Every step keeps the length of the text, so that a place in the result is the same place in
what was typed.
"""

from __future__ import annotations

import re

MAX_CHARS = 4_000
"""Longer text is not looked at; the gateway refuses it before."""
BLANK = "□"
"""Stands for what is no quantity: dates, clock times, telephone numbers, plates."""

_WIDE = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F) if chr(code) not in "，；！？：～"}
_SAME = {
    "萬": "万", "兩": "两", "個": "个", "塊": "块", "輛": "辆", "億": "亿", "幾": "几",
    "來": "来", "餘": "余", "台": "台", "臺": "台", "畝": "亩", "員": "员", "車": "车",
    "間": "间", "張": "张", "號": "号", "點": "点", "％": "%", "￥": "¥", "〇": "零",
    "㎡": "㎡", "²": "²", "‐": "-", "‑": "-", "–": "-", "—": "-", "－": "-", "～": "~",
    "\u3000": " ", "\u00a0": " ", "’": "'",
}  # fmt: skip
_TABLE: dict[int, int | str] = {**_WIDE, **{ord(a): b for a, b in _SAME.items()}}
_FORMAL = re.compile("[壹贰叁肆伍陆柒捌玖拾佰仟零一二三四五六七八九十百千万亿]{2,40}")
_PLAIN = str.maketrans("壹贰叁肆伍陆柒捌玖拾佰仟", "一二三四五六七八九十百千")
_WIDE_COMMA = re.compile("(?<=[０-９])，(?=[０-９]{3})")
_LATIN = re.compile("[A-Z]+")
_DIGITS_OF_YEAR = "[零一二三四五六七八九]"

NO_QUANTITY = re.compile(
    rf"(?=[\da-z零一二三四五六七八九十第周星双百千万统唯有])(?:(?:19|"
    rf"20)\d\d\s*[-/.年]\s*\d{{1,2}}(?!\d)(?:\s*[-/.月]\s*\d{{1,2}}(?!\d)[日号]?)?(?![万千百%亩平])|"
    rf"(?<!\d)(?:19|20)\d\d年(?![多半])|(?<![\d十])\d\d年(?=开|成立|注册|入行|开始|就|到现在|到今)|"
    rf"{_DIGITS_OF_YEAR}{{4}}年|(?<![一二三四五六七八九十百])零[零一二三四五六七八九]年|"
    rf"(?:\d{{1,2}}|十?[一二三四五六七八九十])月(?:\d{{1,2}}|[一二三四五六七八九十]{{1,3}})[日号]|"
    rf"(?<![\d个])\d{{1,2}}月(?:份|底|初|中旬|(?=做|卖|流水|营业|销|收入))|"
    rf"(?<![个几十])十?[一二三四五六七八九十]月(?:份|底|初|中旬|(?=做|卖|流水|营业|销|收入))|"
    rf"(?<![\d.,])1\d{{10}}(?!\d)|\d{{2,4}}-\d{{3,4}}-\d{{3,4}}|\d{{1,2}}:\d\d|\d{{16,}}|"
    rf"(?<![a-z\d])(?!rmb|cny|net|about|over|around|approx|[mn]2?(?:\W|\Z)|m2|"
    rf"n\d\d\b)[a-z]{{1,12}}[-_]?\d{{1,8}}[a-z\d]*|\b(?:since|in|from|until|till)\s+(?:19|"
    rf"20)\d\d\b(?!\s*(?:yuan|rmb|a |per))|第\s*(?:\d{{1,4}}|"
    rf"[一二三四五六七八九十百]{{1,4}})(?!季度)|第[一1]季度|第?[二三四234]季度(?!一?结)|"
    rf"(?<![每一两二三四个\d])(?:周|星期)[一二三四五六日](?![万千百十两几\d个])|双十[一二]|三轮|"
    rf"四轮|二手|三方|五金|百货|千万(?=别|不|要|记|得|注意|小心)|"
    rf"(?<![一二两三四五六七八九十百千几多来\d])万一|一百个放心|"
    rf"一[下起般样直定些旦致概律切同边会再贯](?!子?年)|一点儿?(?!\d)|有[几一]?点|百分百(?=放心|"
    rf"确定|是))"
)
"""What looks like a number and states no quantity."""


def normalise(text: str) -> str:
    """The text in one shape: narrow, lower case, simplified where numbers are concerned."""
    text = _WIDE_COMMA.sub(",", text[:MAX_CHARS]).translate(_TABLE)
    text = _LATIN.sub(lambda found: found.group().lower(), text)
    return _FORMAL.sub(lambda found: _plain(found.group()), text)


def blank_out(text: str) -> str:
    """The normalised text with dates, codes and set phrases blanked."""
    return NO_QUANTITY.sub(lambda found: BLANK * len(found.group()), text)


def _plain(run: str) -> str:
    return run.translate(_PLAIN) if any(char in run for char in "拾佰仟万") else run
