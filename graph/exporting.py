"""Writes a graph as JSON Lines that any engine can load.

The first line says what the file is, the last how much it holds; in between a line a node, then
a line a relation. Without its last line a file is not whole.
"""

from __future__ import annotations

import json
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TextIO

from graph.engine import Engine, Row
from graph.errors import GraphUnavailable
from graph.shape import NODES, RELATIONS, SCHEMA_VERSION, NodeKind, RelationKind

FORMAT = 1
HEADER = "bailing_graph"


@dataclass(frozen=True, slots=True)
class Moved:
    """How much was exported or loaded.

    Attributes:
        left_out: Relations of which a node is missing; after an export of a graph at rest, none.
    """

    nodes: int
    relations: int
    left_out: int = 0


def export_graph(engine: Engine, file: Path) -> Moved:
    """Write all of a graph to a file, which appears when it is whole; readable by us alone.

    Raises:
        GraphUnavailable: The engine did not answer, or another process rewrote the graph
            meanwhile; then open it anew and do it again.
    """
    with _appearing(file) as out:
        moved = write_graph(engine, out)
        if not engine.steady():
            raise GraphUnavailable(f"{engine.place} was rewritten while it was read; do it again")
    return moved


def write_graph(engine: Engine, out: TextIO) -> Moved:
    """Write all of a graph, row by row; the lines are never held together."""
    about = {HEADER: FORMAT, "schema": SCHEMA_VERSION, "at": datetime.now(UTC).isoformat()}
    _line(out, about)
    nodes = relations = 0
    for node in NODES.values():
        for row in engine.stream(_nodes(node)):
            nodes += 1
            _line(out, {"node": node.label, "key": row.pop("key"), **_given(row)})
    for relation in RELATIONS.values():
        for row in engine.stream(_relations(relation)):
            relations += 1
            ends = {"from": row.pop("from_key"), "to": row.pop("to_key")}
            _line(out, {"relation": relation.name, **ends, **_given(row)})
    _line(out, {"end": {"nodes": nodes, "relations": relations}})
    return Moved(nodes, relations)


def _nodes(kind: NodeKind) -> str:
    properties = "".join(f", n.{name} AS {name}" for name in kind.properties)
    return f"MATCH (n:{kind.label}) RETURN n.{kind.key} AS key{properties}"


def _relations(kind: RelationKind) -> str:
    start, end = NODES[kind.start], NODES[kind.end]
    properties = "".join(f", r.{name} AS {name}" for name in kind.properties)
    return (
        f"MATCH (a:{kind.start})-[r:{kind.name}]->(b:{kind.end}) "
        f"RETURN a.{start.key} AS from_key, b.{end.key} AS to_key{properties}"
    )


def _given(row: Row) -> dict[str, Any]:
    return {"properties": {name: value for name, value in row.items() if value is not None}}


def _line(out: TextIO, record: dict[str, Any]) -> None:
    out.write(json.dumps(record, ensure_ascii=False, separators=(",", ":")) + "\n")


@contextmanager
def _appearing(file: Path) -> Iterator[TextIO]:
    """A file that is there under its name only when all was written."""
    partial = file.with_name(f".{file.name}.{secrets.token_hex(4)}")
    descriptor = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with open(descriptor, "w", encoding="utf-8") as out:
            yield out
            out.flush()
            os.fsync(out.fileno())
        partial.replace(file)
    finally:
        partial.unlink(missing_ok=True)
