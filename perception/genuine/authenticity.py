"""Is it the real thing: a registry of checks, one function each, and the verdict over them.

A check takes what was seen and returns its finding, or None where it does not apply. Nothing
here calls anybody a forger: what fails is doubtful, and a person looks at it. ``forged`` needs
two independent findings that no misread letter explains.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation

from rapidfuzz import fuzz
from stdnum.cn import uscc

from perception.fields import values
from perception.fields.invoice import invoice_code_parts
from perception.fields.licence import UNPROVEN
from perception.fields.stated import holds
from perception.inspection import Authenticity, Check, Field, Line, Mark, Verdict

RECAPTURE_DOUBT = 0.9
"""Score from which a picture counts as photographed off a screen; see the model's card."""
CENT = Decimal("0.02")
READ_SURELY = 0.97
"""Confidence of the reader from which a failing digit is not put down to a misread letter."""
PARTIES = ("party_a", "party_b")
FIRMS = tuple(
    "公司 商行 经营部 便利店 货运部 服装店 批发部 加工厂 超市 合作社 厂 店 部 行 社 中心".split()
)
"""How the name of a firm or a sole trader ends, and the words within a seal do not."""
SAME_NAME, STRANGE = 0.75, 0.5
"""Likeness of two names, 0 to 1 (rapidfuzz's ratio), from which they are one name misread, and
below which they are two. Names of different firms share 有限公司 and often a trade or a place, so
that most are alike below 0.5 and hardly any above 0.75."""
HARD = {"qr_matches_print", "amount_arithmetic", "capital_amount", "data_matches_print"}
"""Checks that compare two prints of the same thing."""


@dataclass(frozen=True, slots=True)
class Sight:
    """What the checks may look at; ``data`` is what the file states besides its print."""

    fields: Mapping[str, Field]
    marks: Sequence[Mark] = ()
    lines: Sequence[Line] = ()
    data: Mapping[str, str] = field(default_factory=dict)

    def amount(self, name: str) -> Decimal | None:
        """A field's amount in yuan; None where there is none."""
        try:
            return Decimal(self.fields[name].value)
        except (KeyError, InvalidOperation):
            return None

    def day(self, name: str) -> date | None:
        """A field's date; None where there is none."""
        try:
            return date.fromisoformat(self.fields[name].value)
        except (KeyError, ValueError):
            return None


CheckFunction = Callable[[Sight], Check | None]
CHECKS: list[CheckFunction] = []


def check(function: CheckFunction) -> CheckFunction:
    """Register a check."""
    CHECKS.append(function)
    return function


def authenticate(sight: Sight, recapture: float | None) -> Authenticity:
    """All checks that apply, and the verdict over them.

    Args:
        sight: What was read.
        recapture: Probability of a photographed screen; None where it was not looked for.
    """
    found = [c for function in CHECKS if (c := function(sight)) is not None]
    if recapture is not None:
        detail = f"score {recapture:.2f}, doubtful from {RECAPTURE_DOUBT:.2f}"
        found.append(Check("recapture", recapture < RECAPTURE_DOUBT, detail))
    return Authenticity(recapture, None, tuple(found), _verdict(found))


def _verdict(found: Sequence[Check]) -> Verdict:
    failed = {c.name for c in found if not c.passed}
    if len(failed & HARD) >= 2:
        return Verdict.FORGED
    return Verdict.DOUBTFUL if failed else Verdict.GENUINE


@check
def credit_code_check_digit(sight: Sight) -> Check | None:
    """The credit code's check digit (GB 32100), where every letter was read surely."""
    field = sight.fields.get("social_credit_code")
    if field is None:
        return None
    holds = uscc.is_valid(field.value)
    if not holds and field.confidence < UNPROVEN * READ_SURELY:
        return None
    wanted = "" if holds else f", by its letters {_check_digit(field.value)}"
    detail = f"{field.value}: last letter {field.value[-1:]}{wanted}"
    return Check("credit_code_check_digit", holds, detail)


