"""Decisions and applications as JSON."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from bailing.terms import UNIT_OF, Fact, FactKind, Period, Quantity, Unit, VoucherType, title_of
from risk.application import Application, IndustryFigures, today
from risk.counting import EPOCH
from risk.decision import Decision
from risk.errors import ApplicationBroken
from risk.reasons import explain

SLOT_UNITS: dict[str, tuple[Unit, Period | None]] = {
    "years_in_business": (Unit.YEAR, None),
    "staff_count": (Unit.PERSON, None),
    "annual_sales_cny": (Unit.CNY, Period.YEAR),
    "monthly_sales_cny": (Unit.CNY, Period.MONTH),
    "gross_margin": (Unit.PERCENT, None),
    "amount_asked_cny": (Unit.CNY, None),
    "receivable_days": (Unit.DAY, None),
    "inventory_days": (Unit.DAY, None),
    "payable_days": (Unit.DAY, None),
    "vehicle_count": (Unit.VEHICLE, None),
    "floor_area_sqm": (Unit.SQM, None),
}
"""The unit in which each slot of the profile is kept."""
LARGEST = Decimal(10) ** 13
"""No figure of a small merchant is larger; what is, was misread."""


def to_json(
    decision: Decision, language: str = "zh", *, decision_id: str | None = None
) -> dict[str, Any]:
    """The body of a ``decision`` event, with ``features``; amounts are decimal strings in yuan.

    Args:
        decision: What was decided.
        language: ``zh`` or ``en``, for texts and titles.
        decision_id: The caller's own id; left out where it has none yet.
    """
    body = {
        "limit_cny": yuan(decision.limit_cny),
        "previous_limit_cny": yuan(decision.previous_limit_cny),
        "pd": round(decision.pd, 6),
        "terms": [
            {"name": t.name, "amount_cny": yuan(t.amount_cny), "binding": t.binding}
            for t in decision.terms
        ],
        "reasons": [
            {
                "code": r.code,
                "text": r.text,
                "effect_cny": yuan(r.effect_cny),
                "holds": r.holds,
                "evidence_id": r.evidence_id,
            }
            for r in explain(decision, language)
        ],
        "recommendations": [
            {
                "voucher_type": r.voucher_type.value,
                "title": title_of(r.voucher_type, language),
                "expected_rise_cny": yuan(r.expected_rise_cny),
                "rise_low_cny": yuan(r.rise_low_cny),
                "rise_high_cny": yuan(r.rise_high_cny),
                "effort": r.effort,
                "why": r.why[language],
            }
            for r in decision.recommendations
        ],
        "features": decision.features,
        "models": list(decision.models),
        "policy": decision.policy_version,
        "review": list(decision.review_reasons),
    }
    return {"decision_id": decision_id, **body} if decision_id else body


def yuan(amount: Decimal) -> str:
    """A plain decimal string, never with an exponent."""
    return format(amount, "f")


def application_of(body: Mapping[str, Any], industry: IndustryFigures | None = None) -> Application:
    """The application that a JSON object states.

    ``profile``, ``current_limit_cny`` and ``facts``; and, where they are known,
    ``original_limit_cny``, ``given``, ``lacking``, ``may_fall`` and ``as_of`` (an ISO date).

    Raises:
        ApplicationBroken: A field is missing or is not as it must be.
    """
    if not isinstance(body, Mapping):
        raise ApplicationBroken("an application is a JSON object")
    if body.get("current_limit_cny") is None:
        raise ApplicationBroken("current_limit_cny is missing")
    profile, stated = body.get("profile"), body.get("facts")
    if not isinstance(profile, Mapping | None) or not isinstance(stated, list | None):
        raise ApplicationBroken("profile is an object of slots, facts a list")
    try:
        current, original = body["current_limit_cny"], body.get("original_limit_cny")
        facts = tuple(fact_of(f) for f in stated or ())
        return Application(
            profile=profile_of(profile or {}),
            current_limit_cny=_number(current, "current_limit_cny"),
            original_limit_cny=_number(original or current, "original_limit_cny"),
            facts=facts,
            industry=industry or IndustryFigures(),
            given=frozenset(VoucherType(v) for v in body.get("given") or ()),
            lacking=frozenset(VoucherType(v) for v in body.get("lacking") or ()),
            may_fall=bool(body.get("may_fall", False)),
            as_of=date.fromisoformat(body["as_of"]) if body.get("as_of") else today(),
        )
    except KeyError as error:
        raise ApplicationBroken(f"{error.args[0]} is missing") from error
    except (TypeError, ValueError, AttributeError) as error:
        raise ApplicationBroken(str(error)) from error


def profile_of(slots: Mapping[str, Any]) -> dict[str, Quantity | str]:
    """Slots as numbers, ``{low, high}``, ``{value}`` or words, into quantities and words.

    Raises:
        ValueError: A number that is negative, not finite, or none.
    """
    profile: dict[str, Quantity | str] = {}
    for slot, value in slots.items():
        if isinstance(value, Mapping) and value.get("low") is None:
            value = None if value.get("skipped") else value.get("value")
        if value is None or value == "" or (isinstance(value, Mapping) and value.get("skipped")):
            continue
        profile[slot] = _quantity(slot, value) if slot in SLOT_UNITS else str(value)
    return profile


def _quantity(slot: str, value: Any) -> Quantity:
    unit, period = SLOT_UNITS[slot]
    first, last = value, value
    if isinstance(value, Mapping):
        first = value["low"]
        last = first if value.get("high") is None else value["high"]
    low, high = sorted((_number(first, slot), _number(last, slot)))
    if slot == "gross_margin" and 0 < high < 1:
        low, high = low * 100, high * 100
    return Quantity(low, high, unit, period)


def fact_of(body: Mapping[str, Any]) -> Fact:
    """A fact from its JSON; a date may be written as ISO or as days since 1970-01-01."""
    kind = FactKind(body["kind"])
    unit = UNIT_OF.get(kind, Unit.CNY)
    confidence = body.get("confidence")
    return Fact(
        kind=kind,
        value=_day(body["value"]) if unit is Unit.DATE else _value(kind, body["value"]),
        unit=Unit(body.get("unit") or unit),
        period=Period(body["period"]) if body.get("period") else None,
        confidence=1.0 if confidence is None else float(confidence),
        evidence_id=None if body.get("evidence_id") is None else str(body["evidence_id"]),
        corrected=bool(body.get("corrected", False)),
    )


def _value(kind: FactKind, value: Any) -> Decimal:
    if kind is FactKind.HOLDER_MATCHES and isinstance(value, bool):
        return Decimal(value)
    return _number(value, kind.value)


def _day(value: Any) -> Decimal:
    if isinstance(value, str) and value.count("-") == 2:
        return Decimal((date.fromisoformat(value) - EPOCH).days)
    number = Decimal(str(value))
    if isinstance(value, bool) or not number.is_finite() or abs(number) > 100_000:
        raise ValueError(f"{value} is not a day")
    return number


def fact_json(fact: Fact) -> dict[str, Any]:
    """A fact as JSON."""
    return {
        "kind": fact.kind.value,
        "value": yuan(fact.value),
        "unit": fact.unit.value,
        "period": fact.period.value if fact.period else None,
        "confidence": fact.confidence,
        "evidence_id": fact.evidence_id,
        "corrected": fact.corrected,
    }


def _number(value: Any, name: str) -> Decimal:
    """A plain number from 0 up."""
    try:
        number = Decimal(str(value).replace(",", ""))
    except InvalidOperation as error:
        raise ValueError(f"{name} is not a number") from error
    if isinstance(value, bool) or not number.is_finite():
        raise ValueError(f"{name} is not a number")
    if not 0 <= number <= LARGEST:
        raise ValueError(f"{name} is negative or larger than any merchant's")
    return number
