"""``bailing graph``: the graph moved, checked, and served by a Neo4j of our own."""

from __future__ import annotations

import dataclasses
import json
import signal
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any

import typer

from bailing.settings import Settings
from bailing.terms import RoomError

graph_app = typer.Typer(
    name="graph",
    help="Export, load and check the graph (BAILING_GRAPH_URL); run a Neo4j server.",
    no_args_is_help=True,
)

BULK_PATIENCE_S = 300.0
TRIES = 3
"""How often an export begins anew when the graph is rewritten meanwhile."""
AsJson = Annotated[bool, typer.Option("--json", help="one JSON object")]


@graph_app.command()
def export(
    file: Annotated[str, typer.Argument(help="the file to write, or - for standard output")],
    json_output: AsJson = False,
) -> None:
    """Write all of the graph to a file (JSON Lines) that either engine loads."""
    from graph import export_graph, open_engine, write_graph
    from graph.errors import GraphFileBroken, GraphUnavailable

    with _told(json_output):
        begun = time.monotonic()
        for attempt in range(1, TRIES + 1):
            engine = open_engine(Settings().graph, read_only=True, patience_s=BULK_PATIENCE_S)
            try:
                if file == "-":
                    write_graph(engine, sys.stdout)
                    return
                moved = export_graph(engine, Path(file))
                break
            except OSError as error:
                raise GraphFileBroken(str(error)) from error
            except GraphUnavailable:
                if engine.steady() or attempt == TRIES:
                    raise
            finally:
                engine.close()
        _say({"file": file, **_moved(moved, begun)}, json_output)


@graph_app.command()
def load(
    file: Annotated[str, typer.Argument(help="an exported file, or - for standard input")],
    json_output: AsJson = False,
) -> None:
    """Load an exported file; doing it twice changes nothing. End `bailing up` first."""
    from graph import load_graph, open_engine
    from graph.errors import GraphFileBroken

    with _told(json_output):
        begun = time.monotonic()
        engine = open_engine(Settings().graph, patience_s=BULK_PATIENCE_S)
        try:
            with sys.stdin if file == "-" else Path(file).open(encoding="utf-8") as lines:
                moved = load_graph(engine, lines)
        except (OSError, UnicodeDecodeError) as error:
            raise GraphFileBroken(str(error)) from error
        finally:
            engine.close()
        _say({"file": file, **_moved(moved, begun)}, json_output)
        if moved.left_out:
            raise GraphFileBroken(
                f"{moved.left_out} relations name a node that is neither in the file nor in the "
                "graph: export again with `bailing up` ended"
            )


@graph_app.command()
def check(json_output: AsJson = False) -> None:
    """Look the graph over; exit status 1 where something is to be done."""
    from graph import look_over, open_engine

    with _told(json_output):
        engine = open_engine(Settings().graph, read_only=True, patience_s=BULK_PATIENCE_S)
        try:
            health = look_over(engine)
        finally:
            engine.close()
        found = {"ok": not health.problems, **dataclasses.asdict(health)}
        found["answers_ms"] = round(health.answers_ms, 1)
        problems = found.pop("problems")
        _say({**found, "problems": problems} if json_output else found, json_output)
        if not json_output:
            for problem in health.problems:
                print(f"{problem.code}: {problem.message}\n  {problem.remedy}")
    raise typer.Exit(bool(health.problems))


@graph_app.command()
def server(
    port: Annotated[
        int | None, typer.Option(min=1, max=65535, help="instead of BAILING_GRAPH_SERVER_PORT")
    ] = None,
) -> None:
    """Run a Neo4j server until Ctrl-C; the first time, Maven brings it (123 MB)."""
    from bailing.graph_server import serve_graph

    with _told(False):
        raise typer.Exit(serve_graph(Settings(), port, _stop_on_signals()))


def _stop_on_signals() -> threading.Event:
    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())
    return stop


@contextmanager
def _told(json_output: bool) -> Iterator[None]:
    """Says a room's error in one line and ends with status 1."""
    try:
        yield
    except RoomError as error:
        if json_output:
            print(json.dumps({"error": {"code": error.code, "message": str(error)}}), flush=True)
        else:
            typer.echo(f"{error.code}: {error}", err=True)
        raise typer.Exit(1) from error


def _moved(moved: Any, begun: float) -> dict[str, Any]:
    return {**dataclasses.asdict(moved), "elapsed_ms": round((time.monotonic() - begun) * 1000)}


def _say(found: dict[str, Any], json_output: bool) -> None:
    if json_output:
        print(json.dumps(found, ensure_ascii=False), flush=True)
        return
    for name, value in found.items():
        shown = (
            ", ".join(f"{k} {v:,}" for k, v in value.items()) if isinstance(value, dict) else value
        )
        print(f"{name:12} {shown}", flush=True)
