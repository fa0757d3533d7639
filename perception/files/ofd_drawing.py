"""A picture of an OFD page: white paper, its strokes, pictures and letters at their places.

Letters are drawn in a typeface of this machine, not in the document's own: the picture is there to
show and to point at; what is read are the letters themselves.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable

from PIL import Image, ImageChops, ImageDraw, UnidentifiedImageError

from perception.errors import PerceptionError
from perception.files.faces import face, write
from perception.files.ofd_objects import ASCENT, Letters, Picture, Stroke, Thing

MM_PER_INCH = 25.4
FORMATS = ("JPEG", "PNG", "BMP", "GIF", "WEBP")
MAX_PIXELS = 40_000_000
"""Of one picture on a page; an A4 page scanned at 600 dpi has 35 million."""
LOST = (225, 225, 225)
SMALLEST_LETTER = 3

Media = Callable[[str], bytes | None]


def picture_of(
    things: Iterable[Thing], width_mm: float, height_mm: float, per_mm: float, media: Media
) -> Image.Image:
    """The page, RGB.

    Args:
        things: What stands on it, in the order of drawing.
        width_mm: Of the page.
        height_mm: Likewise.
        per_mm: Pixels a millimetre.
        media: The bytes of a picture by its resource; None where there are none.
    """
    size = max(1, round(width_mm * per_mm)), max(1, round(height_mm * per_mm))
    image = Image.new("RGB", size, "white")
    draw = ImageDraw.Draw(image)
    opened: dict[str, Image.Image | None] = {}
    for thing in things:
        if isinstance(thing, Letters):
            _write(draw, thing, per_mm)
        elif isinstance(thing, Stroke):
            _draw(draw, thing, per_mm)
        else:
            if thing.resource not in opened:
                opened[thing.resource] = opened_picture(media(thing.resource))
            _paste(image, thing, opened[thing.resource], per_mm)
    return image


def opened_picture(content: bytes | None) -> Image.Image | None:
    """A picture of one of the common formats, RGBA; None of any other, or one too large."""
    if content is None:
        return None
    try:
        image = Image.open(io.BytesIO(content), formats=FORMATS)
        if image.width * image.height > MAX_PIXELS:
            return None
        return image.convert("RGBA")
    except (UnidentifiedImageError, PerceptionError, Image.DecompressionBombError):
        return None
    except (OSError, SyntaxError, ValueError, EOFError, LookupError, TypeError, ArithmeticError):
        return None


def _write(draw: ImageDraw.ImageDraw, letters: Letters, per_mm: float) -> None:
    size = letters.size * per_mm
    if size < SMALLEST_LETTER or face(round(size)) is None:
        x0, y0, x1, y1 = (v * per_mm for v in letters.box)
        draw.rectangle((x0, y0, max(x0, x1), max(y0, y1)), fill=LOST)
        return
    for letter, (x, y) in zip(letters.text, letters.places, strict=True):
        if not letter.isspace():
            top = (y - letters.size * (ASCENT + 0.02)) * per_mm
            write(draw, letter, x * per_mm, top, size, letters.ink)


def _draw(draw: ImageDraw.ImageDraw, stroke: Stroke, per_mm: float) -> None:
    points = [(x * per_mm, y * per_mm) for x, y in stroke.points]
    if stroke.filled and len(points) > 2:
        draw.polygon(points, fill=stroke.ink)
    else:
        draw.line(points, fill=stroke.ink, width=max(1, min(50, round(stroke.width * per_mm))))


def _paste(image: Image.Image, place: Picture, content: Image.Image | None, per_mm: float) -> None:
    """Lay a picture on the page; a grey patch where it cannot be opened."""
    x0, y0, x1, y1 = (round(v * per_mm) for v in place.box)
    x0, y0 = max(x0, -image.width), max(y0, -image.height)
    x1, y1 = min(x1, 2 * image.width), min(y1, 2 * image.height)
    if x1 <= x0 or y1 <= y0:
        return
    if content is None:
        ImageDraw.Draw(image).rectangle((x0, y0, x1, y1), fill=LOST)
        return
    resized = content.resize((x1 - x0, y1 - y0))
    under = image.crop((x0, y0, x1, y1))
    ground = Image.new("RGB", under.size, "white") if place.stamped else under
    laid = Image.composite(resized.convert("RGB"), ground, resized.getchannel("A"))
    image.paste(ImageChops.multiply(under, laid) if place.stamped else laid, (x0, y0))
