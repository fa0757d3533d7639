"""Each check on what it should pass and what it should not."""

from __future__ import annotations

import pytest

from perception.genuine.authenticity import CHECKS, Sight, authenticate
from perception.inspection import Field, Line, Mark, Verdict

BOX = (0, 0, 10, 10)
CODE = "01,01,1301261130,87719414,95963.31,20261009,,AB12"


def field(name: str, value: str, confidence: float = 0.97) -> Field:
    return Field(name, name, name, value, value, confidence, BOX)


def sight(*lines: str, code: str | None = None, **values: str) -> Sight:
    marks = [Mark("qr", code, BOX, 0.99)] if code else []
    fields = {name: field(name, value) for name, value in values.items()}
    return Sight(fields, marks, [Line(text, 0.99, BOX) for text in lines])


def passed(seen: Sight) -> dict[str, bool]:
    return {c.name: c.passed for c in authenticate(seen, None).checks}


SUMS = {"amount_cny": "95963.31", "tax_cny": "8636.69", "total_cny": "104600.00"}


@pytest.mark.parametrize(
    ("seen", "name", "holds"),
    [
        (sight(social_credit_code="92130108G8BLHHDH6N"), "credit_code_check_digit", True),
        (sight(social_credit_code="92130108G8BLHHDH6K"), "credit_code_check_digit", False),
        (sight(**SUMS), "amount_arithmetic", True),
        (sight(**{**SUMS, "total_cny": "194600.00"}), "amount_arithmetic", False),
        (sight("壹拾万肆仟陆佰圆整", **SUMS), "capital_amount", True),
        (sight("壹拾玖万肆仟陆佰圆整", **SUMS), "capital_amount", False),
        (sight(established_on="2017-11-29", valid_until="2037-11-28"), "dates_in_order", True),
        (sight(established_on="2017-11-29", valid_until="2007-11-28"), "dates_in_order", False),
        (sight(code=CODE, invoice_number="87719414", **SUMS), "qr_matches_print", True),
        (sight(code=CODE, invoice_number="87719415", **SUMS), "qr_matches_print", False),
        (sight(code=CODE, total_cny="194600.00"), "qr_matches_print", False),
    ],
)
def test_a_check_says_what_it_saw(seen: Sight, name: str, holds: bool) -> None:
    found = authenticate(seen, None)
    (check,) = [c for c in found.checks if c.name == name]
    assert check.passed is holds
    assert check.detail
    assert found.verdict is (Verdict.GENUINE if holds else Verdict.DOUBTFUL)


def test_where_nothing_applies_nothing_is_said() -> None:
    assert all(check(Sight({})) is None for check in CHECKS)
    assert authenticate(Sight({}), None).verdict is Verdict.GENUINE


def test_a_misread_code_is_not_held_against_anybody() -> None:
    seen = Sight({"social_credit_code": field("social_credit_code", "92130108G8BLHHDH6K", 0.3)})
    assert "credit_code_check_digit" not in passed(seen)


def test_one_score_alone_never_forges() -> None:
    assert authenticate(Sight({}), 0.999).verdict is Verdict.DOUBTFUL
    both = sight("壹拾万肆仟陆佰圆整", code=CODE, **{**SUMS, "total_cny": "194600.00"})
    assert authenticate(both, 0.1).verdict is Verdict.FORGED


PARTIES = {"party_a": "保定示例宏远机械设备有限公司", "party_b": "杭州示例佳美包装材料有限公司"}


@pytest.mark.parametrize(
    ("seal", "fields", "holds"),
    [
        ("保定示例宏远机械设备有限公司", PARTIES, True),
        ("保定示例宏近机械设务有限公司", PARTIES, True),
        ("成都示例聚鑫服饰商行", PARTIES, False),
        ("合同专用章", PARTIES, None),
        ("成都示例聚鑫服饰商行", {"party_a": PARTIES["party_a"]}, None),
        (None, PARTIES, None),
    ],
)
def test_a_contract_s_seal_is_a_party_s(
    seal: str | None, fields: dict[str, str], holds: bool | None
) -> None:
    seen = sight(**fields)
    with_seal = Sight(seen.fields, [Mark("seal", seal, BOX, 0.9)], seen.lines)
    assert passed(with_seal).get("seal_matches_party") is holds


def test_every_check_has_a_name_and_a_docstring() -> None:
    names = [check.__name__ for check in CHECKS]
    assert len(set(names)) == len(names)
    assert all(check.__doc__ for check in CHECKS)
