"""Generated pictures: repeatable, valid by their own rules, and so is what the demo commits."""

from __future__ import annotations

import hashlib
import io
import json
from datetime import date
from decimal import Decimal
from pathlib import Path

import numpy as np
import pytest
import zxingcpp
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from typer.testing import CliRunner

from bailing.commands.synthesize import synthesize_app
from perception.synthesis import (
    SCENE_KINDS,
    UnknownKind,
    jpeg_bytes,
    render_scene,
)
from perception.synthesis import contents as made
from perception.synthesis.demo import chen_firm, li_firm, wang_firm
from perception.synthesis.raster import Eye, Light, Material, Stage
from perception.synthesis.seals import qr_code
from perception.synthesis.shading import render
from perception.synthesis.solids import Patch, box, floor, lathe, panel

DEMO = Path(__file__).parents[2] / "data" / "demo"
ROWS = json.loads((DEMO / "photos.json").read_text())


def test_a_company_with_a_wrong_check_digit_is_refused() -> None:
    firm = wang_firm()
    last = "0" if firm.credit_code[-1] != "0" else "1"
    values = {name: getattr(firm, name) for name in firm.__slots__}
    with pytest.raises(ValueError, match="credit code"):
        made.Company(**{**values, "credit_code": firm.credit_code[:-1] + last})


@given(
    gross=st.decimals(Decimal("0.10"), Decimal("9999999"), places=2),
    rate=st.sampled_from([Decimal("0.01"), Decimal("0.09"), Decimal("0.13")]),
)
def test_amount_and_tax_make_the_gross_price(gross: Decimal, rate: Decimal) -> None:
    line = made.Line("货", "", "件", Decimal(3), gross, rate)
    assert line.amount_cny + line.tax_cny == gross
    assert abs(line.amount_cny * rate - line.tax_cny) <= Decimal("0.01")


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        ("104600.00", "壹拾万肆仟陆佰圆整"),
        ("12345.60", "壹万贰仟叁佰肆拾伍圆陆角"),
        ("10000.05", "壹万圆零伍分"),
        ("204000", "贰拾万肆仟圆整"),
    ],
)
def test_capital_amounts(amount: str, words: str) -> None:
    assert made.capital_amount(Decimal(amount)) == words


def test_an_invoice_with_the_wrong_digits_is_refused() -> None:
    rng = np.random.default_rng(0)
    line = made.Line("货", "", "件", Decimal(1), Decimal("10.00"), Decimal("0.13"))
    good = made.invoice(
        rng, made.InvoiceForm.GENERAL_PAPER, wang_firm(), li_firm(), [line], date(2026, 9, 1)
    )
    values = {name: getattr(good, name) for name in good.__slots__}
    with pytest.raises(ValueError, match="digits"):
        made.Invoice(**{**values, "number": "123"})
    with pytest.raises(ValueError, match="line"):
        made.Invoice(**{**values, "lines": ()})


def test_qr_codes_can_be_read_back() -> None:
    picture = np.pad(qr_code("01,04,044010260010", 220), 30, constant_values=255)
    assert [code.text for code in zxingcpp.read_barcodes(picture)] == ["01,04,044010260010"]


def _brightness_beside_a_box(sun: float) -> tuple[float, float]:
    """Of the ground behind the box as the sun sees it, and of the ground on the sun's side."""
    stage = Stage(Light(sun_from=(0.6, 1.0, 0.4), sun=(sun, sun, sun), haze_m=1e6))
    grey = Material((0.3, 0.3, 0.3), gloss=0, grime=0)
    stage.add(grey, floor(-10, 10, -10, 10), box((0, 1, 0), (1, 2, 1)))
    eye = Eye((0, 8, 7), (0, 0, 0), 60)
    picture = render(stage, eye, (160, 120), np.random.default_rng(1), smooth=1.0).mean(axis=2)

    def at(x: float, z: float) -> float:
        right, down, ahead = eye.axes() @ np.subtract((x, 0, z), eye.at)
        focal = 80 / np.tan(np.radians(30))
        return float(picture[int(60 + focal * down / ahead), int(80 + focal * right / ahead)])

    return at(-1.0, -0.2), at(2.5, 0.5)


def test_a_box_throws_its_shadow_away_from_the_sun() -> None:
    shaded, sunny = _brightness_beside_a_box(2.0)
    assert shaded < sunny - 25
    dull, open_ = _brightness_beside_a_box(0.0)
    assert abs(dull - open_) < 25


def test_what_is_nearer_hides_what_is_farther_whatever_the_order() -> None:
    red, green = Material((0.9, 0.05, 0.05), grime=0), Material((0.05, 0.9, 0.05), grime=0)
    pictures = []
    for first in (True, False):
        stage = Stage(Light(haze_m=1e6))
        parts = [(red, panel((0, 0, 1), 1, 1)), (green, panel((0, 0, 0), 3, 3))]
        for material, patch in parts if first else parts[::-1]:
            stage.add(material, patch)
        eye = Eye((0, 0, 4), (0, 0, 0), 50)
        pictures.append(render(stage, eye, (80, 60), np.random.default_rng(1), smooth=1.0))
    for picture in pictures:
        assert picture[30, 40, 0] > 2 * picture[30, 40, 1]
        assert picture[8, 40, 1] > 2 * picture[8, 40, 0]


