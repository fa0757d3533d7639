"""Cut-off, lying and overblown files: a reading or an error of ours, soon, in little memory."""

from __future__ import annotations

import subprocess
import sys
import time
import zlib
from pathlib import Path

import pytest

from perception.errors import BrokenFile, PerceptionError, PictureTooLarge, TooManyPages
from perception.files.decode import decode
from tests.perception.bad_files import (
    cuts,
    kinds_of,
    nested_forms,
    pdf_of,
    pdf_pages_of,
    picture_claiming,
    png_of,
)

KINDS = ("jpeg", "progressive", "png", "webp", "heic", "pdf", "ofd", "xml")


def opened(contents: list[bytes]) -> int:
    """How many of these are decoded; the others end in an error of ours."""
    count = 0
    for content in contents:
        try:
            decode(content)
        except PerceptionError:
            continue
        count += 1
    return count


@pytest.mark.parametrize("kind", KINDS)
def test_cut_at_every_kilobyte(project_root: Path, kind: str) -> None:
    photo = (project_root / "data/demo/li_license.jpg").read_bytes()
    assert opened(cuts(kinds_of(photo)[kind])) <= 1


def test_real_photos_cut_at_every_kilobyte(dev_data: Path) -> None:
    for folder in ("business_license", "vat_invoice", "storefront", "train_ticket"):
        for path in sorted((dev_data / "images" / folder).glob("*.[jp][pn]g"))[:3]:
            assert opened(cuts(path.read_bytes())[:400]) <= 1, path.name


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "HEIF"])
def test_what_claims_576_megapixels(kind: str) -> None:
    # libheif finds out by itself that a HEIC's picture is not as large as its header says.
    with pytest.raises(BrokenFile if kind == "HEIF" else PictureTooLarge):
        decode(picture_claiming(kind, 24_000))


@pytest.mark.parametrize("kind", ["PNG", "HEIF"])
def test_what_claims_more_than_it_has(kind: str) -> None:
    with pytest.raises(BrokenFile):
        decode(picture_claiming(kind, 10_000))


def test_a_large_picture_is_reduced_in_bounded_memory() -> None:
    program = (
        "import resource, sys; from perception.files.decode import decode;"
        "before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss;"
        "pages, _ = decode(sys.stdin.buffer.read());"
        "after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss;"
        "print(pages[0].image_rgb.shape, (after - before) // 1024)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], input=png_of(10_900), capture_output=True, check=True
    )
    shape, _, grown_mib = done.stdout.decode().rpartition(" ")
    assert shape == "(3000, 3000, 3)"
    assert int(grown_mib) < 800


SPACES = zlib.compressobj(9)
STREAM = b"".join(SPACES.compress(b" " * 10**7) for _ in range(200)) + SPACES.flush()
OBJECT = b"<</Type/XObject/Subtype/Image/Width 50000/Height 50000/ColorSpace/DeviceRGB"


@pytest.mark.parametrize(
    "content",
    [
        pdf_of(STREAM),
        pdf_of(zlib.compress(zlib.compress(STREAM)), filters=3),
        nested_forms(9, 10),
        nested_forms(200, 1),
        pdf_of(zlib.compress(b"0 0 600 800 re f\n" * 10**7)),
        pdf_of(zlib.compress(b"/F Do"), resources=b"<</XObject<</F 4 0 R>>>>"),
        pdf_of(
            zlib.compress(b"600 0 0 800 0 0 cm /F Do"),
            resources=b"<</XObject<</F 5 0 R>>>>",
            more=[OBJECT + b"/BitsPerComponent 8/Length 1>>stream\nx\nendstream"],
        ),
        *(pdf_of(b"", box=box) for box in (b"0 0 1e30 1e30", b"0 0 0 0", b"a b c d", b"9 9 0 0")),
        pdf_of(b"").replace(b"/Count 1", b"/Count 50"),
        pdf_of(b"").replace(b"/Kids[3 0 R]", b"/Kids[2 0 R]"),
        pdf_of(b"").replace(b"/Root 1 0 R", b"/Root 9 0 R"),
        b"%PDF-1.4\n%%EOF",
    ],
)
def test_documents_that_ask_for_too_much_cost_one_file(content: bytes) -> None:
    began = time.monotonic()
    opened([content])
    assert time.monotonic() - began < 40


def test_a_page_more_than_are_read_is_counted_at_last() -> None:
    assert decode(pdf_pages_of(60))[1] == 60
    with pytest.raises(TooManyPages):
        decode(pdf_pages_of(61))
