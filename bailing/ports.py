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


def pid_on(port: int) -> int | None:
    """The id of the process that listens on a TCP port; None where that cannot be known."""
    try:
        for connection in psutil.net_connections("tcp"):
            listening = connection.status == psutil.CONN_LISTEN
            if listening and connection.laddr and connection.laddr[1] == port and connection.pid:
                return int(connection.pid)
    except psutil.Error:
        pass
    return None


def _describe(port: int) -> str:
    pid = pid_on(port)
    try:
        return f"{psutil.Process(pid).name()} (process {pid})" if pid else "another process"
    except psutil.Error:
        return "another process"
