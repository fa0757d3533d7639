"""The policy file: read, checked, and every number explained."""

from __future__ import annotations

import pytest
import yaml

from bailing.terms import VOUCHER_TITLES, FactKind
from risk import load_policy
from risk.errors import PolicyBroken
from risk.policy import STANDARD


def test_every_number_says_where_it_comes_from():
    for line in STANDARD.read_text(encoding="utf-8").splitlines():
        name, _, rest = line.partition(":")
        if rest.strip()[:1].isdigit() and not name.startswith((" ", "#")):
            assert len(rest.partition("#")[2].strip()) > 15, line


@pytest.mark.parametrize(
    ("name", "value"),
    [("lgd", 0), ("said_weight", 0.99), ("base_pd", 1), ("cap_proven", 1), ("fades", [0.5, 1])],
)
def test_a_policy_that_makes_no_sense_is_refused(tmp_path, name, value):
    body = yaml.safe_load(STANDARD.read_text(encoding="utf-8"))
    path = tmp_path / "policy.yml"
    path.write_text(yaml.safe_dump({**body, name: value}), encoding="utf-8")
    with pytest.raises(PolicyBroken):
        load_policy(path)


@pytest.mark.parametrize("text", ["", "- a", "version: x", "{", "\x00"])
def test_a_broken_file_is_refused(tmp_path, text):
    path = tmp_path / "policy.yml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(PolicyBroken):
        load_policy(path)


def test_an_unknown_key_is_refused(tmp_path):
    path = tmp_path / "policy.yml"
    path.write_text(STANDARD.read_text(encoding="utf-8") + "\nlimit_for_friends: 5\n")
    with pytest.raises(PolicyBroken):
        load_policy(path)


def test_every_readable_kind_has_a_title(policy):
    assert set(policy.readable_vouchers) <= set(VOUCHER_TITLES)


def test_no_evidence_raises_the_pd(policy):
    assert all(w.log_odds <= 0 for w in policy.evidence.values())
    assert set(policy.evidence) <= set(FactKind)
