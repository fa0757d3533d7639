"""The processes that ``bailing up`` supervises, each by its own command."""

from __future__ import annotations

import logging
import os
import resource
import signal
import threading
import warnings
from typing import Any

import structlog

from bailing.compose import (
    HEARTBEAT_S,
    case_flow,
    heartbeat_file,
    holder_name,
    open_credit_file,
    web_application,
)
from bailing.settings import ROOT, Settings

log = structlog.get_logger()

GRACE_S = 5


def serve_web(settings: Settings) -> None:
    """Gateway, widget and page, until SIGTERM."""
    import uvicorn

    from bailing.connections import BoundedConnection, allow_many

    allow_many()
    uvicorn.run(
        web_application(settings),
        http=BoundedConnection,
        ws="none",
        host=settings.host,
        port=settings.port,
        log_level="warning",
        access_log=False,
        timeout_graceful_shutdown=GRACE_S,
    )


def serve_actions(settings: Settings) -> None:
    """The action server with the task loop beside it, until SIGTERM."""
    from rasa_sdk.endpoint import create_app
    from rasa_sdk.executor import ActionExecutor

    from actions.bootstrap import configure
    from actions.task_loop import TaskLoop
    from actions.voice import Voice

    # It tells at every turn of each slot that has no check of its own; ours are checked when read.
    logging.getLogger("rasa_sdk.forms").setLevel(logging.ERROR)
    # rasa-sdk 3.21 serves Rasa 3.6 (tests/e2e); it would say at every start that it might not.
    warnings.filterwarnings("ignore", "Your versions of rasa and rasa_sdk", UserWarning)
    flow = case_flow(settings)
    configure(flow, Voice.of_domain(ROOT / "domain.yml"))
    executor = ActionExecutor()
    executor.register_package("actions")
    app = create_app(executor)
    app.config.KEEP_ALIVE_TIMEOUT = 120
    loop = TaskLoop(flow, worker=holder_name(os.getpid()))

    async def start(_app: Any) -> None:
        loop.start()

    async def stop(_app: Any) -> None:
        loop.stop()

    app.register_listener(start, "before_server_start")
    app.register_listener(stop, "after_server_stop")
    app.run(
        host="127.0.0.1",
        port=settings.actions_port,
        single_process=True,
        access_log=False,
        motd=False,
    )


def serve_worker(settings: Settings) -> None:
    """A verification worker, until SIGTERM."""
    from bailing.worker import Worker
    from perception import Inspector

    # A file that would take more fails alone, as unreadable, and not the machine with it.
    bound = settings.worker_memory_mib * 2**20
    resource.setrlimit(resource.RLIMIT_DATA, (bound, bound))
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    casefile = open_credit_file(settings)
    worker = Worker(
        casefile, Inspector.load(), holder_name(os.getpid()), limit_s=settings.worker_seconds
    )
    file = heartbeat_file(settings, os.getpid())
    file.parent.mkdir(parents=True, exist_ok=True)
    file.touch()
    heart = threading.Thread(target=worker.beat, args=[file, HEARTBEAT_S / 2, stop], daemon=True)
    heart.start()
    log.info("worker_ready", pid=os.getpid())
    worker.run(stop)


SERVE = {"web": serve_web, "actions": serve_actions, "worker": serve_worker}
