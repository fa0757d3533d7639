"""From bytes to upright-by-EXIF pages of RGB, within bounds."""

from __future__ import annotations

import io
import math
import warnings
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageOps, UnidentifiedImageError

from perception.errors import BrokenFile, PictureTooLarge, TooManyPages
from perception.files.pdf_pages import NotRendered, PdfPage, pdf_pages
from perception.files.sniff import bounded, sniff
from perception.page.reading import ReadLine, boxed

MAX_PAGES = 60
READ_PAGES = 5
"""Pages of a document that are looked at; what a loan officer needs stands at the front."""
MAX_SIDE = 3_000
"""Larger pictures are reduced to this before anything else."""
SLENDER = 4
"""Longer than so many times their width, pages are padded: the text detector enlarges the shorter
side to 736 pixels, and a strip of 2,400 by 1 would take tens of gigabytes."""
MIN_SIDE = 32
DIRECT_MODES = {"L", "RGB", "RGBA"}
"""What is reduced as it is; anything else is turned into one of these first."""
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
            upright = _on_white(ImageOps.exif_transpose(_reduced(image)))
    except Image.DecompressionBombError as error:
        raise PictureTooLarge(str(error)) from error
    except UnidentifiedImageError as error:
        raise BrokenFile(str(error)) from error
    except (OSError, SyntaxError, ValueError, EOFError, IndexError, MemoryError) as error:
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


def _reduced(image: Image.Image) -> Image.Image:
    """The picture no larger than it is looked at, before any copy of it is made."""
    image.load()
    if image.mode not in DIRECT_MODES:
        image = image.convert("RGBA" if image.has_transparency_data else "RGB")
    image.thumbnail((MAX_SIDE, MAX_SIDE))
    return image


def _on_white(image: Image.Image) -> Image.Image:
    """RGB, with what is transparent made white, as it would be printed."""
    if image.has_transparency_data:
        layered = image.convert("RGBA")
        white = Image.new("RGBA", layered.size, "white")
        return Image.alpha_composite(white, layered).convert("RGB")
    return image.convert("RGB")


def _pdf(content: bytes) -> tuple[list[Page], int]:
    try:
        pages, count = pdf_pages(content, READ_PAGES)
    except NotRendered as error:
        raise BrokenFile(str(error)) from error
    if count > MAX_PAGES:
        raise TooManyPages(f"{count} pages")
    if count == 0:
        raise BrokenFile("no pages")
    return [_pdf_page(page) for page in pages], count


def _pdf_page(page: PdfPage) -> Page:
    image = np.frombuffer(page.rgb, np.uint8).reshape(page.height, page.width, 3)
    lines = tuple(boxed(text, 1.0, box) for text, box in page.lines)
    return Page(padded(image), 1.0, lines)
