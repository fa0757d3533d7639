"""What stands on one paper, before it is printed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Filled:
    """The contents of one paper.

    Attributes:
        fields: Field names and values as an Inspection states them: money with two places, dates
            as ISO. Those that a layout does not print are left out of the page's truth.
        shown: What templates print, as ``v``: decimals, dates, lists of lines, names for seals.
        by_hand: Whether the form's blanks are filled in by hand.
    """

    fields: Mapping[str, str]
    shown: Mapping[str, object] = field(default_factory=dict)
    by_hand: bool = False
