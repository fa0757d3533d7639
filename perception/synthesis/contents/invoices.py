"""VAT invoices: lines whose amounts and taxes add up, numbers of the right length."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

import numpy as np

from perception.synthesis.contents.firms import Company
from perception.synthesis.contents.goods import sale
from perception.synthesis.contents.money import CENT
from perception.synthesis.contents.numbers import digits
from perception.synthesis.contents.people import person
from perception.synthesis.contents.trades import Good, Trade, trade_of


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
        return (self.gross_cny / (1 + self.rate)).quantize(CENT, ROUND_HALF_UP)

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
    SPECIAL_DIGITAL = "special_digital"
    GENERAL_PAPER = "general_paper"
    GENERAL_DIGITAL = "general_digital"

    @property
    def is_digital(self) -> bool:
        """Whether it is fully digital (数电票): no code, twenty digits."""
        return self in (InvoiceForm.SPECIAL_DIGITAL, InvoiceForm.GENERAL_DIGITAL)


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
            InvoiceForm.SPECIAL_DIGITAL: (0, 20, 0),
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
    number = digits(rng, 8)
    if form.is_digital:
        number = f"{issued_on:%y}{region[:2]}2{digits(rng, 15)}"
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


def invoice_lines(rng: np.random.Generator, trade: Trade, count: int) -> tuple[Line, ...]:
    """So many lines of that trade's goods, named with their tax class."""
    stock = trade_of(trade).goods
    chosen = rng.choice(len(stock), min(count, len(stock)), replace=False)
    return tuple(_line(rng, stock[k]) for k in chosen)


def _line(rng: np.random.Generator, good: Good) -> Line:
    sold = sale(rng, good)
    name = f"*{good.tax_class}*{good.name}"
    return Line(name, sold.model, sold.unit, sold.quantity, sold.amount_cny, good.rate)
