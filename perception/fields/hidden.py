"""Which field a bad spot of a picture hides: told by labels beside it and by the form's layout."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import replace

from bailing.terms import VoucherType
from perception.inspection import Box, Line, Quality, Region, Trouble
from perception.page.quality import page_box, region_of
from perception.voucher_files import FieldFile, VoucherFile

LOCAL = ("glare", "cut_off")
"""What is wrong at one place; the rest is wrong all over."""
INVOICE_PLACES = {
    "total_cny": (Region.BOTTOM_RIGHT, Region.BOTTOM, Region.RIGHT),
    "invoice_number": (Region.TOP_RIGHT,),
    "issued_on": (Region.TOP_RIGHT,),
    "buyer_name": (Region.TOP_LEFT, Region.LEFT),
    "seller_name": (Region.BOTTOM_LEFT,),
}
"""Where the state's form of an invoice prints what a loan officer needs, most needed first."""
PLACES = {
    VoucherType.VAT_SPECIAL_INVOICE: INVOICE_PLACES,
    VoucherType.VAT_GENERAL_INVOICE: INVOICE_PLACES,
}


def with_hidden_fields(
    quality: Quality, file: VoucherFile | None, found: Collection[str], lines: Sequence[Line]
) -> Quality:
    """The same judgement, each spot with the missing field that it hides.

    Args:
        quality: What is wrong, boxes in the pixels of the lines.
        file: The kind that the paper is taken for; None where it is none that is known.
        found: Names of the fields that were read.
        lines: The page.
    """
    if file is None or not quality.troubles:
        return quality
    missing = [f for f in file.fields if f.name not in found]
    named = tuple(_named(t, file.type, missing, lines) for t in quality.troubles)
    return replace(quality, troubles=named)


def _named(
    trouble: Trouble, kind: VoucherType, missing: Sequence[FieldFile], lines: Sequence[Line]
) -> Trouble:
    if trouble.issue not in LOCAL or not missing:
        return trouble
    field = _by_label(trouble, missing, lines) or _by_form(trouble, kind, missing, lines)
    if field is None:
        return trouble
    return replace(trouble, field=field.name, label=field.label.zh, label_en=field.label.en)


def _by_label(
    trouble: Trouble, missing: Sequence[FieldFile], lines: Sequence[Line]
) -> FieldFile | None:
    """The missing field whose label stands nearest to the left of the spot, on its rows."""
    near = [
        (trouble.box[0] - line.box[0], field)
        for field in missing
        for line in lines
        if _holds(line, field) and _leads_to(line.box, trouble)
    ]
    return min(near, key=lambda n: n[0])[1] if near else None


def _holds(line: Line, field: FieldFile) -> bool:
    text = re.sub(r"\s", "", line.text)
    return any(label in text for label in field.labels)


def _leads_to(label: Box, trouble: Trouble) -> bool:
    """Whether what belongs to a label lies where the spot is, or beyond the edge that cuts it."""
    box = trouble.box
    beside = min(label[3], box[3]) - max(label[1], box[1]) > 0.4 * (label[3] - label[1])
    if trouble.issue == "cut_off":
        return beside and trouble.region is Region.RIGHT and label[0] < box[2]
    return beside and label[0] < box[2]


def _by_form(
    trouble: Trouble, kind: VoucherType, missing: Sequence[FieldFile], lines: Sequence[Line]
) -> FieldFile | None:
    """The missing field that this kind of form prints at that place."""
    right = max((line.box[2] for line in lines), default=trouble.box[2])
    bottom = max((line.box[3] for line in lines), default=trouble.box[3])
    region = region_of(trouble.box, page_box(lines, right, bottom))
    by_name = {f.name: f for f in missing}
    for name, places in PLACES.get(kind, {}).items():
        if name in by_name and {region, trouble.region} & set(places):
            return by_name[name]
    return None
