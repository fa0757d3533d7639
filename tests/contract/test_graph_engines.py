"""Every engine behind the graph passes this one suite, for real."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from graph import Graph, export_graph, load_graph, look_over, open_graph
from graph.engine import Run, open_engine
from graph.errors import EngineUnknown, GraphFileBroken, QueryRefused, SchemaNewer
from graph.health import OPEN_ONCE
from graph.industry_tree import industry_tree
from graph.upkeep import VERSION, plant_industries, remember, schema_version

ENGINES = ["ladybug", pytest.param("neo4j", marks=pytest.mark.neo4j)]
WIPE = "MATCH (n:{label}) DETACH DELETE n"


@pytest.fixture(params=ENGINES)
def url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of an empty graph."""
    if request.param == "ladybug":
        yield f"ladybug:///{tmp_path}/graph.lbug"
        return
    address = request.getfixturevalue("neo4j_url")
    wipe(address)
    yield address


def wipe(address: str) -> None:
    engine = open_engine(address)
    for label in ("Company", "Place", "Vehicle", "Voucher"):
        engine.run(WIPE.format(label=label))
    engine.close()


@pytest.fixture
def graph(url: str) -> Iterator[Graph]:
    opened = open_graph(url)
    yield opened
    opened.close()


def licence(graph: Graph, evidence: str = "lic", company: str = "case-1") -> None:
    graph.record_company(
        company,
        name="保定顺达运输",
        credit_code="91130600MA0EXAMPLE",
        industry_code="5431",
        region="河北",
        legal_person="王建国",
        registered_on="2019-05-06",
        evidence_id=evidence,
    )


def invoice(
    graph: Graph,
    evidence: str,
    buyer: str = "河北建材",
    *,
    company: str = "case-1",
    amount: str = "36000.50",
    sells: bool = True,
    number: str | None = None,
) -> None:
    graph.record_trade(
        company,
        counterparty=buyer,
        sells=sells,
        amount_cny=Decimal(amount),
        on_date="2026-03-01",
        evidence_id=evidence,
        kind="vat_special_invoice",
        number=number,
    )


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
        ("甲", Decimal("150.5"), 2),
        ("乙", Decimal("70.0"), 1),
    ]
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


def test_it_is_still_there_after_reopening(url: str) -> None:
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


def test_an_unknown_engine_is_named() -> None:
    with pytest.raises(EngineUnknown) as caught:
        open_engine("redis://localhost")
    assert caught.value.code == "graph_engine_unknown"
    assert not caught.value.retryable


def test_an_address_that_makes_no_sense_is_not_repeated() -> None:
    with pytest.raises(EngineUnknown) as caught:
        open_engine("neo4j:/user:secret@host")
    assert "secret" not in str(caught.value)


def test_who_writes_the_same_proof_at_once_writes_it_once(graph: Graph) -> None:
    licence(graph)
    writers = [
        threading.Thread(target=invoice, args=(graph, f"inv-{n % 2}", f"客户{n}")) for n in range(8)
    ]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert [t.evidence_id for t in graph.trades_of("case-1")] == ["inv-0", "inv-1"]
    assert nodes(graph, "Company") == 3


def test_a_code_that_the_standard_lacks_hangs_where_it_would(graph: Graph) -> None:
    graph.record_company(
        "case-1",
        name=None,
        credit_code=None,
        industry_code="5439",
        region=None,
        legal_person=None,
        registered_on=None,
        evidence_id="lic",
    )
    way = "MATCH (:Company)-[:OPERATES_IN]->(:Industry)-[:PART_OF]->(g)-[:PART_OF]->(d) "
    assert graph._engine.run(way + "RETURN g.code AS g, d.code AS d") == [{"g": "543", "d": "54"}]
    graph._engine.run("MATCH (i:Industry {code: '5439'}) DETACH DELETE i")


def test_the_whole_tree_of_industries_is_there(graph: Graph) -> None:
    way = "MATCH (c:Industry)-[:PART_OF]->(:Industry)-[:PART_OF]->(:Industry)-[:PART_OF]->(s) "
    rows = graph._engine.run(way + "RETURN c.code AS code, c.name AS name, s.code AS section")
    assert len(rows) == 1381
    haulage = next(row for row in rows if row["code"] == "5431")
    assert (haulage["name"], haulage["section"]) == ("普通货物道路运输", "G")
    assert nodes(graph, "Industry") == len(industry_tree())
    assert not plant_industries(graph._engine), "once is enough"


