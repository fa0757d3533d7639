"""Everything that a paper kind yields besides licences and invoices: fields and tables."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from perception.fields import repair
from perception.fields.derived import derived_fields
from perception.fields.labelled import voucher_fields
from perception.fields.level import level
from perception.fields.tables import find_tables
from perception.inspection import Field, SeenTable
from perception.page.layout import Placed
from perception.voucher_files import VoucherFile


@dataclass(frozen=True, slots=True)
class Paper:
    """What was read of a file of one kind."""

    fields: tuple[Field, ...]
    tables: tuple[SeenTable, ...] = ()


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
