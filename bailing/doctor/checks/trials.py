"""Trials: a generated paper is read, and a demonstration merchant says one sentence."""

from __future__ import annotations

import json
import os
import resource
import time
import uuid

import httpx

from bailing.doctor.checks.processes import NOT_RUNNING
from bailing.doctor.finding import Finding, failure, ok, warning
from bailing.doctor.processes import running
from bailing.doctor.registry import Group, check
from bailing.doctor.site import Site

PAPER = "wang_license.jpg"
SENTENCE = "我的额度不够用"
WORKERS_THREADS = {"OMP_NUM_THREADS": "2", "OMP_WAIT_POLICY": "PASSIVE"}
"""As `bailing up` has its workers read (bailing/up.py): threads that wait do not spin."""
TURN_S = 12.0
STEP_S = 5.0
SLOW_TURN_S = 3.0


@check("inspection", Group.TRIALS, remedy=".venv/bin/bailing inspect data/demo/*.jpg", limit_s=25)
def inspection(site: Site) -> Finding:
    """A generated licence is read as it was printed, within the bounds of a worker."""
    bound = site.settings.worker_memory_mib * 2**20
    resource.setrlimit(resource.RLIMIT_DATA, (bound, bound))
    folder = site.root / "data" / "demo"
    try:
        listed = json.loads((folder / "photos.json").read_text(encoding="utf-8"))
        printed = next(photo for photo in listed if photo["file"] == PAPER)
        content = (folder / PAPER).read_bytes()
    except (OSError, ValueError, StopIteration) as error:
        return failure(f"data/demo: {error!r}", "git checkout -- data/demo")
    for name, value in WORKERS_THREADS.items():
        os.environ.setdefault(name, value)
    from perception import Inspector

    inspector = Inspector.load()
    began = time.perf_counter()
    seen = inspector.inspect(content)
    took = time.perf_counter() - began
    kind = seen.voucher.type.value
    read = {field.name: field.value for field in seen.fields}
    wrong = [name for name, value in printed["fields"].items() if read.get(name) != value]
    if kind != printed["kind"]:
        saw = f"{PAPER} is taken for {kind}, it is a {printed['kind']}"
        return failure(saw, f".venv/bin/bailing inspect data/demo/{PAPER}")
    if wrong:
        saw = f"{PAPER}: read otherwise than printed: {', '.join(wrong)}"
        return warning(saw, f".venv/bin/bailing inspect data/demo/{PAPER}")
    return ok(f"{PAPER} read in {took:.1f} s, all {len(printed['fields'])} fields right")


@check(
    "turn", Group.TRIALS, remedy="tail -n 50 var/log/web.log var/log/rasa.log", limit_s=TURN_S + 3
)
def turn(site: Site) -> Finding:
    """A demonstration merchant says a sentence to the running gateway, and is answered."""
    if "web" not in running(site.settings.var):
        return NOT_RUNNING
    if not site.settings.demo:
        return ok("not tried: BAILING_DEMO lets no demonstration merchant in")
    with httpx.Client(base_url=site.settings.address, timeout=STEP_S, trust_env=False) as http:
        try:
            return _say(http)
        except httpx.HTTPStatusError as error:
            code = error.response.status_code
            return failure(f"{error.request.url.path} answers {code}", "tail -n 50 var/log/web.log")
        except httpx.HTTPError as error:
            saw = f"no answer from {site.settings.address} ({type(error).__name__})"
            return failure(saw, ".venv/bin/bailing doctor --only running")


def _say(http: httpx.Client) -> Finding:
    opened = http.post("/api/session", json={"demo": "blank"}).raise_for_status().json()
    http.headers["Authorization"] = f"Bearer {opened['token']}"
    said = {"text": SENTENCE, "client_message_id": uuid.uuid4().hex}
    began = time.monotonic()
    taken = http.post("/api/messages", json=said).raise_for_status().json()["message_id"]
    after = 0
    while time.monotonic() - began < TURN_S:
        asked = {"after": after, "wait": 2}
        for event in http.get("/api/messages", params=asked).raise_for_status().json():
            after = event["id"]
            if event.get("in_reply_to") == taken and event.get("from") == "bot":
                return _answered(time.monotonic() - began)
    saw = f"no answer to a sentence within {TURN_S:g} s"
    return failure(saw, ".venv/bin/bailing doctor --only running")


def _answered(took_s: float) -> Finding:
    saw = f"{SENTENCE}: answered after {took_s * 1_000:,.0f} ms"
    if took_s > SLOW_TURN_S:
        return warning(f"{saw}, which is slow", "uptime (is the machine busy?)")
    return ok(saw)
