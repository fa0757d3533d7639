"""GB/T 4754-2017 as a tree: section, division, group, class.

A class's code holds those above it: 5431 is of group 543, of division 54; the divisions of each
section are a row of sections.csv. The standard lets a group that is not divided be one class
that ends in 0 and has its name. The other groups' and the divisions' names are not among the
project's files: their nodes have none.
"""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path

from graph.errors import KnowledgeBroken
from graph.files import read_names

FOLDER = Path(__file__).parent / "knowledge"
CLASSES, SECTIONS = "gbt4754.csv", "sections.csv"


class Level(StrEnum):
    """How fine an industry is."""

    SECTION = "section"
    DIVISION = "division"
    GROUP = "group"
    CLASS = "class"


LEVEL_OF = {1: Level.SECTION, 2: Level.DIVISION, 3: Level.GROUP, 4: Level.CLASS}
"""By the length of the code."""


@dataclass(frozen=True, slots=True)
class IndustryNode:
    """One industry; ``parent`` is None for a section."""

    code: str
    name: str | None
    level: Level
    parent: str | None

    def row(self) -> dict[str, str | None]:
        """As a query takes it."""
        return {**asdict(self), "level": self.level.value}


@cache
def industry_tree(folder: Path = FOLDER) -> tuple[IndustryNode, ...]:
    """Every industry of the standard, those above before those below.

    Raises:
        KnowledgeBroken: A file is missing, or a class lies in no section.
    """
    classes = read_names(folder / CLASSES)
    names, section_of = _sections(folder / SECTIONS)
    names |= classes
    names |= {code[:3]: name for code, name in classes.items() if code.endswith("0")}
    codes = {code[:n] for code in classes for n in (2, 3, 4)}
    if lost := sorted(code for code in codes if code[:2] not in section_of):
        raise KnowledgeBroken(f"{SECTIONS}: no section has {lost}")
    parents = {code: section_of[code] if len(code) == 2 else code[:-1] for code in codes}
    every = sorted({*codes, *section_of.values()}, key=lambda code: (len(code), code))
    return tuple(
        IndustryNode(code, names.get(code), LEVEL_OF[len(code)], parents.get(code))
        for code in every
    )


@cache
def fingerprint(folder: Path = FOLDER) -> str:
    """Changes with the tree."""
    text = repr([node.row() for node in industry_tree(folder)])
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _sections(path: Path) -> tuple[dict[str, str], Mapping[str, str]]:
    """The sections' names, and the section of each division."""
    names: dict[str, str] = {}
    section_of: dict[str, str] = {}
    try:
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                names[row["code"]] = row["name"]
                divisions = range(int(row["first"]), int(row["last"]) + 1)
                section_of |= {f"{n:02}": row["code"] for n in divisions}
    except (OSError, KeyError, ValueError) as error:
        raise KnowledgeBroken(f"{path.name}: {error}") from error
    return names, section_of
