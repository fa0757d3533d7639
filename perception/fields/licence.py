"""Fields of a business licence, old or new, from its lines: beside the label, or beneath it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from perception.fields import values
from perception.fields.legal_forms import is_legal_form, legal_form
from perception.inspection import Box, Field
from perception.page.layout import GAP, Anchor, Column, Placed, anchors, columns, joined, rows
from perception.voucher_files import FieldFile, VoucherFile

PERSON = re.compile(r"[\u4e00-\u9fff·]{2,10}|[A-Za-z][A-Za-z .,'\-]{2,40}")
NOT_A_NAME = re.compile(r"执照|登记|公示|国家|市场监督|统一社会|信用代码|副本|正本|^姓名|网")
STOP = re.compile(
    r"登记机|^关$|监督管理局|行政管理|公示系统|https?:|www\.|gsxt|监制|年度报[告售]"
    r"|^\d{0,4}年?\d{0,2}月?\d{0,2}日?$|每年.{0,6}月.{0,3}日|^编号|须知|^提示|市场主体应当|二维码"
    r"|^实收资本|在线查询|即时信息|^重要提示"
)
"""What stands beneath the fields: a value does not go on beyond it."""
SIDE_LABELS = {"paid_up": ("实收资本",), "form": ("组成形式", "注册形式")}
"""Labels without a field of their own; the form stands in where no type is printed."""
NAME_END = re.compile(
    r"(?:公司|厂|店|部|行|中心|合作社|院|场|铺|户|站|局|馆|社|室|坊|吧|城|处|会|所|屋|庄)$"
)
ADDRESS = re.compile(
    r"[\u4e00-\u9fff]{2,9}?(?:省|自治区|市|县|区|州|盟|旗).*(?:[号室村组层楼幢栋座店]|路|街|园区|市场)"
)
LONG = ("wrapped", "company", "text")
"""Kinds of values that may go on in the next line."""
FULL, MENDED, UNPROVEN = 0.97, 0.8, 0.4
"""How sure a value is by how it was come by, before the reader's own doubt."""
APART = 2.5
"""Beyond a gap of so many heights, something else begins on a row."""
TALL = 1.7
"""A line this many times taller than its neighbours is a watermark or a stamp."""

BROAD = 1.5
"""Or this many times taller than its label."""


@dataclass(frozen=True, slots=True)
class _Raw:
    """A value as it stands: its text, how surely it is the right one, and its lines."""

    text: str
    sure: float
    used: tuple[Placed, ...]


@dataclass(frozen=True, slots=True)
class _Page:
    """A licence with its labels found: what stands beside each, and where values begin."""

    found: Sequence[Anchor]
    by_name: Mapping[str, Sequence[Column]]
    left: Mapping[int, float]
    lines: Sequence[Placed]


def licence_fields(file: VoucherFile, lines: Sequence[Placed]) -> list[Field]:
    """The fields that were found, each at most once."""
    labels = {f.name: f.labels for f in file.fields if f.kind not in ("credit_code", "digits")}
    found = anchors({**labels, **SIDE_LABELS}, lines)
    by_name: dict[str, list[Column]] = {}
    for column in columns(found, lines):
        by_name.setdefault(column.anchor.name, []).append(column)
    left = _value_left(found, by_name)
    fields = {}
    for spec in file.fields:
        if spec.name not in labels:
            field = _number(spec, lines)
        else:
            field = _first(spec, by_name.get(spec.name, ()), left)
        if field is not None:
            fields[spec.name] = field
    for spec in file.fields:
        if spec.name not in fields:
            field = _without_label(spec, _Page(found, by_name, left, lines), list(fields.values()))
            if field is not None:
                fields[spec.name] = field
    return _without_clash([fields[f.name] for f in file.fields if f.name in fields])


def _without_label(spec: FieldFile, page: _Page, known: Sequence[Field]) -> Field | None:
    """A value whose own label or line was not read, from where else it can be known."""
    match spec.name:
        case "name":
            return _unlabelled_name(spec, page.found, page.lines)
        case "company_type":
            return _first(spec, page.by_name.get("form", ()), page.left)
        case "address":
            return _unlabelled_address(spec, page, known)
        case "established_on":
            return _first_day(spec, page.by_name.get("valid_until", ()), page.left)
    return None


