"""Where the installation keeps things: its folder, the credit file, the uploads, the graph."""

from __future__ import annotations

import fcntl
import os
import struct
import tempfile
from pathlib import Path

from bailing.doctor.checks.machine import existing
from bailing.doctor.finding import Finding, failure, ok
from bailing.doctor.processes import description, running
from bailing.doctor.registry import Group, check
from bailing.doctor.site import Site
from bailing.terms import RoomError

NO_KEY = bytes(32)
"""For opening the credit file where no keyed hash is made: the doctor makes no key."""
STORE_S = 8.0
PATIENCE_S = 5.0
UPDATE = "make run (a start brings it to the newest; make a backup before)"
NEWER = "run the version of Bailing that made it, or restore a backup"
_LOCK = "hhqqi4x"


@check("var", Group.INSTALLATION, remedy="ls -ld var; df var")
def var(site: Site) -> Finding:
    """The installation's folder, and what lies in it, can be written."""
    folder = site.settings.var
    above = existing(folder)
    if not above.is_dir():
        return failure(f"{above} is no folder", f"mv {above} {above}.old")
    if fault := _not_writable(above):
        return failure(f"{site.show(above)} cannot be written: {fault}", _own(above))
    if above != folder.absolute():
        return ok(f"{site.show(folder)} is not there yet; the first start makes it")
    locked = sorted(p.name for p in folder.iterdir() if not os.access(p, os.W_OK))
    if locked:
        return failure(f"in {site.show(folder)} not writable: {', '.join(locked)}", _own(folder))
    return ok(f"{site.show(folder)} can be written")


def _not_writable(folder: Path) -> str | None:
    """Why no file can be made here, found by making one that has no name; None where it can."""
    try:
        with tempfile.TemporaryFile(dir=folder) as trial:
            trial.write(b"trial")
            trial.flush()
    except OSError as error:
        return error.strerror or type(error).__name__
    return None


def _own(folder: Path) -> str:
    if folder.stat().st_uid == os.geteuid():
        return f"chmod -R u+rwX {folder}"
    return f"sudo chown -R $(id -un) {folder}"


@check("credit-file", Group.INSTALLATION, remedy="fuser -v var/casefile.db", limit_s=STORE_S)
def credit_file(site: Site) -> Finding:
    """The credit file answers, can be written, and has the newest schema."""
    from casefile import open_casefile

    url = site.settings.database
    file = Path(url.removeprefix("sqlite:///")) if url.startswith("sqlite:///") else None
    if file is not None and not file.exists():
        return ok(f"{site.show(file)} is not there yet; the first start makes it")
    where = site.show(file) if file else site.conceal(url)
    try:
        casefile = open_casefile(url, "memory://", NO_KEY)
        schema = casefile.schema()
        if schema.present is not None:
            casefile.try_out()
        casefile.close()
    except (RoomError, ImportError) as error:
        return failure(f"{where}: {error}", _reach(file))
    if schema.present == schema.newest:
        return ok(f"{where}, schema {schema.present}")
    if schema.present is None or schema.present in schema.earlier:
        saw = f"{where} has schema {schema.present or 'none'}, the newest is {schema.newest}"
        return failure(saw, UPDATE)
    saw = f"{where} has schema {schema.present}, which this version does not know"
    return failure(saw, NEWER)


def _reach(file: Path | None) -> str:
    if file is None:
        return "start the database, or correct BAILING_DATABASE_URL"
    return f"ls -l {file}*; fuser -v {file}"


@check("uploads", Group.INSTALLATION, remedy="correct BAILING_STORAGE_URL", limit_s=STORE_S)
def uploads(site: Site) -> Finding:
    """The store of what merchants send takes a file, gives it back and lets it be erased."""
    from casefile.storage import UploadStore

    url = site.settings.storage
    folder = Path(url.removeprefix("file://")) if url.startswith("file://") else None
    where = site.show(folder) if folder else site.conceal(url)
    if folder is not None and not folder.exists():
        if fault := _not_writable(existing(folder)):
            return failure(f"{where} cannot be made: {fault}", _own(existing(folder)))
        return ok(f"{where} is not there yet; the first upload makes it")
    try:
        UploadStore(url).try_out()
    except Exception as error:  # a file system, a cloud's client: each fails in its own way
        saw = f"{where} takes no file: {type(error).__name__}: {error}"
        mend = _own(folder) if folder else "correct BAILING_STORAGE_URL or the store's rights"
        return failure(saw, mend)
    return ok(f"{where} takes, gives and erases a file")


@check(
    "graph",
    Group.INSTALLATION,
    remedy=".venv/bin/bailing graph check; fuser -v var/graph.lbug",
    limit_s=STORE_S,
)
def graph(site: Site) -> Finding:
    """The graph's engine answers, or the running actions have it in hand."""
    from graph import open_engine
    from graph.upkeep import schema_version

    url = site.settings.graph
    file = Path("/" + url.partition("://")[2].lstrip("/")) if url.startswith("ladybug:") else None
    where = site.show(file) if file else site.conceal(url)
    if file is not None and (finding := _ladybug(file, site)):
        return finding
    mend = f"cp -a BACKUP {file}" if file else "start its server, or correct BAILING_GRAPH_URL"
    try:
        engine = open_engine(url, read_only=True, patience_s=PATIENCE_S)
        version = schema_version(engine)
        engine.close()
    except RoomError as error:
        return failure(f"{where}: {error}", mend)
    return _graph_schema(where, version)


def _graph_schema(where: str, version: int | None) -> Finding:
    from graph.shape import SCHEMA_VERSION

    if version is None:
        return ok(f"{where} answers, and is empty yet")
    saw = f"{where} answers, schema {version}"
    if version < SCHEMA_VERSION:
        return failure(f"{saw}, the newest is {SCHEMA_VERSION}", UPDATE)
    if version > SCHEMA_VERSION:
        return failure(f"{saw}, which this version does not know", NEWER)
    return ok(saw)


def _ladybug(file: Path, site: Site) -> Finding | None:
    """What can be said of a graph file without opening it; None where it is free to be opened."""
    where = site.show(file)
    if not file.exists():
        return ok(f"{where} is not there yet; the first start makes it")
    if not file.is_file():
        return failure(f"{where} is no file", f"mv {file} {file}.old")
    holder = lock_holder(file)
    if holder is None:
        return None
    if holder == running(site.settings.var).get("actions"):
        return ok(f"{where}, in the hands of the running actions")
    saw = f"{where} is locked by {description(holder)}, which is not the running actions"
    return failure(saw, f"kill -9 {holder}" if holder else f"fuser -v {file}")


def lock_holder(file: Path) -> int | None:
    """The process that holds a write lock on a file; 0 where it cannot be named; None if none."""
    descriptor = os.open(file, os.O_RDONLY)
    try:
        asked = struct.pack(_LOCK, fcntl.F_RDLCK, os.SEEK_SET, 0, 0, 0)
        kind, *_, pid = struct.unpack(_LOCK, fcntl.fcntl(descriptor, fcntl.F_GETLK, asked))
    finally:
        os.close(descriptor)
    return None if kind == fcntl.F_UNLCK else max(0, int(pid))
