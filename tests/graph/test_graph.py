from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from graph import Graph, check, knowledge, open_graph
from graph.errors import EngineUnknown


@pytest.fixture
def graph(tmp_path: Path) -> Iterator[Graph]:
    opened = open_graph(f"ladybug:///{tmp_path}/g.lbug")
    yield opened
    opened.close()


def trade(graph: Graph, evidence_id: str, counterparty: str = "河北建材", amount: int = 96_000):
    graph.record_trade(
        "me", counterparty=counterparty, sells=True, amount_cny=Decimal(amount),
        on_date="2026-09-01", evidence_id=evidence_id, kind="vat_special_invoice", number="1",
    )  # fmt: skip


def test_writing_a_trade_twice_is_one_trade(graph: Graph) -> None:
    trade(graph, "ev1")
    trade(graph, "ev1")
    assert [t.amount_cny for t in graph.trades_of("me")] == [Decimal(96_000)]


def test_forgetting_a_proof_takes_out_what_it_brought_only(graph: Graph) -> None:
    trade(graph, "ev1")
    trade(graph, "ev2", "保定商贸")
    graph.record_vehicle("me", plate="冀A12345", evidence_id="ev3")
    graph.forget_evidence("ev1")
    assert [t.evidence_id for t in graph.trades_of("me")] == ["ev2"]
    assert graph.vehicles_of("me") == 1
    graph.forget_evidence("ev3")
    assert graph.vehicles_of("me") == 0


def test_unknown_engines_are_refused() -> None:
    with pytest.raises(EngineUnknown):
        open_graph("mystery://x")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("我是跑物流的", "5431"),
        ("开便利店的", "5213"),
        ("不是物流，是餐饮", "6210"),
        ("我在沙坪坝开了个小面馆", "6220"),
        ("做服装批发", "5132"),
        ("I run a grocery store", "5213"),
        ("给工地供砂石", "5163"),
    ],
)
def test_merchants_words_find_their_trade(text: str, code: str) -> None:
    assert knowledge().match(text)[0].code == code


def test_what_is_no_trade_matches_nothing_surely() -> None:
    assert all(m.confidence < 0.6 for m in knowledge().match("今天天气不错"))


def test_an_implausible_turnover_is_noticed(graph: Graph) -> None:
    haulage = knowledge().industry("5431")
    usual = check(haulage, annual_sales_cny=Decimal(1_500_000), vehicle_count=Decimal(3))
    wild = check(haulage, annual_sales_cny=Decimal(30_000_000), vehicle_count=Decimal(3))
    assert usual == ()
    assert [f.code for f in wild] == ["turnover_high"]


def test_one_customer_is_noticed(graph: Graph) -> None:
    for number in range(3):
        trade(graph, f"ev{number}")
    found = check(
        knowledge().industry("5431"),
        annual_sales_cny=None,
        trades=graph.trades_of("me"),
        company_id="me",
    )
    assert [f.code for f in found] == ["one_customer"]
