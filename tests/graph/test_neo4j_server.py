"""A Neo4j server that dies, freezes and comes back, for real."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path

import neo4j
import pytest

from graph import Graph, open_graph
from graph.engine import Run, open_engine
from graph.errors import AccessRefused, GraphError, GraphUnavailable, ServerRefused
from graph.server import GraphServer, ServerPlan

pytestmark = pytest.mark.neo4j
A_FEW_SECONDS = 9.0


@pytest.fixture(scope="module")
def server(server_plan: Callable[[], ServerPlan]) -> Iterator[GraphServer]:
    with GraphServer(server_plan()) as running:
        yield running


@pytest.fixture
def graph(server: GraphServer) -> Iterator[Graph]:
    opened = open_graph(server.url)
    write(opened, "warm")
    yield opened
    opened.close()


def write(graph: Graph, evidence: str) -> None:
    graph.record_trade(
        "case",
        counterparty="甲",
        sells=True,
        amount_cny=Decimal(1),
        on_date=None,
        evidence_id=evidence,
        kind="receipt",
        number=None,
    )


@contextmanager
def frozen(server: GraphServer) -> Iterator[None]:
    os.kill(server.pid, signal.SIGSTOP)
    try:
        yield
    finally:
        os.kill(server.pid, signal.SIGCONT)


def fails_soon(call: Callable[[], object]) -> None:
    begun = time.monotonic()
    with pytest.raises(GraphUnavailable) as caught:
        call()
    assert time.monotonic() - begun < A_FEW_SECONDS
    assert (caught.value.code, caught.value.retryable) == ("graph_unavailable", True)
    assert "password" not in str(caught.value)


def test_a_frozen_server_is_an_error_and_then_serves_again(
    graph: Graph, server: GraphServer
) -> None:
    with frozen(server):
        fails_soon(lambda: graph.trades_of("case"))
        fails_soon(lambda: write(graph, "lost"))
        fails_soon(lambda: open_graph(server.url))
    write(graph, "after")
    assert "after" in [t.evidence_id for t in graph.trades_of("case")]


def test_several_who_wait_for_a_frozen_server_all_go_on(graph: Graph, server: GraphServer) -> None:
    failed: list[str] = []

    def ask() -> None:
        try:
            graph.neighbourhood("case")
        except GraphError as error:
            failed.append(error.code)

    asking = [threading.Thread(target=ask) for _ in range(6)]
    with frozen(server):
        for thread in asking:
            thread.start()
        for thread in asking:
            thread.join(A_FEW_SECONDS * 2)
    assert failed == ["graph_unavailable"] * 6


def test_what_a_freeze_cuts_in_half_is_undone(graph: Graph, server: GraphServer) -> None:
    def half(run: Run) -> None:
        run("MERGE (v:Voucher {id: 'half'})")
        os.kill(server.pid, signal.SIGSTOP)
        run("MERGE (v:Voucher {id: 'other half'})")

    try:
        fails_soon(lambda: graph._engine.write(half))
    finally:
        os.kill(server.pid, signal.SIGCONT)
    found = graph._engine.run("MATCH (v:Voucher) WHERE v.id ENDS WITH 'half' RETURN v.id AS id")
    assert found == []


def test_a_killed_server_is_an_error_and_loses_nothing(graph: Graph, server: GraphServer) -> None:
    write(graph, "kept")
    os.kill(server.pid, signal.SIGKILL)
    fails_soon(lambda: graph.trades_of("case"))
    fails_soon(lambda: write(graph, "lost"))
    server.stop()
    server.start()
    write(graph, "after")
    assert {"kept", "after"} <= {t.evidence_id for t in graph.trades_of("case")}


def test_a_passing_failure_is_tried_again(graph: Graph) -> None:
    tries: list[int] = []

    def work(run: Run) -> int:
        tries.append(1)
        run("MERGE (v:Voucher {id: 'again'}) SET v.number = '1'")
        if len(tries) < 3:
            raise neo4j.exceptions.TransientError("a deadlock, say")
        return len(tries)

    assert graph._engine.write(work) == 3
    graph.forget_evidence("again")


def test_a_wrong_password_is_no_passing_failure(server: GraphServer) -> None:
    with pytest.raises(AccessRefused) as caught:
        open_engine(server.url.replace("neo4j://neo4j:", "neo4j://neo4j:x"))
    assert not caught.value.retryable
    assert "of/tests" not in str(caught.value)


def test_it_knows_no_password_of_neo4js_own(server: GraphServer) -> None:
    with pytest.raises(AccessRefused):
        open_engine(server.url.replace("a%20password%3A%20of%2Ftests", "neo4j"))


def test_a_second_server_on_the_same_data_is_refused(
    server: GraphServer, server_plan: Callable[[], ServerPlan]
) -> None:
    plan = server_plan()
    same = ServerPlan(plan.jars, server._plan.data, plan.port, plan.password, plan.log)
    with pytest.raises(ServerRefused, match=r"(?i)lock"):
        GraphServer(same).start()


def test_it_tells_nobody_of_its_use_and_keeps_no_queries(server: GraphServer) -> None:
    logs = server._plan.data / "logs"
    assert "Anonymous Usage Data is being sent" not in (logs / "debug.log").read_text()
    assert (logs / "query.log").read_text() == ""
    assert server._plan.data.stat().st_mode & 0o077 == 0


def test_a_server_that_leaves_ends_with_the_last_of_its_processes(
    server_plan: Callable[[], ServerPlan],
) -> None:
    server = GraphServer(server_plan())
    server.start()
    pid = server.pid
    begun = time.monotonic()
    server.stop()
    assert time.monotonic() - begun < 20
    assert not Path(f"/proc/{pid}").exists()
