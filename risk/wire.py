"""Decisions and applications as JSON."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from bailing.terms import UNIT_OF, Fact, FactKind, Period, Quantity, Unit, VoucherType
from risk.application import Application, IndustryFigures
from risk.decision import Decision
from risk.errors import ApplicationBroken
from risk.titles import title_of

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


def to_json(decision: Decision, language: str = "zh") -> dict[str, Any]:
    """The body of a ``decision`` event, with ``features``; amounts are decimal strings."""
    return {
        "limit_cny": str(decision.limit_cny),
        "previous_limit_cny": str(decision.previous_limit_cny),
        "pd": round(decision.pd, 6),
        "terms": [
            {"name": t.name, "amount_cny": str(t.amount_cny), "binding": t.binding}
            for t in decision.terms
        ],
        "reasons": [
            {
                "code": r.code,
                "text": r.text[language],
                "effect_cny": str(r.effect_cny),
                "holds": r.holds,
            }
            for r in decision.reasons
        ],
        "recommendations": [
            {
                "voucher_type": r.voucher_type.value,
                "title": title_of(r.voucher_type, language),
                "expected_rise_cny": str(r.expected_rise_cny),
                "rise_low_cny": str(r.rise_low_cny),
                "rise_high_cny": str(r.rise_high_cny),
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


def application_of(body: Mapping[str, Any], industry: IndustryFigures | None = None) -> Application:
    """The application that a JSON object states.

    Raises:
        ApplicationBroken: A field is missing or is not as it must be.
    """
    try:
        current = _number(body["current_limit_cny"])
        facts = tuple(fact_of(f) for f in body.get("facts") or ())
        return Application(
            profile=profile_of(body.get("profile") or {}),
            current_limit_cny=current,
            original_limit_cny=_number(body.get("original_limit_cny", current)),
            facts=facts,
            industry=industry or IndustryFigures(),
            given=frozenset(VoucherType(v) for v in body.get("given") or ()),
            lacking=frozenset(VoucherType(v) for v in body.get("lacking") or ()),
        )
    except (KeyError, TypeError, ValueError, AttributeError, InvalidOperation) as error:
        raise ApplicationBroken(f"{type(error).__name__}: {error}") from error


def profile_of(slots: Mapping[str, Any]) -> dict[str, Quantity | str]:
    """Slots as numbers, ``{low, high}``, ``{value}`` or words, into quantities and words."""
    profile: dict[str, Quantity | str] = {}
    for slot, value in slots.items():
        if isinstance(value, Mapping) and value.get("low") is None and "value" in value:
            value = value["value"]
        if value is None or (isinstance(value, Mapping) and value.get("skipped")):
            continue
        if slot not in SLOT_UNITS:
            profile[slot] = str(value)
            continue
        unit, period = SLOT_UNITS[slot]
        low, high = (value["low"], value["high"]) if isinstance(value, Mapping) else (value, value)
        low, high = _number(low), _number(high)
        if low < 0:
            raise ValueError(f"{slot} is negative")
        profile[slot] = Quantity(low, high, unit, period)
    return profile


def fact_of(body: Mapping[str, Any]) -> Fact:
    """A fact from its JSON."""
    kind = FactKind(body["kind"])
    value = _number(body["value"])
    if value < 0 and kind is not FactKind.REGISTERED_ON:
        raise ValueError(f"{kind} is negative")
    return Fact(
        kind=kind,
        value=value,
        unit=Unit(body.get("unit") or UNIT_OF.get(kind, Unit.CNY)),
        period=Period(body["period"]) if body.get("period") else None,
        confidence=float(body.get("confidence", 1.0)),
        evidence_id=body.get("evidence_id"),
    )


def fact_json(fact: Fact) -> dict[str, Any]:
    """A fact as JSON."""
    return {
        "kind": fact.kind.value,
        "value": str(fact.value),
        "unit": fact.unit.value,
        "period": fact.period.value if fact.period else None,
        "confidence": fact.confidence,
        "evidence_id": fact.evidence_id,
    }


def _number(value: Any) -> Decimal:
    if isinstance(value, bool):
        raise ValueError("a number is wanted")
    number = Decimal(str(value))
    if not number.is_finite():
        raise ValueError(f"{value} is not finite")
    return number
