"""A page is shown in the frame in which its boxes lie, however the photo was turned."""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from perception import Inspector, frames_json, page_picture, to_json
from perception.errors import BrokenFile

EXIF_TURN = 0x0112


@pytest.fixture(scope="module")
def inspector() -> Inspector:
    return Inspector.load()


def licence(root: Path, *, quarters: int = 0, exif: int | None = None) -> bytes:
    image = Image.open(root / "data/demo/wang_license.jpg").convert("RGB")
    image = image.rotate(90 * quarters, expand=True)
    tags = Image.Exif()
    if exif is not None:
        tags[EXIF_TURN] = exif
    out = io.BytesIO()
    image.save(out, "JPEG", quality=90, exif=tags)
    return out.getvalue()


@pytest.mark.parametrize(("quarters", "exif"), [(0, None), (1, None), (2, None), (3, None), (1, 6)])
def test_boxes_lie_where_the_picture_shows_the_field(
    inspector: Inspector, project_root: Path, quarters: int, exif: int | None
) -> None:
    upright = np.asarray(
        Image.open(project_root / "data/demo/wang_license.jpg").convert("RGB"), dtype=float
    )
    content = licence(project_root, quarters=quarters, exif=exif)
    seen = inspector.inspect(content)
    found, frame = to_json(seen), frames_json(seen)[0]
    shown = page_picture(content, turned=frame["turned"])
    assert (shown.width, shown.height) == (frame["width"], frame["height"])
    picture = Image.open(io.BytesIO(shown.jpeg))
    assert picture.size == upright.shape[1::-1]
    assert np.abs(np.asarray(picture, dtype=float) - upright).mean() < 8
    assert found["fields"]["social_credit_code"]["value"] == "92130108G8BLHHDH6N"
    x0, y0, _, _ = found["fields"]["social_credit_code"]["box"]
    assert abs(x0 - 240) < 12
    assert abs(y0 - 337) < 12


def test_a_masked_picture_is_too_coarse_to_read(project_root: Path) -> None:
    content = licence(project_root)
    box = (240, 337, 544, 374)
    shown = page_picture(content, masked=True, hide=[box])
    picture = Image.open(io.BytesIO(shown.jpeg))
    assert max(picture.size) <= 128
    assert max(shown.width, shown.height) > 1_000
    assert not picture.getexif()


def test_no_such_page(project_root: Path) -> None:
    with pytest.raises(BrokenFile):
        page_picture(licence(project_root), 1)
