"""``bailing up``: the processes of one machine, and what each needs to start."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import sqlite3
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

from bailing.compose import HEARTBEAT_S, heartbeat_file, holder_name, open_credit_file
from bailing.ports import holder_of
from bailing.settings import ROOT, Settings
from bailing.supervisor import ProcessSpec, Sign, Supervisor
from bailing.terms import RoomError
from bailing.training import model_path, rasa_environment, rasa_python


class PortTaken(Exception):
    """A port that we need is in use; the message says by whom."""


def answer_of(url: str) -> Sign:
    """What a GET of this address brings within two seconds; refused is starting."""
    try:
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        with opener.open(url, timeout=2) as answer:
            return Sign.ALIVE if answer.status == 200 else Sign.SILENT
    except urllib.error.URLError as error:
        refused = isinstance(error.reason, ConnectionRefusedError)
        return Sign.STARTING if refused else Sign.SILENT
    except OSError:
        return Sign.SILENT


SLOW_START_S = 240.0
"""Rasa's imports on a slow machine, and the first start of Neo4j, which Maven brings."""
BOLT_HELLO = bytes.fromhex("6060b017") + bytes.fromhex("00000005") + bytes(12)
"""The handshake of Neo4j's protocol, offering version 5.0."""


def bolt_answer_of(port: int) -> Sign:
    """What a Neo4j on this port says to the first bytes of its protocol within two seconds."""
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=2) as bolt:
            bolt.sendall(BOLT_HELLO)
            return Sign.ALIVE if bolt.recv(4) else Sign.SILENT
    except ConnectionRefusedError:
        return Sign.STARTING
    except OSError:
        return Sign.SILENT


def heartbeat_of(file: Path) -> Sign:
    """What a worker's heartbeat shows: it touches the file as long as it gets on with its work."""
    try:
        age_s = time.time() - file.stat().st_mtime
    except FileNotFoundError:
        return Sign.STARTING
    return Sign.ALIVE if age_s < 2 * HEARTBEAT_S else Sign.SILENT


def specs(settings: Settings) -> list[ProcessSpec]:
    """The processes of one machine."""
    own = {
        **os.environ,
        "PYTHONPATH": str(ROOT),
        "OMP_NUM_THREADS": os.environ.get("OMP_NUM_THREADS", "2"),
        "OMP_WAIT_POLICY": "PASSIVE",
    }
    ours = [sys.executable, "-m", "bailing.cli", "serve"]
    web_alive = f"{settings.address}/healthz"
    actions_alive = f"{settings.actions_url}/health"
    found = [
        ProcessSpec(
            "actions",
            [*ours, "actions"],
            own,
            lambda _: answer_of(actions_alive),
            ROOT,
            patience_s=settings.silent_seconds,
        ),
        ProcessSpec(
            "web",
            [*ours, "web"],
            own,
            lambda _: answer_of(web_alive),
            ROOT,
            patience_s=settings.silent_seconds,
        ),
        _rasa(settings),
    ]
    found += [
        ProcessSpec(
            f"worker-{n + 1}",
            [*ours, "worker"],
            own,
            lambda pid: heartbeat_of(heartbeat_file(settings, pid)),
            ROOT,
            patience_s=settings.silent_seconds,
        )
        for n in range(settings.workers)
    ]
    if settings.graph_server:
        found.append(_graph_server(settings, own))
    return found


def _graph_server(settings: Settings, environment: dict[str, str]) -> ProcessSpec:
    from graph.server import own_password

    if settings.graph_password is None:
        own_password(settings.var / "neo4j")
    return ProcessSpec(
        "graph",
        [sys.executable, "-m", "bailing.cli", "graph", "server"],
        environment,
        lambda _: bolt_answer_of(settings.graph_server_port),
        ROOT,
        renew=signal.SIGHUP,
        patience_s=settings.silent_seconds,
        start_s=SLOW_START_S,
    )


def _rasa(settings: Settings) -> ProcessSpec:
    endpoints, credentials = write_rasa_files(settings)
    command = [
        *(str(rasa_python()), "-m", "understanding.server", "run", "--enable-api"),
        *("-i", "127.0.0.1", "-p", str(settings.rasa_port)),
        *("-m", str(model_path(settings)), "--endpoints", str(endpoints)),
        *("--credentials", str(credentials)),
    ]
    status = f"{settings.rasa_url}/status"
    return ProcessSpec(
        "rasa",
        command,
        rasa_environment(),
        lambda _: answer_of(status),
        ROOT,
        renew=signal.SIGHUP,
        patience_s=settings.silent_seconds,
        start_s=SLOW_START_S,
    )


def write_rasa_files(settings: Settings) -> tuple[Path, Path]:
    """Rasa's endpoints and credentials files, made from the settings."""
    settings.var.mkdir(parents=True, exist_ok=True)
    # SQLite keeps this mode in the file: a turn's events reach the disk with one flush, not three.
    with contextlib.closing(sqlite3.connect(settings.var / "tracker.db")) as tracker:
        tracker.execute("PRAGMA journal_mode=WAL")
    endpoints = settings.var / "endpoints.yml"
    endpoints.write_text(
        f"action_endpoint:\n  url: {settings.actions_url}/webhook\n"
        f"tracker_store:\n  type: SQL\n  dialect: sqlite\n  db: {settings.var}/tracker.db\n",
        encoding="utf-8",
    )
    credentials = settings.var / "credentials.yml"
    credentials.write_text("rest:\n", encoding="utf-8")
    return endpoints, credentials


def check_ports(settings: Settings) -> None:
    """Make sure that our ports are free.

    Raises:
        PortTaken: One is not; the message names the port, its setting and its holder.
    """
    wanted = {
        "BAILING_PORT": settings.port,
        "BAILING_RASA_PORT": settings.rasa_port,
        "BAILING_ACTIONS_PORT": settings.actions_port,
    }
    if settings.graph_server:
        wanted["BAILING_GRAPH_SERVER_PORT"] = settings.graph_server_port
    for setting, port in wanted.items():
        if holder := holder_of(port):
            raise PortTaken(f"port {port} ({setting}) is taken by {holder}")


def up(settings: Settings) -> int:
    """Start and supervise everything on this machine."""
    check_ports(settings)
    os.umask(0o077)  # what merchants give is for this installation's user alone
    for old in (settings.var / "run").glob("worker-*"):
        old.unlink(missing_ok=True)
    # Once, before several processes would each find an empty database and make the same tables.
    casefile = open_credit_file(settings)

    def hand_over(pid: int) -> None:
        """Let the others take what a dead process had in hand; else its lease has to run out."""
        try:
            with casefile.begin() as ledger:
                ledger.tasks.release(holder_name(pid))
        except RoomError as error:
            print(f"  tasks of {pid} wait for their lease ({error.code})", file=sys.stderr)

    print("starting (the dialogue engine takes about a minute) …", flush=True)
    try:
        return Supervisor(specs(settings), settings.var, settings.address, hand_over).run()
    finally:
        casefile.close()
