"""The named ways from a flat page to the file that someone sends."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from perception.synthesis.errors import UnknownKind
from perception.synthesis.press.page import Page
from perception.synthesis.press.style import Split
from perception.synthesis.wear.frozen import Strengths, strengths
from perception.synthesis.wear.photo import photo
from perception.synthesis.wear.printed import printed
from perception.synthesis.wear.scan import scan
from perception.synthesis.wear.screen import screen
from perception.synthesis.wear.screenshot import screenshot

_CHAINS: dict[str, Callable[[Page, np.random.Generator, Split, Strengths], Page]] = {
    "photo": photo,
    "scan": scan,
    "screenshot": screenshot,
    "print": printed,
    "screen": screen,
}
FORMS = ("flat", "pdf", *_CHAINS)
"""``flat`` is the page itself; ``pdf`` is made by the press, not worn."""


def worn(
    page: Page,
    form: str,
    rng: np.random.Generator,
    *,
    split: Split,
    how: Strengths | None = None,
) -> Page:
    """The page as such a picture shows it, its runs and marks where they lie in the picture.

    Args:
        page: Flat, as printed.
        form: One of ``FORMS`` but ``pdf``.
        rng: Source of chance.
        split: Which desks it may lie on.
        how: Strengths other than the frozen ones, for measuring.

    Raises:
        UnknownKind: No such form.
    """
    if form == "flat":
        return page
    if form not in _CHAINS:
        raise UnknownKind(f"{form}: forms are {', '.join(FORMS)}")
    return _CHAINS[form](page, rng, split, how or strengths(form))