def test_a_tree_that_lost_a_branch_is_mended_on_opening(url: str) -> None:
    first = open_engine(url)
    first.run("MATCH (i:Industry {code: '543'}) DETACH DELETE i")
    assert {(p.code, p.remedy) for p in look_over(first).problems} >= {("industries", OPEN_ONCE)}
    first.close()
    again = open_engine(url)
    assert look_over(again).problems == ()
    again.close()


def test_one_who_only_reads_cannot_write(url: str) -> None:
    open_graph(url).close()
    engine = open_engine(url, read_only=True)
    with pytest.raises(QueryRefused):
        engine.run("MERGE (v:Voucher {id: 'x'})")
    assert schema_version(engine) == 2
    engine.close()


def test_a_graph_of_a_newer_version_is_left_alone(url: str) -> None:
    engine = open_engine(url)
    remember(engine, VERSION, "99")
    try:
        with pytest.raises(SchemaNewer):
            open_engine(url, read_only=False)
    finally:
        remember(engine, VERSION, "2")
        engine.close()


def filled(url: str) -> Graph:
    graph = open_graph(url)
    licence(graph)
    invoice(graph, "inv-1", amount="0.1")
    invoice(graph, "inv-2", '"引号"\n{甲}', number="№ 1")
    graph.record_vehicle("case-1", plate=None, evidence_id="photo")
    return graph


def lines_of(graph: Graph, file: Path) -> list[str]:
    export_graph(graph._engine, file)
    return file.read_text(encoding="utf-8").splitlines()


def test_a_graph_moves_to_another_engine_and_back(url: str, tmp_path: Path) -> None:
    graph = filled(url)
    exported = lines_of(graph, tmp_path / "a.jsonl")
    before = graph.trades_of("case-1"), graph.neighbourhood("case-1")
    other = open_graph(f"ladybug:///{tmp_path}/other.lbug")
    for _ in range(2):  # twice is once
        moved = load_graph(other._engine, exported)
        assert (moved.nodes, moved.relations, moved.left_out) == (1980, 1960, 0)
    assert (other.trades_of("case-1"), other.neighbourhood("case-1")) == before
    back = lines_of(other, tmp_path / "b.jsonl")
    assert sorted(back[1:]) == sorted(exported[1:])
    graph.forget_company("case-1")
    load_graph(graph._engine, back)
    assert (graph.trades_of("case-1"), graph.neighbourhood("case-1")) == before
    assert look_over(graph._engine).problems == ()
    for opened in (graph, other):
        opened.close()


def test_what_is_loaded_over_what_is_there_wins(graph: Graph) -> None:
    invoice(graph, "inv", amount="5")
    licence(graph)
    load_graph(
        graph._engine,
        [
            '{"bailing_graph": 1, "schema": 2}',
            '{"node": "Company", "key": "case-1", "properties": {"name": "新名"}}',
            '{"node": "Company", "key": "case-1", "properties": {"name": "更新名"}}',
            '{"relation": "SELLS_TO", "from": "case-1", "to": "party:case-1:河北建材",'
            ' "properties": {"evidence": "inv", "amount_cny": 7}}',
            '{"relation": "SELLS_TO", "from": "case-1", "to": "nobody", "properties": {}}',
            '{"end": {"nodes": 2, "relations": 2}}',
        ],
    )
    company = graph.company("case-1")
    assert company is not None
    assert (company["name"], company["legal_person"]) == ("更新名", None)
    assert [t.amount_cny for t in graph.trades_of("case-1")] == [Decimal("7.0")]


def test_a_file_cut_short_is_told(graph: Graph, tmp_path: Path) -> None:
    licence(graph)
    whole = lines_of(graph, tmp_path / "a.jsonl")
    with pytest.raises(GraphFileBroken, match="cut short"):
        load_graph(graph._engine, whole[:-1])


def test_what_is_odd_is_found_and_told_what_to_do(graph: Graph) -> None:
    licence(graph)
    invoice(graph, "inv")
    run = graph._engine.run
    assert look_over(graph._engine).problems == ()
    run("MATCH (v:Voucher {id: 'inv'}) DETACH DELETE v")
    run("MERGE (v:Voucher {id: 'of nobody'})")
    run("MERGE (v:Vehicle {id: 'of nobody'})")
    run("MERGE (c:Company {id: 'party:x:y'})")
    health = look_over(graph._engine)
    assert [p.code for p in health.problems] == [
        "odd_trades",
        "odd_vouchers",
        "odd_vehicles",
        "odd_counterparties",
    ]
    assert all(p.remedy for p in health.problems)
    assert (health.nodes["Company"], health.relations["SELLS_TO"]) == (3, 1)
