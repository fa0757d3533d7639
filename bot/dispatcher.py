"""From the inbox through the dialogue engine to the outbox, one message at a time a case.

The inbox row is the truth. Before a message is put to the engine a second time, and where it came
before this process did, the engine is asked whether it took it: then its answer is read from there.
Every turn brings an answer, if only that there is nothing to say. One that brought none, because
the action server died under it, is put again as it is: what it did is kept under the message's id
and not done twice, while a rewind would undo the whole of an open form.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

import structlog

from bailing.terms import RoomError
from bot.dialogue import Dialogue, Reply, replies_of
from bot.errors import DialogueUnavailable
from bot.hub import Hub
from bot.words import ANSWER_LOST
from casefile import Case, CaseFile, InboxMessage

log = structlog.get_logger()

MAX_ATTEMPTS = 8
"""Tries at one message before the merchant is asked to say it again."""
KEEP_AGAIN_S, KEEP_AGAIN_MAX_S = 0.5, 30.0
"""How long it waits before it tries again to keep a turn's events, at first and at most."""
IDLE_S = 1.0
"""How long the loop sleeps when nothing woke it."""


class Dispatcher:
    """Carries every message to the dialogue engine, in order, and its answer back."""

    def __init__(self, casefile: CaseFile, dialogue: Dialogue, hub: Hub) -> None:
        self._casefile = casefile
        self._dialogue = dialogue
        self._hub = hub
        self._wake = asyncio.Event()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._busy: dict[str, asyncio.Task[None]] = {}
        self._keeping: set[asyncio.Task[None]] = set()
        self._tried: set[str] = set()
        self._inherited = 0

    def bind(self, loop: asyncio.AbstractEventLoop) -> None:
        """Say which loop :meth:`run` runs in."""
        self._loop = loop

    def wake_from_thread(self) -> None:
        """There is a new message in the inbox; may be called from any thread."""
        if self._loop is not None:
            self._loop.call_soon_threadsafe(self._wake.set)

    async def run(self) -> None:
        """Serve the inbox for ever."""
        await self._begin()
        while True:
            try:
                await self._start_waiting()
            except Exception as error:
                log.error("dispatch_failed", error=repr(error))
            try:
                async with asyncio.timeout(0.1):
                    await self._wake.wait()
            except TimeoutError:
                pass
            self._wake.clear()

    async def _start_waiting(self) -> None:
        for message in await asyncio.to_thread(self._waiting):
            if message.case_id not in self._busy:
                task = asyncio.create_task(self._serve(message))
                self._busy[message.case_id] = task
                task.add_done_callback(partial(self._free, message.case_id))

    def _free(self, case_id: str, _task: asyncio.Task[None]) -> None:
        self._busy.pop(case_id, None)
        self._wake.set()

    def _waiting(self) -> tuple[InboxMessage, ...]:
        with self._casefile.read() as ledger:
            return ledger.mail.waiting()

    async def _serve(self, message: InboxMessage) -> None:
        case = await asyncio.to_thread(self._case, message.case_id)
        if case.handler == "human":
            await asyncio.to_thread(self._answer, case, message, ())
            return
        self._hub.typing(case.id, True)
        started = time.perf_counter()
        try:
            replies = await self._replies(message)
        except DialogueUnavailable:
            await asyncio.sleep(IDLE_S)
            return
        finally:
            self._hub.typing(case.id, False)
        elapsed_ms = (time.perf_counter() - started) * 1000
        await asyncio.to_thread(self._answer, case, message, replies)
        self._tried.discard(message.message_id)
        self._hub.notify(case.id)
        log.info(
            "turn_answered",
            case_id=case.id,
            message_id=message.message_id,
            bubbles=len(replies),
            elapsed_ms=round(elapsed_ms, 1),
        )
        self._keep_later(message, elapsed_ms)

    async def _replies(self, message: InboxMessage) -> Sequence[Reply]:
        if message.id <= self._inherited or message.message_id in self._tried:
            if not await self._dialogue.ready():
                raise DialogueUnavailable("not ready")
            taken = await self._dialogue.turn_of(message.case_id, message.message_id)
            if replies := replies_of(taken):
                return replies
            if message.attempts >= MAX_ATTEMPTS:
                return self._lost(message)
            await asyncio.to_thread(self._count, message.message_id)
        self._tried.add(message.message_id)
        replies = await self._dialogue.say(
            message.case_id,
            message.message_id,
            for_engine(message),
            {**message.metadata, "last_try": message.attempts + 1 >= MAX_ATTEMPTS},
        )
        if not replies:
            raise DialogueUnavailable("no answer")
        return replies

    def _lost(self, message: InboxMessage) -> Sequence[Reply]:
        log.error("message_given_up", message_id=message.message_id, case_id=message.case_id)
        if message.kind == "internal":
            return ()
        zh, en = ANSWER_LOST
        return (Reply(en if self._case(message.case_id).language == "en" else zh),)

    def _case(self, case_id: str) -> Case:
        with self._casefile.read() as ledger:
            return ledger.cases.get(case_id)

    def _count(self, message_id: str) -> None:
        with self._casefile.begin() as ledger:
            ledger.mail.count_attempt(message_id)

    def _answer(self, case: Case, message: InboxMessage, replies: Sequence[Reply]) -> None:
        with self._casefile.begin() as ledger:
            if not ledger.mail.mark_answered(message.message_id):
                return
            for reply in (r for r in replies if not r.silent):
                ledger.mail.offer(case.id, reply.buttons)
                ledger.mail.post(case.id, "message", _bubble(reply, message))

    def _keep_later(self, message: InboxMessage, elapsed_ms: float) -> None:
        task = asyncio.create_task(self._keep(message, elapsed_ms))
        self._keeping.add(task)
        task.add_done_callback(self._keeping.discard)

    async def _keep(self, message: InboxMessage, elapsed_ms: float) -> None:
        """Keep the engine's events of a turn; it may take until the engine is back."""
        pause_s = KEEP_AGAIN_S
        while True:
            try:
                events = await self._dialogue.turn_of(message.case_id, message.message_id)
                await asyncio.to_thread(self._store_turn, message, events, elapsed_ms)
                return
            except RoomError as error:
                log.warning("turn_not_kept", message_id=message.message_id, code=error.code)
            await asyncio.sleep(pause_s)
            pause_s = min(2 * pause_s, KEEP_AGAIN_MAX_S)

    def _store_turn(
        self, message: InboxMessage, events: Sequence[Mapping[str, Any]], elapsed_ms: float
    ) -> None:
        with self._casefile.begin() as ledger:
            ledger.mail.keep_turn(
                message.case_id, message.message_id, events, elapsed_ms=elapsed_ms
            )

    async def _begin(self) -> None:
        """What another process may have put to the engine is known from here on."""
        with self._casefile.read() as ledger:
            self._inherited = ledger.mail.last_id()
            missing = ledger.mail.without_turn()
        for message in missing:
            self._keep_later(message, 0.0)


def for_engine(message: InboxMessage) -> str:
    """The text that the dialogue engine gets.

    What a merchant typed is words, never a command: a leading ``/`` and the engine's own
    ``EXTERNAL:`` prefix are written with their full-width marks.
    """
    if message.kind != "text":
        return message.text
    text = message.text.strip()
    if text.startswith("/"):
        text = "／" + text[1:]
    if text.upper().startswith("EXTERNAL:"):
        text = text[:8] + "：" + text[9:]
    return text


def _bubble(reply: Reply, message: InboxMessage) -> dict[str, Any]:
    return {
        "from": "bot",
        "text": reply.text or "",
        "buttons": [dict(b) for b in reply.buttons],
        "card": dict(reply.card) if reply.card else None,
        "in_reply_to": message.message_id if message.kind != "internal" else None,
    }
