"""The voucher files: what each kind looks like, its fields, and the facts that it yields."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict, model_validator

from bailing.terms import FactKind, VoucherType

FOLDER = Path(__file__).parent / "vouchers"
Kind = Literal[
    "company",
    "person",
    "credit_code",
    "digits",
    "text",
    "wrapped",
    "date",
    "date_until",
    "amount",
    "capital",
]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Title(_Strict):
    """A name in both languages."""

    zh: str
    en: str


class FieldFile(_Strict):
    """A field: its label on the paper, in other words too, and what kind of value it has."""

    name: str
    label: Title
    labels: tuple[str, ...]
    kind: Kind
    required: bool = False


class FactFile(_Strict):
    """A fact that the kind yields, from a field or from being seen at all.

    Where ``holder`` names a party's field, the fact holds only of a merchant who is that party.
    """

    kind: FactKind
    field: str | None
    holder: str | None = None


class VoucherFile(_Strict):
    """One kind of voucher: known by words of its title, or by its look."""

    type: VoucherType
    title: Title
    words: tuple[str, ...] = ()
    helps: tuple[str, ...] = ()
    looks: tuple[str, ...] = ()
    fields: tuple[FieldFile, ...]
    facts: tuple[FactFile, ...]

    @model_validator(mode="after")
    def _complete(self) -> VoucherFile:
        if not self.words and not self.looks:
            raise ValueError("known neither by words nor by a look")
        names = {f.name for f in self.fields}
        asked = {name for f in self.facts for name in (f.field, f.holder) if name is not None}
        if not asked <= names:
            raise ValueError(f"a fact from fields that are not there: {sorted(asked - names)}")
        return self


@cache
def voucher_files() -> dict[VoucherType, VoucherFile]:
    """Every kind that is read, by its type."""
    files = [
        VoucherFile.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")))
        for path in sorted(FOLDER.glob("*.yml"))
    ]
    return {file.type: file for file in files}
