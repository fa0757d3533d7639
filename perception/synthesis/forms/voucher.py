"""A generated voucher: contents, layout and style by seed, printed, with its truth."""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np

from perception.synthesis.errors import UnknownKind
from perception.synthesis.forms.catalogue import PAGES, Layout, contents, layouts
from perception.synthesis.forms.filled import Filled
from perception.synthesis.press.browser import Press
from perception.synthesis.press.page import Page
from perception.synthesis.press.style import Split, style
from perception.synthesis.press.typeset import Typesetter
from perception.synthesis.wear.chains import worn
from perception.synthesis.wear.document import as_rendered
from perception.synthesis.wear.frozen import Strengths


@dataclass(frozen=True, slots=True)
class Voucher:
    """One generated voucher.

    Attributes:
        layout: How it is laid out.
        seed: What it came from.
        form: How it came to be a picture.
        fields: Field names and values that a perfect reader would state.
        page: Picture, runs, marks and tables.
        pdf: The file itself, where its form is ``pdf``; the page is then its rendering.
    """

    layout: Layout
    seed: int
    form: str
    fields: dict[str, str]
    page: Page
    pdf: bytes | None = None

    @property
    def handwritten(self) -> list[str]:
        """Names of the fields of which something is written by hand."""
        return sorted({x.field for x in self.page.runs if x.handwritten and x.field})

    def truth(self) -> dict[str, Any]:
        """What is true of the picture, ready for JSON."""
        page = self.page
        return {
            "kind": self.layout.kind,
            "layout": self.layout.name,
            "split": self.layout.split.value,
            "form": self.form,
            "seed": self.seed,
            "fields": self.fields,
            "tables": [[list(row) for row in table] for table in page.tables],
            "columns": [list(names) for names in page.columns],
            "marks": [
                {"kind": mark.kind, "text": mark.text, "box": list(mark.box)} for mark in page.marks
            ],
            "lines": [
                {
                    "text": run.text,
                    "corners": [[round(x, 1), round(y, 1)] for x, y in run.corners],
                    "field": run.field,
                    "cell": list(run.cell) if run.cell else None,
                }
                for run in page.runs
            ],
            "handwritten": self.handwritten,
        }


def make_voucher(
    kind: str,
    seed: int,
    press: Press,
    *,
    split: Split = Split.TRAIN,
    form: str = "flat",
    layout: str | None = None,
    how: Strengths | None = None,
) -> Voucher:
    """A voucher of that kind, as a picture of that form.

    Args:
        kind: Voucher type, one of ``form_kinds()``.
        seed: Chooses layout, contents, style and wear; the same seed gives the same voucher.
        press: The browser that prints it.
        split: Whose layouts, typefaces, writers and desks it has.
        form: One of ``FORMS``.
        layout: A layout's name, where chance shall not choose.
        how: Strengths of wear other than the frozen ones, for measuring.

    Raises:
        UnknownKind: No such kind, form, or layout of that split.
        BrowserMissing: There is no browser.
        FontMissing: A Debian font package is not installed.
    """
    rng = np.random.default_rng([seed, zlib.crc32(f"{kind}/{split}".encode())])
    chosen = _layout(kind, split, layout, rng)
    filled = contents(chosen, rng)
    html = typeset(chosen, filled, rng)
    page = press.print(html)
    pdf = press.pdf(html) if form == "pdf" else None
    if pdf is not None:
        page = as_rendered(page, pdf, rng)
    else:
        page = worn(page, form, rng, split=split, how=how)
    return Voucher(chosen, seed, form, printed_fields(filled, page), page, pdf)


def typeset(layout: Layout, filled: Filled, rng: np.random.Generator) -> str:
    """Those contents in that layout, in a style by chance, as a document for the press."""
    return _typesetter().html(
        layout.template,
        filled.fields,
        filled.shown,
        style(layout.split, rng),
        rng,
        by_hand=filled.by_hand,
    )


@cache
def _typesetter() -> Typesetter:
    return Typesetter(PAGES)


def printed_fields(filled: Filled, page: Page) -> dict[str, str]:
    """The fields that stand on the page."""
    printed = {run.field for run in page.runs}
    printed |= {name for name, stated_by in filled.follows.items() if stated_by in printed}
    return {name: value for name, value in filled.fields.items() if name in printed}


def _layout(kind: str, split: Split, name: str | None, rng: np.random.Generator) -> Layout:
    choices = layouts(kind, split)
    chosen = choices[rng.integers(len(choices))] if choices else None
    if name is not None:
        chosen = next((each for each in choices if each.name == name), None)
    if chosen is None:
        raise UnknownKind(f"{kind} has no layout {name or ''} for {split}")
    return chosen
