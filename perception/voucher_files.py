"""The voucher files: what each kind looks like, its fields, and the facts that it yields."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict, field_validator, model_validator

from bailing.terms import FactKind, Period, VoucherType

FOLDER = Path(__file__).parent / "vouchers"
Kind = Literal[
    "company",
    "person",
    "party",
    "credit_code",
    "digits",
    "number",
    "account",
    "text",
    "wrapped",
    "choice",
    "date",
    "date_until",
    "period_from",
    "period_to",
    "amount",
    "capital",
    "count",
    "decimal",
    "kilograms",
    "tons",
    "days",
    "plate",
    "vin",
    "engine",
]
Place = Literal["right", "below"]
"""Where a value stands: behind its label, in its line or on its row; or beneath it."""
Derived = Literal[
    "sum_in", "sum_out", "last_balance", "monthly_inflow", "sum_amount", "sum_quantity"
]
"""How a value that is not printed follows from the rows of the kind's table."""


MACROS = {
    "{date}": (
        r"(?:\d{4}年\d{1,2}月\d{1,2}日?|\d{4}[-./]\d{1,2}[-./]\d{1,2}"
        r"|[〇零○一二三四五六七八九]{4}年[一二三四五六七八九十]{1,3}月[一二三四五六七八九十]{1,3}日?)"
    ),
    "{money}": (
        r"(?:人民币|RMB)?(?:[（(]?[大小]写[）)]?)?[:：]?"
        r"(?:[¥￥]\d[\d,，]*(?:\.\d{1,2})?元?|\d[\d,，]*(?:\.\d{1,2})?万?元|\d[\d,，]*\.\d{2}"
        r"|[零壹贰叁肆伍陆柒捌玖拾佰仟万亿一二三四五六七八九十百千]{2,30}[元圆])"
        r"(?:整|正|[零壹贰叁肆伍陆柒捌玖]+角[零壹贰叁肆伍陆柒捌玖]?分?)?(?:[（(][^（()）]{3,30}[）)])?"
    ),
    "{days}": r"[0-9一二三四五六七八九十百]{1,4}",
}
"""What an expression may name in place of spelling it out."""


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Title(_Strict):
    """A name in both languages."""

    zh: str
    en: str


class FieldFile(_Strict):
    """A field: how it is found on the paper, and what kind of value it has.

    Attributes:
        name: What the Inspection calls it.
        label: What people call it.
        labels: How its label may be printed.
        called: Expressions that a whole label matches: how else it may be called.
        kind: What its value must look like.
        required: Whether a paper without it is hardly of this kind.
        where: Where its value may stand, the likelier place first.
        patterns: Expressions with one group, over the page's text without spaces or line ends.
        rows: Expressions with one group, over one row's text without spaces.
        column: The table's column in which its value stands, on its label's row.
        pick: Which of several is meant.
        trust: Which stands where a label and an expression say different things.
        values: For a choice, the words that stand for each value.
        derived: How it follows from the table where it is not printed.
    """

    name: str
    label: Title
    labels: tuple[str, ...] = ()
    called: tuple[str, ...] = ()
    kind: Kind
    required: bool = False
    where: tuple[Place, ...] = ("right", "below")
    patterns: tuple[str, ...] = ()
    rows: tuple[str, ...] = ()
    column: str | None = None
    pick: Literal["first", "last"] = "first"
    trust: Literal["label", "pattern"] = "label"
    values: dict[str, tuple[str, ...]] = {}
    derived: Derived | None = None

    @field_validator("patterns", "rows", "called", mode="after")
    @classmethod
    def _spelled_out(cls, expressions: tuple[str, ...]) -> tuple[str, ...]:
        spelled = []
        for expression in expressions:
            for name, meaning in MACROS.items():
                expression = expression.replace(name, meaning)
            spelled.append(expression)
        return tuple(spelled)

    @model_validator(mode="after")
    def _findable(self) -> FieldFile:
        for pattern in (*self.patterns, *self.rows):
            if re.compile(pattern).groups != 1:
                raise ValueError(f"{self.name}: one group is the value: {pattern}")
        if (self.kind == "choice") != bool(self.values):
            raise ValueError(f"{self.name}: a choice has values, nothing else has")
        ways = (self.labels, self.called, self.patterns, self.rows, self.values, self.derived)
        if not any(ways):
            raise ValueError(f"{self.name}: nothing says how it is found")
        return self


class TableFile(_Strict):
    """The rows of a statement, an order or a list.

    Attributes:
        columns: For each column, how its header may be printed.
        begins: Columns of which one is filled in every row; what has none goes on in the next line.
        stops: Words with which a row ends the table.
    """

    columns: dict[str, tuple[str, ...]]
    begins: tuple[str, ...]
    stops: tuple[str, ...] = ("合计", "总计", "小计", "共计")

    @model_validator(mode="after")
    def _complete(self) -> TableFile:
        if not self.begins or not set(self.begins) <= set(self.columns):
            raise ValueError("a row begins with one of the columns")
        return self


class FactFile(_Strict):
    """A fact that the kind yields, from a field or from being seen at all.

    Attributes:
        kind: What is stated.
        field: Where its value stands; None for what is shown by being seen.
        holder: A party's field: the fact holds only of a merchant who is that party.
        period: What an amount is per.
        period_field: The field that says so, on the paper itself.
        over: Two fields with the first and last day of the time that the amount is of; it is
            stated per ``period``.
    """

    kind: FactKind
    field: str | None
    holder: str | None = None
    period: Period | None = None
    period_field: str | None = None
    over: tuple[str, str] | None = None


class VoucherFile(_Strict):
    """One kind of voucher: known by words of its title, or by its look.

    Attributes:
        type: Which kind.
        title: Its name.
        words: How its title may be printed.
        unless: Titles of other papers that hold one of the words.
        helps: Words that such a paper bears besides.
        looks: What a photo of the kind looks like.
        fields: What is read.
        stops: Labels without a field, where a value ends.
        parties: Fields of which one names the merchant, or the paper is not the merchant's.
        number: Fields that together are on no other paper.
        table: Its rows.
        facts: What it yields.
    """

    type: VoucherType
    title: Title
    words: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    helps: tuple[str, ...] = ()
    looks: tuple[str, ...] = ()
    fields: tuple[FieldFile, ...]
    stops: tuple[str, ...] = ()
    parties: tuple[str, ...] = ()
    number: tuple[str, ...] = ()
    table: TableFile | None = None
    facts: tuple[FactFile, ...]

    @model_validator(mode="after")
    def _complete(self) -> VoucherFile:
        if not self.words and not self.looks:
            raise ValueError("known neither by words nor by a look")
        names = {f.name for f in self.fields}
        asked = {*self.parties, *self.number}
        for fact in self.facts:
            asked |= {fact.field, fact.holder, fact.period_field, *(fact.over or ())} - {None}
        if not asked <= names:
            raise ValueError(f"fields that are not there: {sorted(asked - names)}")
        columns = set(self.table.columns) if self.table else set()
        if not {f.column for f in self.fields if f.column} <= columns:
            raise ValueError("a field of a column that is not there")
        return self


@cache
def voucher_files() -> dict[VoucherType, VoucherFile]:
    """Every kind that is read, by its type."""
    files = [
        VoucherFile.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")))
        for path in sorted(FOLDER.glob("*.yml"))
    ]
    return {file.type: file for file in files}
