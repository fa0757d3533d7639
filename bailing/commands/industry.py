"""``bailing industry``: which trade a merchant's words mean."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from bailing.commands.lines import print_each, read_lines


def industry(
    source: Annotated[str, typer.Argument(help="a file, or - for standard input")] = "-",
    json_output: Annotated[bool, typer.Option("--json", help="one JSON object a line")] = False,
) -> None:
    """Match each line to GB/T 4754-2017 codes, best first."""
    from graph import knowledge

    known = knowledge()

    def answer(line: str) -> dict[str, Any]:
        matches = known.match(line, told=True)
        return {
            "matches": [
                {"code": m.code, "name": m.name, "confidence": m.confidence} for m in matches
            ],
            "ask": known.ask_between(matches),
        }

    if json_output:
        raise typer.Exit(print_each(read_lines(source), answer))
    for line in read_lines(source):
        found = known.match(line, told=True)
        print(f"{found[0].code} {found[0].name}" if found else "—", flush=True)
