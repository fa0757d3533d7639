"""Voucher files and models are whole: a half-added one is found here."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
import yaml

from bailing.terms import VoucherType
from perception import model_files
from perception.errors import ModelUnavailable, PerceptionError
from perception.kind.look import CATEGORIES, NAMES_EN, NAMES_ZH
from perception.model_files import load_model, model_entries, model_is_there
from perception.voucher_files import FOLDER, VoucherFile, voucher_files

CONTRACT = {
    VoucherType.BUSINESS_LICENSE: {
        "name", "social_credit_code", "registration_number", "legal_person", "company_type",
        "address", "registered_capital", "established_on", "valid_until", "business_scope",
    },
    VoucherType.VAT_SPECIAL_INVOICE: {
        "invoice_code", "invoice_number", "issued_on", "seller_name", "seller_tax_id",
        "buyer_name", "buyer_tax_id", "amount_cny", "tax_cny", "total_cny", "check_code",
    },
}  # fmt: skip
CONTRACT[VoucherType.VAT_GENERAL_INVOICE] = CONTRACT[VoucherType.VAT_SPECIAL_INVOICE]


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.yml")), ids=lambda p: p.stem)
def test_a_voucher_file_is_whole(path: Path) -> None:
    file = VoucherFile.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")))
    assert file.type == path.stem
    assert file.title.zh
    assert file.title.en.isascii()
    assert file.facts
    assert set(file.looks) <= set(load_model("look").entry.labels)
    names = [f.name for f in file.fields]
    assert len(set(names)) == len(names)
    assert set(names) == CONTRACT.get(file.type, set())
    assert all(f.labels and f.label.zh and f.label.en.isascii() for f in file.fields)
    if file.words:
        assert any(f.required for f in file.fields)
        assert len(file.helps) >= 5


def test_the_road_s_kinds_are_there() -> None:
    assert len(voucher_files()) >= 6


@pytest.mark.parametrize("name", sorted(model_entries()))
def test_a_model_is_whole(name: str) -> None:
    entry = model_entries()[name]
    if entry.licence.startswith("AGPL") and not model_is_there(name):
        pytest.skip(f"{entry.file} is under the AGPL and not installed")
    assert len(load_model(name).content) < 15_000_000
    for part in (entry.card, entry.metrics):
        assert (model_files.ROOM / part).stat().st_size > 100
    assert entry.licence


def test_what_is_under_the_agpl_lies_apart_and_is_not_packed(project_root: Path) -> None:
    for entry in model_entries().values():
        assert entry.licence.startswith("AGPL") == entry.file.startswith("models/agpl/")
    assert "AFFERO" in (model_files.ROOM / "models/agpl/LICENSE").read_text()
    packing = tomllib.loads((project_root / "pyproject.toml").read_text())["tool"]["setuptools"]
    assert "perception.models.agpl*" in packing["packages"]["find"]["exclude"]
    assert not any("agpl" in line or "**" in line for line in packing["package-data"]["perception"])


def test_every_look_has_its_names() -> None:
    labels = set(load_model("look").entry.labels)
    assert labels == set(NAMES_ZH) == set(NAMES_EN) == set(CATEGORIES)


def test_an_altered_model_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    entry = model_entries()["recapture"]
    (tmp_path / "models").mkdir()
    (tmp_path / entry.file).write_bytes(b"{}")
    monkeypatch.setattr(model_files, "ROOM", tmp_path)
    with pytest.raises(ModelUnavailable):
        load_model("recapture")
    with pytest.raises(ModelUnavailable):
        load_model("nothing")


def test_every_error_has_its_own_code() -> None:
    codes = [error.code for error in PerceptionError.__subclasses__()]
    assert len(set(codes)) == len(codes)
    assert PerceptionError.code not in codes
