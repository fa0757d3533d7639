"""Why the limit is what it is, in plain words, from the same numbers that made it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from bailing.terms import Fact, FactKind, title_of
from risk.application import Application
from risk.counting import age_years
from risk.limit import Scored
from risk.policy import Policy
from risk.words import (
    BELOW_SAID,
    BOUNDED,
    CLAMPED,
    CORRECTED,
    HELD,
    NEXT,
    NEXT_WITH_SALES,
    SAID,
    SHOWN,
    SHOWN_PART,
    money,
    plain_yuan,
)
from risk.worth import Recommendation

if TYPE_CHECKING:
    from risk.decision import Decision

LANGUAGES = ("zh", "en")
WELL_PROVEN = Decimal("0.9")
"""From this strength on, sales are not what lacks proof."""


@dataclass(frozen=True, slots=True)
class Reason:
    """Why the limit is what it is, in both languages.

    Attributes:
        code: A stable word.
        text: One short sentence, by language.
        effect_cny: What the limit would lose without it: left out, and scored again. Zero for
            what explains without lifting.
        holds: It holds the limit where it is.
        evidence_id: The proof that it tells of; None where it tells of none.
    """

    code: str
    text: dict[str, str]
    effect_cny: Decimal = Decimal(0)
    holds: bool = False
    evidence_id: str | None = None


@dataclass(frozen=True, slots=True)
class SpokenReason:
    """A reason in one language; ``effect_cny`` in yuan."""

    code: str
    text: str
    effect_cny: Decimal
    holds: bool
    evidence_id: str | None = None


def explain(decision: Decision, language: str = "zh") -> list[SpokenReason]:
    """The decision's reasons in ``zh`` or ``en``, the one that holds the limit first."""
    return [
        SpokenReason(r.code, r.text[language], r.effect_cny, r.holds, r.evidence_id)
        for r in decision.reasons
    ]


def reasons_of(
    application: Application,
    now: Scored,
    without_said: Scored,
    without: Mapping[str, Scored],
    recommendations: Sequence[Recommendation],
    policy: Policy,
) -> tuple[Reason, ...]:
    """What holds the limit, what lifted it (each with its own effect), and what would lift it.

    Args:
        application: The case.
        now: The case as it is, scored.
        without_said: Scored as though nothing had been said of sales.
        without: Scored without each proof, by evidence id.
        recommendations: Proofs not yet given, the most useful first.
        policy: Its caps are named in the words.
    """
    reasons = [_held(application, now, policy, liftable=bool(recommendations))]
    for evidence_id, left in sorted(without.items(), key=lambda item: item[1].limit_cny):
        facts = [f for f in application.facts if f.evidence_id == evidence_id]
        reasons.append(_shown(application, facts, _effect(now, left)))
    if now.sales.said_cny and not now.sales.estimated and not now.sales.below_said:
        reasons.append(_said(now, _effect(now, without_said)))
    if now.sales.below_said:
        reasons.append(Reason("proof_below_said", _say(BELOW_SAID, shown=now.sales.shown_cny)))
    if now.sales.bounded:
        reasons.append(Reason("said_above_usual", _say(BOUNDED, said=now.sales.said_cny)))
    if now.cycle.clamped and now.binding.name == "working_capital_need":
        reasons.append(Reason("cycle_clamped", _say(CLAMPED, days=f"{now.cycle.days:.0f}")))
    if recommendations:
        reasons.append(_next(now, recommendations[0]))
    return tuple(reasons)


def _effect(now: Scored, left: Scored) -> Decimal:
    return max(Decimal(0), now.limit_cny - left.limit_cny)


def _say(words: tuple[str, str], **values: object) -> dict[str, str]:
    """The words in both languages, amounts put as each language does."""
    return {
        language: text.format(
            **{k: money(v, language) if isinstance(v, Decimal) else v for k, v in values.items()}
        )
        for language, text in zip(LANGUAGES, words, strict=True)
    }


def _shown(application: Application, facts: list[Fact], effect: Decimal) -> Reason:
    """What one proof shows, by the most telling of its facts; corrected ones come last."""
    known = list(SHOWN)
    main = min(
        facts, key=lambda f: (f.corrected, known.index(f.kind) if f.kind in SHOWN else len(known))
    )
    code, text = f"shown_{main.kind.value}", _say(SHOWN.get(main.kind, SHOWN_PART), **_values(main))
    if main.corrected:
        percent = f"{main.confidence * 100:.0f}"
        code = f"corrected_{main.kind.value}"
        text = _say(CORRECTED, amount=main.value, percent=percent)
    elif years := _years_shown(application, facts):
        code = f"shown_{FactKind.REGISTERED_ON.value}"
        text = _say(SHOWN[FactKind.REGISTERED_ON], years=years)
    return Reason(code, text, effect, evidence_id=main.evidence_id)


def _values(fact: Fact) -> dict[str, object]:
    return {"amount": fact.value, "count": f"{fact.value:.0f}", "years": "0"}


def _years_shown(application: Application, facts: list[Fact]) -> str | None:
    """The whole years that a licence shows; None without a date of its own, or in the first."""
    dated = tuple(f for f in facts if f.kind is FactKind.REGISTERED_ON and not f.corrected)
    years = f"{age_years(application, dated) or 0.0:.0f}" if dated else "0"
    return None if years == "0" else years


def _said(now: Scored, effect: Decimal) -> Reason:
    percent = min(Decimal(100), now.sales.counted_cny / now.sales.said_cny * 100)
    return Reason("said_sales", _say(SAID, percent=f"{percent:.0f}"), effect)


def _next(now: Scored, best: Recommendation) -> Reason:
    """What would lift the limit next; a promise of nothing, so its effect is zero."""
    text = {}
    for language, words in zip(
        LANGUAGES, NEXT if now.sales.counted_cny else NEXT_WITH_SALES, strict=True
    ):
        text[language] = words.format(
            title=title_of(best.voucher_type, language),
            limit=plain_yuan(now.limit_cny + best.expected_rise_cny),
        )
    return Reason(f"next_{best.voucher_type.value}", text)


def _held(application: Application, now: Scored, policy: Policy, *, liftable: bool) -> Reason:
    binding = now.binding.name
    original = application.original_limit_cny or Decimal(1)
    text = _say(
        HELD[_held_key(now, policy, liftable=liftable)],
        counted=now.sales.counted_cny,
        multiple=f"{now.binding.amount_cny / original:.2f}".rstrip("0").rstrip("."),
        turns=f"{360 / now.cycle.days:.1f}",
        pd=f"{now.pd * 100:.1f}",
    )
    return Reason(f"held_by_{binding}", text, holds=True)


def _held_key(now: Scored, policy: Policy, *, liftable: bool) -> str:
    """Which words tell what holds the limit; no lack of proof where no proof would lift it."""
    if not now.sales.counted_cny:
        return "sales_unknown"
    if now.sales.estimated:
        return "sales_estimated"
    if now.sales.below_said:
        return "sales_below_said"
    match now.binding.name:
        case "policy_cap" if now.binding.amount_cny >= policy.cap_cny:
            return "cap_top"
        case "policy_cap":
            return "cap_said" if not now.strength else "cap_proof"
        case "expected_loss_cap":
            return "loss"
        case "working_capital_need" if not liftable:
            return "need"
        case _ if not now.strength:
            return "sales_said"
        case _ if now.strength < WELL_PROVEN:
            return "sales_part_proven"
        case "working_capital_need":
            return "need"
    return "sales_proven"
