"""Who and what stands on generated papers: consistent, valid by check digit, right in its sums."""

from __future__ import annotations

import numpy as np

_PROVINCES = "京津冀晋蒙辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝川贵云藏陕甘青宁新"
_PLATE_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"


def plate_number(rng: np.random.Generator, province: str | None = None) -> str:
    """A number plate of seven signs, e.g. 冀A5K82P; no letter I or O."""
    head = province or _PROVINCES[rng.integers(len(_PROVINCES))]
    tail = [str(rng.integers(10)) for _ in range(5)]
    for place in rng.choice(5, int(rng.integers(1, 3)), replace=False):
        tail[place] = _PLATE_LETTERS[rng.integers(len(_PLATE_LETTERS))]
    return head + "ABCDEFGH"[rng.integers(8)] + "".join(tail)
