"""Which papers can be drawn at random, by the name of their kind."""

from __future__ import annotations

import zlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Literal, get_args

import numpy as np
from numpy.typing import NDArray

from perception.synthesis.contents import (
    Company,
    Invoice,
    InvoiceForm,
    Line,
    Trade,
    company,
    invoice,
)
from perception.synthesis.desk import Strain, photograph
from perception.synthesis.errors import UnknownKind
from perception.synthesis.papers import business_license, digital_invoice, vat_invoice

PaperKind = Literal["business_license", "vat_special_invoice", "vat_general_invoice"]
PAPER_KINDS: tuple[PaperKind, ...] = get_args(PaperKind)


@dataclass(frozen=True, slots=True)
class Paper:
    """A flat page and what stands on it.

    Attributes:
        page_rgb: Shape (height, width, 3), sRGB.
        fields: Field names of the voucher files, with money as decimal strings, dates as ISO.
    """

    page_rgb: NDArray[np.uint8]
    fields: dict[str, str]


def license_paper(owner: Company, issued_on: date, rng: np.random.Generator) -> Paper:
    """The licence of that firm."""
    fields = {
        "name": owner.name,
        "social_credit_code": owner.credit_code,
        "legal_person": owner.legal_person,
        "company_type": owner.company_type,
        "address": owner.address,
        "established_on": owner.established_on.isoformat(),
        "business_scope": owner.scope,
    }
    if not owner.is_sole_trader:
        fields["registered_capital"] = business_license.capital_words(owner)
        fields["valid_until"] = owner.valid_until.isoformat() if owner.valid_until else "long_term"
    return Paper(business_license.draw(owner, issued_on, rng), fields)


def invoice_paper(bill: Invoice, rng: np.random.Generator) -> Paper:
    """That invoice in its form."""
    digital = bill.form is InvoiceForm.GENERAL_DIGITAL
    page = digital_invoice.draw(bill, rng) if digital else vat_invoice.draw(bill, rng)
    fields = {
        "invoice_number": bill.number,
        "issued_on": bill.issued_on.isoformat(),
        "seller_name": bill.seller.name,
        "seller_tax_id": bill.seller.credit_code,
        "buyer_name": bill.buyer.name,
        "buyer_tax_id": bill.buyer.credit_code,
        "amount_cny": f"{bill.amount_cny:.2f}",
        "tax_cny": f"{bill.tax_cny:.2f}",
        "total_cny": f"{bill.total_cny:.2f}",
    }
    if bill.code:
        fields["invoice_code"] = bill.code
    if bill.check_code:
        fields["check_code"] = bill.check_code
    return Paper(page, fields)


def _any_company(rng: np.random.Generator) -> Company:
    trades = tuple(Trade)
    return company(rng, trades[rng.integers(len(trades))], sole_trader=bool(rng.random() < 0.5))


def _any_license(rng: np.random.Generator) -> Paper:
    owner = _any_company(rng)
    return license_paper(
        owner, owner.established_on + timedelta(days=int(rng.integers(0, 1500))), rng
    )


_GOODS: tuple[tuple[str, str, str, str], ...] = (
    ("*运输服务*货物运输费", "", "趟", "0.09"),
    ("*服装*女式外套", "M-XL", "件", "0.13"),
    ("*服装*男式衬衫", "170-185", "件", "0.13"),
    ("*饮料*矿泉水", "550ml*24", "箱", "0.13"),
    ("*焙烤食品*饼干", "200g", "箱", "0.13"),
    ("*纸制品*抽纸", "3层*130抽", "提", "0.13"),
)


def _any_invoice(rng: np.random.Generator, forms: tuple[InvoiceForm, ...]) -> Paper:
    lines = []
    for k in rng.choice(len(_GOODS), int(rng.integers(1, 5)), replace=False):
        goods, model, unit, rate = _GOODS[k]
        gross = Decimal(int(rng.integers(50_000, 6_000_000))) / 100
        lines.append(
            Line(goods, model, unit, Decimal(int(rng.integers(2, 400))), gross, Decimal(rate))
        )
    day = date(2024, 1, 1) + timedelta(days=int(rng.integers(0, 1000)))
    form = forms[rng.integers(len(forms))]
    return invoice_paper(invoice(rng, form, _any_company(rng), _any_company(rng), lines, day), rng)


def _any_special(rng: np.random.Generator) -> Paper:
    return _any_invoice(rng, (InvoiceForm.SPECIAL_PAPER,))


def _any_general(rng: np.random.Generator) -> Paper:
    return _any_invoice(rng, (InvoiceForm.GENERAL_PAPER, InvoiceForm.GENERAL_DIGITAL))


_MAKERS: dict[str, Callable[[np.random.Generator], Paper]] = {
    "business_license": _any_license,
    "vat_special_invoice": _any_special,
    "vat_general_invoice": _any_general,
}


def render_paper(
    kind: PaperKind,
    seed: int,
    *,
    size: tuple[int, int] = (1600, 1200),
    strain: Strain | None = None,
) -> Paper:
    """A photo of such a paper with random contents; ``page_rgb`` is then the photo.

    Args:
        kind: Which paper.
        seed: Chooses contents and photo; the same seed gives the same picture.
        size: Width and height of the photo in pixels.
        strain: How bad the photo is.

    Raises:
        UnknownKind: Not one of ``PAPER_KINDS``.
        FontMissing: A Debian font package is not installed.
    """
    if kind not in _MAKERS:
        raise UnknownKind(f"{kind}: drawn are {', '.join(PAPER_KINDS)}")
    rng = np.random.default_rng([seed, zlib.crc32(kind.encode())])
    paper = _MAKERS[kind](rng)
    return Paper(photograph(paper.page_rgb, rng, size=size, strain=strain), paper.fields)
