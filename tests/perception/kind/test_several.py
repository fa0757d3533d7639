"""Several papers in one photo."""

from __future__ import annotations

from collections.abc import Sequence

from bailing.terms import VoucherType
from perception.inspection import Guess
from perception.kind.several import surest_paper
from perception.page.reading import ReadLine, boxed

LICENCE = [boxed("营业执照", 0.9, (0, 0, 100, 20))]
INVOICE = [boxed("增值税专用发票", 0.9, (300, 0, 400, 20))]
NOTE = [boxed("买菜", 0.9, (600, 0, 700, 20))]


def decide(group: Sequence[ReadLine]) -> tuple[Guess, ...]:
    text = group[0].text
    if text == "营业执照":
        return Guess(VoucherType.BUSINESS_LICENSE, 0.9), Guess(VoucherType.OTHER, 0.1)
    if text == "增值税专用发票":
        return Guess(VoucherType.VAT_SPECIAL_INVOICE, 0.97), Guess(VoucherType.OTHER, 0.03)
    return (Guess(VoucherType.OTHER, 1.0),)


def test_the_surest_paper_comes_first_and_the_others_behind_it() -> None:
    found = surest_paper([LICENCE, INVOICE, NOTE], decide)
    assert found is not None
    group, kinds = found
    assert group == INVOICE
    assert [g.type for g in kinds] == [
        VoucherType.VAT_SPECIAL_INVOICE, VoucherType.BUSINESS_LICENSE, VoucherType.OTHER,
    ]  # fmt: skip


def test_a_paper_beside_a_note_is_one_paper() -> None:
    assert surest_paper([LICENCE, NOTE], decide) is None


def test_two_of_a_kind_are_named_once() -> None:
    found = surest_paper([LICENCE, LICENCE], decide)
    assert found is not None
    assert [g.type for g in found[1]] == [VoucherType.BUSINESS_LICENSE, VoucherType.OTHER]
