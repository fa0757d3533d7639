"""A zip from outside, unpacked in memory and in bounds; nothing is ever written to a disk."""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib

from perception.errors import BrokenFile, EncryptedFile, OverblownFile

MAX_ENTRIES = 2_000
MAX_PART = 32 * 2**20
MAX_WHOLE = 128 * 2**20
"""Bytes unpacked, of one part and of all together; a document of 60 scanned pages has 60 MiB."""
PIECE = 2**16
METHODS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
LOCKED = 0x1
UNREADABLE = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    OSError,
    ValueError,
    RuntimeError,
    LookupError,
)
"""What zipfile raises at bytes that are no zip, or one of a kind that it does not unpack."""


class Archive:
    """The parts of a zip by their names.

    Raises:
        BrokenFile: No zip, or one that plays tricks: names that lead outside, names given twice.
        EncryptedFile: It asks for a password.
        OverblownFile: Over 2,000 parts.
    """

    def __init__(self, content: bytes) -> None:
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(content))
            parts = self._zip.infolist()
        except UNREADABLE as error:
            raise BrokenFile(f"zip: {error}") from error
        if len(parts) > MAX_ENTRIES:
            raise OverblownFile(f"zip of {len(parts)} parts")
        self._parts: dict[str, zipfile.ZipInfo] = {}
        self._left = MAX_WHOLE
        for part in parts:
            self._note(part)

    def _note(self, part: zipfile.ZipInfo) -> None:
        name = part.orig_filename.replace("\\", "/")
        if leads_outside(name) or name in self._parts:
            raise BrokenFile("zip: a part's name leads outside, or is given twice")
        if part.flag_bits & LOCKED:
            raise EncryptedFile("zip with a password")
        self._parts[name] = part

    def __contains__(self, name: str) -> bool:
        return name in self._parts

    def read(self, name: str) -> bytes:
        """A part's content.

        Raises:
            BrokenFile: There is no such part, or it does not unpack.
            OverblownFile: It unpacks to over 32 MiB, or all parts so far to over 128 MiB.
        """
        part = self._parts.get(name)
        if part is None or part.compress_type not in METHODS:
            raise BrokenFile(f"zip: no part {name[:80]!r} that can be unpacked")
        held = bytearray()
        try:
            with self._zip.open(part) as stream:
                while piece := stream.read(PIECE):
                    held += piece
                    self._left -= len(piece)
                    if len(held) > MAX_PART or self._left < 0:
                        raise OverblownFile("zip: unpacks to too much")
        except UNREADABLE as error:
            raise BrokenFile(f"zip: {error}") from error
        return bytes(held)


def leads_outside(name: str) -> bool:
    """Whether a name is none of a place within an archive."""
    tricks = name.startswith(("/", "~")) or "\0" in name or ":" in name.split("/")[0]
    return not name or tricks or ".." in name.split("/")


def beside(base: str, place: str) -> str:
    """A place that is named relative to the folder of another part, or from the archive's root."""
    place = place.strip().replace("\\", "/")
    joined = place.lstrip("/") if place.startswith("/") else posixpath.join(base, place)
    return posixpath.normpath(joined)
