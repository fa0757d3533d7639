"""The truth of a generated voucher is true, and the splits share nothing."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import numpy as np
import pypdfium2
import pytest
from PIL import Image
from typer.testing import CliRunner

from bailing.commands.synthesize import synthesize_app
from perception.synthesis.errors import BrowserMissing, UnknownKind
from perception.synthesis.forms import Layout, Voucher, form_kinds, layouts, make_voucher
from perception.synthesis.forms.catalogue import contents
from perception.synthesis.press import Press, Run, Split, style
from perception.synthesis.press.hand import writers
from perception.synthesis.press.style import FAMILIES
from perception.synthesis.press.words import capital, day_cn

ALL = [layout for kind in form_kinds() for layout in layouts(kind)]
PAPERS = [layout for layout in ALL if layout.kind != "other"]
"""What has fields."""
NUMBER = re.compile(r"(\d[\d,]*(?:\.\d+)?)(万)?")
MONEY = re.compile(r"\d+\.\d\d")
DAY = re.compile(r"\d{4}-\d\d-\d\d")


def ident(layout: Layout) -> str:
    return f"{layout.kind}-{layout.split}-{layout.name}"


def plain(text: str) -> str:
    return "".join(text.split())


def says(value: str, told: str) -> bool:
    """Whether runs that are said to be of a field state its value, in whatever way of printing."""
    if plain(value) in told:
        return True
    if DAY.fullmatch(value):
        return says_day(date.fromisoformat(value), told)
    if re.fullmatch(r"\d+(\.\d+)?", value):
        numbers = {
            Decimal(found.replace(",", "")) * (10_000 if wan else 1)
            for found, wan in NUMBER.findall(told)
        }
        spelled = capital(Decimal(value)).rstrip("整") if MONEY.fullmatch(value) else "-"
        return Decimal(value) in numbers or spelled in told.replace("圆", "元")
    # What stands for a choice (long_term, half_year, water) is printed in Chinese.
    return value.isascii() and value.replace("_", "").islower() and bool(told)


def says_day(day: date, told: str) -> bool:
    """In figures, in Chinese ones, or as the first or last day of a month that is named."""
    figures = re.findall(r"\d+", told)
    if figures and len(figures[0]) in (6, 8):
        figures = [figures[0][:4], figures[0][4:6], *filter(None, [figures[0][6:]])]
    found = [int(each) for each in figures]
    if len(found) == 2:
        ends = day.day == 1 or (day + timedelta(days=1)).day == 1
        return found == [day.year, day.month] and ends
    return found[:3] == [day.year, day.month, day.day] or day_cn(day) in told


@pytest.mark.parametrize("kind", form_kinds())
def test_every_kind_has_layouts_to_learn_from_and_others_to_be_tested_on(kind: str) -> None:
    assert len(layouts(kind, Split.TRAIN)) >= 3
    assert layouts(kind, Split.TEST)
    names = [layout.name for layout in layouts(kind)]
    assert len(names) == len(set(names))


def test_no_typeface_plays_the_same_role_in_both_splits() -> None:
    for role, families in FAMILIES[Split.TRAIN].items():
        assert not set(families) & set(FAMILIES[Split.TEST][role])


def test_no_writer_writes_in_both_splits() -> None:
    train = {style(Split.TRAIN, np.random.default_rng(k)).writer.name for k in range(60)}
    test = {style(Split.TEST, np.random.default_rng(k)).writer.name for k in range(60)}
    assert train == {writer.name for writer in writers(held_out=False)}
    assert test == {writer.name for writer in writers(held_out=True)}
    assert not train & test


@pytest.mark.parametrize("layout", PAPERS, ids=ident)
def test_contents_repeat_by_seed_and_differ_between_seeds(layout: Layout) -> None:
    one, same, other = (contents(layout, np.random.default_rng(seed)).fields for seed in (4, 4, 5))
    assert one == same
    assert one != other


def test_unknown_kinds_and_layouts_are_named() -> None:
    with pytest.raises(UnknownKind, match="receipt"):
        layouts("cat")
    with pytest.raises(UnknownKind, match="no layout"):
        make_voucher("receipt", 1, Press(), layout="cat")


@pytest.mark.browser
@pytest.mark.parametrize("layout", PAPERS, ids=ident)
def test_every_field_stands_in_the_runs_that_are_said_to_be_its(
    layout: Layout, printed: Callable[[Layout], Voucher]
) -> None:
    voucher = printed(layout)
    assert voucher.fields
    for name, value in voucher.fields.items():
        runs = [run.text for run in voucher.page.runs if run.field == name]
        if name == "period_to" and not runs:
            runs = [run.text for run in voucher.page.runs if run.field == "period_from"]
        assert says(value, plain("".join(runs))), (name, value, runs)


@pytest.mark.browser
@pytest.mark.parametrize("layout", ALL, ids=ident)
def test_runs_and_marks_lie_within_the_page(
    layout: Layout, printed: Callable[[Layout], Voucher]
) -> None:
    page = printed(layout).page
    high, wide = page.page_rgb.shape[:2]
    for run in page.runs:
        (x0, y0), _, (x1, y1), _ = run.corners
        assert -2 <= x0 < x1 <= wide + 2, run
        assert -2 <= y0 < y1 <= high + 2, run
    for mark in page.marks:
        x0, y0, x1, y1 = mark.box
        assert -4 <= x0 < x1 <= wide + 4, mark
        assert -4 <= y0 < y1 <= high + 4, mark


@pytest.mark.browser
@pytest.mark.parametrize("layout", ALL, ids=ident)
def test_there_is_ink_where_the_runs_are(
    layout: Layout, printed: Callable[[Layout], Voucher]
) -> None:
    page = printed(layout).page
    for run in page.runs:
        (x0, y0), _, (x1, y1), _ = run.corners
        part = page.page_rgb[max(0, int(y0)) : int(y1) + 1, max(0, int(x0)) : int(x1) + 1]
        assert int(part.max()) - int(part.min()) > 40, run


@pytest.mark.browser
@pytest.mark.parametrize("layout", ALL, ids=ident)
def test_tables_are_square_and_their_cells_are_the_runs_within_them(
    layout: Layout, printed: Callable[[Layout], Voucher]
) -> None:
    page = printed(layout).page
    for number, table in enumerate(page.tables):
        assert len(table) >= 2
        assert {len(row) for row in table} == {len(table[0])}
        inside: dict[tuple[int, int], str] = {}
        for run in page.runs:
            if run.cell and run.cell[0] == number:
                place = run.cell[1:]
                inside[place] = inside.get(place, "") + run.text
        for (row, column), text in inside.items():
            assert plain(table[row][column]) == plain(text)


@pytest.mark.browser
@pytest.mark.parametrize("layout", [x for x in ALL if "invoice" not in x.kind], ids=ident)
def test_lines_of_goods_make_the_total(
    layout: Layout, printed: Callable[[Layout], Voucher]
) -> None:
    voucher = printed(layout)
    total = voucher.fields.get("total_cny") or voucher.fields.get("amount_cny")
    for table, names in zip(voucher.page.tables, voucher.page.columns, strict=True):
        if total is None or not {"goods", "price", "quantity", "amount"} <= set(names):
            continue
        amounts = Decimal(0)
        for row in table[1:]:
            cells = dict(zip(names, (cell.replace(",", "") for cell in row), strict=True))
            amount = Decimal(cells["amount"])
            assert abs(Decimal(cells["quantity"]) * Decimal(cells["price"]) - amount) <= Decimal(
                "0.01"
            )
            amounts += amount
        assert amounts == Decimal(total)


@pytest.mark.browser
@pytest.mark.parametrize("layout", [x for x in ALL if "invoice" in x.kind], ids=ident)
def test_amount_and_tax_make_an_invoices_total(
    layout: Layout, printed: Callable[[Layout], Voucher]
) -> None:
    fields = printed(layout).fields
    if "amount_cny" in fields:
        parts = Decimal(fields["amount_cny"]) + Decimal(fields["tax_cny"])
        assert parts == Decimal(fields["total_cny"])


@pytest.mark.browser
def test_pages_repeat_by_seed(press: Press) -> None:
    one, same = (make_voucher("receipt", 3, press, form="photo") for _ in range(2))
    assert one.truth() == same.truth()
    assert (one.page.page_rgb == same.page.page_rgb).all()
    assert one.truth() != make_voucher("receipt", 4, press, form="photo").truth()


@pytest.mark.browser
def test_what_is_filled_in_by_hand_is_said_to_be(press: Press) -> None:
    book = make_voucher("receipt", 5, press, layout="book")
    assert {"amount_cny", "received_on"} <= set(book.handwritten)
    amounts = [run for run in book.page.runs if run.field == "amount_cny"]
    assert all(run.handwritten for run in amounts)
    assert not make_voucher("receipt", 5, press, layout="printed").handwritten


@pytest.mark.browser
def test_a_pdf_has_the_words_of_its_page(press: Press) -> None:
    voucher = make_voucher("purchase_order", 2, press, form="pdf", layout="grid")
    assert voucher.pdf is not None
    document = pypdfium2.PdfDocument(voucher.pdf)
    words = plain(document[0].get_textpage().get_text_range())
    document.close()
    assert voucher.fields["buyer_name"] in words
    name = next(run for run in voucher.page.runs if run.field == "buyer_name")
    assert dark(voucher, name)


def dark(voucher: Voucher, run: Run) -> bool:
    (x0, y0), _, (x1, y1), _ = run.corners
    part = voucher.page.page_rgb[int(y0) : int(y1), int(x0) : int(x1)]
    return bool(part.min() < 90)


def test_the_command_refuses_what_is_not_printed(tmp_path: Path) -> None:
    for wrong in (["--kind", "cat"], ["--kind", "receipt", "--form", "fax"]):
        call = ["vouchers", *wrong, "--out", str(tmp_path)]
        refused = CliRunner().invoke(synthesize_app, call)
        assert refused.exit_code == 1
        assert "synthesis_unknown_kind" in refused.output
    assert not list(tmp_path.iterdir())


@pytest.mark.browser
@pytest.mark.usefixtures("press")
def test_the_command_writes_pictures_and_their_truth(tmp_path: Path) -> None:
    call = ["vouchers", "--kind", "receipt", "--split", "test", "--form", "scan", "--count", "2"]
    script = [sys.executable, "-m", "bailing.cli", "synthesize", *call, "--out", str(tmp_path)]
    subprocess.run([*script, "--limit-kb", "90"], check=True, capture_output=True)
    names = sorted(path.name for path in tmp_path.iterdir())
    assert names == ["receipt_0.jpg", "receipt_0.json", "receipt_1.jpg", "receipt_1.json"]
    truth = json.loads((tmp_path / "receipt_1.json").read_text())
    assert (truth["kind"], truth["split"], truth["form"]) == ("receipt", "test", "scan")
    assert (tmp_path / "receipt_1.jpg").stat().st_size < 90_000


def test_a_missing_browser_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    with pytest.raises(BrowserMissing, match="chromium"):
        Press().print("<main></main>")


SAMPLES = Path(__file__).parents[3] / "data" / "samples" / "vouchers"


@pytest.mark.parametrize("kind", form_kinds())
def test_every_kind_has_a_committed_sample_that_training_never_saw(kind: str) -> None:
    found = sorted(SAMPLES.glob(f"{kind}_*.json"))
    assert found, f"bailing synthesize vouchers --kind {kind} --split test --limit-kb 200"
    truth = json.loads(found[0].read_text())
    picture = found[0].with_suffix(".jpg")
    assert truth["split"] == "test"
    assert picture.stat().st_size <= 200_000
    with Image.open(picture) as image:
        wide, high = image.size
    assert all(0 <= x <= wide and 0 <= y <= high for x, y in truth["lines"][0]["corners"])
    assert set(truth["fields"]) == {line["field"] for line in truth["lines"] if line["field"]}
