"""From what stands beside a label to a value of its kind, and how surely it is one.

One function a kind, in a registry; each takes the text and returns the value, or None where the
text cannot be one. That is how a label's neighbour is told from a stranger.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal

from perception.fields import money, repair, spans, values
from perception.fields.repair import Mended

END_OF_NAME = re.compile(
    r"[,，。;；]|以下简称|[（(](?:以下|下称|简称|盖章|公章|签字|签章|签名|章|身份证|公司?章|印章|甲方|乙方"
    r"|出租|承租|供方|需方|买方|卖方|托运|承运)|身份证|证件号|[（(]?盖章|签字|签章|\s{3,}|联系电话|电话[:：]"
)
"""What ends a party's name."""
NOT_A_NAME = re.compile(
    r"^(?:盖章|签字|签章|公章|名称|姓名|单位|地址|电话|日期|年月日|甲方|乙方|代表|法定代表人?|经手人|人民币"
    r"|统一社会信用代码|元|无|以下简称.*|应|须|将|负责|有权|不得|必须|保证|按|同意)"
)
FIRM_END = re.compile(
    r"(?:公司|厂|店|部|行|中心|合作社|院|场|铺|户|站|局|馆|社|室|坊|吧|城|处|会|所|屋|庄|超市|集团|银行)$"
)
LATIN_NAME = re.compile(r"[A-Za-z][A-Za-z .,&'\-]{1,50}")
HAN = re.compile(r"[\u4e00-\u9fff]")
EDGE = " \t:：_—-=.。·,，;；|、*'\"“”"
NUMBER_WORD = re.compile(r"[A-Za-z0-9\u4e00-\u9fff()（）\[\]〔〕【】\-_/.#]+")
ACCOUNT = re.compile(r"[A-Za-z0-9*][A-Za-z0-9*\-_.@]{3,40}")
ENGINE = re.compile(r"[A-Z0-9*][A-Z0-9*\-]{3,20}")
COUNT = re.compile(r"(?<![\d.])(\d{1,3}(?:[,，]\d{3})+|\d{1,8})(?![\d.]*\d)")
COUNTED = re.compile(r"(\d{1,8})\s*[件箱人名个包袋只笔]")
WEIGHED = re.compile(r"\d[\d,，.]*\s*(?:kg|公斤|千克|吨|t)(?![a-z])", re.IGNORECASE)
DECIMAL = re.compile(r"-?\d{1,3}(?:[,，]\d{3})+(?:\.\d+)?|-?\d+(?:\.\d+)?")
DAYS = re.compile(r"(\d{1,3}|[一二三四五六七八九十百]{1,4})")
HEAVY = 1000
"""Kilograms in a tonne."""
LETTERS_OF_NAME = 40
SURE, FAIR, WEAK = 1.0, 0.9, 0.6

Reader = Callable[[str, str], Mended | None]
READERS: dict[str, Reader] = {}


def reader(*kinds: str) -> Callable[[Reader], Reader]:
    """Register the reader of some kinds of value."""

    def register(function: Reader) -> Reader:
        READERS.update(dict.fromkeys(kinds, function))
        return function

    return register


def normal(kind: str, text: str, label: str = "") -> Mended | None:
    """The value that a text holds.

    Args:
        kind: Of value, as the voucher file names it.
        text: What stands beside the label.
        label: The label, which may name the unit.

    Returns:
        The value; its ``sure`` in [0, 1] says how well the text fits the kind.
    """
    return READERS[kind](text.strip(), label)


@reader("party", "company")
def party(text: str, label: str = "") -> Mended | None:
    """A firm's or a person's name, up to where it ends."""
    tidy = text.strip(EDGE)
    cut = END_OF_NAME.search(tidy, 1) if tidy else None
    if cut is not None and cut.start() > 0:
        tidy = tidy[: cut.start()]
    name = re.sub(r"\s+", "", tidy).strip(EDGE) if HAN.search(tidy) else tidy.strip(EDGE)
    name = re.sub(r"(?:先生|女士)$", "", name)
    name = re.sub(r"^[（(](?:[^（()）]{1,6})[)）]", "", name)
    if HAN.search(name):
        name = values.wide_brackets(name)
        name = name if name.count("（") == name.count("）") else name.strip("（）")
    elif not LATIN_NAME.fullmatch(name):
        return None
    if not 2 <= len(name) <= LETTERS_OF_NAME or NOT_A_NAME.match(name):
        return None
    firm, person = FIRM_END.search(name), re.fullmatch(r"[\u4e00-\u9fff·]{2,4}", name)
    return Mended(name, SURE if firm or person else 0.85)


