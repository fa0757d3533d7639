"""Inspections as JSON and back, by the contract of the shell and the HTTP interface."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bailing.terms import VoucherType
from perception.inspection import (
    Authenticity,
    Box,
    Check,
    Field,
    Frame,
    Guess,
    Inspection,
    Line,
    Mark,
    Quality,
    Region,
    SeenObject,
    SeenTable,
    Trouble,
    Verdict,
)


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
            "troubles": [
                {
                    "issue": t.issue,
                    "region": t.region.value,
                    "box": list(t.box),
                    "field": t.field,
                    "label": t.label,
                    "label_en": t.label_en,
                }
                for t in inspection.quality.troubles
            ],
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
                "repaired": f.repaired,
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
        "tables": [
            {"page": t.page, "box": list(t.box), "rows": [list(row) for row in t.rows]}
            for t in inspection.tables
        ],
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
            "fingerprint": seen.fingerprint,
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


def frames_json(inspection: Inspection) -> list[dict[str, int]]:
    """In what the boxes of each page lie, kept beside an Inspection for those who draw them."""
    return [{"width": f.width, "height": f.height, "turned": f.turned} for f in inspection.frames]


def from_json(body: Mapping[str, Any]) -> Inspection:
    """The Inspection that :func:`to_json` wrote.

    Raises:
        KeyError: A part of the contract is missing.
        ValueError: A part is not what the contract says.
    """
    voucher, seen = body["voucher"], body["authenticity"]
    return Inspection(
        sha256=str(body["sha256"]),
        pages=int(body["pages"]),
        quality=_quality(body["quality"]),
        voucher=_guess(voucher),
        alternatives=tuple(_guess(g) for g in voucher["alternatives"]),
        fields=tuple(_field(name, f) for name, f in body["fields"].items()),
        marks=tuple(
            Mark(m["kind"], m["text"], _box(m["box"]), float(m["confidence"]), int(m["page"]))
            for m in body["marks"]
        ),
        objects=tuple(
            SeenObject(
                o["label"], o["label_zh"], o["category"], float(o["confidence"]), _box(o["box"])
            )
            for o in body["objects"]
        ),
        authenticity=Authenticity(
            seen["recapture"],
            seen["tamper"],
            tuple(Check(c["name"], bool(c["passed"]), c["detail"]) for c in seen["checks"]),
            Verdict(seen["verdict"]),
            seen.get("fingerprint"),
        ),
        lines=tuple(
            Line(x["text"], float(x["confidence"]), _box(x["box"]), int(x["page"]))
            for x in body["lines"]
        ),
        models=tuple(body["models"]),
        frames=tuple(
            Frame(int(f["width"]), int(f["height"]), int(f["turned"]))
            for f in body.get("frames") or ()
        ),
        tables=tuple(_table(t) for t in body.get("tables") or ()),
        elapsed_ms={k: float(v) for k, v in body["elapsed_ms"].items()},
    )


def _quality(body: Mapping[str, Any]) -> Quality:
    troubles = tuple(
        Trouble(
            t["issue"],
            Region(t["region"]),
            _box(t["box"]),
            t["field"],
            t["label"],
            t["label_en"],
        )
        for t in body.get("troubles") or ()
    )
    return Quality(bool(body["usable"]), tuple(body["issues"]), troubles)


def _guess(body: Mapping[str, Any]) -> Guess:
    return Guess(VoucherType(body["type"]), float(body["confidence"]))


def _field(name: str, body: Mapping[str, Any]) -> Field:
    return Field(
        name=name,
        label=body.get("label", name),
        label_en=body.get("label_en", name),
        value=body["value"],
        raw=body["raw"],
        confidence=float(body["confidence"]),
        box=_box(body["box"]),
        page=int(body["page"]),
        repaired=bool(body.get("repaired")),
    )


def _table(body: Mapping[str, Any]) -> SeenTable:
    rows = tuple(tuple(str(cell) for cell in row) for row in body["rows"])
    return SeenTable(int(body["page"]), _box(body["box"]), rows)


def _box(values: Any) -> Box:
    x0, y0, x1, y1 = (int(v) for v in values)
    return x0, y0, x1, y1
