"""A document's page on its way between two processes: its picture, its text, how far it holds."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

Quad = tuple[float, ...]
"""Four corners clockwise from the text's own top left, x and y in turn, in the page's pixels."""
Box = tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page: ``rgb`` has ``height`` rows of ``width`` pixels, three bytes each.

    Attributes:
        scale: Pixels of the page's own frame for one pixel here.
        lines: Its text, each line with its corners in these pixels.
        coarse: Its picture is too coarse to read; of a long document, only its text is looked at.
        drawn: Its picture was drawn from its text, so that the two agree.
        printed: False where the page itself was made, of the document's data.
        pictured: The share of the page that pictures cover, in [0, 1].
        unseen: The share of its letters that are not drawn visibly, in [0, 1].
        seals: Boxes of the electronic seals that the document says were set here, with their names.
    """

    rgb: bytes
    width: int
    height: int
    scale: float = 1.0
    lines: Sequence[tuple[str, Quad]] = ()
    coarse: bool = False
    drawn: bool = False
    printed: bool = True
    pictured: float = 0.0
    unseen: float = 0.0
    seals: Sequence[tuple[str, Box]] = ()


@dataclass(frozen=True, slots=True)
class Sheets:
    """The pages of a document in their order, and the data that it carries besides.

    Attributes:
        pages: Those that were opened; None in the place of a page that was not.
        count: How many the document has.
        data: Values by field name (see ``einvoice_xml``).
        reader: Name and version of what opened it.
    """

    pages: Sequence[Sheet | None]
    count: int
    data: Mapping[str, str] = field(default_factory=dict)
    reader: str = ""


def packed(sheets: Sheets) -> Iterator[bytes]:
    """The pages as one line of JSON and then their pixels."""
    pages = [
        page
        and {
            "width": page.width,
            "height": page.height,
            "scale": page.scale,
            "lines": list(page.lines),
            "coarse": page.coarse,
            "drawn": page.drawn,
            "printed": page.printed,
            "pictured": page.pictured,
            "unseen": page.unseen,
            "seals": list(page.seals),
        }
        for page in sheets.pages
    ]
    told = {
        "count": sheets.count,
        "pages": pages,
        "data": dict(sheets.data),
        "reader": sheets.reader,
    }
    yield json.dumps(told).encode() + b"\n"
    for page in sheets.pages:
        if page is not None:
            yield page.rgb


def unpacked(answer: bytes) -> Sheets:
    """What :func:`packed` wrote.

    Raises:
        ValueError: Something else.
    """
    head, _, pixels = answer.partition(b"\n")
    told = json.loads(head)
    view, at = memoryview(pixels), 0
    pages: list[Sheet | None] = []
    for page in told["pages"]:
        if page is None:
            pages.append(None)
            continue
        end = at + page["width"] * page["height"] * 3
        lines = [(text, tuple(corners)) for text, corners in page.pop("lines")]
        seals = [(name, (x0, y0, x1, y1)) for name, (x0, y0, x1, y1) in page.pop("seals")]
        pages.append(Sheet(bytes(view[at:end]), lines=lines, seals=seals, **page))
        at = end
    return Sheets(pages, told["count"], told["data"], told["reader"])
