"""Real kills and freezes at every stage of a turn and of an inspection, seed by seed.

    python -m bench.faults [--seeds N] [--first SEED] [--together K] [--json]

Each seed is a haulier's conversation with one fault: a process (rasa, actions, web, worker, Neo4j)
is killed or frozen at a stage of one turn or of one inspection, which is seen from outside, in the
files that the processes write. `together` conversations run at once on each of two installations,
so that faults also meet. What must hold after each is told by :func:`broken`. Prints how many
held, and how long conversations took; each as it ends on standard error.
"""

from __future__ import annotations

import argparse
import os
import random
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
import psutil

from bench.figures import p50_p95, show
from bench.running import ROOT, Installation, free_port, installation

PROCESSES = ("rasa", "actions", "web", "worker-1", "graph")
"""``graph`` is Neo4j, which the second of the two installations runs."""
WAYS = (signal.SIGKILL, signal.SIGSTOP)
SAID = ("额度不够用，想提额", "我同意", "三辆", "一个月二三十万", "一个月左右", "跑了五年")
TURN_STAGES = ("posted", "noted", "tracked", "answered", "kept")
"""Taken in; an action wrote its effect; the tracker is saved; the answer is in the outbox; the
turn's events are kept."""
PROOF_STAGES = ("received", "claimed", "looked_at", "weighed", "decided", "told")
PHOTO = ROOT / "data" / "demo" / "wang_truck.jpg"
SERIES = 4
"""Of twelve series, one whose first sixty seeds hit every process in both ways, at every stage."""
PATIENCE_S = 150.0
STAGE_S = 10.0
"""A stage that is passed unseen is not waited for longer: then the fault comes at once."""


@dataclass(frozen=True, slots=True)
class Fault:
    """What happens to which process, and when.

    Attributes:
        process: A name of ``PROCESSES``.
        way: SIGKILL, or SIGSTOP which freezes it.
        step: The turn's number in ``SAID``; ``len(SAID)`` is the photo.
        stage: Of the turn or the photo.
        delay_s: How long after the stage was seen.
    """

    seed: int
    process: str
    way: signal.Signals
    step: int
    stage: str
    delay_s: float

    @classmethod
    def of(cls, seed: int) -> Fault:
        """The fault of a seed, for ever the same."""
        draw = random.Random(f"{SERIES}:{seed}")
        step = draw.choice([*range(len(SAID)), len(SAID), len(SAID)])
        photo = step == len(SAID)
        return cls(
            seed,
            draw.choice(_candidates(seed, photo=photo)),
            draw.choice(WAYS),
            step,
            draw.choice(PROOF_STAGES if photo else TURN_STAGES),
            draw.choice((0.0, draw.uniform(0.0, 0.06))),
        )

    @property
    def on_neo4j(self) -> bool:
        """Whether it meets the installation whose graph lies in Neo4j: every second seed."""
        return self.seed % 2 == 1

    def __str__(self) -> str:
        what = "killed" if self.way is signal.SIGKILL else "frozen"
        where = "the photo" if self.step == len(SAID) else f"turn {self.step + 1}"
        return f"seed {self.seed}: {self.process} {what} when {where} was {self.stage}"


def _candidates(seed: int, *, photo: bool) -> list[str]:
    """The processes that a fault may meet: a worker with a photo, Neo4j where it runs."""
    apart = {"worker-1": photo, "graph": seed % 2 == 1}
    return [name for name in PROCESSES if apart.get(name, True)]


