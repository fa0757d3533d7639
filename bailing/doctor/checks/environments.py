"""What the set-up makes: both environments and the trained dialogue model."""

from __future__ import annotations

import hashlib
import re
import sys
import tarfile
from pathlib import Path

from bailing.doctor.finding import Finding, failure, ok, warning
from bailing.doctor.programs import python_version
from bailing.doctor.registry import Group, check
from bailing.doctor.site import Site
from bailing.training import model_path, rasa_python

APP_LISTS = ("app.txt",)
RASA_LISTS = ("rasa.txt", "rasa311.txt")
_PIN = re.compile(r"^([\w.-]+)==(\S+) *\\?$", re.MULTILINE)
"""A package of a lock list; one with a condition is left out."""
_INSTALLED = re.compile(r"(.+?)-([^-]+)(?:-py[\d.]+)?\.(?:dist|egg)-info")
NAMED = 3


@check("environment", Group.INSTALLATION, remedy="make setup", limit_s=10)
def environment(site: Site) -> Finding:
    """The project's environment is there, with the packages of locks/app.txt."""
    found = _environment(site, ".venv", APP_LISTS, "make setup")
    if found.remedy is None and Path(sys.prefix).resolve() != (site.root / ".venv").resolve():
        return warning(f"{found.saw}; but this is the Python of {sys.prefix}", "use .venv/bin")
    return found


@check("rasa-environment", Group.INSTALLATION, remedy="sh deploy/setup.sh rasa", limit_s=10)
def rasa_environment(site: Site) -> Finding:
    """The dialogue engine's environment is there, with the packages of its lock list."""
    return _environment(site, ".venv-rasa", RASA_LISTS, "sh deploy/setup.sh rasa")


def _environment(site: Site, name: str, lists: tuple[str, ...], make: str) -> Finding:
    folder = site.root / name
    again = f"rm {name}/.made-from && {make}"
    if not folder.exists():
        return failure(f"{name} is not there yet", make)
    version = python_version(folder / "bin" / "python")
    if version is None:
        return failure(
            f"{name}/bin/python does not run; its Python is gone", f"rm -r {name}; {make}"
        )
    mark = folder / ".made-from"
    made_from = mark.read_text(encoding="utf-8").strip() if mark.exists() else "nothing"
    used = next((n for n in lists if list_hash(site.root / "locks" / n) == made_from), None)
    if used is None:
        return failure(f"{name} was made from another list than locks/{lists[0]}", make)
    wrong = _differing(site.root / "locks" / used, folder)
    if wrong:
        more = f" and {len(wrong) - NAMED} more" if len(wrong) > NAMED else ""
        return failure(f"{name} is not as locked: {', '.join(wrong[:NAMED])}{more}", again)
    return ok(f"Python {'.'.join(map(str, version))}, as locks/{used} says")


def list_hash(path: Path) -> str:
    """How deploy/setup.sh names a lock list's content."""
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()[:16]
    except OSError:
        return "no list"


def _differing(lock: Path, folder: Path) -> list[str]:
    """The locked packages that are missing, or there in another version."""
    wanted = dict(_PIN.findall(lock.read_text(encoding="utf-8")))
    there: dict[str, str] = {}
    for entry in folder.glob("lib/python*/site-packages/*-info"):
        if named := _INSTALLED.fullmatch(entry.name):
            there[_plain(named[1])] = named[2]
    return [
        f"{name} {there[_plain(name)]} instead of {version}"
        if _plain(name) in there
        else f"no {name}"
        for name, version in wanted.items()
        if there.get(_plain(name)) != version
    ]


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


@check("dialogue-model", Group.INSTALLATION, remedy="make train", limit_s=10)
def dialogue_model(site: Site) -> Finding:
    """The dialogue model of the present sentences and domain is trained, and whole."""
    path = model_path(site.settings)
    if not path.exists():
        others = len(list(site.settings.models.glob("dialogue-*.tar.gz")))
        seen = f"; {others} of earlier inputs" if others else ""
        tool = "make train" if rasa_python().exists() else "make setup train"
        return failure(f"no model of the present inputs ({path.name}){seen}", tool)
    try:
        with tarfile.open(path) as model:
            parts = len(model.getnames())
    except (tarfile.TarError, OSError, EOFError) as error:
        return failure(f"{path.name} is damaged: {error}", f"rm {site.show(path)} && make train")
    return ok(f"{path.name}, {parts} parts")
