"""The whole of Bailing as real processes, on ports and folders of its own."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from bailing.settings import Settings
from bailing.training import model_path, rasa_python
from bench.running import Installation, installation


def missing(what: str) -> None:
    if os.environ.get("CI"):
        pytest.fail(what)
    pytest.skip(what)


@pytest.fixture(scope="session")
def bailing(tmp_path_factory: pytest.TempPathFactory, project_root: Path) -> Iterator[Installation]:
    """`bailing up`, started once for all tests and ended by SIGINT, as Ctrl-C does."""
    if not rasa_python().exists() or not model_path(Settings()).exists():
        missing("needs the dialogue engine and a trained model (make train)")
    with installation(project_root, tmp_path_factory.mktemp("var")) as running:
        yield running


@pytest.fixture(scope="session")
def chromium() -> str:
    """Debian's Chromium."""
    found = shutil.which("chromium")
    if not found:
        missing("needs Debian's chromium")
    return str(found)
