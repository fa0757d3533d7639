"""Legal forms, and letters misread in them."""

from __future__ import annotations

import pytest

from perception.fields.legal_forms import is_legal_form, legal_form


@pytest.mark.parametrize(
    "text", ["个体工商户", "有限责任公司(自然人独资)", "有限责任公司（自然人投资或控股）"]
)
def test_forms_are_known_whatever_their_brackets(text: str) -> None:
    assert is_legal_form(text)
    assert legal_form(text) is None


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("有限责任公司（白然人独资）", "有限责任公司（自然人独资）"),
        ("有限贵任公司（自然人投资或控股）", "有限责任公司（自然人投资或控股）"),
        ("法人商事主体【有限责任公司（自然人独资）】", None),
        ("河北省石家庄市", None),
        ("", None),
    ],
)
def test_a_misread_form_is_put_right(text: str, form: str | None) -> None:
    assert legal_form(text) == form
