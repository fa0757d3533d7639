"""Several papers in one photo: which lines belong to which sheet."""

from __future__ import annotations

from collections.abc import Sequence

from perception.page.outline import Outline
from perception.page.reading import ReadLine

LINES, LETTERS = 6, 50
"""A sheet with fewer lines or letters is a label, a stamp or the shade of something."""


def papers(lines: Sequence[ReadLine], sheets: Sequence[Outline]) -> list[list[ReadLine]]:
    """The lines of each sheet that is a paper; one group where the photo shows one paper only.

    Args:
        lines: All that was read on the photo.
        sheets: The sheets that were seen on it, none within another.
    """
    groups = [[line for line in lines if sheet.holds(line)] for sheet in sheets]
    full = [g for g in groups if len(g) >= LINES and sum(len(x.text) for x in g) >= LETTERS]
    return full if len(full) >= 2 else [list(lines)]
