"""``bailing doctor``: whether this machine and this installation are well."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from bailing.doctor import Result, Status


def doctor(
    more: Annotated[
        list[str] | None, typer.Argument(metavar="[NAME]...", help="more names", hidden=True)
    ] = None,
    only: Annotated[
        list[str] | None,
        typer.Option(
            "--only",
            metavar="NAME...",
            help="these checks or groups only (machine, installation, running, trials)",
        ),
    ] = None,
    json_output: Annotated[bool, typer.Option("--json", help="one JSON object a check")] = False,
) -> None:
    """Check the machine and the installation, and say what to do; exit status 1 at a failure.

    It changes nothing, and takes half a minute at most. docs/doctor.md lists the checks.
    """
    from bailing.doctor import Status, UnknownCheck, chosen, examine, read_site

    names = [name for part in (*(only or ()), *(more or ())) for name in part.split(",") if name]
    try:
        checks = chosen(names)
    except UnknownCheck as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(2) from error
    results = examine(checks, read_site())
    told = _print_json(results) if json_output else _print(results)
    raise typer.Exit(1 if Status.FAILURE in told else 0)


def _print_json(results: Iterator[Result]) -> set[Status]:
    from bailing.doctor.report import as_json

    told = set()
    for result in results:
        print(as_json(result), flush=True)
        told.add(result.finding.status)
    return told


def _print(results: Iterator[Result]) -> set[Status]:
    from rich.console import Console

    from bailing.doctor.report import summary, tell

    sys.stdout.reconfigure(errors="replace")  # type: ignore[union-attr] # a terminal or a pipe
    began = time.monotonic()
    console = Console(highlight=False, markup=False, emoji=False)
    told = list(tell(results, console))
    console.print(f"\n{summary(told, time.monotonic() - began)}")
    return {result.finding.status for result in told}
