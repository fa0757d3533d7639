"""What the enterprise graph gives back: frozen records."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any


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
    number: str | None = None


@dataclass(frozen=True, slots=True)
class Tie:
    """All trade with one counterparty: yuan in all, number of papers, the last ISO date."""

    name: str | None
    amount_cny: Decimal
    papers: int
    last_on: str | None


@dataclass(frozen=True, slots=True)
class Neighbourhood:
    """What stands next to a company: the largest 50 buyers and sellers, vehicles, papers."""

    company: Mapping[str, Any] | None
    buyers: tuple[Tie, ...]
    sellers: tuple[Tie, ...]
    plates: tuple[str | None, ...]
    vouchers: tuple[tuple[str, str], ...]
    """Evidence id and kind."""
