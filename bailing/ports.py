"""Who listens on a port of this machine."""

from __future__ import annotations

import socket

import psutil


def holder_of(port: int) -> str | None:
    """What is known of the process that listens on a TCP port; None when the port is free."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return _describe(port)
    return None


def _describe(port: int) -> str:
    try:
        for connection in psutil.net_connections("tcp"):
            listening = connection.status == psutil.CONN_LISTEN
            if listening and connection.laddr and connection.laddr[1] == port and connection.pid:
                process = psutil.Process(connection.pid)
                return f"{process.name()} (process {connection.pid})"
    except psutil.Error:
        pass
    return "another process"
