"""``bailing inspect``: what is on a photo or file."""

from __future__ import annotations

import json
import sys
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Annotated, Any

import typer


def inspect(
    files: Annotated[list[str], typer.Argument(help="files, or - for names on standard input")],
    json_output: Annotated[bool, typer.Option("--json", help="one JSON object a line")] = False,
    jobs: Annotated[int, typer.Option(help="processes that read at a time", min=1, max=16)] = 1,
    declared: Annotated[str | None, typer.Option(help="what they are said to be")] = None,
) -> None:
    """Inspect files; one that fails gives its line with an error, and exit status 1."""
    names = [n.strip() for n in sys.stdin if n.strip()] if files == ["-"] else files
    status = 0
    arguments = [(name, declared) for name in names]
    if jobs == 1:
        results = map(inspect_file, arguments)
        status = _print(results, json_output)
    else:
        with ProcessPoolExecutor(jobs) as pool:
            status = _print(pool.map(inspect_file, arguments), json_output)
    raise typer.Exit(status)


def inspect_file(argument: tuple[str, str | None]) -> dict[str, Any]:
    """One file's Inspection as JSON, with ``error`` set where it could not be read."""
    from bailing.terms import RoomError
    from perception import inspect as look
    from perception import to_json

    name, declared = argument
    try:
        return to_json(look(Path(name).read_bytes(), declared=declared), file=name)
    except OSError as error:
        return _failed(name, "file_not_found", str(error))
    except RoomError as error:
        return _failed(name, error.code, str(error))
    except Exception as error:  # one strange file must not cost the others their lines
        return _failed(name, "inspection_failed", repr(error))


def _failed(name: str, code: str, message: str) -> dict[str, Any]:
    return {"file": name, "error": {"code": code, "message": message}}


def _print(results: Any, json_output: bool) -> int:
    status = 0
    for result in results:
        if result.get("error"):
            status = 1
        if json_output:
            print(json.dumps(result, ensure_ascii=False), flush=True)
        elif result.get("error"):
            print(f"{result['file']}: {result['error']['code']}", flush=True)
        else:
            voucher = result["voucher"]
            print(f"{result['file']}: {voucher['type']} {voucher['confidence']:.2f}", flush=True)
            for field, read in result["fields"].items():
                print(f"  {field}: {read['value']} ({read['confidence']:.2f})", flush=True)
    return status


if __name__ == "__main__":
    typer.run(inspect)
