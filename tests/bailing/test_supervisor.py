"""When a process counts as lost, and that a lost one is brought back."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from bailing import supervisor
from bailing.supervisor import AGAIN_S, ProcessSpec, Sign, Watched


class Clock:
    """A clock that the test moves."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.now = 1_000.0
        monkeypatch.setattr(supervisor.time, "monotonic", lambda: self.now)


class Part:
    """A process under watch that shows what the test says."""

    def __init__(self, start_s: float = 240.0) -> None:
        self.sign = Sign.STARTING
        spec = ProcessSpec("part", ["true"], {}, lambda _: self.sign, Path(), start_s=start_s)
        self.watched = Watched(spec)
        self.process = subprocess.Popen(["true"])
        self.process.wait()

    def begin(self) -> None:
        self.watched.begin(self.process)

    def shows(self, sign: Sign) -> None:
        self.sign = sign
        self.watched.look()


def test_a_first_start_may_take_its_time(monkeypatch: pytest.MonkeyPatch) -> None:
    clock, part = Clock(monkeypatch), Part(start_s=240)
    part.begin()
    clock.now += 239
    part.shows(Sign.STARTING)
    assert not part.watched.lost
    clock.now += 2
    assert part.watched.lost


@pytest.mark.parametrize(("took", "patience"), [(5.0, AGAIN_S), (30.0, 90.0), (200.0, 240.0)])
def test_one_that_was_ready_before_is_not_waited_for_so_long(
    monkeypatch: pytest.MonkeyPatch, took: float, patience: float
) -> None:
    clock, part = Clock(monkeypatch), Part(start_s=240)
    part.begin()
    clock.now += took
    part.shows(Sign.ALIVE)
    part.begin()
    clock.now += patience - 1
    part.shows(Sign.STARTING)
    assert not part.watched.lost
    clock.now += 2
    assert part.watched.lost


def test_one_that_falls_silent_is_lost_soon(monkeypatch: pytest.MonkeyPatch) -> None:
    clock, part = Clock(monkeypatch), Part()
    part.begin()
    part.shows(Sign.ALIVE)
    part.shows(Sign.SILENT)
    clock.now += part.watched.spec.patience_s - 0.1
    assert not part.watched.lost
    clock.now += 0.2
    assert part.watched.lost
    part.shows(Sign.ALIVE)
    assert not part.watched.lost
