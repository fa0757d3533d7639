"""Pictures of every mode, depth and turn come out upright, in RGB, in bounded memory."""

from __future__ import annotations

import io
import subprocess
import sys

import numpy as np
import pytest
from PIL import Image

from perception.errors import UnsupportedType
from perception.files.decode import decode
from perception.files.pictures import LONG_WIDTH, MAX_SIDE, picture
from perception.files.sniff import sniff
from tests.perception.picture_files import MARKED, animated, marked, modes, saved, turned


def opened(content: bytes) -> np.ndarray:
    image, _ = picture(content, sniff(content))
    return image


def is_marked(image: np.ndarray, red: bool = True) -> bool:
    """Whether it is the marked picture, upright, but for what compression does to it."""
    corner, edge, middle = image[30, 45], image[180, 270], image[100, 150]
    coloured = edge[0] > 200 and edge[1] < 60 if red else edge.max() < 150
    return (
        image.shape[:2] == MARKED[::-1]
        and corner.max() < 40
        and bool(coloured)
        and middle.min() > 215
    )


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_cameras_turn_is_followed(kind: str, orientation: int) -> None:
    assert is_marked(opened(turned(orientation, kind)))


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_heics_turn_is_followed_once(orientation: int) -> None:
    assert is_marked(opened(turned(orientation, "HEIF")))


@pytest.mark.parametrize("mode", modes())
def test_every_mode_is_seen_as_it_is_shown(mode: str) -> None:
    bare = {"grey", "grey jpeg", "grey alpha", "16 bit"}
    image = opened(modes()[mode])
    if mode == "bilevel":
        assert is_marked(image, red=False) or image[170:, 250:].mean() < 150
    else:
        assert is_marked(image, red=mode not in bare)


def test_what_is_transparent_is_white() -> None:
    glass = Image.new("RGBA", MARKED, (0, 0, 0, 0))
    glass.paste((255, 0, 0, 255), (240, 160, 300, 200))
    for kind in ("PNG", "WEBP"):
        image = opened(saved(glass, kind, **({"lossless": True} if kind == "WEBP" else {})))
        assert image[100, 150].min() == 255
        assert tuple(image[180, 270]) == (255, 0, 0)


@pytest.mark.parametrize("kind", ["WEBP", "PNG"])
def test_of_what_moves_the_first_picture_counts(kind: str) -> None:
    assert is_marked(opened(animated(kind)))


@pytest.mark.parametrize("kind", ["GIF", "TIFF", "BMP"])
def test_kinds_that_no_phone_sends_are_refused_by_name(kind: str) -> None:
    with pytest.raises(UnsupportedType):
        decode(saved(marked(), kind))


def test_a_long_screenshot_keeps_its_width() -> None:
    image, scale = picture(saved(Image.new("RGB", (1_080, 16_000), "white"), "PNG"), "image/png")
    assert image.shape[:2] == (16_000, 1_080)
    assert scale == 1.0
    image, scale = picture(saved(Image.new("RGB", (2_880, 20_000), "white"), "PNG"), "image/png")
    assert image.shape[:2] == (10_000, LONG_WIDTH)
    assert scale == 2.0
    image, _ = picture(saved(Image.new("RGB", (4_000, 3_000), "white"), "PNG"), "image/png")
    assert max(image.shape) == MAX_SIDE


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_108_megapixels_are_decoded_in_bounded_memory(kind: str) -> None:
    program = (
        "import resource, sys; from perception.files.decode import decode;"
        "before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss;"
        "pages, _ = decode(sys.stdin.buffer.read());"
        "after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss;"
        "print(pages[0].image_rgb.shape, (after - before) // 1024)"
    )
    held = io.BytesIO()
    Image.new("RGB", (12_000, 9_000), (200, 210, 220)).save(held, kind)
    done = subprocess.run(
        [sys.executable, "-c", program], input=held.getvalue(), capture_output=True, check=True
    )
    shape, _, grown_mib = done.stdout.decode().rpartition(" ")
    assert shape == "(2250, 3000, 3)"
    assert int(grown_mib) < 600
