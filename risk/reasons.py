"""Why the limit is what it is, in plain words, from the same numbers that made it."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from bailing.terms import Fact, FactKind
from risk.application import Application
from risk.decision import Reason
from risk.limit import Scored

TEN_THOUSAND = Decimal(10_000)
SHOWN: dict[FactKind, tuple[str, str]] = {
    FactKind.HOLDER_MATCHES: (
        "营业执照证实是您在经营",
        "the licence shows that it is your business",
    ),
    FactKind.REGISTERED_ON: ("营业执照证实了开业时间", "the licence shows since when you trade"),
    FactKind.INVOICED_SALES: ("发票证实了 {amount} 的销售", "invoices show sales of {amount}"),
    FactKind.INVOICED_PURCHASES: (
        "发票证实了 {amount} 的进货",
        "invoices show purchases of {amount}",
    ),
    FactKind.VEHICLE_COUNT: ("照片证实车在", "the photo shows the vehicle"),
    FactKind.EQUIPMENT_VALUE: ("照片证实车辆或设备在", "the photo shows the vehicle or machine"),
    FactKind.FLOOR_AREA: ("门头照证实店在、开着", "the photo shows the shop, open"),
    FactKind.STOCK_VALUE: ("货架照证实备货", "the photo shows the stock"),
    FactKind.CONTRACT_AMOUNT: (
        "合同证实了 {amount} 的生意",
        "a contract shows business of {amount}",
    ),
    FactKind.BANK_INFLOW: ("流水证实了营业额", "the statement shows the turnover"),
}
HOLDS: dict[str, tuple[str, str]] = {
    "sales_nothing": (
        "还不知道一个月的营业额，说个大概就能算",
        "the monthly turnover is not known yet; a rough figure will do",
    ),
    "sales_unproven": (
        "您说的营业额只有一部分有凭证，目前按 {counted} 一年计",
        "only part of the turnover is proven; {counted} a year counts so far",
    ),
    "sales_proven": (
        "额度和营业额挂钩，现在按 {counted} 一年计，已经用足",
        "the limit follows the turnover; {counted} a year counts and is used up",
    ),
    "need": (
        "按您的账期和周转，这门生意实际需要垫的资金就这么多（一年 {turns} 次周转）",
        "with your terms the business ties up about this much ({turns} turns a year)",
    ),
    "cap_said": (
        "没有凭证时，最多先提一成",
        "without any proof the limit rises by a tenth at most",
    ),
    "cap_proof": (
        "凭证还不够多，额度先到原来的 {multiple} 倍",
        "with the proofs so far the limit goes to {multiple} times the original",
    ),
    "cap_top": ("已经到这次能提的上限", "this is the most that can be given this time"),
    "loss": (
        "同类生意的风险偏高，额度按可承受的损失收着点",
        "the risk of this kind of business keeps the limit down",
    ),
}


def reasons_of(
    application: Application, now: Scored, without: Mapping[str, Scored]
) -> tuple[Reason, ...]:
    """What lifts the limit, each with its own effect, and what holds it."""
    reasons = [_held(application, now)]
    for evidence_id, left in sorted(without.items(), key=lambda kv: kv[1].limit_cny):
        facts = [f for f in application.facts if f.evidence_id == evidence_id]
        effect = max(Decimal(0), now.limit_cny - left.limit_cny)
        reasons.append(Reason(f"shown_{_main(facts).kind.value}", _shown(facts), effect))
    if now.said_stopped:
        reasons.append(
            Reason(
                "proof_below_said",
                {
                    "zh": "凭证上的营业额比您说的少不少，以凭证为准，额度不因此下调",
                    "en": "the proof shows less than you said; the proof counts, nothing is cut",
                },
            )
        )
    if now.said_sales_cny:
        reasons.append(_said(now))
    return tuple(reasons)


def _main(facts: list[Fact]) -> Fact:
    order = list(SHOWN)
    return min(facts, key=lambda f: order.index(f.kind) if f.kind in SHOWN else len(order))


def _shown(facts: list[Fact]) -> dict[str, str]:
    main = _main(facts)
    zh, en = SHOWN.get(main.kind, ("这份凭证证实了一部分情况", "this proof confirms part of it"))
    return {
        "zh": zh.format(amount=money(main.value, "zh")),
        "en": en.format(amount=money(main.value, "en")),
    }


def _said(now: Scored) -> Reason:
    share = now.counted_sales_cny / now.said_sales_cny if now.said_sales_cny else Decimal(0)
    percent = min(Decimal(100), share * 100)
    return Reason(
        "said_sales",
        {
            "zh": f"您说的营业额一年约 {money(now.said_sales_cny, 'zh')}，目前算进 {percent:.0f}%",
            "en": f"of the {money(now.said_sales_cny, 'en')} a year that you stated, "
            f"{percent:.0f}% counts",
        },
    )


def _held(application: Application, now: Scored) -> Reason:
    binding = next(t.name for t in now.terms if t.binding)
    if not now.counted_sales_cny:
        key = "sales_nothing"
    elif binding == "policy_cap":
        key = "cap_said" if now.strength == 0 else "cap_proof"
        key = "cap_top" if now.strength >= 1 else key
    elif binding == "expected_loss_cap":
        key = "loss"
    elif now.strength < Decimal("0.9"):
        key = "sales_unproven"
    else:
        key = "need" if binding == "working_capital_need" else "sales_proven"
    cap = next(t.amount_cny for t in now.terms if t.name == "policy_cap")
    original = application.original_limit_cny or Decimal(1)
    values = {"multiple": f"{cap / original:.1f}", "turns": f"{360 / now.cycle_days:.1f}"}
    zh, en = HOLDS[key]
    return Reason(
        f"held_by_{binding}",
        {
            "zh": zh.format(counted=money(now.counted_sales_cny, "zh"), **values),
            "en": en.format(counted=money(now.counted_sales_cny, "en"), **values),
        },
        holds=True,
    )


def money(amount: Decimal, language: str) -> str:
    """An amount in words' size: 96 万, 960,000 yuan."""
    if language == "en":
        return f"{amount:,.0f} yuan"
    if amount >= TEN_THOUSAND:
        return f"{amount / TEN_THOUSAND:.1f}".rstrip("0").rstrip(".") + " 万元"
    return f"{amount:,.0f} 元"
