"""What may be a field's value."""

from __future__ import annotations

from dataclasses import dataclass

from perception.page.layout import Placed


@dataclass(frozen=True, slots=True)
class Candidate:
    """What may be a field's value: the text, its place, and how sure that place is."""

    text: str
    sure: float
    used: tuple[Placed, ...]
    label: str = ""
