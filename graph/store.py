"""The enterprise graph: the merchant's company, licence, vehicles and trades, and what they say.

Everything that rests on a proof carries its evidence id, so that taking the proof back takes
out exactly what it brought. Counterparties are nodes of the case that named them: one merchant
never sees another's. Every query starts from a primary key (company or voucher), so that its
time does not grow with the graph.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from graph.engine import Engine, Run, open_engine
from graph.industry import Industry
from graph.plausibility import check
from graph.reading import Asking, company, neighbourhood, parties, trades
from graph.records import Neighbourhood, Trade
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
        stated = {
            "id": company_id,
            "name": name,
            "credit_code": credit_code,
            "industry_code": industry_code,
            "region": region,
            "legal_person": legal_person,
            "registered_on": registered_on,
            "evidence": evidence_id,
        }

        def work(run: Run) -> None:
            ask = Asking(run)
            ask("put_company", **stated)
            _shown(ask, company_id, evidence_id, LICENSE, number or credit_code)
            _place(ask, company_id, industry_code, region)

        self._engine.write(work)

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
        trade = {
            "seller": seller,
            "buyer": buyer,
            "amount_cny": float(amount_cny),
            "on_date": on_date,
            "evidence": evidence_id,
            "number": number,
        }

        def work(run: Run) -> None:
            ask = Asking(run)
            _shown(ask, company_id, evidence_id, kind, number)
            _forget_edges(ask, evidence_id)
            ask("put_counterparty", id=party, name=counterparty)
            ask("put_trade", **trade)

        self._engine.write(work)

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

        def work(run: Run) -> None:
            ask = Asking(run)
            _shown(ask, company_id, evidence_id, kind, plate)
            _forget_edges(ask, evidence_id)
            ask("put_vehicle", id=vehicle, plate=plate)
            ask("link_vehicle", company=company_id, id=vehicle, evidence=evidence_id)

        self._engine.write(work)

    def company(self, company_id: str) -> Mapping[str, Any] | None:
        """What is known of the merchant's company; None where nothing is."""
        return self._engine.read(lambda run: company(Asking(run), company_id))

    def trades_of(self, company_id: str) -> tuple[Trade, ...]:
        """The company's sales and purchases, oldest first, undated ones before."""
        return self._engine.read(lambda run: trades(Asking(run), company_id))

    def vehicles_of(self, company_id: str) -> int:
        """How many different vehicles the papers and photos show."""
        return len(self._engine.read(lambda run: Asking(run)("vehicles", id=company_id)))

    def neighbourhood(self, company_id: str) -> Neighbourhood:
        """The company with those it trades with, its vehicles and its papers."""
        return self._engine.read(lambda run: neighbourhood(Asking(run), company_id))

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
        known, its_trades = self._engine.read(
            lambda run: (company(Asking(run), company_id), trades(Asking(run), company_id))
        )
        known = known or {}
        return check(
            industry,
            annual_sales_cny=annual_sales_cny,
            vehicle_count=vehicle_count,
            floor_area_sqm=floor_area_sqm,
            staff_count=staff_count,
            years_in_business=years_in_business,
            receivable_days=receivable_days,
            trades=its_trades,
            company_id=company_id,
            company_name=known.get("name"),
            registered_on=known.get("registered_on"),
        )

    def forget_evidence(self, evidence_id: str) -> None:
        """Take out all that rests on one proof, and nothing else."""

        def work(run: Run) -> None:
            ask = Asking(run)
            _forget_edges(ask, evidence_id)
            ask("blank_company", evidence=evidence_id)
            ask("forget_voucher", evidence=evidence_id)

        self._engine.write(work)

    def forget_company(self, company_id: str) -> None:
        """Take out a merchant's company and all that hangs on it."""

        def work(run: Run) -> None:
            ask = Asking(run)
            while found := parties(ask, company_id):
                for party in found:
                    ask("drop_company", id=party)
            for row in ask("vehicles", id=company_id):
                ask("drop_vehicle", id=row["id"])
            for row in ask("vouchers", id=company_id):
                ask("forget_voucher", evidence=row["id"])
            ask("drop_company", id=company_id)

        self._engine.write(work)

    def close(self) -> None:
        """Let go of the engine."""
        self._engine.close()


def _shown(ask: Asking, company_id: str, evidence_id: str, kind: str, number: str | None) -> None:
    """Write the proof first: of two who write the same one, the second waits here."""
    ask("put_voucher", evidence=evidence_id, kind=kind, number=number)
    ask("touch_company", id=company_id)
    ask("link_voucher", company=company_id, evidence=evidence_id)


def _forget_edges(ask: Asking, evidence_id: str) -> None:
    """Take out the trades and vehicles of a proof, and what then stands alone."""
    parties = ask("sales_of_evidence", evidence=evidence_id)
    parties += ask("purchases_of_evidence", evidence=evidence_id)
    vehicles = ask("vehicles_of_evidence", evidence=evidence_id)
    for name in ("forget_sales", "forget_purchases", "forget_ownership"):
        ask(name, evidence=evidence_id)
    for row in parties:
        ask("drop_idle_company", id=row["id"])
    for row in vehicles:
        ask("drop_idle_vehicle", id=row["id"])


def _place(ask: Asking, company_id: str, industry_code: str | None, region: str | None) -> None:
    """Hang the company on its trade and its region."""
    ask("leave_industry", id=company_id)
    ask("leave_place", id=company_id)
    if industry_code:
        ask("put_industry", code=industry_code)
        if len(industry_code) > 2:  # a code that the standard lacks hangs where it would
            ask("link_parent_industry", code=industry_code, parent=industry_code[:-1])
        ask("link_industry", id=company_id, code=industry_code)
    if region:
        ask("put_place", name=region)
        ask("link_place", id=company_id, name=region)


def open_graph(url: str) -> Graph:
    """The graph at this address, e.g. ``ladybug:///var/graph.lbug``, made and brought up to date.

    Raises:
        EngineUnknown: No engine of this scheme.
        GraphUnavailable: The engine could not be opened.
        GraphError: The address, the password or the schema is not as it must be.
    """
    return Graph(open_engine(url))
