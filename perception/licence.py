"""Fields of a business licence, from its lines: beside the label, or beneath it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from perception import values
from perception.inspection import Field, Line
from perception.layout import beneath, height, joined, label_pattern, right_of
from perception.voucher_files import FieldFile, VoucherFile

ALL_LABELS = re.compile(
    r"^(?:名\s*称|类\s*型|主体类型|公司类型|住\s*所|法定代表人|经营者|负责人|投资人|注册资[本金]|成立日期|注册日期|"
    r"营业期限|经营期限|合伙期限|经营范围|营业场所|经营场所|主要经营场所|登记机关|组成形式|注册号|统一社会信用代码|执照)"
)
PERSON = re.compile(r"[\u4e00-\u9fff·]{2,8}")
NOT_A_NAME = re.compile(r"执照|登记|公示|国家|市场监督|统一社会|信用代码|副本|正本")
WRAP_LINES = 8


def licence_fields(file: VoucherFile, lines: Sequence[Line]) -> list[Field]:
    """The fields that were found, each at most once."""
    fields = []
    for spec in file.fields:
        found = _code(spec, lines) if spec.kind == "credit_code" else _labelled(spec, lines)
        if found is not None:
            fields.append(found)
    return _without_clash(fields)


def _without_clash(fields: list[Field]) -> list[Field]:
    names = {f.name for f in fields}
    if "social_credit_code" in names:
        return [f for f in fields if f.name != "registration_number"]
    return fields


def _code(spec: FieldFile, lines: Sequence[Line]) -> Field | None:
    for line in lines:
        if (found := values.credit_code(line.text)) is not None:
            code, holds = found
            confidence = min(0.99, line.confidence) if holds else 0.45 * line.confidence
            return _field(spec, code, line.text, confidence, [line])
    return None


def _labelled(spec: FieldFile, lines: Sequence[Line]) -> Field | None:
    pattern = label_pattern(spec.labels)
    for line in lines:
        hit = pattern.match(line.text)
        if not hit:
            continue
        parts = _value_lines(spec, line, line.text[hit.end() :], lines)
        if parts is None:
            continue
        text, used = parts
        value = _normal(spec, text)
        if value is not None:
            confidence = min(u.confidence for u in used) * (0.97 if value != text else 0.95)
            return _field(spec, value, text, confidence, used)
    return None


def _value_lines(
    spec: FieldFile, label: Line, rest: str, lines: Sequence[Line]
) -> tuple[str, list[Line]] | None:
    used, text, left = [label], rest.strip(" :："), label.box[0]
    if not text:
        beside = [x for x in right_of(label, lines) if not ALL_LABELS.match(x.text)]
        if not beside:
            return None
        used, text, left = [beside[0]], beside[0].text.strip(" :："), beside[0].box[0]
    elif spec.kind == "wrapped":
        width = label.box[2] - label.box[0]
        left = label.box[0] + int(width * (1 - len(text) / max(1, len(label.text))))
    if spec.kind == "wrapped":
        last = used[-1]
        for _ in range(WRAP_LINES):
            below = beneath(last, lines, left)
            if below is None or ALL_LABELS.match(below.text) or height(below) > 2 * height(last):
                break
            text, last = text + below.text, below
            used.append(below)
    return text, used


def _normal(spec: FieldFile, text: str) -> str | None:
    match spec.kind:
        case "date":
            return values.iso_date(text)
        case "date_until":
            return values.last_date(text)
        case "digits":
            return values.digits(text)
        case "person":
            found = PERSON.search(re.sub(r"^(?:姓名|:|：|\s)+", "", text))
            return found.group() if found and not NOT_A_NAME.search(found.group()) else None
        case "company":
            plain = re.sub(r"\s+", "", text)
            return plain if len(plain) >= 2 and not NOT_A_NAME.match(plain) else None
    return text or None


def _field(spec: FieldFile, value: str, raw: str, confidence: float, used: list[Line]) -> Field:
    return Field(
        name=spec.name,
        label=spec.label.zh,
        label_en=spec.label.en,
        value=value,
        raw=raw,
        confidence=max(0.0, min(1.0, confidence)),
        box=joined([u.box for u in used]),
        page=used[0].page,
    )
