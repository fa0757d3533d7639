"""The same merchant with other facts: as it is, and with one thing left out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from bailing.terms import Fact
from risk.application import Application
from risk.features import CaseFeatures, features_of

SALES_SLOTS = frozenset({"annual_sales_cny", "monthly_sales_cny"})


@dataclass(frozen=True, slots=True)
class Scenario:
    """A named variant of a case, with the features that the booster sees of it."""

    name: str
    application: Application
    facts: tuple[Fact, ...]
    features: CaseFeatures


def scenario(name: str, application: Application, facts: tuple[Fact, ...]) -> Scenario:
    """A variant with its features."""
    return Scenario(name, application, facts, features_of(application, facts))


def left_out(application: Application) -> Iterator[Scenario]:
    """The case as it is (``now``), ``without_said`` sales, and ``without:`` each proof.

    A proof goes together with those that rest on it. What is left out may lower the limit, down to
    the lender's original.
    """
    proven = application.proven
    yield scenario("now", application, proven)
    falling = replace(application, may_fall=True)
    yield scenario("without_said", unsaid(falling), proven)
    for evidence_id in dict.fromkeys(str(f.evidence_id) for f in proven):
        gone = {evidence_id, *application.resting_on.get(evidence_id, ())}
        rest = tuple(f for f in proven if f.evidence_id not in gone)
        yield scenario(f"without:{evidence_id}", falling, rest)


def unsaid(application: Application) -> Application:
    """The case as though nothing had been said of sales."""
    return replace(
        application,
        profile={s: v for s, v in application.profile.items() if s not in SALES_SLOTS},
        facts=application.proven,
    )
