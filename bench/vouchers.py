"""How well papers are known and read, on generated ones: kind, fields and table cells by kind.

    python -m bench.vouchers FOLDER [--json]

FOLDER holds what `bailing synthesize vouchers` wrote: KIND_SEED.jpg (or .pdf) and its truth in
KIND_SEED.json. Pages are synthetic, and the figures say so: of most of these kinds no real photo
is at hand. A field is right when its value is the truth's, numbers compared as numbers; what is
not printed on the page is not asked for. A cell is right when its row, matched best among the
rows read, has the same text there, spaces aside.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from perception import Inspector, to_json

NUMBERS = ("_cny", "_sqm", "_kg", "_ton", "usage", "pieces", "quantity", "count", "days")


@dataclass(slots=True)
class Score:
    """Counts for one kind."""

    pages: int = 0
    known: int = 0
    fields: int = 0
    right: int = 0
    cells: int = 0
    cells_right: int = 0

    def figures(self) -> dict[str, object]:
        """The shares, and of how many."""
        return {
            "pages": self.pages,
            "kind": _share(self.known, self.pages),
            "fields": _share(self.right, self.fields),
            "of_fields": self.fields,
            "cells": _share(self.cells_right, self.cells),
            "of_cells": self.cells,
        }


def _share(right: int, every: int) -> float | None:
    return round(right / every, 4) if every else None


def add(score: Score, truth: Mapping[str, Any], seen: Mapping[str, Any]) -> list[str]:
    """Count one page; what was wrong on it, for who wants to look."""
    score.pages += 1
    known = seen["voucher"]["type"] == truth["kind"]
    score.known += known
    wrong = [] if known else [f"kind {seen['voucher']['type']}"]
    for name, value in truth["fields"].items():
        read = (seen["fields"].get(name) or {}).get("value")
        score.fields += 1
        score.right += is_same(name, value, read)
        if not is_same(name, value, read):
            wrong.append(f"{name} {value} {read}")
    rows = [row for table in seen["tables"] for row in table["rows"]]
    for table in truth["tables"]:
        for row in table[1:]:
            score.cells += len(row)
            score.cells_right += _best(row, rows)
    return wrong


def is_same(name: str, value: str, read: str | None) -> bool:
    """Whether a field was read as it is."""
    if read is None:
        return False
    if name.endswith(NUMBERS):
        try:
            return Decimal(value) == Decimal(read)
        except InvalidOperation:
            return False
    return _plain(value) == _plain(read)


def _plain(text: str) -> str:
    return "".join(text.split()).translate(str.maketrans("()，；：", "（）,;:"))


def _best(row: Sequence[str], rows: Iterable[Sequence[str]]) -> int:
    wanted = [_plain(cell) for cell in row]
    found = ([_plain(cell) for cell in other] for other in rows if len(other) == len(row))
    return max((sum(a == b for a, b in zip(wanted, r, strict=True)) for r in found), default=0)


def measure(folder: Path, *, say_wrong: bool) -> dict[str, Score]:
    """Every page of a folder, by kind."""
    inspector = Inspector.load()
    scores: dict[str, Score] = defaultdict(Score)
    for path in sorted(folder.glob("*.json")):
        truth = json.loads(path.read_text(encoding="utf-8"))
        file = path.with_suffix(".pdf")
        content = (file if file.exists() else path.with_suffix(".jpg")).read_bytes()
        seen = to_json(inspector.inspect(content))
        wrong = add(scores[truth["kind"]], truth, seen)
        if say_wrong and wrong:
            print(f"{path.stem}: {'; '.join(wrong)}", file=sys.stderr)
    return scores


def main(argv: Sequence[str] | None = None) -> int:
    """Read, compare, print a row a kind and the means over kinds."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--wrong", action="store_true", help="say what was wrong, to stderr")
    chosen = parser.parse_args(argv)
    scores = measure(chosen.folder, say_wrong=chosen.wrong)
    table = {kind: score.figures() for kind, score in sorted(scores.items())}
    if chosen.json:
        print(json.dumps(table))
        return 0
    print(f"{'kind (synthetic pages)':26}{'pages':>6}{'kind':>8}{'fields':>8}{'of':>6}{'cells':>8}")
    for kind, row in table.items():
        print(f"{kind:26}{row['pages']:>6}{_two(row['kind'])}{_two(row['fields'])}"
              f"{row['of_fields']:>6}{_two(row['cells'])}")  # fmt: skip
    for name in ("kind", "fields", "cells"):
        shares = [float(str(row[name])) for row in table.values() if row[name] is not None]
        if shares:
            print(f"{name} over {len(shares)} kinds {sum(shares) / len(shares):.4f}")
    return 0


def _two(share: object) -> str:
    return f"{'-':>8}" if share is None else f"{share:>8.3f}"


if __name__ == "__main__":
    sys.exit(main())
