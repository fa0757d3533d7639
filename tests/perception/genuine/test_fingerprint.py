"""A photo is known again when it was saved anew, and not taken for another."""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from actions.cross_checks import SAME_BITS, bits_apart
from perception.genuine.fingerprint import fingerprint

DEMO = Path(__file__).parents[3] / "data" / "demo"


def printed(image: Image.Image) -> str:
    return fingerprint(np.asarray(image.convert("RGB")))


@pytest.mark.parametrize("quality", [30, 60, 90])
def test_a_photo_saved_anew_and_smaller_is_the_same(quality: int) -> None:
    truck = Image.open(DEMO / "wang_truck.jpg")
    file = io.BytesIO()
    smaller = truck.resize((truck.width * 2 // 3, truck.height * 2 // 3))
    smaller.convert("RGB").save(file, "JPEG", quality=quality)
    assert bits_apart(printed(truck), printed(Image.open(file))) <= SAME_BITS


def test_photos_of_different_things_are_not(tmp_path: Path) -> None:
    truck, shop = (printed(Image.open(DEMO / n)) for n in ("wang_truck.jpg", "li_storefront.jpg"))
    assert bits_apart(truck, shop) > SAME_BITS
