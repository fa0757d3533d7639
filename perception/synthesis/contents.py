"""Who and what stands on generated papers: consistent, valid by check digit, right in its sums.

Every firm bears 示例 (sample) in its name, so that none can be taken for a real one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

import cn2an
import numpy as np
from stdnum.cn import uscc

_PROVINCES = "京津冀晋蒙辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝川贵云藏陕甘青宁新"
_PLATE_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"
_CODE_SIGNS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_CENT = Decimal("0.01")
_FAMILY = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗"
_GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华建国志玉兰春梅海燕鹏辉"
_STYLES = (
    "宏远",
    "顺达",
    "鑫源",
    "百汇",
    "嘉禾",
    "锦程",
    "瑞丰",
    "永兴",
    "恒通",
    "福临",
    "晨光",
    "佳美",
)
_REGIONS: tuple[tuple[str, str, str], ...] = (
    ("130108", "河北省石家庄市裕华区", "石家庄市裕华区"),
    ("130606", "河北省保定市莲池区", "保定市莲池区"),
    ("330105", "浙江省杭州市拱墅区", "杭州市拱墅区"),
    ("440105", "广东省广州市海珠区", "广州市海珠区"),
    ("370102", "山东省济南市历下区", "济南市历下区"),
    ("510104", "四川省成都市锦江区", "成都市锦江区"),
    ("320505", "江苏省苏州市虎丘区", "苏州市虎丘区"),
)


class Trade(StrEnum):
    """A line of business that papers can be made for."""

    HAULAGE = "haulage"
    CONVENIENCE = "convenience"
    CLOTHING = "clothing"


_PERMIT = "（依法须经批准的项目，经相关部门批准后方可开展经营活动，具体经营项目以审批结果为准）"
_FREE = "（除依法须经批准的项目外，凭营业执照依法自主开展经营活动）"
_SCOPES = {
    Trade.HAULAGE: f"许可项目：道路货物运输（不含危险货物）。{_PERMIT}"
    "一般项目：国内货物运输代理；装卸搬运；普通货物仓储服务。",
    Trade.CONVENIENCE: f"许可项目：食品销售；烟草制品零售。{_PERMIT}"
    "一般项目：日用百货销售；文具用品零售；母婴用品销售。",
    Trade.CLOTHING: "一般项目：服装服饰批发；服装服饰零售；鞋帽批发；箱包销售；针纺织品销售；"
    f"互联网销售（除销售需要许可的商品）；货物进出口。{_FREE}",
}
_SUFFIX = {Trade.HAULAGE: "货运部", Trade.CONVENIENCE: "便利店", Trade.CLOTHING: "服装店"}
_COMPANY_SUFFIX = {Trade.HAULAGE: "物流", Trade.CONVENIENCE: "商贸", Trade.CLOTHING: "服饰"}


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


@dataclass(frozen=True, slots=True)
class Line:
    """One line of an invoice.

    Attributes:
        goods: Name with its tax class, e.g. ``*运输服务*货物运输``.
        model: 规格型号, may be empty.
        unit: 单位.
        quantity: How many.
        gross_cny: Price with tax, in cents' precision.
        rate: Tax rate, e.g. ``Decimal("0.09")``.
    """

    goods: str
    model: str
    unit: str
    quantity: Decimal
    gross_cny: Decimal
    rate: Decimal

    @property
    def amount_cny(self) -> Decimal:
        """Price without tax."""
        return (self.gross_cny / (1 + self.rate)).quantize(_CENT, ROUND_HALF_UP)

    @property
    def tax_cny(self) -> Decimal:
        """The tax on it, so that amount and tax make the gross price."""
        return self.gross_cny - self.amount_cny

    @property
    def unit_price(self) -> Decimal:
        """Price of one without tax, as printed, to eight decimals at most."""
        return (self.amount_cny / self.quantity).quantize(Decimal("0.00000001")).normalize()


class InvoiceForm(StrEnum):
    """How an invoice is issued."""

    SPECIAL_PAPER = "special_paper"
    GENERAL_PAPER = "general_paper"
    GENERAL_DIGITAL = "general_digital"


@dataclass(frozen=True, slots=True)
class Invoice:
    """A VAT invoice.

    Attributes:
        form: Special or general, on paper or fully digital (数电票).
        code: 发票代码: 10 digits (special), 12 (general); None for a digital one.
        number: 发票号码: 8 digits, 20 for a digital one.
        issued_on: 开票日期.
        seller: Who sells.
        buyer: Who buys.
        lines: What is sold, one line at least.
        check_code: 校验码, 20 digits; on general paper ones only.
        remark: 备注.
        payee: 收款人.
        reviewer: 复核.
        issuer: 开票人.

    Raises:
        ValueError: No lines, or digits that do not fit the form.
    """

    form: InvoiceForm
    code: str | None
    number: str
    issued_on: date
    seller: Company
    buyer: Company
    lines: tuple[Line, ...]
    check_code: str | None
    remark: str
    payee: str
    reviewer: str
    issuer: str

    def __post_init__(self) -> None:
        wanted = {
            InvoiceForm.SPECIAL_PAPER: (10, 8, 0),
            InvoiceForm.GENERAL_PAPER: (12, 8, 20),
            InvoiceForm.GENERAL_DIGITAL: (0, 20, 0),
        }[self.form]
        found = (len(self.code or ""), len(self.number), len(self.check_code or ""))
        if found != wanted or not self.lines:
            raise ValueError(f"{self.form} wants digits {wanted}, not {found}, and a line")

    @property
    def amount_cny(self) -> Decimal:
        """合计金额, without tax."""
        return sum((line.amount_cny for line in self.lines), Decimal(0))

    @property
    def tax_cny(self) -> Decimal:
        """合计税额."""
        return sum((line.tax_cny for line in self.lines), Decimal(0))

    @property
    def total_cny(self) -> Decimal:
        """价税合计."""
        return self.amount_cny + self.tax_cny


def credit_code(rng: np.random.Generator, region: str, *, sole_trader: bool) -> str:
    """A valid unified social credit code of that region (GB 32100-2015; inner code GB 11714)."""
    body = (
        [int(rng.integers(36)) for _ in range(8)] if sole_trader else list(rng.integers(0, 10, 8))
    )
    signs = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    body = [v if signs[v] in _CODE_SIGNS else int(rng.integers(10)) for v in body]
    weights = (3, 7, 9, 10, 5, 8, 4, 2)
    rest = 11 - sum(w * int(v) for w, v in zip(weights, body, strict=True)) % 11
    inner = {10: "X", 11: "0"}.get(rest, str(rest))
    head = f"9{2 if sole_trader else 1}{region}" + "".join(signs[int(v)] for v in body) + inner
    return head + str(uscc.calc_check_digit(head))


def plate_number(rng: np.random.Generator, province: str | None = None) -> str:
    """A number plate of seven signs, e.g. 冀A5K82P; no letter I or O."""
    head = province or _PROVINCES[rng.integers(len(_PROVINCES))]
    tail = [str(rng.integers(10)) for _ in range(5)]
    for place in rng.choice(5, int(rng.integers(1, 3)), replace=False):
        tail[place] = _PLATE_LETTERS[rng.integers(len(_PLATE_LETTERS))]
    return head + "ABCDEFGH"[rng.integers(8)] + "".join(tail)


def person(rng: np.random.Generator) -> str:
    """A person's name of two or three signs."""
    given = rng.choice(list(_GIVEN), int(rng.integers(1, 3)), replace=False)
    return _FAMILY[rng.integers(len(_FAMILY))] + "".join(given)


