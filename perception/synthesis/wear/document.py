"""A page saved as PDF, as a viewer renders it."""

from __future__ import annotations

import numpy as np
import pypdfium2

from perception.synthesis.press.page import Page
from perception.synthesis.wear.carry import by_matrix, carried
from perception.synthesis.wear.frozen import strengths

_POINTS_PER_CSS_PX = 0.75


def as_rendered(page: Page, pdf: bytes, rng: np.random.Generator) -> Page:
    """The PDF's first page as pixels, runs and marks where they lie in them.

    Args:
        page: The same page as the press printed it.
        pdf: As ``Press.pdf`` gives it.
        rng: Chooses the resolution.
    """
    document = pypdfium2.PdfDocument(pdf)
    try:
        scale = strengths("pdf").between("scale", rng) / _POINTS_PER_CSS_PX
        image = np.array(document[0].render(scale=scale).to_pil().convert("RGB"))
    finally:
        document.close()
    share = image.shape[1] / page.page_rgb.shape[1]
    return carried(page, image, by_matrix(np.diag([share, share, 1.0])))