def _check_digit(code: str) -> str:
    try:
        return str(uscc.calc_check_digit(code[:-1]))
    except (ValueError, IndexError, KeyError):
        return "none"


@check
def amount_arithmetic(sight: Sight) -> Check | None:
    """Amount and tax make up the total, to two cents."""
    amount, tax, total = map(sight.amount, ("amount_cny", "tax_cny", "total_cny"))
    if amount is None or tax is None or total is None:
        return None
    detail = f"{amount} + {tax} = {amount + tax}, printed {total}"
    return Check("amount_arithmetic", abs(amount + tax - total) <= CENT, detail)


@check
def capital_amount(sight: Sight) -> Check | None:
    """The total in Chinese capitals is the total in figures."""
    total = sight.amount("total_cny")
    if total is None:
        return None
    for line in sight.lines:
        if line.confidence < READ_SURELY or not {"圆", "元"} & set(line.text):
            continue
        said = values.capital_number(line.text) if values.in_capitals(line.text) else None
        if said is not None:
            detail = f"capitals {said:.2f}, figures {total:.2f}"
            return Check("capital_amount", abs(said - total) <= CENT, detail)
    return None


@check
def dates_in_order(sight: Sight) -> Check | None:
    """What was founded ends after it began."""
    begun, until = sight.day("established_on"), sight.day("valid_until")
    if begun is None or until is None:
        return None
    return Check("dates_in_order", begun < until, f"{begun} to {until}")


@check
def qr_matches_print(sight: Sight) -> Check | None:
    """An invoice's QR code says what is printed: its number, its day, its sum."""
    coded = next((p for m in sight.marks if (p := invoice_code_parts(m.text))), {})
    compared = [
        (name, coded[name], sight.fields[name].value)
        for name in ("invoice_number", "issued_on")
        if name in coded and name in sight.fields
    ]
    sums = [s for n in ("amount_cny", "total_cny") if (s := sight.amount(n)) is not None]
    said = _decimal(coded.get("sum"))
    differing = [f"{name}: code {c}, print {p}" for name, c, p in compared if c != p]
    if said is not None and sums and all(abs(said - s) > CENT for s in sums):
        differing.append(f"sum: code {said}, print {' or '.join(map(str, sums))}")
    if not compared and (said is None or not sums):
        return None
    detail = "; ".join(differing) or ", ".join(f"{name} {code}" for name, code, _ in compared)
    return Check("qr_matches_print", not differing, detail)


@check
def seal_matches_party(sight: Sight) -> Check | None:
    """A firm's seal on a contract is that of a party, but for letters that may be misread.

    Only where both parties were read and a seal's words end as a firm's name does. One that is
    neither near a party's name nor far from both says nothing.
    """
    parties = [sight.fields[name].value for name in PARTIES if name in sight.fields]
    seals = [m.text for m in sight.marks if m.kind == "seal" and (m.text or "").endswith(FIRMS)]
    if len(parties) < len(PARTIES) or not seals:
        return None
    alike, seal, party = max(
        (fuzz.ratio(seal, party) / 100, seal, party) for seal in seals for party in parties if seal
    )
    if STRANGE <= alike < SAME_NAME:
        return None
    detail = f"seal {seal}, nearest party {party}, alike {alike:.2f}"
    return Check("seal_matches_party", alike >= SAME_NAME, detail)


@check
def data_matches_print(sight: Sight) -> Check | None:
    """A file's data says what is printed on it: the same number, the same total."""
    compared = [f for n in ("invoice_number", "total_cny") if (f := sight.fields.get(n))]
    if not sight.data or not compared or not sight.lines:
        return None
    shapes = {"total_cny": "amount"}
    missing = [
        f"{f.name}: data {f.value}, not printed"
        for f in compared
        if not any(holds(x.text, shapes.get(f.name, "digits"), f.value) for x in sight.lines)
    ]
    detail = "; ".join(missing) or ", ".join(f"{f.name} {f.value}" for f in compared)
    return Check("data_matches_print", not missing, detail)


def _decimal(text: str | None) -> Decimal | None:
    try:
        return Decimal(text) if text else None
    except InvalidOperation:
        return None
