"""The audit log: append-only, each entry hashed over the one before it, the end under seal.

It holds ids and keyed hashes only, so that erasing what a merchant gave never breaks the chain.

What :meth:`Audit.verify` finds: an entry that was changed, taken out, put in or exchanged, and a
chain that was cut off at its end or hashed anew: the newest entry's number and hash stand in a
row of their own, sealed with the installation's key, which the database does not hold. A new
entry follows the sealed one, not the last row, so that a cut stays visible for ever.

What it cannot find from the database alone: an older copy of the whole database put in its
place (note the head elsewhere and hand it to ``bailing audit verify --noted``), and a rewriting
by somebody who holds both the database and the installation's key.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, Text, cast, func, select, type_coerce

from casefile import tables as t
from casefile.clock import now
from casefile.records import AuditEntry

GENESIS = "0" * 64
"""What the first entry names as its predecessor."""
SEAL = "audit_head"
BATCH = 2_000
"""Rows held in memory at a time while the chain is walked."""


class BreakKind(StrEnum):
    """What is wrong with a chain."""

    GAP = "gap"
    """An entry of this number is missing, or another stands in its place."""
    LINK = "link"
    """The entry does not name the hash of the one before it."""
    HASH = "hash"
    """The entry's content is not what its hash was taken over."""
    TRUNCATED = "truncated"
    """The chain ends before the entry that was sealed as its newest."""
    UNSEALED = "unsealed"
    """Entries stand behind the sealed head, or the seal is missing or not ours."""
    NOTED = "noted"
    """A head that was noted elsewhere is not in this chain."""


@dataclass(frozen=True, slots=True)
class Head:
    """The newest entry: its number and its hash; 0 and :data:`GENESIS` before the first."""

    seq: int
    hash: str


@dataclass(frozen=True, slots=True)
class ChainBreak:
    """The first entry at which the chain does not hold."""

    seq: int
    kind: BreakKind


@dataclass(frozen=True, slots=True)
class ChainReport:
    """What walking the chain showed: entries that hold, where it ends, and where it breaks."""

    entries: int
    head: Head
    broken: ChainBreak | None


