"""The kinds of paper that the press prints: for each a contents module and a folder of layouts."""

from perception.synthesis.forms.catalogue import Layout, form_kinds, layouts
from perception.synthesis.forms.filled import Filled
from perception.synthesis.forms.voucher import Voucher, make_voucher

__all__ = ["Filled", "Layout", "Voucher", "form_kinds", "layouts", "make_voucher"]
