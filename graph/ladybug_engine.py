"""Ladybug, embedded: a file, one process that writes, others that read beside it."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from graph.engine import Result, Row, Run
from graph.errors import GraphError, GraphUnavailable, QueryRefused

REFUSALS = (
    *("Parser exception", "Binder exception", "Catalog exception", "Conversion exception"),
    "Connection exception: Cannot execute write operations in a read-only database",
)
"""How messages begin that blame the statement, not the engine."""
CHECKPOINT_S = 5.0
LOG_BYTES = 16 * 2**20
"""Ladybug's own bound of the log beside the file, after which it rewrites the file."""
BULK_LOG_BYTES = 256 * 2**20


class LadybugEngine:
    """One statement at a time, in a process that alone may write.

    Args:
        path: The database file; made, with its folder, where there is none.
        read_only: Open beside a process that writes; what it writes later is not seen.

    Raises:
        GraphUnavailable: Another process writes to it, or it cannot be opened.
    """

    name = "ladybug"

    def __init__(self, path: Path, *, read_only: bool = False) -> None:
        self._path = path
        self._lock = threading.RLock()
        if read_only and not path.exists():
            raise GraphUnavailable(f"there is no graph at {path}")
        self._read_only = read_only
        self._open()

    @property
    def place(self) -> str:
        """Its address."""
        return f"ladybug://{self._path}"

    def read(self, work: Callable[[Run], Result]) -> Result:
        """What ``work`` returns; nothing is written in between."""
        with self._alone():
            return work(self._run)

    def write(self, work: Callable[[Run], Result]) -> Result:
        """What ``work`` returns; all that it runs happens, or nothing does."""
        with self._alone():
            self._run("BEGIN TRANSACTION")
            try:
                result = work(self._run)
            except BaseException:
                with suppress(GraphError):  # a statement that failed has already undone it all
                    self._run("ROLLBACK")
                raise
            self._run("COMMIT")
            return result

    def run(self, cypher: str, parameters: Mapping[str, Any] | None = None) -> list[Row]:
        """The rows of one statement, written at once."""
        with self._alone():
            return self._run(cypher, parameters)

    def stream(self, cypher: str) -> Iterator[Row]:
        """The rows of a reading statement one by one; nobody else runs one meanwhile."""
        with self._alone():
            yield from self._rows(cypher, {})

    @contextmanager
    def bulk(self) -> Iterator[None]:
        """Rewrite the file less often: each time takes as long as the graph is large."""
        self.run(f"CALL checkpoint_threshold={BULK_LOG_BYTES}")
        try:
            yield
        finally:
            self.run(f"CALL checkpoint_threshold={LOG_BYTES}")
            self.run("CHECKPOINT")

    def missing_constraints(self) -> list[str]:
        """None: a table's primary key is always unique."""
        return []

    def steady(self) -> bool:
        """Whether no other process has rewritten the file since it was opened to be read."""
        return not self._read_only or self._stamp() == self._opened_as

    def close(self) -> None:
        """Close connection and database."""
        with self._lock:
            self._connection.close()
            self._database.close()

    def _open(self) -> None:
        """Open, and wait for a checkpoint of another process, which no reading one may see."""
        deadline = time.monotonic() + CHECKPOINT_S
        while True:
            try:
                return self._open_at_once()
            except (RuntimeError, OSError) as error:
                waiting = self._read_only and "checkpoint" in str(error)
                if not waiting or time.monotonic() > deadline:
                    raise _refused_opening(self._path, error) from error
                time.sleep(0.05)

    def _open_at_once(self) -> None:
        import ladybug

        self._path.parent.mkdir(parents=True, exist_ok=True)
        self._opened_as = self._stamp()
        self._database = ladybug.Database(str(self._path), read_only=self._read_only)
        self._connect()

    def _connect(self) -> None:
        import ladybug

        # Each query touches a handful of rows: more threads only wait for each other.
        self._connection = ladybug.Connection(self._database, num_threads=1)

    @contextmanager
    def _alone(self) -> Iterator[None]:
        with self._lock:
            try:
                yield
            except QueryRefused:
                # A connection remembers what it refused, and would go on when the table is there.
                self._connection.close()
                self._connect()
                raise

    def _run(self, cypher: str, parameters: Mapping[str, Any] | None = None, /) -> list[Row]:
        return list(self._rows(cypher, parameters or {}))

    def _rows(self, cypher: str, parameters: Mapping[str, Any]) -> Iterator[Row]:
        try:
            result: Any = self._connection.execute(cypher, dict(parameters))
            names = result.get_column_names()
            try:
                while result.has_next():
                    yield dict(zip(names, result.get_next(), strict=True))
            finally:
                result.close()
        except RuntimeError as error:
            raise _ours(error) from error

    def _stamp(self) -> tuple[int, int]:
        """Changes when a checkpoint rewrites the file; the log beside it is read on opening."""
        try:
            status = self._path.stat()
        except FileNotFoundError:
            return (0, 0)
        return (status.st_mtime_ns, status.st_size)


def _ours(error: RuntimeError) -> GraphError:
    message = str(error)
    return QueryRefused(message) if message.startswith(REFUSALS) else GraphUnavailable(message)


def _refused_opening(path: Path, error: Exception) -> GraphUnavailable:
    message = str(error).splitlines()[0] if str(error) else repr(error)
    if "lock" in message.lower():
        return GraphUnavailable(
            f"another process writes to {path} ({message}); end it first, `bailing up` for instance"
        )
    return GraphUnavailable(f"{path}: {message}")
