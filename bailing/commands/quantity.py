"""``bailing quantity``: quantities in people's words, a line in, a range out."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Annotated

import typer

from bailing.commands.lines import read_lines
from bailing.terms import Quantity


def quantity_command(
    source: Annotated[
        str, typer.Argument(help="A file of texts, one a line; - for standard input.")
    ] = "-",
    as_json: Annotated[
        bool, typer.Option("--json", help="One JSON object or null a line.")
    ] = False,
) -> None:
    """Read quantities in merchants' words: 三五万, 每天两三千, 四十来天, 150,000 yuan a month."""
    from actions.quantity import read_quantity, say_quantity

    for line in read_lines(source):
        quantity = read_quantity(line)
        if as_json:
            typer.echo(json.dumps(quantity_record(quantity)))
        else:
            typer.echo(f"{line}\t{say_quantity(quantity) if quantity else '-'}")


def quantity_record(quantity: Quantity | None) -> dict[str, float | int | str | None] | None:
    """What ``--json`` prints: ``{"low", "high", "unit", "period"}``, or None."""
    if quantity is None:
        return None
    return {
        "low": _number(quantity.low),
        "high": _number(quantity.high),
        "unit": quantity.unit.value,
        "period": quantity.period.value if quantity.period else None,
    }


def _number(value: Decimal) -> float | int:
    return int(value) if value == int(value) else float(value)
