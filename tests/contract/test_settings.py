"""Every setting is documented, with its default, and nothing else is."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bailing.settings import Settings

SET_UP_ALONE = {"BAILING_RASA_PYTHON"}


@pytest.fixture
def rows(project_root: Path) -> dict[str, str]:
    text = (project_root / "docs" / "settings.md").read_text(encoding="utf-8")
    return dict(re.findall(r"^\| `(BAILING_\w+)` \| (.+?) \|", text, re.MULTILINE))


def test_every_setting_is_documented(rows: dict[str, str], project_root: Path) -> None:
    assert set(rows) == {f"BAILING_{name.upper()}" for name in Settings.model_fields}
    text = (project_root / "docs" / "settings.md").read_text(encoding="utf-8")
    assert set(re.findall(r"BAILING_\w+", text)) == set(rows) | SET_UP_ALONE


def test_plain_defaults_are_those_of_the_code(rows: dict[str, str]) -> None:
    for name, field in Settings.model_fields.items():
        if isinstance(field.default, bool | int) or name == "host":
            assert rows[f"BAILING_{name.upper()}"] == f"`{str(field.default).lower()}`"
