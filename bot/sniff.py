"""What kind of file came in, by its bytes, and whether it is whole.

Only headers and structure are walked here, in plain Python: pictures and pages are decoded by
the verification workers, where a limit on memory and time holds.
"""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Callable

from bot.config import MAX_FILE_BYTES, MAX_PAGES, MAX_PIXELS
from bot.errors import (
    BrokenFile,
    EmptyFile,
    FileTooLarge,
    PictureTooLarge,
    TooManyPages,
    UnsupportedType,
)

HEIC_BRANDS = {b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1"}
FRAME_MARKERS = {*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC}


MALFORMED = (
    *(struct.error, IndexError, ValueError, RuntimeError, EOFError),
    zipfile.BadZipFile,
)
"""What the walkers raise on damaged bytes; `zipfile` adds errors of its own to those of reading."""


def sniff(content: bytes) -> str:
    """The MIME type of a file that is whole and within bounds.

    Raises:
        EmptyFile: No bytes.
        FileTooLarge: Over 20 MB.
        PictureTooLarge: Over 120 megapixels by its header.
        TooManyPages: Over 60 pages by its page tree, where that can be seen.
        UnsupportedType: None of the kinds that are read.
        BrokenFile: One of them, but cut off or damaged.
    """
    if not content:
        raise EmptyFile
    if len(content) > MAX_FILE_BYTES:
        raise FileTooLarge
    for recognises, mime, check in KINDS:
        if recognises(content):
            try:
                check(content)
            except MALFORMED as error:
                raise BrokenFile(mime) from error
            return mime
    raise UnsupportedType


def _bounded(width: int, height: int) -> None:
    if width == 0 or height == 0:
        raise BrokenFile("size")
    if width * height > MAX_PIXELS:
        raise PictureTooLarge


def _check_jpeg(content: bytes) -> None:
    at, size = 2, None
    while at < len(content):
        if content[at] != 0xFF:
            raise BrokenFile("marker")
        marker = content[at + 1]
        if marker == 0xFF:
            at += 1
            continue
        if marker == 0xD9:
            break
        (length,) = struct.unpack(">H", content[at + 2 : at + 4])
        if marker in FRAME_MARKERS:
            height, width = struct.unpack(">HH", content[at + 5 : at + 9])
            size = (width, height)
        if marker == 0xDA:
            break
        at += 2 + length
    if size is None or content.rfind(b"\xff\xd9") < at:
        raise BrokenFile("end")
    _bounded(*size)


def _check_png(content: bytes) -> None:
    at = 8
    while at < len(content):
        (length,) = struct.unpack(">I", content[at : at + 4])
        name = content[at + 4 : at + 8]
        if name == b"IHDR":
            _bounded(*struct.unpack(">II", content[at + 8 : at + 16]))
        if name == b"IEND":
            return
        at += 12 + length
    raise BrokenFile("end")


def _check_webp(content: bytes) -> None:
    (length,) = struct.unpack("<I", content[4:8])
    if len(content) < length + 8 - 1:
        raise BrokenFile("end")


def _check_boxes(content: bytes) -> None:
    at = 0
    while at < len(content):
        length, _name = struct.unpack(">I4s", content[at : at + 8])
        if length == 1:
            (length,) = struct.unpack(">Q", content[at + 8 : at + 16])
        if length == 0:
            return
        if length < 8:
            raise BrokenFile("box")
        at += length
    if at != len(content):
        raise BrokenFile("end")


def _check_pdf(content: bytes) -> None:
    if b"%%EOF" not in content[-2048:]:
        raise BrokenFile("end")
    pages = content.count(b"/Type /Page") + content.count(b"/Type/Page")
    pages -= content.count(b"/Type /Pages") + content.count(b"/Type/Pages")
    if pages > MAX_PAGES:
        raise TooManyPages


def _check_ofd(content: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        names = archive.namelist()
    if "OFD.xml" not in names:
        raise UnsupportedType


def _check_xml(content: bytes) -> None:
    if not content.rstrip().endswith(b">"):
        raise BrokenFile("end")


def _is_heic(content: bytes) -> bool:
    return content[4:8] == b"ftyp" and content[8:12] in HEIC_BRANDS


def _is_webp(content: bytes) -> bool:
    return content[:4] == b"RIFF" and content[8:12] == b"WEBP"


def _is_xml(content: bytes) -> bool:
    return content[:64].removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"<?xml")


Check = Callable[[bytes], None]
KINDS: tuple[tuple[Callable[[bytes], bool], str, Check], ...] = (
    (lambda c: c[:3] == b"\xff\xd8\xff", "image/jpeg", _check_jpeg),
    (lambda c: c[:8] == b"\x89PNG\r\n\x1a\n", "image/png", _check_png),
    (_is_webp, "image/webp", _check_webp),
    (_is_heic, "image/heic", _check_boxes),
    (lambda c: b"%PDF-" in c[:1024], "application/pdf", _check_pdf),
    (lambda c: c[:4] == b"PK\x03\x04", "application/ofd", _check_ofd),
    (_is_xml, "application/xml", _check_xml),
)
