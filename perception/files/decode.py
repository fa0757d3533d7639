"""From bytes to upright-by-EXIF pages of RGB, within bounds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from perception.errors import BrokenFile
from perception.files.apart import opened_apart
from perception.files.pictures import MIN_SIDE, padded, picture
from perception.files.sheets import Sheet, Sheets, unpacked
from perception.files.sniff import sniff
from perception.inspection import Box
from perception.page.reading import ReadLine
from perception.page.strips import Corner

OPENERS = {
    "application/pdf": "pdf_pages",
    "application/ofd": "ofd",
    "application/xml": "einvoice_xml",
}
"""The modules that open documents, each in a process of its own."""


@dataclass(frozen=True, slots=True)
class Page:
    """A page to look at.

    Attributes:
        image_rgb: uint8, shape (height, width, 3).
        scale: Pixels of the original for one pixel here.
        text: The lines of its text layer, empty where it has none.
        coarse: The picture is too coarse to read; only the text of such a page is looked at.
        drawn: The picture was drawn from the text, so that the two agree.
        printed: False where the page was made of the document's data, and proves nothing of it.
        pictured: The share of the page that pictures cover, in [0, 1]; 1 of a photo.
        unseen: The share of the text layer's letters that nobody sees on the page.
        opened: False where a page is damaged or was not wanted.
        data: What the document says besides as data, by field name; on its first page.
        reader: Name and version of what opened the document; empty of a picture.
        seals: Electronic seals that a document says were set here: name and box.
    """

    image_rgb: NDArray[np.uint8]
    scale: float
    text: tuple[ReadLine, ...] = ()
    coarse: bool = False
    drawn: bool = False
    printed: bool = True
    pictured: float = 1.0
    unseen: float = 0.0
    opened: bool = True
    data: Mapping[str, str] = field(default_factory=dict)
    reader: str = ""
    seals: tuple[tuple[str, Box], ...] = ()


def decode(content: bytes, only: int | None = None) -> tuple[list[Page], int]:
    """The pages to look at, each at its own place, and how many the file has.

    Args:
        content: The file.
        only: The one page of a document that is wanted, from 0; the others come unopened.

    Raises:
        EmptyFile: No bytes.
        UnsupportedType: Neither a picture nor a document that is read.
        BrokenFile: It cannot be decoded.
        EncryptedFile: A document that asks for a password.
        OverblownFile: A document that takes too much memory or time, or unpacks to too much.
        PictureTooLarge: Over 120 megapixels.
        TooManyPages: Over 60 pages.
    """
    mime = sniff(content)
    if mime not in OPENERS:
        return [Page(*picture(content, mime))], 1
    answer = opened_apart(OPENERS[mime], content, {"only": only})
    try:
        sheets = unpacked(answer)
    except (ValueError, LookupError, TypeError) as error:
        raise BrokenFile(f"{mime}: {error}") from error
    return _pages(sheets), sheets.count


def _pages(sheets: Sheets) -> list[Page]:
    pages = [UNOPENED if sheet is None else _page(sheet, sheets) for sheet in sheets.pages]
    if not any(page.opened for page in pages):
        raise BrokenFile("no page")
    return pages


def _page(sheet: Sheet, sheets: Sheets) -> Page:
    image = np.frombuffer(sheet.rgb, np.uint8).reshape(sheet.height, sheet.width, 3)
    return Page(
        image_rgb=padded(image),
        scale=sheet.scale,
        text=tuple(ReadLine(text, 1.0, _corners(quad)) for text, quad in sheet.lines),
        coarse=sheet.coarse,
        drawn=sheet.drawn,
        printed=sheet.printed,
        pictured=sheet.pictured,
        unseen=sheet.unseen,
        data=sheets.data if sheet is sheets.pages[0] else {},
        reader=sheets.reader,
        seals=tuple(sheet.seals),
    )


def _corners(quad: tuple[float, ...]) -> tuple[Corner, Corner, Corner, Corner]:
    x0, y0, x1, y1, x2, y2, x3, y3 = quad
    return (x0, y0), (x1, y1), (x2, y2), (x3, y3)


UNOPENED = Page(
    np.full((MIN_SIDE, MIN_SIDE, 3), 255, dtype=np.uint8), scale=1.0, coarse=True, opened=False
)
"""Stands in the place of a page that was not opened, so that each keeps its number."""
