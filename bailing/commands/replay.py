"""``bailing replay``: a conversation turn by turn, from the credit file alone."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

    from casefile import CaseLine
    from console import Timeline, Turn

WIDTH = 100
PAGE = 200
"""Turns read from the credit file at a time."""
SPEAKERS = {"bot": "bot", "human": "officer", "merchant": "merchant"}


def replay(
    case: Annotated[str | None, typer.Argument(help="a case's id; without it, the cases")] = None,
    json_output: Annotated[bool, typer.Option("--json", help="one JSON object a line")] = False,
    first: Annotated[int, typer.Option(help="the first turn", min=1)] = 1,
    count: Annotated[int | None, typer.Option(help="how many turns (or cases)", min=1)] = None,
    english: Annotated[bool, typer.Option("--english", help="reasons in English")] = False,
) -> None:
    """Show a conversation turn by turn; without a case, the cases, newest first."""
    from bailing.compose import open_credit_file
    from bailing.settings import Settings
    from bailing.terms import RoomError

    casefile = open_credit_file(Settings())
    try:
        if case is None:
            with casefile.read() as ledger:
                lines = _cases(ledger, first, count)
            _print_cases(lines, json_output)
        else:
            with casefile.begin() as ledger:
                if ledger.archive.line(case) is not None:
                    ledger.audit.append("case_viewed", actor="shell", case_id=case)
            with casefile.read() as ledger:
                _print_turns(_pages(ledger, case, first, count, english), json_output)
    except RoomError as error:
        if json_output:
            print(json.dumps({"error": {"code": error.code, "message": str(error)}}))
        else:
            typer.echo(f"{error.code}: {error}", err=True)
        raise typer.Exit(1) from error
    finally:
        casefile.close()


def _cases(ledger: Any, first: int, count: int | None) -> tuple[CaseLine, ...]:
    from casefile import CaseFilter

    found: tuple[CaseLine, ...]
    found, _ = ledger.archive.find(CaseFilter(), limit=count or 50, offset=first - 1)
    return found


def _pages(
    ledger: Any, case: str, first: int, count: int | None, english: bool
) -> Iterator[Timeline]:
    """The conversation a stretch at a time, so that a long one begins at once."""
    from console import replay as read

    left, language = count, "en" if english else None
    while left is None or left > 0:
        size = PAGE if left is None else min(PAGE, left)
        page = read(ledger, case, first=first, count=size, language=language)
        yield page
        if len(page.turns) < size:
            return
        first, left = first + size, None if left is None else left - size


def _print_cases(lines: tuple[CaseLine, ...], json_output: bool) -> None:
    if json_output:
        for line in lines:
            print(json.dumps(case_json(line), ensure_ascii=False), flush=True)
        return
    from rich.box import SIMPLE_HEAD
    from rich.table import Table

    table = Table(box=SIMPLE_HEAD, width=WIDTH, padding=(0, 1), pad_edge=False)
    table.add_column("case", no_wrap=True)
    table.add_column("opened", no_wrap=True)
    for title in ("said", "limit (CNY)", "proofs"):
        table.add_column(title, justify="right", no_wrap=True)
    table.add_column("handler", no_wrap=True)
    for line in lines:
        doubt = f" ({line.doubtful} doubtful)" if line.doubtful else ""
        table.add_row(
            line.id,
            f"{line.created_at:%Y-%m-%d %H:%M}",
            str(line.messages),
            _change(line.original_limit_cny, line.limit_cny),
            f"{line.evidence}{doubt}",
            line.handler,
        )
    _console().print(table)


def case_json(line: CaseLine) -> dict[str, Any]:
    """A case of the list as one JSON object."""
    return {
        "case_id": line.id,
        "merchant_id": line.merchant_id,
        "opened_at": line.created_at.isoformat(timespec="milliseconds"),
        "last_at": line.last_at.isoformat(timespec="milliseconds") if line.last_at else None,
        "language": line.language,
        "handler": line.handler,
        "demo": line.demo,
        "original_limit_cny": str(line.original_limit_cny),
        "limit_cny": str(line.limit_cny),
        "messages": line.messages,
        "evidence": line.evidence,
        "doubtful": line.doubtful,
        "open_reviews": line.open_reviews,
    }


def _print_turns(pages: Iterator[Timeline], json_output: bool) -> None:
    for page in pages:
        for turn in page.turns:
            if json_output:
                print(json.dumps(turn.to_json(), ensure_ascii=False), flush=True)
            else:
                _print_turn(turn)


def _print_turn(turn: Turn) -> None:
    from rich.rule import Rule
    from rich.table import Table
    from rich.text import Text

    console = _console()
    took = f"{turn.waited_ms:,.0f} ms" if turn.waited_ms is not None else turn.state
    if turn.engine_ms:
        took += f", engine {turn.engine_ms:,.0f} ms"
    console.print(
        Rule(Text(f"{turn.number}  {_clock(turn.at)}  {took}"), align="left", style="dim")
    )
    grid = Table.grid(padding=(0, 2))
    grid.add_column(style="dim", no_wrap=True, width=10)
    grid.add_column(overflow="fold")
    for label, words in _rows(turn):
        grid.add_row(label, words)
    console.print(grid)


def _rows(turn: Turn) -> Iterator[tuple[str, Text]]:
    if turn.said is not None:
        yield "said", _text(turn.said, "bold cyan")
    elif turn.put:
        yield "put", _text(turn.put, "dim")
    if turn.understood:
        guesses = (turn.understood, *(g for g in turn.alternatives if g.confidence >= 0.01))
        yield "understood", _text("  ".join(f"{g.intent} {g.confidence:.2f}" for g in guesses))
    if turn.entities:
        yield "entities", _text("  ".join(f"{e.kind}={e.value}" for e in turn.entities))
    if turn.calls:
        yield "called", _text("  ".join(_call(c.action, c.elapsed_ms) for c in turn.calls))
    for slot in turn.slots:
        yield "slot", _text(f"{slot.slot}: {_value(slot.before)} → {_value(slot.after)}")
    yield from _moves(turn)
    yield from _decisions(turn)
    for happening in turn.happenings:
        if happening.kind not in ("task", "effect"):
            detail = " ".join(f"{k}={v}" for k, v in happening.detail.items())
            yield happening.kind.split("_")[0], _text(f"{happening.subject} {detail}".strip())
    for bubble in turn.answers:
        yield SPEAKERS.get(bubble.sender, "bot"), _text(bubble.text, "green")
        if bubble.buttons:
            yield "", _text(" ".join(f"[{b}]" for b in bubble.buttons), "dim")


def _moves(turn: Turn) -> Iterator[tuple[str, Text]]:
    for evidence_id in dict.fromkeys(m.evidence_id for m in turn.evidence):
        moves = [m for m in turn.evidence if m.evidence_id == evidence_id]
        steps = " → ".join(dict.fromkeys(m.status for m in moves))
        last = moves[-1]
        parts = ", ".join(f"{k} {v:,.0f}" for k, v in last.elapsed_ms.items())
        words = [evidence_id, steps, last.voucher_type or "", last.summary or ""]
        yield (
            "evidence",
            _text("  ".join(w for w in words if w) + (f"  ({parts} ms)" if parts else "")),
        )


def _decisions(turn: Turn) -> Iterator[tuple[str, Text]]:
    for decision in turn.decisions:
        binding = " ".join(t.name for t in decision.terms if t.binding)
        risk = f"  PD {decision.pd:.2%}" if decision.pd is not None else ""
        change = _change(decision.before_cny, decision.after_cny)
        yield "decided", _text(f"{change}  ({decision.cause})  held by {binding}{risk}", "bold")
        for reason in decision.reasons:
            effect = f"  {reason.effect_cny:+,.0f}" if reason.effect_cny else ""
            yield "", _text(f"· {reason.text}{effect}")


def _console() -> Console:
    from rich.console import Console

    console = Console(highlight=False)
    console.width = min(WIDTH, console.width) if console.is_terminal else WIDTH
    return console


def _text(words: str, style: str = "") -> Text:
    """Words as they are: no markup, and nothing that would steer a terminal."""
    from rich.text import Text

    plain = "".join(c for c in words if c == "\n" or unicodedata.category(c)[0] != "C")
    return Text(plain, style)


def _call(action: str, elapsed_ms: float | None) -> str:
    return action if elapsed_ms is None else f"{action} {elapsed_ms:,.0f} ms"


def _change(before: Decimal, after: Decimal) -> str:
    return f"{after:,.0f}" if before == after else f"{before:,.0f} → {after:,.0f}"


def _value(value: Any) -> str:
    if value is None:
        return "—"
    if isinstance(value, dict) and value.get("low") is not None:
        low, high = value["low"], value.get("high")
        return f"{low:,g}" if low == high or high is None else f"{low:,g}–{high:,g}"
    return str(value)


def _clock(at: datetime) -> str:
    return f"{at:%Y-%m-%d %H:%M:%SZ}"
