"""Runs checks side by side, each in a process of its own that is ended when its time is over.

A check may hang in a library, on a socket or on a disk that does not answer, or be ended for
memory; whatever it does, it costs its own finding only.
"""

from __future__ import annotations

import contextlib
import json
import math
import os
import selectors
import signal
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from bailing.doctor.finding import Finding, Status, failure, one_line
from bailing.doctor.registry import Check
from bailing.doctor.site import Site

TOTAL_S = 28.0
"""All checks together take no longer."""
AT_A_TIME = 4
"""More than there are processors on a small machine: many checks only wait."""
CHUNK = 65_536
GONE_S = 0.5


@dataclass(frozen=True, slots=True)
class Result:
    """A check and what it found."""

    check: Check
    finding: Finding


@dataclass(slots=True)
class _Look:
    """A check under way, in the process ``pid``; times are those of :func:`time.monotonic`."""

    check: Check
    pid: int
    pipe: int
    began: float
    until: float
    told: bytearray = field(default_factory=bytearray)


def examine(checks: Sequence[Check], site: Site, total_s: float = TOTAL_S) -> Iterator[Result]:
    """What each check found, in the given order, each as soon as it and those before are done.

    Args:
        checks: What to look at; those that may take longest are begun first.
        site: The installation.
        total_s: The time for all of them; what is not done by then is a failure.
    """
    end = time.monotonic() + total_s
    waiting = sorted(checks, key=lambda c: c.limit_s)
    under_way: dict[int, _Look] = {}
    found: dict[str, Finding] = {}
    told = 0
    try:
        while told < len(checks):
            while waiting and len(under_way) < AT_A_TIME and time.monotonic() < end:
                look = _begin(waiting.pop(), site, end)
                under_way[look.pipe] = look
            if not under_way:
                found |= {c.name: _no_time(c) for c in waiting}
            for look in _ended(under_way):
                found[look.check.name] = _finding(look)
            while told < len(checks) and checks[told].name in found:
                check = checks[told]
                yield Result(check, _concealed(found[check.name], site))
                told += 1
    finally:
        for look in under_way.values():
            _end(look)


def _begin(check: Check, site: Site, end: float) -> _Look:
    reading, writing = os.pipe()
    pid = os.fork()
    if pid == 0:
        _child(check, site, writing)
    os.close(writing)
    began = time.monotonic()
    return _Look(check, pid, reading, began, min(began + check.limit_s, end))


def _child(check: Check, site: Site, writing: int) -> None:
    """Look, write the finding, and end; nothing of the parent's goes on here."""
    try:
        os.setsid()
        # Should the parent be gone, nobody else ends what hangs.
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        signal.alarm(math.ceil(check.limit_s) + 2)
        nowhere = os.open(os.devnull, os.O_RDWR)
        for stream in (0, 1, 2):
            os.dup2(nowhere, stream)
        body = _look(check, site)
        with os.fdopen(writing, "wb") as out:
            out.write(json.dumps([body.status, body.saw, body.remedy]).encode())
    finally:
        os._exit(0)


def _look(check: Check, site: Site) -> Finding:
    try:
        return check.look(site)
    except ImportError as error:
        return failure(f"a package cannot be imported: {error}", "make setup")
    except BaseException as error:
        said = one_line(error)
        return failure(type(error).__name__ + (f": {said}" if said else ""), check.remedy)


def _ended(under_way: dict[int, _Look]) -> Iterator[_Look]:
    """Wait for the next that tells something; those that are done or out of time."""
    if not under_way:
        return
    first = min(look.until for look in under_way.values())
    with selectors.DefaultSelector() as selector:
        for pipe in under_way:
            selector.register(pipe, selectors.EVENT_READ)
        ready = {int(key.fd) for key, _ in selector.select(max(0.0, first - time.monotonic()))}
    done = []
    for pipe, look in under_way.items():
        chunk = os.read(pipe, CHUNK) if pipe in ready else None
        look.told += chunk or b""
        if chunk == b"" or time.monotonic() >= look.until:
            done.append(look)
    for look in done:
        del under_way[look.pipe]
        _end(look)
        yield look


def _end(look: _Look) -> None:
    """End a check's process and all that it started; one that the disk holds is left behind."""
    os.close(look.pipe)
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(look.pid, signal.SIGKILL)
    with contextlib.suppress(ProcessLookupError):
        os.kill(look.pid, signal.SIGKILL)
    until = time.monotonic() + GONE_S
    with contextlib.suppress(ChildProcessError):
        while os.waitpid(look.pid, os.WNOHANG)[0] == 0 and time.monotonic() < until:
            time.sleep(0.005)


def _finding(look: _Look) -> Finding:
    if look.told:
        with contextlib.suppress(ValueError):
            status, saw, remedy = json.loads(look.told)
            return Finding(Status(status), saw, remedy)
    if time.monotonic() >= look.until:
        return failure(f"no answer within {look.until - look.began:.0f} s", look.check.remedy)
    return failure("the check ended without a word, perhaps for want of memory", look.check.remedy)


def _no_time(check: Check) -> Finding:
    words = "not looked at: the other checks took all the time"
    return failure(words, f".venv/bin/bailing doctor --only {check.name}")


def _concealed(finding: Finding, site: Site) -> Finding:
    remedy = finding.remedy
    saw = site.conceal(finding.saw)
    return Finding(finding.status, saw, site.conceal(remedy) if remedy is not None else None)
