"""A dialogue engine that is ours, and what a merchant does over HTTP."""

from __future__ import annotations

import io
import time
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import jwt
from fastapi.testclient import TestClient
from httpx2 import Response

from bot import Reply

SECRET = "a-secret-of-the-lender-for-tests-only"


class Echo:
    """A dialogue engine that repeats what it heard, once for each message id."""

    def __init__(self) -> None:
        self.heard: list[str] = []

    async def ready(self) -> bool:
        return True

    async def say(
        self, case_id: str, message_id: str, text: str, metadata: Mapping[str, Any]
    ) -> tuple[Reply, ...]:
        self.heard.append(text)
        buttons = ({"title": "好", "payload": "/affirm"},)
        return (Reply(f"听到：{text}", buttons),)

    async def turn_of(self, case_id: str, message_id: str) -> Sequence[Mapping[str, Any]]:
        return ()


def enter(client: TestClient, demo: str = "wang") -> dict[str, str]:
    opened = client.post("/api/session", json={"demo": demo})
    assert opened.status_code == 201
    client.cookies.clear()
    return {"Authorization": f"Bearer {opened.json()['token']}"}


def agree(client: TestClient, headers: dict[str, str]) -> None:
    case_id = client.get("/api/case", headers=headers).json()["case_id"]
    with client.casefile.begin() as ledger:
        ledger.cases.give_consent(case_id, "limit_review", None)


def answers(client: TestClient, headers: dict[str, str], count: int) -> list[dict]:
    for _ in range(100):
        events = client.get("/api/messages", headers=headers).json()
        bot = [e for e in events if e["kind"] == "message" and e["from"] == "bot"]
        if len(bot) >= count:
            return bot
        time.sleep(0.05)
    raise AssertionError(f"{len(bot)} answers, {count} wanted")


def jpeg(size: tuple[int, int] = (64, 48), colour: str = "red") -> bytes:
    from PIL import Image

    buffer = io.BytesIO()
    Image.new("RGB", size, colour).save(buffer, "JPEG")
    return buffer.getvalue()


def send(client: TestClient, headers: dict[str, str], content: bytes, **data: str) -> Response:
    return client.post(
        "/api/uploads", headers=headers, files={"file": ("x.jpg", content)}, data=data
    )


def lenders_token(**claims: Any) -> str:
    ends = datetime.now(UTC) + timedelta(minutes=5)
    body = {"sub": "m-1", "aud": "bailing", "exp": ends, "name": "王建国", "limit_cny": 80000}
    return jwt.encode({**body, **claims}, SECRET, "HS256")