@reader("person")
def person(text: str, label: str = "") -> Mended | None:
    """A person's name."""
    tidy = re.sub(r"\s", "", text.strip(EDGE))
    hit = re.match(r"[\u4e00-\u9fff·]{2,8}", tidy)
    if hit is None or NOT_A_NAME.match(hit.group()):
        return None
    return Mended(hit.group(), SURE if len(hit.group()) <= 4 else WEAK)


@reader("credit_code")
def credit_code(text: str, label: str = "") -> Mended | None:
    """A credit code, or the tax number of one that has none."""
    if (found := values.credit_code(text)) is not None:
        code, holds = found
        as_read = code in re.sub(r"[^0-9A-Z]", "", text.upper())
        if holds:
            return Mended(code, 1.0 if as_read else 0.9, not as_read)
        return Mended(code, 0.5)
    hit = re.search(r"(?<![0-9A-Z])[0-9A-Z]{15,20}(?![0-9A-Z])", re.sub(r"\s", "", text.upper()))
    if hit is None or sum(c.isdigit() for c in hit.group()) < 8:
        return None
    return Mended(hit.group(), 0.7 if len(hit.group()) in (15, 18, 20) else 0.5)


@reader("digits")
def digits(text: str, label: str = "") -> Mended | None:
    """A number of digits only."""
    read = re.sub(r"[\s\-]", "", text)
    hit = re.search(r"[0-9OoIl|]{4,30}", read)
    if hit is None:
        return None
    tidy = repair.as_digits(hit.group())
    return Mended(tidy, SURE, tidy != hit.group()) if tidy.isdigit() else None


@reader("number")
def number(text: str, label: str = "") -> Mended | None:
    """A paper's own number: letters, digits, and the words of an office between them."""
    tidy = re.sub(r"^(?:N[oO0]\.?|№|字第)[.:：]?\s*", "", text.strip(EDGE))
    words = [w for w in tidy.split() if sum(c.isdigit() for c in w) >= 3] or [tidy]
    word = words[0] if len(words[0]) >= 5 else re.sub(r"\s", "", tidy)
    hit = NUMBER_WORD.search(word)
    if hit is None or sum(c.isdigit() for c in hit.group()) < 3:
        return None
    value = hit.group().strip("-_./#")
    if value.count("(") + value.count("（") != value.count(")") + value.count("）"):
        value = value.strip("()（）")
    han = len(HAN.findall(value))
    return Mended(values.wide_brackets(value), SURE if han <= 2 or "号" in value else 0.8)


@reader("account")
def account(text: str, label: str = "") -> Mended | None:
    """An account: a card's digits, some of them hidden, or a name, a phone, a mailbox."""
    joined = re.sub(r"(?<=[\d*])[\s\-]+(?=[\d*])", "", text)
    found = [h for h in ACCOUNT.findall(joined) if len(h) >= 5]
    if not found:
        return None
    best: str = max(found, key=len).strip(".-_")
    tidy = repair.as_digits(best) if len(best) >= 12 and "@" not in best else best
    return Mended(tidy, SURE if len(tidy) >= 8 or label else 0.8, tidy != best)


@reader("text")
def words(text: str, label: str = "") -> Mended | None:
    """Words as they stand, without spaces, up to the end of their sentence."""
    sentence = re.split(r"[，。；;]", re.sub(r"^\s*(?:为|是|系)(?=.{2})", "", _closed_up(text)))[0]
    return passage(sentence, label)


