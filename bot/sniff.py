"""What kind of file came in, by its bytes, and whether it is whole.

Only headers and structure are walked here, so many steps at most, and nothing is unpacked:
pictures, pages and archives are opened by the verification workers, where a limit on memory and
time holds.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Callable, Iterator

from bot.config import MAX_FILE_BYTES, MAX_PAGES, MAX_PIXELS
from bot.errors import (
    BrokenFile,
    EmptyFile,
    FileTooLarge,
    PictureTooLarge,
    TooManyPages,
    UnsupportedType,
)

HEIC_BRANDS = {b"heic", b"heix", b"hevc", b"hevx", b"heim", b"heis", b"mif1", b"msf1"}
FRAME_MARKERS = {*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC}
BARE_MARKERS = {0x01, *range(0xD0, 0xD8)}
"""JPEG markers without a length."""
MARKER = re.compile(rb"\xff[^\x00\x01\xd0-\xd7\xff]")
"""A JPEG marker in or behind a scan's data, restarts and stuffed bytes left out."""
MAX_STEPS = 100_000
"""Parts of a file that are walked; a photo has some thousands, and a walk holds up the others."""
MAX_SCANS = 100
"""Scans of a progressive JPEG; encoders write ten, and each costs the decoder the whole picture."""
ZIP_END = struct.Struct("<4s4H2IH")
ZIP_ENTRY = struct.Struct("<4s6H3I5H2I")
MAX_ZIP_COMMENT = 65_535
XML_START = re.compile(rb"<\?xml|<(?:\w+:)?e?invoice", re.IGNORECASE)
"""An invoice's data may come without XML's own first line."""


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
            except (struct.error, IndexError, ValueError) as error:
                raise BrokenFile(mime) from error
            return mime
    raise UnsupportedType


def _steps() -> Iterator[int]:
    """One for each part of a file, until there are too many.

    Raises:
        BrokenFile: There are.
    """
    yield from range(MAX_STEPS)
    raise BrokenFile("parts")


def _bounded(width: int, height: int) -> None:
    if width == 0 or height == 0:
        raise BrokenFile("size")
    if width * height > MAX_PIXELS:
        raise PictureTooLarge


def _check_jpeg(content: bytes) -> None:
    at, framed = 2, False
    for _ in _steps():
        if content[at] != 0xFF:
            raise BrokenFile("marker")
        marker = content[at + 1]
        if marker in (0xD9, 0xDA):
            break
        if marker == 0xFF:
            at += 1
        elif marker in BARE_MARKERS:
            at += 2
        else:
            (length,) = struct.unpack(">H", content[at + 2 : at + 4])
            if marker in FRAME_MARKERS:
                height, width = struct.unpack(">HH", content[at + 5 : at + 9])
                _bounded(width, height)
                framed = True
            at += 2 + length
    if not framed or content.rfind(b"\xff\xd9") < at:
        raise BrokenFile("end")
    if _scans(content, at) > MAX_SCANS:
        raise BrokenFile("scans")


def _scans(content: bytes, first: int) -> int:
    """How many scans follow, up to the picture's end: behind it a phone may keep a video."""
    scans = 0
    for found in MARKER.finditer(content, first):
        kind = content[found.start() + 1]
        scans += kind == 0xDA
        if kind == 0xD9 or scans > MAX_SCANS:
            break
    return scans


def _check_png(content: bytes) -> None:
    _bounded(*struct.unpack(">II", content[16:24]))
    at = 8
    for _ in _steps():
        (length,) = struct.unpack(">I", content[at : at + 4])
        if content[at + 4 : at + 8] == b"IEND":
            return
        at += 12 + length


def _check_webp(content: bytes) -> None:
    (length,) = struct.unpack("<I", content[4:8])
    if len(content) < length + 8 - 1:
        raise BrokenFile("end")
    kind = content[12:16]
    if kind == b"VP8X":
        low, high = struct.unpack("<IH", content[24:30])
        _bounded((low & 0xFFFFFF) + 1, (low >> 24 | high << 8) + 1)
    elif kind == b"VP8L":
        (bits,) = struct.unpack("<I", content[21:25])
        _bounded((bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1)
    else:
        width, height = struct.unpack("<HH", content[26:30])
        _bounded(width & 0x3FFF, height & 0x3FFF)


def _check_heic(content: bytes) -> None:
    at = 0
    for _ in _steps():
        if at == len(content):
            return
        length, name = struct.unpack(">I4s", content[at : at + 8])
        if length == 1:
            (length,) = struct.unpack(">Q", content[at + 8 : at + 16])
        length = length or len(content) - at
        if length < 8 or at + length > len(content):
            raise BrokenFile("box")
        if name == b"meta":
            _check_heic_sizes(content[at : at + length])
        at += length


def _check_heic_sizes(meta: bytes) -> None:
    at = 0
    for _ in _steps():
        at = meta.find(b"ispe", at + 1)
        if at < 0:
            return
        _bounded(*struct.unpack(">II", meta[at + 8 : at + 16]))


def _check_pdf(content: bytes) -> None:
    if b"%%EOF" not in content[-2048:]:
        raise BrokenFile("end")
    pages = content.count(b"/Type /Page") + content.count(b"/Type/Page")
    pages -= content.count(b"/Type /Pages") + content.count(b"/Type/Pages")
    if pages > MAX_PAGES:
        raise TooManyPages


def _check_ofd(content: bytes) -> None:
    """The archive's directory: whole, and with the file that makes it an OFD."""
    end = content.rfind(b"PK\5\6", max(0, len(content) - ZIP_END.size - MAX_ZIP_COMMENT))
    _, _, _, _, entries, _, at, _ = ZIP_END.unpack_from(content, max(0, end))
    names = set()
    for _ in range(entries):
        signature, *_, name, extra, comment, _, _, _, _ = ZIP_ENTRY.unpack_from(content, at)
        if signature != b"PK\1\2":
            raise BrokenFile("directory")
        at += ZIP_ENTRY.size
        names.add(content[at : at + name])
        at += name + extra + comment
    if end < 0 or at > end:
        raise BrokenFile("end")
    if b"OFD.xml" not in names:
        raise UnsupportedType


def _check_xml(content: bytes) -> None:
    if not content.rstrip().endswith(b">"):
        raise BrokenFile("end")


def _is_heic(content: bytes) -> bool:
    return content[4:8] == b"ftyp" and content[8:12] in HEIC_BRANDS


def _is_webp(content: bytes) -> bool:
    return content[:4] == b"RIFF" and content[8:12] == b"WEBP"


def _is_xml(content: bytes) -> bool:
    return XML_START.match(content[:64].removeprefix(b"\xef\xbb\xbf").lstrip()) is not None


Check = Callable[[bytes], None]
KINDS: tuple[tuple[Callable[[bytes], bool], str, Check], ...] = (
    (lambda c: c[:3] == b"\xff\xd8\xff", "image/jpeg", _check_jpeg),
    (lambda c: c[:8] == b"\x89PNG\r\n\x1a\n", "image/png", _check_png),
    (_is_webp, "image/webp", _check_webp),
    (_is_heic, "image/heic", _check_heic),
    (lambda c: b"%PDF-" in c[:1024], "application/pdf", _check_pdf),
    (lambda c: c[:4] == b"PK\x03\x04", "application/ofd", _check_ofd),
    (_is_xml, "application/xml", _check_xml),
)
