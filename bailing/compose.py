"""Puts the rooms together for each process, from the settings."""

from __future__ import annotations

import socket
import time
from pathlib import Path
from typing import TYPE_CHECKING

from bailing.settings import ROOT, Settings, console_secret, installation_key
from bailing.terms import RoomError

if TYPE_CHECKING:
    from fastapi import FastAPI

    from actions.case_flow import CaseFlow
    from casefile import CaseFile
    from graph import Graph


def holder_name(pid: int) -> str:
    """Under which name the process with this id holds tasks."""
    return f"{socket.gethostname()}-{pid}"


GRAPH_STARTS_S = 120.0
HEARTBEAT_S = 2.0
"""How often a worker shows at the latest that it gets on with its work."""


def heartbeat_file(settings: Settings, pid: int) -> Path:
    """What the worker with this id touches as long as it is well."""
    return settings.var / "run" / f"worker-{pid}"


def open_credit_file(settings: Settings) -> CaseFile:
    """The credit file, with its schema up to date."""
    from casefile import open_casefile

    settings.var.mkdir(parents=True, exist_ok=True)
    casefile = open_casefile(settings.database, settings.storage, installation_key(settings.var))
    casefile.migrate()
    return casefile


def web_application(settings: Settings) -> FastAPI:
    """Gateway, widget, the demonstration's page and the console in one ASGI application."""
    from bot import GatewayConfig, RasaDialogue, create_app

    config = GatewayConfig(
        rasa_url=settings.rasa_url,
        actions_url=settings.actions_url,
        demo=settings.demo,
        demo_folder=ROOT / "data" / "demo",
        merchant_secret=settings.merchant_secret,
        merchant_jwks=settings.merchant_jwks,
        secure_cookie=settings.secure_cookie,
    )
    dialogue = RasaDialogue(settings.rasa_url, settings.actions_url)
    casefile = open_credit_file(settings)
    app = create_app(casefile, dialogue, config)
    if settings.console:
        app.mount("/console", _console(settings, casefile), name="console")
    return app


def console_application(settings: Settings) -> FastAPI:
    """The console by itself, at /console."""
    from fastapi import FastAPI

    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
    app.mount("/console", _console(settings, open_credit_file(settings)), name="console")
    return app


def _console(settings: Settings, casefile: CaseFile) -> FastAPI:
    from bailing.pictures import page_picture
    from console import ConsoleConfig, create_console

    config = ConsoleConfig(
        secret=console_secret(settings.var),
        session_hours=settings.console_session_hours,
        secure_cookie=settings.secure_cookie,
    )
    return create_console(casefile, config, page_picture)


def case_flow(settings: Settings) -> CaseFlow:
    """The place where the rooms meet, over the opened credit file and graph."""
    from actions.case_flow import CaseFlow
    from graph import knowledge
    from risk import load_policy

    casefile = open_credit_file(settings)
    return CaseFlow(
        casefile=casefile,
        graph=_open_graph(settings.graph),
        knowledge=knowledge(),
        policy=load_policy(settings.policy),
    )


def _open_graph(url: str) -> Graph:
    """The graph, waited for while its engine starts beside us.

    Raises:
        GraphUnavailable: It did not answer within two minutes.
    """
    from graph import open_graph

    deadline = time.monotonic() + GRAPH_STARTS_S
    while True:
        try:
            return open_graph(url)
        except RoomError as error:
            if not error.retryable or url.startswith("ladybug:") or time.monotonic() > deadline:
                raise
        time.sleep(0.5)
