"""The credit file as its merchant may see it: the JSON of the HTTP interface."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from casefile import Evidence, EvidenceStatus, Ledger

UNCERTAIN_BELOW = 0.8
"""A field read with less confidence is shown as uncertain."""


def evidence_json(ledger: Ledger, evidence: Evidence) -> dict[str, Any]:
    """One proof whole: its state, what was read, what was corrected, what was noticed."""
    if evidence.status is EvidenceStatus.WITHDRAWN:
        return {**evidence.event_body(), "received_at": evidence.received_at.isoformat()}
    return {
        **evidence.event_body(),
        "sha256": evidence.sha256,
        "mime": evidence.mime,
        "bytes": evidence.bytes,
        "declared": evidence.declared,
        "received_at": evidence.received_at.isoformat(timespec="milliseconds"),
        "fields": _fields(ledger, evidence),
        "findings": [dict(f) for f in evidence.findings],
        "quality": (evidence.inspection or {}).get("quality"),
    }


def _fields(ledger: Ledger, evidence: Evidence) -> list[dict[str, Any]]:
    corrected = {c.field: c.value for c in ledger.proofs.corrections(evidence.id)}
    label = "label_en" if ledger.cases.get(evidence.case_id).language == "en" else "label"
    read: Mapping[str, Any] = (evidence.inspection or {}).get("fields") or {}
    return [
        {
            "name": name,
            "label": field.get(label) or name,
            "value": field.get("value"),
            "confidence": field.get("confidence"),
            "corrected": corrected.get(name),
            "uncertain": (field.get("confidence") or 0.0) < UNCERTAIN_BELOW,
        }
        for name, field in read.items()
        if field and field.get("value") is not None
    ]


def _profile_value(entry: dict[str, Any]) -> dict[str, Any]:
    """A slot; words are also a key of it, for clients that ask whether it contains them."""
    words = entry["value"]
    return {**entry, words: True} if isinstance(words, str) else entry


def case_json(ledger: Ledger, case_id: str) -> dict[str, Any]:
    """``GET /api/case``."""
    case = ledger.cases.get(case_id)
    last = ledger.decisions.last(case_id)
    decision = dict(last.body[case.language]) if last else None
    return {
        "case_id": case.id,
        "language": case.language,
        "limit_cny": str(case.limit_cny),
        "original_limit_cny": str(case.original_limit_cny),
        "handler": case.handler,
        "merchant_name": case.salutation or case.merchant_name,
        "profile": {
            slot: _profile_value(value.to_json())
            for slot, value in ledger.cases.profile(case_id).items()
        },
        "consents": [
            {
                "purpose": c.purpose,
                "given_at": c.given_at.isoformat(timespec="milliseconds"),
                "withdrawn_at": c.withdrawn_at.isoformat(timespec="milliseconds")
                if c.withdrawn_at
                else None,
            }
            for c in ledger.cases.consents(case_id)
        ],
        "evidence": [evidence_json(ledger, e) for e in ledger.proofs.all(case_id)],
        "last_decision": decision,
        "recommendations": decision["recommendations"] if decision else [],
        "reviews": [r.to_json() for r in ledger.decisions.reviews(case_id)],
    }
