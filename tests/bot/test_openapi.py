"""The interface is as its OpenAPI says, whatever is sent to it, with a session and without."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from fastapi import FastAPI
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi import checks
from starlette.types import Receive, Scope, Send

from bot import GatewayConfig, create_app
from bot.api import router
from casefile import open_casefile
from tests.bot.talking import Echo, jpeg

OPERATIONS = [(method, route.path) for route in router.routes for method in sorted(route.methods)]
OPEN = {"/api/session", "/healthz", "/readyz"}
CHECKS = [
    not_a_server_error,
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_schema_conformance,
    checks.negative_data_rejection,
]
BOUNDED = settings(
    max_examples=40,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=list(HealthCheck),
)


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FastAPI]:
    folder = tmp_path_factory.mktemp("openapi")
    casefile = open_casefile(f"sqlite:///{folder}/c.db", f"file://{folder}/up", b"k" * 32)
    casefile.migrate()
    yield create_app(casefile, Echo(), GatewayConfig("http://r", "http://a", True, None))
    casefile.close()


@pytest.fixture(scope="module")
def described(app: FastAPI) -> Any:
    """The interface; streams and long polls end at once, as when the process goes down."""
    app.state.stopping = asyncio.Event()
    app.state.stopping.set()

    async def requests_only(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            raise NotImplementedError
        await app(scope, receive, send)

    return schemathesis.openapi.from_asgi("/api/openapi.json", requests_only)


@pytest.fixture(scope="module")
def signed_in(app: FastAPI) -> dict[str, str]:
    opened = app.state.gateway.open_session(token=None, demo="wang")
    return {"Authorization": f"Bearer {opened['token']}"}


@pytest.fixture(scope="module")
def evidence_id(app: FastAPI, signed_in: dict[str, str]) -> str:
    gateway = app.state.gateway
    case = gateway.case_of(signed_in["Authorization"].removeprefix("Bearer "))
    with app.state.casefile.begin() as ledger:
        ledger.cases.give_consent(case.id, "limit_review", None)
    return gateway.upload(case, jpeg(), declared=None, client_upload_id=None)["evidence_id"]


@pytest.mark.parametrize(("method", "path"), OPERATIONS)
def test_it_answers_as_described(
    described: Any, signed_in: dict[str, str], evidence_id: str, method: str, path: str
) -> None:
    @BOUNDED
    @given(described[path][method].as_strategy(), st.booleans())
    def call(case: Any, mine: bool) -> None:
        if mine and "evidence_id" in case.path_parameters:
            case.path_parameters["evidence_id"] = evidence_id
        case.call_and_validate(headers=signed_in, checks=CHECKS)

    call()


@pytest.mark.parametrize(("method", "path"), OPERATIONS)
def test_it_answers_those_without_a_session(described: Any, method: str, path: str) -> None:
    @BOUNDED
    @given(described[path][method].as_strategy())
    def call(case: Any) -> None:
        answer = case.call_and_validate(checks=CHECKS)
        assert path in OPEN or 400 <= answer.status_code < 500

    call()


def test_every_refusal_that_is_described_has_a_code_and_words(app: FastAPI) -> None:
    for path, methods in app.openapi()["paths"].items():
        for operation in methods.values():
            for status, answer in operation["responses"].items():
                if status >= "400":
                    shape = answer["content"]["application/json"]["schema"]["$ref"]
                    assert shape.endswith("/Problem"), (path, status)
