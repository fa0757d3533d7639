"""The PD prior: its file, its signs, and that its training can be run again."""

from __future__ import annotations

import json
import shutil
import sys

import numpy as np
import pytest
import yaml

from risk.errors import ModelUnavailable
from risk.features import NAMES, row
from risk.model import ROOM, load, pd_prior
from risk.sectors import SECTIONS, section_of_code, section_of_naics


@pytest.fixture
def copy(tmp_path):
    shutil.copy(ROOM / "models.yml", tmp_path)
    shutil.copytree(ROOM / "models", tmp_path / "models")
    return tmp_path


def test_another_file_than_the_listed_one_is_refused(copy):
    with (copy / "models" / "pd_prior.ubj").open("ab") as file:
        file.write(b"\0")
    with pytest.raises(ModelUnavailable, match="listed"):
        load(copy)


def test_a_missing_file_is_refused(copy):
    (copy / "models" / "pd_prior.ubj").unlink()
    with pytest.raises(ModelUnavailable):
        load(copy)


def test_other_features_are_refused(copy):
    listed = yaml.safe_load((copy / "models.yml").read_text())
    listed["pd_prior"]["input"] = listed["pd_prior"]["input"][::-1]
    (copy / "models.yml").write_text(yaml.safe_dump(listed))
    with pytest.raises(ModelUnavailable, match="features"):
        load(copy)


def odds(*rows):
    return pd_prior().relative_log_odds([row(*r) for r in rows])


@pytest.mark.parametrize("section", [None, *"CEFGHLO"])
@pytest.mark.parametrize("new", [None, False, True])
def test_more_people_are_never_riskier(section, new):
    found = odds(*((n, 300_000.0, new, section) for n in (1, 2, 4, 9, 25, 80, 400)))
    assert (np.diff(found) <= 1e-6).all()


@pytest.mark.parametrize("section", [None, *"CEFGHLO"])
def test_asking_for_more_is_never_safer(section):
    amounts = (20_000.0, 80_000.0, 300_000.0, 1_000_000.0, 5_000_000.0)
    assert (np.diff(odds(*((3, a, False, section) for a in amounts))) >= -1e-6).all()


@pytest.mark.parametrize("section", [None, *SECTIONS])
def test_a_new_business_is_never_safer(section):
    old, new = odds((3, 100_000.0, False, section), (3, 100_000.0, True, section))
    assert new >= old - 1e-6


def test_nothing_known_is_near_the_mean():
    assert abs(float(odds((None, None, None, None))[0])) < 0.5


def test_features_know_neither_term_nor_property():
    assert not {"term", "real_estate", "realestate"} & {n.lower() for n in NAMES}
    assert section_of_naics().get(0) is None


def test_sections():
    assert section_of_code("5431") == "G"
    assert section_of_code("5213") == "F"
    assert section_of_code("0111") == "A"
    assert section_of_code(None) is None
    assert section_of_code("x") is None
    assert section_of_naics()[48] == "G"
    assert section_of_naics()[72] == "H"


def test_the_card_tells_the_measured_figures():
    metrics = json.loads((ROOM / "models" / "pd_prior.metrics.json").read_text())
    card = (ROOM / "models" / "pd_prior.md").read_text(encoding="utf-8")
    for name in ("out_of_time", "natural_rate_unseen_loans"):
        for figure in ("auc", "ks", "brier"):
            assert f"{metrics[name][figure]:.3f}" in card, (name, figure)
    assert metrics["out_of_time"]["auc"] > 0.54
    assert metrics["out_of_time"]["brier"] < metrics["out_of_time"]["brier_of_base_rate"]


def test_training_can_be_run_again(dev_data, tmp_path, monkeypatch):
    from risk.training import pd_prior as script

    arguments = ["pd_prior", "--data", str(dev_data), "--out", str(tmp_path)]
    monkeypatch.setattr(sys, "argv", arguments)
    script.main()
    listed = yaml.safe_load((ROOM / "models.yml").read_text())["pd_prior"]
    again = yaml.safe_load((tmp_path / "models.yml").read_text())["pd_prior"]
    assert again["calibration"] == pytest.approx(listed["calibration"], abs=0.01)
    cases = [(3, 300_000.0, False, s) for s in "CFGHO"] + [(None, None, None, None)]
    rows = [row(*c) for c in cases]
    ours, theirs = pd_prior().relative_log_odds(rows), load(tmp_path).relative_log_odds(rows)
    assert theirs == pytest.approx(ours, abs=0.02)
