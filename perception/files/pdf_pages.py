"""The pages of a PDF by PDFium, for the process of their own: pictures, text layer, form fields.

Scripts and actions are never run: this PDFium has no engine for them, and none is asked for.
"""

from __future__ import annotations

import ctypes
import math
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from perception.errors import BrokenFile, EncryptedFile, TooManyPages
from perception.files.letters import plain
from perception.files.pdf_letters import runs_of
from perception.files.rows import Run, rows
from perception.files.sheets import Sheet, Sheets, packed

MAX_PAGES = 60
LOOKED_AT = 10
"""Pages with a picture fit to be read: the first nine, and the last, where totals stand."""
DPI, COARSE_DPI = 160, 72
"""Of the pages looked at, and of those between, whose text layer is all that is read of them."""
MAX_SIDE = 2_400
MAX_OBJECTS = 2_000
MAX_WIDGETS = 500
SAMPLED = 200
POINTS_PER_INCH = 72
PASSWORD = {pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY}
FILLED_IN = {
    pdfium.FPDF_FORMFIELD_TEXTFIELD,
    pdfium.FPDF_FORMFIELD_COMBOBOX,
    pdfium.FPDF_FORMFIELD_LISTBOX,
}


def answer(content: bytes, asked: Mapping[str, Any]) -> Iterator[bytes]:
    """The pages of a document.

    Args:
        content: The document.
        asked: ``only``: the one page that is wanted, from 0, or null for all.

    Raises:
        EncryptedFile: It opens with a password only.
        TooManyPages: Over 60.
        BrokenFile: It cannot be opened, or none of its pages can.
    """
    return packed(sheets_of(content, asked.get("only")))


def sheets_of(content: bytes, only: int | None = None, dpi: int = DPI) -> Sheets:
    """The pages of a document, the fine ones at so many dots an inch (see :func:`answer`)."""
    try:
        document = pypdfium2.PdfDocument(content)
        document.init_forms()
        count = len(document)
    except pypdfium2.PdfiumError as error:
        if error.err_code in PASSWORD:
            raise EncryptedFile(str(error)) from error
        raise BrokenFile(str(error)) from error
    if count > MAX_PAGES:
        raise TooManyPages(f"{count} pages")
    pages = [_opened(document, n, count, only, dpi) for n in range(count)]
    if not any(pages):
        raise BrokenFile(f"{count} pages, none of which opens")
    return Sheets(pages, count, reader=f"pypdfium2@{pypdfium2.PYPDFIUM_INFO}")


def _opened(document: Any, number: int, count: int, only: int | None, dpi: int) -> Sheet | None:
    fine = number < LOOKED_AT - 1 or number == count - 1 or number == only
    if only not in (None, number):
        return None
    try:
        page = document[number]
        return _sheet(page, dpi, 1.0 if fine else COARSE_DPI / DPI)
    except pypdfium2.PdfiumError:
        return None


def _sheet(page: Any, dpi: int, share: float) -> Sheet:
    text_page = page.get_textpage()
    turn = _turn(text_page, page.get_rotation())
    width, height = page.get_size()
    if not (0 < width < math.inf and 0 < height < math.inf):
        raise pypdfium2.PdfiumError(f"a page of {width} x {height}")
    full = min(dpi / POINTS_PER_INCH, MAX_SIDE / max(width, height))
    scale = full * share
    bitmap = page.render(scale=scale, rotation=turn, rev_byteorder=True, prefer_bgrx=False)
    image = bitmap.to_pil().convert("RGB")
    place = _Place(page, image.width, image.height, turn)
    runs = [*_runs(text_page, place), *_filled_in(page, place)]
    return Sheet(
        rgb=image.tobytes(),
        width=image.width,
        height=image.height,
        scale=full / scale,
        lines=rows(runs),
        coarse=share < 1,
        pictured=_pictured(page, width, height),
        unseen=_unseen(text_page),
    )


