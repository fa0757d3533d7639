"""The lender's policy: every threshold of a decision, read from one file."""

from __future__ import annotations

from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Annotated, Self

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from bailing.terms import FactKind, VoucherType
from risk.errors import PolicyBroken

STANDARD = Path(__file__).parent / "policies" / "standard.yml"
Share = Annotated[Decimal, Field(ge=0, le=1)]
Positive = Annotated[Decimal, Field(gt=0)]
NotNegative = Annotated[Decimal, Field(ge=0)]


class Weight(BaseModel):
    """What one fact of a kind does at confidence 1.

    Attributes:
        strength: How much of the way to full weight it goes, in [0, 1].
        log_odds: What it takes off the PD's log-odds; never positive.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    strength: Share
    log_odds: float = Field(le=0)


class Outlook(BaseModel):
    """What a proof not yet seen may turn out to be.

    Attributes:
        share: Where between the trade's low (0) and high (1) share of sales it lies.
        confidence: How surely it is read, in [0, 1].
        chance: How likely that is beside the other outlooks.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    share: Share
    confidence: float = Field(ge=0, le=1)
    chance: Share


class Policy(BaseModel):
    """A policy file, checked. Amounts in yuan; ``policies/standard.yml`` explains each field."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    version: str
    base_pd: float = Field(gt=0, lt=1)
    pd_floor: float = Field(gt=0, lt=1)
    lgd: float = Field(gt=0, le=1)
    said_weight: Share
    full_weight: Share
    said_days_weight: Share
    said_tolerance: Share
    gap: Share
    growth_percent: Annotated[Decimal, Field(gt=-100)]
    prepaid_days: NotNegative
    advance_days: NotNegative
    min_cycle_days: Positive
    max_cycle_days: Positive
    sales_multiple: Positive
    part_full_share_of_month: Positive
    el_budget_base_cny: NotNegative
    el_budget_of_sales: NotNegative
    cap_cny: NotNegative
    cap_said_only: Positive
    cap_proven: Positive
    review_above: Positive
    round_to_cny: Positive
    fades: tuple[Share, ...]
    evidence: dict[FactKind, Weight]
    whole_turnover: frozenset[FactKind]
    outlooks: tuple[Outlook, ...] = Field(min_length=1)
    sureness: dict[VoucherType, float]
    effort_cny: NotNegative
    readable_vouchers: tuple[VoucherType, ...]

    @model_validator(mode="after")
    def _hangs_together(self) -> Self:
        for low, high in (
            (self.said_weight, self.full_weight),
            (self.min_cycle_days, self.max_cycle_days),
            (self.cap_said_only, self.cap_proven),
            (self.said_tolerance, self.gap),
        ):
            if low > high:
                raise ValueError(f"{low} is above {high}, where it should be below")
        if list(self.fades) != sorted(self.fades, reverse=True):
            raise ValueError("fades rise")
        return self


@cache
def load_policy(path: Path | str | None = None) -> Policy:
    """The policy at this path; the standard one for None.

    Raises:
        PolicyBroken: It cannot be read, or is not as it must be.
    """
    try:
        text = Path(path or STANDARD).read_text(encoding="utf-8")
        return Policy.model_validate(yaml.safe_load(text))
    except (OSError, UnicodeDecodeError, yaml.YAMLError, ValidationError) as error:
        raise PolicyBroken(str(error)) from error
