"""What a browser printed."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import pytest

from perception.synthesis.forms import Layout, Voucher, make_voucher
from perception.synthesis.press import Press


@pytest.fixture(scope="module")
def printed(press: Press) -> Callable[[Layout], Voucher]:
    """A flat voucher of that layout, printed once for a module."""

    @cache
    def of(layout: Layout) -> Voucher:
        return make_voucher(layout.kind, 7, press, split=layout.split, layout=layout.name)

    return of
