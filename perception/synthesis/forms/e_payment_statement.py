"""微信、支付宝的流水: a proof of payments for a period, or a month of bills in the app."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

import numpy as np

from perception.synthesis.contents import (
    any_day,
    any_place,
    digits,
    masked_identity,
    mobile,
    month_end,
    months_before,
    payments,
    person,
)
from perception.synthesis.forms.filled import Filled

_ISSUERS = {"wechat": "财付通示例支付科技有限公司", "alipay": "支付宝示例网络技术有限公司"}
_PURSES = {"wechat": ("零钱", "零钱通"), "alipay": ("余额", "余额宝")}
_LETTERS = "abcdefghjkmnpqrstuvwxyz"


@dataclass(frozen=True, slots=True)
class _Plan:
    """What a layout can hold: whose it is, rows of a full page, months at most, the order."""

    platform: str
    a_page: int
    months: int = 6
    newest_first: bool = True


_PLANS = {
    "wechat_proof": _Plan("wechat", 22, newest_first=False),
    "alipay_proof": _Plan("alipay", 20),
    "app_wechat": _Plan("wechat", 18, months=1),
    "app_alipay": _Plan("alipay", 16, months=1),
    "wechat_export": _Plan("wechat", 30),
    "alipay_details": _Plan("alipay", 24, newest_first=False),
    "app_month_total": _Plan("alipay", 17, months=1),
}


def fill(rng: np.random.Generator, layout: str) -> Filled:
    """A page of 13 to 30 payments; totals are those of the whole period."""
    plan = _PLANS[layout]
    town = any_place(rng)
    until = month_end(any_day(rng))
    first = months_before(until, int(rng.integers(0, plan.months)))
    pages = 1 if plan.months == 1 else int(rng.integers(1, 5))
    count = plan.a_page * (pages - 1) + int(rng.integers(plan.a_page * 3 // 4, plan.a_page + 1))
    paid = payments(rng, first, until, count, purses=_PURSES[plan.platform])
    page = int(rng.integers(1, pages + 1))
    ordered = paid.rows[::-1] if plan.newest_first else paid.rows
    fields = {
        "platform": plan.platform,
        "account_name": person(rng),
        "account_number": _account(rng, plan.platform),
        "period_from": first.isoformat(),
        "period_to": until.isoformat(),
        "total_in_cny": f"{paid.total_cny('收入'):.2f}",
        "total_out_cny": f"{paid.total_cny('支出'):.2f}",
    }
    shown = {
        "issuer": _ISSUERS[plan.platform],
        "paid": paid,
        "total_in": paid.total_cny("收入"),
        "total_out": paid.total_cny("支出"),
        "rows": ordered[(page - 1) * plan.a_page : page * plan.a_page],
        "first": first,
        "until": until,
        "page": page,
        "pages": pages,
        "identity": masked_identity(rng, town),
        "number": digits(rng, 18),
        "issued_at": datetime(until.year, until.month, until.day, 10)
        + timedelta(days=int(rng.integers(1, 6)), seconds=int(rng.integers(28_000))),
    }
    return Filled(fields, shown, follows={"period_to": "period_from"})


def _account(rng: np.random.Generator, platform: str) -> str:
    """A WeChat name, or the telephone or mail address that Alipay knows someone by."""
    word = "".join(_LETTERS[k] for k in rng.integers(0, len(_LETTERS), int(rng.integers(5, 9))))
    if platform == "wechat":
        return f"wxid_{word}{digits(rng, 4)}" if rng.random() < 0.5 else f"{word}_{digits(rng, 4)}"
    return mobile(rng) if rng.random() < 0.6 else f"{word}{digits(rng, 3)}@example.com"
