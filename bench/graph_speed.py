"""A case's graph queries together on both engines, and the matching of a merchant's words.

``python -m bench.graph_speed --companies 1000000`` makes a graph of that many companies (three
sales each) in a temporary folder, moves the same file into Ladybug and into a Neo4j that it
starts, adds cases, and prints p50 and p95 in milliseconds of what one decision asks (company,
trades, vehicles, neighbourhood and plausibility), of writing an invoice and of taking it back.
Aim (DESIGN.md section 11): a case's queries within 30 ms at p95 on a million companies. Neo4j is
left out, and says so, where Java or Maven is missing.
"""

from __future__ import annotations

import argparse
import json
import random
import secrets
import statistics
import tempfile
import time
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

from bailing.settings import Settings
from bench.running import free_port
from graph import Graph, Knowledge, knowledge, load_graph, open_engine, open_graph, server
from graph.exporting import FORMAT, HEADER
from graph.shape import SCHEMA_VERSION

SALES_EACH = 3
INVOICES_EACH = 6
NEO4J_MEMORY_MIB = 768
LOADING_PATIENCE_S = 300.0


def write_companies(file: Path, companies: int) -> None:
    """Companies and their sales as an exported graph."""
    rng = random.Random(7)
    sales = companies * SALES_EACH
    with file.open("w", encoding="utf-8") as out:

        def line(record: dict[str, object]) -> None:
            out.write(json.dumps(record, ensure_ascii=False) + "\n")

        line({HEADER: FORMAT, "schema": SCHEMA_VERSION})
        for n in range(companies):
            stated = {"name": f"公司{n}", "industry_code": "5431", "region": "河北"}
            line({"node": "Company", "key": f"bulk-{n}", "properties": stated})
        for n in range(sales):
            seller, buyer = (f"bulk-{rng.randrange(companies)}" for _ in range(2))
            stated = {"amount_cny": rng.randrange(10**6) + 0.5, "on_date": "2026-05-01"}
            stated["evidence"] = f"b{n}"
            line({"relation": "SELLS_TO", "from": seller, "to": buyer, "properties": stated})
        line({"end": {"nodes": companies, "relations": sales}})


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


def measure(url: str, file: Path, case_count: int) -> None:
    """Load the companies, add cases, and print the times of one engine."""
    engine = open_engine(url, patience_s=LOADING_PATIENCE_S)
    begun = time.perf_counter()
    with file.open(encoding="utf-8") as lines:
        moved = load_graph(engine, lines)
    took_s = time.perf_counter() - begun
    print(f"{engine.name}: {moved.nodes:,} companies, {moved.relations:,} sales in {took_s:.0f} s")
    engine.close()
    graph = open_graph(url)
    cases = [f"case-{n}" for n in range(case_count)]
    for case in cases:
        add_case(graph, case)
    for case in cases:  # once unmeasured: a server compiles what it runs
        ask(graph, case)
    timed("a case's queries together", [lambda c=c: ask(graph, c) for c in cases])
    timed("an invoice written", [lambda c=c: write_invoice(graph, c, f"{c}-x") for c in cases])
    timed("an invoice taken back", [lambda c=c: graph.forget_evidence(f"{c}-x") for c in cases])
    graph.close()


def measure_neo4j(folder: Path, file: Path, case_count: int) -> None:
    """The same on a Neo4j of our own; a line that says why where there can be none."""
    kept = Settings().var / "neo4j"
    if lacking := server.missing_tools(kept):
        print(f"neo4j: left out, needs {' and '.join(lacking)}")
        return
    plan = server.ServerPlan(
        jars=server.install(kept),
        data=folder / "neo4j",
        port=free_port(),
        password=secrets.token_urlsafe(),
        log=folder / "neo4j.log",
        memory_mib=NEO4J_MEMORY_MIB,
    )
    with server.GraphServer(plan) as running:
        measure(running.url, file, case_count)


def measure_words(known: Knowledge) -> None:
    """The matching of lines, which asks no engine."""
    lines = [
        "我做物流的",
        "不是物流，是餐饮",
        "我在沙坪坝开了个小面馆",
        "wholesale fruit",
        "说不好",
    ]
    timed("a line matched to trades", [lambda t=t: known.match(t, told=True) for t in lines * 40])


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
        file = folder / "companies.jsonl"
        write_companies(file, options.companies)
        measure(f"ladybug:///{folder}/graph.lbug", file, options.cases)
        measure_neo4j(folder, file, options.cases)
    measure_words(known)


if __name__ == "__main__":
    main()
