"""How long a decision takes, with the worth of every kind of proof.

    python -m bench.decide_speed

Aim (DESIGN section 11): 20 ms for a decision with recommendations for every kind.
"""

from __future__ import annotations

import argparse
import statistics
import time
from collections.abc import Callable
from decimal import Decimal

from bailing.terms import FactKind, VoucherType
from bench.figures import show
from risk import Application, IndustryFigures, ProofPrior, decide, decide_many, load_policy
from risk.wire import fact_of, profile_of

AIM_MS = 20.0
SHOWS = {
    VoucherType.BUSINESS_LICENSE: FactKind.REGISTERED_ON,
    VoucherType.BANK_STATEMENT: FactKind.BANK_INFLOW,
    VoucherType.STOCK_PHOTO: FactKind.STOCK_VALUE,
    VoucherType.EQUIPMENT_PHOTO: FactKind.EQUIPMENT_VALUE,
}


def application() -> Application:
    """A haulier with three proofs given, who may still give each of the 26 kinds."""
    kinds = [k for k in VoucherType if k is not VoucherType.OTHER]
    proofs = tuple(
        ProofPrior(k, 0.5, 0.3, SHOWS.get(k, FactKind.INVOICED_SALES), 0.02, 0.2, "证实", "shows")
        for k in kinds
    )
    facts = [
        {"kind": "holder_matches", "value": 1, "confidence": 0.95, "evidence_id": "a"},
        {"kind": "invoiced_sales", "value": 96_000, "confidence": 0.9, "evidence_id": "b"},
        {"kind": "vehicle_count", "value": 1, "confidence": 0.7, "evidence_id": "c"},
    ]
    return Application(
        profile=profile_of({"industry_code": "5431", "monthly_sales_cny": 250_000}),
        current_limit_cny=Decimal(100_000),
        original_limit_cny=Decimal(100_000),
        facts=tuple(fact_of(f) for f in facts),
        industry=IndustryFigures(proofs=proofs),
    )


def main() -> None:
    """Print p50 and p95 of one decision, and the time of a case in a batch."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=200)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    every = frozenset(k for k in VoucherType if k is not VoucherType.OTHER)
    policy = load_policy().model_copy(update={"readable_vouchers": tuple(sorted(every))})
    case = application()
    decide(case, policy=policy)
    times = sorted(_timed(lambda: decide(case, policy=policy)) for _ in range(options.runs))
    batch = _timed(lambda: decide_many([case] * 100, policy=policy)) / 100
    figures = {
        "kinds": len(decide(case, policy=policy).recommendations),
        "decision_ms_p50": round(statistics.median(times), 2),
        "decision_ms_p95": round(times[int(0.95 * len(times))], 2),
        "in_a_batch_of_100_ms": round(batch, 2),
        "aim_ms": AIM_MS,
    }
    show(figures, as_json=options.json)


def _timed(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return (time.perf_counter() - started) * 1000


if __name__ == "__main__":
    main()