class Files:
    """What the processes write, looked at from outside."""

    def __init__(self, var: Path) -> None:
        self._var = var

    def one(self, query: str, *values: object, file: str = "casefile.db") -> Any:
        """The first value of a query; None where there is none."""
        address = f"file:{self._var / file}?mode=ro"
        with suppress(sqlite3.OperationalError), closing(sqlite3.connect(address, uri=True)) as db:
            row = db.execute(query, values).fetchone()
            return row[0] if row else None

    def turn_is(self, stage: str, case_id: str, message_id: str) -> bool:
        """Whether a turn has come to this stage."""
        match stage:
            case "noted":
                return bool(
                    self.one("SELECT count(*) FROM effects WHERE message_id = ?", message_id)
                )
            case "tracked":
                query = "SELECT count(*) FROM events WHERE sender_id = ? AND data LIKE ?"
                return bool(self.one(query, case_id, f"%{message_id}%", file="tracker.db"))
            case "answered":
                state = self.one("SELECT state FROM inbox WHERE message_id = ?", message_id)
                return state in ("answered", "kept")
            case "kept":
                return bool(self.one("SELECT count(*) FROM turns WHERE message_id = ?", message_id))
        return True

    def photo_is(self, stage: str, case_id: str, evidence_id: str) -> bool:
        """Whether an inspection has come to this stage."""
        tasks = "SELECT count(*) FROM tasks WHERE case_id = ? AND kind = ? AND state = ?"
        match stage:
            case "claimed":
                return bool(self.one(tasks, case_id, "inspect", "running"))
            case "looked_at":
                return bool(self.one(tasks, case_id, "inspect", "done"))
            case "weighed":
                query = "SELECT stage FROM evidence WHERE id = ?"
                return bool(self.one(query, evidence_id) == "done")
            case "decided":
                query = "SELECT count(*) FROM decisions WHERE case_id = ? AND cause = 'evidence'"
                return bool(self.one(query, case_id))
            case "told":
                return bool(self.one(tasks, case_id, "weigh", "done"))
        return True


class Injector:
    """Does one fault to an installation."""

    def __init__(self, running: Installation) -> None:
        self._var = running.var
        self.files = Files(running.var)

    def when(self, reached: Callable[[], bool], fault: Fault) -> threading.Thread:
        """Do it as soon as the stage is reached, in a thread of its own."""
        thread = threading.Thread(target=self._do, args=[reached, fault])
        thread.start()
        return thread

    def _do(self, reached: Callable[[], bool], fault: Fault) -> None:
        deadline = time.monotonic() + STAGE_S
        while not reached() and time.monotonic() < deadline:
            time.sleep(0.001)
        time.sleep(fault.delay_s)
        if (process := self._process(fault.process)) is not None:
            with suppress(psutil.NoSuchProcess):
                process.send_signal(fault.way)

    def _process(self, name: str) -> psutil.Process | None:
        """The process that does the work: rasa's forked server, and Java itself."""
        with suppress(OSError, KeyError, ValueError, psutil.NoSuchProcess):
            lines = (self._var / "run" / "pids").read_text(encoding="utf-8").splitlines()
            process = psutil.Process(int(dict(line.split() for line in lines)[name]))
            children = process.children() if name in ("rasa", "graph") else []
            return children[0] if children else process
        return None


