"""Files that are cut off, claim too much, or unpack to far more than they weigh; all generated."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Sequence

import pillow_heif
from PIL import Image

KILOBYTE = 1_024


def saved(image: Image.Image, kind: str, **options: object) -> bytes:
    """The picture as a file."""
    pillow_heif.register_heif_opener()
    held = io.BytesIO()
    image.save(held, kind, **options)
    return held.getvalue()


def kinds_of(photo: bytes) -> dict[str, bytes]:
    """A photo as each kind of file that is taken."""
    image = Image.open(io.BytesIO(photo)).convert("RGB")
    image.thumbnail((700, 700))
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("OFD.xml", "<ofd:OFD/>")
        archive.writestr("../../etc/passwd", photo[:20_000])
        archive.writestr("a" * 300, "x")
    entities = '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]>' + "<a>&b;</a>\n" * 800
    return {
        "jpeg": photo,
        "progressive": saved(image, "JPEG", progressive=True),
        "png": saved(image.resize((200, 150)), "PNG"),
        "webp": saved(image, "WEBP"),
        "heic": saved(image, "HEIF"),
        "pdf": saved(image, "PDF"),
        "ofd": held.getvalue(),
        "xml": b'<?xml version="1.0"?>' + entities.encode(),
    }


def zip_bomb() -> bytes:
    """An OFD of half a megabyte with five hundred in it, and its own folder left behind."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("OFD.xml", bytes(500 * KILOBYTE * KILOBYTE))
        archive.writestr("../../etc/passwd", b"x")
    return held.getvalue()


def laughing_xml() -> bytes:
    """Entities that stand for ten others each, and one for a file of the machine."""
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
    outside = '<!ENTITY o SYSTEM "file:///etc/passwd"><!ENTITY l0 "ha">'
    return f'<?xml version="1.0"?><!DOCTYPE a [{outside}{laughs}]><a>&l11;&o;</a>'.encode()


def cuts(content: bytes) -> list[bytes]:
    """A file cut at every kilobyte, and just before its end."""
    ends = [*range(KILOBYTE, len(content), KILOBYTE), len(content) - 2]
    return [content[:end] for end in ends]


def kilobytes(photo: bytes) -> list[Sequence[bytes]]:
    """Each kind of file, cut at every kilobyte."""
    return [cuts(content) for content in kinds_of(photo).values()]


def picture_claiming(kind: str, side: int) -> bytes:
    """A small picture whose header says that it has so many pixels a side."""
    content = saved(Image.new("RGB", (64, 48)), kind)
    if kind == "JPEG":
        return content.replace(struct.pack(">HH", 48, 64), struct.pack(">HH", side, side))
    if kind == "WEBP":
        sides = struct.pack("<I", side - 1)[:3] * 2
        return b"RIFF" + struct.pack("<I", 22) + b"WEBPVP8X" + struct.pack("<II", 10, 0) + sides
    at = content.index(b"IHDR") + 4 if kind == "PNG" else content.index(b"ispe") + 8
    return content[:at] + struct.pack(">II", side, side) + content[at + 8 :]


def png_of(side: int) -> bytes:
    """A whole picture of one colour with so many pixels a side."""

    def part(name: bytes, content: bytes) -> bytes:
        length, check = len(content), zlib.crc32(name + content)
        return struct.pack(">I", length) + name + content + struct.pack(">I", check)

    packer = zlib.compressobj(9)
    row = bytes(1 + 3 * side)
    pixels = b"".join(packer.compress(row) for _ in range(side)) + packer.flush()
    head = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    parts = part(b"IHDR", head) + part(b"IDAT", pixels) + part(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + parts


def pdf(objects: Sequence[bytes]) -> bytes:
    """A PDF of these objects, the first of them its catalogue."""
    out, places = b"%PDF-1.5\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    start = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    end = b"trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n"
    return out + start + table + end % (len(objects) + 1, len(out))


def pdf_of(
    packed: bytes,
    *,
    filters: int = 1,
    box: bytes = b"0 0 600 800",
    resources: bytes = b"<<>>",
    more: Sequence[bytes] = (),
) -> bytes:
    """A page whose content stream is packed so many times."""
    names = b"/FlateDecode" * filters
    content = b"<</Length %d/Filter[%s]>>stream\n%s\nendstream" % (len(packed), names, packed)
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[%s]/Contents 4 0 R/Resources %s>>"
    tree = [b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>"]
    return pdf([*tree, page % (box, resources), content, *more])


def pdf_pages_of(number: int) -> bytes:
    """Empty pages; their type is written so that a plain search does not count them."""
    kids = b" ".join(b"%d 0 R" % (3 + n) for n in range(number))
    page = b"<</Type  /Page/Parent 2 0 R/MediaBox[0 0 90 90]>>"
    tree = b"<</Type/Pages/Kids[%s]/Count %d>>" % (kids, number)
    return pdf([b"<</Type/Catalog/Pages 2 0 R>>", tree, *[page] * number])


def nested_forms(depth: int, each: int) -> bytes:
    """A page that draws a form, which draws another so many times, and so on."""
    forms = []
    for level in range(depth):
        last = level == depth - 1
        drawn = b"0 0 600 800 re f" if last else b"/F Do " * each
        inner = b"<<>>" if last else b"<</XObject<</F %d 0 R>>>>" % (6 + level)
        head = b"<</Type/XObject/Subtype/Form/BBox[0 0 600 800]/Resources %s/Length %d>>"
        forms.append(head % (inner, len(drawn)) + b"stream\n" + drawn + b"\nendstream")
    return pdf_of(zlib.compress(b"/F Do"), resources=b"<</XObject<</F 5 0 R>>>>", more=forms)
