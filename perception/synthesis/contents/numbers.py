"""Numbers that papers bear, right by their own check digits."""

from __future__ import annotations

import numpy as np
from stdnum import luhn
from stdnum.cn import uscc

from perception.synthesis.contents.places import Place, any_place

_PLATE_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"
_CODE_SIGNS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_PROVINCES = "京津冀晋蒙辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝川贵云藏陕甘青宁新"
_VIN_SIGNS = "0123456789ABCDEFGHJKLMNPRSTUVWXYZ"
_VIN_VALUES = dict(
    zip(
        "0123456789ABCDEFGHJKLMNPRSTUVWXYZ",
        [*range(10), *range(1, 9), 1, 2, 3, 4, 5, 7, 9, *range(2, 10)],
        strict=True,
    )
)
_VIN_WEIGHTS = (8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2)


def digits(rng: np.random.Generator, count: int) -> str:
    """So many digits, the first not 0."""
    return str(rng.integers(1, 10)) + "".join(str(d) for d in rng.integers(0, 10, count - 1))


def credit_code(rng: np.random.Generator, region: str, *, sole_trader: bool) -> str:
    """A valid unified social credit code of that region (GB 32100-2015; inner code GB 11714)."""
    body = (
        [int(rng.integers(36)) for _ in range(8)] if sole_trader else list(rng.integers(0, 10, 8))
    )
    signs = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    body = [v if signs[v] in _CODE_SIGNS else int(rng.integers(10)) for v in body]
    weights = (3, 7, 9, 10, 5, 8, 4, 2)
    rest = 11 - sum(w * int(v) for w, v in zip(weights, body, strict=True)) % 11
    inner = {10: "X", 11: "0"}.get(rest, str(rest))
    head = f"9{2 if sole_trader else 1}{region}" + "".join(signs[int(v)] for v in body) + inner
    return head + str(uscc.calc_check_digit(head))


def registration_number(rng: np.random.Generator, region: str) -> str:
    """The 15 digits of licences before 2015 (GS 15-2006); the last by ISO 7064 MOD 11,10."""
    body = region + digits(rng, 8)
    rest = 10
    for figure in body:
        rest = (rest + int(figure)) % 10 or 10
        rest = rest * 2 % 11
    return body + str((11 - rest) % 10)


def plate_number(rng: np.random.Generator, province: str | None = None) -> str:
    """A number plate of seven signs, e.g. 冀A5K82P; no letter I or O."""
    head = province or _PROVINCES[rng.integers(len(_PROVINCES))]
    tail = [str(rng.integers(10)) for _ in range(5)]
    for place in rng.choice(5, int(rng.integers(1, 3)), replace=False):
        tail[place] = _PLATE_LETTERS[rng.integers(len(_PLATE_LETTERS))]
    return head + "ABCDEFGH"[rng.integers(8)] + "".join(tail)


def local_plate(rng: np.random.Generator, place: Place | None = None) -> str:
    """A plate with the letters of that place."""
    return (place or any_place(rng)).plate + plate_number(rng)[2:]


def vin(rng: np.random.Generator, maker: str = "LBZ") -> str:
    """A vehicle's 17 signs, the ninth a right check digit (GB 16735)."""
    signs = list(maker + "".join(_VIN_SIGNS[k] for k in rng.integers(0, len(_VIN_SIGNS), 14)))
    signs[-6:] = [str(d) for d in rng.integers(0, 10, 6)]
    total = sum(_VIN_VALUES[s] * w for s, w in zip(signs, _VIN_WEIGHTS, strict=True))
    signs[8] = "X" if total % 11 == 10 else str(total % 11)
    return "".join(signs)


def vin_is_valid(text: str) -> bool:
    """Whether the ninth of 17 signs is the check digit of the others."""
    if len(text) != 17 or any(sign not in _VIN_VALUES for sign in text):
        return False
    total = sum(_VIN_VALUES[s] * w for s, w in zip(text, _VIN_WEIGHTS, strict=True))
    return text[8] == ("X" if total % 11 == 10 else str(total % 11))


def card_number(rng: np.random.Generator, head: str = "62") -> str:
    """A bank card's 19 digits, the last by Luhn."""
    body = head + digits(rng, 18 - len(head))
    return body + luhn.calc_check_digit(body)


def firm_account(rng: np.random.Generator) -> str:
    """A firm's account at a bank: 15 to 20 digits, without a public check digit."""
    return digits(rng, int(rng.integers(15, 21)))


def mobile(rng: np.random.Generator) -> str:
    """A mobile number in no operator's range (1 and 0), so that it rings nowhere."""
    return "10" + digits(rng, 9)
