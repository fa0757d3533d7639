"""What a merchant can do, one method each: come in, speak, press, send, look, correct, take back.

Nothing here decides anything about credit. Words go into the inbox for the dialogue engine,
files into the upload store with a task for the verification workers, and everything that
touches a limit becomes a task for the actions process.
"""

from __future__ import annotations

import secrets
import unicodedata
from typing import Any

from bot import views
from bot.config import MAX_TEXT_CHARS, GatewayConfig
from bot.corrections import clean_value
from bot.errors import (
    BadToken,
    EmptyText,
    NotReadYet,
    TextTooLong,
    UnknownButton,
    UnknownField,
)
from bot.identity import Merchant, demo_merchant, merchant_of_token
from bot.sniff import sniff
from casefile import Case, CaseFile, EvidenceStatus, Ledger, Purpose, Source, TaskKind
from casefile.errors import ConsentNeeded, EvidenceGone, FileGone

CHANNEL = "web"
OPENING = "/system_open"
CONSENT_NEEDED = "/system_consent_needed"
UNSETTLED = {EvidenceStatus.RECEIVED, EvidenceStatus.INSPECTING}


class Gateway:
    """The merchant's side of the credit file."""

    def __init__(self, casefile: CaseFile, config: GatewayConfig) -> None:
        self._casefile = casefile
        self._config = config

    def open_session(self, *, token: str | None, demo: str | None) -> dict[str, Any]:
        """A session for a merchant whom the lender vouches for, or for a demonstration one.

        Raises:
            BadToken: The lender's token does not hold.
            UnknownDemo: No such demonstration merchant.
        """
        if token:
            merchant = merchant_of_token(token, self._config)
        else:
            merchant = demo_merchant(demo or "", self._config)
        with self._casefile.begin() as ledger:
            case, fresh = ledger.cases.open_for(
                lender_subject=merchant.subject,
                name=merchant.name,
                salutation=merchant.salutation,
                limit_cny=merchant.limit_cny,
                language=merchant.language,
                demo=token is None,
            )
            if fresh:
                self._begin_case(ledger, case, merchant)
            session_id, session_token = ledger.cases.start_session(case.id)
            ledger.audit.append(
                "session_opened", actor="merchant", case_id=case.id, subject=session_id
            )
        return {
            "session_id": session_id,
            "case_id": case.id,
            "token": session_token,
            "language": case.language,
        }

    def _begin_case(self, ledger: Ledger, case: Case, merchant: Merchant) -> None:
        for slot, (value, unit) in merchant.profile.items():
            ledger.cases.note(case.id, slot, value, unit=unit, source=Source.LENDER)
        ledger.mail.receive(
            case.id, channel="system", platform_key="open", kind="internal", text=OPENING
        )
        ledger.audit.append("case_opened", actor="merchant", case_id=case.id)

    def case_of(self, token: str | None) -> Case:
        """The case that a session token opens.

        Raises:
            BadToken: It opens none.
        """
        with self._casefile.read() as ledger:
            case = ledger.cases.case_of_token(token) if token else None
        if case is None:
            raise BadToken("session")
        return case

    def say(
        self, case: Case, *, text: str | None, payload: str | None, client_message_id: str | None
    ) -> str:
        """Take a merchant's words or a pressed button, once; the message's id.

        Raises:
            EmptyText: Nothing but blanks.
            TextTooLong: Over 4,000 characters.
            UnknownButton: A payload that this case was never offered.
        """
        key = client_message_id or secrets.token_hex(16)
        with self._casefile.begin() as ledger:
            if payload is not None:
                shown_once = payload.isprintable()
                title = ledger.mail.was_offered(case.id, payload) if shown_once else None
                if title is None:
                    raise UnknownButton(payload[:100])
                kind, words, shown = "payload", payload, title
            else:
                kind, words = "text", clean_text(text or "")
                shown = words
            message_id, new = ledger.mail.receive(
                case.id, channel=CHANNEL, platform_key=key, kind=kind, text=words
            )
            if new:
                ledger.mail.post(
                    case.id,
                    "message",
                    {
                        "from": "merchant",
                        "text": shown,
                        "buttons": [],
                        "card": None,
                        "in_reply_to": None,
                        "message_id": message_id,
                        "client_message_id": client_message_id,
                    },
                )
        return message_id

    def upload(
        self, case: Case, content: bytes, *, declared: str | None, client_upload_id: str | None
    ) -> dict[str, Any]:
        """Take a file, once, and have it inspected.

        Raises:
            ConsentNeeded: The merchant has not agreed yet; the talk asks for it.
            GatewayError: The file is not one that is read (see ``bot.sniff``).
            TooMuchEvidence: The case is full.
        """
        mime = sniff(content)
        if not self._may_upload(case):
            raise ConsentNeeded(case.id)
        sha256 = self._casefile.uploads.name(content)
        with self._casefile.begin() as ledger:
            evidence, new = ledger.proofs.receive(
                case.id,
                sha256=sha256,
                mime=mime,
                size_bytes=len(content),
                declared=declared,
                client_upload_id=client_upload_id,
            )
            if new:
                self._casefile.uploads.put(case.id, content)
                ledger.mail.post_evidence(evidence)
                ledger.tasks.add(case.id, TaskKind.INSPECT, {"evidence_id": evidence.id})
                ledger.audit.append(
                    "evidence_received",
                    actor="merchant",
                    case_id=case.id,
                    subject=evidence.id,
                    detail={"file": ledger.audit.keyed(sha256)},
                )
        return {
            "evidence_id": evidence.id,
            "sha256": evidence.sha256 or sha256,
            "status": evidence.status.value,
            "duplicate": not new,
        }

    def _may_upload(self, case: Case) -> bool:
        with self._casefile.begin() as ledger:
            if ledger.cases.has_consent(case.id, Purpose.LIMIT_REVIEW):
                return True
            asked = ledger.cases.get(case.id).last_event_id
            ledger.mail.receive(
                case.id,
                channel="system",
                platform_key=f"consent-{asked}",
                kind="internal",
                text=CONSENT_NEEDED,
            )
        return False

    def evidence(self, case: Case, evidence_id: str) -> dict[str, Any]:
        """One proof with what was read from it."""
        with self._casefile.read() as ledger:
            return views.evidence_json(ledger, ledger.proofs.get(case.id, evidence_id))

    def all_evidence(self, case: Case) -> list[dict[str, Any]]:
        """Every proof of the case, oldest first."""
        with self._casefile.read() as ledger:
            return [views.evidence_json(ledger, e) for e in ledger.proofs.all(case.id)]

    def file(self, case: Case, evidence_id: str) -> tuple[bytes, str]:
        """A proof's original bytes and their MIME type.

        Raises:
            FileGone: It was withdrawn.
        """
        with self._casefile.read() as ledger:
            evidence = ledger.proofs.get(case.id, evidence_id)
        if evidence.sha256 is None or evidence.mime is None:
            raise FileGone(evidence_id)
        return self._casefile.uploads.get(case.id, evidence.sha256), evidence.mime

    def withdraw(self, case: Case, evidence_id: str) -> dict[str, Any]:
        """Take a proof back: its content is erased now, the limit is worked out again next."""
        with self._casefile.begin() as ledger:
            before = ledger.proofs.get(case.id, evidence_id)
            if before.status is not EvidenceStatus.WITHDRAWN:
                after = ledger.erase_evidence(before, actor="merchant")
                ledger.tasks.add(case.id, TaskKind.WITHDRAW, {"evidence_id": evidence_id})
                ledger.mail.post_evidence(after)
        if before.sha256:
            self._casefile.uploads.delete(case.id, before.sha256)
        return self.evidence(case, evidence_id)

    def effect(self, case: Case, evidence_id: str) -> dict[str, Any]:
        """The limit now, and what it would be without this proof."""
        with self._casefile.read() as ledger:
            ledger.proofs.get(case.id, evidence_id)
            last = ledger.decisions.last(case.id)
            now = str(ledger.cases.get(case.id).limit_cny)
        without = last.if_withdrawn.get(evidence_id, now) if last else now
        return {"limit_cny": now, "limit_if_withdrawn_cny": without}

    def correct(self, case: Case, evidence_id: str, field: str, value: str) -> dict[str, Any]:
        """Keep what the merchant says a field should be, and have the limit worked out again.

        Raises:
            EvidenceGone: The proof was withdrawn.
            NotReadYet: It is still being read.
            UnknownField: The paper has no such field.
            EmptyText: A blank value.
            BadValue: No amount, or no day, where the field is one.
        """
        with self._casefile.begin() as ledger:
            evidence = ledger.proofs.get(case.id, evidence_id)
            if evidence.status is EvidenceStatus.WITHDRAWN:
                raise EvidenceGone(evidence_id)
            if evidence.status in UNSETTLED:
                raise NotReadYet(evidence_id)
            fields = (evidence.inspection or {}).get("fields") or {}
            if field not in fields:
                raise UnknownField(field[:60])
            text = clean_value(field, clean_text(value))
            ledger.proofs.correct(evidence_id, field, fields[field].get("value"), text)
            ledger.tasks.add(
                case.id, TaskKind.CORRECT, {"evidence_id": evidence_id, "field": field}
            )
            ledger.audit.append(
                "evidence_corrected",
                actor="merchant",
                case_id=case.id,
                subject=evidence_id,
                detail={"field": field, "value": ledger.audit.keyed(text)},
            )
            return views.evidence_json(ledger, evidence)

    def case(self, case: Case) -> dict[str, Any]:
        """The whole case as its merchant may see it."""
        with self._casefile.read() as ledger:
            return views.case_json(ledger, case.id)

    def ask_review(self, case: Case, reason: str) -> str:
        """Ask for a person; the review's id."""
        text = clean_text(reason)
        with self._casefile.begin() as ledger:
            review, new = ledger.decisions.ask_review(case.id, text, "merchant")
            if new:
                ledger.audit.append(
                    "review_asked", actor="merchant", case_id=case.id, subject=review.id
                )
                ledger.mail.receive(
                    case.id,
                    channel="system",
                    platform_key=review.id,
                    kind="internal",
                    text="/system_review_opened",
                )
        return review.id

    def events(self, case_id: str, after: int) -> list[dict[str, Any]]:
        """The case's events after an id."""
        with self._casefile.read() as ledger:
            return [event.to_json() for event in ledger.mail.events(case_id, after)]


def clean_text(text: str) -> str:
    """A merchant's text without control characters, trimmed.

    Raises:
        EmptyText: Nothing visible is left.
        TextTooLong: Over 4,000 characters.
    """
    if len(text) > MAX_TEXT_CHARS:
        raise TextTooLong(str(len(text)))
    kept = "".join(c for c in text if c in "\n\t" or unicodedata.category(c)[0] != "C").strip()
    if not kept:
        raise EmptyText
    return kept
