"""Merchants of the stories, with figures of their own: independent of the knowledge base."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from bailing.terms import FactKind, VoucherType
from risk import Application, IndustryFigures, Policy, ProofPrior, application_of, load_policy

AS_OF = "2026-11-25"
LICENCE, SPECIAL = VoucherType.BUSINESS_LICENSE, VoucherType.VAT_SPECIAL_INVOICE
GENERAL, EQUIPMENT = VoucherType.VAT_GENERAL_INVOICE, VoucherType.EQUIPMENT_PHOTO
FRONT, STOCK = VoucherType.STOREFRONT_PHOTO, VoucherType.STOCK_PHOTO


def proof(
    kind: VoucherType, chance: float, effort: float, shows: FactKind, *share: float
) -> ProofPrior:
    low, high = share or (0.0, 0.0)
    return ProofPrior(kind, chance, effort, shows, low, high, "证实", "shows it")


HAULAGE = IndustryFigures(
    receivable_days=Decimal(40),
    inventory_days=Decimal(0),
    payable_days=Decimal(7),
    gross_margin_percent=Decimal(15),
    most_per_vehicle_cny=Decimal(1_200_000),
    proofs=(
        proof(SPECIAL, 0.55, 0.3, FactKind.INVOICED_SALES, 0.03, 0.15),
        proof(GENERAL, 0.6, 0.3, FactKind.INVOICED_SALES, 0.02, 0.1),
        proof(LICENCE, 0.85, 0.15, FactKind.REGISTERED_ON),
        proof(EQUIPMENT, 0.98, 0.1, FactKind.EQUIPMENT_VALUE),
        proof(VoucherType.BANK_STATEMENT, 0.9, 0.5, FactKind.BANK_INFLOW, 0.6, 0.95),
    ),
)
SHOP = IndustryFigures(
    receivable_days=Decimal(1),
    inventory_days=Decimal(38),
    payable_days=Decimal(10),
    gross_margin_percent=Decimal(20),
    most_per_sqm_cny=Decimal(45_000),
    proofs=(
        proof(LICENCE, 0.95, 0.15, FactKind.REGISTERED_ON),
        proof(GENERAL, 0.5, 0.3, FactKind.INVOICED_PURCHASES, 0.02, 0.1),
        proof(FRONT, 0.98, 0.1, FactKind.FLOOR_AREA),
        proof(STOCK, 0.98, 0.1, FactKind.STOCK_VALUE),
    ),
)
CLOTHES = IndustryFigures(
    receivable_days=Decimal(30),
    inventory_days=Decimal(60),
    payable_days=Decimal(20),
    gross_margin_percent=Decimal(16),
    proofs=(
        proof(GENERAL, 0.5, 0.3, FactKind.INVOICED_SALES, 0.02, 0.12),
        proof(LICENCE, 0.9, 0.15, FactKind.REGISTERED_ON),
        proof(STOCK, 0.98, 0.1, FactKind.STOCK_VALUE),
    ),
)
PROFILES: dict[str, tuple[IndustryFigures, int, dict[str, Any]]] = {
    "wang": (
        HAULAGE,
        100_000,
        {
            "industry_code": "5431",
            "vehicle_count": 3,
            "monthly_sales_cny": {"low": 200_000, "high": 300_000},
            "receivable_days": 40,
        },
    ),
    "li": (
        SHOP,
        60_000,
        {
            "industry_code": "5213",
            "floor_area_sqm": 60,
            "monthly_sales_cny": {"low": 70_000, "high": 80_000},
            "years_in_business": 7,
        },
    ),
    "chen": (
        CLOTHES,
        200_000,
        {
            "industry_code": "5132",
            "monthly_sales_cny": {"low": 500_000, "high": 700_000},
            "receivable_days": 30,
            "inventory_days": 60,
        },
    ),
    "blank": (IndustryFigures(), 50_000, {}),
}


def fact(kind: str, value: object, evidence: str | None, sure: float = 0.95) -> dict[str, Any]:
    return {"kind": kind, "value": value, "confidence": sure, "evidence_id": evidence}


LICENCE_FACTS = [fact("holder_matches", 1, "lic"), fact("registered_on", "2018-01-23", "lic")]
PROOFS: dict[str, list[list[dict[str, Any]]]] = {
    "wang": [
        LICENCE_FACTS,
        [fact("invoiced_sales", "104600.00", "inv")],
        [fact("vehicle_count", 1, "truck", 0.7), fact("equipment_value", 200_000, "truck", 0.5)],
    ],
    "li": [
        LICENCE_FACTS,
        [fact("invoiced_purchases", "14865.00", "inv")],
        [fact("floor_area", 60, "front", 0.65)],
        [fact("stock_value", 80_000, "shelf", 0.55)],
    ],
    "chen": [
        LICENCE_FACTS,
        [fact("invoiced_sales", "204000.00", "inv")],
        [fact("stock_value", 300_000, "stock", 0.55)],
    ],
}


class Cases:
    """Builds applications of the stories' merchants."""

    policy: Policy = load_policy()

    def of(self, who: str, facts: list[dict[str, Any]] | None = None, **more: Any) -> Application:
        """A merchant's application; keyword arguments replace slots, None takes one out."""
        figures, limit, profile = PROFILES[who]
        body = {
            "profile": {k: v for k, v in {**profile, **more}.items() if v is not None},
            "current_limit_cny": limit,
            "facts": facts or [],
            "as_of": AS_OF,
        }
        return application_of(body, figures)

    def road(self, who: str) -> list[Application]:
        """The merchant's applications from words alone to the last proof, limits not yet moved."""
        facts: list[dict[str, Any]] = []
        steps = [self.of(who)]
        for shown in PROOFS[who]:
            facts = facts + shown
            steps.append(self.of(who, facts))
        return steps

    def at(self, application: Application, limit: Decimal) -> Application:
        """The same case with another limit in force."""
        return replace(application, current_limit_cny=limit)

    def fact(
        self, kind: str, value: object, evidence: str | None, sure: float = 0.95
    ) -> dict[str, Any]:
        """A fact's JSON."""
        return fact(kind, value, evidence, sure)


@pytest.fixture(scope="session")
def cases() -> Cases:
    return Cases()


@pytest.fixture(scope="session")
def policy() -> Policy:
    return load_policy()


@pytest.fixture(scope="session")
def as_of() -> date:
    return date.fromisoformat(AS_OF)
