"""The machine: what must be there before anything is installed, and what the tests want."""

from __future__ import annotations

import locale
import os
import re
import resource
import shutil
import sys
from pathlib import Path

import psutil

from bailing.doctor.finding import Finding, failure, ok, warning
from bailing.doctor.processes import running
from bailing.doctor.programs import app_python, apt_get, rasa_python, said_by
from bailing.doctor.registry import Group, check
from bailing.doctor.site import Site
from bailing.training import rasa_python as engine_python

MIB = 2**20
GIB = 2**30
BASE_MIB = 1_200
"""Rasa, the actions and the web process (docs/benchmarks.md)."""
WORKER_MIB = 600
SPARE_MIB = 300
"""What should be left for the rest of the machine while all runs."""
SET_UP_GIB = 4.5
"""Both environments with the tools and a trained model."""
DISK_WARNING_GIB, DISK_FAILURE_GIB = 2.0, 0.3
FILES_WARNING, FILES_FAILURE = 1_024, 256


@check("python", Group.MACHINE, remedy="python3 --version", limit_s=15)
def python(site: Site) -> Finding:
    """A Python for the project and one for the dialogue engine are here."""
    wanted = os.environ.get("BAILING_RASA_PYTHON")
    versions = [wanted] if wanted in ("3.10", "3.11") else ["3.10", "3.11"]
    ours, engine = app_python(), rasa_python(versions)
    words = [_python("the project", ours), _python("the dialogue engine", engine)]
    saw = "; ".join(words)
    if ours is None and not (site.root / ".venv" / "bin" / "python").exists():
        return failure(saw, apt_get("python3", "python3-venv"))
    if engine is None and not engine_python().exists():
        words = [words[0], "none for the dialogue engine, the set-up would download one"]
        return warning("; ".join(words), apt_get(f"python{versions[-1]}"))
    return ok(saw)


def _python(whom: str, found: tuple[str, tuple[int, int, int]] | None) -> str:
    if found is None:
        return f"none beside its environment for {whom}"
    return f"{'.'.join(map(str, found[1]))} for {whom}"


@check("tools", Group.MACHINE, remedy=apt_get("make", "python3-venv"), limit_s=10)
def tools(site: Site) -> Finding:
    """What the set-up needs of Debian: make, and python3-venv until uv is there."""
    lacking = [] if shutil.which("make") else ["make"]
    if not (site.root / ".tools" / "bin" / "uv").exists():
        found = app_python()
        if not found or said_by([found[0], "-c", "import venv, ensurepip"]) is None:
            lacking.append("python3-venv")
    if not lacking:
        return ok("make, and what makes environments")
    saw = f"{' and '.join(lacking)} not installed"
    set_up = (site.root / ".venv").exists() and (site.root / ".venv-rasa").exists()
    return (warning if set_up else failure)(saw, apt_get(*lacking))


@check("chromium", Group.MACHINE, remedy=apt_get("chromium"))
def chromium(site: Site) -> Finding:
    """The browser of the tests."""
    found = shutil.which("chromium")
    if found:
        return ok(found)
    return warning("no chromium; only the browser tests want it", apt_get("chromium"))


@check("fonts", Group.MACHINE, remedy="fc-list :lang=zh", limit_s=15)
def fonts(site: Site) -> Finding:
    """The Chinese fonts with which papers are generated."""
    from perception.synthesis.fonts import missing_packages

    lacking = missing_packages()
    if not lacking:
        return ok("all four Chinese font packages")
    saw = f"{', '.join(lacking)} not installed; generated papers and their tests want them"
    return warning(saw, apt_get(*lacking))


@check("java", Group.MACHINE, remedy=apt_get("openjdk-17-jdk-headless", "maven"), limit_s=10)
def java(site: Site) -> Finding:
    """Java and Maven, with which `bailing graph server` and the tests start a Neo4j."""
    from graph.server import missing_tools

    lacking = missing_tools(site.settings.var / "neo4j")
    if not lacking:
        return ok("Java and Maven")
    packages = re.findall(r"apt-get install ([\w.-]+)", " ".join(lacking))
    tools = " and ".join(tool.partition(" (")[0] for tool in lacking)
    return warning(f"no {tools}; only a Neo4j started here wants it", apt_get(*packages))


