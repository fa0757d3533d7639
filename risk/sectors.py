"""The common ground of two classifications: sections of GB/T 4754-2017."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path

SECTIONS = "ABCDEFGHIJKLMNOPQRS"
RANGES = (
    (1, 5, "A"), (6, 12, "B"), (13, 43, "C"), (44, 46, "D"), (47, 50, "E"), (51, 52, "F"),
    (53, 60, "G"), (61, 62, "H"), (63, 65, "I"), (66, 69, "J"), (70, 70, "K"), (71, 72, "L"),
    (73, 75, "M"), (76, 79, "N"), (80, 82, "O"), (83, 83, "P"), (84, 85, "Q"), (86, 90, "R"),
    (91, 97, "S"),
)  # fmt: skip


def section_of_code(industry_code: str | None) -> str | None:
    """The section of a four-digit GB/T 4754 code; None where it is unknown."""
    if not industry_code or not industry_code[:2].isdecimal():
        return None
    division = int(industry_code[:2])
    return next((s for low, high, s in RANGES if low <= division <= high), None)


@cache
def section_of_naics() -> dict[int, str]:
    """Two-digit NAICS to section, from ``sections.csv`` (a judgement of ours, by name)."""
    with (Path(__file__).parent / "sections.csv").open(encoding="utf-8") as file:
        return {int(row["naics"]): row["section"] for row in csv.DictReader(file)}
