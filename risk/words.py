"""The words of reasons, Chinese and English; every figure in braces is filled from the score."""

from __future__ import annotations

from decimal import Decimal

from bailing.terms import FactKind

TEN_THOUSAND = Decimal(10_000)
Words = tuple[str, str]

SHOWN: dict[FactKind, Words] = {
    FactKind.HOLDER_MATCHES: (
        "营业执照证实是您在经营",
        "the licence shows that it is your business",
    ),
    FactKind.REGISTERED_ON: (
        "营业执照证实是您在经营，到现在 {years} 年",
        "the licence shows that it is your business, {years} years old",
    ),
    FactKind.INVOICED_SALES: (
        "发票证实了 {amount}的真实销售",
        "an invoice shows {amount} of real sales",
    ),
    FactKind.INVOICED_PURCHASES: (
        "发票证实了 {amount}的真实进货",
        "an invoice shows {amount} of real purchases",
    ),
    FactKind.VEHICLE_COUNT: ("照片证实车确实在", "the photo shows that the vehicle is there"),
    FactKind.EQUIPMENT_VALUE: (
        "照片证实车辆或设备确实在",
        "the photo shows that the vehicle or machine is there",
    ),
    FactKind.FLOOR_AREA: (
        "门头照证实店在、开着",
        "the photo shows that the shop is there and open",
    ),
    FactKind.STOCK_VALUE: ("照片证实备着货", "the photo shows the stock"),
    FactKind.CONTRACT_AMOUNT: (
        "合同证实了 {amount}的生意",
        "a contract shows {amount} of business",
    ),
    FactKind.ORDER_AMOUNT: ("订单证实了 {amount}的生意", "an order shows {amount} of business"),
    FactKind.BANK_INFLOW: ("流水证实了营业额", "the statement shows the turnover"),
    FactKind.ANNUAL_SALES: ("凭证证实了营业额", "the paper shows the turnover"),
    FactKind.MONTHLY_SALES: ("凭证证实了营业额", "the paper shows the turnover"),
    FactKind.TAX_PAID: ("完税凭证证实了 {amount}的税款", "{amount} of tax is shown as paid"),
    FactKind.SOCIAL_INSURED_STAFF: (
        "社保证实了 {count} 个人",
        "social insurance shows {count} people",
    ),
    FactKind.PERMIT_VALID_UNTIL: ("许可证在有效期内", "the permit is valid"),
    FactKind.PROPERTY_VALUE: ("产权证实了自有房产", "the certificate shows property of your own"),
}
"""What a proof shows, the most telling kind first."""

SHOWN_PART: Words = ("这份凭证证实了一部分情况", "this proof confirms part of it")
CORRECTED: Words = (
    "票上金额按您改的 {amount}，还没有凭证能对上，算进 {percent}%",
    "your correction to {amount} is not borne out by the paper yet, so {percent}% of it counts",
)
HELD: dict[str, Words] = {
    "sales_unknown": (
        "还不知道一个月的营业额，说个大概就能算",
        "the monthly turnover is not known yet; a rough figure will do",
    ),
    "sales_estimated": (
        "还不知道您的营业额，先照同行估成一年 {counted}；说个大概就能重算",
        "your turnover is not known yet: {counted} a year is a guess from the trade; a rough "
        "figure lets me work it out anew",
    ),
    "sales_below_said": (
        "凭证上的营业额比您说的少，营业额这块先不往上加",
        "the proof shows a smaller turnover than you told me, so the turnover lifts nothing more",
    ),
    "sales_said": (
        "营业额还没有凭证，您说的先按一年 {counted}算",
        "the turnover is not proven yet; of what you told me {counted} a year counts",
    ),
    "sales_part_proven": (
        "营业额只有一部分有凭证，现在按一年 {counted}算",
        "only part of the turnover is proven; {counted} a year counts so far",
    ),
    "sales_proven": (
        "额度跟着营业额走，现在按一年 {counted}算，已经用足",
        "the limit follows the turnover; {counted} a year counts and is used up",
    ),
    "need": (
        "按您的账期和周转（一年转 {turns} 次），生意要垫的资金就这么多",
        "with your terms ({turns} turns a year) this is what the business ties up",
    ),
    "cap_said": (
        "流水还没有凭证，光凭说的，最多先到原来的 {multiple} 倍",
        "the turnover is not proven yet; on words alone the limit goes to {multiple} times at most",
    ),
    "cap_proof": (
        "凭证还不够多，现在最多到原来的 {multiple} 倍",
        "with the proofs so far the limit goes to {multiple} times the original at most",
    ),
    "cap_top": (
        "已经到这个产品的上限，再多要和客户经理谈",
        "this is the most that this product gives; for more, an account manager helps",
    ),
    "loss": (
        "这类生意的违约风险约 {pd}%，额度按可承受的损失收着点",
        "businesses like this default at about {pd}%, so the limit is kept to a loss that can be "
        "borne",
    ),
}
"""What holds the limit where it is."""

SAID: Words = (
    "您说的营业额，眼下算进 {percent}%",
    "of the turnover that you told me, {percent}% counts so far",
)
"""Without the figure: a range is reckoned from its low end, which nobody said as such."""
BELOW_SAID: Words = (
    "凭证上一年是 {shown}，比您说的少，以凭证为准；额度不因此下调，说高了改一下就按新的算",
    "the proof shows {shown} a year, less than you told me; it counts instead, nothing is cut, "
    "and you can put your figure right at any time",
)
BOUNDED: Words = (
    "您说的营业额高出同行不少，先按一年 {said}算",
    "what you told me is well above the trade; {said} a year counts at most",
)
CLAMPED: Words = (
    "按您的账期，周转天数超出常规，按 {days} 天算",
    "your operating cycle is out of the usual range; {days} days are reckoned with",
)
NEXT: Words = (
    "再给{title}，预计能到 {limit} 元左右",
    "next best: {title}, expected to bring it to about {limit}",
)
NEXT_WITH_SALES: Words = (
    "说个大概的营业额，再给{title}，预计能到 {limit} 元左右",
    "with a rough turnover and this, about {limit} is expected: {title}",
)
"""Where sales are not known: no proof lifts the limit before they are."""


def money(amount: Decimal, language: str) -> str:
    """An amount as it is spoken: 96 万元, 960,000 yuan."""
    if language == "en":
        return f"{amount:,.0f} yuan"
    if amount >= TEN_THOUSAND:
        tens = f"{amount / TEN_THOUSAND:,.1f}"
        return f"{tens.removesuffix('.0')} 万元"
    return f"{amount:,.0f} 元"


def plain_yuan(amount: Decimal) -> str:
    """An amount in figures: 118,000."""
    return f"{amount:,.0f}"
