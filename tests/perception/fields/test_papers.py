"""Fields of the general reader, on pages drawn by hand: two differently laid out for each kind."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from bailing.terms import VoucherType
from perception.fields.paper import Paper, read_paper
from perception.page.layout import place
from perception.voucher_files import voucher_files
from tests.perception.pages import turned, typeset

PAPERS = sorted((Path(__file__).parent / "papers").glob("*.txt"))
FILES = voucher_files()


def drawn(path: Path) -> tuple[VoucherType, str, dict[str, str]]:
    """A page, its kind, and what must be read."""
    page, _, wanted = path.read_text(encoding="utf-8").partition("\n---\n")
    values = yaml.load(wanted, yaml.BaseLoader)
    return VoucherType(path.stem.split(".")[0]), page, values


def read(kind: VoucherType, page: str, degrees: float = 0.0) -> Paper:
    return read_paper(FILES[kind], [place(turned(typeset(page), degrees))])


def values_of(paper: Paper) -> dict[str, str]:
    return {field.name: field.value for field in paper.fields}


@pytest.mark.parametrize("degrees", [0.0, 3.0])
@pytest.mark.parametrize("path", PAPERS, ids=lambda p: p.stem)
def test_all_that_is_printed_is_read(path: Path, degrees: float) -> None:
    kind, page, wanted = drawn(path)
    paper = read(kind, page, degrees)
    rows = int(wanted.pop("table", 0))
    found = values_of(paper)
    assert {name: found.get(name) for name in wanted} == wanted
    if rows:
        (table,) = paper.tables
        assert len(table.rows) == rows + 1


def test_each_kind_of_paper_has_two_pages() -> None:
    kinds = [path.stem.split(".")[0] for path in PAPERS]
    for kind, file in FILES.items():
        if file.words and kind not in (
            "business_license",
            "vat_special_invoice",
            "vat_general_invoice",
        ):
            assert kinds.count(kind) >= 2, kind
