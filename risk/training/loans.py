"""The SBA's small-business loans as features: read, cleaned of what would leak, weighted.

Left out on purpose: the loan's term and all that is built on it (it is rewritten after a
default, so it is not known at the application), and loans without a NAICS code (they are old,
and safe for that reason alone).
"""

from __future__ import annotations

import csv
import gzip
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

import numpy as np

from risk.features import CNY_PER_USD, NAMES, row
from risk.sectors import SECTIONS, section_of_naics

POPULATION_BAD_RATE = 0.1756
"""Share of charged-off loans in the whole national file; the samples are balanced by class."""
MOST_STAFF = 5_000
"""More people than this is an error of typing, not a small business."""
STATUSES = {"PIF": False, "CHGOFF": True}


@dataclass(frozen=True, slots=True)
class Loans:
    """Loans, one a row.

    Attributes:
        x: Features, float32, shape (loans, len(NAMES)).
        bad: 1.0 for a loan that was charged off.
        years: Fiscal year of approval.
        ids: The loans' own numbers.
        loss_share: Charged-off part of what was paid out, in [0, 1]; NaN for good loans.
    """

    x: np.ndarray
    bad: np.ndarray
    years: np.ndarray
    ids: np.ndarray
    loss_share: np.ndarray

    def __len__(self) -> int:
        return len(self.bad)

    def where(self, mask: np.ndarray) -> Loans:
        """Those loans for which the mask is true."""
        return Loans(
            self.x[mask], self.bad[mask], self.years[mask], self.ids[mask], self.loss_share[mask]
        )

    @property
    def sections(self) -> np.ndarray:
        """Each loan's GB/T section, a letter."""
        first = NAMES.index(f"section_{SECTIONS[0]}")
        letters: np.ndarray = np.array(list(SECTIONS))[np.argmax(self.x[:, first:], axis=1)]
        return letters


def read_loans(path: Path) -> Loans:
    """The loans of one of the SBA files that can be used, in either spelling of its header."""
    rows, bad, years, ids, losses = [], [], [], [], []
    with _text_of(path) as file:
        for loan in _plain(csv.DictReader(file)):
            section = section_of_naics().get(int(_number(loan["naics"])) // 10_000)
            status = STATUSES.get(loan["misstatus"].replace(" ", "").upper())
            amount, year = _number(loan["grappv"]), _year(loan["approvalfy"])
            if section is None or status is None or amount <= 0 or year is None:
                continue
            staff = _number(loan["noemp"])
            new = {"1": False, "2": True}.get(loan["newexist"][:1])
            known_staff = staff if 0 < staff <= MOST_STAFF else None
            rows.append(row(known_staff, amount * CNY_PER_USD, new, section))
            bad.append(status)
            years.append(year)
            ids.append(int(_number(loan["loannrchkdgt"])))
            losses.append(_loss_share(loan) if status else np.nan)
    return Loans(
        np.stack(rows),
        np.asarray(bad, np.float32),
        np.asarray(years),
        np.asarray(ids),
        np.asarray(losses),
    )


def _text_of(path: Path) -> TextIO:
    if path.suffix == ".gz":
        return gzip.open(path, "rt", encoding="utf-8", errors="replace")
    return path.open(encoding="utf-8", errors="replace")


def _plain(loans: Iterator[Mapping[str, str]]) -> Iterator[dict[str, str]]:
    for loan in loans:
        yield {k.replace("_", "").lower(): (v or "").strip() for k, v in loan.items() if k}


def _number(text: str) -> float:
    try:
        return float(text.replace("$", "").replace(",", "") or 0)
    except ValueError:
        return 0.0


def _year(text: str) -> int | None:
    digits = "".join(c for c in text if c.isdigit())[:4]
    return int(digits) if len(digits) == 4 else None


def _loss_share(loan: Mapping[str, str]) -> float:
    paid_out = _number(loan["disbursementgross"])
    return min(1.0, _number(loan["chgoffpringr"]) / paid_out) if paid_out else float("nan")


def weights_by_year(bad: np.ndarray, years: np.ndarray) -> np.ndarray:
    """Weights under which bad loans make up the population's share in every year.

    A year's own rate of default is not known ahead, and would be learnt as though old trades
    were safe trades; so each year counts as the population. A year with one class counts zero.
    """
    weight = np.zeros(len(bad), np.float32)
    for year in np.unique(years):
        these = years == year
        share = float(bad[these].mean())
        if 0 < share < 1:
            heavy, light = POPULATION_BAD_RATE / share, (1 - POPULATION_BAD_RATE) / (1 - share)
            weight[these] = np.where(bad[these] > 0, heavy, light)
    return weight
