"""Permits, vehicles' papers and real estate: valid numbers, days in order, truth in the runs."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

import numpy as np
import pytest
import zxingcpp
from hypothesis import given, settings
from hypothesis import strategies as st
from stdnum.cn import ric, uscc
from stdnum.iso7064 import mod_11_10

from perception.synthesis.contents import places, vin_is_valid
from perception.synthesis.contents.days import LAST
from perception.synthesis.contents.vehicles import Vehicle
from perception.synthesis.forms import Voucher, layouts, make_voucher
from perception.synthesis.forms.catalogue import contents
from perception.synthesis.forms.filled import Filled
from perception.synthesis.press import Press, Run, Split

FIELDS = {
    "road_transport_permit": "permit_number holder_name address business_scope plate vehicle_type "
    "tonnage_ton issued_on valid_until",
    "vehicle_license": "plate vehicle_type owner address use_character model vin engine_number "
    "registered_on issued_on",
    "vehicle_registration": "certificate_number owner registered_on plate vehicle_type brand "
    "model vin engine_number",
    "food_permit": "permit_number name social_credit_code legal_person address premises main_type "
    "business_scope issued_on valid_until",
    "tobacco_license": "permit_number name legal_person address business_scope valid_from "
    "valid_until issued_on",
    "property_certificate": "certificate_number owner co_ownership address unit_number right_type "
    "use area_sqm valid_until",
}
SEEDS = st.integers(0, 2**32)


def filled(kind: str, seed: int, *, of: str | None = None) -> tuple[str, Filled]:
    """A layout's name and contents for it; ``of`` is a word that the name has to have."""
    rng = np.random.default_rng(seed)
    choices = [each for each in layouts(kind) if of is None or of in each.name]
    layout = choices[rng.integers(len(choices))]
    return layout.name, contents(layout, rng)


def test_each_kind_has_layouts_that_training_never_sees() -> None:
    for kind in FIELDS:
        assert len(layouts(kind, Split.TRAIN)) >= 3, kind
        assert len(layouts(kind, Split.TEST)) >= 2, kind
    names = {split: {each.name for each in layouts("other", split)} for split in Split}
    assert min(len(found) for found in names.values()) >= 12
    assert not names[Split.TRAIN] & names[Split.TEST]


@given(seed=SEEDS, kind=st.sampled_from(sorted(FIELDS)))
@settings(max_examples=120, deadline=None)
def test_fields_are_those_agreed_on_and_days_lie_in_order(seed: int, kind: str) -> None:
    _, paper = filled(kind, seed)
    assert set(paper.fields) == set(FIELDS[kind].split())
    assert all(value and not re.search(r"\s", value) for value in paper.fields.values())
    days = [
        date.fromisoformat(paper.fields[name])
        for name in ("registered_on", "issued_on", "valid_from", "valid_until")
        if name in paper.fields
    ]
    assert days == sorted(days)
    for name in ("registered_on", "issued_on"):
        assert date.fromisoformat(paper.fields.get(name, "2020-01-01")) <= LAST


@given(seed=SEEDS, kind=st.sampled_from(["vehicle_license", "vehicle_registration"]))
@settings(max_examples=80, deadline=None)
def test_vehicles_are_registered_where_their_owner_lives(seed: int, kind: str) -> None:
    _, paper = filled(kind, seed)
    car = paper.shown["car"]
    assert isinstance(car, Vehicle)
    assert vin_is_valid(paper.fields["vin"])
    assert paper.fields["plate"][:2] in {place.plate for place in places()}
    if car.payload_kg:
        assert car.curb_kg + car.payload_kg + 65 * car.seats == car.gross_kg
    if "address" in paper.fields:
        assert any(
            paper.fields["address"].startswith(place.long)
            for place in places()
            if place.plate == paper.fields["plate"][:2]
        )


@given(seed=SEEDS)
@settings(max_examples=60, deadline=None)
def test_permits_are_of_lorries_that_need_one(seed: int) -> None:
    _, paper = filled("road_transport_permit", seed)
    car = paper.shown["car"]
    assert isinstance(car, Vehicle)
    assert car.gross_kg > 4500
    assert Decimal(paper.fields["tonnage_ton"]) * 1000 == (car.payload_kg or car.towing_kg)
    assert len(paper.fields["permit_number"]) == 12


