"""The tree of industries beside the standard's list."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

from graph import knowledge
from graph.industry_tree import Level, industry_tree


def test_four_levels_each_part_of_the_one_above() -> None:
    tree = {node.code: node for node in industry_tree()}
    assert Counter(node.level for node in tree.values()) == {
        Level.SECTION: 20,
        Level.DIVISION: 97,
        Level.GROUP: 473,
        Level.CLASS: 1381,
    }
    order = list(Level)
    for node in tree.values():
        if node.parent is None:
            assert node.level is Level.SECTION
        else:
            above = tree[node.parent].level
            assert order.index(above) == order.index(node.level) - 1


def test_classes_have_the_names_that_the_knowledge_base_knows() -> None:
    for node in industry_tree():
        if node.level is Level.CLASS:
            assert node.name == knowledge().name(node.code)


def test_it_is_the_standards_own_tree(dev_data: Path) -> None:
    file = dev_data / "datasets" / "graph" / "gbt4754" / "gbt4754_2017_tree.csv"
    with file.open(encoding="utf-8", newline="") as source:
        rows = {row["code"]: row for row in csv.DictReader(source)}
    tree = {node.code: node for node in industry_tree()}
    assert tree.keys() == rows.keys()
    assert all((rows[code]["parent"] or None) == node.parent for code, node in tree.items())
    upper = [n for n in tree.values() if n.name and n.level is not Level.CLASS]
    assert all(node.name == rows[node.code]["name"].strip() for node in upper)
