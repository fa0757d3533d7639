"""What can go wrong when pictures are made.

::

    RoomError
    └── SynthesisError
        ├── BrowserMissing   no browser to print pages with
        ├── FontMissing      a Debian font package is not installed
        └── UnknownKind      no such scene, paper, layout or form
"""

from __future__ import annotations

from bailing.terms import RoomError


class SynthesisError(RoomError):
    """A picture could not be made."""

    code = "synthesis_failed"


class BrowserMissing(SynthesisError):
    """Pages cannot be printed; the message names the package that is wanted."""

    code = "synthesis_browser_missing"


class FontMissing(SynthesisError):
    """A Chinese font is absent; the message names the Debian package that brings it."""

    code = "synthesis_font_missing"


class UnknownKind(SynthesisError):
    """Nobody here draws that kind; the message lists those that are drawn."""

    code = "synthesis_unknown_kind"