@check("memory", Group.MACHINE, remedy="free -m")
def memory(site: Site) -> Finding:
    """Memory is free for all processes and their workers."""
    free_mib = _free_memory() // MIB
    runs = bool(running(site.settings.var))
    need_mib = SPARE_MIB if runs else BASE_MIB + WORKER_MIB * site.settings.workers
    saw = f"{free_mib:,} MiB free"
    if free_mib < need_mib and runs:
        return warning(f"{saw} beside what runs", "ps aux --sort=-rss | head -5")
    if free_mib < need_mib:
        saw = f"{saw}; {site.settings.workers} workers and the rest take {need_mib:,} MiB"
        fewer = site.settings.workers > 1
        remedy = "export BAILING_WORKERS=1" if fewer else "ps aux --sort=-rss | head -5"
        return failure(saw, remedy)
    if free_mib < need_mib + SPARE_MIB:
        return warning(f"{saw}, just enough", "ps aux --sort=-rss | head -5")
    return ok(saw)


def _free_memory() -> int:
    """What may still be taken, in bytes: the machine's, or a container's where that is less."""
    free = psutil.virtual_memory().available
    group = Path("/sys/fs/cgroup")
    for most, taken in (
        ("memory.max", "memory.current"),
        ("memory/memory.limit_in_bytes", "memory/memory.usage_in_bytes"),
    ):
        try:
            left = int((group / most).read_text()) - int((group / taken).read_text())
        except (OSError, ValueError):
            continue
        free = min(free, max(0, left))
    return int(free)


@check("disk", Group.MACHINE, remedy="df -h")
def disk(site: Site) -> Finding:
    """The disks have room for the set-up and for what merchants send."""
    made = all((site.root / name).exists() for name in (".venv", ".venv-rasa"))
    places = {site.root: DISK_WARNING_GIB if made else SET_UP_GIB}
    places.setdefault(existing(site.settings.var), DISK_WARNING_GIB)
    free = {path: shutil.disk_usage(path).free / GIB for path in places}
    path = min(free, key=lambda p: free[p] - places[p])
    saw = f"{free[path]:.1f} GiB free at {path}"
    if free[path] < DISK_FAILURE_GIB or (not made and free[path] < places[path]):
        return failure(f"{saw}; {places[path]:g} GiB are wanted", f"du -xh {path} | sort -h | tail")
    if free[path] < places[path]:
        return warning(f"{saw}; {places[path]:g} GiB are wanted", f"du -xh {path} | sort -h | tail")
    return ok(saw)


def existing(path: Path) -> Path:
    """The path, or where it does not exist yet the nearest folder above that does."""
    return next(p for p in (path.absolute(), *path.absolute().parents) if p.exists())


@check("open-files", Group.MACHINE, remedy="ulimit -n 4096")
def open_files(site: Site) -> Finding:
    """A process may hold enough files and connections open; nothing here watches files."""
    most = resource.getrlimit(resource.RLIMIT_NOFILE)[0]
    if most == resource.RLIM_INFINITY or most >= FILES_WARNING:
        return ok("any number" if most == resource.RLIM_INFINITY else f"up to {most:,}")
    saw = f"only {most:,} files or connections a process"
    return (failure if most < FILES_FAILURE else warning)(saw, "ulimit -n 4096")


@check("locale", Group.MACHINE, remedy="export LC_ALL=C.UTF-8")
def locale_check(site: Site) -> Finding:
    """Texts are read and written as UTF-8, whatever the locale is called."""
    names = ("LC_ALL", "LC_CTYPE", "LANG")
    named = next((os.environ[n] for n in names if os.environ.get(n)), "none set")
    used = {
        "files": locale.getpreferredencoding(False),
        "names of files": sys.getfilesystemencoding(),
        "the terminal": getattr(sys.__stdout__, "encoding", None) or "utf-8",
    }
    wrong = [f"{what} in {e}" for what, e in used.items() if _plain(e) != "utf8"]
    if wrong:
        return failure(f"locale {named}: {', '.join(wrong)}", "export LC_ALL=C.UTF-8")
    return ok(f"UTF-8 (locale: {named})")


def _plain(encoding: str) -> str:
    return encoding.lower().replace("-", "").replace("_", "")
