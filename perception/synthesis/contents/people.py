"""Persons' names."""

from __future__ import annotations

import numpy as np

_FAMILY = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗"
_GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华建国志玉兰春梅海燕鹏辉"


def person(rng: np.random.Generator) -> str:
    """A person's name of two or three signs."""
    given = rng.choice(list(_GIVEN), int(rng.integers(1, 3)), replace=False)
    return _FAMILY[rng.integers(len(_FAMILY))] + "".join(given)
