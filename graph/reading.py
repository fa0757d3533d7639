"""What is read of a company, each within one unit of work."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from graph.engine import Row, Run, query
from graph.records import Neighbourhood, Tie, Trade


class Asking:
    """Runs the room's named queries within one unit of work."""

    def __init__(self, run: Run) -> None:
        self._run = run

    def __call__(self, query_name: str, /, **parameters: Any) -> list[Row]:
        """The rows of a named query."""
        return self._run(query(query_name), parameters)


def company(ask: Asking, company_id: str) -> Row | None:
    """What is known of a company; None where nothing is."""
    rows = ask("company", id=company_id)
    return rows[0] if rows else None


def trades(ask: Asking, company_id: str) -> tuple[Trade, ...]:
    """Its sales and purchases, oldest first, undated ones before."""
    rows = ask("sales", id=company_id) + ask("purchases", id=company_id)
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


def neighbourhood(ask: Asking, company_id: str) -> Neighbourhood:
    """The company with all that stands next to it."""
    return Neighbourhood(
        company=company(ask, company_id),
        buyers=_ties(ask, "buyers", company_id),
        sellers=_ties(ask, "sellers", company_id),
        plates=tuple(r["plate"] for r in ask("vehicles", id=company_id)),
        vouchers=tuple((r["id"], r["kind"]) for r in ask("vouchers", id=company_id)),
    )


def _ties(ask: Asking, name: str, company_id: str) -> tuple[Tie, ...]:
    return tuple(
        Tie(r["name"], _yuan(r["amount_cny"]), int(r["papers"]), r["last_on"])
        for r in ask(name, id=company_id)
    )


def parties(ask: Asking, company_id: str) -> set[str]:
    """The ids of the largest counterparties."""
    rows = ask("buyers", id=company_id) + ask("sellers", id=company_id)
    return {str(row["id"]) for row in rows}


def _yuan(amount: float) -> Decimal:
    return Decimal(str(round(amount, 2)))
