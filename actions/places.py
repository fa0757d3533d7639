"""Places by name: provinces and cities of ``places.txt``, in Chinese or in Latin letters."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

_DISH = (
    r"(?=[\u4e00-\u9fff]{0,2}(?:拉面|火锅|小笼|烤鸭|菜|小面|米线|凉皮|牛肉|炸鸡|板鸭|小吃|热干面|"
    r"麻辣|串串|早茶|肠粉|胡辣汤|烩面|羊肉|酸菜|米粉|汤包|煎饼|烧鸡|扒鸡|鸡|饭店|话|牌|产|货|酒|"
    r"茶叶|银行|老板))"
)
_NOT_A_PLACE = re.compile(r"[路街道]")
_COMMON_WORDS = frozenset(
    [
        "朝阳",
        "大同",
        "安康",
        "东方",
        "来宾",
        "三明",
        "和田",
        "白银",
        "日照",
        "黄山",
        "红河",
        "中山",
        "海东",
        "文山",
        "长治",
        "安顺",
        "昌吉",
        "东阳",
        "永康",
        "海宁",
    ]
)
"""Names that are also words: taken only where the line speaks of a place."""
_PLACE_TALK = re.compile(r"(?:在|是|来自|住|人在|位于|地址|老家)\s*$")
_PLACE_TAIL = re.compile(r"市|省|县|区|那边|这边|这里|这儿|人|本地")
_OTHER_PLACE = re.compile(r"([\u4e00-\u9fff]{2,6}?)(?:自治州|地区|市|省|县|盟|州)")


@cache
def _places() -> tuple[re.Pattern[str], dict[str, str]]:
    latin: dict[str, str] = {}
    names: list[str] = []
    for line in (Path(__file__).parent / "places.txt").read_text(encoding="utf-8").splitlines():
        name, _, letters = line.partition("\t")
        names.append(name)
        latin.setdefault(letters, name)
    longest = sorted(names, key=len, reverse=True)
    words = "|".join(re.escape(letters) for letters in sorted(latin, key=len, reverse=True))
    return re.compile(rf"(?:{'|'.join(longest)})|(?<![a-z])(?:{words})(?![a-z])"), latin


def find_place(text: str, *, asked: bool = False) -> str | None:
    """The province or city that a line names, in Chinese; the last of several, the more exact one.

    Args:
        text: The line.
        asked: Whether a place was asked for, so that a bare or unknown name counts.
    """
    lowered = text.lower()
    pattern, latin = _places()
    chosen = None
    for found in pattern.finditer(lowered):
        if _is_place(lowered, found, asked):
            chosen = latin.get(found.group(), found.group())
    if chosen is None and asked and (other := _OTHER_PLACE.search(text)):
        chosen = other[1]
    return chosen


def _is_place(text: str, found: re.Match[str], asked: bool) -> bool:
    before, after = text[: found.start()], text[found.end() :]
    if found.group().isascii() or asked:
        return True
    if re.match(_DISH, after) or _NOT_A_PLACE.match(after):
        return False
    if found.group() in _COMMON_WORDS:
        return bool(_PLACE_TALK.search(before) or _PLACE_TAIL.match(after))
    return True
