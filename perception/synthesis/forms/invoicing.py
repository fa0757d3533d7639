"""What every VAT invoice says, whatever its form."""

from __future__ import annotations

import numpy as np

from perception.synthesis.contents import (
    Invoice,
    InvoiceForm,
    any_day,
    any_place,
    company,
    invoice,
    invoice_lines,
    local_plate,
    two_firms,
)
from perception.synthesis.forms.filled import Filled

_SIGNS = "0123456789<>+-*/"
_KINDS = {
    InvoiceForm.SPECIAL_PAPER: "01",
    InvoiceForm.SPECIAL_DIGITAL: "31",
    InvoiceForm.GENERAL_PAPER: "04",
    InvoiceForm.GENERAL_DIGITAL: "32",
}


def any_invoice(rng: np.random.Generator, form: InvoiceForm, *, most: int = 5) -> Invoice:
    """An invoice of that form with one to ``most`` lines."""
    buyer, seller, trade = two_firms(rng)
    if form in (InvoiceForm.SPECIAL_PAPER, InvoiceForm.SPECIAL_DIGITAL):
        buyer = company(rng, trade, sole_trader=False)
    lines = invoice_lines(rng, trade, int(rng.integers(1, most + 1)))
    day = any_day(rng)
    return invoice(rng, form, seller, buyer, lines, day)


def filled(bill: Invoice, rng: np.random.Generator) -> Filled:
    """Its fields, and what templates of invoices print."""
    fields = {
        "invoice_code": bill.code,
        "invoice_number": bill.number,
        "issued_on": bill.issued_on.isoformat(),
        "seller_name": bill.seller.name,
        "seller_tax_id": bill.seller.credit_code,
        "buyer_name": bill.buyer.name,
        "buyer_tax_id": bill.buyer.credit_code,
        "amount_cny": f"{bill.amount_cny:.2f}",
        "tax_cny": f"{bill.tax_cny:.2f}",
        "total_cny": f"{bill.total_cny:.2f}",
        "check_code": bill.check_code,
    }
    shown = {
        "bill": bill,
        "province": _province(bill.seller.address),
        "secret": ["".join(_SIGNS[k] for k in rng.integers(0, 16, 27)) for _ in range(4)],
        "qr": qr_content(bill, rng),
        "machine": f"{rng.integers(10**11, 10**12)}",
        "start": any_place(rng).short,
        "end": any_place(rng).short,
        "plate": local_plate(rng),
    }
    return Filled({name: text for name, text in fields.items() if text}, shown)


def _province(address: str) -> str:
    """As invoices name it in their titles, e.g. 广西, 黑龙江."""
    return address[: 3 if address.startswith(("黑龙江", "内蒙古")) else 2]


def qr_content(bill: Invoice, rng: np.random.Generator) -> str:
    """What an invoice's QR code says: kind, code, number, amount, day and check code."""
    amount = bill.total_cny if bill.form.is_digital else bill.amount_cny
    parts = (
        "01",
        _KINDS[bill.form],
        bill.code or "",
        bill.number,
        f"{amount:.2f}",
        f"{bill.issued_on:%Y%m%d}",
        bill.check_code or "",
        f"{rng.integers(16**4):04X}",
        "",
    )
    return ",".join(parts)