def _first(spec: FieldFile, found: Sequence[Column], left: Mapping[int, float]) -> Field | None:
    return next((f for c in found if (f := _labelled(spec, c, left)) is not None), None)


def _without_clash(fields: list[Field]) -> list[Field]:
    """A licence with a credit code has no older number: what looks like one is a part of it."""
    if not any(f.name == "social_credit_code" for f in fields):
        return fields
    return [f for f in fields if f.name != "registration_number"]


def _number(spec: FieldFile, lines: Sequence[Placed]) -> Field | None:
    if spec.kind == "credit_code":
        return _credit_code(spec, lines)
    for line in lines:
        if not line.text.startswith(("编号", "No", "N°")) and (
            number := values.registration_number(line.text)
        ):
            return _field(spec, number, _Raw(line.text, 0.97, (line,)))
    return None


def _credit_code(spec: FieldFile, lines: Sequence[Placed]) -> Field | None:
    """The code whose check digit holds as it was read, else a mended one, else an unsure one."""
    best: tuple[float, str, Placed] | None = None
    for line in lines:
        if (read := values.credit_code(line.text)) is not None:
            code, holds = read
            whole = code in re.sub(r"[\s:：.,·\-]", "", line.text.upper())
            sure = (0.99 if whole else MENDED) if holds else UNPROVEN
            if best is None or sure > best[0]:
                best = sure, code, line
    return None if best is None else _field(spec, best[1], _Raw(best[2].text, best[0], (best[2],)))


def _value_left(
    found: Sequence[Anchor], by_name: Mapping[str, Sequence[Column]]
) -> dict[int, float]:
    """For each label, where the values of its column begin."""
    first = {
        id(c.anchor): c.lines[0].x0
        for group in by_name.values()
        for c in group
        if c.lines and not c.anchor.rest
    }
    result = {}
    for anchor in found:
        near = [
            first[id(a)]
            for a in found
            if id(a) in first and abs(a.at.x0 - anchor.at.x0) < 3 * anchor.at.height
        ]
        result[id(anchor)] = float(np.median(near)) if near else anchor.at.x1
    return result


def _labelled(spec: FieldFile, column: Column, left: Mapping[int, float]) -> Field | None:
    anchor = column.anchor
    rest = anchor.rest.strip(" :：")
    used = _rows_of_value(spec, column, left[id(anchor)], bool(rest))
    text = rest + "".join(x.text for x in used)
    value = _normal(spec, text) if text else None
    if value is None:
        return None
    lines = ([anchor.at] if rest else []) + used
    return _field(spec, value, _Raw(text, anchor.sure * FULL, tuple(lines)))


def _rows_of_value(spec: FieldFile, column: Column, left: float, begun: bool) -> list[Placed]:
    """The lines of a value: beside its label, then on beneath while they stand close."""
    at = column.anchor.at
    usual = float(np.median([x.height for x in column.lines] or [at.height]))
    tallest = min(TALL * max(usual, 0.6 * at.height), BROAD * at.height)
    lines = [x for x in column.lines if x.height < tallest]
    used: list[Placed] = []
    last = at if begun else None
    for row in rows(lines):
        head = row[0]
        if spec.kind in LONG and STOP.search(re.sub(r"\s", "", "".join(x.text for x in row))):
            if last is not None:
                break
            continue
        if last is None and head.x0 > left + 3 * head.height:
            continue
        if last is None and head.y0 > at.y1 + 0.9 * at.height:
            break
        if last is not None and head.middle - last.middle > GAP * max(last.height, head.height):
            break
        if last is not None and not begun and head.x0 > left + 3 * head.height:
            break
        if _complete(spec, column.anchor.rest + "".join(x.text for x in used), head.text):
            break
        used += _one_run(row)
        last = head
        if spec.kind not in (*LONG, "date_until"):
            break
    return used