class Audit:
    """Who did what, when, in an order that cannot be rewritten unseen."""

    def __init__(self, connection: Connection, key: bytes) -> None:
        self._db = connection
        self._key = key

    def append(
        self,
        action: str,
        *,
        actor: str,
        case_id: str | None = None,
        subject: str | None = None,
        detail: Mapping[str, Any] | None = None,
    ) -> None:
        """Add an entry to the end of the chain. ``detail`` holds ids and codes, no content."""
        head = self._end()
        entry = {
            "seq": head.seq + 1,
            "at": now(),
            "actor": actor,
            "action": action,
            "case_id": case_id,
            "subject": subject,
            "detail": dict(detail or {}),
            "previous_hash": head.hash,
        }
        stated = entry_hash(entry)
        self._db.execute(t.audit.insert().values(**entry, hash=stated))
        self._keep(Head(head.seq + 1, stated))

    def _end(self) -> Head:
        """What the next entry follows.

        Without a seal of ours it starts from GENESIS behind whatever rows there are: the break
        stays for every later look.
        """
        head = self._sealed(lock=True)
        if head is not None:
            return head
        last = self._db.execute(select(func.max(t.audit.c.seq))).scalar()
        return Head(int(last or 0), GENESIS)

    def _sealed(self, *, lock: bool = False) -> Head | None:
        """The sealed head; None where there is none, or its seal is not ours."""
        query = select(t.audit_head).where(t.audit_head.c.id == 1)
        row = self._db.execute(query.with_for_update() if lock else query).first()
        if row is None or not hmac.compare_digest(
            str(row.seal).encode(), self._seal(Head(row.seq, str(row.hash))).encode()
        ):
            return None
        return Head(row.seq, row.hash)

    def _seal(self, head: Head) -> str:
        return self.keyed(f"{SEAL}:{head.seq}:{head.hash}")

    def _keep(self, head: Head) -> None:
        values = {"seq": head.seq, "hash": head.hash, "seal": self._seal(head)}
        changed = self._db.execute(
            t.audit_head.update().where(t.audit_head.c.id == 1).values(values)
        )
        if changed.rowcount == 0:
            self._db.execute(t.audit_head.insert().values(id=1, **values))

    def seal_present_end(self) -> None:
        """Seal the chain as it stands: once, for a credit file from before there was a seal."""
        last = self._db.execute(
            select(t.audit.c.seq, t.audit.c.hash).order_by(t.audit.c.seq.desc()).limit(1)
        ).first()
        if last is not None:
            self._keep(Head(last.seq, last.hash))

    def keyed(self, value: str) -> str:
        """The HMAC-SHA256 of a personal value under this installation's key."""
        return hmac.new(self._key, value.encode(), hashlib.sha256).hexdigest()

    def entries(self, case_id: str | None = None) -> Iterator[AuditEntry]:
        """The chain in order, or one case's links of it."""
        query = select(t.audit).order_by(t.audit.c.seq)
        if case_id is not None:
            query = query.where(t.audit.c.case_id == case_id)
        for row in self._db.execute(query):
            yield AuditEntry(**row._mapping)

    def verify(self, noted: Head | None = None) -> ChainReport:
        """Walk the whole chain, re-deriving every hash, some rows at a time.

        Args:
            noted: A head that was noted elsewhere; the chain must still hold it.
        """
        head, broken = Head(0, GENESIS), None
        found = noted is None or noted == head
        for row in self._rows():
            broken = _break_of(row, head)
            if broken is not None:
                break
            head = Head(row["seq"], row["hash"])
            found = found or head == noted
        if broken is None:
            broken = self._break_at_end(head)
        if broken is None and noted is not None and not found:
            broken = ChainBreak(noted.seq, BreakKind.NOTED)
        return ChainReport(head.seq, head, broken)

    def _rows(self) -> Iterator[dict[str, Any]]:
        """Rows as text, so that one that was made unreadable is named and not stumbled over."""
        columns = [
            cast(c, Text).label(c.name)
            if c.name == "detail"
            else type_coerce(c, Text)
            if c.name == "at"
            else c
            for c in t.audit.c
        ]
        query = select(*columns).order_by(t.audit.c.seq)
        result = self._db.execute(query, execution_options={"yield_per": BATCH})
        return (dict(row._mapping) for row in result)

    def _break_at_end(self, head: Head) -> ChainBreak | None:
        sealed = self._sealed()
        if sealed is None:
            kept = self._db.execute(select(t.audit_head.c.id)).first()
            nothing = head.seq == 0 and kept is None
            return None if nothing else ChainBreak(max(head.seq, 1), BreakKind.UNSEALED)
        if sealed.seq > head.seq:
            return ChainBreak(head.seq + 1, BreakKind.TRUNCATED)
        if sealed != head:
            return ChainBreak(min(sealed.seq + 1, head.seq), BreakKind.UNSEALED)
        return None


def _break_of(row: Mapping[str, Any], before: Head) -> ChainBreak | None:
    seq = before.seq + 1
    if row["seq"] != seq:
        return ChainBreak(seq, BreakKind.GAP)
    if row["previous_hash"] != before.hash:
        return ChainBreak(seq, BreakKind.LINK)
    if _derived(row) != row["hash"]:
        return ChainBreak(seq, BreakKind.HASH)
    return None


def _derived(row: Mapping[str, Any]) -> str | None:
    """The hash that a row should state; None where it cannot even be read."""
    entry = {k: v for k, v in row.items() if k != "hash"}
    try:
        entry["at"] = datetime.fromisoformat(entry["at"])
        entry["detail"] = json.loads(entry["detail"])
        return entry_hash(entry)
    except (TypeError, ValueError, RecursionError):
        return None


def entry_hash(entry: Mapping[str, Any]) -> str:
    """SHA-256 over the entry's canonical JSON (sorted keys, no spaces, ISO time)."""
    plain = {**entry, "at": entry["at"].isoformat(timespec="microseconds")}
    text = json.dumps(plain, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()
