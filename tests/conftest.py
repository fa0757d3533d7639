"""What every test may ask for."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from bailing.settings import Settings
from bailing.training import model_path, rasa_python
from bench.running import Installation, free_port, installation
from graph.errors import ServerRefused
from graph.server import GraphServer, ServerPlan, install, missing_tools
from perception.synthesis.fonts import missing_packages

ROOT = Path(__file__).resolve().parent.parent


def missing(what: str) -> None:
    """Skip for want of something; in CI that is a failure."""
    if os.environ.get("CI"):
        pytest.fail(what)
    pytest.skip(what)  # what is missing, by name


def pytest_addoption(parser: pytest.Parser) -> None:
    """``--pictures FOLDER``: where the browser tests put what they saw, for the docs."""
    parser.addoption("--pictures", type=Path, default=None)


@pytest.fixture
def pictures(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """Where a browser test puts its pictures: generated papers only."""
    return request.config.getoption("--pictures") or tmp_path


@pytest.fixture(scope="session")
def project_root() -> Path:
    return ROOT


@pytest.fixture(scope="session")
def fonts() -> None:
    """Debian's Chinese typefaces, with which papers and seals are drawn."""
    if lacking := missing_packages():
        missing(f"needs the Debian packages {' '.join(lacking)}")


@pytest.fixture(scope="session")
def dev_data() -> Path:
    """The development data; without it a test skips, in CI it fails."""
    folder = os.environ.get("BAILING_DEV_DATA")
    if folder and Path(folder).is_dir():
        return Path(folder)
    if os.environ.get("CI"):
        pytest.fail("BAILING_DEV_DATA names no folder")
    pytest.skip("needs the development data folder (BAILING_DEV_DATA)")


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


@pytest.fixture(scope="session")
def server_plan(tmp_path_factory: pytest.TempPathFactory) -> Callable[[], ServerPlan]:
    """Plans of Neo4j servers, each with its own port and folder; Java and Maven are needed."""
    kept = Settings().var / "neo4j"
    if lacking := missing_tools(kept):
        missing(f"needs {' and '.join(lacking)}")
    try:
        jars = install(kept)
    except ServerRefused as error:
        missing(str(error))

    def plan() -> ServerPlan:
        folder = tmp_path_factory.mktemp("neo4j")
        log = folder / "server.log"
        return ServerPlan(jars, folder / "data", free_port(), "a password: of/tests", log)

    return plan


@pytest.fixture(scope="session")
def neo4j_url(server_plan: Callable[[], ServerPlan]) -> Iterator[str]:
    """The address of one Neo4j server for all tests that leave it running."""
    with GraphServer(server_plan()) as server:
        yield server.url
