"""An OFD document (GB/T 33190), for the process of its own: a zip of XML, read by this room.

Letters are read with their places, so that an OFD needs no recognition of text; where it carries
an invoice's data besides, that is read as such. Fonts of the document are not loaded, and its
signatures are not verified.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from perception.errors import BrokenFile
from perception.files.archive import Archive
from perception.files.letters import plain
from perception.files.ofd_drawing import MM_PER_INCH, picture_of
from perception.files.ofd_objects import Letters, Picture
from perception.files.ofd_parts import OfdDocument, OfdPage
from perception.files.ofd_seals import Seal, seals_of
from perception.files.rows import Run, rows
from perception.files.sheets import Sheet, Sheets, packed

READER = "ofd-reader@1"
LOOKED_AT = 10
"""Pages with a fine picture: the first nine, and the last."""
DPI, COARSE_DPI = 200, 72
MAX_SIDE = 2_400
MAX_LINES = 5_000


def answer(content: bytes, asked: Mapping[str, Any]) -> Iterator[bytes]:
    """The pages of a document.

    Args:
        content: The document.
        asked: ``only``: the one page that is wanted, from 0, or null for all.

    Raises:
        PerceptionError: It cannot be opened within bounds, or has over 60 pages.
    """
    return packed(sheets_of(content, asked.get("only")))


def sheets_of(content: bytes, only: int | None = None, dpi: int = DPI) -> Sheets:
    """The pages of a document, the fine ones at so many dots an inch (see :func:`answer`)."""
    document = OfdDocument(Archive(content))
    count = len(document.pages)
    seals = seals_of(document)
    sheets: list[Sheet | None] = []
    letters: dict[str, Letters] = {}
    for number in range(count):
        page = _page(document, number) if only in (None, number) else None
        if page is None:
            sheets.append(None)
            continue
        letters |= {x.id: x for x in page.things if isinstance(x, Letters)}
        fine = number in (*range(LOOKED_AT - 1), count - 1, only)
        here = [seal for seal in seals if seal.page == page.id]
        sheets.append(_sheet(document, page, here, dpi, 1.0 if fine else COARSE_DPI / DPI))
    if not any(sheets):
        raise BrokenFile("OFD: no page")
    return Sheets(sheets, count, _data(document, letters), READER)


def _page(document: OfdDocument, number: int) -> OfdPage | None:
    """A page, or None where it is damaged: the others are there all the same."""
    try:
        return document.page(number)
    except BrokenFile:
        return None


def _data(document: OfdDocument, letters: dict[str, Letters]) -> Mapping[str, str]:
    """The data, or none where it is damaged: the pages are there all the same."""
    try:
        return document.data(letters)
    except BrokenFile:
        return {}


def _sheet(document: OfdDocument, page: OfdPage, here: list[Seal], dpi: int, share: float) -> Sheet:
    x0, y0, x1, y1 = page.box
    width, height = x1 - x0, y1 - y0
    full = min(dpi / MM_PER_INCH, MAX_SIDE / max(width, height))
    per_mm = full * share
    pictures = {f"seal {n}": seal.picture for n, seal in enumerate(here)}
    stamps = [Picture(f"seal {n}", seal.box, stamped=True) for n, seal in enumerate(here)]

    def media(resource: str) -> bytes | None:
        return pictures[resource] if resource in pictures else _media(document, resource)

    stamped = [s for s in stamps if pictures[s.resource] is not None]
    image = picture_of([*page.things, *stamped], width, height, per_mm, media)
    placed = [x for x in page.things if isinstance(x, Letters)][:MAX_LINES]
    runs = [Run(plain(x.text), *(v * per_mm for v in x.box)) for x in placed]
    covered = sum(_area(x.box) for x in page.things if isinstance(x, Picture))
    return Sheet(
        rgb=image.tobytes(),
        width=image.width,
        height=image.height,
        scale=full / per_mm,
        lines=rows(runs),
        coarse=share < 1,
        drawn=True,
        pictured=min(1.0, covered / (width * height)),
        seals=[(s.name, _pixels(s.box, per_mm)) for s in here],
    )


def _media(document: OfdDocument, resource: str) -> bytes | None:
    try:
        return document.media(resource)
    except BrokenFile:
        return None


def _area(box: tuple[float, float, float, float]) -> float:
    return max(0.0, box[2] - box[0]) * max(0.0, box[3] - box[1])


def _pixels(box: tuple[float, float, float, float], per_mm: float) -> tuple[int, int, int, int]:
    x0, y0, x1, y1 = (max(0, round(v * per_mm)) for v in box)
    return x0, y0, x1, y1
