"""Looks a graph over: does it answer, is its schema ours, is anything in it odd."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass

from graph.engine import Engine, query
from graph.industry_tree import industry_tree
from graph.shape import NODES, RELATIONS, SCHEMA_VERSION
from graph.upkeep import schema_version

OPEN_ONCE = "start `bailing up`, which brings it up to date, and check again"
ODD = {
    "odd_trades": (
        "trades whose proof is not in the graph, so that taking it back would not find them",
        "erase the cases that they belong to, or have their proofs read again",
    ),
    "odd_ownerships": (
        "vehicles' owners whose proof is not in the graph",
        "erase the cases that they belong to, or have their proofs read again",
    ),
    "odd_vouchers": (
        "proofs that belong to no company",
        "take them back where they are known, or load an export without them",
    ),
    "odd_vehicles": ("vehicles that nobody owns", "load an export without them"),
    "odd_counterparties": (
        "counterparties that trade with nobody",
        "load an export without them",
    ),
    "odd_industries": (
        "industries that are part of nothing: codes that GB/T 4754-2017 does not have",
        "correct the industry_code of the merchants that have them",
    ),
    "odd_companies": (
        "companies in several industries at once",
        "have their licences read again",
    ),
    "odd_repeats": (
        "proofs that stand for several trades",
        "have them read again: the last reading replaces the others",
    ),
}
"""What is counted as odd, by its query: what it is, and what to do."""


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that is not as it should be, and what to do about it."""

    code: str
    message: str
    remedy: str


@dataclass(frozen=True, slots=True)
class Health:
    """What was found.

    Attributes:
        answers_ms: How long the simplest question took.
        schema: The graph's version; None where it never said.
        nodes: How many there are, by label; so ``relations`` by name.
    """

    engine: str
    place: str
    answers_ms: float
    schema: int | None
    nodes: Mapping[str, int]
    relations: Mapping[str, int]
    problems: tuple[Problem, ...]


def look_over(engine: Engine) -> Health:
    """Ask everything that ``bailing graph check`` tells; reads the whole graph.

    Raises:
        GraphUnavailable: The engine did not answer.
        SchemaNewer: A newer version has written it.
    """
    begun = time.perf_counter()
    engine.read(lambda run: run("RETURN 1 AS one"))
    answers_ms = (time.perf_counter() - begun) * 1000
    version = schema_version(engine)
    if version != SCHEMA_VERSION:
        problem = Problem("schema", f"its schema is {version}, not {SCHEMA_VERSION}", OPEN_ONCE)
        return Health(engine.name, engine.place, answers_ms, version, {}, {}, (problem,))
    return Health(
        engine=engine.name,
        place=engine.place,
        answers_ms=answers_ms,
        schema=version,
        nodes={label: _count(engine, f"MATCH (n:{label}) RETURN count(n) AS n") for label in NODES},
        relations={
            name: _count(engine, f"MATCH ()-[r:{name}]->() RETURN count(r) AS n")
            for name in RELATIONS
        },
        problems=(*_constraints(engine), *_industries(engine), *_oddities(engine)),
    )


def _constraints(engine: Engine) -> list[Problem]:
    missing = engine.missing_constraints()
    if not missing:
        return []
    names = ", ".join(missing)
    return [Problem("constraints", f"no unique key for {names}", OPEN_ONCE)]


def _industries(engine: Engine) -> list[Problem]:
    """Every industry of the standard, under the one that it is part of."""
    wanted = {(node.code, node.parent) for node in industry_tree()}
    there = engine.read(lambda run: run(query("industries")))
    lost = wanted - {(row["code"], row["parent"]) for row in there}
    if not lost:
        return []
    some = ", ".join(sorted(code for code, _ in lost)[:5])
    message = f"{len(lost)} of {len(wanted)} industries are missing or misplaced: {some} …"
    return [Problem("industries", message, OPEN_ONCE)]


def _oddities(engine: Engine) -> list[Problem]:
    found = {name: _count(engine, query(name)) for name in ODD}
    return [Problem(n, f"{found[n]} {ODD[n][0]}", ODD[n][1]) for n in ODD if found[n]]


def _count(engine: Engine, cypher: str) -> int:
    return int(engine.read(lambda run: run(cypher))[0]["n"])
