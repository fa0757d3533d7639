"""`bailing replay`, `bailing audit verify` and `bailing console user` as real processes."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import unicodedata
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from bailing.compose import open_credit_file
from bailing.settings import Settings

PASSWORD = b"lark-and-lantern\n"


@pytest.fixture
def var(tmp_path: Path) -> Path:
    return tmp_path / "var"


def bailing(var: Path, *words: str, told: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "bailing.cli", *words]
    environment = {**os.environ, "BAILING_VAR": str(var), "BAILING_DATABASE_URL": ""}
    return subprocess.run(
        command, input=told, capture_output=True, check=False, timeout=60, env=environment
    )


@pytest.fixture
def cases(var: Path) -> list[str]:
    casefile = open_credit_file(Settings(var=var, database_url="", storage_url=""))
    made = []
    for name in ("王建国", "李秀英"):
        with casefile.begin() as ledger:
            case, _ = ledger.cases.open_for(
                lender_subject=None, name=name, limit_cny=Decimal(100_000)
            )
            made.append(case.id)
            ledger.audit.append("case_opened", actor="merchant", case_id=case.id)
            words = "三辆车，一个月流水二三十万，\x1b[31m旺季要租车周转，额度不够用" * 3
            message_id, _ = ledger.mail.receive(
                case.id, channel="web", platform_key="a", kind="text", text=words
            )
            body = {"from": "merchant", "text": words, "message_id": message_id}
            ledger.mail.post(case.id, "message", body)
            ledger.mail.mark_answered(message_id)
            answer = {"from": "bot", "text": "好，记下了。", "in_reply_to": message_id}
            ledger.mail.post(case.id, "message", answer)
    casefile.close()
    return made


def width(line: str) -> int:
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in line)


def test_cases_are_listed_newest_first(var: Path, cases: list[str]) -> None:
    listed = bailing(var, "replay", "--json")
    lines = [json.loads(line) for line in listed.stdout.splitlines()]
    assert [line["case_id"] for line in lines] == cases[::-1]
    assert lines[0]["limit_cny"] == "100000"
    table = bailing(var, "replay").stdout.decode()
    assert table.index(cases[1]) < table.index(cases[0])
    assert max(map(width, table.splitlines())) <= 100


def test_a_case_is_shown_turn_by_turn(var: Path, cases: list[str]) -> None:
    (turn,) = map(json.loads, bailing(var, "replay", cases[0], "--json").stdout.splitlines())
    assert turn["number"] == 1
    assert turn["answers"][0]["text"] == "好，记下了。"
    shown = bailing(var, "replay", cases[0]).stdout.decode()
    assert "旺季要租车" in shown
    assert "\x1b" not in shown
    assert max(map(width, shown.splitlines())) <= 100
    (viewed,) = [a for a in audit(var) if a[0] == "case_viewed"][:1]
    assert viewed == ("case_viewed", "shell", cases[0])


def audit(var: Path) -> list[tuple[str, str, str]]:
    engine = create_engine(f"sqlite:///{var}/casefile.db")
    with engine.connect() as connection:
        rows = connection.execute(text("SELECT action, actor, case_id FROM audit")).all()
    engine.dispose()
    return [tuple(row) for row in rows]


def test_an_unknown_case_is_told(var: Path, cases: list[str]) -> None:
    told = bailing(var, "replay", "ca_none", "--json")
    assert told.returncode == 1
    assert json.loads(told.stdout) == {"error": {"code": "unknown_case", "message": "ca_none"}}
    plain = bailing(var, "replay", "ca_none")
    assert plain.returncode == 1
    assert b"unknown_case" in plain.stderr
    assert b"Traceback" not in plain.stderr


def test_the_chain_is_verified_and_its_break_named(var: Path, cases: list[str]) -> None:
    whole = bailing(var, "audit", "verify", "--json")
    assert whole.returncode == 0
    body = json.loads(whole.stdout)
    assert (body["entries"], body["broken"]) == (2, None)
    noted = f"{body['head']['seq']}:{body['head']['hash']}"
    assert bailing(var, "audit", "verify", "--noted", noted).returncode == 0
    engine = create_engine(f"sqlite:///{var}/casefile.db")
    with engine.begin() as connection:
        connection.execute(text("UPDATE audit SET actor = 'x' WHERE seq = 2"))
    engine.dispose()
    broken = bailing(var, "audit", "verify", "--json")
    assert broken.returncode == 1
    body = json.loads(broken.stdout)
    assert body["broken"] == {"seq": 2, "kind": "hash"}
    assert body["error"]["code"] == "chain_broken"
    assert "entry 2" in bailing(var, "audit", "verify").stdout.decode()


def test_analysts_are_added_listed_and_removed(var: Path) -> None:
    assert bailing(var, "console", "user", "add", "zhou", told=PASSWORD).returncode == 0
    again = bailing(var, "console", "user", "add", "zhou", told=PASSWORD)
    assert (again.returncode, b"name_taken" in again.stderr) == (1, True)
    short = bailing(var, "console", "user", "add", "wu", told=b"short\n")
    assert (short.returncode, b"bad_password" in short.stderr) == (1, True)
    assert bailing(var, "console", "user", "add", "a b", told=PASSWORD).returncode == 1
    (line,) = bailing(var, "console", "user", "list", "--json").stdout.splitlines()
    assert json.loads(line)["name"] == "zhou"
    kept = b"".join(path.read_bytes() for path in var.glob("casefile.db*"))
    assert PASSWORD.strip() not in kept
    assert bailing(var, "console", "user", "remove", "zhou").returncode == 0
    gone = bailing(var, "console", "user", "remove", "zhou")
    assert (gone.returncode, b"unknown_staff" in gone.stderr) == (1, True)
    assert bailing(var, "console", "user", "add", "zhou", told=PASSWORD).returncode == 0
    assert bailing(var, "audit", "verify").returncode == 0
