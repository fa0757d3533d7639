"""Firms: consistent, valid by check digit, and plainly invented.

Every firm bears 示例 (sample) in its name, so that none can be taken for a real one.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

import numpy as np
from stdnum.cn import uscc

from perception.synthesis.contents.days import years_later
from perception.synthesis.contents.numbers import credit_code, digits, firm_account
from perception.synthesis.contents.people import person
from perception.synthesis.contents.places import Place, any_place, place, street
from perception.synthesis.contents.trades import Trade, any_trade, trade_of

_STYLES = (
    "宏远 顺达 鑫源 百汇 嘉禾 锦程 瑞丰 永兴 恒通 福临 晨光 佳美 云雀 天泽 中和 金鼎 华信 聚力 "
    "万通 德馨 盛世 博雅 启航 禾木 正大 青松 海纳 同心 众诚 星河"
).split()
_TYPES = (
    "有限责任公司（自然人独资）",
    "有限责任公司（自然人投资或控股）",
    "有限责任公司",
    "有限责任公司（法人独资）",
    "其他有限责任公司",
)


@dataclass(frozen=True, slots=True)
class Company:
    """A firm as it is registered.

    Attributes:
        name: Full registered name.
        credit_code: Unified social credit code, 18 signs, check digit right (GB 32100).
        legal_person: 法定代表人, or 经营者 of a sole trader.
        company_type: 类型.
        address: 住所 or 经营场所.
        capital_cny: Registered capital; None for a sole trader.
        established_on: 成立日期 or 注册日期.
        valid_until: End of the term; None for 长期.
        scope: 经营范围.
        phone: Landline or mobile.
        bank: Name of its bank.
        account: Number of its account there.

    Raises:
        ValueError: The credit code's check digit is wrong.
    """

    name: str
    credit_code: str
    legal_person: str
    company_type: str
    address: str
    capital_cny: Decimal | None
    established_on: date
    valid_until: date | None
    scope: str
    phone: str
    bank: str
    account: str

    def __post_init__(self) -> None:
        if not uscc.is_valid(self.credit_code):
            raise ValueError(f"{self.credit_code} is no valid credit code")

    @property
    def is_sole_trader(self) -> bool:
        """Whether it is a 个体工商户."""
        return self.company_type.startswith("个体")


def company(
    rng: np.random.Generator,
    trade: Trade,
    *,
    sole_trader: bool,
    region: str | None = None,
    name: str | None = None,
    legal_person: str | None = None,
) -> Company:
    """A firm of that trade; what is not given is left to chance.

    Args:
        rng: Source of chance.
        trade: Decides scope and the name's ending.
        sole_trader: A 个体工商户 rather than a limited company.
        region: First six digits of the division code, one of those known here.
        name: Registered name; it should contain 示例.
        legal_person: Who owns it.

    Raises:
        ValueError: The region is not known here.
    """
    where = place(region) if region else any_place(rng)
    began = date(2016, 1, 4) + timedelta(days=int(rng.integers(0, 1400)))
    capital = Decimal(int(rng.choice([30, 50, 100, 200, 500, 800, 1000]))) * 10_000
    return Company(
        name=name or _name(rng, trade, where, sole_trader=sole_trader),
        credit_code=credit_code(rng, where.code, sole_trader=sole_trader),
        legal_person=legal_person or person(rng),
        company_type="个体工商户" if sole_trader else _TYPES[rng.integers(len(_TYPES))],
        address=where.long + street(rng),
        capital_cny=None if sole_trader else capital,
        established_on=began,
        valid_until=None
        if rng.random() < 0.6
        else years_later(began, int(rng.choice([10, 20, 30]))),
        scope=trade_of(trade).scope(rng),
        phone="0" + digits(rng, 3) + "-" + digits(rng, 8),
        bank=f"示例{('银行', '农商银行', '商业银行')[rng.integers(3)]}{where.bare_town}支行",
        account=firm_account(rng),
    )


def _name(rng: np.random.Generator, trade: Trade, where: Place, *, sole_trader: bool) -> str:
    known = trade_of(trade)
    brand = _STYLES[rng.integers(len(_STYLES))] + "示例"
    if sole_trader:
        town = where.short if rng.random() < 0.8 else where.town
        return f"{town}{brand}{known.sole}"
    if rng.random() < 0.25:
        return f"{brand}{known.company}（{where.bare_town}）有限公司"
    return f"{where.town if rng.random() < 0.7 else where.bare_town}{brand}{known.company}有限公司"


def any_firm(rng: np.random.Generator, *, sole_share: float = 0.35) -> Company:
    """A firm of any trade; so many of them are sole traders."""
    return company(rng, any_trade(rng), sole_trader=bool(rng.random() < sole_share))


def two_firms(rng: np.random.Generator) -> tuple[Company, Company, Trade]:
    """A buyer, a seller, and the seller's trade."""
    trade = any_trade(rng)
    seller = company(rng, trade, sole_trader=bool(rng.random() < 0.25))
    return any_firm(rng), seller, trade
