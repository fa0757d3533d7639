"""What was sent before, by anyone: keyed marks that show no content and outlive erasure.

A mark is a text that two copies of one paper or photo share: the file's SHA-256, a printed number,
or a stretch of a picture's fingerprint. Only its keyed hash is kept, for the term that the consent
text names.
"""

from __future__ import annotations

import hashlib
import hmac
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, select

from casefile import tables as t
from casefile.clock import now

KEPT = timedelta(days=730)
"""The two years that the consent text names."""


@dataclass(frozen=True, slots=True)
class Marks:
    """The marks of one piece of evidence.

    Attributes:
        exact: One of these in common is enough.
        parts: Of these ``parts_needed`` in common with one other piece are enough.
        parts_needed: How many.
    """

    exact: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()
    parts_needed: int = 1


class Sightings:
    """The marks of all merchants' evidence; demonstrations stay out of it."""

    def __init__(self, connection: Connection, key: bytes) -> None:
        self._db = connection
        self._key = key

    def first_sender(self, marks: Marks) -> str | None:
        """Which merchant was the first, within the term, to send this paper or photo."""
        exact, parts = self._keyed(marks.exact), self._keyed(marks.parts)
        s = t.sightings.c
        rows = self._db.execute(
            select(t.sightings).where(s.mark.in_([*exact, *parts]), s.at >= now() - KEPT)
        ).all()
        shared = Counter(row.evidence_id for row in rows)
        same = [r for r in rows if r.mark in exact or shared[r.evidence_id] >= marks.parts_needed]
        return min(same, key=lambda row: row.at).merchant_id if same else None

    def record(self, merchant_id: str, evidence_id: str, marks: Marks, at: datetime) -> None:
        """Let exactly these marks stand for a piece received ``at``; drop those past the term."""
        s = t.sightings.c
        self._db.execute(
            t.sightings.delete().where((s.evidence_id == evidence_id) | (s.at < now() - KEPT))
        )
        for mark in sorted(self._keyed(marks.exact) | self._keyed(marks.parts)):
            self._db.execute(
                t.sightings.insert().values(
                    merchant_id=merchant_id, evidence_id=evidence_id, mark=mark, at=at
                )
            )

    def _keyed(self, marks: Iterable[str]) -> set[str]:
        digests = (hmac.new(self._key, m.encode(), hashlib.sha256) for m in marks)
        return {digest.hexdigest() for digest in digests}
