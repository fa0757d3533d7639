"""Every check, by its name: a new one is a function in a module under ``checks``."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from enum import StrEnum
from functools import cache

from bailing.doctor.finding import Finding
from bailing.doctor.site import Site


class Group(StrEnum):
    """What a check looks at; they are told in this order."""

    MACHINE = "machine"
    INSTALLATION = "installation"
    RUNNING = "running"
    TRIALS = "trials"


@dataclass(frozen=True, slots=True)
class Check:
    """One check.

    Attributes:
        name: Its name on the screen, in JSON and after ``--only``.
        group: What it looks at.
        about: What it makes sure of, in one line: the first of its docstring.
        look: Looks, and changes nothing.
        remedy: What to do where it does not end, or breaks.
        limit_s: How long it may take.

    Raises:
        ValueError: It says not what it is about or what to do.
    """

    name: str
    group: Group
    about: str
    look: Callable[[Site], Finding]
    remedy: str
    limit_s: float

    def __post_init__(self) -> None:
        if not self.about.strip() or not self.remedy.strip() or self.limit_s <= 0:
            raise ValueError(f"the check {self.name} needs words, a remedy and a limit")


_checks: dict[str, Check] = {}


def check(
    name: str, group: Group, *, remedy: str, limit_s: float = 6.0
) -> Callable[[Callable[[Site], Finding]], Callable[[Site], Finding]]:
    """Put a function among the checks; see :class:`Check`.

    Raises:
        ValueError: Another check has this name.
    """

    def register(look: Callable[[Site], Finding]) -> Callable[[Site], Finding]:
        if name in _checks:
            raise ValueError(f"two checks are named {name}")
        about = (look.__doc__ or "").strip().partition("\n")[0]
        _checks[name] = Check(name, group, about, look, remedy, limit_s)
        return look

    return register


@cache
def all_checks() -> tuple[Check, ...]:
    """Every check, in the order in which they are told."""
    package = importlib.import_module("bailing.doctor.checks")
    for module in sorted(m.name for m in pkgutil.iter_modules(package.__path__)):
        importlib.import_module(f"{package.__name__}.{module}")
    order = list(Group)
    return tuple(sorted(_checks.values(), key=lambda c: (order.index(c.group), c.look.__module__)))


class UnknownCheck(Exception):
    """No check has this name; the message names the nearest ones."""


def chosen(names: Sequence[str]) -> tuple[Check, ...]:
    """The checks of these names or groups; all of them where none is named.

    Raises:
        UnknownCheck: Nothing has one of these names.
    """
    checks = all_checks()
    known = {c.name for c in checks} | set(Group)
    for name in names:
        if name not in known:
            near = get_close_matches(name, known, n=3) or sorted(known)
            raise UnknownCheck(f"no check is named {name}; there is {', '.join(near)}")
    wanted = set(names)
    return tuple(c for c in checks if not wanted or {c.name, c.group.value} & wanted)
