"""``bailing chat``: a conversation in the terminal, over the same HTTP interface as the page."""

from __future__ import annotations

import contextlib
import sys
import threading
import uuid
from pathlib import Path
from typing import Annotated, Any

import httpx
import typer
from rich.console import Console
from rich.markup import escape

from bailing.settings import Settings

WAIT_S = 20


class Terminal:
    """Prints a case's events and sends what is typed."""

    def __init__(self, address: str, demo: str) -> None:
        self._http = httpx.Client(base_url=address, timeout=WAIT_S + 15, trust_env=False)
        session = self._http.post("/api/session", json={"demo": demo})
        session.raise_for_status()
        self._http.headers["Authorization"] = f"Bearer {session.json()['token']}"
        self._console = Console()
        self._buttons: list[dict[str, str]] = []
        self._after = 0
        self._stop = threading.Event()

    def follow(self) -> None:
        """Print events until stopped."""
        while not self._stop.is_set():
            with contextlib.suppress(httpx.HTTPError):
                answer = self._http.get(
                    "/api/messages", params={"after": self._after, "wait": WAIT_S}
                )
                for event in answer.json() if answer.status_code == 200 else ():
                    self._after = event["id"]
                    self._show(event)

    def _show(self, event: dict[str, Any]) -> None:
        if event["kind"] == "message" and event["from"] != "merchant":
            self._console.print(f"[green]●[/] {escape(event['text'])}", highlight=False)
            self._buttons = event["buttons"] or self._buttons
            for number, button in enumerate(event["buttons"], 1):
                self._console.print(
                    f"   [cyan]{number}[/] {escape(button['title'])}", highlight=False
                )
        elif event["kind"] == "evidence":
            words = f"{event['status']} {event['voucher_type'] or ''} {event['summary'] or ''}"
            self._console.print(f"[dim]  {escape(words)}[/]", highlight=False)
        elif event["kind"] == "decision":
            words = f"{event['previous_limit_cny']} → {event['limit_cny']}"
            self._console.print(f"[bold]  {words}[/]", highlight=False)

    def try_to_send(self, line: str) -> None:
        """Send a line, or say that nobody answers."""
        try:
            self.send(line)
        except httpx.HTTPError as error:
            self._console.print(f"[red]no answer ({type(error).__name__}); try again[/]")

    def send(self, line: str) -> None:
        """A line of words, a button's number, or ``/upload PATH``."""
        if line.startswith("/upload "):
            self._upload(Path(line.removeprefix("/upload ").strip()).expanduser())
            return
        body: dict[str, str] = {"client_message_id": uuid.uuid4().hex}
        if line.isdecimal() and 1 <= int(line) <= len(self._buttons):
            body["payload"] = self._buttons[int(line) - 1]["payload"]
        else:
            body["text"] = line
        self._tell(self._http.post("/api/messages", json=body))

    def _upload(self, path: Path) -> None:
        if not path.is_file():
            self._console.print(f"[red]no file {escape(str(path))}[/]")
            return
        files = {"file": (path.name, path.read_bytes())}
        self._tell(self._http.post("/api/uploads", files=files))

    def _tell(self, answer: httpx.Response) -> None:
        if answer.status_code >= 400:
            self._console.print(f"[red]{answer.json()['message']}[/]")

    def close(self) -> None:
        """Stop following."""
        self._stop.set()


def chat(
    demo: Annotated[str, typer.Option(help="wang, li, chen or blank")] = "wang",
    address: Annotated[str | None, typer.Option(help="of the running gateway")] = None,
) -> None:
    """Talk to a running Bailing; /upload PATH sends a file, a number presses a button."""
    try:
        terminal = Terminal(address or Settings().address, demo)
    except httpx.HTTPStatusError as error:
        print(error.response.json()["message"], file=sys.stderr)
        raise typer.Exit(1) from error
    except httpx.HTTPError as error:
        print(
            f"no answer from Bailing ({type(error).__name__}); is `make run` running?",
            file=sys.stderr,
        )
        raise typer.Exit(1) from error
    threading.Thread(target=terminal.follow, daemon=True).start()
    sys.stdin.reconfigure(errors="replace")  # type: ignore[union-attr] # a terminal or a pipe
    with contextlib.suppress(EOFError, KeyboardInterrupt):
        while True:
            if line := input().strip():
                terminal.try_to_send(line)
    terminal.close()
