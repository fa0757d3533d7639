"""What can go wrong with the credit file.

RoomError
└── CasefileError
    ├── NotFound            not_found
    ├── TooMuchEvidence     too_much_evidence
    ├── EvidenceGone        evidence_gone
    ├── FileGone            file_gone
    ├── ConsentNeeded       consent_needed
    ├── NameTaken           name_taken
    ├── UnknownStaff        unknown_staff
    └── CasefileUnavailable casefile_unavailable (retryable)
"""

from bailing.terms import RoomError


class CasefileError(RoomError):
    """Anything that the credit file refuses."""

    code = "casefile"


class NotFound(CasefileError):
    """No such thing in this merchant's case."""

    code = "not_found"


class TooMuchEvidence(CasefileError):
    """The case already holds as many proofs as it takes."""

    code = "too_much_evidence"


class EvidenceGone(CasefileError):
    """The proof was taken back: only its tombstone is left."""

    code = "evidence_gone"


class FileGone(CasefileError):
    """The file behind a proof was erased."""

    code = "file_gone"


class ConsentNeeded(CasefileError):
    """The merchant has not (or no longer) agreed to this use of data."""

    code = "consent_needed"


class NameTaken(CasefileError):
    """Somebody of this name may log in already."""

    code = "name_taken"


class UnknownStaff(CasefileError):
    """Nobody of this name may log in."""

    code = "unknown_staff"


class CasefileUnavailable(CasefileError):
    """The database did not answer in time."""

    code = "casefile_unavailable"
    retryable = True
