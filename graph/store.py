"""The enterprise graph: the merchant's company, licence, vehicles and trades, and what they say.

Everything that rests on a proof carries its evidence id, so that taking the proof back takes
out exactly what it brought. Counterparties are nodes of the case that named them: one merchant
never sees another's.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from graph.engine import Engine, open_engine, query


@dataclass(frozen=True, slots=True)
class Trade:
    """One sale that a paper states. Yuan; ISO date or None."""

    seller: str
    buyer: str
    seller_name: str | None
    buyer_name: str | None
    amount_cny: Decimal
    on_date: str | None
    evidence_id: str


class Graph:
    """What the papers say about who trades with whom.

    Args:
        engine: Runs the room's queries.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def record_company(
        self,
        company_id: str,
        *,
        name: str | None,
        credit_code: str | None,
        industry_code: str | None,
        region: str | None,
        legal_person: str | None,
        registered_on: str | None,
        evidence_id: str,
        number: str | None = None,
    ) -> None:
        """Write the merchant's company as a licence states it; writing twice changes nothing."""
        self._run(
            "put_company",
            id=company_id,
            name=name,
            credit_code=credit_code,
            industry_code=industry_code,
            region=region,
            legal_person=legal_person,
            registered_on=registered_on,
            evidence=evidence_id,
        )
        self._shown(company_id, evidence_id, "business_license", number or credit_code)

    def record_trade(
        self,
        company_id: str,
        *,
        counterparty: str,
        sells: bool,
        amount_cny: Decimal,
        on_date: str | None,
        evidence_id: str,
        kind: str,
        number: str | None,
    ) -> None:
        """Write a sale to (or, with ``sells`` false, a purchase from) a counterparty, once."""
        party = f"party:{company_id}:{counterparty}"
        self._run("forget_trades", evidence=evidence_id)
        if not self._run("company", id=company_id):
            self._run("put_counterparty", id=company_id, name=None)
        self._run("put_counterparty", id=party, name=counterparty)
        seller, buyer = (company_id, party) if sells else (party, company_id)
        self._run(
            "put_trade",
            seller=seller,
            buyer=buyer,
            amount_cny=float(amount_cny),
            on_date=on_date,
            evidence=evidence_id,
        )
        self._shown(company_id, evidence_id, kind, number)

    def record_vehicle(self, company_id: str, *, plate: str | None, evidence_id: str) -> None:
        """Write a vehicle that a photo or paper shows; one plate is one vehicle."""
        vehicle = f"vehicle:{company_id}:{plate or evidence_id}"
        self._run("forget_vehicles", evidence=evidence_id)
        if not self._run("company", id=company_id):
            self._run("put_counterparty", id=company_id, name=None)
        self._run("put_vehicle", id=vehicle, plate=plate, evidence=evidence_id)
        self._run("link_vehicle", company=company_id, id=vehicle, evidence=evidence_id)

    def _shown(self, company_id: str, evidence_id: str, kind: str, number: str | None) -> None:
        self._run("forget_voucher", evidence=evidence_id)
        self._run("put_voucher", evidence=evidence_id, kind=kind, number=number)
        self._run("link_voucher", company=company_id, evidence=evidence_id)

    def company(self, company_id: str) -> Mapping[str, Any] | None:
        """What is known of the merchant's company; None where nothing is."""
        rows = self._run("company", id=company_id)
        return rows[0] if rows else None

    def trades_of(self, company_id: str) -> tuple[Trade, ...]:
        """The company's sales and purchases, oldest first."""
        return tuple(
            Trade(
                seller=r["seller"],
                buyer=r["buyer"],
                seller_name=r["seller_name"],
                buyer_name=r["buyer_name"],
                amount_cny=Decimal(str(r["amount_cny"])),
                on_date=r["on_date"],
                evidence_id=r["evidence"],
            )
            for r in self._run("trades", id=company_id)
        )

    def vehicles_of(self, company_id: str) -> int:
        """How many different vehicles the papers and photos show."""
        return len(self._run("vehicles", id=company_id))

    def forget_evidence(self, evidence_id: str) -> None:
        """Take out all that rests on one proof."""
        for name in ("forget_trades", "forget_vehicles", "forget_voucher", "blank_company"):
            self._run(name, evidence=evidence_id)
        self._run("orphans")

    def forget_company(self, company_id: str) -> None:
        """Take out a merchant's company and what hangs on it."""
        self._run("forget_company", id=company_id)
        self._run("orphans")

    def close(self) -> None:
        """Let go of the engine."""
        self._engine.close()

    def _run(self, query_name: str, /, **parameters: Any) -> list[dict[str, Any]]:
        return self._engine.run(query(query_name), parameters)


def open_graph(url: str) -> Graph:
    """The graph at this address, e.g. ``ladybug:///var/graph.lbug``.

    Raises:
        EngineUnknown: No engine of this scheme.
        GraphUnavailable: The engine could not be opened.
    """
    return Graph(open_engine(url))
