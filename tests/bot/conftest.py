"""The gateway over a real credit file, with a dialogue engine that is ours."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from bot import GatewayConfig, create_app
from casefile import open_casefile
from tests.bot.talking import SECRET, Echo


@pytest.fixture
def engine() -> Echo:
    return Echo()


@pytest.fixture
def client(tmp_path: Path, engine: Echo) -> Iterator[TestClient]:
    casefile = open_casefile(f"sqlite:///{tmp_path}/c.db", f"file://{tmp_path}/up", b"k" * 32)
    casefile.migrate()
    config = GatewayConfig("http://r", "http://a", True, None, merchant_secret=SECRET)
    with TestClient(create_app(casefile, engine, config)) as client:
        client.casefile = casefile
        yield client
    casefile.close()
