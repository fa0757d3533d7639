"""The credit file's door: one transaction, and all that it may touch.

    with casefile.begin() as ledger:
        ledger.cases.give_consent(case_id, "limit_review", message_id)
        ledger.audit.append("consent_given", actor="merchant", case_id=case_id)

Everything inside one ``with`` is written together or not at all.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from casefile.archive import Archive
from casefile.audit import Audit
from casefile.cases import Cases
from casefile.errors import CasefileUnavailable
from casefile.mail import Mail
from casefile.proofs import Proofs
from casefile.records import Evidence
from casefile.sightings import Sightings
from casefile.staff import Staff
from casefile.storage import UploadStore
from casefile.work import Decisions, Tasks

BUSY_TIMEOUT_MS = 10_000
"""How long a writer waits for another before it gives up."""
BEFORE_SEALS = "0001"
"""The schema in which the audit log's end was not sealed yet."""


class Ledger:
    """One transaction's view of the credit file."""

    def __init__(self, connection: Connection, key: bytes) -> None:
        self.cases = Cases(connection)
        self.mail = Mail(connection)
        self.proofs = Proofs(connection)
        self.sightings = Sightings(connection, key)
        self.tasks = Tasks(connection)
        self.decisions = Decisions(connection)
        self.audit = Audit(connection, key)
        self.archive = Archive(connection)
        self.staff = Staff(connection)

    def erase_evidence(self, evidence: Evidence, *, actor: str) -> Evidence:
        """Erase all that one proof brought, except the file itself; its tombstone."""
        after = self.proofs.bury(evidence.case_id, evidence.id)
        self.cases.forget_profile_of(evidence.case_id, evidence.id)
        told = self.decisions.scrub(evidence.case_id, evidence.id)
        self.mail.blank_evidence(evidence.case_id, evidence.id)
        self.mail.replace_words(evidence.case_id, told)
        self.audit.append(
            "evidence_withdrawn", actor=actor, case_id=evidence.case_id, subject=evidence.id
        )
        return after


@dataclass(frozen=True, slots=True)
class Schema:
    """Where a credit file's schema stands.

    Attributes:
        present: The revision that the database has; None where it has none.
        newest: The revision that this version works with.
        earlier: The revisions from which :meth:`CaseFile.migrate` comes to the newest.
    """

    present: str | None
    newest: str
    earlier: frozenset[str]


class CaseFile:
    """The credit file: a database and a store of uploads.

    Args:
        engine: The database.
        uploads: Where the files lie.
        key: The installation's secret, for keyed hashes; 32 bytes or more.
    """

    def __init__(self, engine: Engine, uploads: UploadStore, key: bytes) -> None:
        self._engine = engine
        self._key = key
        self._turn = threading.Lock()
        self.uploads = uploads

    @contextmanager
    def begin(self) -> Iterator[Ledger]:
        """A transaction that may write; SQLite takes its write lock at once.

        Raises:
            CasefileUnavailable: The database did not answer in time.
        """
        with self._turn, self._connect() as connection, connection.begin():
            if connection.dialect.name == "sqlite":
                connection.exec_driver_sql("BEGIN IMMEDIATE")
            yield Ledger(connection, self._key)

    @contextmanager
    def read(self) -> Iterator[Ledger]:
        """A consistent view that writes nothing."""
        with self._connect() as connection:
            if connection.dialect.name == "postgresql":
                connection.execution_options(isolation_level="REPEATABLE READ")
            with connection.begin():
                yield self._reading(connection)

    def _reading(self, connection: Connection) -> Ledger:
        if connection.dialect.name == "sqlite":
            connection.exec_driver_sql("BEGIN")
        return Ledger(connection, self._key)

    @contextmanager
    def _connect(self) -> Iterator[Connection]:
        try:
            with self._engine.connect() as connection:
                yield connection
        except (OperationalError, PoolTimeoutError) as error:
            raise CasefileUnavailable(str(error)) from error

    def schema(self) -> Schema:
        """Where the schema stands; nothing is changed.

        Raises:
            CasefileUnavailable: The database did not answer in time.
        """
        scripts = ScriptDirectory.from_config(_migrations())
        newest = str(scripts.get_current_head())
        known = {str(script.revision) for script in scripts.walk_revisions()}
        with self._connect() as connection:
            present = MigrationContext.configure(connection).get_current_revision()
        return Schema(present, newest, frozenset(known - {newest}))

    def try_out(self) -> None:
        """Write what is there already, and take it back: nothing is changed.

        Raises:
            CasefileUnavailable: The database cannot be written, or did not answer in time.
        """
        with self._turn, self._connect() as connection, connection.begin() as transaction:
            if connection.dialect.name == "sqlite":
                connection.exec_driver_sql("BEGIN IMMEDIATE")
            connection.exec_driver_sql("UPDATE alembic_version SET version_num = version_num")
            transaction.rollback()

    def migrate(self) -> None:
        """Bring the schema to the newest revision."""
        config = _migrations()
        with self._engine.connect() as connection:
            before = MigrationContext.configure(connection).get_current_revision()
            connection.rollback()
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
        if before == BEFORE_SEALS:
            with self.begin() as ledger:
                ledger.audit.seal_present_end()

    def close(self) -> None:
        """Let go of every connection."""
        self._engine.dispose()


def _migrations() -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    return config


def open_casefile(database_url: str, storage_url: str, key: bytes) -> CaseFile:
    """The credit file at these addresses; call :meth:`CaseFile.migrate` once before use.

    Args:
        database_url: An SQLAlchemy URL, e.g. ``sqlite:///var/bailing.db``.
        storage_url: An fsspec URL, e.g. ``file:///…/uploads``.
        key: The installation's secret, for keyed hashes.

    Raises:
        ValueError: A key shorter than 32 bytes.
    """
    if len(key) < 32:
        raise ValueError("the installation's key has at least 32 bytes")
    engine = create_engine(database_url, pool_pre_ping=not database_url.startswith("sqlite"))
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _prepare_sqlite)
    return CaseFile(engine, UploadStore(storage_url), key)


def _prepare_sqlite(connection: object, _record: object) -> None:
    """WAL, with every commit on the disk before it is acknowledged: a power cut loses none."""
    connection.isolation_level = None  # type: ignore[attr-defined] # DBAPI: begin is ours
    cursor = connection.cursor()  # type: ignore[attr-defined] # DBAPI connection
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
        f"busy_timeout={BUSY_TIMEOUT_MS}",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()
