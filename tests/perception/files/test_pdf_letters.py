"""Letters of a PDF stand where they are read, those that PDFium misplaces among them."""

from __future__ import annotations

import pytest

from perception.files.decode import decode
from perception.files.pdf_letters import _settled
from perception.synthesis.forms import make_voucher
from perception.synthesis.press import Press

STEP = 12.0


def line(text: str, lost: set[int]) -> list[tuple[str, tuple[float, float, float, float]]]:
    away = (1_500.0, 400.0, 1_533.0, 444.0)
    placed = [
        (letter, (100 + STEP * n, 50.0, 110 + STEP * n, 60.0)) for n, letter in enumerate(text)
    ]
    return [(a, away if n in lost else b) for n, (a, b) in enumerate(placed)]


@pytest.mark.parametrize("lost", [{2}, {0}, {5}, {2, 3}, set()])
def test_letters_astray_stand_between_their_neighbours(lost: set[int]) -> None:
    right, found = line("西宁晨光示例", set()), _settled(line("西宁晨光示例", lost))
    assert [letter for letter, _ in found] == [letter for letter, _ in right]
    for (_, is_at), (_, ought) in zip(found, right, strict=True):
        assert is_at[0] == pytest.approx(ought[0], abs=STEP)
        assert is_at[1] == pytest.approx(ought[1], abs=2)


@pytest.mark.browser
def test_no_letter_of_a_browser_s_print_is_lost(press: Press) -> None:
    voucher = make_voucher("purchase_order", 2, press, form="pdf", layout="grid")
    assert voucher.pdf
    pages, _ = decode(voucher.pdf)
    texts = [x.text for x in pages[0].text]
    for name in ("buyer_name", "seller_name", "order_number"):
        assert any(voucher.fields[name] in text for text in texts), name
