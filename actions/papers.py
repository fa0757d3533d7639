"""What a paper shows of a business, by its voucher file: whose it is, its doubts, its facts.

One way for every paper kind but licences and invoices, which have findings of their own.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Protocol

from bailing.terms import MONTHS_IN, UNIT_OF, Fact, FactKind, Period, Unit
from perception import FactFile, VoucherFile

EPOCH = date(1970, 1, 1)
FUTURE_DAYS = 1
OLD_DAYS = 550
"""A paper of trade older than a year and a half says little of today's."""
OF_TRADE = ("period_to", "ordered_on", "delivered_on", "shipped_on", "received_on")
"""Days that tell how old such a paper is; a contract or a permit is judged by its end."""
NO_END = date(2099, 12, 31)
"""Stands for ``long_term``."""
CODES = {
    "taxpayer_name": "tax_id",
    "company_name": "social_credit_code",
    "name": "social_credit_code",
    "seller_name": "seller_tax_id",
    "buyer_name": "buyer_tax_id",
}
"""Where a party's code stands, beside its name."""
Words = Mapping[str, str]
Owns = Callable[[str | None, str | None], bool]
"""Whether a party of that name and that code is the merchant."""


class ReadFields(Protocol):
    """Read values with the merchant's corrections over them."""

    def text(self, name: str) -> str | None:
        """A value."""

    def read(self, name: str) -> str | None:
        """A value as it stands on the paper."""

    def corrected(self, name: str) -> bool:
        """Whether the merchant put it right."""

    def confidence(self, name: str) -> float:
        """How sure it is, in [0, 1]."""

    def amount(self, name: str) -> Decimal | None:
        """A positive amount."""

    def day(self, name: str) -> date | None:
        """A day."""


@dataclass(frozen=True, slots=True)
class Shown:
    """What a paper shows: its line for the merchant, its doubts, its facts."""

    summary: str
    doubts: tuple[Words, ...]
    facts: tuple[Fact, ...]


def paper_shows(
    file: VoucherFile,
    fields: ReadFields,
    *,
    evidence_id: str,
    owns: Owns,
    knows_owner: bool,
    today: date,
) -> Shown:
    """What one paper shows for this merchant.

    Args:
        file: The kind's voucher file.
        fields: What was read.
        evidence_id: The proof.
        owns: Whether a party is the merchant.
        knows_owner: Whether there is a name to compare with.
        today: For what lies in the future, is over, or is too old.
    """
    doubts = [
        *_unread(file, fields),
        *_whose(file, fields, owns, knows_owner),
        *_days(file, fields, today),
    ]
    facts = [
        fact
        for spec in file.facts
        if spec.holder is None or _is(spec.holder, fields, owns)
        if (fact := _fact(spec, fields, evidence_id)) is not None
    ]
    return Shown(_summary(file, fields), tuple(doubts), tuple(facts))


def party_of(file: VoucherFile, fields: ReadFields, owns: Owns) -> str | None:
    """The field of the party that the merchant is; None where it is none of them."""
    return next((name for name in file.parties if _is(name, fields, owns)), None)


def _is(name: str, fields: ReadFields, owns: Owns) -> bool:
    return owns(fields.read(name), fields.read(CODES.get(name, "")))


def _summary(file: VoucherFile, fields: ReadFields) -> str:
    """The parties, and the first amount or date that the kind's facts rest on."""
    names = [value for name in file.parties[:2] if (value := fields.text(name))]
    rests_on = [spec.field for spec in file.facts if spec.field]
    said = [_said(fields, name) for name in rests_on[:1]]
    return " · ".join(part for part in (file.title.zh, " → ".join(names), *said) if part)


def _said(fields: ReadFields, name: str) -> str:
    amount = fields.amount(name) if name.endswith("_cny") else None
    return fields.text(name) or "" if amount is None else f"{amount:,.2f} 元"


def _words(zh: str, en: str) -> Words:
    return {"zh": zh, "en": en}


def _unread(file: VoucherFile, fields: ReadFields) -> list[Words]:
    return [
        _words(f"{spec.label.zh}没看清，", f"the {spec.label.en} is not readable.")
        for spec in file.fields
        if spec.required and fields.text(spec.name) is None
    ]


def _whose(file: VoucherFile, fields: ReadFields, owns: Owns, knows_owner: bool) -> Sequence[Words]:
    if not file.parties or party_of(file, fields, owns) is not None:
        return ()
    if not knows_owner:
        return (
            _words(
                "还不知道是不是您的店的，发张营业执照就能对上，",
                "send your licence to show that it is yours.",
            ),
        )
    return (_words("纸上的名字里没有您或您的店，", "it names neither you nor your business."),)


def _days(file: VoucherFile, fields: ReadFields, today: date) -> list[Words]:
    names = [spec.name for spec in file.fields if spec.name.endswith("_on")]
    doubts = []
    # A delivery may be agreed on for a day to come.
    past = [fields.day(n) for n in names if n != "deliver_on"]
    if any(day is not None and (day - today).days > FUTURE_DAYS for day in past):
        doubts.append(_words("上面的日期在将来，", "it is dated in the future."))
    until = fields.day("valid_until")
    if until is not None and until < today:
        doubts.append(_words("已经过期了，", "it has expired."))
    old = [day for name in OF_TRADE if (day := fields.day(name)) is not None]
    if any((today - day).days > OLD_DAYS for day in old):
        doubts.append(_words("是一年半以前的了，", "it is over a year and a half old."))
    return doubts


def _fact(spec: FactFile, fields: ReadFields, evidence_id: str) -> Fact | None:
    """One fact; None where its value was not read."""
    value = _value(spec, fields)
    if value is None:
        return None
    period = spec.period
    if spec.period_field is not None:
        stated = fields.text(spec.period_field)
        period = Period(stated) if stated in set(Period) else spec.period
    rests_on = [n for n in (spec.field, *(spec.over or ())) if n is not None]
    sure = min((fields.confidence(name) for name in rests_on), default=0.0)
    corrected = any(fields.corrected(name) for name in rests_on)
    unit = UNIT_OF.get(spec.kind, Unit.CNY)
    return Fact(spec.kind, value, unit, period, sure, evidence_id, corrected)


def _value(spec: FactFile, fields: ReadFields) -> Decimal | None:
    if spec.field is None or fields.text(spec.field) is None:
        return None
    if spec.kind is FactKind.VEHICLE_COUNT:
        return Decimal(1)
    if UNIT_OF.get(spec.kind) is Unit.DATE:
        long_term = fields.text(spec.field) == "long_term"
        day = NO_END if long_term else fields.day(spec.field)
        return None if day is None else Decimal((day - EPOCH).days)
    amount = fields.amount(spec.field)
    if amount is None or spec.over is None or spec.period is None:
        return amount
    first, last = fields.day(spec.over[0]), fields.day(spec.over[1])
    if first is None or last is None or last < first:
        return None
    return amount / months_in(first, last) * MONTHS_IN[spec.period]


def months_in(first: date, last: date) -> Decimal:
    """Months of a span, both days in it: whole ones where it has them, else days by thirty."""
    after = last + timedelta(days=1)
    if after.day == first.day:
        return Decimal((after.year - first.year) * 12 + after.month - first.month)
    return max(Decimal(1), Decimal((after - first).days) / 30)
