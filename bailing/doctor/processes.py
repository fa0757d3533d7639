"""Which processes of this installation run."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import psutil

OURS = ("bailing.cli", "understanding.server")
"""What stands in the command of each process that ``bailing up`` starts."""


def noted(var: Path) -> dict[str, int]:
    """Process ids by name, as ``bailing up`` last wrote them; empty where it has ended well."""
    try:
        lines = (var / "run" / "pids").read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        return {}
    pairs = (line.split() for line in lines)
    return {pair[0]: int(pair[1]) for pair in pairs if len(pair) == 2 and pair[1].isdecimal()}


def running(var: Path) -> dict[str, int]:
    """Those of them that are there, and are what they are said to be."""
    return {name: pid for name, pid in noted(var).items() if _is_ours(pid)}


def _is_ours(pid: int) -> bool:
    try:
        words = psutil.Process(pid).cmdline()
    except psutil.Error:
        return False
    return any(word in OURS for word in words)


def belongs(pid: int, to: Mapping[str, int]) -> bool:
    """Whether a process is one of these, or was started by one."""
    try:
        line = [pid, *(p.pid for p in psutil.Process(pid).parents())]
    except psutil.Error:
        line = [pid]
    return bool(set(line) & set(to.values()))


def description(pid: int) -> str:
    """A process by its name, its id, and that it is stopped where it is."""
    try:
        process = psutil.Process(pid)
        stopped = ", stopped" if process.status() == psutil.STATUS_STOPPED else ""
        return f"{process.name()} (process {pid}{stopped})"
    except psutil.Error:
        return f"process {pid}"
