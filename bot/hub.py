"""News within the web process: who waits for which case, and what is only passing."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager

from casefile import CaseFile

POLL_S = 0.05
"""How often the outbox is asked whether any process wrote to it."""


class Listener:
    """One open stream; ``typing`` holds the newest passing state that it has not been told."""

    def __init__(self) -> None:
        self._news = asyncio.Event()
        self.typing: bool | None = None

    def wake(self) -> None:
        """There is something new."""
        self._news.set()

    async def wait(self, timeout_s: float) -> None:
        """Until something is new, or the time is over."""
        try:
            async with asyncio.timeout(timeout_s):
                await self._news.wait()
        except TimeoutError:
            pass
        self._news.clear()


class Hub:
    """Wakes the listeners of a case when its outbox grows, whichever process wrote."""

    def __init__(self, casefile: CaseFile) -> None:
        self._casefile = casefile
        self._listeners: defaultdict[str, set[Listener]] = defaultdict(set)

    @contextmanager
    def listen(self, case_id: str) -> Iterator[Listener]:
        """A listener for one case, while the ``with`` lasts."""
        listener = Listener()
        self._listeners[case_id].add(listener)
        try:
            yield listener
        finally:
            self._listeners[case_id].discard(listener)
            if not self._listeners[case_id]:
                del self._listeners[case_id]

    def notify(self, case_id: str) -> None:
        """Something was written for this case."""
        for listener in self._listeners.get(case_id, ()):
            listener.wake()

    def typing(self, case_id: str, typing: bool) -> None:
        """Tell those who listen now whether an answer is being written; it is not kept."""
        for listener in self._listeners.get(case_id, ()):
            listener.typing = typing
            listener.wake()

    async def run(self) -> None:
        """Follow the outbox for ever."""
        last = await asyncio.to_thread(self._last)
        while True:
            for seq, case_id in await asyncio.to_thread(self._newest, last):
                last = seq
                self.notify(case_id)
            await asyncio.sleep(POLL_S)

    def _last(self) -> int:
        with self._casefile.read() as ledger:
            return ledger.mail.last_seq()

    def _newest(self, after: int) -> tuple[tuple[int, str], ...]:
        with self._casefile.read() as ledger:
            return ledger.mail.newest(after)
