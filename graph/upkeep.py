"""Brings an opened graph up to date: its schema, its version, and the tree of industries."""

from __future__ import annotations

from graph.engine import Engine, query
from graph.errors import QueryRefused, SchemaNewer
from graph.industry_tree import fingerprint, industry_tree
from graph.shape import SCHEMA_VERSION, ladybug_schema, neo4j_schema

SCHEMAS = {"ladybug": ladybug_schema, "neo4j": neo4j_schema}
VERSION = "schema_version"
INDUSTRIES = "industries"


def bring_up_to_date(engine: Engine) -> None:
    """Make what the graph lacks; where it lacks nothing, two look-ups.

    Raises:
        SchemaNewer: A newer version has written it.
        GraphUnavailable: The engine did not answer.
    """
    version = schema_version(engine)
    if version is not None and version > SCHEMA_VERSION:
        raise SchemaNewer(
            f"{engine.place} has schema {version}, this version knows {SCHEMA_VERSION}: "
            "run the newer one"
        )
    if version != SCHEMA_VERSION or engine.missing_constraints():
        for statement in SCHEMAS[engine.name]():
            engine.run(statement)
        remember(engine, VERSION, str(SCHEMA_VERSION))
    plant_industries(engine)


def plant_industries(engine: Engine) -> bool:
    """Write the tree of GB/T 4754-2017 unless this very tree is there; whether it was written."""
    rows = [node.row() for node in industry_tree()]
    there = engine.read(lambda run: run(query("count_industries")))[0]["n"]
    if there >= len(rows) and recall(engine, INDUSTRIES) == fingerprint():
        return False
    links = [row for row in rows if row["parent"]]
    engine.run(query("unloop_industries"))
    engine.run(query("put_industries"), {"rows": rows})
    engine.run(query("link_industries"), {"rows": links})
    remember(engine, INDUSTRIES, fingerprint())
    return True


def schema_version(engine: Engine) -> int | None:
    """The version of the graph's schema; None where it was never said."""
    said = recall(engine, VERSION)
    return int(said) if said else None


def recall(engine: Engine, key: str) -> str | None:
    """What the graph keeps of itself under a key."""
    try:
        rows = engine.read(lambda run: run(query("meta"), {"key": key}))
    except QueryRefused:  # a graph from before it kept anything
        return None
    return str(rows[0]["value"]) if rows else None


def remember(engine: Engine, key: str, value: str) -> None:
    """Keep something of the graph itself."""
    engine.run(query("put_meta"), {"key": key, "value": value})
