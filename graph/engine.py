"""The engine behind the graph: Ladybug embedded, or another by the scheme of its address."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from functools import cache
from pathlib import Path
from typing import Any, Protocol

from graph.errors import EngineUnknown, GraphUnavailable

QUERIES = Path(__file__).parent / "queries"
Row = dict[str, Any]


class Engine(Protocol):
    """Something that runs the room's Cypher, in the subset that Ladybug and Neo4j share."""

    def run(self, cypher: str, parameters: Mapping[str, Any] | None = None) -> list[Row]:
        """The rows of a statement.

        Raises:
            GraphUnavailable: It could not be run.
        """

    def transaction(self) -> AbstractContextManager[None]:
        """All that is run inside happens, or nothing does."""

    def close(self) -> None:
        """Let go of the engine."""


class LadybugEngine:
    """Ladybug, embedded; one writing process, and in it one statement at a time.

    Args:
        path: The database file; made, with its folder, where there is none.

    Raises:
        GraphUnavailable: Another process writes to it, or it cannot be opened.
    """

    def __init__(self, path: Path) -> None:
        import ladybug

        self._lock = threading.RLock()
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._database = ladybug.Database(str(path))
            # Each query touches a handful of rows: more threads only wait for each other.
            self._connection = ladybug.Connection(self._database, num_threads=1)
        except (RuntimeError, OSError) as error:
            raise GraphUnavailable(str(error)) from error
        for statement in query("schema_ladybug").split(";"):
            self.run(statement)

    def run(self, cypher: str, parameters: Mapping[str, Any] | None = None) -> list[Row]:
        """The rows of a statement."""
        with self._lock:
            try:
                result: Any = self._connection.execute(cypher, dict(parameters or {}))
                names = result.get_column_names()
                rows = []
                while result.has_next():
                    rows.append(dict(zip(names, result.get_next(), strict=True)))
                result.close()
            except RuntimeError as error:
                raise GraphUnavailable(str(error)) from error
        return rows

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All that is run inside happens, or nothing does."""
        with self._lock:
            self.run("BEGIN TRANSACTION")
            try:
                yield
            except BaseException:
                self.run("ROLLBACK")
                raise
            self.run("COMMIT")

    def close(self) -> None:
        """Close connection and database."""
        with self._lock:
            self._connection.close()
            self._database.close()


def look_into(path: Path) -> None:
    """Read a Ladybug file that is there, and change nothing; the writing process may go on.

    Raises:
        GraphUnavailable: It is missing, damaged, or no such file.
    """
    import ladybug

    try:
        with (
            ladybug.Database(str(path), read_only=True) as database,
            ladybug.Connection(database, num_threads=1) as connection,
        ):
            connection.execute("CALL show_tables() RETURN name")
    except RuntimeError as error:
        raise GraphUnavailable(str(error)) from error


@cache
def query(name: str) -> str:
    """The text of a named query."""
    return (QUERIES / f"{name}.cypher").read_text(encoding="utf-8")


def _ladybug(rest: str) -> Engine:
    return LadybugEngine(Path("/" + rest.lstrip("/")))


ENGINES: dict[str, Callable[[str], Engine]] = {"ladybug": _ladybug}
"""How an address is opened, by its scheme; one more engine is one more line."""


def open_engine(url: str) -> Engine:
    """The engine at this address, e.g. ``ladybug:///var/graph.lbug``.

    Raises:
        EngineUnknown: No engine of this scheme.
        GraphUnavailable: It could not be opened.
    """
    scheme, _, rest = url.partition("://")
    if scheme not in ENGINES:
        raise EngineUnknown(f"no graph engine for {scheme!r}; known: {', '.join(ENGINES)}")
    return ENGINES[scheme](rest)
