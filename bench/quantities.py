"""How well and how fast quantities in merchants' words are read.

    python bench/quantities.py [--data FILE.tsv]

Prints the share of labelled expressions that are read right, by unit, and the time per line and
for a text of 4,000 characters. A reading is right when its unit measures the same thing, its
period is the same, the middle of its range lies inside the labelled range give or take a tenth,
and neither end is more than 1.6 times away from the labelled one.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from actions.quantity import read_quantity
from actions.statements import read_statements
from bailing.terms import Quantity

LABELLED = Path(__file__).parent.parent / "tests" / "actions" / "quantities.tsv"
DAYS_IN_YEAR = Decimal(365)
SLACK = Decimal("0.1")
FAR = Decimal("1.6")
KINDS = {"cny": "money", "day": "time", "year": "time", "sqm": "area", "percent": "share"}


@dataclass(frozen=True, slots=True)
class Labelled:
    """An expression and what it means; time in days, ``period`` empty for none."""

    text: str
    low: Decimal
    high: Decimal
    kind: str
    period: str


def read_labelled(path: Path) -> list[Labelled]:
    """The rows of a TSV with the header ``text low high unit period``."""
    rows = [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines()[1:] if line]
    return [
        Labelled(
            text, *_in_days(Decimal(low), Decimal(high), unit), KINDS.get(unit, "count"), period
        )
        for text, low, high, unit, period in rows
    ]


def is_right(wanted: Labelled, got: Quantity | None) -> bool:
    """Whether a reading lies about where people mean it."""
    if got is None or KINDS.get(got.unit.value, "count") != wanted.kind:
        return False
    if (got.period.value if got.period else "") != wanted.period:
        return False
    low, high = _in_days(got.low, got.high, got.unit.value)
    if wanted.high == 0:
        return high == 0
    near = wanted.low * (1 - SLACK) <= (low + high) / 2 <= wanted.high * (1 + SLACK)
    return near and wanted.low <= low * FAR and high <= wanted.high * FAR


def _in_days(low: Decimal, high: Decimal, unit: str) -> tuple[Decimal, Decimal]:
    factor = DAYS_IN_YEAR if unit == "year" else Decimal(1)
    return low * factor, high * factor


def time_of(call: Callable[[str], object], text: str, times: int = 5) -> float:
    """The shortest of some runs, in milliseconds of CPU time."""
    best = float("inf")
    for _ in range(times):
        started = time.process_time()
        call(text)
        best = min(best, time.process_time() - started)
    return best * 1_000


def main(argv: Sequence[str] | None = None) -> int:
    """Read, judge, time, print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--data", type=Path, default=LABELLED, help="labelled TSV")
    labelled = read_labelled(parser.parse_args(argv).data)
    by_kind: dict[str, list[bool]] = defaultdict(list)
    for wanted in labelled:
        right = is_right(wanted, read_quantity(wanted.text))
        by_kind[wanted.kind].append(right)
        if not right:
            print(f"wrong    {wanted.text}")
    for kind, rights in sorted(by_kind.items()):
        print(f"{kind:<8} {sum(rights) / len(rights):.3f} of {len(rights)}")
    every = [right for rights in by_kind.values() for right in rights]
    print(f"all      {sum(every) / len(every):.4f} of {len(every)}")
    spent = sorted(time_of(read_quantity, wanted.text, 3) for wanted in labelled)
    p95 = spent[int(len(spent) * 0.95)]
    print(f"a line   p50 {statistics.median(spent):.3f} ms, p95 {p95:.3f} ms")
    line = "我是跑物流的，三辆车，一个月流水二三十万，货主四十来天结账，想再借二十万。"
    long = (line * 120)[:4_000]
    print(f"4,000 characters: quantities {time_of(read_quantity, long):.1f} ms, "
          f"statements {time_of(read_statements, long):.1f} ms")  # fmt: skip
    return 0


if __name__ == "__main__":
    sys.exit(main())
