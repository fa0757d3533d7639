"""The enterprise graph: the merchant's company, licence, vehicles and trades, and what they say.

Everything that rests on a proof carries its evidence id, so that taking the proof back takes
out exactly what it brought. Counterparties are nodes of the case that named them: one merchant
never sees another's. Every query starts from a primary key (company or voucher), so that its
time does not grow with the graph.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from itertools import pairwise
from typing import Any

from graph.engine import Engine, open_engine, query
from graph.industry import Industry
from graph.plausibility import check
from graph.records import Neighbourhood, Tie, Trade
from graph.trade_checks import Finding

LICENSE = "business_license"


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
        with self._engine.transaction():
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
            self._shown(company_id, evidence_id, LICENSE, number or credit_code)
            self._place(company_id, industry_code, region)

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
        seller, buyer = (company_id, party) if sells else (party, company_id)
        with self._engine.transaction():
            self._forget_edges(evidence_id)
            self._shown(company_id, evidence_id, kind, number)
            self._run("put_counterparty", id=party, name=counterparty)
            self._run(
                "put_trade",
                seller=seller,
                buyer=buyer,
                amount_cny=float(amount_cny),
                on_date=on_date,
                evidence=evidence_id,
                number=number,
            )

    def record_vehicle(
        self,
        company_id: str,
        *,
        plate: str | None,
        evidence_id: str,
        kind: str = "equipment_photo",
    ) -> None:
        """Write a vehicle that a photo or paper shows; one plate is one vehicle."""
        vehicle = f"vehicle:{company_id}:{plate or evidence_id}"
        with self._engine.transaction():
            self._forget_edges(evidence_id)
            self._shown(company_id, evidence_id, kind, plate)
            self._run("put_vehicle", id=vehicle, plate=plate)
            self._run("link_vehicle", company=company_id, id=vehicle, evidence=evidence_id)

    def company(self, company_id: str) -> Mapping[str, Any] | None:
        """What is known of the merchant's company; None where nothing is."""
        rows = self._run("company", id=company_id)
        return rows[0] if rows else None

    def trades_of(self, company_id: str) -> tuple[Trade, ...]:
        """The company's sales and purchases, oldest first, undated ones before."""
        rows = self._run("sales", id=company_id) + self._run("purchases", id=company_id)
        rows.sort(key=lambda r: (r["on_date"] or "", r["evidence"]))
        return tuple(
            Trade(
                seller=r["seller"],
                buyer=r["buyer"],
                seller_name=r["seller_name"],
                buyer_name=r["buyer_name"],
                amount_cny=_yuan(r["amount_cny"]),
                on_date=r["on_date"],
                evidence_id=r["evidence"],
                number=r["number"],
            )
            for r in rows
        )

    def vehicles_of(self, company_id: str) -> int:
        """How many different vehicles the papers and photos show."""
        return len(self._run("vehicles", id=company_id))

    def neighbourhood(self, company_id: str) -> Neighbourhood:
        """The company with those it trades with, its vehicles and its papers."""
        return Neighbourhood(
            company=self.company(company_id),
            buyers=self._ties("buyers", company_id),
            sellers=self._ties("sellers", company_id),
            plates=tuple(r["plate"] for r in self._run("vehicles", id=company_id)),
            vouchers=tuple((r["id"], r["kind"]) for r in self._run("vouchers", id=company_id)),
        )

    def plausibility(
        self,
        company_id: str,
        industry: Industry,
        *,
        annual_sales_cny: Decimal | None,
        vehicle_count: Decimal | None = None,
        floor_area_sqm: Decimal | None = None,
        staff_count: Decimal | None = None,
        years_in_business: Decimal | None = None,
        receivable_days: Decimal | None = None,
    ) -> tuple[Finding, ...]:
        """What does not hang together of what is said and what the graph holds (see check)."""
        company = self.company(company_id) or {}
        return check(
            industry,
            annual_sales_cny=annual_sales_cny,
            vehicle_count=vehicle_count,
            floor_area_sqm=floor_area_sqm,
            staff_count=staff_count,
            years_in_business=years_in_business,
            receivable_days=receivable_days,
            trades=self.trades_of(company_id),
            company_id=company_id,
            company_name=company.get("name"),
            registered_on=company.get("registered_on"),
        )

    def forget_evidence(self, evidence_id: str) -> None:
        """Take out all that rests on one proof, and nothing else."""
        with self._engine.transaction():
            self._forget_edges(evidence_id)
            self._run("blank_company", evidence=evidence_id)
            self._run("forget_voucher", evidence=evidence_id)

    def forget_company(self, company_id: str) -> None:
        """Take out a merchant's company and all that hangs on it."""
        with self._engine.transaction():
            while parties := self._parties(company_id):
                for party in parties:
                    self._run("drop_company", id=party)
            for row in self._run("vehicles", id=company_id):
                self._run("drop_vehicle", id=row["id"])
            for row in self._run("vouchers", id=company_id):
                self._run("forget_voucher", evidence=row["id"])
            self._run("drop_company", id=company_id)

    def close(self) -> None:
        """Let go of the engine."""
        self._engine.close()

    def _forget_edges(self, evidence_id: str) -> None:
        """Take out the trades and vehicles of a proof, and what then stands alone."""
        parties = self._run("sales_of_evidence", evidence=evidence_id)
        parties += self._run("purchases_of_evidence", evidence=evidence_id)
        vehicles = self._run("vehicles_of_evidence", evidence=evidence_id)
        for name in ("forget_sales", "forget_purchases", "forget_ownership"):
            self._run(name, evidence=evidence_id)
        for row in parties:
            self._run("drop_idle_company", id=row["id"])
        for row in vehicles:
            self._run("drop_idle_vehicle", id=row["id"])

    def _parties(self, company_id: str) -> set[str]:
        rows = [r for name in ("buyers", "sellers") for r in self._run(name, id=company_id)]
        return {str(row["id"]) for row in rows}

    def _shown(self, company_id: str, evidence_id: str, kind: str, number: str | None) -> None:
        self._run("touch_company", id=company_id)
        self._run("put_voucher", evidence=evidence_id, kind=kind, number=number)
        self._run("link_voucher", company=company_id, evidence=evidence_id)

    def _place(self, company_id: str, industry_code: str | None, region: str | None) -> None:
        """Hang the company on its trade (4 digits, part of 3, part of 2) and its region."""
        self._run("leave_industry", id=company_id)
        self._run("leave_place", id=company_id)
        if industry_code:
            levels = [industry_code[:n] for n in (4, 3, 2)]
            for code in levels:
                self._run("put_industry", code=code)
            for code, parent in pairwise(levels):
                self._run("link_parent_industry", code=code, parent=parent)
            self._run("link_industry", id=company_id, code=industry_code)
        if region:
            self._run("put_place", name=region)
            self._run("link_place", id=company_id, name=region)

    def _ties(self, name: str, company_id: str) -> tuple[Tie, ...]:
        return tuple(
            Tie(r["name"], _yuan(r["amount_cny"]), int(r["papers"]), r["last_on"])
            for r in self._run(name, id=company_id)
        )

    def _run(self, query_name: str, /, **parameters: Any) -> list[dict[str, Any]]:
        return self._engine.run(query(query_name), parameters)


def _yuan(amount: float) -> Decimal:
    return Decimal(str(round(amount, 2)))


def open_graph(url: str) -> Graph:
    """The graph at this address, e.g. ``ladybug:///var/graph.lbug``.

    Raises:
        EngineUnknown: No engine of this scheme.
        GraphUnavailable: The engine could not be opened.
    """
    return Graph(open_engine(url))
