"""Fields that a file states as data: taken as they stand, pointed at where they are printed."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from bailing.terms import VoucherType
from perception.fields import values
from perception.inspection import Box, Field, Guess, Line
from perception.voucher_files import VoucherFile

STATED = 0.99
"""Nothing is misread; that the data is the paper's own is for the checks to say."""
PRESSED_DATE = re.compile(r"^(\d{4})(\d{2})(\d{2})(?:\d{2,9})?$")


def stated_kind(data: Mapping[str, str]) -> Guess | None:
    """What kind a file's data says that it is; None where it has no data."""
    return Guess(VoucherType(data["kind"]), STATED) if data.get("kind") else None


def stated_fields(
    file: VoucherFile, data: Mapping[str, str], lines: Sequence[Line], whole: Box
) -> list[Field]:
    """The fields that a file's data states.

    Args:
        file: The kind's voucher file.
        data: Values by field name, as they stand.
        lines: What is printed; a value's box is that of the line that holds it.
        whole: The first page's box, for values that are not printed.
    """
    found = []
    for spec in file.fields:
        raw = data.get(spec.name, "")
        value = normal(spec.kind, raw)
        if value:
            line = next((x for x in lines if holds(x.text, spec.kind, value)), None)
            box, page = (line.box, line.page) if line else (whole, 0)
            names = spec.name, spec.label.zh, spec.label.en
            found.append(Field(*names, value, raw, STATED, box, page))
    return found


def normal(kind: str, raw: str) -> str | None:
    """A value in the form in which an Inspection states it; None where it is none of its kind."""
    shape: Callable[[str], str | None] = {
        "amount": values.amount,
        "date": _date,
        "digits": lambda text: re.sub(r"\s", "", text) or None,
        "credit_code": lambda text: re.sub(r"\s", "", text).upper() or None,
    }.get(kind, lambda text: values.wide_brackets(re.sub(r"\s", "", text)) or None)
    return shape(raw)


def _date(raw: str) -> str | None:
    pressed = PRESSED_DATE.match(raw.strip())
    return values.iso_date("-".join(pressed.groups()) if pressed else raw)


def holds(text: str, kind: str, value: str) -> bool:
    """Whether a printed line holds a value, however it writes it."""
    if kind == "amount":
        return values.amount(text) == value
    if kind == "date":
        return _date(text) == value
    return value in values.wide_brackets(re.sub(r"\s", "", text))
