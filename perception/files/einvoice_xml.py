"""The data of an electronic invoice as XML: read as it stands, and drawn as a plain form.

Two families are in use: the ``EInvoice`` of the tax administration's own platform (since 2021),
and the older ``eInvoice`` that lies in an OFD invoice (``fp:`` names, or those of the invoicing
programs before it). Elements are known by their local names, since issuers differ in namespaces
and in how deep they nest. The office's signature is not verified.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from xml.etree.ElementTree import Element

from perception.errors import UnsupportedType
from perception.files.form import drawn
from perception.files.sheets import Sheets, packed
from perception.files.trees import children, local, tree

NAMES: dict[str, tuple[str, ...]] = {
    "invoice_code": ("invoicecode", "fpdm", "fp_dm", "发票代码"),
    "invoice_number": (
        "invoicenumber",
        "invoiceno",
        "einvoiceno",
        "fphm",
        "fp_hm",
        "qdfphm",
        "发票号码",
        "eiid",
    ),
    "issued_on": ("issuetime", "issuedate", "invoicedate", "kprq", "开票日期", "requesttime"),
    "seller_name": ("sellername", "salername", "xfmc", "xsfmc", "xsf_mc", "xhfmc", "销售方名称"),
    "seller_tax_id": (
        "selleridnum",
        "sellertaxid",
        "sellertaxno",
        "xfsh",
        "xfsbh",
        "xsfnsrsbh",
        "xsf_nsrsbh",
        "销售方识别号",
        "销售方纳税人识别号",
    ),
    "buyer_name": ("buyername", "gfmc", "gmfmc", "ghfmc", "gmf_mc", "购买方名称"),
    "buyer_tax_id": (
        "buyeridnum",
        "buyertaxid",
        "buyertaxno",
        "gfsh",
        "gfsbh",
        "gmfnsrsbh",
        "gmf_nsrsbh",
        "购买方识别号",
        "购买方纳税人识别号",
    ),
    "amount_cny": (
        "totalamwithouttax",
        "taxexclusivetotalamount",
        "amountwithouttax",
        "hjje",
        "合计金额",
        "金额合计",
    ),
    "tax_cny": ("totaltaxam", "taxtotalamount", "totaltaxamount", "taxamount", "hjse", "合计税额"),
    "total_cny": (
        "totaltax-includedamount",
        "totaltaxincludedamount",
        "taxinclusivetotalamount",
        "totalamount",
        "jshj",
        "价税合计",
    ),
    "check_code": ("invoicecheckcode", "checkcode", "jym", "校验码"),
}
"""By field name, the elements that state it, the surest first, in small letters."""
ITEMS = {"issuiteminformation", "goodsinfo", "goodsinfos", "fyxm", "common_fpkj_xmxx", "detail"}
"""An item states amounts of its own, under names that the whole invoice may have too."""
COLUMNS: dict[str, tuple[str, ...]] = {
    "项目名称": ("itemname", "item", "spmc", "xmmc"),
    "规格型号": ("specmod", "specification", "ggxh"),
    "单位": ("meaunits", "measurementdimension", "dw"),
    "数量": ("quantity", "spsl", "xmsl"),
    "单价": ("unprice", "price", "dj", "xmdj"),
    "金额": ("amount", "je", "xmje"),
    "税率": ("taxrate", "taxscheme", "sl"),
    "税额": ("comtaxam", "taxamount", "se"),
}
READER = "einvoice-xml-reader@1"
SPECIAL, GENERAL = "vat_special_invoice", "vat_general_invoice"
KIND_CODES = {"01": SPECIAL, "02": GENERAL}
"""What ``GeneralOrSpecialVAT`` says."""
TYPE_CODES = {"01": SPECIAL, "08": SPECIAL, "04": GENERAL, "10": GENERAL, "11": GENERAL}
"""What the older data calls an invoice's kind, as its QR code does."""
TICKETS = re.compile(r"客票|行程单|车票|机票")
"""Electronic invoices of railways and airlines are no proof of trade."""
MAX_VALUE = 300
MAX_ITEMS = 60
NEEDED = ("invoice_number", "total_cny")