@given(seed=SEEDS)
@settings(max_examples=80, deadline=None)
def test_food_permits_bear_the_check_digit_and_the_district(seed: int) -> None:
    name, paper = filled("food_permit", seed)
    number = paper.fields["permit_number"]
    assert uscc.is_valid(paper.fields["social_credit_code"])
    assert paper.fields["social_credit_code"][2:8] in number
    if name.startswith(("small", "filing")):
        assert not number.startswith("JY")
        return
    assert re.fullmatch(r"JY[123]\d{13}", number)
    assert mod_11_10.is_valid(number[2:])
    assert number[2] == ("2" if paper.fields["main_type"].startswith("餐饮") else "1")


@given(seed=SEEDS)
@settings(max_examples=80, deadline=None)
def test_houses_have_parts_that_make_the_whole(seed: int) -> None:
    name, paper = filled("property_certificate", seed)
    shown, fields = paper.shown, paper.fields
    assert Decimal(str(shown["inner"])) + Decimal(str(shown["shared"])) == Decimal(
        fields["area_sqm"]
    )
    assert len(fields["unit_number"]) == 28
    alone = fields["co_ownership"] == "单独所有"
    assert alone == ("、" not in fields["owner"])
    number = r".房权证.字第\d{6,9}号" if "old" in name else r".（\d{4}）.+不动产权第\d{7}号"
    assert re.fullmatch(number, fields["certificate_number"])


@given(seed=SEEDS)
@settings(max_examples=40, deadline=None)
def test_identity_numbers_on_other_papers_are_nobodys(seed: int) -> None:
    _, paper = filled("other", seed)
    assert not paper.fields
    assert not ric.is_valid(str(paper.shown["identity"]))


def _printed(runs: tuple[Run, ...], name: str) -> str:
    return re.sub(r"\s", "", "".join(run.text for run in runs if run.field == name))


def _states(voucher: Voucher, name: str) -> bool:
    """Whether the runs of that field say its value, once or on both halves of the paper."""
    value, shown = voucher.fields[name], _printed(voucher.page.runs, name)
    if name.endswith("_on") or name.startswith("valid_"):
        figures = [int(figure) for figure in re.findall(r"\d+", shown)]
        return figures == [int(figure) for figure in value.split("-")]
    return shown in (value, value * 2)


@pytest.mark.parametrize("split", list(Split))
@pytest.mark.parametrize("kind", sorted(FIELDS))
def test_what_is_printed_is_what_is_true(kind: str, split: Split, press: Press) -> None:
    voucher = make_voucher(kind, 4, press, split=split)
    high, wide = voucher.page.page_rgb.shape[:2]
    assert voucher.fields
    for name in voucher.fields:
        assert _states(voucher, name), (name, voucher.fields[name])
    for run in voucher.page.runs:
        xs, ys = zip(*run.corners, strict=True)
        assert min(*xs, *ys) >= 0, run.text
        assert max(xs) <= wide, run.text
        assert max(ys) <= high, run.text
    for mark in voucher.page.marks:
        x0, y0, x1, y1 = mark.box
        if mark.kind == "qr":
            read = zxingcpp.read_barcode(
                voucher.page.page_rgb[y0 - 20 : y1 + 20, x0 - 20 : x1 + 20]
            )
            assert read is not None
            assert read.text == mark.text
    assert any("无任何法律效力" in run.text for run in voucher.page.runs)


def test_a_page_of_the_second_side_states_the_plate_alone(press: Press) -> None:
    voucher = make_voucher("vehicle_license", 9, press, layout="second")
    assert set(voucher.fields) == {"plate"}


@pytest.mark.parametrize("split", list(Split))
def test_other_papers_have_no_fields(split: Split, press: Press) -> None:
    voucher = make_voucher("other", 6, press, split=split)
    assert voucher.truth()["kind"] == "other"
    assert not voucher.fields
