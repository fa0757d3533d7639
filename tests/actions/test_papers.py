"""What a paper shows of a merchant, by its voucher file."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from actions.papers import months_in
from actions.weighing import Holder, Weighed, weigh
from bailing.terms import FactKind, Period
from casefile import EvidenceStatus

TODAY = date(2026, 11, 25)
WANG = Holder(person="王建国", company="建国示例货运部", credit_code="92130108G8BLHHDH6N")
OTHER = "示例商贸有限公司"
WHOLE: dict[str, dict[str, str]] = {
    "purchase_sale_contract": {
        "party_a": OTHER,
        "party_b": "建国示例货运部",
        "seller_name": "建国示例货运部",
        "amount_cny": "86000.00",
        "payment_days": "45",
    },
    "transport_contract": {
        "party_a": OTHER,
        "party_b": "建国示例货运部",
        "carrier_name": "建国示例货运部",
        "amount_cny": "86000.00",
    },
    "lease_contract": {
        "party_a": "李示例",
        "party_b": "建国示例货运部",
        "amount_cny": "20400.00",
        "rent_period": "quarter",
        "area_sqm": "86.5",
    },
    "purchase_order": {
        "order_number": "PO1",
        "buyer_name": OTHER,
        "seller_name": "建国示例货运部",
        "total_cny": "3150.00",
    },
    "delivery_note": {
        "note_number": "1",
        "customer_name": OTHER,
        "sender_name": "建国示例货运部",
        "total_cny": "1080.00",
    },
    "waybill": {
        "waybill_number": "1",
        "shipper_name": OTHER,
        "consignee_name": "样张超市",
        "carrier_name": "建国示例货运部",
        "freight_cny": "860.00",
    },
    "receipt": {"payer_name": OTHER, "payee_name": "建国示例货运部", "amount_cny": "3500.00"},
    "bank_statement": {
        "bank_name": "示例银行",
        "account_name": "王建国",
        "period_to": "2026-10-31",
        "monthly_inflow_cny": "210000.00",
    },
    "e_payment_statement": {
        "platform": "wechat",
        "account_name": "王建国",
        "monthly_inflow_cny": "30000.00",
    },
    "tax_certificate": {"taxpayer_name": "建国示例货运部", "total_cny": "4836.40"},
    "vat_return": {
        "taxpayer_name": "建国示例货运部",
        "period_from": "2026-07-01",
        "period_to": "2026-09-30",
        "sales_cny": "210000.00",
    },
    "financial_statement": {
        "company_name": "建国示例货运部",
        "period_to": "2025-12-31",
        "total_assets_cny": "900000.00",
        "total_liabilities_cny": "300000.00",
    },
    "social_insurance_proof": {"company_name": "建国示例货运部", "staff_count": "5"},
    "utility_bill": {
        "utility": "electricity",
        "customer_name": "建国示例货运部",
        "period_from": "2026-09-01",
        "period_to": "2026-10-31",
        "amount_cny": "3000.00",
    },
    "road_transport_permit": {
        "permit_number": "130108012345",
        "holder_name": "建国示例货运部",
        "plate": "冀A5K82P",
        "valid_until": "2027-05-09",
    },
    "vehicle_license": {"plate": "冀A5K82P", "owner": "王建国"},
    "vehicle_registration": {
        "owner": "王建国",
        "plate": "冀A5K82P",
        "vin": "1M8GDM9AXKP042788",
    },
    "food_permit": {
        "permit_number": "JY11301040012345",
        "name": "建国示例货运部",
        "valid_until": "long_term",
    },
    "tobacco_license": {
        "permit_number": "130104100123",
        "name": "建国示例货运部",
        "valid_until": "2028-03-31",
    },
    "property_certificate": {"certificate_number": "1", "owner": "王建国", "area_sqm": "98.76"},
}
K = FactKind
SHOWS: dict[str, set[tuple[FactKind, str, Period | None]]] = {
    "purchase_sale_contract": {(K.CONTRACT_AMOUNT, "86000", None), (K.RECEIVABLE_DAYS, "45", None)},
    "transport_contract": {(K.CONTRACT_AMOUNT, "86000", None)},
    "lease_contract": {(K.RENT, "20400", Period.QUARTER), (K.FLOOR_AREA, "86.5", None)},
    "purchase_order": {(K.ORDER_AMOUNT, "3150", None)},
    "delivery_note": {(K.ORDER_AMOUNT, "1080", None)},
    "waybill": {(K.ORDER_AMOUNT, "860", None)},
    "receipt": {(K.ORDER_AMOUNT, "3500", None)},
    "bank_statement": {(K.BANK_INFLOW, "210000", Period.MONTH)},
    "e_payment_statement": {(K.BANK_INFLOW, "30000", Period.MONTH)},
    "tax_certificate": {(K.TAX_PAID, "4836.4", None)},
    "vat_return": {(K.ANNUAL_SALES, "70000", Period.MONTH)},
    "financial_statement": {(K.TOTAL_ASSETS, "900000", None), (K.TOTAL_DEBT, "300000", None)},
    "social_insurance_proof": {(K.SOCIAL_INSURED_STAFF, "5", None)},
    "utility_bill": {(K.UTILITY_COST, "1500", Period.MONTH)},
    "road_transport_permit": {
        (K.PERMIT_VALID_UNTIL, "20947", None),
        (K.VEHICLE_COUNT, "1", None),
    },
    "vehicle_license": {(K.VEHICLE_COUNT, "1", None)},
    "vehicle_registration": {(K.VEHICLE_COUNT, "1", None)},
    "food_permit": {(K.PERMIT_VALID_UNTIL, "47481", None)},
    "tobacco_license": {(K.PERMIT_VALID_UNTIL, "21274", None)},
    "property_certificate": {(K.FLOOR_AREA, "98.76", None)},
}


def weighed(kind: str, values: dict[str, str], holder: Holder = WANG, **fixed: str) -> Weighed:
    fields = {n: {"value": v, "raw": v, "confidence": 0.9, "label": n} for n, v in values.items()}
    inspection: dict[str, Any] = {"voucher": {"type": kind, "confidence": 0.95}, "fields": fields}
    return weigh(inspection, evidence_id="ev_1", holder=holder, corrections=fixed, today=TODAY)


@pytest.mark.parametrize("kind", sorted(WHOLE))
def test_every_kind_shows_its_facts(kind: str) -> None:
    found = weighed(kind, WHOLE[kind])
    assert found.findings == ()
    assert found.status is EvidenceStatus.ACCEPTED
    shown = {(f.kind, f"{f.value.normalize():f}", f.period) for f in found.facts}
    assert shown == SHOWS[kind]
    assert all(f.confidence == 0.9 and f.evidence_id == "ev_1" for f in found.facts)


@pytest.mark.parametrize("kind", sorted(WHOLE))
def test_a_paper_of_somebody_else_shows_nothing(kind: str) -> None:
    stranger = Holder(person="赵样本", company="样本五金店")
    found = weighed(kind, WHOLE[kind], stranger)
    assert found.status is EvidenceStatus.DOUBTFUL
    assert found.facts == ()
    assert found.needs_person


def test_who_buys_has_no_sales_of_the_contract() -> None:
    values = {**WHOLE["purchase_sale_contract"], "seller_name": OTHER}
    found = weighed("purchase_sale_contract", values)
    assert found.status is EvidenceStatus.ACCEPTED
    assert found.facts == ()


def test_without_a_licence_it_waits_for_one() -> None:
    found = weighed("purchase_order", WHOLE["purchase_order"], Holder(person="王建国"))
    assert found.status is EvidenceStatus.DOUBTFUL
    assert "营业执照" in found.findings[0]["zh"]


@pytest.mark.parametrize(
    ("kind", "changed", "words"),
    [
        ("tobacco_license", {"valid_until": "2026-01-31"}, "过期"),
        ("receipt", {"received_on": "2027-02-01"}, "将来"),
        ("delivery_note", {"delivered_on": "2024-01-01"}, "一年半"),
        ("purchase_order", {"total_cny": ""}, "合计金额没看清"),
    ],
)
def test_doubts(kind: str, changed: dict[str, str], words: str) -> None:
    found = weighed(kind, {**WHOLE[kind], **changed})
    assert found.status is EvidenceStatus.DOUBTFUL
    assert words in "".join(f["zh"] for f in found.findings)
    assert all(f["en"] for f in found.findings)


def test_a_delivery_may_be_agreed_for_a_day_to_come() -> None:
    found = weighed("purchase_order", {**WHOLE["purchase_order"], "deliver_on": "2027-03-01"})
    assert found.status is EvidenceStatus.ACCEPTED


def test_a_corrected_amount_counts_like_a_word() -> None:
    found = weighed("receipt", WHOLE["receipt"], amount_cny="5000.00")
    (fact,) = found.facts
    assert (fact.value, fact.confidence, fact.corrected) == (Decimal(5000), 0.5, True)


def test_a_correction_does_not_change_whose_paper_it_is() -> None:
    found = weighed("vehicle_license", {"plate": "冀A5K82P", "owner": "李示例"}, owner="王建国")
    assert found.status is EvidenceStatus.DOUBTFUL


def test_months_of_a_span() -> None:
    assert months_in(date(2026, 1, 1), date(2026, 3, 31)) == 3
    assert months_in(date(2026, 1, 1), date(2026, 1, 10)) == 1
    assert months_in(date(2026, 1, 1), date(2026, 2, 14)) == Decimal("1.5")
