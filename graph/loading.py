"""Loads an exported graph into any engine; loading twice is loading once.

What the file says of a node or relation wins; what the graph holds besides stays.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, partial
from itertools import groupby, islice
from typing import Any

from graph.engine import Engine, Row, Run
from graph.errors import GraphFileBroken
from graph.exporting import FORMAT, HEADER, Moved
from graph.shape import BATCH, NODES, RELATIONS, SCHEMA_VERSION, NodeKind, RelationKind

Kind = NodeKind | RelationKind


@dataclass(frozen=True, slots=True)
class Entry:
    """A node or relation of the file, as a query takes it."""

    kind: Kind
    row: Row


def load_graph(engine: Engine, lines: Iterable[str]) -> Moved:
    """Write all that an exported file holds, in parts, each whole or not at all.

    Args:
        engine: The graph to load into.
        lines: The file's lines, read as they are needed.

    Raises:
        GraphFileBroken: It is no export, a newer one, or not whole; what came before the broken
            line is loaded.
        GraphUnavailable: The engine did not answer. Loading again goes on from where it is.
    """
    nodes = relations = left_out = 0
    with engine.bulk():
        for kind, rows in _batches(read_entries(lines)):
            if isinstance(kind, NodeKind):
                engine.write(partial(_put_nodes, kind=kind, rows=rows))
                nodes += len(rows)
            else:
                put = engine.write(partial(_put_relations, kind=kind, rows=rows))
                relations += put
                left_out += len(rows) - put
    return Moved(nodes, relations, left_out)


def read_entries(lines: Iterable[str]) -> Iterator[Entry]:
    """The nodes and relations of an exported file, each checked.

    Raises:
        GraphFileBroken: The message names the line.
    """
    counted = {"nodes": 0, "relations": 0}
    ended = False
    for number, line in enumerate(lines, 1):
        record = _record(number, line)
        if number == 1:
            _check_header(record)
        elif ended:
            raise GraphFileBroken(f"line {number}: there is more after the end")
        elif "end" in record:
            ended = True
            if record["end"] != counted:
                raise GraphFileBroken(f"line {number}: {record['end']} said, {counted} found")
        else:
            entry = _entry(number, record)
            counted["nodes" if isinstance(entry.kind, NodeKind) else "relations"] += 1
            yield entry
    if not ended:
        raise GraphFileBroken("the file is cut short: its last line is missing")


def _record(number: int, line: str) -> dict[str, Any]:
    try:
        record = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise GraphFileBroken(f"line {number}: no JSON ({error})") from error
    if not isinstance(record, dict):
        raise GraphFileBroken(f"line {number}: no JSON object")
    return record


def _check_header(record: Mapping[str, Any]) -> None:
    if record.get(HEADER) != FORMAT:
        raise GraphFileBroken(f"line 1: not an exported graph of format {FORMAT}")
    schema = record.get("schema")
    if not isinstance(schema, int) or schema > SCHEMA_VERSION:
        raise GraphFileBroken(
            f"line 1: schema {schema} is newer than {SCHEMA_VERSION}: load it with that version"
        )


def _entry(number: int, record: Mapping[str, Any]) -> Entry:
    kind = _kind(record)
    if kind is None:
        raise GraphFileBroken(f"line {number}: neither a node nor a relation that is known")
    is_node = isinstance(kind, NodeKind)
    ends = {end: record.get(end) for end in (("key",) if is_node else ("from", "to"))}
    if not all(isinstance(value, str) and value for value in ends.values()):
        raise GraphFileBroken(f"line {number}: {' and '.join(ends)} must be words")
    given = record.get("properties", {})
    types = _types(kind)
    if not isinstance(given, dict) or given.keys() - types.keys():
        raise GraphFileBroken(f"line {number}: properties that are not known")
    row = ends | {name: _value(number, given.get(name), types[name]) for name in types}
    if isinstance(kind, RelationKind) and kind.identity:
        row[kind.identity] = row[kind.identity] or ""  # MERGE takes no null
    return Entry(kind, row)


def _kind(record: Mapping[str, Any]) -> Kind | None:
    if "node" in record:
        return NODES.get(str(record["node"]))
    return RELATIONS.get(str(record.get("relation")))


def _types(kind: Kind) -> Mapping[str, str]:
    if isinstance(kind, NodeKind):
        return dict.fromkeys(kind.properties, "STRING")
    return kind.properties


def _value(number: int, value: Any, kind: str) -> Any:
    if value is None or (kind == "STRING" and isinstance(value, str)):
        return value
    if kind == "DOUBLE" and isinstance(value, int | float) and not isinstance(value, bool):
        return float(value)
    raise GraphFileBroken(f"line {number}: {value!r} is no {kind}")


def _batches(entries: Iterable[Entry]) -> Iterator[tuple[Kind, list[Row]]]:
    """Rows of one kind, as many as one statement takes."""
    for _, of_kind in groupby(entries, key=lambda entry: id(entry.kind)):
        while part := list(islice(of_kind, BATCH)):
            yield part[0].kind, [entry.row for entry in part]


def _put_nodes(run: Run, kind: NodeKind, rows: list[Row]) -> None:
    """Make those that are new and set those that are there.

    Not by MERGE: on a large table Ladybug takes a hundred times as long for it (2.6 ms a row).
    """
    latest = {row["key"]: row for row in rows}
    found = run(_statement(kind, "find"), {"rows": [{"key": key} for key in latest]})
    there = {row["key"] for row in found}
    if new := [row for key, row in latest.items() if key not in there]:
        run(_statement(kind, "make"), {"rows": new})
    if there and kind.properties:
        run(_statement(kind, "set"), {"rows": [latest[key] for key in there]})


def _put_relations(run: Run, kind: RelationKind, rows: list[Row]) -> int:
    """Write relations between nodes that are there; how many that were."""
    return int(run(_statement(kind, "merge"), {"rows": rows})[0]["n"])


@cache
def _statement(kind: Kind, what: str) -> str:
    if isinstance(kind, RelationKind):
        return _merging(kind)
    node = f"(n:{kind.label} {{{kind.key}: row.key}})"
    values = ", ".join(f"n.{name} = row.{name}" for name in kind.properties)
    return (
        "UNWIND $rows AS row "
        + {
            "find": f"MATCH {node} RETURN n.{kind.key} AS key",
            "make": f"CREATE {node}" + (f" SET {values}" if values else ""),
            "set": f"MATCH {node} SET {values}",
        }[what]
    )


def _merging(kind: RelationKind) -> str:
    """One end after the other: both in one MATCH make Ladybug join their tables."""
    start, end = NODES[kind.start], NODES[kind.end]
    told_apart = f" {{{kind.identity}: row.{kind.identity}}}" if kind.identity else ""
    others = [name for name in kind.properties if name != kind.identity]
    values = ", ".join(f"r.{name} = row.{name}" for name in others)
    return (
        f"UNWIND $rows AS row MATCH (a:{kind.start} {{{start.key}: row.from}}) "
        f"WITH a, row MATCH (b:{kind.end} {{{end.key}: row.to}}) "
        f"MERGE (a)-[r:{kind.name}{told_apart}]->(b){' SET ' + values if values else ''} "
        "RETURN count(*) AS n"
    )
