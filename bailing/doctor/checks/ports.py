"""The ports that the settings name."""

from __future__ import annotations

import os

from bailing.doctor.finding import Finding, failure, ok
from bailing.doctor.processes import belongs, description, running
from bailing.doctor.registry import Group, check
from bailing.doctor.site import Site
from bailing.ports import holder_of, pid_on
from bailing.settings import Settings

PRIVILEGED = 1_024


def ports_of(settings: Settings) -> dict[str, int]:
    """Each port by its setting; the console's own only where it runs apart."""
    ports = {
        "BAILING_PORT": settings.port,
        "BAILING_RASA_PORT": settings.rasa_port,
        "BAILING_ACTIONS_PORT": settings.actions_port,
    }
    return ports if settings.console else {**ports, "BAILING_CONSOLE_PORT": settings.console_port}


@check("ports", Group.MACHINE, remedy="ss -ltnp")
def ports(site: Site) -> Finding:
    """The ports of the settings are free, or held by this installation."""
    ours = running(site.settings.var)
    seen, remedy = [], None
    for setting, port in ports_of(site.settings).items():
        words, mend = _port(setting, port, ours)
        seen.append(words)
        remedy = remedy or mend
    saw = "; ".join(seen)
    return failure(saw, remedy) if remedy else ok(saw)


def _port(setting: str, port: int, ours: dict[str, int]) -> tuple[str, str | None]:
    """What is known of a port, and what to do where it cannot be ours."""
    if not 0 < port < 65_536:
        return f"{port} is no port ({setting})", f"export {setting}={free_port(8_000)}"
    holder = holder_of(port)
    if holder is None:
        return f"{port} free", None
    pid = pid_on(port)
    if pid is None and port < PRIVILEGED and os.geteuid() != 0:
        words = f"{port} ({setting}) is for root alone"
        return words, f"export {setting}={free_port(8_000)}"
    if pid is not None and belongs(pid, ours):
        return f"{port} ours", None
    elsewhere = f"export {setting}={free_port(port + 1)}"
    if pid is None:
        return f"{port} ({setting}) is taken by {holder}", elsewhere
    return f"{port} ({setting}) is taken by {description(pid)}", f"kill {pid}, or {elsewhere}"


def free_port(first: int) -> int:
    """The first free port from this one on."""
    candidates = range(max(first, PRIVILEGED), 65_536)
    return next((port for port in candidates if holder_of(port) is None), 8_000)
