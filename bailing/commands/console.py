"""``bailing console``: who may look into the analysts' console, and serving it apart."""

from __future__ import annotations

import getpass
import json
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from casefile import Ledger

console_app = typer.Typer(name="console", help="The analysts' console.", no_args_is_help=True)
user_app = typer.Typer(name="user", help="Who may log in.", no_args_is_help=True)
console_app.add_typer(user_app)

LEAST_PASSWORD_CHARS, MOST_PASSWORD_CHARS = 10, 200
NAME = re.compile(r"[\w.@-]{1,60}")

Name = Annotated[str, typer.Argument(help="letters, digits, and . @ _ - in between")]


@console_app.command()
def serve() -> None:
    """Serve the console by itself, at /console of BAILING_CONSOLE_PORT, until SIGTERM."""
    import uvicorn

    from bailing.compose import console_application
    from bailing.logs import configure_logging
    from bailing.settings import Settings

    configure_logging()
    settings = Settings()
    uvicorn.run(
        console_application(settings),
        host=settings.host,
        port=settings.console_port,
        log_level="warning",
        access_log=False,
    )


@user_app.command()
def add(name: Name) -> None:
    """Let somebody log in; the password is asked for, or read from standard input."""
    if not NAME.fullmatch(name):
        _refuse("bad_name", "1 to 60 letters, digits, and . @ _ - in between")
    password = _password()
    if not LEAST_PASSWORD_CHARS <= len(password) <= MOST_PASSWORD_CHARS:
        _refuse("bad_password", f"{LEAST_PASSWORD_CHARS} to {MOST_PASSWORD_CHARS} characters")
    with _ledger() as ledger:
        member = ledger.staff.add(name, password)
        ledger.audit.append("staff_added", actor="shell", subject=member.id)
    print(f"{name} may log in at /console")


@user_app.command()
def remove(name: Name) -> None:
    """Let somebody log in no more; their sessions end at once."""
    with _ledger() as ledger:
        member = ledger.staff.remove(name)
        ledger.audit.append("staff_removed", actor="shell", subject=member.id)
    print(f"{name} may log in no more")


@user_app.command(name="list")
def list_users(
    json_output: Annotated[bool, typer.Option("--json", help="one JSON object a line")] = False,
) -> None:
    """Everybody who may log in, and who might once."""
    with _ledger() as ledger:
        members = ledger.staff.all()
    for member in members:
        ended = member.removed_at.isoformat(timespec="seconds") if member.removed_at else None
        if json_output:
            since = member.created_at.isoformat(timespec="seconds")
            body = {"name": member.name, "id": member.id, "added_at": since, "removed_at": ended}
            print(json.dumps(body, ensure_ascii=False))
        else:
            print(f"{member.name}{f'  (removed {ended})' if ended else ''}")


def _password() -> str:
    if sys.stdin.isatty():
        password = getpass.getpass("password: ")
        if getpass.getpass("once more: ") != password:
            _refuse("bad_password", "the two differ")
        return password
    return sys.stdin.buffer.readline().decode("utf-8", errors="replace").rstrip("\r\n")


@contextmanager
def _ledger() -> Iterator[Ledger]:
    from bailing.compose import open_credit_file
    from bailing.settings import Settings
    from bailing.terms import RoomError

    casefile = open_credit_file(Settings())
    try:
        with casefile.begin() as ledger:
            yield ledger
    except RoomError as error:
        _refuse(error.code, str(error))
    finally:
        casefile.close()


def _refuse(code: str, message: str) -> None:
    typer.echo(f"{code}: {message}", err=True)
    raise typer.Exit(1)