@pytest.mark.parametrize("patch", [box((0, 0, 0), (1, 2, 3), 0.1), box((0, 0, 0), (1, 1, 1))])
def test_normals_of_a_box_look_outwards(patch: Patch) -> None:
    middle = patch.corners.mean(axis=1)
    faces = patch.normals[:, 0]
    assert (np.einsum("nd,nd->n", middle, faces) > 0).all()


def test_normals_of_a_turned_body_look_outwards() -> None:
    bottle = lathe([(0.5, 1.0), (0.5, 0.0)], 24)
    outward = bottle.corners * (1, 0, 1)
    assert (np.einsum("nkd,nkd->nk", outward, bottle.normals) > 0).all()


def test_an_empty_stage_has_no_picture() -> None:
    with pytest.raises(ValueError, match="empty"):
        Stage().triangles()


@pytest.mark.usefixtures("fonts")
@pytest.mark.parametrize("kind", SCENE_KINDS)
def test_scenes_repeat_by_seed(kind: str) -> None:
    one, same, other = (
        render_scene(kind, seed, size=(96, 72), smooth=1.0)  # type: ignore[arg-type]  # from SCENE_KINDS
        for seed in (5, 5, 6)
    )
    assert one.shape == (72, 96, 3)
    assert (one == same).all()
    assert (one != other).mean() > 0.2
    assert one.std() > 15  # there is something to see


def test_unknown_kinds_are_named() -> None:
    with pytest.raises(UnknownKind, match="truck"):
        render_scene("cat", 1)  # type: ignore[arg-type]  # the point of the test


def test_jpegs_keep_to_their_limit() -> None:
    noise = np.random.default_rng(0).integers(0, 255, (400, 400, 3)).astype(np.uint8)
    content = jpeg_bytes(noise, quality=95, limit=60_000)
    assert len(content) < 60_000
    assert Image.open(io.BytesIO(content)).size == (400, 400)


@pytest.mark.usefixtures("fonts")
def test_the_command_writes_scenes_and_refuses_unknown_ones(tmp_path: Path) -> None:
    call = ["scenes", "--count", "2", "--seed", "3", "--width", "64", "--out", str(tmp_path)]
    done = CliRunner().invoke(synthesize_app, [*call, "--kind", "van"])
    assert done.exit_code == 0, done.output
    assert sorted(p.name for p in tmp_path.iterdir()) == ["van_3.jpg", "van_4.jpg"]
    refused = CliRunner().invoke(synthesize_app, [*call, "--kind", "cat"])
    assert refused.exit_code == 1
    assert "synthesis_unknown_kind" in refused.output


@pytest.mark.parametrize("row", ROWS, ids=[row["file"] for row in ROWS])
def test_committed_demo_photos_fit_the_bounds(row: dict[str, object]) -> None:
    content = (DEMO / str(row["file"])).read_bytes()
    assert len(content) < 400_000
    assert Image.open(io.BytesIO(content)).size == (1600, 1200)


def test_every_committed_photo_is_listed_and_no_two_are_alike() -> None:
    listed = {row["file"] for row in ROWS}
    assert listed == {path.name for path in DEMO.glob("*.jpg")}
    hashes = {hashlib.sha256((DEMO / name).read_bytes()).hexdigest() for name in listed}
    assert len(hashes) == len(listed)


def test_the_demo_truth_is_that_of_the_demo_firms() -> None:
    fields = {row["file"]: row["fields"] for row in ROWS}
    for firm, name in ((wang_firm(), "wang"), (li_firm(), "li"), (chen_firm(), "chen")):
        licence = fields[f"{name}_license.jpg"]
        assert licence["name"] == firm.name
        assert licence["social_credit_code"] == firm.credit_code
    assert fields["wang_invoice.jpg"]["seller_name"] == wang_firm().name
    assert fields["li_invoice.jpg"]["buyer_name"] == li_firm().name
    assert fields["chen_invoice.jpg"]["seller_tax_id"] == chen_firm().credit_code
    assert Decimal("90000") < Decimal(fields["wang_invoice.jpg"]["amount_cny"]) < Decimal("100000")
    assert Decimal("175000") < Decimal(fields["chen_invoice.jpg"]["amount_cny"]) < Decimal("185000")


@pytest.mark.parametrize(
    "row", [row for row in ROWS if "invoice" in row["kind"]], ids=lambda row: row["file"]
)
def test_the_invoices_qr_codes_agree_with_their_print(row: dict[str, dict[str, str]]) -> None:
    codes = zxingcpp.read_barcodes(np.array(Image.open(DEMO / str(row["file"]))))
    assert len(codes) == 1
    told = codes[0].text.split(",")
    fields = row["fields"]
    assert told[2] == fields.get("invoice_code", "")
    assert told[3] == fields["invoice_number"]
    assert told[5] == fields["issued_on"].replace("-", "")
    digital = not fields.get("invoice_code")
    assert told[4] == fields["total_cny" if digital else "amount_cny"]
