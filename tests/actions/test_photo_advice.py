"""What is said of a photo that could not be read."""

from __future__ import annotations

from datetime import date

import pytest

from actions.photo_advice import ISSUES, REGIONS, hidden_fields, photo_advice
from actions.weighing import Holder, weigh
from perception.inspection import Region

GLARE = {
    "issue": "glare", "region": "bottom_right", "box": [1, 2, 3, 4],
    "field": "total_cny", "label": "金额", "label_en": "amount",
}  # fmt: skip


def test_the_place_and_the_field_are_named() -> None:
    quality = {"usable": False, "issues": ["blur", "glare"], "troubles": [GLARE]}
    assert photo_advice(quality) == {
        "zh": "反光盖住了右下角的金额，请斜一点再拍，",
        "en": "glare covers the amount at the bottom right; hold the phone at a slight angle.",
    }


def test_a_spot_without_a_field_hides_text() -> None:
    spot = {**GLARE, "field": None, "label": None, "label_en": None}
    assert photo_advice({"issues": ["glare"], "troubles": [spot]})["zh"].startswith(
        "反光盖住了右下角的字"
    )
    assert hidden_fields({"troubles": [spot]}) == {}


@pytest.mark.parametrize("issue", sorted(ISSUES))
def test_every_issue_has_words_without_a_place(issue: str) -> None:
    whole = {**GLARE, "issue": issue, "region": "whole", "field": None}
    words = photo_advice({"issues": [issue], "troubles": [whole]})
    assert words == dict(zip(("zh", "en"), ISSUES[issue], strict=True))


def test_every_region_has_words() -> None:
    assert set(REGIONS) == {r.value for r in Region} - {"whole"}


def test_a_hidden_amount_is_the_reason_of_the_doubt() -> None:
    weighed = weigh(
        {
            "voucher": {"type": "vat_general_invoice", "confidence": 0.9},
            "quality": {"usable": True, "issues": ["glare"], "troubles": [GLARE]},
            "fields": {"seller_name": {"value": "示例商行", "confidence": 0.9}},
        },
        evidence_id="e",
        holder=Holder(company="示例商行"),
        corrections={},
        today=date(2026, 11, 1),
    )
    assert "反光盖住了右下角的金额，请斜一点再拍，" in [w["zh"] for w in weighed.findings]


def test_an_unreadable_photo_says_why() -> None:
    weighed = weigh(
        {
            "voucher": {"type": "other", "confidence": 0.9},
            "quality": {"usable": False, "issues": ["dark"], "troubles": []},
        },
        evidence_id="e",
        holder=Holder(),
        corrections={},
        today=date(2026, 11, 1),
    )
    assert weighed.status == "unreadable"
    assert weighed.findings[0]["zh"] == "太暗了，"
