"""What can go wrong when pictures are made.

::

    RoomError
    └── SynthesisError
        ├── FontMissing      a Debian font package is not installed
        └── UnknownKind      no such scene or paper
"""

from __future__ import annotations

from bailing.terms import RoomError


class SynthesisError(RoomError):
    """A picture could not be made."""

    code = "synthesis_failed"


class FontMissing(SynthesisError):
    """A Chinese font is absent; the message names the Debian package that brings it."""

    code = "synthesis_font_missing"


class UnknownKind(SynthesisError):
    """Nobody here draws that kind; the message lists those that are drawn."""

    code = "synthesis_unknown_kind"
