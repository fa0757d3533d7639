"""From the letters on a paper to normal values: codes, dates, amounts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal, InvalidOperation

from perception.fields.credit_codes import BODY, LENGTH, MARKET, is_code, put_right

CODE_RUN = re.compile(r"[0-9A-Z]{18,22}")

DATE = re.compile(r"(\d{4})\s*[年\-./]\s*(\d{1,2})\s*[月\-./]\s*(\d{1,2})\s*[日号]?")
HAN = "〇零○ΟOo0一二三四五六七八九"
HAN_DATE = re.compile(
    rf"([{HAN}]{{4}})年([正一二三四五六七八九十]{{1,3}})月([一二三四五六七八九十廿卅初]{{1,3}})日?"
)
HAN_DIGITS = {c: i for i, c in enumerate("〇一二三四五六七八九")} | dict.fromkeys("零○ΟOo0", 0)
HAN_MONEY = {
    **{c: i for i, c in enumerate("零壹贰叁肆伍陆柒捌玖")},
    **{c: i for i, c in enumerate("〇一二三四五六七八九")},
    **{"两": 2, "貳": 2, "弍": 2, "參": 3, "陸": 6},
}
HAN_TENS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
AMOUNT = re.compile(r"(?:[¥￥Y羊]\s*)?(-?\d{1,3}(?:[,，]\d{3})+(?:\.\d{1,2})?|-?\d+(?:\.\d{1,2})?)")
LONG_TERM = re.compile(r"长期|无固定期限|永[久续]|\*{2,}")
FOREIGN = re.compile(r"美元|港[币元]|欧元|日元|英镑|澳元|加元|台币|韩元")


def credit_code(text: str) -> tuple[str, bool] | None:
    """The 18-letter code in a text, and whether its check letters prove it (GB 32100).

    Misread letters are put right where the check letters allow, see :mod:`.credit_codes`.
    """
    plain = re.sub(r"[\s:：.,·\-]", "", text.upper())
    unread: str | None = None
    for run in CODE_RUN.findall(plain):
        for code in _windows(run):
            if is_code(code):
                return code, True
        for code in _windows(run):
            if mended := put_right(code):
                return mended, True
            unread = unread or (code if MARKET.match(code) and BODY.match(code) else None)
    return (unread, False) if unread else None


def _windows(run: str) -> Iterator[str]:
    for start in range(len(run) - LENGTH + 1):
        yield run[start : start + LENGTH]


def registration_number(text: str) -> str | None:
    """The 13 to 15 digits of a licence older than the credit code."""
    plain = re.sub(r"[\s:：.]", "", text)
    found = re.findall(r"(?<![0-9A-Z])\d{13,15}(?![0-9A-Z])", plain)
    return max(found, key=len) if found else None


def iso_date(text: str) -> str | None:
    """The first date in a text, ISO; None where there is no real one."""
    dates = _dates(text)
    return dates[0] if dates else None


def period_end(text: str) -> str | None:
    """The end of a period, ISO or ``long_term``; None where no end is stated.

    ``2016年06月08日至`` with nothing behind it has no stated end; asterisks behind it are how an
    office prints that there is none.
    """
    _, until, after = text.rpartition("至")
    if until and (dates := _dates(after)):
        return dates[-1]
    if LONG_TERM.search(text):
        return "long_term"
    every = _dates(text)
    return every[-1] if len(every) >= 2 or (every and not until) else None


def _dates(text: str) -> list[str]:
    tidy = re.sub(r"\s", "", text.replace("O", "0").replace("o", "0"))
    found: list[tuple[int, str]] = []
    for hit in DATE.finditer(tidy):
        if day := _date(int(hit[1]), int(hit[2]), int(hit[3])):
            found.append((hit.start(), day))
    for hit in HAN_DATE.finditer(tidy):
        year = int("".join(str(HAN_DIGITS[c]) for c in hit[1]))
        if day := _date(year, _han_small(hit[2]), _han_small(hit[3])):
            found.append((hit.start(), day))
    return [day for _, day in sorted(found)]


def _date(year: int, month: int, day: int) -> str | None:
    try:
        return date(year, month, day).isoformat() if 1900 <= year <= 2100 else None
    except ValueError:
        return None


def _han_small(text: str) -> int:
    """A Chinese number below a hundred: 十一, 廿五, 初三, 正 (the first month)."""
    text = text.replace("初", "").replace("正", "一").replace("廿", "二十").replace("卅", "三十")
    tens, ten, ones = text.rpartition("十")
    if not ten:
        return int("".join(str(HAN_DIGITS[c]) for c in text) or 0)
    return (HAN_DIGITS.get(tens[-1:], 1) if tens else 1) * 10 + HAN_DIGITS.get(ones[-1:], 0)


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


def capital(text: str) -> str | None:
    """A registered capital in yuan as a decimal string: 600万元整, 壹佰万圆整.

    A foreign currency stays as it is printed, for it is not known what it is worth in yuan.
    """
    tidy = re.sub(r"[\s,，]", "", text)
    if FOREIGN.search(tidy):
        return tidy
    if hit := re.search(r"(\d+(?:\.\d+)?)([万亿]?)", tidy):
        return f"{Decimal(hit[1]) * {'万': 10_000, '亿': 100_000_000}.get(hit[2], 1):.2f}"
    in_words = capital_number(tidy)
    return f"{in_words:.2f}" if in_words else None


def capital_number(text: str) -> Decimal | None:
    """An amount in Chinese capitals, in yuan: 壹拾万肆仟陆佰圆整, 叁元伍角; None without one."""
    tidy = re.sub(r"式(?=[佰仟拾万亿])", "贰", re.sub(r"\s", "", text)).replace("萬", "万")
    ones, every = "".join(HAN_MONEY), "".join(HAN_MONEY) + "".join(HAN_TENS) + "万亿"
    whole = re.search(rf"([{every}]+)[圆元園员]", tidy)
    tenths, hundredths = (re.search(rf"([{ones}]){unit}", tidy) for unit in "角分")
    if not whole and not tenths and not hundredths:
        whole = re.search(rf"([{every}]+)", tidy)
    if not (whole or tenths or hundredths) or (whole and not set(whole[1]) - set("万亿")):
        return None
    total = Decimal(_han_whole(whole[1])) if whole else Decimal(0)
    total += Decimal(HAN_MONEY[tenths[1]]) / 10 if tenths else 0
    return total + (Decimal(HAN_MONEY[hundredths[1]]) / 100 if hundredths else 0)


def in_capitals(text: str) -> bool:
    """Whether a whole amount in capitals stands in a text, to its end: 壹佰圆整, 叁元伍角."""
    tidy = re.sub(r"\s", "", text)
    letters = "".join(HAN_MONEY) + "".join(HAN_TENS) + "万亿"
    pattern = rf"[{letters}]{{2,}}[圆元](?:整|正|[{letters}]{{1,2}}[角分].{{0,3}})$"
    return re.search(pattern, tidy) is not None


def _han_whole(text: str) -> int:
    """壹亿贰仟万 and the like, as a whole number."""
    total = section = digit = 0
    for letter in text:
        if letter in "万亿":
            unit = 10_000 if letter == "万" else 100_000_000
            total = total + (section + digit) * unit if section + digit else total * unit
            section = digit = 0
        elif letter in HAN_TENS:
            section, digit = section + (digit or 1) * HAN_TENS[letter], 0
        else:
            digit = HAN_MONEY[letter]
    return total + section + digit


def wide_brackets(text: str) -> str:
    """Chinese text with its brackets as Chinese print has them; other text as it is."""
    if not re.search(r"[\u4e00-\u9fff]", text):
        return text
    return text.translate(str.maketrans("()", "（）"))


def digits(text: str) -> str | None:
    """The longest run of digits (spaces let through); None under six."""
    runs = re.findall(r"\d[\d ]{4,}\d", text)
    plain = [r.replace(" ", "") for r in runs]
    return max(plain, key=len) if plain else None
