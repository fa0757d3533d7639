"""The credit file: merchants, consents, evidence, facts, decisions, reviews and their audit log."""

from casefile.ledger import CaseFile, Ledger, open_casefile
from casefile.records import (
    Case,
    Event,
    Evidence,
    EvidenceStatus,
    InboxMessage,
    ProfileValue,
    Purpose,
    Source,
    StoredDecision,
    Task,
    TaskKind,
)
from casefile.sightings import Marks

__all__ = [
    "Case",
    "CaseFile",
    "Event",
    "Evidence",
    "EvidenceStatus",
    "InboxMessage",
    "Ledger",
    "Marks",
    "ProfileValue",
    "Purpose",
    "Source",
    "StoredDecision",
    "Task",
    "TaskKind",
    "open_casefile",
]
