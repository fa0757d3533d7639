"""The console over HTTP: who gets in, what they see, and what is written down about it."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator, Sequence
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from casefile import CaseFile, StaffSession
from console import ConsoleConfig, access, create_console

PASSWORD = "lark-and-lantern"
JPEG = b"\xff\xd8 a picture"


class Pictures:
    """Remembers what was asked of it."""

    def __init__(self) -> None:
        self.asked: list[tuple[int, int, bool, list[list[int]]]] = []

    def __call__(
        self, content: bytes, page: int, turned: int, masked: bool, hide: Sequence[Sequence[int]]
    ) -> bytes:
        assert content.startswith(b"\xff\xd8")
        self.asked.append((page, turned, masked, [list(b) for b in hide]))
        return JPEG


@pytest.fixture
def pictures() -> Pictures:
    return Pictures()


@pytest.fixture
def app(casefile: CaseFile, pictures: Pictures, monkeypatch: pytest.MonkeyPatch) -> FastAPI:
    monkeypatch.setattr("casefile.staff.SCRYPT_LOG_N", 10)
    with casefile.begin() as ledger:
        ledger.staff.add("zhou", PASSWORD)
    app = FastAPI()
    app.mount("/console", create_console(casefile, ConsoleConfig(b"s" * 32), pictures))
    return app


@pytest.fixture
def client(app: FastAPI) -> Iterator[TestClient]:
    with TestClient(app, follow_redirects=False, headers={"accept-language": "zh"}) as client:
        yield client


def log_in(client: TestClient, name: str = "zhou", password: str = PASSWORD, **more: Any) -> Any:
    page = client.get("/console/login", **more)
    token = re.search(r'name="token" value="(\w+)"', page.text)
    assert token is not None
    form = {"name": name, "password": password, "token": token.group(1)}
    return client.post("/console/login", data=form, **more)


def token_of(page: str) -> str:
    found = re.search(r'name="token" value="(\w+)"', page)
    assert found is not None
    return found.group(1)


def audit(casefile: CaseFile) -> list[tuple[str, str | None]]:
    with casefile.read() as ledger:
        assert ledger.audit.verify().broken is None
        return [(e.action, e.subject) for e in ledger.audit.entries()]


# Who gets in


def test_a_log_in_leads_to_the_list(client: TestClient) -> None:
    answer = log_in(client)
    assert (answer.status_code, answer.headers["location"]) == (303, "/console/")
    cookie = answer.headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=strict" in cookie
    assert "Path=/console" in cookie
    assert "Max-Age=28800" in cookie
    assert client.get("/console/").status_code == 200


def test_cookies_are_secure_over_https(app: FastAPI) -> None:
    with TestClient(app, base_url="https://lender.example", follow_redirects=False) as client:
        assert "Secure" in log_in(client).headers["set-cookie"]


def test_a_wrong_name_and_a_wrong_password_look_alike(client: TestClient) -> None:
    answers = [log_in(client, "zhou", "something else"), log_in(client, "nobody", PASSWORD)]
    assert [a.status_code for a in answers] == [401, 401]
    plain = [re.sub(r'value="\w+"', "", a.text) for a in answers]
    assert plain[0] == plain[1]


def test_an_unknown_name_costs_what_a_known_one_does(
    app: FastAPI, casefile: CaseFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    keeper = access.Access(casefile, ConsoleConfig(b"s" * 32))
    tried = []

    def matches(password: str, kept: str) -> bool:
        tried.append(kept.split("$")[:4])
        return False

    monkeypatch.setattr("console.access.password_matches", matches)
    for name in ("zhou", "nobody"):
        assert keeper.log_in(name, "wrong", "a") is None
    assert tried[0] == tried[1], "the same work for both"


def test_guessing_is_bound_by_name_and_address(client: TestClient) -> None:
    answers = [log_in(client, "zhou", f"guess {n}") for n in range(6)]
    assert [a.status_code for a in answers] == [401] * 5 + [429]
    assert log_in(client).status_code == 429, "nor does the right password help then"


def test_guessing_many_names_is_bound_by_address(client: TestClient) -> None:
    codes = [log_in(client, f"name{n}", "guess").status_code for n in range(31)]
    assert codes[-1] == 429
    assert set(codes[:-1]) == {401}


def test_attempts_are_forgotten_in_time(monkeypatch: pytest.MonkeyPatch) -> None:
    attempts, now = access.Attempts(), [1000.0]
    monkeypatch.setattr("console.access.time.monotonic", lambda: now[0])
    assert [attempts.take("a", "1.2.3.4") for _ in range(6)] == [True] * 5 + [False]
    assert attempts.take("a", "1.2.3.5")
    assert [attempts.take("b", f"2001:db8::{n}") for n in range(6)] == [True] * 5 + [False]
    now[0] += access.WINDOW_S + 1
    assert attempts.take("a", "1.2.3.4")


def test_a_log_in_needs_its_own_form(client: TestClient) -> None:
    form = {"name": "zhou", "password": PASSWORD, "token": "0" * 64}
    assert client.post("/console/login", data=form).status_code == 403
    page = client.get("/console/login")
    client.cookies.clear()
    form["token"] = token_of(page.text)
    assert client.post("/console/login", data=form).status_code == 403


@pytest.mark.parametrize(
    "wanted",
    ["https://evil.example", "//evil.example", "/\\evil", "cases/../../api", "logout", "cases/a b"],
)
def test_a_log_in_leads_nowhere_else(client: TestClient, wanted: str) -> None:
    page = client.get("/console/login", params={"next": wanted})
    form = {"name": "zhou", "password": PASSWORD, "token": token_of(page.text)}
    answer = client.post("/console/login", params={"next": wanted}, data=form)
    assert answer.headers["location"] == "/console/"


def test_a_log_in_leads_to_where_one_wanted(client: TestClient, story: Any) -> None:
    asked = client.get(f"/console/cases/{story.case_id}?page=1")
    assert asked.status_code == 303
    page = client.get(asked.headers["location"])
    form = {"name": "zhou", "password": PASSWORD, "token": token_of(page.text)}
    answer = client.post(asked.headers["location"], data=form)
    assert answer.headers["location"] == f"/console/cases/{story.case_id}?page=1"


def test_a_forged_or_ended_cookie_opens_nothing(client: TestClient) -> None:
    log_in(client)
    cookie = client.cookies["bailing_console"]
    token, ends, signature = cookie.split(".")
    for forged in (
        "",
        "x",
        f"{token}.{ends}.{'0' * 64}",
        f"{token}.{int(ends) + 9999}.{signature}",
        f"{'A' * len(token)}.{ends}.{signature}",
    ):
        client.cookies.clear()
        client.cookies.set("bailing_console", forged, path="/console")
        assert client.get("/console/").status_code == 303


def test_a_session_ends_in_time(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    log_in(client)
    later = time.time() + 8 * 3600 + 1
    monkeypatch.setattr("console.access.time.time", lambda: later)
    assert client.get("/console/").status_code == 303


def test_a_log_out_ends_the_session_here_too(client: TestClient) -> None:
    log_in(client)
    cookie = client.cookies["bailing_console"]
    page = client.get("/console/").text
    assert client.post("/console/logout", data={"token": "0" * 64}).status_code == 403
    assert client.get("/console/").status_code == 200
    assert client.post("/console/logout", data={"token": token_of(page)}).status_code == 303
    client.cookies.set("bailing_console", cookie, path="/console")
    assert client.get("/console/").status_code == 303


def test_who_is_removed_is_out_at_once(client: TestClient, casefile: CaseFile) -> None:
    log_in(client)
    with casefile.begin() as ledger:
        ledger.staff.remove("zhou")
    assert client.get("/console/").status_code == 303
    assert log_in(client).status_code == 401


def test_a_large_form_is_refused(client: TestClient) -> None:
    client.get("/console/login")
    form = {"name": "x" * 20_000, "password": "y", "token": "z"}
    assert client.post("/console/login", data=form).status_code == 413


# What they see


def test_headers_of_every_answer(client: TestClient, story: Any) -> None:
    log_in(client)
    for path in ("", "login", "static/console.css", f"cases/{story.case_id}", "nowhere"):
        answer = client.get(f"/console/{path}")
        policy = answer.headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert answer.headers["x-content-type-options"] == "nosniff"
        stored = "public" if path.startswith("static") else "no-store"
        assert stored in answer.headers["cache-control"]


def test_pages_carry_no_style_or_script_of_their_own(client: TestClient, story: Any) -> None:
    log_in(client)
    for page in pages_of(client, story):
        assert not re.search(r"\sstyle=|<style|\son\w+=|<script(?! src=\"/console/static/)", page)
        assert not re.search(r"(?:src|href|action)=\"(?:https?:)?//", page)


def pages_of(client: TestClient, story: Any) -> list[str]:
    case = client.get(f"/console/cases/{story.case_id}")
    links = set(re.findall(rf"/console/cases/{story.case_id}/evidence/\w+", case.text))
    assert len(links) == 2
    proofs = [client.get(link) for link in sorted(links)]
    pages = [client.get("/console/"), case, *proofs]
    assert [p.status_code for p in pages] == [200] * 4
    return [p.text for p in pages]


SECRETS = ("王建国", "王建军", "建国示例", "92130108G8BLHHDH6N", "13800138000")


@pytest.mark.parametrize("language", ["zh", "en"])
def test_names_and_numbers_are_masked_until_a_reason_is_given(
    client: TestClient, casefile: CaseFile, story: Any, language: str
) -> None:
    log_in(client)
    client.get(f"/console/?lang={language}")
    for page in pages_of(client, story):
        for secret in SECRETS:
            assert secret not in page
    token = token_of(client.get("/console/").text)
    where = f"/console/cases/{story.case_id}"
    for form in ({"reason": "abc", "token": token}, {"reason": "核对执照", "token": token}):
        assert client.post(f"{where}/unmask", data=form).status_code == 422
    form = {"reason": "核对执照与登记", "token": "0" * 64}
    assert client.post(f"{where}/unmask", data=form).status_code == 403
    form["token"] = token
    assert client.post(f"{where}/unmask", data=form).headers["location"] == where
    shown = " ".join(pages_of(client, story))
    for secret in SECRETS:
        assert secret in shown
    with casefile.read() as ledger:
        entry = next(e for e in ledger.audit.entries() if e.action == "case_unmasked")
    assert entry.case_id == story.case_id
    assert "核对" not in str(entry)
    client.cookies.clear()
    log_in(client)
    assert "王建国" not in " ".join(pages_of(client, story)), "another log-in begins masked"


def test_one_case_unmasked_leaves_others_masked(
    client: TestClient, story: Any, new_story: Any, casefile: CaseFile
) -> None:
    other = new_story(casefile, name="李秀英")
    other.say("我叫李秀英")
    log_in(client)
    token = token_of(client.get("/console/").text)
    form = {"reason": "核对执照与登记", "token": token}
    client.post(f"/console/cases/{story.case_id}/unmask", data=form)
    assert "李秀英" not in client.get(f"/console/cases/{other.case_id}").text
    assert "王建国" not in client.get("/console/").text


def test_every_look_is_written_down(client: TestClient, casefile: CaseFile, story: Any) -> None:
    before = len(audit(casefile))
    log_in(client)
    client.get(f"/console/cases/{story.case_id}")
    evidence = evidence_ids(client, story)[0]
    client.get(f"/console/cases/{story.case_id}/evidence/{evidence}")
    client.get(f"/console/cases/{story.case_id}/evidence/{evidence}/pages/0")
    actions = [action for action, _ in audit(casefile)[before:]]
    assert actions[0] == "staff_logged_in"
    assert "case_viewed" in actions
    assert ("evidence_viewed", evidence) in audit(casefile)
    assert ("file_viewed", evidence) in audit(casefile)
    with casefile.read() as ledger:
        viewed = next(e for e in ledger.audit.entries() if e.action == "case_viewed")
    assert re.fullmatch(r"st_[0-9a-f]{16}", viewed.actor)
    assert "zhou" not in str(viewed)


def evidence_ids(client: TestClient, story: Any) -> list[str]:
    page = client.get(f"/console/cases/{story.case_id}").text
    return list(dict.fromkeys(re.findall(r"/evidence/(ev_\w+)", page)))


def test_pictures_are_upright_and_masked_ones_hide_all_print(
    client: TestClient, casefile: CaseFile, story: Any, pictures: Pictures
) -> None:
    log_in(client)
    with casefile.read() as ledger:
        licence, truck = (e.id for e in ledger.proofs.all(story.case_id))
    where = f"/console/cases/{story.case_id}/evidence"
    answer = client.get(f"{where}/{licence}/pages/0")
    assert (answer.content, answer.headers["content-type"]) == (JPEG, "image/jpeg")
    assert pictures.asked == [(0, 1, True, [[10, 20, 210, 60], [400, 300, 500, 400]])]
    token = token_of(client.get("/console/").text)
    form = {"reason": "核对执照与登记", "token": token, "next": f"cases/{story.case_id}/evidence/x"}
    unmasked = client.post(f"/console/cases/{story.case_id}/unmask", data=form)
    assert unmasked.headers["location"].endswith("/evidence/x")
    client.get(f"{where}/{licence}/pages/0")
    assert pictures.asked[-1] == (0, 1, False, [])
    assert client.get(f"{where}/{licence}/pages/1").status_code == 404
    assert client.get(f"{where}/{truck}/pages/0").status_code == 410


def test_boxes_lie_over_the_picture_in_its_own_pixels(client: TestClient, story: Any) -> None:
    log_in(client)
    licence = evidence_ids(client, story)
    page = "".join(client.get(f"/console/cases/{story.case_id}/evidence/{e}").text for e in licence)
    assert 'viewBox="0 0 640 480"' in page
    assert '<rect x="10" y="20" width="200" height="40"' in page
    assert '<rect x="400" y="300" width="100" height="100"' in page


def test_a_withdrawn_proof_is_a_tombstone(
    client: TestClient, casefile: CaseFile, story: Any
) -> None:
    log_in(client)
    with casefile.read() as ledger:
        truck = ledger.proofs.all(story.case_id)[1].id
    page = client.get(f"/console/cases/{story.case_id}/evidence/{truck}").text
    assert "原件和读到的内容都已删除" in page
    assert "<image" not in page


def test_an_unread_or_unreadable_proof_has_its_page(
    client: TestClient, casefile: CaseFile, new_story: Any
) -> None:
    story = new_story(casefile)
    fresh = story.upload()
    broken = story.upload(b"\xff\xd8 broken")
    with casefile.begin() as ledger:
        from casefile import EvidenceStatus

        error = {"error": {"code": "broken_file", "message": "x"}}
        ledger.proofs.move(story.case_id, broken, EvidenceStatus.UNREADABLE, inspection=error)
    log_in(client)
    assert client.get(f"/console/cases/{story.case_id}/evidence/{fresh}").status_code == 200
    page = client.get(f"/console/cases/{story.case_id}/evidence/{broken}")
    assert "broken_file" in page.text


def test_markup_in_words_stays_words(
    client: TestClient, casefile: CaseFile, new_story: Any
) -> None:
    story = new_story(casefile, name="<b>王</b>")
    evil = "<script>alert(1)</script><img src=x onerror=alert(1)>"
    story.say(evil, intent=evil, answer=evil)
    proof = story.upload()
    story.inspected(proof, declared=evil)
    log_in(client)
    page = client.get(f"/console/cases/{story.case_id}").text
    page += client.get(f"/console/cases/{story.case_id}/evidence/{proof}").text
    page += client.get("/console/", params={"text": evil}).text
    assert "<script>alert" not in page
    assert "<img src=x" not in page
    assert "&lt;script&gt;" in page


def test_the_list_is_filtered_and_paged(
    client: TestClient, casefile: CaseFile, story: Any, new_story: Any
) -> None:
    others = [new_story(casefile, name=None) for _ in range(60)]
    doubtful = others[3]
    from casefile import EvidenceStatus

    doubtful.inspected(doubtful.upload(), EvidenceStatus.DOUBTFUL)
    with casefile.begin() as ledger:
        ledger.cases.set_handler(others[5].case_id, "human")
    log_in(client)

    def listed(**asked: str) -> list[str]:
        page = client.get("/console/", params=asked)
        assert page.status_code == 200
        return re.findall(r'class="id" href="/console/cases/(\w+)"', page.text)

    assert len(listed()) == 50
    assert len(listed(page="2")) == 11
    assert listed(page="99") == listed(page="2")
    assert listed()[0] == others[-1].case_id
    assert listed(limit="raised") == [story.case_id]
    assert len(listed(limit="not_raised")) == 50
    assert listed(handler="human") == [others[5].case_id]
    assert listed(doubtful="1") == [doubtful.case_id]
    assert listed(text=story.case_id[5:20]) == [story.case_id]
    assert listed(text="%") == []
    assert listed(since="2999-01-01") == []
    assert len(listed(until="2999-01-01")) == 50
    assert len(listed(since="no day", limit="?", handler="'")) == 50
    assert client.get("/console/", params={"page": "0"}).status_code == 422


def test_a_long_conversation_is_paged(
    client: TestClient, casefile: CaseFile, new_story: Any
) -> None:
    story = new_story(casefile)
    for n in range(53):
        story.say(f"句 {n}")
    log_in(client)
    first = client.get(f"/console/cases/{story.case_id}").text
    last = client.get(f"/console/cases/{story.case_id}?page=2").text
    assert "句 49" in first
    assert "句 50" not in first
    assert "句 52" in last
    assert client.get(f"/console/cases/{story.case_id}?page=9").text.count("句 52") == last.count(
        "句 52"
    )


def test_unknown_cases_and_proofs_are_not_found(client: TestClient, story: Any) -> None:
    log_in(client)
    for path in ("cases/ca_none", f"cases/{story.case_id}/evidence/ev_none", "cases/x/y"):
        assert client.get(f"/console/{path}").status_code == 404


def test_english_is_a_cookie_that_lasts(client: TestClient) -> None:
    log_in(client)
    assert "Conversations" in client.get("/console/?lang=en").text
    assert "Conversations" in client.get("/console/").text
    assert "Conversations" not in client.get("/console/?lang=zh").text


def test_a_session_knows_its_owner(app: FastAPI, casefile: CaseFile) -> None:
    keeper = access.Access(casefile, ConsoleConfig(b"s" * 32))
    opened = keeper.log_in("zhou", PASSWORD, "a")
    assert opened is not None
    session = keeper.session(opened.cookie)
    assert isinstance(session, StaffSession)
    assert session.name == "zhou"
    other = access.Access(casefile, ConsoleConfig(b"t" * 32))
    assert other.session(opened.cookie) is None


def test_a_short_secret_is_refused() -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        ConsoleConfig(b"short")
