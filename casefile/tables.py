"""The tables of the credit file.

Amounts are kept as decimal strings, times as aware UTC ISO strings through :class:`UtcTime`,
and what only one row ever reads as JSON. Identifiers carry a prefix that says what they name
(``ca_`` case, ``ev_`` evidence, ``ms_`` message, ``tk_`` task, ``de_`` decision, ``rv_`` review,
``st_`` staff, ``ss_`` their session, ``um_`` unmasking).
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Dialect,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
    false,
)

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)


class UtcTime(TypeDecorator[datetime]):
    """An aware UTC time, kept as an ISO string that sorts as time does."""

    impl = String(32)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> str | None:
        """Write an aware time as UTC with microseconds."""
        if value is None:
            return None
        return value.astimezone(UTC).isoformat(timespec="microseconds")

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        """Read an aware UTC time back."""
        return None if value is None else datetime.fromisoformat(value)


def _case_id() -> Column[str]:
    return Column("case_id", String(40), ForeignKey("cases.id"), nullable=False)


merchants = Table(
    "merchants",
    metadata,
    Column("id", String(40), primary_key=True),
    Column("lender_subject", String(200), unique=True),
    Column("name", String(200)),
    Column("salutation", String(60)),
    Column("created_at", UtcTime, nullable=False),
)

cases = Table(
    "cases",
    metadata,
    Column("id", String(40), primary_key=True),
    Column("merchant_id", String(40), ForeignKey("merchants.id"), nullable=False, index=True),
    Column("language", String(2), nullable=False),
    Column("handler", String(8), nullable=False, default="bot"),
    Column("state", String(8), nullable=False, default="open"),
    Column("original_limit_cny", String(24), nullable=False),
    Column("limit_cny", String(24), nullable=False),
    Column("demo", Boolean, nullable=False, default=False),
    Column("last_event_id", Integer, nullable=False, default=0),
    Column("created_at", UtcTime, nullable=False),
    Index("ix_cases_created_at", "created_at"),
)

sessions = Table(
    "sessions",
    metadata,
    Column("id", String(40), primary_key=True),
    _case_id(),
    Column("token_hash", String(64), nullable=False, unique=True),
    Column("created_at", UtcTime, nullable=False),
    Column("expires_at", UtcTime, nullable=False),
)

consents = Table(
    "consents",
    metadata,
    Column("id", Integer, primary_key=True),
    _case_id(),
    Column("purpose", String(40), nullable=False),
    Column("message_id", String(40)),
    Column("given_at", UtcTime, nullable=False),
    Column("withdrawn_at", UtcTime),
    Index("ix_consents_case_id", "case_id"),
)

inbox = Table(
    "inbox",
    metadata,
    Column("id", Integer, primary_key=True),
    _case_id(),
    Column("message_id", String(40), nullable=False, unique=True),
    Column("channel", String(20), nullable=False),
    Column("platform_key", String(200), nullable=False),
    Column("kind", String(10), nullable=False),
    Column("text", Text, nullable=False),
    Column("metadata", JSON, nullable=False),
    Column("state", String(10), nullable=False),
    Column("attempts", Integer, nullable=False, default=0),
    Column("received_at", UtcTime, nullable=False),
    Column("answered_at", UtcTime),
    UniqueConstraint("case_id", "channel", "platform_key"),
    Index("ix_inbox_state_id", "state", "id"),
)

outbox = Table(
    "outbox",
    metadata,
    Column("seq", Integer, primary_key=True),
    _case_id(),
    Column("event_id", Integer, nullable=False),
    Column("kind", String(12), nullable=False),
    Column("evidence_id", String(40)),
    Column("body", JSON, nullable=False),
    Column("at", UtcTime, nullable=False),
    UniqueConstraint("case_id", "event_id"),
)

offers = Table(
    "offers",
    metadata,
    Column("case_id", String(40), ForeignKey("cases.id"), primary_key=True),
    Column("payload", String(300), primary_key=True),
    Column("title", String(200), nullable=False),
)

turns = Table(
    "turns",
    metadata,
    Column("id", Integer, primary_key=True),
    _case_id(),
    Column("message_id", String(40), nullable=False, unique=True),
    Column("events", JSON, nullable=False),
    Column("elapsed_ms", Float, nullable=False),
    Column("at", UtcTime, nullable=False),
    Index("ix_turns_case_id", "case_id"),
)

evidence = Table(
    "evidence",
    metadata,
    Column("id", String(40), primary_key=True),
    _case_id(),
    Column("sha256", String(64)),
    Column("mime", String(80)),
    Column("bytes", Integer),
    Column("declared", String(40)),
    Column("client_upload_id", String(100)),
    Column("status", String(12), nullable=False),
    Column("stage", String(20), nullable=False),
    Column("progress", Float, nullable=False, default=0.0),
    Column("voucher_type", String(40)),
    Column("summary", Text),
    Column("inspection", JSON),
    Column("findings", JSON),
    Column("received_at", UtcTime, nullable=False),
    Column("updated_at", UtcTime, nullable=False),
    UniqueConstraint("case_id", "client_upload_id"),
    Index("ix_evidence_case_id", "case_id"),
    Index("ix_evidence_sha256", "sha256"),
)

corrections = Table(
    "corrections",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("evidence_id", String(40), ForeignKey("evidence.id"), nullable=False),
    Column("field", String(60), nullable=False),
    Column("read_value", Text),
    Column("value", Text, nullable=False),
    Column("at", UtcTime, nullable=False),
    Index("ix_corrections_evidence_id", "evidence_id"),
)

profile = Table(
    "profile",
    metadata,
    Column("id", Integer, primary_key=True),
    _case_id(),
    Column("slot", String(40), nullable=False),
    Column("value", JSON, nullable=False),
    Column("unit", String(16)),
    Column("source", String(10), nullable=False),
    Column("evidence_id", String(40)),
    Column("message_id", String(40)),
    Column("at", UtcTime, nullable=False),
    Index("ix_profile_case_id", "case_id"),
)

facts = Table(
    "facts",
    metadata,
    Column("id", Integer, primary_key=True),
    _case_id(),
    Column("evidence_id", String(40)),
    Column("kind", String(40), nullable=False),
    Column("value", String(40), nullable=False),
    Column("unit", String(16), nullable=False),
    Column("period", String(12)),
    Column("confidence", Float, nullable=False),
    Column("corrected", Boolean, nullable=False, server_default=false()),
    Column("at", UtcTime, nullable=False),
    Index("ix_facts_case_id", "case_id"),
)

sightings = Table(
    "sightings",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("merchant_id", String(40), nullable=False),
    Column("evidence_id", String(40), nullable=False),
    Column("mark", String(64), nullable=False),
    Column("at", UtcTime, nullable=False),
    Index("ix_sightings_mark", "mark"),
    Index("ix_sightings_evidence_id", "evidence_id"),
    Index("ix_sightings_at", "at"),
)

decisions = Table(
    "decisions",
    metadata,
    Column("seq", Integer, primary_key=True),
    Column("id", String(40), nullable=False, unique=True),
    _case_id(),
    Column("cause", String(40), nullable=False),
    Column("limit_cny", String(24), nullable=False),
    Column("previous_limit_cny", String(24), nullable=False),
    Column("body", JSON, nullable=False),
    Column("snapshot", JSON, nullable=False),
    Column("if_withdrawn", JSON, nullable=False),
    Column("at", UtcTime, nullable=False),
    Index("ix_decisions_case_id", "case_id"),
)

reviews = Table(
    "reviews",
    metadata,
    Column("id", String(40), primary_key=True),
    _case_id(),
    Column("reason", Text, nullable=False),
    Column("origin", String(20), nullable=False),
    Column("state", String(8), nullable=False),
    Column("opened_at", UtcTime, nullable=False),
    Index("ix_reviews_case_id", "case_id"),
)

tasks = Table(
    "tasks",
    metadata,
    Column("id", String(40), primary_key=True),
    _case_id(),
    Column("kind", String(12), nullable=False),
    Column("args", JSON, nullable=False),
    Column("state", String(8), nullable=False),
    Column("attempts", Integer, nullable=False, default=0),
    Column("claimed_by", String(60)),
    Column("claimed_until", UtcTime),
    Column("not_before", UtcTime),
    Column("outcome", JSON),
    Column("created_at", UtcTime, nullable=False),
    Column("done_at", UtcTime),
    Index("ix_tasks_state_created_at", "state", "created_at"),
)

effects = Table(
    "effects",
    metadata,
    Column("message_id", String(40), primary_key=True),
    Column("action", String(80), primary_key=True),
    Column("case_id", String(40), nullable=False),
    Column("result", JSON, nullable=False),
    Column("at", UtcTime, nullable=False),
    Index("ix_effects_case_id_action", "case_id", "action"),
)

audit = Table(
    "audit",
    metadata,
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("at", UtcTime, nullable=False),
    Column("actor", String(20), nullable=False),
    Column("action", String(40), nullable=False),
    Column("case_id", String(40)),
    Column("subject", String(60)),
    Column("detail", JSON, nullable=False),
    Column("previous_hash", String(64), nullable=False),
    Column("hash", String(64), nullable=False),
)

audit_head = Table(
    "audit_head",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("seq", Integer, nullable=False),
    Column("hash", String(64), nullable=False),
    Column("seal", String(64), nullable=False),
)

staff = Table(
    "staff",
    metadata,
    Column("id", String(40), primary_key=True),
    Column("name", String(60), nullable=False, unique=True),
    Column("password_hash", String(200), nullable=False),
    Column("created_at", UtcTime, nullable=False),
    Column("removed_at", UtcTime),
)

staff_sessions = Table(
    "staff_sessions",
    metadata,
    Column("id", String(40), primary_key=True),
    Column("staff_id", String(40), ForeignKey("staff.id"), nullable=False),
    Column("token_hash", String(64), nullable=False, unique=True),
    Column("created_at", UtcTime, nullable=False),
    Column("expires_at", UtcTime, nullable=False),
    Index("ix_staff_sessions_staff_id", "staff_id"),
)

unmaskings = Table(
    "unmaskings",
    metadata,
    Column("id", String(40), primary_key=True),
    _case_id(),
    Column("staff_id", String(40), ForeignKey("staff.id"), nullable=False),
    Column("session_id", String(40), nullable=False),
    Column("reason", Text, nullable=False),
    Column("at", UtcTime, nullable=False),
    Index("ix_unmaskings_case_id", "case_id"),
)
