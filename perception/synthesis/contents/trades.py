"""Lines of business: what firms are called, may do and sell (``trades.yml``)."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import yaml

_PERMIT = "（依法须经批准的项目，经相关部门批准后方可开展经营活动，具体经营项目以审批结果为准）"
_FREE = "（除依法须经批准的项目外，凭营业执照依法自主开展经营活动）"


class Trade(StrEnum):
    """A line of business that papers can be made for."""

    HAULAGE = "haulage"
    CONVENIENCE = "convenience"
    CLOTHING = "clothing"
    BUILDING = "building"
    HARDWARE = "hardware"
    CATERING = "catering"
    PRODUCE = "produce"
    MACHINERY = "machinery"
    ELECTRONICS = "electronics"
    FURNITURE = "furniture"
    AUTO_PARTS = "auto_parts"
    PACKAGING = "packaging"
    STATIONERY = "stationery"
    LIVESTOCK = "livestock"


@dataclass(frozen=True, slots=True)
class Good:
    """Something sold.

    Attributes:
        name: As lists name it.
        tax_class: The short class that invoices put between asterisks.
        models: Sizes and types; empty where there is none.
        unit: 单位.
        low_cny: Lowest price of one, with tax.
        high_cny: Highest price of one, with tax.
        rate: Tax rate.
    """

    name: str
    tax_class: str
    models: tuple[str, ...]
    unit: str
    low_cny: Decimal
    high_cny: Decimal
    rate: Decimal


@dataclass(frozen=True, slots=True)
class TradeKnowledge:
    """What is known of a trade.

    Attributes:
        sole: Ending of sole traders' names.
        company: Middle of companies' names, before 有限公司.
        permit: 许可项目 that its firms may have.
        general: 一般项目.
        goods: What is sold.
    """

    sole: str
    company: str
    permit: tuple[str, ...]
    general: tuple[str, ...]
    goods: tuple[Good, ...]

    def scope(self, rng: np.random.Generator) -> str:
        """A 经营范围 in the words of today's registers."""
        permit = self._some(rng, self.permit, 2)
        general = self._some(rng, self.general, 6)
        words = f"许可项目：{'；'.join(permit)}。{_PERMIT}" if permit else ""
        return f"{words}一般项目：{'；'.join(general)}。{_FREE if rng.random() < 0.7 else ''}"

    def old_scope(self, rng: np.random.Generator) -> str:
        """A 经营范围 as registers worded it before 2020."""
        items = [*self._some(rng, self.permit, 2), *self._some(rng, self.general, 5)]
        tail = "（依法须经批准的项目，经相关部门批准后方可开展经营活动）"
        return "；".join(items) + "。" + (tail if rng.random() < 0.6 else "")

    @staticmethod
    def _some(rng: np.random.Generator, of: tuple[str, ...], most: int) -> list[str]:
        if not of:
            return []
        count = int(rng.integers(1, min(len(of), most) + 1))
        return [of[k] for k in sorted(rng.choice(len(of), count, replace=False))]


@cache
def _trades() -> dict[str, TradeKnowledge]:
    rows: Any = yaml.safe_load((Path(__file__).parent / "trades.yml").read_text(encoding="utf-8"))
    return {
        name: TradeKnowledge(
            row["sole"],
            row["company"],
            tuple(row["permit"]),
            tuple(row["general"]),
            tuple(
                Good(g[0], g[1], tuple(g[2]), g[3], Decimal(g[4]), Decimal(g[5]), Decimal(g[6]))
                for g in row["goods"]
            ),
        )
        for name, row in rows.items()
    }


def trade_of(trade: Trade) -> TradeKnowledge:
    """What is known of that trade."""
    return _trades()[trade]


def any_trade(rng: np.random.Generator) -> Trade:
    """One by chance."""
    known = tuple(Trade)
    return known[rng.integers(len(known))]
