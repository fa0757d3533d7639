"""The two lists of the dialogue engine agree, so that a model of one serves in the other."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

PYTHON_310_ONLY = {"exceptiongroup", "tomli"}
"""Backports of what Python 3.11 has itself."""
PYTHON_311_ONLY = {"contourpy"}
"""What the newer matplotlib asks for."""


def pinned(list_of_packages: Path) -> dict[str, str]:
    """Version by package."""
    found = re.findall(r"^([\w.-]+)==(\S+)", list_of_packages.read_text(encoding="utf-8"), re.M)
    return dict(found)


@pytest.fixture(scope="module")
def locks(project_root: Path) -> Path:
    return project_root / "locks"


def test_both_engines_have_the_same_versions(locks: Path) -> None:
    older, newer = pinned(locks / "rasa.txt"), pinned(locks / "rasa311.txt")
    overrides = (locks / "rasa311-overrides.txt").read_text(encoding="utf-8")
    apart = set(re.findall(r"^(\w+)>=", overrides, re.M))
    assert older.keys() - newer.keys() == PYTHON_310_ONLY
    assert newer.keys() - older.keys() == PYTHON_311_ONLY
    assert {n for n in older.keys() & newer.keys() if older[n] != newer[n]} == apart


@pytest.mark.parametrize("name", ["uv", "app", "rasa", "rasa311"])
def test_a_list_pins_every_package_by_hash_and_names_no_address(locks: Path, name: str) -> None:
    text = (locks / f"{name}.txt").read_text(encoding="utf-8")
    entries = re.split(r"^(?=\w)", text, flags=re.M)[1:]
    assert entries
    assert all("--hash=sha256:" in entry for entry in entries)
    assert "://" not in text
