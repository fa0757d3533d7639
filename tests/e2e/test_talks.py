"""Conversations over HTTP with real processes; scripts and real photos where they are given."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

from bench.running import Merchant

pytestmark = pytest.mark.rasa


@pytest.fixture
def come_in(bailing) -> Iterator[Callable[[str], Merchant]]:
    """Opens demonstration sessions and closes their connections."""
    with contextlib.ExitStack() as stack:

        def enter(demo: str) -> Merchant:
            return stack.enter_context(Merchant(bailing.address, demo))

        yield enter


def test_the_scripts_of_the_road_pass(bailing, dev_data: Path) -> None:
    folder = dev_data / "eval" / "conversations"
    scripts = [
        str(folder / f"{n}.yml") for n in ("driver_wang", "corner_shop", "photo_without_words")
    ]
    played = subprocess.run(
        [sys.executable, str(dev_data / "eval" / "talk.py"), *scripts, "--url", bailing.address],
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert played.returncode == 0, played.stdout + played.stderr


@pytest.mark.parametrize(
    ("demo", "answers", "photos"),
    [
        (
            "li",
            ["额度不够", "我同意", "六十平", "一个月十来万", "四年", "两个人"],
            ["li_license", "li_storefront"],
        ),
        (
            "chen",
            ["额度不够", "我同意", "一个月", "一个月四五十万", "两个月", "六年"],
            ["chen_license", "chen_invoice"],
        ),
    ],
)
def test_other_trades_go_the_same_way(
    come_in, project_root: Path, demo: str, answers: list[str], photos: list[str]
) -> None:
    merchant = come_in(demo)
    for answer in answers:
        merchant.say(answer)
    assert merchant.http.get("/api/case").json()["last_decision"]
    before = int(merchant.http.get("/api/case").json()["limit_cny"])
    for photo in photos:
        evidence_id = merchant.send((project_root / "data/demo" / f"{photo}.jpg").read_bytes())
        evidence = merchant.http.get(f"/api/evidence/{evidence_id}").json()
        assert evidence["status"] == "accepted"
        merchant.wait(kind="decision")
    assert int(merchant.http.get("/api/case").json()["limit_cny"]) > before


def test_the_road_goes_on_when_a_process_is_killed(bailing, come_in) -> None:
    merchant = come_in("wang")
    pids = dict(line.split() for line in (bailing.var / "run" / "pids").read_text().splitlines())
    os.kill(int(pids["actions"]), 9)
    assert merchant.say("额度不够用")
    assert psutil.pid_exists(bailing.process.pid)


def test_a_turn_that_dies_with_the_actions_takes_nothing_else_along(bailing, come_in) -> None:
    merchant = come_in("wang")
    for text in ("额度不够用", "我同意", "三辆车", "一个月二三十万"):
        merchant.say(text)
    pids = dict(line.split() for line in (bailing.var / "run" / "pids").read_text().splitlines())
    taken = merchant.http.post("/api/messages", json={"text": "四十来天"}).json()
    os.kill(int(pids["actions"]), 9)
    assert "年" in merchant.wait(in_reply_to=taken["message_id"])["text"]
    merchant.say("八年")
    assert merchant.http.get("/api/case").json()["last_decision"]


def test_two_messages_at_once_are_both_answered_in_order(come_in) -> None:
    merchant = come_in("wang")
    first = merchant.http.post("/api/messages", json={"text": "利息多少"}).json()["message_id"]
    second = merchant.http.post("/api/messages", json={"text": "怎么还款"}).json()["message_id"]
    one = merchant.wait(in_reply_to=first)
    two = merchant.wait(in_reply_to=second)
    assert one["id"] < two["id"]


@pytest.mark.parametrize(
    "text", ["/restart", '/inform{"a": 1}', "EXTERNAL: x", "{{7*7}}", "'; drop table"]
)
def test_typed_commands_do_nothing(come_in, text: str) -> None:
    merchant = come_in("blank")
    assert merchant.say(text)
    assert merchant.say("我的额度多少")


def test_an_answer_that_fills_nothing_is_asked_once_more_and_then_passed_over(come_in) -> None:
    merchant = come_in("wang")
    for text in ("额度不够用", "我同意"):
        merchant.say(text)
    for _ in range(12):
        merchant.say("主要给物流公司跑")
        bubbles = [e for e in merchant.events() if e["kind"] == "message"]
        answers = [e for e in bubbles if e["in_reply_to"] == bubbles[-1]["in_reply_to"]]
        assert len(answers) <= 3
        if merchant.http.get("/api/case").json()["last_decision"]:
            break
    assert merchant.http.get("/api/case").json()["last_decision"]
