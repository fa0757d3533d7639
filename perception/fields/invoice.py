"""Fields of a VAT invoice, paper or digital, from its lines and its QR code.

The two parties carry the same labels: on paper the buyer stands above the goods and the seller
beneath the total; on the digital form the buyer stands to the left. Amounts are told apart by
arithmetic: amount + tax = total.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from perception.fields import values
from perception.inspection import Box, Field, Mark
from perception.page.layout import Placed, beside, joined, right_of
from perception.voucher_files import VoucherFile

NUMBER = re.compile(r"(?:发\s*票\s*)?号\s*码\s*[:：]?\s*(\d{8}(?:\d{12})?)(?!\d)")
BARE_NUMBER = re.compile(r"(?:No|N[o°º0]|№)\s*[.:：]?\s*(\d{8})(?!\d)", re.IGNORECASE)
CODE = re.compile(r"(?:代\s*码?\s*[:：]|发票代码)\s*(\d{12}|\d{10})(?!\d)")
BARE_CODE = re.compile(r"^\d{10}(?:\d{2})?$")
CHECK = re.compile(r"校\s*验\s*码\s*[:：]?\s*([\d ]{18,26})")
BARE_CHECK = re.compile(r"^[:：]?\s*(\d{5} ?\d{5} ?\d{5} ?\d{5})$")
NAME = re.compile(r"^[购买销售方信息\s]{0,6}(?:名\s*)?称\s*[:：]\s*(.*)$")
TAX_LABEL = re.compile(r"识\s*别\s*号|信用代码")
TAX_ID = re.compile(r"(?<![0-9A-Z])([0-9A-Z]{15,20})(?![0-9A-Z])")
GOODS = re.compile(r"^[^:：]{0,3}(?:货物或应税|项目名称|规格型号)")
TOTAL_ROW = re.compile(r"价\s*税\s*合\s*计|[(（]大\s*写")
IN_FIGURES = re.compile(r"小\s*写[)）]?\s*[:：]?\s*[¥￥Y羊]?\s*(.*)$")
MONEY = re.compile(r"(?<![\d.])[¥￥羊]?\s*(-?\d[\d,，]*\.\d{2})(?![\d.])")
EXEMPT = re.compile(r"^[*＊]{2,}$|免税")
CENT = Decimal("0.01")
SURE, LIKELY, GUESSED = 0.97, 0.85, 0.65


@dataclass(frozen=True, slots=True)
class _Found:
    """A value: normalised, as it stood, how sure, where."""

    value: str
    raw: str
    sure: float
    box: Box
    page: int


Found = dict[str, _Found]


def invoice_fields(
    file: VoucherFile, lines: Sequence[Placed], marks: Sequence[Mark] = ()
) -> list[Field]:
    """The fields that were found, each at most once.

    Args:
        file: The kind's voucher file.
        lines: The page.
        marks: What else was seen; an invoice's QR code fills in what the print does not give.
    """
    found: Found = {}
    _head(lines, found)
    _parties(lines, found)
    _amounts(lines, found)
    _from_code(marks, found)
    return [
        Field(
            name=spec.name,
            label=spec.label.zh,
            label_en=spec.label.en,
            value=got.value,
            raw=got.raw,
            confidence=max(0.0, min(0.99, got.sure)),
            box=got.box,
            page=got.page,
        )
        for spec in file.fields
        if (got := found.get(spec.name)) is not None
    ]


def _note(found: Found, name: str, value: str | None, used: Sequence[Placed], sure: float) -> None:
    """Keep the first value of each field."""
    if value and name not in found:
        read = min(x.confidence for x in used)
        raw, box = " ".join(x.text for x in used), joined([x.line.box for x in used])
        found[name] = _Found(value, raw, sure * read, box, used[0].line.page)


def _head(lines: Sequence[Placed], found: Found) -> None:
    """Code, number, date and check code, each beside its label, or known by its form."""
    for line in lines:
        text = line.text
        if hit := CODE.search(text):
            _note(found, "invoice_code", hit[1], [line], SURE)
        if "代" not in text and (hit := NUMBER.search(text) or BARE_NUMBER.search(text)):
            _note(found, "invoice_number", hit[1], [line], SURE)
        if hit := CHECK.search(text):
            _note(found, "check_code", hit[1].replace(" ", "")[:20], [line], SURE)
        if "开票日期" in text.replace(" ", ""):
            for near in (line, *right_of(line, lines)[:1]):
                _note(found, "issued_on", values.iso_date(near.text), [near], SURE)
    _labelled_apart(lines, found)
    bottom = min((x.middle for x in lines if GOODS.search(x.text)), default=float("inf"))
    for line in (x for x in lines if x.middle < bottom):
        plain = line.text.replace(" ", "")
        if BARE_CODE.match(plain) and not _has(found, plain):
            _note(found, "invoice_code", plain, [line], LIKELY)
        if hit := BARE_CHECK.match(line.text):
            _note(found, "check_code", hit[1].replace(" ", ""), [line], GUESSED)
        if "年" in plain:
            _note(found, "issued_on", values.iso_date(plain), [line], LIKELY)


def _has(found: Found, text: str) -> bool:
    return any(f.value == text for f in found.values())


def _labelled_apart(lines: Sequence[Placed], found: Found) -> None:
    labels = {"发票号码": "invoice_number", "发票代码": "invoice_code", "校验码": "check_code"}
    for line in lines:
        name = labels.get(re.sub(r"[\s:：]", "", line.text))
        for near in right_of(line, lines)[:1] if name else ():
            _note(found, str(name), values.digits(near.text), [near], SURE)


def _parties(lines: Sequence[Placed], found: Found) -> None:
    names = [n for line in lines if (n := _name(line, lines)) is not None]
    tax_ids = [t for line in lines if (t := _tax_id(line, lines)) is not None]
    total = next((x for x in lines if TOTAL_ROW.search(x.text)), None)
    for kind, items in (("name", names), ("tax_id", tax_ids)):
        for party, (value, used, sure) in _sided(items, total):
            _note(found, f"{party}_{kind}", value, used, sure)


Item = tuple[str, list[Placed], float]


def _sided(items: Sequence[Item], total: Placed | None) -> Iterable[tuple[str, Item]]:
    """Which party each item is of: by the total between them, else side by side, else in order."""
    for place, item in enumerate(items):
        at = item[1][0]
        twin = next((o[1][0] for o in items if o is not item and beside(o[1][0], at)), None)
        if total is not None and at.middle > total.middle:
            yield "seller", item
        elif twin is not None and (total is None or twin.middle < total.middle):
            yield ("buyer" if at.x0 < twin.x0 else "seller"), item
        elif total is not None:
            yield "buyer", item
        else:
            yield ("buyer" if place == 0 else "seller"), item


def _name(line: Placed, lines: Sequence[Placed]) -> Item | None:
    hit = NAME.match(line.text)
    if hit is None:
        return None
    rest, used = hit[1].strip(), [line]
    if not rest:
        near = [x for x in right_of(line, lines) if x.x0 - line.x1 < 12 * line.height]
        if not near:
            return None
        rest, used = near[0].text.strip(), [near[0]]
    plain = re.sub(r"\s", "", rest)
    lasting = len(plain) >= 2 and not re.fullmatch(r"[\d+\-*/<>]+", plain)
    return (plain, used, SURE if len(plain) >= 4 else GUESSED) if lasting else None


def _tax_id(line: Placed, lines: Sequence[Placed]) -> Item | None:
    if not TAX_LABEL.search(line.text):
        return None
    near = [x for x in right_of(line, lines) if x.x0 - line.x1 < 12 * line.height]
    for source in (line, *near[:1]):
        text = re.sub(r"\s", "", source.text.upper())
        if (code := values.credit_code(text)) and code[1]:
            return code[0], [source], SURE
        hit = TAX_ID.search(text)
        if hit and sum(c.isdigit() for c in hit[1]) >= 6:
            old = len(hit[1]) in (15, 20)
            return hit[1], [source], LIKELY if old else GUESSED * 0.7
    return None


def _amounts(lines: Sequence[Placed], found: Found) -> None:
    sums = [
        (Decimal(hit[1].replace(",", "").replace("，", "")), line)
        for line in lines
        for hit in MONEY.finditer(line.text)
    ]
    total = _total(lines, sums)
    if total is None:
        return
    value, used, sure = total
    pair = _adding_up(sums, value, used)
    exempt = [x for x in lines if EXEMPT.search(x.text)]
    if pair is not None:
        (amount, amount_line), (tax, tax_line) = pair
        sure = SURE
        _note(found, "amount_cny", f"{amount:.2f}", [amount_line], SURE)
        _note(found, "tax_cny", f"{tax:.2f}", [tax_line], SURE)
    elif exempt and (same := [x for number, x in sums if number == value and x is not used]):
        _note(found, "amount_cny", f"{value:.2f}", [same[-1]], LIKELY)
        _note(found, "tax_cny", "0.00", [exempt[-1]], LIKELY)
    _note(found, "total_cny", f"{value:.2f}", [used], sure)


def _total(
    lines: Sequence[Placed], sums: Sequence[tuple[Decimal, Placed]]
) -> tuple[Decimal, Placed, float] | None:
    """The total: in figures beside its label, else in capitals, else the largest sum."""
    for line in lines:
        if hit := IN_FIGURES.search(line.text):
            for text, source in ((hit[1], line), *((x.text, x) for x in right_of(line, lines)[:2])):
                if "." in text and (value := values.amount(text)):
                    return Decimal(value), source, LIKELY + 0.05
    for line in lines:
        said = values.capital_number(line.text) if values.in_capitals(line.text) else None
        if said:
            return said, line, LIKELY
    if not sums:
        return None
    largest = max(sums, key=lambda s: s[0])
    return largest[0], largest[1], GUESSED * 0.8


def _adding_up(
    sums: Sequence[tuple[Decimal, Placed]], total: Decimal, used: Placed
) -> tuple[tuple[Decimal, Placed], tuple[Decimal, Placed]] | None:
    """The pair that makes up the total; of several, the lowest on the page: the sums' own row."""
    pairs = [
        (amount, tax)
        for amount in sums
        for tax in sums
        if 0 < tax[0] < amount[0] < total
        and amount[1] is not used
        and abs(amount[0] + tax[0] - total) <= CENT
    ]
    return max(pairs, key=lambda p: p[0][1].middle + p[1][1].middle, default=None)


def _from_code(marks: Sequence[Mark], found: Found) -> None:
    """Fill in from the QR code: ``01,kind,code,number,amount,date,check code,…``."""
    for mark in marks:
        parts = invoice_code_parts(mark.text)
        for name, value in parts.items():
            if name in ("invoice_code", "invoice_number", "issued_on", "check_code"):
                found.setdefault(name, _Found(value, str(mark.text), 0.95, mark.box, mark.page))


def invoice_code_parts(text: str | None) -> dict[str, str]:
    """What an invoice's QR code says, by field name; nothing where it is no invoice's code."""
    parts = (text or "").split(",")
    if len(parts) < 7 or parts[0] != "01":
        return {}
    day = values.iso_date(f"{parts[5][:4]}-{parts[5][4:6]}-{parts[5][6:8]}") or ""
    said = {
        "kind": parts[1],
        "invoice_code": parts[2],
        "invoice_number": parts[3],
        "sum": parts[4],
        "issued_on": day,
        "check_code": parts[6],
    }
    return {name: value for name, value in said.items() if value}
