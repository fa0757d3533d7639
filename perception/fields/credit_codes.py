"""The 18 letters of a unified credit code: what they mean and how two check letters prove them.

GB 32100-2015: who registered it (2 letters), the place (6 digits), the organisation's own code
(9 letters) and a check letter over all. The organisation's code is that of GB 11714-1997, whose
last letter checks the eight before it: all 64 codes of the real licences at hand satisfy both.
"""

from __future__ import annotations

import re
from itertools import chain

from stdnum.cn import uscc

LENGTH = 18
BODY = re.compile(
    r"(?:1[1239]|5[1239]|9[123]|[2-8A][1-9]|N[1239]|Y1)"
    r"(?:1[0-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|7[12]|8[12])\d{4}"
)
"""How a code begins: who registered it, what it is, and the place (a province's number first)."""
MARKET = re.compile(r"9[123]")
"""A business, registered by the market supervision."""
NEVER = {"O": "0", "I": "1", "Z": "2", "S": "5", "V": "U"}
"""Letters that no code has, and what each was misread from."""
DIGITS_ONLY = NEVER | {"D": "0", "Q": "0", "L": "1", "B": "8"}
"""What the letters of the place were misread from, which are digits."""
PAIRS = "8B 6G 3B 0D 0Q 17 1L 1T 4A 5S 2Z UV HM MN KX RP EF CG XY 38 68 08 56 35 WM 0C"
CONFUSED: dict[str, set[str]] = {}
"""For each letter, those that it is taken for in small or blurred print."""
for _pair in PAIRS.split():
    CONFUSED.setdefault(_pair[0], set()).add(_pair[1])
    CONFUSED.setdefault(_pair[1], set()).add(_pair[0])
ORGANISATION = slice(8, 17)
WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
"""Of the organisation's eight letters (GB 11714)."""


def is_code(text: str) -> bool:
    """Whether a text is a code by its beginning and its last letter."""
    return bool(BODY.match(text)) and uscc.is_valid(text)


def organisation_holds(code: str) -> bool:
    """Whether the organisation's own check letter holds, the second last of the code."""
    letters, check = code[ORGANISATION][:-1], code[ORGANISATION][-1:]
    if not all(c.isdigit() or "A" <= c <= "Z" for c in letters):
        return False
    rest = 11 - sum(w * int(c, 36) for w, c in zip(WEIGHTS, letters, strict=True)) % 11
    return check == {10: "X", 11: "0"}.get(rest, str(rest))


def put_right(text: str) -> str | None:
    """The code that eighteen letters stand for where letters were misread; None where unproven.

    Letters that no code has are put right where the last check letter then holds. A letter of the
    organisation's own code is exchanged for one that it is often taken for only where both check
    letters then hold, and no other exchange does as well: a wrong exchange passes both by chance
    once in 341 times, where the last letter alone would let one in 31 pass.
    """
    fixed = "".join(NEVER.get(c, c) for c in text)
    fixed = fixed[:2] + "".join(DIGITS_ONLY.get(c, c) for c in fixed[2:8]) + fixed[8:]
    if is_code(fixed):
        return fixed
    if not MARKET.match(fixed):
        return None
    proven = {
        code
        for code in chain.from_iterable(_exchanged(fixed, place) for place in range(8, LENGTH - 1))
        if is_code(code) and organisation_holds(code)
    }
    return proven.pop() if len(proven) == 1 else None


def _exchanged(text: str, place: int) -> list[str]:
    """The text with the letter there exchanged for each that it may be taken for."""
    others = CONFUSED.get(text[place], set())
    return [text[:place] + letter + text[place + 1 :] for letter in sorted(others)]
