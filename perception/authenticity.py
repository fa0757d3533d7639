"""Is it the real thing: a registry of checks, one function each, and the verdict over them.

A check takes what was seen and returns its finding, or None where it does not apply. Nothing
here calls anybody a forger: what fails goes to a person.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation

from stdnum.cn import uscc

from perception.inspection import Authenticity, Check, Field, Mark, Verdict

CheckFunction = Callable[[Mapping[str, Field], Sequence[Mark]], Check | None]
CHECKS: list[CheckFunction] = []
RECAPTURE_DOUBT = 0.9
"""Score from which a picture counts as photographed off a screen."""
CENT = Decimal("0.02")
SURE = 0.8


def check(function: CheckFunction) -> CheckFunction:
    """Register a check."""
    CHECKS.append(function)
    return function


def authenticate(
    fields: Mapping[str, Field], marks: Sequence[Mark], recapture: float | None
) -> Authenticity:
    """All checks that apply, and the verdict: doubtful where one fails."""
    found = [c for function in CHECKS if (c := function(fields, marks)) is not None]
    if recapture is not None:
        passed = recapture < RECAPTURE_DOUBT
        found.append(Check("recapture", passed, f"{recapture:.2f}, doubt from {RECAPTURE_DOUBT}"))
    verdict = Verdict.GENUINE if all(c.passed for c in found) else Verdict.DOUBTFUL
    return Authenticity(recapture, None, tuple(found), verdict)


@check
def credit_code_check_digit(fields: Mapping[str, Field], marks: Sequence[Mark]) -> Check | None:
    """The credit code's check digit (GB 32100), where the code was read surely."""
    field = fields.get("social_credit_code")
    if field is None:
        return None
    holds = uscc.is_valid(field.value)
    if not holds and field.confidence < SURE:
        return None
    return Check("credit_code_check_digit", holds, field.value)


@check
def amount_arithmetic(fields: Mapping[str, Field], marks: Sequence[Mark]) -> Check | None:
    """Amount and tax make up the total, to two cents."""
    try:
        amount, tax, total = (
            Decimal(fields[name].value) for name in ("amount_cny", "tax_cny", "total_cny")
        )
    except (KeyError, InvalidOperation):
        return None
    detail = f"{amount} + {tax} = {total}"
    return Check("amount_arithmetic", abs(amount + tax - total) <= CENT, detail)


@check
def dates_in_order(fields: Mapping[str, Field], marks: Sequence[Mark]) -> Check | None:
    """What was founded ends after it began."""
    try:
        begun = date.fromisoformat(fields["established_on"].value)
        until = date.fromisoformat(fields["valid_until"].value)
    except (KeyError, ValueError):
        return None
    return Check("dates_in_order", begun <= until, f"{begun} to {until}")


@check
def qr_matches_print(fields: Mapping[str, Field], marks: Sequence[Mark]) -> Check | None:
    """An invoice's QR code names the number that is printed on it."""
    number = fields.get("invoice_number")
    texts = [m.text for m in marks if m.kind == "qr" and m.text and m.text.startswith("01,")]
    if number is None or not texts:
        return None
    parts = texts[0].split(",")
    coded = parts[3] if len(parts) > 3 else ""
    return Check("qr_matches_print", coded == number.value, f"code {coded}, print {number.value}")
