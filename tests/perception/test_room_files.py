"""Voucher files and models are whole: a half-added one is found here."""

from __future__ import annotations

import tomllib
from pathlib import Path, PurePosixPath

import pytest
import yaml

from bailing.terms import VoucherType
from perception import model_files
from perception.errors import ModelUnavailable, PerceptionError
from perception.fields.labels import plain
from perception.kind.look import CATEGORIES, NAMES_EN, NAMES_ZH
from perception.model_files import load_model, model_entries, model_is_there
from perception.voucher_files import FOLDER, FieldFile, VoucherFile, voucher_files

CONTRACT = {
    VoucherType.BUSINESS_LICENSE: {
        "name", "social_credit_code", "registration_number", "legal_person", "company_type",
        "address", "registered_capital", "established_on", "valid_until", "business_scope",
    },
    VoucherType.VAT_SPECIAL_INVOICE: {
        "invoice_code", "invoice_number", "issued_on", "seller_name", "seller_tax_id",
        "buyer_name", "buyer_tax_id", "amount_cny", "tax_cny", "total_cny", "check_code",
    },
    VoucherType.PURCHASE_SALE_CONTRACT: {
        "contract_number", "party_a", "party_b", "signed_on", "amount_cny",
        "valid_until", "payment_days", "signed_at", "seller_name",
    },
    VoucherType.TRANSPORT_CONTRACT: {
        "contract_number", "party_a", "party_b", "signed_on", "amount_cny",
        "valid_until", "payment_days", "route_from", "route_to", "carrier_name",
    },
    VoucherType.LEASE_CONTRACT: {
        "contract_number", "party_a", "party_b", "signed_on", "amount_cny",
        "rent_period", "valid_from", "valid_until", "address", "area_sqm",
        "deposit_cny",
    },
    VoucherType.PURCHASE_ORDER: {
        "order_number", "buyer_name", "seller_name", "ordered_on", "deliver_on",
        "total_cny",
    },
    VoucherType.DELIVERY_NOTE: {
        "note_number", "customer_name", "sender_name", "delivered_on", "total_cny",
        "total_quantity",
    },
    VoucherType.WAYBILL: {
        "waybill_number", "shipper_name", "consignee_name", "route_from", "route_to",
        "shipped_on", "goods", "pieces", "weight_kg", "freight_cny", "plate",
        "carrier_name",
    },
    VoucherType.RECEIPT: {
        "receipt_number", "payer_name", "payee_name", "received_on", "purpose",
        "amount_cny",
    },
    VoucherType.BANK_STATEMENT: {
        "bank_name", "account_name", "account_number", "period_from", "period_to",
        "total_in_cny", "total_out_cny", "closing_balance_cny", "monthly_inflow_cny",
    },
    VoucherType.E_PAYMENT_STATEMENT: {
        "platform", "account_name", "account_number", "period_from", "period_to",
        "total_in_cny", "total_out_cny", "monthly_inflow_cny",
    },
    VoucherType.TAX_CERTIFICATE: {
        "certificate_number", "taxpayer_name", "tax_id", "issued_on", "total_cny",
    },
    VoucherType.VAT_RETURN: {
        "taxpayer_name", "tax_id", "period_from", "period_to", "sales_cny",
        "tax_payable_cny", "filed_on",
    },
    VoucherType.FINANCIAL_STATEMENT: {
        "company_name", "period_to", "total_assets_cny", "total_liabilities_cny",
        "equity_cny", "receivables_cny", "inventory_cny", "revenue_cny", "cost_cny",
        "net_profit_cny",
    },
    VoucherType.SOCIAL_INSURANCE_PROOF: {
        "company_name", "social_credit_code", "period_from", "period_to", "staff_count",
        "total_cny", "issued_on",
    },
    VoucherType.UTILITY_BILL: {
        "utility", "customer_name", "customer_number", "address", "period_from",
        "period_to", "usage", "amount_cny",
    },
    VoucherType.ROAD_TRANSPORT_PERMIT: {
        "permit_number", "holder_name", "address", "business_scope", "plate",
        "vehicle_type", "tonnage_ton", "issued_on", "valid_until",
    },
    VoucherType.VEHICLE_LICENSE: {
        "plate", "vehicle_type", "owner", "address", "use_character", "model", "vin",
        "engine_number", "registered_on", "issued_on",
    },
    VoucherType.VEHICLE_REGISTRATION: {
        "certificate_number", "owner", "registered_on", "plate", "vehicle_type",
        "brand", "model", "vin", "engine_number",
    },
    VoucherType.FOOD_PERMIT: {
        "permit_number", "name", "social_credit_code", "legal_person", "address",
        "premises", "main_type", "business_scope", "issued_on", "valid_until",
    },
    VoucherType.TOBACCO_LICENSE: {
        "permit_number", "name", "legal_person", "address", "business_scope",
        "valid_from", "valid_until", "issued_on",
    },
    VoucherType.PROPERTY_CERTIFICATE: {
        "certificate_number", "owner", "co_ownership", "address", "unit_number",
        "right_type", "use", "area_sqm", "valid_until",
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
    assert all(f.label.zh and f.label.en.isascii() for f in file.fields)
    for field in file.fields:
        labels = [plain(label) for label in field.labels]
        assert len(set(labels)) == len(labels), field.name
    if file.words:
        assert any(f.required for f in file.fields)
        assert len(file.helps) >= 5


def test_every_kind_has_its_file() -> None:
    assert set(voucher_files()) == set(VoucherType) - {VoucherType.OTHER}
    for kind, file in voucher_files().items():
        assert file.title.zh
        assert bool(file.parties) == (
            bool(file.fields) and kind is not VoucherType.BUSINESS_LICENSE
        )


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": "x", "kind": "text", "patterns": ["no group"]},
        {"name": "x", "kind": "choice", "labels": ["x"]},
        {"name": "x", "kind": "text", "labels": ["x"], "values": {"a": ["b"]}},
        {"name": "x", "kind": "text"},
        {"name": "x", "kind": "colour", "labels": ["x"]},
    ],
)
def test_a_field_that_nothing_finds_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"x|kind"):
        FieldFile.model_validate({"label": {"zh": "某", "en": "some"}, **wrong})


@pytest.mark.parametrize("name", sorted(model_entries()))
def test_a_model_is_whole(name: str) -> None:
    entry = model_entries()[name]
    if entry.licence.startswith("AGPL") and not model_is_there(name):
        pytest.skip(f"{entry.file} is not installed")  # under the AGPL it may be absent
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
    apart = PurePosixPath("models/agpl/marks.onnx")
    assert not any(apart.match(line) for line in packing["package-data"]["perception"])


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
