"""Electronic seals of an OFD: where they were set, what they are called, what they look like.

They are shown and named, not verified: that takes the issuers' certificates (GB/T 38540).
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass

from perception.errors import BrokenFile
from perception.files.ofd_objects import box_of
from perception.files.ofd_parts import OfdDocument
from perception.files.trees import child, children, words

MAX_SEALS = 20
UTF8_STRING = 0x0C
"""ASN.1's tag of the text in which a seal states its name."""
NAME = re.compile(r"[\u4e00-\u9fff（）()0-9A-Za-z]{2,60}章(?:[（(][0-9]{1,3}[)）])?")
STARTS = ((b"\x89PNG\r\n\x1a\n", b"IEND\xaeB`\x82"), (b"\xff\xd8\xff", b"\xff\xd9"))
"""How pictures begin and end that a seal's record holds."""


@dataclass(frozen=True, slots=True)
class Seal:
    """A seal: the page's id, its box in millimetres, its name and picture where they are told."""

    page: str
    box: tuple[float, float, float, float]
    name: str
    picture: bytes | None


def seals_of(document: OfdDocument) -> list[Seal]:
    """The seals that a document's signatures set; none where they are damaged."""
    try:
        return list(_seals(document))[:MAX_SEALS]
    except BrokenFile:
        return []


def _seals(document: OfdDocument) -> Iterator[Seal]:
    listed = document.signatures()
    if listed is None:
        return
    path, root = listed
    told = children(root, "Signature")
    for signature, _ in zip(told, range(MAX_SEALS), strict=False):
        held = document.found(posixpath.dirname(path), signature.get("BaseLoc", ""))
        if held is None:
            continue
        info = child(document.part(held), "SignedInfo")
        record = _record(document, held)
        for stamp in children(info, "StampAnnot"):
            if box := box_of(stamp.get("Boundary")):
                yield Seal(stamp.get("PageRef", ""), box, _name(record), _picture(record))


def _record(document: OfdDocument, path: str) -> bytes:
    """What holds the seal: its own file, else the signature's value, which repeats it."""
    signature = document.part(path)
    places = (child(signature, "SignedInfo", "Seal", "BaseLoc"), child(signature, "SignedValue"))
    for place in places:
        held = document.found(posixpath.dirname(path), words(place)) if words(place) else None
        if held:
            return document.archive.read(held)
    return b""


def _name(record: bytes) -> str:
    """The first text in a record that reads as a seal's name; the rest of it stays unread."""
    for at in range(min(len(record) - 2, 200_000)):
        length = record[at + 1]
        if record[at] == UTF8_STRING and 4 <= length < 0x80:
            text = record[at + 2 : at + 2 + length].decode("utf-8", "replace")
            if NAME.fullmatch(text):
                return text
    return ""


def _picture(record: bytes) -> bytes | None:
    for start, end in STARTS:
        at = record.find(start)
        stop = record.rfind(end)
        if 0 <= at < stop:
            return record[at : stop + len(end)]
    return None
