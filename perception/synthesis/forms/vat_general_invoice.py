"""增值税普通发票: on paper, electronic, from a roll, and fully digital."""

from __future__ import annotations

import numpy as np

from perception.synthesis.contents import InvoiceForm
from perception.synthesis.forms.filled import Filled
from perception.synthesis.forms.invoicing import any_invoice, filled


def fill(rng: np.random.Generator, layout: str) -> Filled:
    """An invoice fit for that layout."""
    digital = "digital" in layout
    form = InvoiceForm.GENERAL_DIGITAL if digital else InvoiceForm.GENERAL_PAPER
    return filled(any_invoice(rng, form), rng)
