"""What is a picture, what is cut off, and what is something else."""

from __future__ import annotations

import io
import struct
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from perception import inspect, sniff
from perception.errors import BrokenFile, EmptyFile, PictureTooLarge, UnsupportedType
from perception.files.decode import decode
from perception.files.sniff import KINDS as KINDS_READ


def picture(kind: str) -> bytes:
    buffer = io.BytesIO()
    Image.effect_noise((64, 48), 40).convert("RGB").save(buffer, kind)
    return buffer.getvalue()


KINDS = {"JPEG": "image/jpeg", "PNG": "image/png", "WEBP": "image/webp"}


@pytest.mark.parametrize("kind", KINDS)
def test_a_whole_picture_is_known(kind: str) -> None:
    assert sniff(picture(kind)) == KINDS[kind]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("share", [0.3, 0.6, 0.9])
def test_a_cut_picture_is_broken(kind: str, share: float) -> None:
    content = picture(kind)
    with pytest.raises(BrokenFile):
        sniff(content[: int(len(content) * share)])


def test_a_picture_whose_inside_is_spoilt_is_broken() -> None:
    content = picture("PNG")
    spoilt = content[:60] + bytes(len(content) - 80) + content[-20:]
    with pytest.raises(BrokenFile):
        inspect(spoilt)


def test_text_is_no_picture() -> None:
    with pytest.raises(UnsupportedType):
        sniff("只是些字，改名叫 licence.jpg".encode())
    with pytest.raises(EmptyFile):
        sniff(b"")


def test_a_giant_is_refused_by_its_header() -> None:
    header = struct.pack(">II", 40_000, 40_000)
    content = picture("PNG")
    with pytest.raises(PictureTooLarge):
        sniff(content[:16] + header + content[24:])


@given(
    st.binary(max_size=300), st.sampled_from([b"", b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"RIFF"])
)
def test_no_bytes_break_it(content: bytes, head: bytes) -> None:
    with suppress(EmptyFile, UnsupportedType, BrokenFile, PictureTooLarge):
        assert sniff(head + content) in {mime for mime, _, _ in KINDS_READ}


@pytest.mark.parametrize("size", [(2_400, 1), (1, 3_000), (1, 1), (20_000, 10)])
def test_strips_are_padded_so_that_reading_them_stays_cheap(size: tuple[int, int]) -> None:
    held = io.BytesIO()
    Image.new("RGB", size, "black").save(held, "PNG")
    pages, _ = decode(held.getvalue())
    height, width = pages[0].image_rgb.shape[:2]
    assert min(height, width) >= 32
    assert max(height, width) <= 40 * min(height, width) + 40
    assert tuple(pages[0].image_rgb[0, 0]) == (0, 0, 0)
