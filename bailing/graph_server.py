"""``bailing graph server``: a Neo4j of our own, with the installation's settings."""

from __future__ import annotations

import sys
import threading
import time

from bailing.ports import holder_of
from bailing.settings import Settings


def serve_graph(settings: Settings, port: int | None, stop: threading.Event) -> int:
    """Install the server where it is not yet, and run it until told to stop.

    Returns:
        The exit status: 0, or 1 where the server ended by itself.

    Raises:
        ServerRefused: Something is missing, the port is taken, or it does not start.
    """
    from graph import server
    from graph.errors import ServerRefused

    port = port or settings.graph_server_port
    if holder := holder_of(port):
        raise ServerRefused(f"port {port} (BAILING_GRAPH_SERVER_PORT) is taken by {holder}")
    folder = settings.var / "neo4j"
    begun = time.monotonic()
    print(f"starting Neo4j {server.version()} (the first time it is installed) …", flush=True)
    plan = server.ServerPlan(
        jars=server.install(folder),
        data=folder / "data",
        port=port,
        password=settings.graph_password or server.own_password(folder),
        log=settings.var / "log" / "graph-server.log",
        memory_mib=settings.graph_server_memory_mib,
    )
    with server.GraphServer(plan) as running:
        print(f"ready after {time.monotonic() - begun:.0f} s", flush=True)
        print(f"BAILING_GRAPH_URL={plan.address}", flush=True)
        if running.wait(stop) is not None:
            print(f"the server ended: {running.last_words()}", file=sys.stderr, flush=True)
            return 1
    return 0
