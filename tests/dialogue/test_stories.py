"""Stories in people's words, told to the real gateway, dialogue engine, actions and models.

A story is a YAML file: the demonstration merchant, and steps. A step says, presses or sends
something (``saved_anew``: as other bytes of the same picture), or waits to ``hear`` a bubble that
comes by itself. It tells what the answer must match (``expect``: each pattern in some bubble or
button), what it must not (``never``), and how the limit moved (``limit``: up, down or same).
"""

from __future__ import annotations

import io
import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from PIL import Image

from bench.running import Merchant

pytestmark = pytest.mark.rasa

STORIES = sorted((Path(__file__).parent / "stories").glob("*.yml"))
INNER = re.compile(r"utter_|action_|\{\w+\}|\bNone\b|Traceback|系统错误|[!！]{2}")
"""What no merchant may ever read."""


class Telling:
    """One story being told."""

    def __init__(self, merchant: Merchant, photos: Path) -> None:
        self._merchant = merchant
        self._photos = photos
        self._heard = 1  # the greeting

    def take(self, step: dict[str, Any]) -> None:
        before = self._limit_now()
        self._do(step)
        bubbles = self._new_bubbles()
        words = "\n".join(line for bubble in bubbles for line in _lines(bubble))
        assert words, f"no answer to {step}"
        assert not INNER.search(words), words
        for pattern in _list(step.get("expect")):
            assert re.search(pattern, words), f"{step}: {pattern} is not in\n{words}"
        for pattern in _list(step.get("never")):
            assert not re.search(pattern, words), f"{step}: {pattern} is in\n{words}"
        if moved := step.get("limit"):
            change = self._limit_now() - before
            assert {"up": change > 0, "down": change < 0, "same": change == 0}[moved], change
        for name, wanted in (step.get("profile") or {}).items():
            assert self._profile()[name] == wanted

    def _do(self, step: dict[str, Any]) -> None:
        if "say" in step:
            self._merchant.say(step["say"])
        elif "press" in step:
            self._merchant.press(step["press"])
        elif "hear" in step:
            self._merchant.wait(**{"kind": "message", "from": "bot"})
        else:
            content = (self._photos / step["send"]).read_bytes()
            content = _saved_anew(content) if step.get("saved_anew") else content
            evidence_id = self._merchant.send(content)
            self._merchant.wait(**{"kind": "message", "from": "bot"})
            status = self._merchant.http.get(f"/api/evidence/{evidence_id}").json()["status"]
            assert status == step.get("status", "accepted")

    def _new_bubbles(self) -> list[dict[str, Any]]:
        said = [e for e in self._merchant.events() if e["kind"] == "message" and e["from"] == "bot"]
        new, self._heard = said[self._heard :], len(said)
        return new

    def _limit_now(self) -> int:
        return int(self._merchant.http.get("/api/case").json()["limit_cny"])

    def _profile(self) -> dict[str, Any]:
        found = self._merchant.http.get("/api/case").json()["profile"]
        return {k: v.get("value") if isinstance(v, dict) else v for k, v in found.items()}


def _saved_anew(content: bytes) -> bytes:
    """The same photo, as a messenger sends it on: smaller, and compressed again."""
    image = Image.open(io.BytesIO(content)).convert("RGB")
    file = io.BytesIO()
    image.resize((image.width * 2 // 3, image.height * 2 // 3)).save(file, "JPEG", quality=60)
    return file.getvalue()


def _lines(bubble: dict[str, Any]) -> list[str]:
    """All that a bubble shows: its words, its buttons, its card's lines."""
    card = bubble["card"] or {}
    shown = [f"{line['label']} {line['value']}" for line in card.get("lines", ())]
    return [bubble["text"], *shown, *(button["title"] for button in bubble["buttons"])]


def _list(patterns: str | list[str] | None) -> list[str]:
    return [patterns] if isinstance(patterns, str) else patterns or []


@pytest.mark.parametrize("path", STORIES, ids=lambda p: p.stem)
def test_story(bailing, project_root: Path, path: Path) -> None:
    story = yaml.safe_load(path.read_text(encoding="utf-8"))
    with Merchant(bailing.address, story["demo"]) as merchant:
        telling = Telling(merchant, project_root / "data" / "demo")
        for step in story["steps"]:
            telling.take(step)


def test_what_merchants_give_is_for_this_user_alone(bailing) -> None:
    kept = [bailing.var / "casefile.db", bailing.var / "tracker.db", bailing.var / "graph.lbug"]
    assert [f.name for f in kept if f.stat().st_mode & 0o077] == []
