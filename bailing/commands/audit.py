"""``bailing audit``: the log of who did what."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from casefile import Head

audit_app = typer.Typer(name="audit", help="The log of who did what.", no_args_is_help=True)
WORDS = {
    "gap": "an entry is missing, or another stands in its place",
    "link": "it does not follow the entry before it",
    "hash": "its content was changed",
    "truncated": "the chain was cut off before it",
    "unsealed": "the end of the chain does not carry this installation's seal",
    "noted": "the head that was noted is not in this chain",
}


@audit_app.callback()
def _group() -> None:
    """Keeps ``verify`` a word of its own."""


@audit_app.command()
def verify(
    json_output: Annotated[bool, typer.Option("--json", help="one JSON object")] = False,
    noted: Annotated[
        str | None, typer.Option(help="a head as printed before, SEQ:HASH; it must still be there")
    ] = None,
) -> None:
    """Re-derive every hash; name the first broken entry, and the head to note elsewhere."""
    from bailing.compose import open_credit_file
    from bailing.settings import Settings

    known = _head(noted)
    casefile = open_credit_file(Settings())
    with casefile.read() as ledger:
        report = ledger.audit.verify(known)
    casefile.close()
    head = {"seq": report.head.seq, "hash": report.head.hash}
    broken = report.broken
    if broken is None:
        if json_output:
            print(json.dumps({"entries": report.entries, "head": head, "broken": None}))
        else:
            print(f"{report.entries} entries hold; head {report.head.seq}:{report.head.hash}")
        return
    message = f"entry {broken.seq}: {WORDS[broken.kind.value]}"
    if json_output:
        body = {
            "error": {"code": "chain_broken", "message": message},
            "entries": report.entries,
            "head": head,
            "broken": {"seq": broken.seq, "kind": broken.kind.value},
        }
        print(json.dumps(body))
    else:
        print(f"chain broken at {message} ({broken.kind.value})")
    raise typer.Exit(1)


def _head(noted: str | None) -> Head | None:
    from casefile import Head

    if noted is None:
        return None
    seq, _, stated = noted.partition(":")
    if not seq.isdecimal() or not stated:
        raise typer.BadParameter("a head is SEQ:HASH", param_hint="--noted")
    return Head(int(seq), stated)
