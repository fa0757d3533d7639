"""Every subcommand by its name; a new one is a module and a line here."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import typer

from bailing.commands.audit import audit_app
from bailing.commands.chat import chat
from bailing.commands.console import console_app
from bailing.commands.decide import decide
from bailing.commands.doctor import doctor
from bailing.commands.graph import graph_app
from bailing.commands.industry import industry
from bailing.commands.inspect import inspect
from bailing.commands.quantity import quantity_command
from bailing.commands.replay import replay
from bailing.commands.synthesize import synthesize_app

COMMANDS: dict[str, Callable[..., Any]] = {
    "chat": chat,
    "decide": decide,
    "doctor": doctor,
    "industry": industry,
    "inspect": inspect,
    "quantity": quantity_command,
    "replay": replay,
}
GROUPS: dict[str, typer.Typer] = {
    "audit": audit_app,
    "console": console_app,
    "graph": graph_app,
    "synthesize": synthesize_app,
}
