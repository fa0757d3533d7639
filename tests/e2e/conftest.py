"""The whole of Bailing as real processes, on ports and folders of its own."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from bailing.settings import Settings
from bailing.training import model_path, rasa_python

READY_S = 240


@dataclass(frozen=True)
class Running:
    """A running installation."""

    address: str
    var: Path
    process: subprocess.Popen[bytes]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def missing(what: str) -> None:
    if os.environ.get("CI"):
        pytest.fail(what)
    pytest.skip(what)


@pytest.fixture(scope="session")
def bailing(tmp_path_factory: pytest.TempPathFactory, project_root: Path) -> Iterator[Running]:
    """`bailing up`, started once for all tests and ended by SIGINT, as Ctrl-C does."""
    if not rasa_python().exists() or not model_path(Settings()).exists():
        missing("needs the dialogue engine and a trained model (make train)")
    var = tmp_path_factory.mktemp("var")
    ports = {n: free_port() for n in ("PORT", "RASA_PORT", "ACTIONS_PORT")}
    environment = {
        **os.environ,
        **{f"BAILING_{name}": str(port) for name, port in ports.items()},
        "BAILING_VAR": str(var),
    }
    log = (var / "up.log").open("wb")
    process = subprocess.Popen(
        [sys.executable, "-m", "bailing.cli", "up"],
        cwd=project_root,
        env=environment,
        stdout=log,
        stderr=subprocess.STDOUT,
        start_new_session=True,
    )
    deadline = time.monotonic() + READY_S
    while "ready after" not in (var / "up.log").read_text(encoding="utf-8"):
        if process.poll() is not None or time.monotonic() > deadline:
            process.kill()
            pytest.fail((var / "up.log").read_text(encoding="utf-8"))
        time.sleep(0.5)
    yield Running(f"http://127.0.0.1:{ports['PORT']}", var, process)
    process.send_signal(signal.SIGINT)
    process.wait(30)
    log.close()


@pytest.fixture(scope="session")
def chromium() -> str:
    """Debian's Chromium."""
    found = shutil.which("chromium")
    if not found:
        missing("needs Debian's chromium")
    return str(found)
