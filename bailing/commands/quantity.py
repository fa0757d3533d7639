"""``bailing quantity``: quantities in people's words, a line in, a range out."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from decimal import Decimal
from pathlib import Path
from typing import Annotated

import typer

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

    for line in _lines(source):
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


def _lines(source: str) -> Iterable[str]:
    if source == "-":
        said = sys.stdin.buffer.read().decode("utf-8", errors="replace")
        return [line.rstrip("\r") for line in said.removesuffix("\n").split("\n")] if said else []
    try:
        return Path(source).read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        typer.echo(f"unreadable_source: {error}", err=True)
        raise typer.Exit(2) from error
