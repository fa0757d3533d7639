"""Evidence, what was read from it, what the merchant corrected, and the facts it yields."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection, exists, func, select

from bailing.terms import Fact, FactKind, Period, Unit
from casefile import tables as t
from casefile.clock import new_id, now
from casefile.errors import EvidenceGone, NotFound, TooMuchEvidence
from casefile.records import Correction, Evidence, EvidenceStatus

MAX_EVIDENCE = 50
"""Proofs that one case holds at most (DESIGN of the HTTP interface)."""


class Proofs:
    """The proofs of a case."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    def receive(
        self,
        case_id: str,
        *,
        sha256: str,
        mime: str,
        size_bytes: int,
        declared: str | None,
        client_upload_id: str | None,
    ) -> tuple[Evidence, bool]:
        """The evidence of this file, and whether it is new to the case.

        The same bytes twice are one piece of evidence until they are withdrawn, with or without
        the same ``client_upload_id``. Other bytes under a used id are another piece: nothing that
        was sent is lost.

        Raises:
            TooMuchEvidence: The case holds 50 already.
        """
        known = self._known(case_id, sha256)
        if known is not None:
            return known, False
        if self._count(case_id) >= MAX_EVIDENCE:
            raise TooMuchEvidence(case_id)
        evidence_id = new_id("ev")
        used = self._used(case_id, client_upload_id)
        self._db.execute(
            t.evidence.insert().values(
                id=evidence_id,
                case_id=case_id,
                sha256=sha256,
                mime=mime,
                bytes=size_bytes,
                declared=declared,
                client_upload_id=None if used else client_upload_id,
                status=EvidenceStatus.RECEIVED.value,
                stage="received",
                progress=0.0,
                received_at=now(),
                updated_at=now(),
            )
        )
        return self.get(case_id, evidence_id), True

    def _known(self, case_id: str, sha256: str) -> Evidence | None:
        e = t.evidence.c
        row = self._db.execute(
            select(t.evidence).where(
                e.case_id == case_id,
                e.sha256 == sha256,
                e.status != EvidenceStatus.WITHDRAWN.value,
            )
        ).first()
        return _evidence(row) if row else None

    def _used(self, case_id: str, client_upload_id: str | None) -> bool:
        e = t.evidence.c
        return self._db.execute(
            select(exists().where(e.case_id == case_id, e.client_upload_id == client_upload_id))
        ).scalar_one()

    def _count(self, case_id: str) -> int:
        return self._db.execute(
            select(func.count())
            .select_from(t.evidence)
            .where(t.evidence.c.case_id == case_id, t.evidence.c.status != "withdrawn")
        ).scalar_one()

    def get(self, case_id: str, evidence_id: str) -> Evidence:
        """One proof of this case.

        Raises:
            NotFound: The case has none of this id, whoever else may.
        """
        row = self._db.execute(
            select(t.evidence).where(
                t.evidence.c.id == evidence_id, t.evidence.c.case_id == case_id
            )
        ).first()
        if row is None:
            raise NotFound(evidence_id)
        return _evidence(row)

    def all(self, case_id: str) -> tuple[Evidence, ...]:
        """Every proof of the case, oldest first, tombstones included."""
        rows = self._db.execute(
            select(t.evidence)
            .where(t.evidence.c.case_id == case_id)
            .order_by(t.evidence.c.received_at, t.evidence.c.id)
        )
        return tuple(_evidence(r) for r in rows)

    def move(
        self, case_id: str, evidence_id: str, status: EvidenceStatus, **columns: Any
    ) -> Evidence:
        """Set the status (and ``stage``, ``progress``, ``summary`` …) of a proof.

        Raises:
            EvidenceGone: It was withdrawn meanwhile; nothing was written.
        """
        changed = self._db.execute(
            t.evidence.update()
            .where(
                t.evidence.c.id == evidence_id,
                t.evidence.c.case_id == case_id,
                t.evidence.c.status != EvidenceStatus.WITHDRAWN.value,
            )
            .values(status=status.value, updated_at=now(), **columns)
        )
        if changed.rowcount == 0:
            raise EvidenceGone(evidence_id)
        return self.get(case_id, evidence_id)

    def bury(self, case_id: str, evidence_id: str) -> Evidence:
        """Erase all content of a proof and leave its tombstone."""
        self._db.execute(
            t.evidence.update()
            .where(t.evidence.c.id == evidence_id, t.evidence.c.case_id == case_id)
            .values(
                status=EvidenceStatus.WITHDRAWN.value,
                stage="withdrawn",
                progress=1.0,
                sha256=None,
                mime=None,
                bytes=None,
                declared=None,
                voucher_type=None,
                summary=None,
                inspection=None,
                findings=None,
                updated_at=now(),
            )
        )
        self._db.execute(t.corrections.delete().where(t.corrections.c.evidence_id == evidence_id))
        self.replace_facts(case_id, evidence_id, ())
        return self.get(case_id, evidence_id)

    def correct(self, evidence_id: str, field: str, read_value: str | None, value: str) -> None:
        """Keep what the merchant says beside what was read."""
        self._db.execute(
            t.corrections.insert().values(
                evidence_id=evidence_id, field=field, read_value=read_value, value=value, at=now()
            )
        )

    def corrections(self, evidence_id: str) -> tuple[Correction, ...]:
        """The merchant's corrections of one proof, oldest first."""
        rows = self._db.execute(
            select(t.corrections)
            .where(t.corrections.c.evidence_id == evidence_id)
            .order_by(t.corrections.c.id)
        )
        return tuple(Correction(r.field, r.read_value, r.value, r.at) for r in rows)

    def replace_facts(self, case_id: str, evidence_id: str, facts: Iterable[Fact]) -> None:
        """Let exactly these facts stand for one proof."""
        self._db.execute(t.facts.delete().where(t.facts.c.evidence_id == evidence_id))
        for fact in facts:
            self._db.execute(
                t.facts.insert().values(
                    case_id=case_id,
                    evidence_id=evidence_id,
                    kind=fact.kind.value,
                    value=str(fact.value),
                    unit=fact.unit.value,
                    period=fact.period.value if fact.period else None,
                    confidence=fact.confidence,
                    corrected=fact.corrected,
                    at=now(),
                )
            )

    def facts(self, case_id: str) -> tuple[Fact, ...]:
        """All facts of the case that rest on proofs."""
        rows = self._db.execute(
            select(t.facts).where(t.facts.c.case_id == case_id).order_by(t.facts.c.id)
        )
        return tuple(
            Fact(
                kind=FactKind(r.kind),
                value=Decimal(r.value),
                unit=Unit(r.unit),
                period=Period(r.period) if r.period else None,
                confidence=r.confidence,
                evidence_id=r.evidence_id,
                corrected=r.corrected,
            )
            for r in rows
        )


def _evidence(row: Any) -> Evidence:
    findings: list[Mapping[str, Any]] = row.findings or []
    return Evidence(
        id=row.id,
        case_id=row.case_id,
        sha256=row.sha256,
        mime=row.mime,
        bytes=row.bytes,
        declared=row.declared,
        status=EvidenceStatus(row.status),
        stage=row.stage,
        progress=row.progress,
        voucher_type=row.voucher_type,
        summary=row.summary,
        inspection=row.inspection,
        findings=tuple(findings),
        received_at=row.received_at,
    )
