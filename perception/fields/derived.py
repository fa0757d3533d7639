"""What is not printed but follows from the rows: sums, the last balance, a month's inflow."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from perception.fields import money, repair, spans
from perception.fields.tables import Grid
from perception.inspection import Box, Field
from perception.page.layout import joined
from perception.voucher_files import FieldFile, VoucherFile

FROM_ROWS = 0.8
"""How sure a sum over rows is: one row that was not read makes it wrong."""
DAYS_A_MONTH = 30
"""A merchant's month (see ``bailing.terms.MONTHS_IN``)."""
INTO = re.compile(r"收入|^收|贷|存|入|转入|\+")
OUT_OF = re.compile(r"支出|^支|借|取|付|转出|-")
NEITHER = re.compile(r"不计|/|其他|中性")


@dataclass(frozen=True, slots=True)
class Movement:
    """One row of a statement, in yuan; ``change`` is positive for what comes in."""

    change: Decimal | None
    balance: Decimal | None
    day: str | None


def derived_fields(file: VoucherFile, found: Sequence[Field], grids: Sequence[Grid]) -> list[Field]:
    """The fields that follow from the rows, where print gives none or a less sure one.

    Returns:
        They stand in for those of the same name in ``found``.
    """
    by_name = {field.name: field for field in found}
    made: list[Field] = []
    for spec in file.fields:
        if spec.derived is None:
            continue
        field, printed = _derived(spec, by_name, grids), by_name.get(spec.name)
        if field is not None and (printed is None or printed.confidence < field.confidence):
            by_name[spec.name] = field
            made.append(field)
    return made


def _derived(spec: FieldFile, by_name: Mapping[str, Field], grids: Sequence[Grid]) -> Field | None:
    if spec.derived == "monthly_inflow":
        return _monthly(spec, by_name)
    if not grids:
        return None
    value = WAYS[str(spec.derived)](grids)
    if value is None:
        return None
    lines = [line for grid in grids for line in grid.lines if line.line.page == grids[0].page]
    sure = FROM_ROWS * min(1.0, sum(x.confidence for x in lines) / len(lines))
    count = sum(len(grid.rows) for grid in grids)
    text = f"{value:.2f}" if spec.kind == "amount" else f"{value:f}"
    box = joined([x.line.box for x in lines])
    return _field(spec, text, f"{count} rows", sure, box, grids[0].page)


def _field(spec: FieldFile, value: str, raw: str, sure: float, box: Box, page: int) -> Field:
    return Field(spec.name, spec.label.zh, spec.label.en, value, raw, sure, box, page)


def movements(grids: Sequence[Grid]) -> list[Movement]:
    """The rows of a statement, over all its pages; sums mended where balances prove them."""
    found = [m for grid in grids for m in _of_page(grid)]
    mended = repair.balances([m.change for m in found], [m.balance for m in found])
    pairs = zip(found, mended, strict=True)
    return [Movement(change, m.balance, m.day) for m, (change, _) in pairs]


def _of_page(grid: Grid) -> list[Movement]:
    empty = [""] * len(grid.rows)
    cells = {
        name: grid.column(name) or empty
        for name in ("in", "out", "amount", "side", "direction", "balance", "date")
    }
    return [
        Movement(
            _change({name: column[i] for name, column in cells.items()}),
            money.figure(cells["balance"][i]),
            next((d.first for d in spans.days_in(cells["date"][i])), None),
        )
        for i in range(len(grid.rows))
    ]


def _change(row: Mapping[str, str]) -> Decimal | None:
    """What a row brings or takes, in yuan."""
    came, went = money.figure(row["in"]), money.figure(row["out"])
    if came or went:
        return abs(came or Decimal(0)) - abs(went or Decimal(0))
    amount = money.figure(row["amount"])
    side = row["direction"] or row["side"]
    if amount is None or not side:
        return amount
    if OUT_OF.search(side) and not side.startswith(("收入", "贷")):
        return -abs(amount)
    if INTO.search(side):
        return abs(amount)
    return None if NEITHER.search(side) else amount


def _sum_in(grids: Sequence[Grid]) -> Decimal | None:
    rows = movements(grids)
    return sum((m.change for m in rows if m.change and m.change > 0), Decimal(0)) if rows else None


def _sum_out(grids: Sequence[Grid]) -> Decimal | None:
    rows = movements(grids)
    return sum((-m.change for m in rows if m.change and m.change < 0), Decimal(0)) if rows else None


def _last_balance(grids: Sequence[Grid]) -> Decimal | None:
    """The balance of the latest row; statements run either way in time."""
    rows = [m for m in movements(grids) if m.balance is not None]
    if not rows:
        return None
    days = [m.day for m in rows if m.day]
    backward = len(days) > 1 and days[0] > days[-1]
    return rows[0].balance if backward else rows[-1].balance


def _sum_of(name: str) -> Callable[[Sequence[Grid]], Decimal | None]:
    """A column's sum; where its last row is the sum of the others, that row is the total."""

    def add(grids: Sequence[Grid]) -> Decimal | None:
        cells = [cell for grid in grids for cell in grid.column(name) or ()]
        numbers = [n for cell in cells if (n := money.figure(cell)) is not None]
        if len(numbers) > 2 and numbers[-1] == sum(numbers[:-1]):
            return numbers[-1]
        return sum(numbers, Decimal(0)) if numbers else None

    return add


WAYS: dict[str, Callable[[Sequence[Grid]], Decimal | None]] = {
    "sum_in": _sum_in,
    "sum_out": _sum_out,
    "last_balance": _last_balance,
    "sum_amount": _sum_of("amount"),
    "sum_quantity": _sum_of("quantity"),
}


def _monthly(spec: FieldFile, by_name: Mapping[str, Field]) -> Field | None:
    """What came in, spread over the months of the statement."""
    total, since, until = (by_name.get(n) for n in ("total_in_cny", "period_from", "period_to"))
    if total is None or since is None or until is None:
        return None
    months = months_between(since.value, until.value)
    if not months:
        return None
    value = f"{Decimal(total.value) / months:.2f}"
    sure = min(field.confidence for field in (total, since, until))
    raw = f"{total.value} / {months.normalize():f}"
    return _field(spec, value, raw, sure, total.box, total.page)


def months_between(first: str, last: str) -> Decimal | None:
    """Months of a span of ISO days, both ends in it: whole ones, else days by thirty, at least one.

    None where the span ends before it begins.
    """
    since, until = date.fromisoformat(first), date.fromisoformat(last)
    after = until + timedelta(days=1)
    if after <= since:
        return None
    if since.day == after.day:
        return Decimal((after.year - since.year) * 12 + after.month - since.month)
    return max(Decimal(1), Decimal((after - since).days) / DAYS_A_MONTH)
