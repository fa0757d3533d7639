"""Sums in words."""

from __future__ import annotations

from decimal import Decimal

import cn2an

CENT = Decimal("0.01")


def capital_amount(amount_cny: Decimal) -> str:
    """The amount in capital characters as invoices print it, e.g. 壹拾万肆仟陆佰圆整.

    Raises:
        ValueError: A negative amount.
    """
    if amount_cny < 0:
        raise ValueError("capital amounts are not negative")
    words = str(cn2an.an2cn(str(amount_cny.quantize(CENT).normalize().__format__("f")), "rmb"))
    return words.replace("元", "圆")
