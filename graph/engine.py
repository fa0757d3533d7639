"""The engine behind the graph: Ladybug embedded, or Neo4j, by the scheme of its address."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager
from functools import cache
from pathlib import Path
from typing import Any, Protocol, TypeVar

from graph.errors import EngineUnknown

QUERIES = Path(__file__).parent / "queries"
PATIENCE_S = 4.0
"""How long a conversation waits for the graph; for bulk work give more."""
Row = dict[str, Any]
Result = TypeVar("Result")


class Run(Protocol):
    """Runs one statement of a unit of work."""

    def __call__(self, cypher: str, parameters: Mapping[str, Any] | None = None, /) -> list[Row]:
        """The rows of the statement."""


class Engine(Protocol):
    """Something that runs the room's Cypher, in the subset that Ladybug and Neo4j share."""

    @property
    def name(self) -> str:
        """Which one it is, ``ladybug`` or ``neo4j``."""

    @property
    def place(self) -> str:
        """Its address, without a password."""

    def read(self, work: Callable[[Run], Result]) -> Result:
        """What ``work`` returns; it only reads.

        Raises:
            GraphUnavailable: The engine did not answer in time.
            QueryRefused: It does not take a statement.
            AccessRefused: It does not let us in.
        """

    def write(self, work: Callable[[Run], Result]) -> Result:
        """What ``work`` returns; all that it runs happens, or nothing does.

        After a passing failure (a deadlock, a lost connection) it is called again, so it must
        change nothing but the graph. Raises as :meth:`read`.
        """

    def run(self, cypher: str, parameters: Mapping[str, Any] | None = None) -> list[Row]:
        """The rows of one statement, written at once. Raises as :meth:`read`."""

    def stream(self, cypher: str) -> Iterator[Row]:
        """The rows of a reading statement one by one, however many. Raises as :meth:`read`."""

    def bulk(self) -> AbstractContextManager[None]:
        """Much is written inside; the engine may order its work for that."""

    def missing_constraints(self) -> list[str]:
        """The labels whose key is not unique, by name; none where all are."""

    def steady(self) -> bool:
        """Whether all that was read since opening is of one piece."""

    def close(self) -> None:
        """Let go of the engine."""


@cache
def query(name: str) -> str:
    """The text of a named query."""
    return (QUERIES / f"{name}.cypher").read_text(encoding="utf-8")


def _ladybug(url: str, read_only: bool, patience_s: float) -> Engine:
    from graph.ladybug_engine import LadybugEngine

    _, _, path = url.partition("://")
    return LadybugEngine(Path("/" + path.lstrip("/")), read_only=read_only)


def _neo4j(url: str, read_only: bool, patience_s: float) -> Engine:
    from graph.address import read_address
    from graph.neo4j_engine import Neo4jEngine

    return Neo4jEngine(read_address(url), read_only=read_only, patience_s=patience_s)


NEO4J_SCHEMES = tuple(f"{name}{tls}" for name in ("neo4j", "bolt") for tls in ("", "+s", "+ssc"))
ENGINES: dict[str, Callable[[str, bool, float], Engine]] = {
    "ladybug": _ladybug,
    **dict.fromkeys(NEO4J_SCHEMES, _neo4j),
}
"""How an address is opened, by its scheme; one more engine is one more line."""


def open_engine(url: str, *, read_only: bool = False, patience_s: float = PATIENCE_S) -> Engine:
    """The engine at an address, with its schema up to date unless it is only to be read.

    Args:
        url: E.g. ``ladybug:///var/graph.lbug`` or ``neo4j://user:password@host:7687``.
        read_only: Change nothing; beside a process that writes, Ladybug opens no other way.
        patience_s: How long one unit of work may take, where the engine is a server.

    Raises:
        EngineUnknown: No engine of this scheme.
        AddressWrong: The address lacks a part.
        AccessRefused: The server refuses user or password.
        SchemaNewer: The graph is of a newer version.
        GraphUnavailable: It could not be opened.
    """
    from graph.upkeep import bring_up_to_date

    scheme, _, _ = url.partition("://")
    if scheme not in ENGINES:
        named = repr(scheme) if scheme.isalnum() else "this address"  # it may hold a password
        raise EngineUnknown(f"no graph engine for {named}; known: {', '.join(ENGINES)}")
    engine = ENGINES[scheme](url, read_only, patience_s)
    try:
        if not read_only:
            bring_up_to_date(engine)
    except BaseException:
        engine.close()
        raise
    return engine
