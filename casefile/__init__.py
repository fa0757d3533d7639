"""The credit file: merchants, consents, evidence, facts, decisions, reviews and their audit log."""

from casefile.archive import (
    Archive,
    CaseFilter,
    CaseLine,
    StoredConsent,
    StoredCorrection,
    StoredEffect,
    StoredMessage,
    StoredTask,
    StoredTurn,
)
from casefile.audit import BreakKind, ChainReport, Head
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
from casefile.staff import StaffMember, StaffSession, hash_password, password_matches

__all__ = [
    "Archive",
    "BreakKind",
    "Case",
    "CaseFile",
    "CaseFilter",
    "CaseLine",
    "ChainReport",
    "Event",
    "Evidence",
    "EvidenceStatus",
    "Head",
    "InboxMessage",
    "Ledger",
    "Marks",
    "ProfileValue",
    "Purpose",
    "Source",
    "StaffMember",
    "StaffSession",
    "StoredConsent",
    "StoredCorrection",
    "StoredDecision",
    "StoredEffect",
    "StoredMessage",
    "StoredTask",
    "StoredTurn",
    "Task",
    "TaskKind",
    "hash_password",
    "open_casefile",
    "password_matches",
]
