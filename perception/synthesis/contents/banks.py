"""Banks that do not exist, and the numbers of their customers."""

from __future__ import annotations

import numpy as np

from perception.synthesis.contents.places import Place

_WIDE = (
    "示例工商银行",
    "示例农业银行",
    "示例建设银行",
    "示例招商银行",
    "示例交通银行",
    "示例民生银行",
    "示例兴业银行",
    "示例邮政储蓄银行",
    "中国示例银行",
    "百灵示例银行",
)
_LOCAL = ("示例银行", "示例农村商业银行", "示例农商银行", "示例商业银行", "示例农村信用合作联社")


def bank_name(rng: np.random.Generator, town: Place) -> str:
    """A bank at work all over the country, or one of that town."""
    if rng.random() < 0.6:
        return _WIDE[rng.integers(len(_WIDE))]
    return town.bare_town + _LOCAL[rng.integers(len(_LOCAL))]


def branch_name(rng: np.random.Generator, bank: str, town: Place) -> str:
    """One of its branches in that town."""
    parts = ("云雀", "百灵", "示范", "样张", town.district.rstrip("市区县") or "城中")
    return f"{bank}{town.bare_town}{parts[rng.integers(5)]}支行"


def masked_identity(rng: np.random.Generator, town: Place) -> str:
    """A resident's number as proofs show it: its middle is hidden, so that it is nobody's."""
    tail = "".join(str(d) for d in rng.integers(0, 10, 3)) + "0123456789X"[rng.integers(11)]
    return f"{town.code[:4]}**********{tail}"
