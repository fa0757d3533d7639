"""Names and numbers made unreadable, while amounts, dates and the run of the talk stay.

What a paper says is masked field by field: all but what is known to name nobody. In running
text every value that the case's papers and file hold is masked where it stands, and what looks
like a number of a person, card, phone, vehicle or business.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterable, Mapping
from typing import Any, TypeVar

OPEN_FIELDS = re.compile(
    r"(_cny|_on|_until|_from|_type|_days|_percent|_count|_area|_sqm|^registered_capital"
    r"|^business_scope|^company_type)$"
)
"""Fields that name nobody."""
NAMING_ENTITIES = {"person", "company"}
SPOKEN = {"said", "put", "text", "value", "before", "after", "summary", "buttons", "detail"}
"""Parts of a timeline that hold what people or papers said."""
SHORT = 6
"""Up to so many characters only the first is left."""
LEAST = 2
"""Characters of a value that is looked for in running text."""

_ORGANISATION = (
    r"[\u4e00-\u9fff（）()]{2,24}?"
    r"(?:有限公司|公司|货运部|经营部|批发部|服务部|商行|合作社|工作室|个体户|便利店|超市|商店)"
)
_NUMBERS = re.compile(
    r"(?<![0-9A-Za-z])(?:"
    r"[0-9A-Z]{18}"  # credit code, identity card
    r"|\d{17}[\dXx]"
    r"|1[3-9]\d[ -]?\d{4}[ -]?\d{4}"  # mobile phone
    r"|0\d{2,3}[ -]\d{7,8}"  # telephone
    r"|(?:\d{4}[ -]){3,4}\d{1,7}"  # bank card
    r"|\d{7,}(?!\d*(?:\.\d+)?\s*(?:元|块|万|yuan|CNY))"
    r")(?![0-9A-Za-z])"
)
_PLATE = re.compile(
    r"[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-Z][·• ]?[A-Z0-9]{5,6}"
)
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")

T = TypeVar("T")


class Masker:
    """Masks one case's names and numbers.

    Args:
        known: Values that name somebody, wherever they stand.
    """

    def __init__(self, known: Iterable[str]) -> None:
        values = sorted({v.strip() for v in known if len(v.strip()) >= LEAST}, key=len)
        named = "|".join(re.escape(v) for v in reversed(values))
        self._known = re.compile(named) if named else None

    def text(self, words: str) -> str:
        """Running text with every name and number masked."""
        if self._known is not None:
            words = self._known.sub(lambda m: mask(m.group()), words)
        for pattern in (_EMAIL, _NUMBERS, _PLATE):
            words = pattern.sub(lambda m: mask(m.group()), words)
        return re.sub(_ORGANISATION, lambda m: mask(m.group()), words)

    def field(self, name: str, value: str) -> str:
        """A field's value: as it is where it names nobody."""
        return self.text(value) if OPEN_FIELDS.search(name) else mask(value)

    def records(self, value: T) -> T:
        """A timeline's record with all that was said in it masked."""
        masked: T = self._over(value, spoken=False)
        return masked

    def _over(self, value: Any, *, spoken: bool) -> Any:
        if isinstance(value, str):
            return self.text(value) if spoken else value
        if dataclasses.is_dataclass(value) and not isinstance(value, type):
            naming = getattr(value, "kind", None) in NAMING_ENTITIES
            changed = {
                f.name: mask(getattr(value, f.name))
                if naming and f.name == "value"
                else self._over(getattr(value, f.name), spoken=spoken or f.name in SPOKEN)
                for f in dataclasses.fields(value)
            }
            return dataclasses.replace(value, **changed)
        if isinstance(value, Mapping):
            return {k: self._detail(str(k), v, spoken) for k, v in value.items()}
        if isinstance(value, tuple | list):
            return type(value)(self._over(v, spoken=spoken) for v in value)
        return value

    def _detail(self, key: str, value: Any, spoken: bool) -> Any:
        return value if key.endswith("_id") else self._over(value, spoken=spoken)


def mask(value: str) -> str:
    """A value of which only so much is left as tells two apart.

    The surname of a person, the first and last two characters of a longer name, the last four
    of a number.
    """
    plain = value.strip()
    if not plain:
        return value
    if plain.isascii():
        left = 4 if len(plain) >= 8 else 1 if len(plain) >= 3 else 0
        return "****" + plain[len(plain) - left :]
    if len(plain) <= SHORT:
        return plain[0] + "＊" * max(1, len(plain) - 1)
    return f"{plain[:2]}＊＊＊{plain[-2:]}"


def personal_values(
    names: Iterable[str | None],
    papers: Iterable[Mapping[str, Any]],
    corrections: Iterable[tuple[str, str | None, str]],
) -> list[str]:
    """Every value of a case that names somebody.

    Args:
        names: As the lender has them.
        papers: The fields of each paper: name to ``{"value", "raw"}``.
        corrections: Field, what was read, and what it should be.
    """
    found = [name for name in names if name]
    for fields in papers:
        for name, field in fields.items():
            if not OPEN_FIELDS.search(name):
                parts = (field or {}).get("value"), (field or {}).get("raw")
                found += [str(part) for part in parts if part]
    for name, read, value in corrections:
        if not OPEN_FIELDS.search(name):
            found += [part for part in (read, value) if part]
    return found