@reader("wrapped")
def passage(text: str, label: str = "") -> Mended | None:
    """A passage of several lines, without spaces."""
    tidy = values.wide_brackets(_closed_up(text))
    return Mended(tidy, SURE) if re.search(r"\w", tidy) else None


def _closed_up(text: str) -> str:
    return re.sub(r"[:：_，,；;、]+$", "", re.sub(r"\s+", "", text).strip(" :：_|"))


@reader("date")
def day(text: str, label: str = "") -> Mended | None:
    """A day, ISO."""
    found = spans.days_in(text)
    return Mended(found[0].first, SURE, found[0].repaired) if found else None


@reader("date_until", "period_to")
def until(text: str, label: str = "") -> Mended | None:
    """The last day of a period; ``long_term`` where it has no end."""
    end = spans.end_of(text)
    return None if end is None else Mended(end, SURE)


@reader("period_from")
def since(text: str, label: str = "") -> Mended | None:
    """The first day of a period."""
    found = spans.days_in(text)
    if not found or re.match(r"^\s*(?:至|到)", text):
        return None
    return Mended(found[0].first, SURE, found[0].repaired)


@reader("amount", "capital")
def amount(text: str, label: str = "") -> Mended | None:
    """An amount in yuan, in figures, in capitals or in both."""
    return money.amount(text, in_ten_thousands="万元" in label)


@reader("count")
def count(text: str, label: str = "") -> Mended | None:
    """A whole number."""
    tidy = re.sub(r"(?<=\d)\s(?=\d)", "", text)
    hit = COUNTED.search(tidy) or COUNT.search(tidy)
    return None if hit is None else Mended(str(int(re.sub(r"[,，]", "", hit[1]))), FAIR)


@reader("decimal")
def decimal(text: str, label: str = "") -> Mended | None:
    """A plain number, without its unit."""
    hit = DECIMAL.search(re.sub(r"(?<=[\d.,])\s(?=\d)", "", text))
    return None if hit is None else Mended(re.sub(r"[,，]", "", hit.group()), FAIR)


@reader("kilograms")
def kilograms(text: str, label: str = "") -> Mended | None:
    """A weight in kilograms."""
    return _weight(text, label, tonnes=False)


@reader("tons")
def tonnes(text: str, label: str = "") -> Mended | None:
    """A load in tonnes."""
    return _weight(text, label, tonnes=True)


def _weight(text: str, label: str, *, tonnes: bool) -> Mended | None:
    marked = WEIGHED.search(text)
    text = marked.group() if marked else text
    read = decimal(text, label)
    if read is None:
        return None
    value = Decimal(read.value)
    unit = text if re.search(r"吨|kg|公斤|千克|t(?![a-z])", text, re.IGNORECASE) else label
    in_kg = bool(re.search(r"kg|公斤|千克", unit, re.IGNORECASE))
    in_tonnes = not in_kg and bool(re.search(r"吨|\bt\b|\(t\)", unit, re.IGNORECASE))
    if tonnes and (in_kg or (value >= HEAVY and not in_tonnes)):
        value /= HEAVY
    elif not tonnes and in_tonnes:
        value *= HEAVY
    return Mended(_plain(value), FAIR)


def _plain(value: Decimal) -> str:
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


@reader("days")
def days(text: str, label: str = "") -> Mended | None:
    """A number of days, in figures or in words."""
    hit = DAYS.search(re.sub(r"\s", "", text))
    if hit is None:
        return None
    number_of_days = int(hit[1]) if hit[1].isdigit() else values.capital_number(hit[1])
    return Mended(f"{number_of_days:.0f}", FAIR) if number_of_days else None


@reader("plate")
def plate(text: str, label: str = "") -> Mended | None:
    """A vehicle's plate."""
    return repair.plate(text)


@reader("vin")
def vin(text: str, label: str = "") -> Mended | None:
    """A vehicle's number."""
    return repair.vin(text)


@reader("engine")
def engine(text: str, label: str = "") -> Mended | None:
    """An engine's number."""
    found = ENGINE.findall(re.sub(r"\s", "", text.upper()))
    best = max(found, key=len, default="")
    return Mended(best.strip("-*"), FAIR) if any(c.isdigit() for c in best) else None
