"""Fields of a VAT invoice, paper or digital, from its lines.

The two parties carry the same labels: on paper the buyer stands above the seller, on the
digital form to the left of it. Amounts are told apart by arithmetic: amount + tax = total.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from perception import values
from perception.inspection import Field, Line
from perception.layout import joined, right_of
from perception.voucher_files import VoucherFile

NUMBER = re.compile(r"(?:发\s*票\s*)?号\s*码\s*[:：]?\s*(\d{8,20})")
BARE_NUMBER = re.compile(r"(?:No|N[o°º]|№)\s*[.:：]?\s*(\d{8})", re.IGNORECASE)
CODE = re.compile(r"(?:发票)?代码\s*[:：]?\s*(\d{10,12})")
CHECK = re.compile(r"校\s*验\s*码\s*[:：]?\s*([\d ]{18,26}|\d{5,20})")
NAME = re.compile(r"(?:^|[\s购买销售方信息息])名\s*称\s*[:：]\s*(.*)$|^称\s*[:：]\s*(.*)$")
COMPANY = re.compile(
    r"[\u4e00-\u9fff（）()A-Za-z0-9·]{2,40}?(?:公司|厂|店|部|行|中心|社|院|场|铺|户|站|局|馆|处|学校|工作室|个人)"
)
TAX_ID = re.compile(r"(?<![0-9A-Z])([0-9A-Z]{15,20})(?![0-9A-Z])")
TOTAL = re.compile(r"小\s*写[)）]?\s*[:：]?\s*[¥￥Y羊]?\s*(.*)$")
MONEY = re.compile(r"[¥￥羊]\s*(-?[\d,，]+\.\d{2})|(?<![\d.])(-?[\d,，]+\.\d{2})(?![\d.])")
CENT = Decimal("0.02")


def invoice_fields(file: VoucherFile, lines: Sequence[Line]) -> list[Field]:
    """The fields that were found, each at most once."""
    found: dict[str, tuple[str, str, float, list[Line]]] = {}
    for line in lines:
        _single(line, lines, found)
    _parties(lines, found)
    _amounts(lines, found)
    specs = {spec.name: spec for spec in file.fields}
    return [
        Field(
            name=name,
            label=specs[name].label.zh,
            label_en=specs[name].label.en,
            value=value,
            raw=raw,
            confidence=max(0.0, min(0.99, confidence)),
            box=joined([u.box for u in used]),
            page=used[0].page,
        )
        for name, (value, raw, confidence, used) in found.items()
    ]


Found = dict[str, tuple[str, str, float, list[Line]]]


def _single(line: Line, lines: Sequence[Line], found: Found) -> None:
    text = line.text
    if "发票代码" not in text and (hit := NUMBER.search(text) or BARE_NUMBER.search(text)):
        found.setdefault("invoice_number", (hit[1], text, line.confidence, [line]))
    if hit := CODE.search(text):
        found.setdefault("invoice_code", (hit[1], text, line.confidence, [line]))
    if hit := CHECK.search(text):
        found.setdefault("check_code", (hit[1].replace(" ", ""), text, line.confidence, [line]))
    if "开票日期" in text.replace(" ", ""):
        for candidate in (line, *right_of(line, lines)[:1]):
            if day := values.iso_date(candidate.text):
                found.setdefault(
                    "issued_on", (day, candidate.text, candidate.confidence, [candidate])
                )
    for label, name in (("发票号码", "invoice_number"), ("发票代码", "invoice_code")):
        if text.replace(" ", "").rstrip(":：") == label:
            for candidate in right_of(line, lines)[:1]:
                if number := values.digits(candidate.text):
                    found.setdefault(
                        name, (number, candidate.text, candidate.confidence, [candidate])
                    )


def _parties(lines: Sequence[Line], found: Found) -> None:
    names = [(n, line) for line in lines if (n := _party_name(line, lines))]
    ids = [
        (code, line) for line in lines if (code := _tax_id(line.text)) and "号码" not in line.text
    ]
    for kind, items in (("name", names), ("tax_id", ids)):
        ordered = _buyer_first([line for _, line in items])
        by_line = {id(line): value for value, line in items}
        for party, line in zip(("buyer", "seller"), ordered, strict=False):
            value = by_line[id(line)]
            sure = line.confidence * (0.97 if len(ordered) == 2 else 0.7)
            found.setdefault(f"{party}_{kind}", (value, line.text, sure, [line]))


def _party_name(line: Line, lines: Sequence[Line]) -> str | None:
    hit = NAME.search(line.text)
    if not hit:
        return None
    rest = (hit[1] or hit[2] or "").strip()
    if not rest:
        beside = right_of(line, lines)
        rest = beside[0].text.strip() if beside else ""
    company = COMPANY.search(rest)
    name = company.group() if company and len(company.group()) >= 4 else rest
    return name if len(name) >= 2 and not name.isdigit() else None


def _tax_id(text: str) -> str | None:
    labelled = re.search(r"识别号|信用代码|税号", text)
    if not labelled and not re.fullmatch(r"[0-9A-Z\s:：]{15,22}", text.strip()):
        return None
    if code := values.credit_code(text):
        return code[0]
    hit = TAX_ID.search(re.sub(r"\s", "", text.upper()))
    return hit[1] if hit and any(c.isdigit() for c in hit[1]) else None


def _buyer_first(lines: list[Line]) -> list[Line]:
    if len(lines) < 2:
        return lines
    first, last = lines[0], lines[-1]
    if abs(first.box[1] - last.box[1]) < 3 * (first.box[3] - first.box[1]):
        return sorted((first, last), key=lambda x: x.box[0])
    return sorted((first, last), key=lambda x: x.box[1])


def _amounts(lines: Sequence[Line], found: Found) -> None:
    sums: list[tuple[Decimal, Line]] = []
    for line in lines:
        for hit in MONEY.finditer(line.text):
            number = (hit[1] or hit[2]).replace(",", "").replace("，", "")
            sums.append((Decimal(number), line))
    total = _total(lines)
    if total is None and sums:
        largest = max(sums, key=lambda s: s[0])
        total = (largest[0], largest[1], 0.6)
    if total is None:
        return
    value, line, sure = total
    pair = _adding_up(sums, value)
    if pair:
        (amount, amount_line), (tax, tax_line) = pair
        sure = max(sure, 0.95)
        found["amount_cny"] = (f"{amount:.2f}", amount_line.text, 0.95, [amount_line])
        found["tax_cny"] = (f"{tax:.2f}", tax_line.text, 0.95, [tax_line])
    found["total_cny"] = (f"{value:.2f}", line.text, sure * line.confidence, [line])


def _total(lines: Sequence[Line]) -> tuple[Decimal, Line, float] | None:
    for line in lines:
        if hit := TOTAL.search(line.text):
            for text, source in ((hit[1], line), *((x.text, x) for x in right_of(line, lines)[:2])):
                if value := values.amount(text):
                    return Decimal(value), source, 0.9
    return None


def _adding_up(
    sums: list[tuple[Decimal, Line]], total: Decimal
) -> tuple[tuple[Decimal, Line], tuple[Decimal, Line]] | None:
    candidates = [s for s in sums if 0 <= s[0] <= total]
    for amount in sorted(candidates, key=lambda s: -s[0]):
        for tax in candidates:
            if tax[0] < amount[0] and abs(amount[0] + tax[0] - total) <= CENT and tax is not amount:
                return amount, tax
    return None