def digits(rng: np.random.Generator, count: int) -> str:
    """So many digits, the first not 0."""
    return str(rng.integers(1, 10)) + "".join(str(d) for d in rng.integers(0, 10, count - 1))


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
    known = {code: (long, short) for code, long, short in _REGIONS}
    code = region or _REGIONS[rng.integers(len(_REGIONS))][0]
    if code not in known:
        raise ValueError(f"region {code}: known are {', '.join(known)}")
    long, short = known[code]
    style = _STYLES[rng.integers(len(_STYLES))]
    if name is None:
        ending = _SUFFIX[trade] if sole_trader else _COMPANY_SUFFIX[trade] + "有限公司"
        name = f"{short if sole_trader else short[: short.index('市') + 1]}{style}示例{ending}"
    street = f"示范路{rng.integers(1, 399)}号{rng.integers(1, 20)}栋{rng.integers(101, 130)}室"
    began = date(2016, 1, 4) + timedelta(days=int(rng.integers(0, 1400)))
    capital = None if sole_trader else Decimal(int(rng.choice([30, 50, 100, 200, 500]))) * 10_000
    return Company(
        name=name,
        credit_code=credit_code(rng, code, sole_trader=sole_trader),
        legal_person=legal_person or person(rng),
        company_type="个体工商户" if sole_trader else "有限责任公司（自然人独资）",
        address=long + street,
        capital_cny=capital,
        established_on=began,
        valid_until=None
        if rng.random() < 0.6
        else began.replace(year=began.year + 30, day=min(began.day, 28)),
        scope=_SCOPES[trade],
        phone="0" + digits(rng, 3)[:3] + "-" + digits(rng, 8),
        bank=f"示例银行{short[: short.index('市')]}支行",
        account="62" + digits(rng, 15),
    )


def capital_amount(amount_cny: Decimal) -> str:
    """The amount in capital characters as invoices print it, e.g. 壹拾万肆仟陆佰圆整.

    Raises:
        ValueError: A negative amount.
    """
    if amount_cny < 0:
        raise ValueError("capital amounts are not negative")
    words = str(cn2an.an2cn(str(amount_cny.quantize(_CENT).normalize().__format__("f")), "rmb"))
    return words.replace("元", "圆")


def invoice(
    rng: np.random.Generator,
    form: InvoiceForm,
    seller: Company,
    buyer: Company,
    lines: Sequence[Line],
    issued_on: date,
    *,
    remark: str = "",
) -> Invoice:
    """An invoice over those lines with numbers of the right length."""
    region = seller.credit_code[2:6]
    code: str | None = None
    if form is InvoiceForm.SPECIAL_PAPER:
        code = f"{region}{issued_on:%y}{rng.integers(1, 5)}13"[:9] + "0"
    elif form is InvoiceForm.GENERAL_PAPER:
        code = f"0{region}0{issued_on:%y}00104"[:12]
    digital = form is InvoiceForm.GENERAL_DIGITAL
    number = f"{issued_on:%y}{region[:2]}2{digits(rng, 15)}" if digital else digits(rng, 8)
    return Invoice(
        form=form,
        code=code,
        number=number,
        issued_on=issued_on,
        seller=seller,
        buyer=buyer,
        lines=tuple(lines),
        check_code=digits(rng, 20) if form is InvoiceForm.GENERAL_PAPER else None,
        remark=remark,
        payee=person(rng),
        reviewer=person(rng),
        issuer=person(rng),
    )
