"""The HTTP interface over a real credit file, with a dialogue engine that is ours."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from typing import Any

import jwt
import pytest
from fastapi.testclient import TestClient

from bot.dispatcher import for_engine
from casefile import InboxMessage
from tests.bot.talking import SECRET, Echo, agree, answers, enter, jpeg, lenders_token, send
from tests.perception.ofd_files import einvoice, invoice_ofd, old_einvoice
from tests.perception.pdf_files import document, shown
from tests.perception.picture_files import turned


def test_a_new_case_greets_first_and_answers_in_order(client: TestClient, engine: Echo) -> None:
    headers = enter(client)
    for text in ("一", "二", "三"):
        client.post("/api/messages", headers=headers, json={"text": text})
    bot = answers(client, headers, 4)
    assert [b["text"] for b in bot] == ["听到：/system_open", "听到：一", "听到：二", "听到：三"]
    ids = [e["id"] for e in client.get("/api/messages", headers=headers).json()]
    assert ids == sorted(ids)


def test_the_same_message_twice_is_one(client: TestClient, engine: Echo) -> None:
    headers = enter(client)
    body = {"text": "你好", "client_message_id": "m1"}
    first = client.post("/api/messages", headers=headers, json=body)
    again = client.post("/api/messages", headers=headers, json=body)
    assert first.status_code == again.status_code == 202
    assert first.json() == again.json()
    answers(client, headers, 2)
    assert engine.heard.count("你好") == 1


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"text": "  "}, "empty_text"),
        ({"text": "字" * 4001}, "text_too_long"),
        ({"payload": "/give_consent"}, "unknown_button"),
        ({"text": "\u200b\u202e"}, "empty_text"),
        ({}, "empty_text"),
        ([], "bad_request"),
    ],
)
def test_bad_messages_are_refused_kindly(client: TestClient, body: Any, code: str) -> None:
    headers = enter(client)
    answer = client.post("/api/messages", headers=headers, json=body)
    assert answer.status_code == 422
    assert answer.json()["code"] == code
    assert answer.json()["message"]


def test_a_button_that_was_shown_can_be_pressed(client: TestClient, engine: Echo) -> None:
    headers = enter(client)
    answers(client, headers, 1)
    pressed = client.post("/api/messages", headers=headers, json={"payload": "/affirm"})
    assert pressed.status_code == 202
    answers(client, headers, 2)
    assert engine.heard[-1] == "/affirm"


@pytest.mark.parametrize("text", ["/restart", "/inform{}", "EXTERNAL: x", " /session_start"])
def test_typed_commands_are_words(text: str) -> None:
    message = InboxMessage(1, "c", "m", "text", text, {}, "queued", 0)
    assert not for_engine(message).startswith("/")
    assert not for_engine(message).upper().startswith("EXTERNAL:")


@pytest.mark.parametrize(
    ("content", "status", "code"),
    [
        (b"", 422, "empty_file"),
        (b"just some text", 415, "unsupported_type"),
        (jpeg()[:-40], 422, "broken_file"),
        (b"\xff\xd8\xff\xe0" + b"\0" * (21 * 1024 * 1024), 413, "file_too_large"),
        (b"\xff\xd8\xff\xe0" + b"\0" * (40 * 1024 * 1024), 413, "file_too_large"),
    ],
)
def test_bad_files_are_refused_with_a_code(
    client: TestClient, content: bytes, status: int, code: str
) -> None:
    headers = enter(client)
    agree(client, headers)
    answer = send(client, headers, content)
    assert (answer.status_code, answer.json()["code"]) == (status, code)


@pytest.mark.parametrize(
    ("content", "mime"),
    [
        (invoice_ofd(), "application/ofd"),
        (einvoice().encode(), "application/xml"),
        (einvoice().partition("?>")[2].encode(), "application/xml"),
        (b"\xef\xbb\xbf" + old_einvoice().encode(), "application/xml"),
        (document([shown("Total")]), "application/pdf"),
        (turned(6, "HEIF"), "image/heic"),
    ],
)
def test_documents_are_taken_as_what_they_are(
    client: TestClient, content: bytes, mime: str
) -> None:
    headers = enter(client)
    agree(client, headers)
    taken = send(client, headers, content)
    assert taken.status_code == 201
    case_id = client.get("/api/case", headers=headers).json()["case_id"]
    with client.casefile.read() as ledger:
        (evidence,) = ledger.proofs.all(case_id)
    assert (evidence.mime, evidence.status) == (mime, "received")


def test_a_file_before_consent_is_asked_about(client: TestClient, engine: Echo) -> None:
    headers = enter(client)
    answer = send(client, headers, jpeg())
    assert (answer.status_code, answer.json()["code"]) == (403, "consent_needed")
    answers(client, headers, 2)
    assert engine.heard[-1] == "/system_consent_needed"


def test_a_file_twice_is_one_evidence_and_nobody_elses(client: TestClient) -> None:
    mine, theirs = enter(client), enter(client, "li")
    for headers in (mine, theirs):
        agree(client, headers)
    first = send(client, mine, jpeg()).json()
    again = send(client, mine, jpeg()).json()
    assert again["duplicate"]
    assert again["evidence_id"] == first["evidence_id"]
    assert not send(client, theirs, jpeg()).json()["duplicate"]
    for call in ("", "/file", "/effect"):
        path = f"/api/evidence/{first['evidence_id']}{call}"
        assert client.get(path, headers=theirs).status_code == 404
        assert client.get(path, headers=mine).status_code == 200


def test_other_bytes_under_a_used_upload_id_are_not_lost(client: TestClient) -> None:
    headers = enter(client)
    agree(client, headers)

    def send_as(content: bytes) -> Any:
        data, files = {"client_upload_id": "one"}, {"file": content}
        return client.post("/api/uploads", headers=headers, files=files, data=data).json()

    first, again, other = send_as(jpeg()), send_as(jpeg()), send_as(jpeg() + b"\0")
    assert again["duplicate"]
    assert again["evidence_id"] == first["evidence_id"]
    assert not other["duplicate"]
    client.delete(f"/api/evidence/{first['evidence_id']}", headers=headers)
    assert send_as(jpeg())["status"] == "received"


def test_what_is_withdrawn_leaves_a_tombstone(client: TestClient) -> None:
    headers = enter(client)
    agree(client, headers)
    evidence = send(client, headers, jpeg()).json()["evidence_id"]
    gone = client.delete(f"/api/evidence/{evidence}", headers=headers)
    assert gone.json()["status"] == "withdrawn"
    assert "sha256" not in gone.json()
    assert client.get(f"/api/evidence/{evidence}/file", headers=headers).status_code == 410
    assert not send(client, headers, jpeg()).json()["duplicate"]


@pytest.mark.parametrize("token", ["", "nonsense", "x" * 500])
def test_unknown_tokens_are_refused(client: TestClient, token: str) -> None:
    answer = client.get("/api/case", headers={"Authorization": f"Bearer {token}"})
    assert (answer.status_code, answer.json()["code"]) == (401, "bad_token")


def test_a_lenders_token_opens_the_same_case_again(client: TestClient) -> None:
    cases = {
        client.post("/api/session", json={"merchant_token": lenders_token()}).json()["case_id"]
        for _ in range(2)
    }
    assert len(cases) == 1


@pytest.mark.parametrize(
    "token",
    [
        lenders_token(exp=datetime(2020, 1, 1, tzinfo=UTC)),
        lenders_token(aud="other"),
        jwt.encode({"sub": "m", "aud": "bailing"}, SECRET, "HS256"),
        jwt.encode({"sub": "m", "aud": "bailing", "exp": 9999999999}, None, "none"),
        jwt.encode({"sub": "m", "aud": "bailing", "exp": 9999999999}, "x" * 40, "HS256"),
        lenders_token(limit_cny="NaN"),
    ],
)
def test_forged_expired_and_foreign_tokens_are_refused(client: TestClient, token: str) -> None:
    answer = client.post("/api/session", json={"merchant_token": token})
    assert (answer.status_code, answer.json()["code"]) == (401, "bad_token")


def test_the_export_is_a_zip_with_the_case_and_the_files(client: TestClient) -> None:
    import zipfile

    headers = enter(client)
    agree(client, headers)
    send(client, headers, jpeg())
    answer = client.get("/api/export", headers=headers)
    names = zipfile.ZipFile(io.BytesIO(answer.content)).namelist()
    assert "case.json" in names
    assert any(n.startswith("files/ev_") for n in names)


def test_a_review_is_opened_and_listed(client: TestClient) -> None:
    headers = enter(client)
    opened = client.post("/api/case/review", headers=headers, json={"reason": "想让人看一下"})
    assert opened.status_code == 201
    reviews = client.get("/api/case", headers=headers).json()["reviews"]
    assert [r["review_id"] for r in reviews] == [opened.json()["review_id"]]
