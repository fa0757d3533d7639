"""The enterprise graph on a real Ladybug."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from graph import Graph, open_graph
from graph.engine import Run, open_engine
from graph.errors import EngineUnknown, QueryRefused


@pytest.fixture
def graph(tmp_path: Path) -> Iterator[Graph]:
    opened = open_graph(f"ladybug:///{tmp_path}/graph.lbug")
    yield opened
    opened.close()


def licence(graph: Graph, evidence: str = "lic", company: str = "case-1") -> None:
    graph.record_company(
        company, name="保定顺达运输", credit_code="91130600MA0EXAMPLE", industry_code="5431",
        region="河北", legal_person="王建国", registered_on="2019-05-06", evidence_id=evidence,
    )  # fmt: skip


def invoice(
    graph: Graph, evidence: str, buyer: str = "河北建材", *, company: str = "case-1",
    amount: str = "36000.50", sells: bool = True, number: str | None = None,
) -> None:  # fmt: skip
    graph.record_trade(
        company, counterparty=buyer, sells=sells, amount_cny=Decimal(amount),
        on_date="2026-03-01", evidence_id=evidence, kind="vat_special_invoice", number=number,
    )  # fmt: skip


def nodes(graph: Graph, label: str) -> int:
    return int(graph._engine.run(f"MATCH (n:{label}) RETURN count(n) AS n")[0]["n"])


def test_writing_twice_is_writing_once(graph: Graph) -> None:
    for _ in range(2):
        licence(graph)
        invoice(graph, "inv")
        graph.record_vehicle("case-1", plate="冀F12345", evidence_id="photo")
    assert len(graph.trades_of("case-1")) == 1
    assert graph.vehicles_of("case-1") == 1
    assert nodes(graph, "Company") == 2
    assert nodes(graph, "Voucher") == 3
    assert graph._engine.run("MATCH (:Company)-[o:OPERATES_IN]->(i) RETURN i.code AS c") == [
        {"c": "5431"}
    ]


def test_a_corrected_amount_replaces_the_old_one(graph: Graph) -> None:
    invoice(graph, "inv", amount="100")
    invoice(graph, "inv", "另一家", amount="120.30")
    (trade,) = graph.trades_of("case-1")
    assert (trade.amount_cny, trade.buyer_name) == (Decimal("120.3"), "另一家")
    assert nodes(graph, "Company") == 2


def test_an_invoice_may_come_before_the_licence(graph: Graph) -> None:
    invoice(graph, "inv")
    licence(graph)
    company = graph.company("case-1")
    assert company is not None
    assert company["name"] == "保定顺达运输"
    assert [t.buyer_name for t in graph.trades_of("case-1")] == ["河北建材"]


def test_forgetting_a_proof_takes_out_what_it_brought_and_no_more(graph: Graph) -> None:
    licence(graph)
    invoice(graph, "inv-1")
    invoice(graph, "inv-2")
    invoice(graph, "inv-3", "油站", sells=False)
    graph.record_vehicle("case-1", plate="冀F1", evidence_id="photo-1")
    graph.record_vehicle("case-1", plate="冀F1", evidence_id="photo-2")
    graph.forget_evidence("inv-1")
    assert [t.evidence_id for t in graph.trades_of("case-1")] == ["inv-2", "inv-3"]
    graph.forget_evidence("inv-2")
    graph.forget_evidence("inv-3")
    graph.forget_evidence("photo-2")
    assert graph.vehicles_of("case-1") == 1, "the first photo still shows it"
    graph.forget_evidence("photo-1")
    graph.forget_evidence("lic")
    assert (nodes(graph, "Company"), nodes(graph, "Vehicle"), nodes(graph, "Voucher")) == (1, 0, 0)
    company = graph.company("case-1")
    assert company is not None
    assert company["name"] is None
    assert company["legal_person"] is None


def test_forgetting_a_merchant_leaves_the_others(graph: Graph) -> None:
    for company in ("case-1", "case-2"):
        licence(graph, f"lic-{company}", company)
        invoice(graph, f"inv-{company}", company=company)
        graph.record_vehicle(company, plate="冀F1", evidence_id=f"photo-{company}")
    graph.forget_company("case-1")
    assert graph.company("case-1") is None
    assert (nodes(graph, "Company"), nodes(graph, "Vehicle"), nodes(graph, "Voucher")) == (2, 1, 3)
    assert len(graph.trades_of("case-2")) == 1


def test_one_merchant_never_sees_anothers_counterparties(graph: Graph) -> None:
    invoice(graph, "a", "同一家", company="case-1")
    invoice(graph, "b", "同一家", company="case-2")
    assert [t.papers for t in graph.neighbourhood("case-1").buyers] == [1]


def test_neighbourhood_sums_by_counterparty(graph: Graph) -> None:
    licence(graph)
    invoice(graph, "1", "甲", amount="100")
    invoice(graph, "2", "甲", amount="50.5")
    invoice(graph, "3", "乙", amount="70")
    invoice(graph, "4", "油站", amount="30", sells=False)
    near = graph.neighbourhood("case-1")
    assert [(t.name, t.amount_cny, t.papers) for t in near.buyers] == [
        ("甲", Decimal("150.5"), 2), ("乙", Decimal("70.0"), 1),
    ]  # fmt: skip
    assert [t.name for t in near.sellers] == ["油站"]
    assert dict(near.vouchers)["lic"] == "business_license"
    assert graph.neighbourhood("nobody").company is None


def test_what_fails_half_way_leaves_nothing(graph: Graph) -> None:
    def half(run: Run) -> None:
        run("MERGE (v:Voucher {id: 'half'})")
        run("MATCH (n:Voucher) RETURN no_such_name")

    with pytest.raises(QueryRefused):
        graph._engine.write(half)
    assert nodes(graph, "Voucher") == 0


def test_it_is_still_there_after_reopening(tmp_path: Path) -> None:
    url = f"ladybug:///{tmp_path}/deep/er/graph.lbug"
    first = open_graph(url)
    licence(first)
    first.close()
    again = open_graph(url)
    assert again.company("case-1") is not None
    again.close()


def test_words_of_a_merchant_are_never_cypher(graph: Graph) -> None:
    nasty = "甲'}) DETACH DELETE (n) //"
    invoice(graph, "inv", nasty)
    assert graph.trades_of("case-1")[0].buyer_name == nasty


def test_an_unknown_engine_is_named(tmp_path: Path) -> None:
    with pytest.raises(EngineUnknown) as caught:
        open_engine("redis://localhost")
    assert caught.value.code == "graph_engine_unknown"
    assert not caught.value.retryable


def test_a_second_writing_process_is_refused_retryably(tmp_path: Path, project_root: Path) -> None:
    url = f"ladybug:///{tmp_path}/graph.lbug"
    script = (
        "import sys; from graph import open_graph\n"
        "try: open_graph(sys.argv[1])\n"
        "except Exception as error: print(error.code, error.retryable)"
    )
    first = open_graph(url)
    second = subprocess.run(
        [sys.executable, "-c", script, url],
        cwd=project_root, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    first.close()
    assert second.stdout.split() == ["graph_unavailable", "True"], second.stderr
