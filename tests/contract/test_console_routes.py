"""Nothing of the console is shown without a log-in, and neither side's key opens the other."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
from fastapi.routing import APIRoute
from fastapi.testclient import TestClient

from bailing.settings import Settings
from bailing.terms import VOUCHER_TITLES, VoucherType
from bot import GatewayConfig, Reply, create_app
from casefile import open_casefile
from console import ConsoleConfig, create_console
from console.routes import router
from console.words import SLOTS, WORDS

OPEN = {("GET", "/login"), ("POST", "/login")}


class Silent:
    async def ready(self) -> bool:
        return True

    async def say(
        self, case_id: str, message_id: str, text: str, metadata: Mapping[str, Any]
    ) -> tuple[Reply, ...]:
        return (Reply("好"),)

    async def turn_of(self, case_id: str, message_id: str) -> Sequence[Mapping[str, Any]]:
        return ()


@pytest.fixture
def client(tmp_path: Path) -> Iterator[TestClient]:
    casefile = open_casefile(f"sqlite:///{tmp_path}/c.db", f"file://{tmp_path}/up", b"k" * 32)
    casefile.migrate()
    with casefile.begin() as ledger:
        ledger.staff.add("zhou", "lark-and-lantern")
    app = create_app(casefile, Silent(), GatewayConfig("http://r", "http://a", True, None))
    console = create_console(casefile, ConsoleConfig(b"s" * 32), lambda *_: b"")
    app.mount("/console", console)
    with TestClient(app, follow_redirects=False) as client:
        yield client
    casefile.close()


def calls() -> list[tuple[str, str]]:
    routes = [r for r in router.routes if isinstance(r, APIRoute)]
    found = [(method, r.path) for r in routes for method in sorted(r.methods)]
    assert len(found) >= 8
    return [call for call in found if call not in OPEN]


@pytest.mark.parametrize(("method", "path"), calls())
def test_every_route_wants_a_log_in(client: TestClient, method: str, path: str) -> None:
    address = "/console" + re.sub(r"\{number\}", "0", re.sub(r"\{\w+_id\}", "ca_1", path))
    answer = client.request(method, address)
    assert answer.status_code in (303, 401)
    if answer.status_code == 303:
        assert answer.headers["location"].startswith("/console/login")


@pytest.mark.parametrize(("method", "path"), calls())
def test_a_merchants_token_opens_nothing(client: TestClient, method: str, path: str) -> None:
    token = client.post("/api/session", json={"demo": "wang"}).json()["token"]
    client.cookies.set("bailing_console", token)
    address = "/console" + re.sub(r"\{number\}", "0", re.sub(r"\{\w+_id\}", "ca_1", path))
    answer = client.request(method, address, headers={"Authorization": f"Bearer {token}"})
    assert answer.status_code in (303, 401)


def test_an_analysts_cookie_opens_nothing_of_the_merchants(client: TestClient) -> None:
    page = client.get("/console/login").text
    token = re.search(r'name="token" value="(\w+)"', page)
    assert token is not None
    form = {"name": "zhou", "password": "lark-and-lantern", "token": token.group(1)}
    assert client.post("/console/login", data=form).status_code == 303
    assert client.get("/console/").status_code == 200
    cookie = client.cookies["bailing_console"]
    for key in (cookie, cookie.split(".")[0]):
        for headers in ({"Authorization": f"Bearer {key}"}, {"Cookie": f"bailing_session={key}"}):
            assert client.get("/api/case", headers=headers).status_code == 401


def test_the_console_is_shown_where_it_is_wanted(tmp_path: Path) -> None:
    from bailing.compose import web_application

    for wanted in (True, False):
        app = web_application(Settings(var=tmp_path, console=wanted))
        assert any(getattr(r, "name", "") == "console" for r in app.routes) is wanted
        app.state.casefile.close()


def test_all_words_are_in_both_languages(project_root: Path) -> None:
    for table in (WORDS, SLOTS, VOUCHER_TITLES):
        assert all(zh and en for zh, en in table.values())
    assert set(VOUCHER_TITLES) == set(VoucherType)
    for template in (project_root / "console" / "templates").glob("*.html"):
        said = re.findall(r"say\('(\w+)'[,)]", template.read_text(encoding="utf-8"))
        assert set(said) <= set(WORDS), template.name
