"""A browser for all tests that print papers."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from perception.synthesis.press import Press


# Not for the session: while its loop runs in this thread, no asynchronous test can.
@pytest.fixture(scope="module")
def press(fonts: None, chromium: str) -> Iterator[Press]:
    """One browser for a module."""
    with Press() as opened:
        yield opened
