"""Inspections as JSON, by the contract of the shell and the HTTP interface."""

from __future__ import annotations

from typing import Any

from perception.inspection import Inspection


def to_json(inspection: Inspection, file: str | None = None) -> dict[str, Any]:
    """The Inspection as one JSON object; ``file`` is the name that it was read from."""
    seen = inspection.authenticity
    body: dict[str, Any] = {} if file is None else {"file": file}
    return body | {
        "sha256": inspection.sha256,
        "pages": inspection.pages,
        "quality": {
            "usable": inspection.quality.usable,
            "issues": list(inspection.quality.issues),
        },
        "voucher": {
            "type": inspection.voucher.type.value,
            "confidence": round(inspection.voucher.confidence, 4),
            "alternatives": [
                {"type": g.type.value, "confidence": round(g.confidence, 4)}
                for g in inspection.alternatives
            ],
        },
        "fields": {
            f.name: {
                "value": f.value,
                "raw": f.raw,
                "confidence": round(f.confidence, 4),
                "box": list(f.box),
                "page": f.page,
                "label": f.label,
                "label_en": f.label_en,
            }
            for f in inspection.fields
        },
        "marks": [
            {
                "kind": m.kind,
                "text": m.text,
                "box": list(m.box),
                "confidence": round(m.confidence, 4),
                "page": m.page,
            }
            for m in inspection.marks
        ],
        "tables": [],
        "objects": [
            {
                "label": o.label,
                "label_zh": o.label_zh,
                "category": o.category,
                "confidence": round(o.confidence, 4),
                "box": list(o.box),
            }
            for o in inspection.objects
        ],
        "authenticity": {
            "recapture": None if seen.recapture is None else round(seen.recapture, 4),
            "tamper": None if seen.tamper is None else round(seen.tamper, 4),
            "tamper_map": None,
            "checks": [
                {"name": c.name, "passed": c.passed, "detail": c.detail} for c in seen.checks
            ],
            "verdict": seen.verdict.value,
        },
        "lines": [
            {
                "text": line.text,
                "confidence": round(line.confidence, 4),
                "box": list(line.box),
                "page": line.page,
            }
            for line in inspection.lines
        ],
        "models": list(inspection.models),
        "elapsed_ms": {k: round(v, 1) for k, v in inspection.elapsed_ms.items()},
        "error": None,
    }
