"""Sees when a call waits too long for a server, and ends its waiting."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

LOOK_EVERY_S = 0.2


class Guard:
    """One call under watch."""

    def __init__(self, patience_s: float, bite: Callable[[], None]) -> None:
        self._patience_s = patience_s
        self._bite = bite
        self.bitten = False
        self.renew()

    def renew(self) -> None:
        """It has made progress: the patience begins anew."""
        self.deadline = time.monotonic() + self._patience_s

    def bite(self) -> None:
        """End what it waits for."""
        self.bitten = True
        self._bite()


class Watchdog:
    """Watches calls from one thread, which runs only while there are some.

    Neo4j's driver waits without end for the answer of a server that is frozen: its own timeouts
    are those of connecting, and of a hint that few servers give.
    """

    def __init__(self, patience_s: float) -> None:
        self._patience_s = patience_s
        self._guards: set[Guard] = set()
        self._changed = threading.Condition()
        self._thread: threading.Thread | None = None
        self._closed = False

    @contextmanager
    def watch(self, bite: Callable[[], None]) -> Iterator[Guard]:
        """Call ``bite`` from another thread when what is inside outlasts the patience."""
        guard = Guard(self._patience_s, bite)
        with self._changed:
            self._guards.add(guard)
            self._start()
            if len(self._guards) == 1:
                self._changed.notify_all()
        try:
            yield guard
        finally:
            with self._changed:
                self._guards.discard(guard)

    def close(self) -> None:
        """End the thread."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()
            thread = self._thread
        if thread and thread is not threading.current_thread():
            thread.join()

    def _start(self) -> None:
        if self._thread is None:
            self._thread = threading.Thread(target=self._look, name="graph-watchdog", daemon=True)
            self._thread.start()

    def _look(self) -> None:
        while True:
            with self._changed:
                while not self._guards and not self._closed:
                    self._changed.wait()
                if self._closed:
                    return
                now = time.monotonic()
                late = [g for g in self._guards if now > g.deadline and not g.bitten]
            for guard in late:
                guard.bite()
            time.sleep(LOOK_EVERY_S)
