"""Which kinds and layouts there are: what lies in ``pages``, one folder a kind.

A template's name begins with its split: ``train_grid.html``, ``test_list.html``.
"""

from __future__ import annotations

import importlib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Protocol, cast

import numpy as np

from perception.synthesis.errors import UnknownKind
from perception.synthesis.forms.filled import Filled
from perception.synthesis.press.style import Split

PAGES = Path(__file__).parent / "pages"


@dataclass(frozen=True, slots=True)
class Layout:
    """One way in which papers of a kind are laid out.

    Attributes:
        kind: Voucher type.
        name: Without the split.
        split: Who may see it.
    """

    kind: str
    name: str
    split: Split

    @property
    def template(self) -> str:
        """Path of its template below ``PAGES``."""
        return f"{self.kind}/{self.split}_{self.name}.html"


class ContentsModule(Protocol):
    """What a module of this folder has that is named as a kind."""

    @staticmethod
    def fill(rng: np.random.Generator, layout: str) -> Filled:
        """Contents by chance, fit for that layout."""


@cache
def _found() -> dict[str, tuple[Layout, ...]]:
    kinds: dict[str, list[Layout]] = {}
    for path in sorted(PAGES.glob("*/*_*.html")):
        split, _, name = path.stem.partition("_")
        kinds.setdefault(path.parent.name, []).append(Layout(path.parent.name, name, Split(split)))
    return {kind: tuple(found) for kind, found in kinds.items()}


def form_kinds() -> tuple[str, ...]:
    """The kinds that can be printed, sorted."""
    return tuple(sorted(_found()))


def layouts(kind: str, split: Split | None = None) -> tuple[Layout, ...]:
    """The layouts of a kind, of one split or of both.

    Raises:
        UnknownKind: No such kind.
    """
    if kind not in _found():
        raise UnknownKind(f"{kind}: printed are {', '.join(form_kinds())}")
    return tuple(x for x in _found()[kind] if split is None or x.split is split)


def contents(layout: Layout, rng: np.random.Generator) -> Filled:
    """What stands on a paper of that layout, by chance."""
    module = importlib.import_module(f"perception.synthesis.forms.{layout.kind}")
    return cast(ContentsModule, module).fill(rng, layout.name)