Leaves = dict[str, str]


def answer(content: bytes, asked: Mapping[str, Any]) -> Iterator[bytes]:
    """The data as a form of one page.

    Raises:
        BrokenFile: Not well formed.
        OverblownFile: Larger or deeper than any invoice.
        UnsupportedType: XML that is no invoice's.
    """
    return packed(sheets_of(content))


def sheets_of(content: bytes) -> Sheets:
    """The data as a form of one page (see :func:`answer`)."""
    root = tree(content)
    data = stated(root)
    if not data:
        raise UnsupportedType("XML that is no invoice's")
    return Sheets([drawn(data, items(root))], 1, data, READER)


def stated(root: Element) -> dict[str, str]:
    """What an invoice's data says, by field name, as it stands; empty where it is no invoice's.

    ``kind`` is the voucher type where the data says it, ``other`` for a ticket.
    """
    leaves = _leaves(root)
    found = {field: value for field, names in NAMES.items() if (value := _first(leaves, names))}
    if not all(name in found for name in NEEDED) or not {"seller_name", "buyer_name"} & set(found):
        return {}
    return {**found, "kind": _kind(root, leaves, found)}


def _first(leaves: Leaves, names: Sequence[str]) -> str:
    return next((leaves[name] for name in names if leaves.get(name)), "")


def _leaves(root: Element) -> Leaves:
    """The first value of every name outside the items."""
    found: Leaves = {}
    waiting = [root]
    while waiting:
        element = waiting.pop()
        name = local(element).lower()
        if name in ITEMS:
            continue
        text = " ".join((element.text or "").split())[:MAX_VALUE]
        if text:
            found.setdefault(name, text)
        waiting.extend(reversed(element))
    return found


def _kind(root: Element, leaves: Leaves, found: Mapping[str, str]) -> str:
    labels = [e for e in root.iter() if local(e).lower() in ("generalorspecialvat", "einvoicetype")]
    said = " ".join(" ".join(label.itertext()) for label in labels)
    if TICKETS.search(said):
        return "other"
    for label in labels:
        codes = ["".join(c.itertext()).strip() for c in children(label, "LabelCode")]
        if local(label).lower() == "generalorspecialvat" and codes and codes[0] in KIND_CODES:
            return KIND_CODES[codes[0]]
    written = " ".join([said, *(leaves.get(n, "") for n in ("invoicetype", "title", "fpmc"))])
    if "专用" in written or "普通" in written:
        return SPECIAL if "专用" in written else GENERAL
    code = next((leaves[n] for n in ("typecode", "fplxdm", "fplx") if n in leaves), "")
    if code[-2:] in TYPE_CODES:
        return TYPE_CODES[code[-2:]]
    return SPECIAL if _special_code(found.get("invoice_code", "")) else GENERAL


def _special_code(code: str) -> bool:
    """Whether an invoice's code is one of special ones.

    By the tax administration's coding: in 12 digits that begin with 0 the last two say the kind,
    13 being electronic special ones; in 10 digits the eighth is 1 or 5 of special ones.
    """
    if len(code) == 12:
        return code.startswith("0") and code.endswith("13")
    return len(code) == 10 and code[7] in "15"


def items(root: Element) -> list[list[str]]:
    """The goods, a row each beneath a row of headers; empty where there are none."""
    rows: list[list[str]] = []
    for element in root.iter():
        if local(element).lower() in ITEMS and len(rows) < MAX_ITEMS:
            leaves = {local(e).lower(): " ".join((e.text or "").split()) for e in element}
            row = [_first(leaves, names) for names in COLUMNS.values()]
            if row[0]:
                rows.append([cell[:MAX_VALUE] for cell in row])
    return [list(COLUMNS), *rows] if rows else []
