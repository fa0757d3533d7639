"""The lender's policy: every threshold of a decision, read from one file."""

from __future__ import annotations

from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Annotated

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from bailing.terms import FactKind, VoucherType
from risk.errors import PolicyBroken

STANDARD = Path(__file__).parent / "policies" / "standard.yml"
Share = Annotated[Decimal, Field(ge=0, le=1)]


class Weight(BaseModel):
    """What one fact of a kind does: a share of the way to full weight, and PD log-odds."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    strength: Share
    log_odds: float = Field(le=0)


class Policy(BaseModel):
    """A policy file, checked. Amounts in yuan; ``policies/standard.yml`` explains each field."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    version: str
    base_pd: float = Field(gt=0, lt=1)
    pd_floor: float = Field(gt=0, lt=1)
    lgd: float = Field(gt=0, le=1)
    said_weight: Share
    full_weight: Share
    gap: Share
    growth_percent: Decimal
    profit_share_of_margin: Share
    min_cycle_days: Decimal = Field(gt=0)
    max_cycle_days: Decimal
    sales_multiple: Decimal = Field(gt=0)
    el_budget_base_cny: Decimal
    el_budget_of_sales: Decimal
    cap_cny: Decimal
    cap_said_only: Decimal
    cap_proven: Decimal
    review_above: Decimal
    round_to_cny: Decimal
    evidence: dict[FactKind, Weight]
    readable_vouchers: tuple[VoucherType, ...]


@cache
def load_policy(path: Path | str | None = None) -> Policy:
    """The policy at this path; the standard one for None.

    Raises:
        PolicyBroken: It cannot be read, or is not as it must be.
    """
    try:
        text = Path(path or STANDARD).read_text(encoding="utf-8")
        return Policy.model_validate(yaml.safe_load(text))
    except (OSError, yaml.YAMLError, ValidationError) as error:
        raise PolicyBroken(str(error)) from error
