"""A browser for all tests that print, and what they printed."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from functools import cache

import pytest

from perception.synthesis.fonts import missing_packages
from perception.synthesis.forms import Layout, Voucher, make_voucher
from perception.synthesis.press import Press


# Not for the session: while its loop runs in this thread, no asynchronous test can.
@pytest.fixture(scope="module")
def press() -> Iterator[Press]:
    """One browser; without it a test skips, in CI it fails."""
    lacking = missing_packages() + ([] if shutil.which("chromium") else ["chromium"])
    if lacking and os.environ.get("CI"):
        pytest.fail(f"install {' '.join(lacking)}")
    if lacking:
        pytest.skip(f"Debian packages are missing: {' '.join(lacking)}")
    with Press() as opened:
        yield opened


@pytest.fixture(scope="module")
def printed(press: Press) -> Callable[[Layout], Voucher]:
    """A flat voucher of that layout, printed once for a module."""

    @cache
    def of(layout: Layout) -> Voucher:
        return make_voucher(layout.kind, 7, press, split=layout.split, layout=layout.name)

    return of
