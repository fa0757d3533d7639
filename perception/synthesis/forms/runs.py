"""Many vouchers, by several browsers at a time."""

from __future__ import annotations

import multiprocessing
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import cache, partial
from typing import Any

from perception.synthesis.camera import jpeg_bytes
from perception.synthesis.errors import UnknownKind
from perception.synthesis.forms.catalogue import layouts
from perception.synthesis.forms.voucher import make_voucher
from perception.synthesis.press.browser import Press
from perception.synthesis.press.style import Split
from perception.synthesis.wear.chains import FORMS

_QUALITY = 90
"""Of the files written; the wear has its own, lower one in the pixels already."""


@dataclass(frozen=True, slots=True)
class MadeVoucher:
    """A voucher as files.

    Attributes:
        seed: What it came from.
        truth: What is true of the picture, ready for JSON.
        jpeg: The picture.
        pdf: The file itself, where its form is ``pdf``.
    """

    seed: int
    truth: dict[str, Any]
    jpeg: bytes
    pdf: bytes | None


def made_vouchers(
    kind: str,
    seeds: Sequence[int],
    *,
    split: str = "train",
    form: str = "photo",
    jobs: int = 1,
    limit: int | None = None,
) -> Iterator[MadeVoucher]:
    """One voucher a seed, in their order.

    Args:
        kind: Voucher type.
        seeds: Each gives the same voucher each time.
        split: ``train`` or ``test``.
        form: One of ``FORMS``.
        jobs: How many browsers work at a time.
        limit: Most bytes that a picture may have; None for any.

    Raises:
        UnknownKind: No such kind, split or form.
        BrowserMissing: There is no browser.
        FontMissing: A Debian font package is not installed.
    """
    if split not in tuple(Split) or form not in FORMS:
        raise UnknownKind(f"{split}, {form}: splits are train and test, forms {', '.join(FORMS)}")
    layouts(kind)
    make = partial(_made, kind, Split(split), form, limit)
    if jobs == 1:
        with Press() as press:
            yield from (make(seed, press) for seed in seeds)
        return
    # Spawned: a browser's driver does not live through a fork.
    with ProcessPoolExecutor(jobs, multiprocessing.get_context("spawn")) as pool:
        yield from pool.map(make, seeds)


def _made(
    kind: str,
    split: Split,
    form: str,
    limit: int | None,
    seed: int,
    press: Press | None = None,
) -> MadeVoucher:
    voucher = make_voucher(kind, seed, press or _press(), split=split, form=form)
    picture = jpeg_bytes(voucher.page.page_rgb, quality=_QUALITY, limit=limit)
    return MadeVoucher(seed, voucher.truth(), picture, voucher.pdf)


@cache
def _press() -> Press:
    """This process's browser, which ends with it."""
    return Press()