class _Place:
    """Where things of a page lie in its picture."""

    def __init__(self, page: Any, width: int, height: int, turn: int) -> None:
        self._page, self._size, self._turn = page, (width, height), turn // 90

    def box(self, left: float, bottom: float, right: float, top: float) -> tuple[float, ...]:
        """From the page's own units to x0, y0, x1, y1 in pixels."""
        corners = [self._at(left, bottom), self._at(right, top)]
        (x0, y0), (x1, y1) = corners
        return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)

    def _at(self, x: float, y: float) -> tuple[int, int]:
        across, down = ctypes.c_int(), ctypes.c_int()
        width, height = self._size
        pdfium.FPDF_PageToDevice(self._page, 0, 0, width, height, self._turn, x, y, across, down)
        return across.value, down.value


def _turn(text_page: Any, rotation: int) -> int:
    """Degrees to the right by which the page is turned so that its text runs level."""
    count = text_page.count_chars()
    seen = Counter(
        round(math.degrees(pdfium.FPDFText_GetCharAngle(text_page, n)) / 90) % 4
        for n in range(0, count, max(1, count // SAMPLED))
    )
    if not seen:
        return 0
    quarters, _ = seen.most_common(1)[0]
    return int(quarters * 90 - rotation) % 360


def _runs(text_page: Any, place: _Place) -> Iterator[Run]:
    for letters, edges in runs_of(text_page):
        if text := plain(letters):
            yield Run(text, *place.box(*edges))


def _filled_in(page: Any, place: _Place) -> Iterator[Run]:
    """What stands in the fields of a form."""
    form = page.formenv
    if form is None:
        return
    for index in range(min(pdfium.FPDFPage_GetAnnotCount(page), MAX_WIDGETS)):
        note = pdfium.FPDFPage_GetAnnot(page, index)
        try:
            if pdfium.FPDFAnnot_GetFormFieldType(form, note) in FILLED_IN:
                text = plain(_value(form, note))
                around = pdfium.FS_RECTF()
                if text and pdfium.FPDFAnnot_GetRect(note, around):
                    sides = around.left, around.bottom, around.right, around.top
                    yield Run(text, *place.box(*sides))
        finally:
            pdfium.FPDFPage_CloseAnnot(note)


def _value(form: Any, note: Any) -> str:
    flags = pdfium.FPDFAnnot_GetFormFieldFlags(form, note)
    if flags & pdfium.FPDF_FORMFLAG_TEXT_PASSWORD:
        return ""
    size = pdfium.FPDFAnnot_GetFormFieldValue(form, note, None, 0)
    held = ctypes.create_string_buffer(size)
    units = ctypes.cast(held, ctypes.POINTER(pdfium.FPDF_WCHAR))
    pdfium.FPDFAnnot_GetFormFieldValue(form, note, units, size)
    return held.raw.decode("utf-16-le", "replace").rstrip("\0")


def _pictured(page: Any, width: float, height: float) -> float:
    """The share of a page that pictures cover."""
    covered = 0.0
    for seen, item in enumerate(page.get_objects(max_depth=3)):
        if seen >= MAX_OBJECTS:
            break
        if item.type == pdfium.FPDF_PAGEOBJ_IMAGE:
            left, bottom, right, top = item.get_bounds()
            covered += max(0.0, min(right, 2 * width) - left) * max(0.0, top - bottom)
    return min(1.0, covered / (width * height))


def _unseen(text_page: Any) -> float:
    """The share of letters that are in the text but not drawn, as scanners lay them in."""
    count = text_page.count_chars()
    places = range(0, count, max(1, count // SAMPLED))
    modes = [
        pdfium.FPDFTextObj_GetTextRenderMode(drawn)
        for n in places
        if (drawn := pdfium.FPDFText_GetTextObject(text_page, n))
    ]
    hidden = sum(mode == pdfium.FPDF_TEXTRENDERMODE_INVISIBLE for mode in modes)
    return hidden / len(modes) if modes else 0.0
