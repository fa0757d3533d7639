"""Templates and contents made HTML."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import jinja2
import numpy as np

from perception.synthesis.press.ink import Ink
from perception.synthesis.press.style import Style
from perception.synthesis.press.words import FILTERS

SPECIMEN = "演示样张 · 由程序生成 · 无任何法律效力"
"""Stands in small print on every generated paper, so that none serves to deceive."""


class Typesetter:
    """Sets pages from the templates of one folder.

    Args:
        folder: Where templates lie; one that has ``main`` extends ``_sheet.html``.
    """

    def __init__(self, folder: Path) -> None:
        self._jinja = jinja2.Environment(
            loader=jinja2.FileSystemLoader(folder),
            autoescape=True,
            undefined=jinja2.StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            extensions=["jinja2.ext.do"],
        )
        self._jinja.filters.update(FILTERS)

    def html(
        self,
        template: str,
        fields: Mapping[str, str],
        shown: Mapping[str, object],
        look: Style,
        rng: np.random.Generator,
        *,
        by_hand: bool = False,
    ) -> str:
        """The page as a whole document.

        Args:
            template: Its path below the folder.
            fields: What ``field`` and ``fill`` may name.
            shown: What else the template prints, as ``v``.
            look: The page's style, as ``look``.
            rng: Source of chance.
            by_hand: Whether blanks are filled in by hand.

        Raises:
            jinja2.TemplateError: The template is wrong, or names what is not given.
        """
        ink = Ink(fields, look, rng, by_hand=by_hand)
        calls = {name: getattr(ink, name) for name in _CALLS}
        return self._jinja.get_template(template).render(
            calls, v=shown, f=fields, look=look, specimen=SPECIMEN
        )


_CALLS = (
    "field",
    "hand",
    "fill",
    "seal",
    "oval",
    "signature",
    "fingerprint",
    "qr",
    "pick",
    "chance",
    "between",
)
