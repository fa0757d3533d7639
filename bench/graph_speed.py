"""A case's graph queries together, and the matching of a merchant's words.

``python bench/graph_speed.py --companies 1000000`` builds a graph of that many companies (three
sales each) in a temporary folder, adds cases to it, and prints p50 and p95 in milliseconds of
what one decision asks: company, trades, vehicles, neighbourhood and plausibility; of writing an
invoice and of taking it back. Aim (DESIGN.md section 11): a case's queries within 30 ms at p95
on a million companies.
"""

from __future__ import annotations

import argparse
import random
import statistics
import tempfile
import time
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

from graph import Graph, knowledge, open_graph

SALES_EACH = 3
INVOICES_EACH = 6


def fill(graph: Graph, folder: Path, companies: int) -> None:
    """Bulk-load companies and their sales."""
    rng = random.Random(7)
    with (folder / "companies.csv").open("w", encoding="utf-8") as file:
        for n in range(companies):
            file.write(f"bulk-{n},公司{n},,5431,河北,,,\n")
    with (folder / "sales.csv").open("w", encoding="utf-8") as file:
        for n in range(companies * SALES_EACH):
            seller, buyer = rng.randrange(companies), rng.randrange(companies)
            file.write(f"bulk-{seller},bulk-{buyer},{rng.randrange(10**6)}.5,2026-05-01,b{n},\n")
    engine = graph._engine
    engine.run(f"COPY Company FROM '{folder}/companies.csv' (HEADER=false)")
    engine.run(f"COPY SELLS_TO FROM '{folder}/sales.csv' (HEADER=false)")


def add_case(graph: Graph, case: str) -> None:
    """One merchant with a licence, invoices and three vehicles."""
    graph.record_company(
        case,
        name=f"{case}运输",
        credit_code="91130600MA0EXAMPLE",
        industry_code="5431",
        region="河北",
        legal_person="王建国",
        registered_on="2019-05-06",
        evidence_id=f"{case}-licence",
    )
    for n in range(INVOICES_EACH):
        write_invoice(graph, case, f"{case}-{n}")
    for n in range(3):
        graph.record_vehicle(case, plate=f"冀F{n}", evidence_id=f"{case}-v{n}")


def write_invoice(graph: Graph, case: str, evidence: str) -> None:
    """One sale."""
    graph.record_trade(
        case,
        counterparty=f"客户{evidence[-1]}",
        sells=True,
        amount_cny=Decimal(36000),
        on_date="2026-05-01",
        evidence_id=evidence,
        kind="vat_special_invoice",
        number=evidence,
    )


def ask(graph: Graph, case: str) -> None:
    """All that one decision asks."""
    graph.vehicles_of(case)
    graph.neighbourhood(case)
    graph.plausibility(
        case,
        knowledge().industry("5431"),
        annual_sales_cny=Decimal(3_000_000),
        vehicle_count=Decimal(3),
    )


def timed(name: str, calls: list[Callable[[], object]]) -> None:
    """Print p50 and p95 of the calls, in milliseconds."""
    times = []
    for call in calls:
        begun = time.perf_counter()
        call()
        times.append((time.perf_counter() - begun) * 1000)
    cuts = statistics.quantiles(times, n=20)
    print(f"{name:<44} p50 {statistics.median(times):7.2f} ms   p95 {cuts[18]:7.2f} ms")


def main() -> None:
    """Run it."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--companies", type=int, default=100_000)
    parser.add_argument("--cases", type=int, default=100)
    options = parser.parse_args()
    begun = time.perf_counter()
    known = knowledge()
    print(f"knowledge base read in {(time.perf_counter() - begun) * 1000:.0f} ms")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        graph = open_graph(f"ladybug:///{folder}/graph.lbug")
        fill(graph, folder, options.companies)
        cases = [f"case-{n}" for n in range(options.cases)]
        for case in cases:
            add_case(graph, case)
        print(f"{options.companies:,} companies, {options.companies * SALES_EACH:,} sales")
        timed("a case's queries together", [lambda c=c: ask(graph, c) for c in cases])
        timed("an invoice written", [lambda c=c: write_invoice(graph, c, f"{c}-x") for c in cases])
        timed("an invoice taken back", [lambda c=c: graph.forget_evidence(f"{c}-x") for c in cases])
        graph.close()
    lines = [
        "我做物流的",
        "不是物流，是餐饮",
        "我在沙坪坝开了个小面馆",
        "wholesale fruit",
        "说不好",
    ]
    timed("a line matched to trades", [lambda t=t: known.match(t, told=True) for t in lines * 40])


if __name__ == "__main__":
    main()
