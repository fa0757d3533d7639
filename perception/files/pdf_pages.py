"""The pages of a PDF, rendered in a process of their own with little memory and time.

A few hundred bytes of PDF can ask for gigabytes, and PDFium ends its process where it does not get
them: so it costs one file, not the worker. The process runs this file by itself, without the room
around it, to be there in a moment.
"""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass
from typing import Any

MEMORY_MIB = 1_024
SECONDS = 20
MAX_LINES = 5_000
"""Lines of a page's text layer; the densest statement has some hundreds."""
DPI = 160
MAX_SIDE = 2_400
POINTS_PER_INCH = 72


class NotRendered(Exception):
    """Damaged, encrypted, or in need of more memory or time than a paper is."""


@dataclass(frozen=True, slots=True)
class PdfPage:
    """One page: ``rgb`` has ``height`` rows of ``width`` pixels, three bytes each.

    ``lines`` is its text layer, each line with its box in these pixels.
    """

    rgb: bytes
    width: int
    height: int
    lines: tuple[tuple[str, tuple[int, int, int, int]], ...]


def pdf_pages(content: bytes, most: int) -> tuple[list[PdfPage], int]:
    """The first pages of a document, so many at most, and how many it has.

    Raises:
        NotRendered: It cannot be opened or rendered within bounds.
    """
    command = [sys.executable, "-I", __file__, str(most)]
    try:
        made = subprocess.run(
            command, input=content, capture_output=True, check=True, timeout=2 * SECONDS
        )
    except (subprocess.SubprocessError, OSError) as error:
        raise NotRendered(str(error)) from error
    head, _, pixels = made.stdout.partition(b"\n")
    told = json.loads(head)
    pages, at = [], 0
    for page in told["pages"]:
        end = at + page["width"] * page["height"] * 3
        lines = tuple((text, (x0, y0, x1, y1)) for text, (x0, y0, x1, y1) in page["lines"])
        pages.append(PdfPage(pixels[at:end], page["width"], page["height"], lines))
        at = end
    return pages, told["count"]


def _render(page: Any) -> tuple[dict[str, Any], bytes]:
    width, height = page.get_size()
    scale = min(DPI / POINTS_PER_INCH, MAX_SIDE / max(width, height))
    bitmap = page.render(scale=scale, rev_byteorder=True, prefer_bgrx=False)
    image = bitmap.to_pil().convert("RGB")
    told = {"width": image.width, "height": image.height, "lines": _lines(page, scale, height)}
    return told, image.tobytes()


def _lines(page: Any, scale: float, height: float) -> list[tuple[str, tuple[int, ...]]]:
    text_page = page.get_textpage()
    lines = []
    for index in range(min(text_page.count_rects(), MAX_LINES)):
        left, bottom, right, top = text_page.get_rect(index)
        text = " ".join(text_page.get_text_bounded(left, bottom, right, top).split())
        if text:
            box = (left * scale, (height - top) * scale, right * scale, (height - bottom) * scale)
            lines.append((text, tuple(round(v) for v in box)))
    return lines


def main() -> None:
    """A PDF on standard input; on standard output a line of JSON, then the pages' pixels."""
    import resource

    bound = MEMORY_MIB * 2**20
    resource.setrlimit(resource.RLIMIT_DATA, (bound, bound))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    import pypdfium2

    document = pypdfium2.PdfDocument(sys.stdin.buffer.read())
    count = len(document)
    rendered = [_render(document[n]) for n in range(min(count, int(sys.argv[1])))]
    told = {"count": count, "pages": [page for page, _ in rendered]}
    sys.stdout.buffer.write(json.dumps(told).encode() + b"\n")
    for _, pixels in rendered:
        sys.stdout.buffer.write(pixels)


if __name__ == "__main__":
    main()
