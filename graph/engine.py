"""The engine behind the graph: Ladybug embedded, or another by the scheme of its address."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Protocol

from graph.errors import EngineUnknown, GraphUnavailable

QUERIES = Path(__file__).parent / "queries"


class Engine(Protocol):
    """Something that runs the room's Cypher."""

    def run(self, cypher: str, parameters: Mapping[str, Any] | None = None) -> list[dict[str, Any]]:
        """The rows of a statement.

        Raises:
            GraphUnavailable: It could not be run.
        """

    def close(self) -> None:
        """Let go of the engine."""


class LadybugEngine:
    """Ladybug, embedded; one writing process."""

    def __init__(self, path: Path) -> None:
        import ladybug

        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            self._database = ladybug.Database(str(path))
            self._connection = ladybug.Connection(self._database)
        except RuntimeError as error:
            raise GraphUnavailable(str(error)) from error
        self._lock = threading.Lock()
        for statement in query("schema_ladybug").split(";"):
            if statement.strip():
                self.run(statement)

    def run(self, cypher: str, parameters: Mapping[str, Any] | None = None) -> list[dict[str, Any]]:
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

    def close(self) -> None:
        """Close connection and database."""
        self._connection.close()
        self._database.close()


def query(name: str) -> str:
    """The text of a named query."""
    return (QUERIES / f"{name}.cypher").read_text(encoding="utf-8")


def open_engine(url: str) -> Engine:
    """The engine at this address, e.g. ``ladybug:///var/graph.lbug``.

    Raises:
        EngineUnknown: No engine of this scheme.
        GraphUnavailable: It could not be opened.
    """
    scheme, _, rest = url.partition("://")
    if scheme == "ladybug":
        return LadybugEngine(Path("/" + rest.lstrip("/")))
    raise EngineUnknown(scheme)
