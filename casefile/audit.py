"""The audit log: append-only, each entry hashed over the one before it.

It holds ids and keyed hashes only, so that erasing what a merchant gave never breaks the chain.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import Connection, select

from casefile import tables as t
from casefile.clock import now
from casefile.records import AuditEntry

GENESIS = "0" * 64
"""What the first entry names as its predecessor."""


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
        last = self._db.execute(
            select(t.audit.c.seq, t.audit.c.hash).order_by(t.audit.c.seq.desc()).limit(1)
        ).first()
        entry = {
            "seq": last.seq + 1 if last else 1,
            "at": now(),
            "actor": actor,
            "action": action,
            "case_id": case_id,
            "subject": subject,
            "detail": dict(detail or {}),
            "previous_hash": last.hash if last else GENESIS,
        }
        self._db.execute(t.audit.insert().values(**entry, hash=entry_hash(entry)))

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

    def first_broken(self) -> int | None:
        """The sequence number of the first entry that does not follow; None when all do."""
        previous, expected = GENESIS, 1
        for row in self._db.execute(select(t.audit).order_by(t.audit.c.seq)):
            entry = dict(row._mapping)
            stated = entry.pop("hash")
            follows = entry["seq"] == expected and entry["previous_hash"] == previous
            if not follows or entry_hash(entry) != stated:
                return expected
            previous, expected = stated, expected + 1
        return None


def entry_hash(entry: Mapping[str, Any]) -> str:
    """SHA-256 over the entry's canonical JSON (sorted keys, no spaces, ISO time)."""
    plain = {**entry, "at": entry["at"].isoformat(timespec="microseconds")}
    text = json.dumps(plain, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()
