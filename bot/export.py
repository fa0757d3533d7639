"""The merchant's own copy of all that is kept: one zip with a JSON file and the originals."""

from __future__ import annotations

import json
import tempfile
import zipfile
from typing import IO, Any

from bot import views
from casefile import Case, CaseFile
from casefile.errors import FileGone

SUFFIXES = {
    "image/jpeg": "jpg",
    "image/png": "png",
    "image/webp": "webp",
    "image/heic": "heic",
    "application/pdf": "pdf",
    "application/ofd": "ofd",
    "application/xml": "xml",
}


def export_case(casefile: CaseFile, case: Case) -> IO[bytes]:
    """A zip: ``case.json`` and, under ``files/``, every original that was not withdrawn.

    It lies in a temporary file, opened at its beginning: fifty files are up to a gigabyte.
    """
    with casefile.read() as ledger:
        content: dict[str, Any] = {
            "case": views.case_json(ledger, case.id),
            "profile_history": [
                {"slot": p.slot, "at": p.at.isoformat(), **p.to_json()}
                for p in ledger.cases.profile_history(case.id)
            ],
            "events": [e.to_json() for e in ledger.mail.events(case.id, limit=100_000)],
            "decisions": [d.body[case.language] for d in ledger.decisions.all(case.id)],
            "inspections": {e.id: e.inspection for e in ledger.proofs.all(case.id) if e.inspection},
            "turns": list(ledger.mail.turns(case.id)),
        }
        files = [(e.id, e.sha256, e.mime) for e in ledger.proofs.all(case.id) if e.sha256]
    made = tempfile.TemporaryFile()  # noqa: SIM115 # whoever sends it closes it
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("case.json", json.dumps(content, ensure_ascii=False, indent=2))
        for evidence_id, sha256, mime in files:
            try:
                original = casefile.uploads.get(case.id, sha256)
            except FileGone:
                continue
            archive.writestr(f"files/{evidence_id}.{SUFFIXES.get(mime or '', 'bin')}", original)
    made.seek(0)
    return made
