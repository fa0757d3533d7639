"""From a merchant's line to its quantities, each with unit and period.

A line is read in four steps: its numbers (``numerals``), its namings of a period
(``periods``), for each number the measure word behind it, and for money the nearest period.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal

from actions.quantity.numerals import Number, find_numbers
from actions.quantity.periods import Cue, find_cues
from bailing.terms import Period, Quantity, Unit

MAX_CHARS = 4_000
SQM_IN_MU = Decimal("666.67")
SQM_IN_SQFT = Decimal("0.0929")
DAYS_IN_MONTH = 30
DAYS_IN_YEAR = 365
REACH = 14
"""Characters within which a period belongs to an amount."""


@dataclass(frozen=True, slots=True)
class Span:
    """A quantity and where the text says it: ``text[start:end]``, measure word included."""

    start: int
    end: int
    quantity: Quantity


ABOUT = r"\s*(?:左右|上下|大概|来去)?\s*"
AGE = re.compile(
    r"干了?|开了?|做了?|经营|开业|入行|营业了|成立|开张|跑了?|创业|干这行|"
    r"in business|open|been|running|started|old",
    re.IGNORECASE,
)
TERMS = re.compile(
    r"结账|结一次|账期|回款|回钱|付款|结清|收款|压款|压|欠|赊|结算|给钱|到账|才结|货款|"
    r"pay|paid|terms|credit|invoice|settle",
    re.IGNORECASE,
)
MONEY_TALK = re.compile(
    r"流水|营业额?|销售|收入|卖|做了?|赚|挣|进账|去年|今年|一年|全年|毛收|大概|大约|差不多|贷|借|额度"
)

Scale = Callable[[Decimal], Decimal]


def _times(factor: Decimal | int) -> Scale:
    return lambda value: value * factor


AS_IS = _times(1)

MEASURES: tuple[tuple[re.Pattern[str], Unit, Scale], ...] = tuple(
    (re.compile(ABOUT + words, re.IGNORECASE), unit, scale)
    for words, unit, scale in (
        (r"(?:%|％|个百分点|个点|percent\b|per cent\b|点(?=利|毛|$))", Unit.PERCENT, _times(1)),
        (r"成(?!本|立|都|交|了|品|年|衣)", Unit.PERCENT, _times(10)),
        (r"(?:万)?(?:平方米|平方|平米|平|㎡|m²|m2|sqm|sq\.?\s?m\b|square met(?:er|re)s?)", Unit.SQM, _times(1)),
        (r"(?:亩|mu\b)", Unit.SQM, _times(SQM_IN_MU)),
        (r"(?:公顷|hectares?)", Unit.SQM, _times(10_000)),
        (r"(?:acres?)", Unit.SQM, _times(Decimal("4046.86"))),
        (r"(?:sq\.?\s?(?:ft|feet)|square f(?:oo|ee)t)", Unit.SQM, _times(SQM_IN_SQFT)),
        (r"(?:辆|台(?:面包|货|挂|卡|冷藏|拖|半挂|大|小|自有)?车?(?=[\s,，。和]|$|都|自|车)|部车|挂车|"
         r"(?:trucks?|vans?|lorr(?:y|ies)|vehicles?|cars?)\b)", Unit.VEHICLE, _times(1)),
        (r"(?:个|名|位)?(?:固定|全职|正式)?(?:人|员工|工人|司机|伙计|师傅|店员|帮工|小工|徒弟|服务员|业务员)|"
         r"号人|口子|名|位|(?:people|persons?|employees?|drivers?|staff|workers?|of us)\b",
         Unit.PERSON, _times(1)),
        (r"(?:天|日(?![期元])|days?\b)", Unit.DAY, _times(1)),
        (r"(?:个?星期|个?礼拜|周|weeks?\b)", Unit.DAY, _times(7)),
        (r"个?(?:来|多)?月(?![份流销营租均利])|months?\b", Unit.DAY, _times(DAYS_IN_MONTH)),
        (r"个?季度|quarters?\b", Unit.DAY, _times(90)),
        (r"(?:元|块钱?|圆|人民币|rmb\b|cny\b|yuan\b|￥|块)", Unit.CNY, _times(1)),
        (r"(?:件|单|箱|吨|头|只|套|条|批|瓶|袋|桌|间|张|家|把|双|本|盒|斤|公斤|pieces?\b|orders?\b|items?\b)",
         Unit.PIECE, _times(1)),
    )
)  # fmt: skip
YEARS = re.compile(rf"{ABOUT}(?:来|多|几)?年(?:多|半)?|\s*years?\b", re.IGNORECASE)
LENGTH = re.compile(
    r"\s*(?:米|m\b|公里|千米|吨位|号(?!人)|楼|点钟|点(?!钟|利|毛)|分(?!之)|期|折|次|趟|层|岁|月份)"
)
JOIN = re.compile(
    r"\s*(?:万|千|块|元|个|天|年|%|成|个?月|平|人|辆)?\s*(?:-|–|—|~|～|到|至|to)\s*", re.IGNORECASE
)
NOTHING_OWED = re.compile(
    r"现结|当[天日场]结|货到付款|一手交钱|现款|现金结?|不赊|当面结|日结|见货付款|先款后货|钱货两清|"
    r"cash on delivery|on the spot|pay(?:s|ing)? (?:at once|immediately|cash)|in cash|immediately",
    re.IGNORECASE,
)
NAMED_TERMS: tuple[tuple[re.Pattern[str], int, int], ...] = (
    (re.compile(r"半月结"), 15, 15),
    (re.compile(r"双月结"), 60, 60),
    (re.compile(r"月结|次月结|monthly terms", re.I), 30, 30),
    (re.compile(r"季结|按季结"), 90, 90),
    (re.compile(r"周结"), 7, 7),
    (re.compile(r"年结|年底结"), 180, 365),
)
NAMED: tuple[tuple[re.Pattern[str], Unit, str, str], ...] = (
    (re.compile(r"夫妻(?:俩|两|二人|店)|两口子|小两口|俩人|我俩|我们俩"), Unit.PERSON, "2", "2"),
    (re.compile(r"(?:就|只有)我(?:自己|一个)|一个人干|just me", re.I), Unit.PERSON, "1", "1"),
    (re.compile(r"一家三口"), Unit.PERSON, "3", "3"),
    (re.compile(r"个把月"), Unit.DAY, "30", "45"),
    (re.compile(r"(?:两|二|2)个半月"), Unit.DAY, "75", "75"),
    (re.compile(r"(?:三|3)个半月"), Unit.DAY, "105", "105"),
    (re.compile(r"(?:一|1)个半月|个半月"), Unit.DAY, "45", "45"),
    (re.compile(r"半个?月(?!结)|half a month", re.I), Unit.DAY, "15", "15"),
    (re.compile(r"百分之百"), Unit.PERCENT, "100", "100"),
    (re.compile(r"对半|一半(?!以)|五五开"), Unit.PERCENT, "50", "50"),
    (re.compile(r"(?:万把|万儿八千)块?"), Unit.CNY, "8000", "13000"),
    (re.compile(r"千把块?|千儿八百"), Unit.CNY, "800", "1300"),
    (re.compile(r"百把块"), Unit.CNY, "80", "130"),
    (re.compile(r"half a year", re.I), Unit.DAY, "180", "180"),
)  # fmt: skip
TENTHS = re.compile(r"(?P<whole>[一二两三四五六七八九])成(?P<part>[一二三四五六七八九半])")
PERCENT_OF = re.compile(r"百分之$")


def read_quantities(text: str) -> tuple[Span, ...]:
    """Every quantity of a line, in order. Text beyond 4,000 characters is not looked at."""
    text = text[:MAX_CHARS]
    cues = find_cues(text)
    named = _named(text)
    numbers = [n for n in find_numbers(text) if not _inside(n, named)]
    outside = [n for n in numbers if not _in_cue(n, cues)]
    spans = [*named, *_measured(text, _joined(text, outside))]
    if not spans:
        cues = [c for c in cues if not any(_in_cue(n, [c]) for n in numbers)]
        spans = _measured(text, [n for n in numbers if n not in outside])
    spans.sort(key=lambda s: s.start)
    return tuple(_with_period(text, s, cues, spans) for s in spans)


def read_quantity(text: str) -> Quantity | None:
    """The quantity that a line is about; None where it states none.

    Money goes before other things, a total before its parts (三辆 两辆9米6一辆4米2 is three).
    """
    spans = read_quantities(text)
    if not spans:
        return _zero_or_terms(text)
    money = [s for s in spans if s.quantity.unit is Unit.CNY]
    chosen = money[0] if money else spans[0]
    alike = [s.quantity for s in spans if s.quantity.unit is chosen.quantity.unit]
    if chosen.quantity.unit is Unit.VEHICLE and len(alike) > 1:
        return total(alike)
    return chosen.quantity


def total(parts: list[Quantity]) -> Quantity:
    """The sum of things counted one by one, unless the largest already is that sum."""
    largest = max(parts, key=lambda q: q.high)
    rest = sum((q.high for q in parts), Decimal(0)) - largest.high
    if rest == largest.high:
        return largest
    low = sum((q.low for q in parts), Decimal(0))
    return replace(largest, low=low, high=rest + largest.high)


def _zero_or_terms(text: str) -> Quantity | None:
    for pattern, low, high in NAMED_TERMS:
        if pattern.search(text):
            return Quantity(Decimal(low), Decimal(high), Unit.DAY)
    if NOTHING_OWED.search(text):
        return Quantity(Decimal(0), Decimal(0), Unit.DAY)
    return None


def _named(text: str) -> list[Span]:
    spans: list[Span] = []
    for found in TENTHS.finditer(text):
        digits = "零一二三四五六七八九"
        whole = digits.find(found["whole"].replace("两", "二"))
        part = 5 if found["part"] == "半" else digits.find(found["part"])
        if found["part"] != "半" and part == whole + 1:
            continue
        value = Decimal(whole * 10 + part)
        spans.append(Span(found.start(), found.end(), Quantity(value, value, Unit.PERCENT)))
    for pattern, unit, low, high in NAMED:
        for found in pattern.finditer(text):
            if any(found.start() < s.end and s.start < found.end() for s in spans):
                continue
            quantity = Quantity(Decimal(low), Decimal(high), unit)
            spans.append(Span(found.start(), found.end(), quantity))
    return spans


def _inside(number: Number, spans: list[Span]) -> bool:
    return any(s.start <= number.start < s.end for s in spans)


def _in_cue(number: Number, cues: list[Cue]) -> bool:
    return any(c.start <= number.start and number.end <= c.end for c in cues)


def _joined(text: str, numbers: list[Number]) -> list[Number]:
    """Two numbers with 到 or a dash between them become one range."""
    joined: list[Number] = []
    for number in numbers:
        last = joined[-1] if joined else None
        if last and JOIN.fullmatch(text, last.end, number.start):
            low, high = last.low, number.high
            if not last.scaled and number.scaled and low < high:
                unit = _magnitude(text[number.start : number.end])
                low = low * unit if low * unit <= high else low
            if low <= high:
                joined[-1] = Number(last.start, number.end, low, high, number.scaled)
                continue
        joined.append(number)
    return joined


def _magnitude(words: str) -> Decimal:
    lowered = words.lower()
    for mark, unit in (("亿", 10**8), ("万", 10**4), ("w", 10**4), ("million", 10**6),
                       ("m", 10**6), ("thousand", 10**3), ("k", 10**3), ("千", 10**3)):  # fmt: skip
        if mark in lowered:
            return Decimal(unit)
    return Decimal(1)


def _measured(text: str, numbers: list[Number]) -> list[Span]:
    spans: list[Span] = []
    for number in numbers:
        span = _measure(text, number)
        if span is not None:
            spans.append(span)
    return spans


def _measure(text: str, number: Number) -> Span | None:
    if PERCENT_OF.search(text[: number.start]):
        return Span(number.start - 3, number.end, _of(number, Unit.PERCENT))
    if years := YEARS.match(text, number.end):
        return _years(text, number, years)
    if number.low < 10_000 and LENGTH.match(text, number.end):
        return None
    for pattern, unit, scale in MEASURES:
        if found := pattern.match(text, number.end):
            if unit is Unit.DAY and AGE.search(text) and not TERMS.search(text):
                return _age_in_days(number, found.end(), scale)
            return Span(number.start, found.end(), _of(number, unit, scale))
    return _bare(text, number)


def _bare(text: str, number: Number) -> Span | None:
    after = text[number.end : number.end + 1]
    if after == "个" and not number.scaled and number.high <= 10_000:
        if number.low >= 5 and MONEY_TALK.search(text):
            return Span(number.start, number.end + 1, _of(number, Unit.CNY, _times(10_000)))
        return Span(number.start, number.end + 1, _of(number, Unit.PIECE))
    if number.scaled or number.high >= 100 or text[: number.start].rstrip().endswith(("￥", "¥")):
        return Span(number.start, number.end, _of(number, Unit.CNY))
    if text.strip() == text[number.start : number.end].strip():
        return Span(number.start, number.end, _of(number, Unit.PIECE))
    return None


def _of(number: Number, unit: Unit, scale: Scale = AS_IS) -> Quantity:
    return Quantity(scale(number.low), scale(number.high), unit)


def _years(text: str, number: Number, found: re.Match[str]) -> Span | None:
    if number.low >= 1900:
        return None
    more = Decimal("0.5") if "半" in found.group() else Decimal(0)
    loose = Decimal("0.8") if "多" in found.group() or "几" in found.group() else Decimal(0)
    low, high = number.low + more, number.high + more + loose
    if TERMS.search(text) and not AGE.search(text):
        return Span(
            number.start, found.end(), Quantity(low * DAYS_IN_YEAR, high * DAYS_IN_YEAR, Unit.DAY)
        )
    return Span(number.start, found.end(), Quantity(low, high, Unit.YEAR))


def _age_in_days(number: Number, end: int, scale: Scale) -> Span:
    low = (scale(number.low) / DAYS_IN_YEAR).quantize(Decimal("0.01"))
    high = (scale(number.high) / DAYS_IN_YEAR).quantize(Decimal("0.01"))
    return Span(number.start, end, Quantity(low, high, Unit.YEAR))


def _with_period(text: str, span: Span, cues: list[Cue], spans: list[Span]) -> Span:
    if span.quantity.unit not in (Unit.CNY, Unit.PIECE):
        return span
    period = _nearest(span, cues, spans)
    if period is None:
        return span
    return replace(span, quantity=replace(span.quantity, period=period))


def _nearest(span: Span, cues: list[Cue], spans: list[Span]) -> Period | None:
    """The period right behind the amount, else the nearest before it with no amount between."""
    for cue in cues:
        if 0 <= cue.start - span.end <= 2:
            return cue.period
    for cue in reversed([c for c in cues if c.end <= span.start]):
        between = [s for s in spans if cue.end <= s.start < span.start]
        if span.start - cue.end <= REACH and not [
            b for b in between if b.quantity.unit is Unit.CNY
        ]:
            return cue.period
        break
    for cue in cues:
        if 0 <= cue.start - span.end <= REACH // 2:
            return cue.period
    return None
