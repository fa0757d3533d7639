"""How papers print amounts and days: the filters that templates may use."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal

from cn2an import an2cn

from perception.synthesis.contents import capital_amount


def plain(amount: Decimal) -> str:
    """Two places, e.g. 12345.60."""
    return f"{amount:.2f}"


def grouped(amount: Decimal) -> str:
    """Two places and commas, e.g. 12,345.60."""
    return f"{amount:,.2f}"


def yuan(amount: Decimal) -> str:
    """With the sign of the currency, e.g. ¥12,345.60."""
    return f"¥{amount:,.2f}"


def capital(amount: Decimal) -> str:
    """In capital characters, e.g. 壹万贰仟叁佰肆拾伍元陆角."""
    return capital_amount(amount).replace("圆", "元")


def percent(rate: Decimal) -> str:
    """A rate, e.g. 9%."""
    return f"{(rate * 100).normalize():f}%"


def fives(digits: str) -> str:
    """In groups of five, e.g. 12345 67890."""
    return " ".join(digits[k : k + 5] for k in range(0, len(digits), 5))


def bare(number: Decimal) -> str:
    """Without trailing zeros, e.g. 12.5."""
    return format(number.normalize(), "f")


def day_zh(day: date) -> str:
    """E.g. 2026年03月09日."""
    return f"{day.year}年{day.month:02d}月{day.day:02d}日"


def day_short(day: date) -> str:
    """E.g. 2026年3月9日."""
    return f"{day.year}年{day.month}月{day.day}日"


def day_spaced(day: date) -> str:
    """E.g. 2026 年 3 月 9 日."""
    return f"{day.year} 年 {day.month} 月 {day.day} 日"


def day_dash(day: date) -> str:
    """E.g. 2026-03-09."""
    return day.isoformat()


def day_dot(day: date) -> str:
    """E.g. 2026.03.09."""
    return f"{day:%Y.%m.%d}"


def day_slash(day: date) -> str:
    """E.g. 2026/3/9."""
    return f"{day.year}/{day.month}/{day.day}"


def day_cn(day: date) -> str:
    """In Chinese numerals, e.g. 二〇二六年三月九日."""
    year = "".join("〇一二三四五六七八九"[int(figure)] for figure in str(day.year))
    return f"{year}年{an2cn(str(day.month))}月{an2cn(str(day.day))}日".replace("一十", "十")


FILTERS: dict[str, Callable[..., str]] = {
    each.__name__: each
    for each in (
        plain,
        grouped,
        yuan,
        capital,
        bare,
        percent,
        fives,
        day_zh,
        day_short,
        day_spaced,
        day_dash,
        day_dot,
        day_slash,
        day_cn,
    )
}
"""By the name that templates call them."""
