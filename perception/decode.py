"""From bytes to upright-by-EXIF pages of RGB, within bounds."""

from __future__ import annotations

import io
import warnings
from dataclasses import dataclass

import numpy as np
import pypdfium2
from numpy.typing import NDArray
from PIL import Image, ImageOps, UnidentifiedImageError
from pillow_heif import register_heif_opener

from perception.errors import (
    BrokenFile,
    EmptyFile,
    PictureTooLarge,
    TooManyPages,
    UnsupportedType,
)
from perception.inspection import Line

MAX_PIXELS = 120_000_000
MAX_PAGES = 60
READ_PAGES = 5
"""Pages of a document that are looked at; what a loan officer needs stands at the front."""
MAX_SIDE = 3_000
"""Larger pictures are reduced to this before anything else."""
PDF_DPI = 160
POINTS_PER_INCH = 72

register_heif_opener()


@dataclass(frozen=True, slots=True)
class Page:
    """A page: ``image_rgb`` uint8 (height, width, 3), and its text layer where it has one.

    ``scale`` is pixels of the original for one pixel here.
    """

    image_rgb: NDArray[np.uint8]
    scale: float
    text: tuple[Line, ...] = ()


def decode(content: bytes) -> tuple[list[Page], int]:
    """The pages to look at, and how many the file has.

    Raises:
        EmptyFile: No bytes.
        UnsupportedType: Neither a picture nor a PDF.
        BrokenFile: It cannot be decoded.
        PictureTooLarge: Over 120 megapixels.
        TooManyPages: Over 60 pages.
    """
    if not content:
        raise EmptyFile
    if b"%PDF-" in content[:1024]:
        return _pdf(content)
    return [_picture(content)], 1


def _picture(content: bytes) -> Page:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            image = Image.open(io.BytesIO(content))
        width, height = image.size
        if width * height > MAX_PIXELS:
            raise PictureTooLarge(f"{width} x {height}")
        if image.format == "JPEG":
            image.draft("RGB", (MAX_SIDE, MAX_SIDE))
        upright = ImageOps.exif_transpose(image).convert("RGB")
        upright.thumbnail((MAX_SIDE, MAX_SIDE))
    except UnidentifiedImageError as error:
        raise UnsupportedType(str(error)) from error
    except Image.DecompressionBombError as error:
        raise PictureTooLarge(str(error)) from error
    except (OSError, SyntaxError, ValueError, EOFError) as error:
        raise BrokenFile(str(error)) from error
    scale = max(width, height) / max(upright.size)
    return Page(np.asarray(upright, dtype=np.uint8), scale)


def _pdf(content: bytes) -> tuple[list[Page], int]:
    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        raise BrokenFile(str(error)) from error
    try:
        count = len(document)
        if count > MAX_PAGES:
            raise TooManyPages(str(count))
        return [_pdf_page(document, n) for n in range(min(count, READ_PAGES))], count
    except pypdfium2.PdfiumError as error:
        raise BrokenFile(str(error)) from error
    finally:
        document.close()


def _pdf_page(document: pypdfium2.PdfDocument, number: int) -> Page:
    page = document[number]
    scale = PDF_DPI / POINTS_PER_INCH
    image = np.asarray(page.render(scale=scale).to_pil().convert("RGB"), dtype=np.uint8)
    height = page.get_height()
    text_page = page.get_textpage()
    lines = []
    for index in range(text_page.count_rects()):
        left, bottom, right, top = text_page.get_rect(index)
        text = text_page.get_text_bounded(left, bottom, right, top).strip()
        if text:
            box = (
                int(left * scale),
                int((height - top) * scale),
                int(right * scale),
                int((height - bottom) * scale),
            )
            lines.append(Line(text, 1.0, box, number))
    return Page(image, 1.0, tuple(lines))
