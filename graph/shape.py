"""What a graph holds: its nodes and relations as data, and each engine's schema made of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

SCHEMA_VERSION = 2
"""Raised with every change below; an older graph is brought up to it when it is opened."""
BATCH = 5_000
"""Rows that one statement writes when much is written."""


@dataclass(frozen=True, slots=True, eq=False)
class NodeKind:
    """A label, the property that is its key, and its other properties; all strings."""

    label: str
    key: str
    properties: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class RelationKind:
    """A relation between two labels.

    Attributes:
        properties: Its properties with their type, ``STRING`` or ``DOUBLE``.
        identity: What tells two of it between the same nodes apart; None where there is only one.
    """

    name: str
    start: str
    end: str
    properties: Mapping[str, str]
    identity: str | None = None


NODES = {
    kind.label: kind
    for kind in (
        NodeKind(
            "Company",
            "id",
            (
                *("name", "credit_code", "industry_code", "region"),
                *("legal_person", "registered_on", "evidence"),
            ),
        ),
        NodeKind("Industry", "code", ("name", "level")),
        NodeKind("Place", "name"),
        NodeKind("Vehicle", "id", ("plate",)),
        NodeKind("Voucher", "id", ("kind", "number")),
    )
}
RELATIONS = {
    kind.name: kind
    for kind in (
        RelationKind(
            "SELLS_TO",
            "Company",
            "Company",
            {
                "amount_cny": "DOUBLE",
                "on_date": "STRING",
                "evidence": "STRING",
                "number": "STRING",
            },
            identity="evidence",
        ),
        RelationKind("OWNS", "Company", "Vehicle", {"evidence": "STRING"}, identity="evidence"),
        RelationKind("SHOWN_BY", "Company", "Voucher", {"evidence": "STRING"}),
        RelationKind("PART_OF", "Industry", "Industry", {}),
        RelationKind("OPERATES_IN", "Company", "Industry", {}),
        RelationKind("LOCATED_AT", "Company", "Place", {}),
    )
}
META = NodeKind("Meta", "key", ("value",))
"""What the graph knows of itself; stays behind when a graph is moved."""


def ladybug_schema() -> list[str]:
    """The tables, and the columns that a graph of an older version lacks."""
    made = [_node_table(kind) for kind in (*NODES.values(), META)]
    made += [_relation_table(kind) for kind in RELATIONS.values()]
    for node in NODES.values():
        made += [_column(node.label, name, "STRING") for name in node.properties]
    for relation in RELATIONS.values():
        made += [_column(relation.name, name, kind) for name, kind in relation.properties.items()]
    return made


def neo4j_schema() -> list[str]:
    """A unique key for each label; without it, two writers could make one node twice."""
    return [
        f"CREATE CONSTRAINT {constraint_name(kind)} IF NOT EXISTS "
        f"FOR (n:{kind.label}) REQUIRE n.{kind.key} IS UNIQUE"
        for kind in (*NODES.values(), META)
    ]


def constraint_name(kind: NodeKind) -> str:
    """How the constraint of a label's key is called."""
    return f"bailing_{kind.label.lower()}_{kind.key}"


def _node_table(kind: NodeKind) -> str:
    columns = "".join(f", {name} STRING" for name in kind.properties)
    return f"CREATE NODE TABLE IF NOT EXISTS {kind.label}({kind.key} STRING PRIMARY KEY{columns})"


def _relation_table(kind: RelationKind) -> str:
    columns = "".join(f", {name} {type_}" for name, type_ in kind.properties.items())
    return f"CREATE REL TABLE IF NOT EXISTS {kind.name}(FROM {kind.start} TO {kind.end}{columns})"


def _column(table: str, name: str, kind: str) -> str:
    return f"ALTER TABLE {table} ADD IF NOT EXISTS {name} {kind}"
