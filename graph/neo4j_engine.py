"""Neo4j: a server of its own, several writers, and a network in between that may fail."""

from __future__ import annotations

import contextlib
import logging
import threading
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Literal

import neo4j
from neo4j.exceptions import AuthError, ClientError, DriverError, Forbidden, Neo4jError

from graph.address import Address
from graph.engine import PATIENCE_S, Result, Row, Run
from graph.errors import AccessRefused, GraphError, GraphUnavailable, QueryRefused
from graph.shape import META, NODES, constraint_name
from graph.watchdog import Guard, Watchdog

CONNECT_S = 1.5
ACQUIRE_S = 2.0
RETRY_S = 2.0
"""For how long a unit of work is tried again after its first failure."""
FIRST_RETRY_S = 0.2
CONNECTIONS = 16
LIFETIME_S = 1_800
ROWS_AT_A_TIME = 1_000


class Neo4jEngine:
    """Units of work as managed transactions, each within the patience.

    Args:
        address: Where, and who we are.
        read_only: Ask the server to refuse what writes.
        patience_s: After so long without an answer the connections are cut, the server undoes
            the unfinished, and the next call connects anew.

    Raises:
        GraphUnavailable: The server does not answer.
        AccessRefused: It refuses user or password.
    """

    name = "neo4j"

    def __init__(
        self, address: Address, *, read_only: bool = False, patience_s: float = PATIENCE_S
    ) -> None:
        self._address = address
        self._read_only = read_only
        self._patience_s = patience_s
        self._lock = threading.Lock()
        self._driver: neo4j.Driver | None = None
        self._watchdog = Watchdog(patience_s)
        # What fails is raised as an error of ours; the driver would tell of each attempt as well.
        logging.getLogger("neo4j").setLevel(logging.CRITICAL)
        try:
            self.read(lambda run: run("RETURN 1 AS one"))
        except BaseException:
            self.close()
            raise

    @property
    def place(self) -> str:
        """Its address, without the password."""
        return str(self._address)

    def read(self, work: Callable[[Run], Result]) -> Result:
        """What ``work`` returns; it only reads."""
        return self._managed("READ", work)

    def write(self, work: Callable[[Run], Result]) -> Result:
        """What ``work`` returns; all happens or nothing, tried again after a passing failure."""
        return self._managed("READ" if self._read_only else "WRITE", work)

    def run(self, cypher: str, parameters: Mapping[str, Any] | None = None) -> list[Row]:
        """The rows of one statement, written at once."""
        return self.write(lambda run: run(cypher, parameters))

    def stream(self, cypher: str) -> Iterator[Row]:
        """The rows of a reading statement one by one; the patience is for each part of them."""
        with self._session("READ") as (session, guard):
            for number, record in enumerate(session.run(cypher)):
                if number % ROWS_AT_A_TIME == 0:
                    guard.renew()
                yield record.data()

    def bulk(self) -> contextlib.AbstractContextManager[None]:
        """Nothing to order: the server writes in the background."""
        return contextlib.nullcontext()

    def missing_constraints(self) -> list[str]:
        """The labels whose key is not unique."""
        rows = self.read(lambda run: run("SHOW CONSTRAINTS YIELD name RETURN name"))
        there = {row["name"] for row in rows}
        return [k.label for k in (*NODES.values(), META) if constraint_name(k) not in there]

    def steady(self) -> bool:
        """Always: the server keeps readers and writers apart."""
        return True

    def close(self) -> None:
        """Close all connections."""
        with self._lock:
            driver, self._driver = self._driver, None
        if driver:
            driver.close()
        self._watchdog.close()

    def _managed(self, mode: Literal["READ", "WRITE"], work: Callable[[Run], Result]) -> Result:
        with self._session(mode) as (session, guard):

            @neo4j.unit_of_work(timeout=self._patience_s)
            def unit(transaction: neo4j.ManagedTransaction) -> Result:
                try:
                    return work(_runner(transaction))
                except DriverError as error:
                    if guard.bitten:  # not again: the time is up
                        raise self._too_late() from error
                    raise

            if mode == "READ":
                return session.execute_read(unit)
            return session.execute_write(unit)

    @contextlib.contextmanager
    def _session(self, mode: Literal["READ", "WRITE"]) -> Iterator[tuple[neo4j.Session, Guard]]:
        driver = self._connected()
        with self._watchdog.watch(lambda: self._cut(driver)) as guard:
            try:
                with driver.session(
                    database=self._address.database,
                    default_access_mode=mode,
                    fetch_size=ROWS_AT_A_TIME,
                ) as session:
                    yield session, guard
            except (Neo4jError, DriverError, OSError) as error:
                raise self._too_late() if guard.bitten else self._ours(error) from error

    def _connected(self) -> neo4j.Driver:
        with self._lock:
            if self._driver is None:
                self._driver = neo4j.GraphDatabase.driver(
                    self._address.uri,
                    auth=(self._address.user, self._address.password),
                    connection_timeout=CONNECT_S,
                    connection_acquisition_timeout=ACQUIRE_S,
                    connection_write_timeout=self._patience_s,
                    max_transaction_retry_time=RETRY_S,
                    initial_retry_delay=FIRST_RETRY_S,
                    max_connection_pool_size=CONNECTIONS,
                    max_connection_lifetime=LIFETIME_S,
                    notifications_min_severity="OFF",
                    telemetry_disabled=True,
                    user_agent="bailing",
                )
            return self._driver

    def _cut(self, driver: neo4j.Driver) -> None:
        """Close the sockets under those who wait; the next call makes new ones."""
        with self._lock:
            if self._driver is driver:
                self._driver = None
        driver.close()

    def _too_late(self) -> GraphUnavailable:
        return GraphUnavailable(f"{self.place} did not answer within {self._patience_s:g} s")

    def _ours(self, error: Exception) -> GraphError:
        said = f"{self.place}: {getattr(error, 'message', None) or error}"
        if isinstance(error, AuthError | Forbidden):
            return AccessRefused(f"{said}; see BAILING_GRAPH_URL and BAILING_GRAPH_PASSWORD")
        if isinstance(error, ClientError) and ".Transaction." not in str(error.code):
            return QueryRefused(said)
        return GraphUnavailable(said)


def _runner(transaction: neo4j.ManagedTransaction) -> Run:
    def run(cypher: Any, parameters: Mapping[str, Any] | None = None, /) -> list[Row]:
        return transaction.run(cypher, dict(parameters or {})).data()

    return run
