"""Everything that a paper yields, by its kind: fields and tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from bailing.terms import VoucherType
from perception.fields import repair
from perception.fields.derived import derived_fields
from perception.fields.invoice import invoice_fields
from perception.fields.labelled import voucher_fields
from perception.fields.level import level
from perception.fields.licence import licence_fields
from perception.fields.stated import stated_fields
from perception.fields.tables import find_tables
from perception.inspection import Box, Field, Line, Mark, SeenTable
from perception.page.layout import Placed
from perception.voucher_files import VoucherFile

INVOICES = (VoucherType.VAT_SPECIAL_INVOICE, VoucherType.VAT_GENERAL_INVOICE)


class ReadPage(Protocol):
    """What fields are taken from: a page's lines, as they stand and set straight, and its marks."""

    @property
    def placed(self) -> list[Placed]:
        """The lines, set straight."""

    @property
    def lines(self) -> list[Line]:
        """The lines."""

    @property
    def marks(self) -> list[Mark]:
        """Seals and codes."""

    @property
    def whole(self) -> Box:
        """The box of the page."""


@dataclass(frozen=True, slots=True)
class Paper:
    """What was read of a file of one kind."""

    fields: tuple[Field, ...]
    tables: tuple[SeenTable, ...] = ()


def read_file(file: VoucherFile, pages: Sequence[ReadPage], data: Mapping[str, str]) -> Paper:
    """What a file of that kind says.

    A licence and an invoice are one page, the one that has most of their fields; anything else
    may go on over several.

    Args:
        file: The kind's voucher file.
        pages: Its pages, in order.
        data: What it states as data, by field name; then nothing else is asked.
    """
    if data:
        lines = [line for page in pages for line in page.lines]
        return Paper(tuple(stated_fields(file, data, lines, pages[0].whole)))
    if file.type is VoucherType.BUSINESS_LICENSE:
        return _fullest([licence_fields(file, page.placed) for page in pages])
    if file.type in INVOICES:
        return _fullest([invoice_fields(file, page.placed, page.marks) for page in pages])
    return read_paper(file, [page.placed for page in pages])


def _fullest(pages: Sequence[list[Field]]) -> Paper:
    most = max(range(len(pages)), key=lambda page: len(pages[page]))
    return Paper(tuple(pages[most]))


def read_paper(file: VoucherFile, pages: Sequence[Sequence[Placed]]) -> Paper:
    """The fields, from whichever page, in the file's order, and the rows of the kind's table.

    Args:
        file: The kind's voucher file.
        pages: The lines of each page, set straight.
    """
    pages = [level(lines) for lines in pages]
    grids = find_tables(file.table, pages) if file.table else []
    found = voucher_fields(file, pages, grids)
    made = derived_fields(file, found, grids)
    names = {field.name for field in made}
    found = [*(field for field in found if field.name not in names), *made]
    order = {spec.name: place for place, spec in enumerate(file.fields)}
    ordered = sorted(_checked(found), key=lambda field: order[field.name])
    return Paper(tuple(ordered), tuple(grid.seen() for grid in grids))


def _checked(fields: Sequence[Field]) -> list[Field]:
    """Fields put right by one another: a credit code by the place of the address."""
    address = next((f.value for f in fields if f.name == "address"), None)
    result = []
    for field in fields:
        if field.name in ("social_credit_code", "tax_id") and len(field.value) == 18:
            mended = repair.credit_code(field.value, address)
            if mended is not None:
                field = replace(field, value=mended.value, confidence=mended.sure, repaired=True)
        result.append(field)
    return result
