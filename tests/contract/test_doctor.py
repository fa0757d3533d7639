"""Every check of `bailing doctor` says what it is about and what to do, and is documented."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bailing.doctor import Check, Finding, Status, all_checks
from bailing.doctor.registry import Group
from bailing.doctor.runner import TOTAL_S


def test_every_check_is_documented_in_its_own_words(project_root: Path) -> None:
    text = (project_root / "docs" / "doctor.md").read_text(encoding="utf-8")
    found = re.findall(r"^## (\w+)$|^\| `([\w-]+)` \| (.+) \|$", text, re.MULTILINE)
    rows, group = [], ""
    for heading, name, about in found:
        group = heading or group
        if name:
            rows.append((group, name, about))
    assert rows == [(c.group.value, c.name, c.about) for c in all_checks()]


def test_every_check_says_what_to_do_and_ends_in_time() -> None:
    for check in all_checks():
        assert check.remedy.strip()
        assert "\n" not in check.remedy
        assert len(check.about) <= 90
        assert re.fullmatch(r"[a-z]+(-[a-z]+)*", check.name)
        assert check.limit_s < TOTAL_S < 30


def test_a_half_added_check_is_refused() -> None:
    def look(_site: object) -> Finding:
        return Finding(Status.OK, "well")

    with pytest.raises(ValueError, match="needs words"):
        Check("half", Group.MACHINE, "", look, "mend it", 1)
    with pytest.raises(ValueError, match="needs words"):
        Check("half", Group.MACHINE, "something is well", look, " ", 1)


@pytest.mark.parametrize("status", [Status.WARNING, Status.FAILURE])
def test_a_fault_without_a_way_out_is_refused(status: Status) -> None:
    with pytest.raises(ValueError, match="what to do"):
        Finding(status, "it is broken")
    with pytest.raises(ValueError, match="one line"):
        Finding(status, "it is broken", "first\nsecond")
    with pytest.raises(ValueError, match="what to do"):
        Finding(Status.OK, "it is well", "mend it")
