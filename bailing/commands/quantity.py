"""``bailing quantity``: what quantities in people's words mean."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from bailing.commands.lines import print_each, read_lines


def quantity(
    source: Annotated[str, typer.Argument(help="a file, or - for standard input")] = "-",
    json_output: Annotated[bool, typer.Option("--json", help="one JSON object a line")] = False,
) -> None:
    """Read each line's quantity: its range, unit and period, or null."""
    from actions.quantity import read_quantity, say_quantity

    if not json_output:
        for line in read_lines(source):
            found = read_quantity(line)
            print(say_quantity(found) if found else "—", flush=True)
        return

    def answer(line: str) -> dict[str, Any] | None:
        found = read_quantity(line)
        if found is None:
            return None
        return {
            "low": float(found.low),
            "high": float(found.high),
            "unit": found.unit.value,
            "period": found.period.value if found.period else None,
        }

    raise typer.Exit(print_each(read_lines(source), answer))
