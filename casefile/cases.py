"""Merchants, their cases, sessions and consents."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Mapping
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection, Row, select

from casefile import tables as t
from casefile.clock import new_id, now
from casefile.errors import NotFound
from casefile.records import Case, Consent, ProfileValue, Source

SESSION_DAYS = 30
"""How long a merchant's browser may come back without the lender's token."""


def token_hash(token: str) -> str:
    """The SHA-256 under which a session token is kept; the token itself is never stored."""
    return hashlib.sha256(token.encode()).hexdigest()


class Cases:
    """Who the merchants are and what they have agreed to."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    def open_for(
        self,
        *,
        lender_subject: str | None,
        name: str | None,
        limit_cny: Decimal,
        language: str = "zh",
        demo: bool = False,
        salutation: str | None = None,
    ) -> tuple[Case, bool]:
        """The open case of this merchant, and whether it was made just now.

        Args:
            lender_subject: The lender's id; None makes a fresh merchant (demonstration).
            name: The merchant's name on papers.
            limit_cny: The lender's present limit in yuan, kept as the floor of every decision.
            language: ``zh`` or ``en``.
            demo: Keeps the case out of comparisons between merchants.
            salutation: How to address them, e.g. 王师傅.
        """
        merchant_id = self._merchant(lender_subject, name, salutation)
        found = self._db.execute(
            select(t.cases.c.id).where(
                t.cases.c.merchant_id == merchant_id, t.cases.c.state == "open"
            )
        ).scalar()
        if found:
            return self.get(found), False
        case_id = new_id("ca")
        self._db.execute(
            t.cases.insert().values(
                id=case_id,
                merchant_id=merchant_id,
                language=language,
                original_limit_cny=str(limit_cny),
                limit_cny=str(limit_cny),
                demo=demo,
                created_at=now(),
            )
        )
        return self.get(case_id), True

    def _merchant(
        self, lender_subject: str | None, name: str | None, salutation: str | None
    ) -> str:
        if lender_subject is not None:
            found = self._db.execute(
                select(t.merchants.c.id).where(t.merchants.c.lender_subject == lender_subject)
            ).scalar()
            if found:
                return str(found)
        merchant_id = new_id("me")
        self._db.execute(
            t.merchants.insert().values(
                id=merchant_id,
                lender_subject=lender_subject,
                name=name,
                salutation=salutation,
                created_at=now(),
            )
        )
        return merchant_id

    def get(self, case_id: str) -> Case:
        """The case.

        Raises:
            NotFound: There is none of this id.
        """
        row = self._db.execute(
            select(t.cases, t.merchants.c.name.label("merchant_name"), t.merchants.c.salutation)
            .join(t.merchants, t.merchants.c.id == t.cases.c.merchant_id)
            .where(t.cases.c.id == case_id)
        ).first()
        if row is None:
            raise NotFound(case_id)
        return _case(row)

    def set_limit(self, case_id: str, limit_cny: Decimal) -> None:
        """Put the limit in force, in yuan."""
        self._db.execute(
            t.cases.update().where(t.cases.c.id == case_id).values(limit_cny=str(limit_cny))
        )

    def set_language(self, case_id: str, language: str) -> None:
        """From now on this merchant is spoken to in ``zh`` or ``en``."""
        self._db.execute(t.cases.update().where(t.cases.c.id == case_id).values(language=language))

    def set_handler(self, case_id: str, handler: str) -> None:
        """Who answers from now on: ``bot`` or ``human``."""
        self._db.execute(t.cases.update().where(t.cases.c.id == case_id).values(handler=handler))

    def start_session(self, case_id: str) -> tuple[str, str]:
        """A new session's id and its bearer token (shown once, kept as a hash)."""
        session_id, token = new_id("se"), secrets.token_urlsafe(32)
        self._db.execute(
            t.sessions.insert().values(
                id=session_id,
                case_id=case_id,
                token_hash=token_hash(token),
                created_at=now(),
                expires_at=now() + timedelta(days=SESSION_DAYS),
            )
        )
        return session_id, token

    def case_of_token(self, token: str) -> Case | None:
        """The case that a session token opens; None when it is unknown or has expired."""
        case_id = self._db.execute(
            select(t.sessions.c.case_id).where(
                t.sessions.c.token_hash == token_hash(token), t.sessions.c.expires_at > now()
            )
        ).scalar()
        return self.get(case_id) if case_id else None

    def give_consent(self, case_id: str, purpose: str, message_id: str | None) -> bool:
        """Record an agreement; False when it was in force already."""
        if self.has_consent(case_id, purpose):
            return False
        self._db.execute(
            t.consents.insert().values(
                case_id=case_id, purpose=purpose, message_id=message_id, given_at=now()
            )
        )
        return True

    def withdraw_consent(self, case_id: str, purpose: str) -> bool:
        """End an agreement; False when none was in force."""
        ended = self._db.execute(
            t.consents.update()
            .where(
                t.consents.c.case_id == case_id,
                t.consents.c.purpose == purpose,
                t.consents.c.withdrawn_at.is_(None),
            )
            .values(withdrawn_at=now())
        )
        return ended.rowcount > 0

    def has_consent(self, case_id: str, purpose: str) -> bool:
        """Whether the merchant agrees to this purpose now."""
        return any(c.purpose == purpose and c.withdrawn_at is None for c in self.consents(case_id))

    def consents(self, case_id: str) -> tuple[Consent, ...]:
        """Every agreement ever given, oldest first."""
        rows = self._db.execute(
            select(t.consents).where(t.consents.c.case_id == case_id).order_by(t.consents.c.id)
        )
        return tuple(Consent(r.purpose, r.given_at, r.withdrawn_at) for r in rows)

    def note(
        self,
        case_id: str,
        slot: str,
        value: Any,
        *,
        unit: str | None,
        source: Source,
        evidence_id: str | None = None,
        message_id: str | None = None,
    ) -> None:
        """Write a value of the profile; what stood there before stays in the history."""
        self._db.execute(
            t.profile.insert().values(
                case_id=case_id,
                slot=slot,
                value=value,
                unit=unit,
                source=source.value,
                evidence_id=evidence_id,
                message_id=message_id,
                at=now(),
            )
        )

    def profile(self, case_id: str) -> Mapping[str, ProfileValue]:
        """What is known now, slot by slot: the newest word of the best source.

        A proof speaks before the merchant, the merchant before the lender's file.
        """
        rank = {Source.LENDER: 0, Source.SAID: 1, Source.EVIDENCE: 2}
        best: dict[str, ProfileValue] = {}
        for entry in self.profile_history(case_id):
            known = best.get(entry.slot)
            if known is None or rank[entry.source] >= rank[known.source]:
                best[entry.slot] = entry
        return best

    def said(self, case_id: str) -> Mapping[str, ProfileValue]:
        """What the merchant (or the lender) said, slot by slot, leaving proofs aside."""
        return {e.slot: e for e in self.profile_history(case_id) if e.source is not Source.EVIDENCE}

    def profile_history(self, case_id: str) -> tuple[ProfileValue, ...]:
        """Every value ever noted, oldest first."""
        rows = self._db.execute(
            select(t.profile).where(t.profile.c.case_id == case_id).order_by(t.profile.c.id)
        )
        return tuple(
            ProfileValue(r.slot, r.value, r.unit, Source(r.source), r.evidence_id, r.at)
            for r in rows
        )

    def forget_profile_of(self, case_id: str, evidence_id: str) -> None:
        """Erase what the profile holds from one proof."""
        self._db.execute(
            t.profile.delete().where(
                t.profile.c.case_id == case_id, t.profile.c.evidence_id == evidence_id
            )
        )

    def expire_sessions(self, before: datetime) -> int:
        """Delete the sessions that ended before a time; how many they were."""
        gone = self._db.execute(t.sessions.delete().where(t.sessions.c.expires_at < before))
        return gone.rowcount


def _case(row: Row[Any]) -> Case:
    return Case(
        id=row.id,
        merchant_id=row.merchant_id,
        merchant_name=row.merchant_name,
        salutation=row.salutation,
        language=row.language,
        handler=row.handler,
        original_limit_cny=Decimal(row.original_limit_cny),
        limit_cny=Decimal(row.limit_cny),
        demo=row.demo,
        last_event_id=row.last_event_id,
    )
