"""Data drawn as a plain form, so that there is something to show and places to point at."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PIL import Image, ImageDraw

from perception.files.faces import write
from perception.files.sheets import Sheet

WIDTH = 1_240
MARGIN, LETTER, ROW = 60, 26, 46
TITLE_LETTER = 40
MAX_ROWS = 70
TITLES = {
    "vat_special_invoice": "增值税专用发票（数据）",
    "vat_general_invoice": "增值税普通发票（数据）",
}
LABELS = {
    "invoice_code": "发票代码",
    "invoice_number": "发票号码",
    "issued_on": "开票日期",
    "check_code": "校验码",
    "buyer_name": "购买方名称",
    "buyer_tax_id": "购买方识别号",
    "seller_name": "销售方名称",
    "seller_tax_id": "销售方识别号",
    "amount_cny": "金额合计",
    "tax_cny": "税额合计",
    "total_cny": "价税合计",
}


def drawn(data: Mapping[str, str], table: Sequence[Sequence[str]] = ()) -> Sheet:
    """A page that shows the values under their labels, and the table beneath.

    Args:
        data: Values by field name; ``kind`` chooses the title.
        table: Rows of cells, their headers first.
    """
    shown = [(label, data[name]) for name, label in LABELS.items() if data.get(name)]
    table = table[:MAX_ROWS]
    height = 2 * MARGIN + ROW * (3 + len(shown) + len(table))
    image = Image.new("RGB", (WIDTH, height), "white")
    page = _Form(ImageDraw.Draw(image))
    page.put(TITLES.get(data.get("kind", ""), "电子发票（数据）"), 380, MARGIN, TITLE_LETTER)
    at = MARGIN + 2 * ROW
    for label, value in shown:
        page.put(label, MARGIN, at)
        page.put(value, MARGIN + 220, at)
        at += ROW
    for row in table:
        at += ROW
        for column, cell in enumerate(row):
            page.put(cell, MARGIN + column * (WIDTH - 2 * MARGIN) // len(row), at, LETTER * 0.6)
    return Sheet(image.tobytes(), WIDTH, height, lines=page.lines, drawn=True, printed=False)


class _Form:
    def __init__(self, draw: ImageDraw.ImageDraw) -> None:
        self._draw = draw
        self.lines: list[tuple[str, tuple[float, ...]]] = []

    def put(self, text: str, x: float, top: float, size: float = LETTER) -> None:
        """Write a text, and note where it stands."""
        if not text:
            return
        write(self._draw, text, x, top, size)
        wide = sum(1.0 if ord(c) > 0x2E7F else 0.55 for c in text) * size
        right, low = min(x + wide, WIDTH - 1), top + size
        self.lines.append((text, (x, top, right, top, right, low, x, low)))