def _complete(spec: FieldFile, text: str, following: str) -> bool:
    """Whether a value is whole, so that the next row belongs to something else."""
    if spec.name == "company_type":
        return is_legal_form(text) and not following.lstrip().startswith(("(", "（", "【"))
    return spec.name == "name" and bool(NAME_END.search(text)) and is_legal_form(following)


def _one_run(row: Sequence[Placed]) -> list[Placed]:
    """The beginning of a row, up to a wide gap: what stands beyond it belongs to something else."""
    run = [row[0]]
    for line in row[1:]:
        if line.x0 - run[-1].x1 > APART * run[-1].height:
            break
        run.append(line)
    return run


def _unlabelled_name(
    spec: FieldFile, found: Sequence[Anchor], lines: Sequence[Placed]
) -> Field | None:
    """The name where its label was not read: a firm's name in the values' column, above them."""
    main = [a.at for a in found if a.name in ("company_type", "legal_person", "address")]
    if not main:
        return None
    top = min(main, key=lambda x: x.middle)
    above = [
        x
        for x in lines
        if x.middle < top.middle
        and x.x0 > top.x0
        and top.middle - x.middle < 5 * top.height
        and len(x.text) >= 4
        and NAME_END.search(x.text)
        and not NOT_A_NAME.search(x.text)
    ]
    if not above:
        return None
    best = above[-1]
    return _field(spec, re.sub(r"\s", "", best.text), _Raw(best.text, 0.75, (best,)))


def _unlabelled_address(spec: FieldFile, page: _Page, known: Sequence[Field]) -> Field | None:
    """The address where its label was not read: a free line in the values' column that is one."""
    if not page.left:
        return None
    start = float(np.median(list(page.left.values())))
    for line in page.lines:
        aligned = abs(line.x0 - start) < 3 * line.height
        free = not any(_inside(line, field.box) for field in known)
        if aligned and free and ADDRESS.match(line.text):
            return _field(spec, values.wide_brackets(line.text), _Raw(line.text, 0.7, (line,)))
    return None


def _inside(line: Placed, box: Box) -> bool:
    x, y = (line.line.box[0] + line.line.box[2]) / 2, (line.line.box[1] + line.line.box[3]) / 2
    return box[0] <= x <= box[2] and box[1] <= y <= box[3]


def _first_day(spec: FieldFile, found: Sequence[Column], left: Mapping[int, float]) -> Field | None:
    """The founding day where its own line was not read: the term of business begins on it."""
    for column in found:
        used = _rows_of_value(spec, column, left[id(column.anchor)], bool(column.anchor.rest))
        text = column.anchor.rest + "".join(x.text for x in used)
        if "至" in text and (day := values.iso_date(text.partition("至")[0])):
            return _field(spec, day, _Raw(text, 0.6, tuple(used) or (column.anchor.at,)))
    return None


def _normal(spec: FieldFile, text: str) -> str | None:
    match spec.kind:
        case "date":
            return values.iso_date(text)
        case "date_until":
            return values.period_end(text)
        case "capital":
            return values.capital(text)
        case "person":
            tidy = re.sub(r"^(?:姓名|名|[:：\s])+", "", re.sub(r"\s(?=[\u4e00-\u9fff])", "", text))
            hit = PERSON.match(tidy)
            return hit.group() if hit and not NOT_A_NAME.search(hit.group()) else None
        case "company":
            plain = values.wide_brackets(re.sub(r"\s+", "", text))
            return plain if len(plain) >= 2 and not NOT_A_NAME.match(plain) else None
    tidy = values.wide_brackets(text.strip())
    if spec.name == "company_type":
        return legal_form(tidy) or tidy or None
    return tidy or None


def _field(spec: FieldFile, value: str, raw: _Raw) -> Field:
    return Field(
        name=spec.name,
        label=spec.label.zh,
        label_en=spec.label.en,
        value=value,
        raw=raw.text,
        confidence=_confidence(raw),
        box=joined([x.line.box for x in raw.used]),
        page=raw.used[0].line.page,
    )


def _confidence(raw: _Raw) -> float:
    read = [x.confidence for x in raw.used]
    lengths = [max(1, len(x.text)) for x in raw.used]
    return max(0.0, min(0.99, raw.sure * float(np.average(read, weights=lengths))))
