"""The running installation, where there is one: each process answers."""

from __future__ import annotations

import json
import time
import urllib.error
import urllib.request
from typing import Any

from bailing.compose import heartbeat_file
from bailing.doctor.finding import Finding, failure, ok, warning
from bailing.doctor.processes import description, noted, running
from bailing.doctor.registry import Group, check
from bailing.doctor.site import Site
from bailing.supervisor import Sign
from bailing.training import model_path
from bailing.up import answer_of, heartbeat_of

NOT_RUNNING = ok("not tried: Bailing does not run here")
PARTS = ("web", "actions", "rasa")
START = "make run"


@check("processes", Group.RUNNING, remedy="ps aux | grep bailing")
def processes(site: Site) -> Finding:
    """Every process that `bailing up` starts is there, or none is."""
    var = site.settings.var
    there = running(var)
    wanted = [*PARTS, *(f"worker-{n + 1}" for n in range(site.settings.workers))]
    if not there:
        if noted(var):
            return warning("Bailing ended without a farewell, perhaps by a power cut", START)
        return ok("Bailing does not run here; make run starts it")
    lacking = [name for name in wanted if name not in there]
    if lacking:
        log = site.show(var / "log" / f"{lacking[0]}.log")
        return failure(f"{', '.join(lacking)} not there", f"tail -n 50 {log}")
    return ok(", ".join(f"{name} {there[name]}" for name in wanted))


@check("web", Group.RUNNING, remedy="tail -n 50 var/log/web.log")
def web(site: Site) -> Finding:
    """The gateway answers, and is ready for merchants."""
    if "web" not in running(site.settings.var):
        return NOT_RUNNING
    address = site.settings.address
    if fault := _silent(site, "web", f"{address}/healthz"):
        return fault
    if answer_of(f"{address}/readyz") is not Sign.ALIVE:
        saw = f"{address} is alive, and not ready: it waits for rasa or the actions"
        return failure(saw, ".venv/bin/bailing doctor --only rasa,actions")
    return ok(f"{address} is ready")


@check("rasa", Group.RUNNING, remedy="tail -n 50 var/log/rasa.log")
def rasa(site: Site) -> Finding:
    """The dialogue engine answers, with the model of the present inputs."""
    if "rasa" not in running(site.settings.var):
        return NOT_RUNNING
    url = f"{site.settings.rasa_url}/status"
    if fault := _silent(site, "rasa", url):
        return fault
    used = str(_json(url).get("model_file") or "no model").rsplit("/", 1)[-1]
    present = model_path(site.settings).name
    if used != present:
        return warning(f"it speaks with {used}, the present inputs make {present}", "make run anew")
    return ok(f"answers with {used}")


@check("actions", Group.RUNNING, remedy="tail -n 50 var/log/actions.log")
def actions(site: Site) -> Finding:
    """The actions answer."""
    if "actions" not in running(site.settings.var):
        return NOT_RUNNING
    url = f"{site.settings.actions_url}/health"
    return _silent(site, "actions", url) or ok(f"{site.settings.actions_url} answers")


@check("workers", Group.RUNNING, remedy="tail -n 50 var/log/worker-1.log")
def workers(site: Site) -> Finding:
    """Every worker's heart beats."""
    there = {n: p for n, p in running(site.settings.var).items() if n.startswith("worker-")}
    if not there:
        return NOT_RUNNING
    for name, pid in there.items():
        file = heartbeat_file(site.settings, pid)
        if heartbeat_of(file) is not Sign.ALIVE:
            since = f"for {time.time() - file.stat().st_mtime:.0f} s" if file.exists() else "yet"
            saw = f"no heartbeat of {name}, {description(pid)}, {since}"
            return failure(saw, f"kill -9 {pid} (it is started anew by itself)")
    return ok(f"{len(there)} at work")


def _silent(site: Site, name: str, url: str) -> Finding | None:
    """The failure of a process that does not answer; None where it does."""
    sign = answer_of(url)
    if sign is Sign.ALIVE:
        return None
    pid = running(site.settings.var).get(name, 0)
    log = site.show(site.settings.var / "log" / f"{name}.log")
    saw = f"{name}, {description(pid)}, {sign.value} at {url}"
    if sign is Sign.STARTING:
        return failure(saw, f"wait a minute, then tail -n 50 {log}")
    return failure(saw, f"kill -9 {pid} (it is started anew by itself); tail -n 50 {log}")


def _json(url: str) -> dict[str, Any]:
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(url, timeout=2) as answer:
            return dict(json.loads(answer.read()))
    except (OSError, ValueError):
        return {}
