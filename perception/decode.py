"""From bytes to upright-by-EXIF pages of RGB, within bounds."""

from __future__ import annotations

import io
import math
import warnings
from dataclasses import dataclass

import numpy as np
import pypdfium2
from numpy.typing import NDArray
from PIL import Image, ImageOps, UnidentifiedImageError

from perception.errors import BrokenFile, PictureTooLarge, TooManyPages
from perception.reading import ReadLine, boxed
from perception.sniff import bounded, sniff

MAX_PAGES = 60
READ_PAGES = 5
"""Pages of a document that are looked at; what a loan officer needs stands at the front."""
MAX_SIDE = 3_000
"""Larger pictures are reduced to this before anything else."""
SLENDER = 4
"""Longer than so many times their width, pages are padded: the text detector enlarges the shorter
side to 736 pixels, and a strip of 2,400 by 1 would take tens of gigabytes."""
MIN_SIDE = 32
PDF_DPI = 160
PDF_MAX_SIDE = 2_400
POINTS_PER_INCH = 72
PDF = "application/pdf"
HEIC = "image/heic"


@dataclass(frozen=True, slots=True)
class Page:
    """A page to look at.

    Attributes:
        image_rgb: uint8, shape (height, width, 3).
        scale: Pixels of the original for one pixel here.
        text: The lines of its text layer, empty where it has none.
    """

    image_rgb: NDArray[np.uint8]
    scale: float
    text: tuple[ReadLine, ...] = ()


def decode(content: bytes) -> tuple[list[Page], int]:
    """The pages to look at, and how many the file has.

    Raises:
        EmptyFile: No bytes.
        UnsupportedType: Neither a picture nor a PDF.
        BrokenFile: It cannot be decoded.
        PictureTooLarge: Over 120 megapixels.
        TooManyPages: Over 60 pages.
    """
    mime = sniff(content)
    if mime == PDF:
        return _pdf(content)
    return [_picture(content, mime)], 1


def _picture(content: bytes, mime: str) -> Page:
    if mime == HEIC:
        from pillow_heif import register_heif_opener

        register_heif_opener()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            image = Image.open(io.BytesIO(content))
            width, height = image.size
            bounded(width, height)
            if image.format == "JPEG":
                image.draft("RGB", (MAX_SIDE, MAX_SIDE))
            upright = ImageOps.exif_transpose(image)
            upright = _on_white(upright)
            upright.thumbnail((MAX_SIDE, MAX_SIDE))
    except Image.DecompressionBombError as error:
        raise PictureTooLarge(str(error)) from error
    except UnidentifiedImageError as error:
        raise BrokenFile(str(error)) from error
    except (OSError, SyntaxError, ValueError, EOFError, IndexError) as error:
        raise BrokenFile(str(error)) from error
    scale = max(width, height) / max(upright.size)
    return Page(padded(np.array(upright, dtype=np.uint8)), scale)


def padded(image: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """The picture with white to its right or beneath: 32 pixels at least, 4 times as long at most.

    Every place in it stays where it was.
    """
    height, width = image.shape[:2]
    down = max(0, MIN_SIDE - height, math.ceil(width / SLENDER) - height)
    right = max(0, MIN_SIDE - width, math.ceil(height / SLENDER) - width)
    if not down and not right:
        return image
    return np.pad(image, ((0, down), (0, right), (0, 0)), constant_values=255)


def _on_white(image: Image.Image) -> Image.Image:
    """RGB, with what is transparent made white, as it would be printed."""
    if "A" in image.getbands() or "transparency" in image.info:
        layered = image.convert("RGBA")
        white = Image.new("RGBA", layered.size, "white")
        return Image.alpha_composite(white, layered).convert("RGB")
    return image.convert("RGB")


def _pdf(content: bytes) -> tuple[list[Page], int]:
    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        raise BrokenFile(str(error)) from error
    try:
        count = len(document)
        if count > MAX_PAGES:
            raise TooManyPages(f"{count} pages")
        if count == 0:
            raise BrokenFile("no pages")
        return [_pdf_page(document, n) for n in range(min(count, READ_PAGES))], count
    except pypdfium2.PdfiumError as error:
        raise BrokenFile(str(error)) from error
    finally:
        document.close()


def _pdf_page(document: pypdfium2.PdfDocument, number: int) -> Page:
    page = document[number]
    width, height = page.get_size()
    scale = min(PDF_DPI / POINTS_PER_INCH, PDF_MAX_SIDE / max(width, height))
    image = np.array(page.render(scale=scale).to_pil().convert("RGB"), dtype=np.uint8)
    text_page = page.get_textpage()
    lines = []
    for index in range(text_page.count_rects()):
        left, bottom, right, top = text_page.get_rect(index)
        text = text_page.get_text_bounded(left, bottom, right, top).strip()
        if text:
            box = (left * scale, (height - top) * scale, right * scale, (height - bottom) * scale)
            x0, y0, x1, y1 = (round(v) for v in box)
            lines.append(boxed(" ".join(text.split()), 1.0, (x0, y0, x1, y1)))
    return Page(padded(image), 1.0, tuple(lines))
