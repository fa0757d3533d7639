"""What kind of file bytes are, by their beginning, and whether they are whole.

Nothing is decoded: structure is walked, so that a renamed or cut-off file is known at once.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Callable

from perception.errors import BrokenFile, EmptyFile, PictureTooLarge, UnsupportedType

MAX_PIXELS = 120_000_000
HEIC_BRANDS = {b"heic", b"heix", b"hevc", b"hevx", b"heim", b"heis", b"mif1", b"msf1"}
JPEG_BARE = {0x01, *range(0xD0, 0xD8)}
"""JPEG markers without a length."""
JPEG_FRAMES = {*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC}
MAX_SCANS = 100
"""Scans of a progressive JPEG; encoders write ten, and each costs the decoder the whole picture."""
PNG_HEAD = b"\x89PNG\r\n\x1a\n"
PDF_TAIL = 4_096
XML_START = re.compile(rb"<\?xml|<(?:\w+:)?e?invoice", re.IGNORECASE)
"""An invoice's data may come without XML's own first line."""
ZIP_END, ZIP_TAIL = b"PK\5\6", 22 + 65_535


def sniff(content: bytes) -> str:
    """The MIME type of a file that is one of those read, and whole.

    Raises:
        EmptyFile: No bytes.
        UnsupportedType: None of the kinds that are read.
        BrokenFile: One of them, but cut off or malformed.
        PictureTooLarge: Over 120 megapixels by its header.
    """
    if not content:
        raise EmptyFile("no bytes")
    for mime, recognises, walk in KINDS:
        if recognises(content):
            try:
                walk(content)
            except (struct.error, IndexError, ValueError) as error:
                raise BrokenFile(f"{mime}: cut off") from error
            return mime
    raise UnsupportedType("not a kind of file that is read")


def bounded(width: int, height: int) -> None:
    """Refuse a picture that is empty or too large.

    Raises:
        BrokenFile: A side of no pixels.
        PictureTooLarge: Over 120 megapixels.
    """
    if width <= 0 or height <= 0:
        raise BrokenFile(f"{width} x {height} pixels")
    if width * height > MAX_PIXELS:
        raise PictureTooLarge(f"{width} x {height} pixels")


def _walk_jpeg(content: bytes) -> None:
    """Segments up to the scan, then an end marker; what cameras append after it does not matter."""
    at, framed = 2, False
    while content[at] == 0xFF:
        marker = content[at + 1]
        if marker == 0xFF:
            at += 1
        elif marker in JPEG_BARE:
            at += 2
        elif marker == 0xDA:
            break
        else:
            (length,) = struct.unpack(">H", content[at + 2 : at + 4])
            if marker in JPEG_FRAMES:
                height, width = struct.unpack(">HH", content[at + 5 : at + 9])
                bounded(width, height)
                framed = True
            at += 2 + length
    if not framed or content[at] != 0xFF or content.rfind(b"\xff\xd9") < at:
        raise BrokenFile("image/jpeg: cut off")
    if content.count(b"\xff\xda") > MAX_SCANS:
        raise BrokenFile("image/jpeg: too many scans")


def _walk_png(content: bytes) -> None:
    width, height = struct.unpack(">II", content[16:24])
    bounded(width, height)
    at = len(PNG_HEAD)
    while True:
        (length,) = struct.unpack(">I", content[at : at + 4])
        if content[at + 4 : at + 8] == b"IEND":
            return
        at += 12 + length


def _walk_webp(content: bytes) -> None:
    (length,) = struct.unpack("<I", content[4:8])
    if len(content) < length + 7:
        raise BrokenFile("image/webp: cut off")


def _walk_heic(content: bytes) -> None:
    at = 0
    while at < len(content):
        (length,) = struct.unpack(">I", content[at : at + 4])
        if length == 1:
            (length,) = struct.unpack(">Q", content[at + 8 : at + 16])
        if length == 0:
            return
        if length < 8 or at + length > len(content):
            raise BrokenFile("image/heic: cut off")
        at += length


def _walk_pdf(content: bytes) -> None:
    if b"%%EOF" not in content[-PDF_TAIL:]:
        raise BrokenFile("application/pdf: cut off")


def _walk_ofd(content: bytes) -> None:
    """The archive's directory, as far as it takes to know that this is an OFD."""
    end = content.rfind(ZIP_END, max(0, len(content) - ZIP_TAIL))
    if end < 0:
        raise BrokenFile("application/ofd: cut off")
    size, at = struct.unpack("<II", content[end + 12 : end + 20])
    if b"OFD.xml" not in content[at : min(end, at + size)]:
        raise UnsupportedType("a zip that is no OFD")


def _walk_xml(content: bytes) -> None:
    if not content.rstrip().endswith(b">"):
        raise BrokenFile("application/xml: cut off")


def _is_xml(content: bytes) -> bool:
    return XML_START.match(content[:64].removeprefix(b"\xef\xbb\xbf").lstrip()) is not None


Kind = tuple[str, Callable[[bytes], bool], Callable[[bytes], None]]
KINDS: tuple[Kind, ...] = (
    ("image/jpeg", lambda c: c[:3] == b"\xff\xd8\xff", _walk_jpeg),
    ("image/png", lambda c: c.startswith(PNG_HEAD), _walk_png),
    ("image/webp", lambda c: c[:4] == b"RIFF" and c[8:12] == b"WEBP", _walk_webp),
    ("image/heic", lambda c: c[4:8] == b"ftyp" and c[8:12] in HEIC_BRANDS, _walk_heic),
    ("application/pdf", lambda c: b"%PDF-" in c[:1024], _walk_pdf),
    ("application/ofd", lambda c: c[:4] == b"PK\x03\x04", _walk_ofd),
    ("application/xml", _is_xml, _walk_xml),
)
