"""PDF files as they come in: turned, cropped, locked, filled in, with scripts; all generated."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Sequence

from tests.perception.bad_files import pdf

FONT = b"<</Font<</F1<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>"
PADDING = bytes.fromhex("28BF4E5E4E758A4164004E56FFFA01082E2E00B6D0683E802F0CA9FE6453697A")
PERMISSIONS = -44


def shown(text: str, x: int = 72, y: int = 700, *, size: int = 24, mode: int = 0) -> bytes:
    """Operators that write a line; mode 3 writes it invisibly."""
    return b"BT /F1 %d Tf %d Tr %d %d Td (%s) Tj ET\n" % (size, mode, x, y, text.encode("latin-1"))


def sideways(text: str, x: int, y: int) -> bytes:
    """A line that runs upwards."""
    return b"BT /F1 24 Tf 0 1 -1 0 %d %d Tm (%s) Tj ET\n" % (x, y, text.encode())


def picture(width: int = 612, height: int = 792) -> bytes:
    """Operators that lay the grey picture /P so large in the page's corner."""
    return b"q %d 0 0 %d 0 0 cm /P Do Q\n" % (width, height)


def document(
    pages: Sequence[bytes], *, page: bytes = b"", more: bytes = b"", extra: Sequence[bytes] = ()
) -> bytes:
    """A document of these pages.

    Args:
        pages: Each one's operators.
        page: What else each page states, e.g. ``/Rotate 90``.
        more: What else the catalogue states.
        extra: Further objects, from number ``4 + 2 * len(pages)`` on.
    """
    kids = b" ".join(b"%d 0 R" % (4 + 2 * n) for n in range(len(pages)))
    grey = b"<</Type/XObject/Subtype/Image/Width 2/Height 2/ColorSpace/DeviceGray"
    objects = [
        b"<</Type/Catalog/Pages 2 0 R%s>>" % more,
        b"<</Type/Pages/Kids[%s]/Count %d>>" % (kids, len(pages)),
        grey + b"/BitsPerComponent 8/Length 4>>stream\n\xe0\xd0\xe0\xd0\nendstream",
    ]
    for number, drawn in enumerate(pages):
        packed = zlib.compress(drawn)
        objects += [
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents %d 0 R/Resources %s"
            b"/XObject<</P 3 0 R>>>>%s>>" % (5 + 2 * number, FONT, page),
            b"<</Length %d/Filter/FlateDecode>>stream\n%s\nendstream" % (len(packed), packed),
        ]
    return pdf([*objects, *extra])


def filled_in(value: str) -> bytes:
    """A form with one field that holds a value."""
    field = (
        b"<</Type/Annot/Subtype/Widget/FT/Tx/T(total)/V(%s)/Rect[200 600 400 630]/P 4 0 R"
        b"/DA(/F1 14 Tf 0 g)/F 4>>" % value.encode()
    )
    form = b"/AcroForm<</Fields[6 0 R]/NeedAppearances true/DR %s>>/DA(/F1 14 Tf 0 g)>>" % FONT
    return document([shown("Total due")], page=b"/Annots[6 0 R]", more=form, extra=[field])


def rc4(key: bytes, content: bytes) -> bytes:
    """The stream cipher of old PDFs."""
    state, j = list(range(256)), 0
    for i in range(256):
        j = (j + state[i] + key[i % len(key)]) % 256
        state[i], state[j] = state[j], state[i]
    i = j = 0
    out = bytearray()
    for byte in content:
        i = (i + 1) % 256
        j = (j + state[i]) % 256
        state[i], state[j] = state[j], state[i]
        out.append(byte ^ state[(state[i] + state[j]) % 256])
    return bytes(out)


def locked(text: str, *, user: bytes, owner: bytes = b"owner") -> bytes:
    """A page under the standard security handler, revision 2 (ISO 32000-1, 7.6.3).

    With an empty user password it opens by itself, and only printing or changing asks for one.
    """
    file_id = b"0123456789abcdef"
    padded_user, padded_owner = ((p + PADDING)[:32] for p in (user, owner))
    owned = rc4(hashlib.md5(padded_owner).digest()[:5], padded_user)
    allowed = PERMISSIONS.to_bytes(4, "little", signed=True)
    key = hashlib.md5(padded_user + owned + allowed + file_id).digest()[:5]
    drawn = rc4(hashlib.md5(key + (4).to_bytes(3, "little") + b"\0\0").digest()[:10], shown(text))
    lock = b"<</Filter/Standard/V 1/R 2/O<%s>/U<%s>/P %d>>" % (
        owned.hex().encode(),
        rc4(key, PADDING).hex().encode(),
        PERMISSIONS,
    )
    made = pdf(
        [
            b"<</Type/Catalog/Pages 2 0 R>>",
            b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R/Resources %s>>>>"
            % FONT,
            b"<</Length %d>>stream\n%s\nendstream" % (len(drawn), drawn),
            lock,
        ]
    )
    named = b"/Root 1 0 R/Encrypt 5 0 R/ID[<%s><%s>]" % ((file_id.hex().encode(),) * 2)
    return made.replace(b"/Root 1 0 R", named)


def scanned(jpeg: bytes, size: tuple[int, int], layer: bytes) -> bytes:
    """A page that is one photo of so many pixels, with operators laid over it."""
    head = b"<</Type/XObject/Subtype/Image/Width %d/Height %d/ColorSpace/DeviceRGB" % size
    photo = head + b"/BitsPerComponent 8/Filter/DCTDecode/Length %d>>stream\n" % len(jpeg)
    wide = 792 * size[0] // size[1]
    page = b"/Group<</S/Transparency>>"
    made = document([picture(wide, 792) + layer], page=page, extra=[photo + jpeg + b"\nendstream"])
    box = b"/MediaBox[0 0 %d 792]" % wide
    return rebuilt(made.replace(b"/P 3 0 R", b"/P 6 0 R").replace(b"/MediaBox[0 0 612 792]", box))


def rebuilt(content: bytes) -> bytes:
    """The document with its table of places left to be found again, as readers do."""
    return content.replace(b"startxref\n", b"startxref\n9")
