"""Pictures for the console come from a bounded process."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image

from bailing.pictures import PictureFailed, page_picture


def test_a_page_of_a_document_is_put_upright(project_root: Path) -> None:
    image = Image.open(project_root / "data/demo/wang_license.jpg").convert("RGB")
    out = io.BytesIO()
    image.save(out, "PDF", save_all=True, append_images=[image.rotate(90, expand=True)])
    sizes = [
        Image.open(io.BytesIO(page_picture(out.getvalue(), page, turned, False, []))).size
        for page, turned in ((0, 0), (1, 3))
    ]
    assert sizes[0] == sizes[1]
    with pytest.raises(PictureFailed):
        page_picture(out.getvalue(), 2, 0, False, [])


def test_a_masked_picture_is_small(project_root: Path) -> None:
    content = (project_root / "data/demo/wang_license.jpg").read_bytes()
    masked = Image.open(io.BytesIO(page_picture(content, 0, 0, True, [[0, 0, 9_999, 9_999]])))
    assert max(masked.size) == 128
    assert len(masked.getcolors() or ()) <= 2


@pytest.mark.parametrize("content", [b"", b"\xff\xd8\xff\xe0 cut off", b"%PDF-1.7 nothing"])
def test_what_cannot_be_decoded_is_refused(content: bytes) -> None:
    with pytest.raises(PictureFailed):
        page_picture(content, 0, 0, False, [])
