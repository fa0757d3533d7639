"""Real papers: what `inspect` reads of them, beside the lines that RapidOCR reads alone.

    BAILING_DEV_DATA=… python -m bench.read_papers [--every K] [--without-rapidocr] [--json]

For each field of a licence, on the real photos and scans of the data folder's manifest: how many
state it, how often it is read exactly and how like it is (1 - character error rate), as the
folder's own `score_inspect.py` counts; the same on those that our rules were written on and on
those that were kept away (four in ten, by a hash of the file's name); and how often RapidOCR's
lines, in their order, hold the value whole. Then how often the kind of a real paper is right.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import importlib.util
import json
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np

from bench.inspect_speed import alone
from perception import Inspector, to_json
from perception.errors import PerceptionError

AIMS = {
    "name": 0.95, "social_credit_code": 0.96, "registration_number": 0.96, "legal_person": 0.95,
    "company_type": 0.95, "address": 0.92, "registered_capital": 0.95, "established_on": 0.96,
}  # fmt: skip
SCOPE_AIM, KIND_AIM = 0.95, 0.97
LOOKED_AT = 6
"""Of ten licences, those that rules may be tried on; the others are only counted."""
PHOTOS = {"storefront_photo", "stock_photo", "equipment_photo", "other", "other|stock_photo"}


def looked_at(name: str) -> bool:
    """Whether rules may be tried on the file of that name."""
    return int(hashlib.sha256(name.encode()).hexdigest(), 16) % 10 < LOOKED_AT


def scorer(data: Path) -> ModuleType:
    """The data folder's own way of counting."""
    path = data / "eval" / "score_inspect.py"
    spec = importlib.util.spec_from_file_location("score_inspect", path)
    if spec is None or spec.loader is None:
        raise SystemExit(f"no {path}")
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def inspected(inspector: Inspector, path: Path) -> dict[str, Any]:
    """One file's Inspection as JSON; a failure is an empty one, which counts as wrong."""
    try:
        return to_json(inspector.inspect(path.read_bytes()), path.name)
    except PerceptionError as error:
        print(f"{path.name}: {error.code}", file=sys.stderr)
        return {}


def raw_text(read: Callable[[bytes], Any], path: Path) -> str:
    """All that RapidOCR reads alone, line after line."""
    return "".join(getattr(read(path.read_bytes()), "txts", None) or ())


def held_whole(
    score: ModuleType, rows: Sequence[Any], texts: Mapping[Path, str]
) -> dict[str, float]:
    """For each field, the share of licences of which the raw lines hold its value whole."""
    held: dict[str, list[bool]] = {}
    for row in rows:
        text = score.fold(texts[row.file])
        for name, truth in score.licence_truth(row).items():
            held.setdefault(name, []).append(score.fold(truth) in text)
    return {name: round(float(np.mean(found)), 4) for name, found in held.items()}


def table(report: Mapping[str, Mapping[str, Any]], raw: Mapping[str, float]) -> list[list[str]]:
    """A line a field: count, aim, and what each part of the licences gave."""
    head = ["field", "n", "aim", "all", "looked at", "kept away", "1-CER", "RapidOCR's lines"]
    lines = [head]
    for name, whole in report["all"]["fields"].items():
        scope = name == "business_scope"
        aim = SCOPE_AIM if scope else AIMS.get(name)
        parts = [report.get(p, {}).get("fields", {}).get(name, {}) for p in head[3:6]]
        shown = [str(part.get("similarity" if scope else "exact", "-")) for part in parts]
        held = str(raw.get(name, "-"))
        lines.append(
            [name, str(whole["n"]), str(aim or "-"), *shown, str(whole["similarity"]), held]
        )
    return lines


def show(lines: Sequence[Sequence[str]]) -> None:
    """Print lines of equal columns."""
    widths = [max(len(line[i]) for line in lines) for i in range(len(lines[0]))]
    for line in lines:
        print("  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)))


def kinds_right(rows: Sequence[Mapping[str, str]], outputs: Mapping[str, Any]) -> tuple[int, int]:
    """Of the real papers, how many were taken for what they are, and how many there are."""
    right = [
        outputs[row["file"]].get("voucher", {}).get("type") in row["truth"].split("|")
        for row in rows
    ]
    return sum(right), len(right)


def papers_of(manifest: Path) -> list[dict[str, str]]:
    """The manifest's rows of real papers that are not licences, photos left out."""
    with manifest.open(encoding="utf-8-sig", newline="") as handle:
        rows = [row for row in csv.DictReader(handle) if row["task"] == "type"]
    return [row for row in rows if row["truth"] not in PHOTOS]


def in_parts(rows: Sequence[Any]) -> dict[str, list[Any]]:
    """All licences, those that rules were tried on, and the others."""
    looked = [row for row in rows if looked_at(row.file.name)]
    away = [row for row in rows if not looked_at(row.file.name)]
    return {"all": list(rows), "looked at": looked, "kept away": away}


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--every", type=int, default=1, help="only every K-th paper")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--without-rapidocr", action="store_true")
    parser.add_argument("--json", action="store_true", help="print the reports, with every miss")
    options = parser.parse_args()
    data = Path(os.environ["BAILING_DEV_DATA"])
    score, manifest = scorer(data), data / "eval" / "dev_images.csv"
    rows = [r for r in score.load_manifest(manifest, data) if r.task == "licence"]
    rows = rows[:: options.every]
    inspector = Inspector.load(options.threads)
    outputs = {row.file: inspected(inspector, row.file) for row in rows}
    parts = {name: part for name, part in in_parts(rows).items() if part}
    report = {
        name: score.score_licence(part, [outputs[row.file] for row in part])
        for name, part in parts.items()
    }
    raw: dict[str, float] = {}
    if not options.without_rapidocr:
        read = alone(options.threads)
        raw = held_whole(score, rows, {row.file: raw_text(read, row.file) for row in rows})
    papers = papers_of(manifest)[:: options.every]
    seen = {row["file"]: inspected(inspector, data / row["file"]) for row in papers}
    right, count = kinds_right(papers, seen)
    right += round(report["all"]["type_accuracy"] * len(rows))
    kinds = {"right": right, "papers": count + len(rows)}
    if options.json:
        print(json.dumps({"licences": report, "rapidocr": raw, "kinds": kinds}))
        return
    print("real licences: " + ", ".join(f"{len(part)} {name}" for name, part in parts.items()))
    show(table(report, raw))
    print(f"kind of real papers: {right} of {kinds['papers']} right (aim {KIND_AIM})")


if __name__ == "__main__":
    main()