class Tough:
    """A merchant whose page keeps trying, as the widget does: a message keeps its id."""

    def __init__(self, address: str) -> None:
        self._http = httpx.Client(base_url=address, timeout=4, trust_env=False)
        opened = self._ask("POST", "/api/session", json={"demo": "wang"})
        self._http.headers["Authorization"] = f"Bearer {opened['token']}"
        self.case_id: str = opened["case_id"]

    def close(self) -> None:
        """Let go of the connection."""
        self._http.close()

    def _ask(self, method: str, path: str, **body: Any) -> Any:
        deadline = time.monotonic() + PATIENCE_S
        while time.monotonic() < deadline:
            with suppress(httpx.HTTPError):
                answer = self._http.request(method, path, **body)
                if answer.status_code < 300:
                    return answer.json()
                if answer.status_code < 500:
                    raise AssertionError(f"{path}: {answer.status_code} {answer.text}")
            time.sleep(0.1)
        raise AssertionError(f"{path}: no answer within {PATIENCE_S:g} s")

    def post(self, text: str) -> str:
        """Say something; the message's id."""
        body = {"text": text, "client_message_id": uuid4().hex}
        return str(self._ask("POST", "/api/messages", json=body)["message_id"])

    def send(self, content: bytes) -> str:
        """Send a photo; its id."""
        data = {"client_upload_id": uuid4().hex}
        sent = self._ask("POST", "/api/uploads", files={"file": ("t.jpg", content)}, data=data)
        return str(sent["evidence_id"])

    def events(self) -> list[dict[str, Any]]:
        """All that happened, oldest first."""
        return list(self._ask("GET", "/api/messages"))

    def case(self) -> dict[str, Any]:
        """The case as it stands."""
        return dict(self._ask("GET", "/api/case"))

    def hear(self, heard: Callable[[dict[str, Any]], bool]) -> None:
        """Wait for such an event.

        Raises:
            AssertionError: None came.
        """
        deadline = time.monotonic() + PATIENCE_S
        while time.monotonic() < deadline:
            if any(heard(event) for event in self.events()):
                return
            time.sleep(0.05)
        raise AssertionError(f"nothing came within {PATIENCE_S:g} s")


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a conversation went: what did not hold, and the seconds it took."""

    fault: Fault | None
    broken: tuple[str, ...]
    seconds: float


def converse(running: Installation, fault: Fault | None) -> Outcome:
    """One conversation with its fault: six turns to the first limit, and the photo if it is hit."""
    with closing(Tough(running.address)) as merchant:
        return _converse(running, merchant, fault)


def _converse(running: Installation, merchant: Tough, fault: Fault | None) -> Outcome:
    began, injector = time.monotonic(), Injector(running)
    asked: list[str] = []
    try:
        for step, text in enumerate(SAID):
            hit = fault if fault is not None and fault.step == step else None
            asked.append(_say(merchant, injector, hit, text))
        evidence_id = None
        if fault is None or fault.step == len(SAID):
            evidence_id = _send_photo(merchant, injector, fault)
    except AssertionError as error:
        return Outcome(fault, (str(error),), time.monotonic() - began)
    faults = tuple(broken(merchant, injector.files, asked, evidence_id))
    return Outcome(fault, faults, time.monotonic() - began)


def _shown(outcome: Outcome) -> Outcome:
    words = "; ".join(outcome.broken) or "held"
    print(f"{outcome.seconds:5.1f} s  {outcome.fault}: {words}", file=sys.stderr, flush=True)
    return outcome


def _say(merchant: Tough, injector: Injector, fault: Fault | None, text: str) -> str:
    message_id = merchant.post(text)
    if fault is not None:
        stage, case_id = fault.stage, merchant.case_id
        injector.when(lambda: injector.files.turn_is(stage, case_id, message_id), fault)
    merchant.hear(lambda event: event.get("in_reply_to") == message_id)
    return message_id


def _send_photo(merchant: Tough, injector: Injector, fault: Fault | None) -> str:
    evidence_id = merchant.send(PHOTO.read_bytes())
    if fault is not None:
        stage, case_id = fault.stage, merchant.case_id
        injector.when(lambda: injector.files.photo_is(stage, case_id, evidence_id), fault)
    merchant.hear(_tells_outcome)
    return evidence_id


def _tells_outcome(event: dict[str, Any]) -> bool:
    """Whether it is a bubble that answers no message, and not the greeting."""
    said = event["kind"] == "message" and event["from"] == "bot"
    return said and event["in_reply_to"] is None and "您好" not in event["text"]


def broken(
    merchant: Tough, files: Files, asked: Sequence[str], evidence_id: str | None
) -> Iterator[str]:
    """What does not hold of a conversation that is over; nothing when all is well.

    Every message was answered once; the photo was inspected, weighed, decided on and told of once;
    the outbox has no gap; what was said is in the profile.
    """
    photos = 0 if evidence_id is None else 1
    deadline = time.monotonic() + PATIENCE_S
    waiting = "SELECT count(*) FROM inbox WHERE case_id = ? AND state != 'kept'"
    while files.one(waiting, merchant.case_id) != 0 and time.monotonic() < deadline:
        time.sleep(0.05)
    if left := files.one(waiting, merchant.case_id):
        yield f"{left} messages are not answered and kept"
    events = merchant.events()
    ids = [e["id"] for e in events]
    if ids != list(range(1, len(ids) + 1)):
        yield f"the outbox has gaps: {ids}"
    bubbles = [e for e in events if e["kind"] == "message" and e["from"] == "bot"]
    answers = Counter(e["in_reply_to"] for e in bubbles)
    for number, message_id in enumerate(asked, 1):
        if answers[message_id] != 1:
            yield f"turn {number} was answered {answers[message_id]} times"
    if answers[None] != 1 + photos:
        yield f"{answers[None]} bubbles came by themselves: a greeting is due, an outcome a photo"
    done = [e for e in events if e["kind"] == "evidence" and e["status"] == "accepted"]
    if len(done) != photos:
        yield f"the photo was accepted {len(done)} times"
    decisions = [e for e in events if e["kind"] == "decision"]
    if len(decisions) != 1 + photos:
        yield f"{len(decisions)} decisions instead of {1 + photos}"
    for kind in ("inspect", "weigh"):
        query = "SELECT count(*) FROM tasks WHERE case_id = ? AND kind = ? AND state = 'done'"
        if (count := files.one(query, merchant.case_id, kind)) != photos:
            yield f"{kind} was done {count} times for {evidence_id}"
    profile = merchant.case()["profile"]
    said = {
        slot: (profile.get(slot) or {}).get("high")
        for slot in ("vehicle_count", "years_in_business")
    }
    if said != {"vehicle_count": 3.0, "years_in_business": 5.0}:
        yield f"the profile holds {said}"


def run(
    faults: Sequence[Fault | None], together: int, *, neo4j: bool = False
) -> tuple[list[Outcome], bool]:
    """All conversations on one installation, so many at a time; and whether its chain is whole."""
    settings = {"BAILING_SILENT_SECONDS": "3"}
    if neo4j:
        settings |= {
            "BAILING_GRAPH_SERVER": "true",
            "BAILING_GRAPH_SERVER_PORT": str(free_port()),
            "BAILING_GRAPH_SERVER_MEMORY_MIB": "256",
        }
    with installation(settings=settings) as running:
        with ThreadPoolExecutor(together) as pool:
            outcomes = list(pool.map(lambda fault: _shown(converse(running, fault)), faults))
        return outcomes, chain_is_whole(running)


def run_all(faults: Sequence[Fault], together: int) -> tuple[list[Outcome], bool]:
    """The same, shared by two installations, one with Ladybug and one with Neo4j."""
    with ThreadPoolExecutor(2) as pool:
        halves = [
            pool.submit(run, [f for f in faults if f.on_neo4j is neo4j], together, neo4j=neo4j)
            for neo4j in (False, True)
        ]
    done = [half.result() for half in halves]
    return [outcome for half, _ in done for outcome in half], all(whole for _, whole in done)


def chain_is_whole(running: Installation) -> bool:
    """Whether `bailing audit verify` finds every entry of the log to follow from the one before."""
    command = [sys.executable, "-m", "bailing.cli", "audit", "verify"]
    environment = {**os.environ, "BAILING_VAR": str(running.var)}
    return subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode == 0


def main() -> None:
    """Run the seeds and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, default=500)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--together", type=int, default=2)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    faults = [Fault.of(seed) for seed in range(options.first, options.first + options.seeds)]
    began = time.monotonic()
    outcomes, whole = run_all(faults, options.together)
    figures: dict[str, Any] = {
        "seeds": len(outcomes),
        "held": sum(not o.broken for o in outcomes),
        "audit_chain_whole": whole,
        "all_s": round(time.monotonic() - began),
    }
    figures |= p50_p95("conversation_s", [o.seconds for o in outcomes], 1)
    show(figures, as_json=options.json)


if __name__ == "__main__":
    main()
