"""The road through the rooms, real credit file, graph and risk; perception's JSON is given."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from rasa_sdk import Tracker

from actions import bootstrap
from actions.case_flow import CaseFlow
from actions.limits import ActionDecide
from actions.task_loop import TaskLoop
from actions.voice import Voice
from bailing.terms import VoucherType
from casefile import CaseFile, EvidenceStatus, Purpose, Source, TaskKind, open_casefile
from graph import knowledge, open_graph
from graph.errors import GraphUnavailable
from perception.fields.stated import stated_fields
from perception.files.einvoice_xml import stated
from perception.files.trees import tree
from perception.voucher_files import voucher_files
from risk import load_policy
from tests.perception.ofd_files import SELLER, einvoice

CODE = "92130108G8BLHHDH6N"


@pytest.fixture
def casefile(tmp_path: Path) -> Iterator[CaseFile]:
    opened = open_casefile(f"sqlite:///{tmp_path}/c.db", f"file://{tmp_path}/up", b"k" * 32)
    opened.migrate()
    yield opened
    opened.close()


@pytest.fixture
def flow(casefile: CaseFile, tmp_path: Path) -> Iterator[CaseFlow]:
    graph = open_graph(f"ladybug:///{tmp_path}/g.lbug")
    yield CaseFlow(casefile, graph, knowledge(), load_policy())
    graph.close()


@pytest.fixture
def wang(casefile: CaseFile, flow: CaseFlow) -> str:
    with casefile.begin() as ledger:
        case, _ = ledger.cases.open_for(
            lender_subject=None, name="王建国", limit_cny=Decimal(100_000), demo=True
        )
        ledger.cases.note(case.id, "industry_code", "5431", unit=None, source=Source.LENDER)
    flow.give_consent(case.id, "ms_0")
    note = {"intent": "inform", "industry_words": None}
    flow.said.note(case.id, "ms_1", "三辆车，一个月流水二三十万", asked="vehicle_count", **note)
    flow.said.note(case.id, "ms_2", "四十来天", asked="receivable_days", **note)
    return case.id


def field(value: str, confidence: float = 0.95) -> dict[str, Any]:
    return {"value": value, "raw": value, "confidence": confidence, "label": "x"}


def licence(person: str = "王建国") -> dict[str, Any]:
    fields = {
        "name": field("建国示例货运部"),
        "legal_person": field(person),
        "social_credit_code": field(CODE),
        "established_on": field("2017-11-29"),
    }
    return {"voucher": {"type": "business_license", "confidence": 0.97}, "fields": fields}


def invoice(seller: str = "建国示例货运部", total: str = "104600.00") -> dict[str, Any]:
    today = datetime.now(UTC).date().isoformat()
    fields = {
        "seller_name": field(seller),
        "buyer_name": field("保定云雀示例建材有限公司"),
        "total_cny": field(total),
        "issued_on": field(today),
    }
    return {"voucher": {"type": "vat_special_invoice", "confidence": 0.95}, "fields": fields}


def photo(kind: str = "equipment_photo") -> dict[str, Any]:
    return {"voucher": {"type": kind, "confidence": 0.9}, "fields": {}}


def give(casefile: CaseFile, flow: CaseFlow, case_id: str, inspection: dict[str, Any]) -> str:
    content = repr(inspection).encode()
    sha256 = casefile.uploads.put(case_id, content)
    with casefile.begin() as ledger:
        evidence, _ = ledger.proofs.receive(
            case_id,
            sha256=sha256,
            mime="image/jpeg",
            size_bytes=len(content),
            declared="business_license",
            client_upload_id=None,
        )
        ledger.proofs.move(case_id, evidence.id, EvidenceStatus.INSPECTING, inspection=inspection)
        ledger.tasks.add(case_id, TaskKind.WEIGH, {"evidence_id": evidence.id})
    work(flow)
    return evidence.id


def work(flow: CaseFlow) -> None:
    while (task := flow.claim("test")) is not None:
        flow.do(task)


def status(flow: CaseFlow, case_id: str, evidence_id: str) -> EvidenceStatus:
    return next(e.status for e in flow.proofs.all(case_id) if e.id == evidence_id)


def test_each_proof_lifts_the_limit_and_says_why(
    casefile: CaseFile, flow: CaseFlow, wang: str
) -> None:
    limits = [Decimal(flow.decisions.decide(wang, "said", key="ms_3")["limit_cny"])]
    for inspection in (licence(), invoice(), photo()):
        give(casefile, flow, wang, inspection)
        decision = flow.decisions.last(wang)
        assert decision is not None
        limits.append(Decimal(decision["limit_cny"]))
    assert limits == sorted(limits)
    assert len(set(limits)) == 4
    effects = [Decimal(r["effect_cny"]) for r in decision["reasons"]]
    assert sum(1 for e in effects if e > 0) >= 3
    assert sum(1 for r in decision["reasons"] if r["holds"]) == 1


def test_deciding_twice_for_one_message_decides_once(
    casefile: CaseFile, flow: CaseFlow, wang: str
) -> None:
    first = flow.decisions.decide(wang, "said", key="ms_3")
    again = flow.decisions.decide(wang, "said", key="ms_3")
    assert first["decision_id"] == again["decision_id"]
    with casefile.read() as ledger:
        assert [e.kind for e in ledger.mail.events(wang)].count("decision") == 1


class _Heard:
    """A dispatcher that keeps what is said."""

    def __init__(self) -> None:
        self.said: list[str] = []

    def utter_message(self, text: str | None = None, **_: Any) -> None:
        self.said.append(text or "")


@pytest.mark.parametrize("last_try", [False, True])
async def test_a_limit_that_cannot_be_worked_out_now_is_told_later(
    flow: CaseFlow,
    wang: str,
    project_root: Path,
    monkeypatch: pytest.MonkeyPatch,
    last_try: bool,
) -> None:
    monkeypatch.setattr(bootstrap, "_flow", flow)
    monkeypatch.setattr(bootstrap, "_voice", Voice.of_domain(project_root / "domain.yml"))
    decide = flow.decisions.decide
    turn = {"case_id": wang, "message_id": "ms_3", "last_try": last_try}
    tracker = Tracker(wang, {"language": "zh"}, {"metadata": turn}, [], False, None, {}, "x")
    heard = _Heard()

    def away(*_: Any, **__: Any) -> Any:
        raise GraphUnavailable("away")

    monkeypatch.setattr(flow.decisions, "decide", away)
    for _ in range(2):
        await ActionDecide().run(heard, tracker, {})
    monkeypatch.setattr(flow.decisions, "decide", decide)
    task = flow.claim("test")
    if not last_try:
        assert heard.said == []
        assert task is None
        return
    assert all("记下了" in text for text in heard.said)
    assert task is not None
    flow.do(task)
    assert flow.claim("test") is None
    told = flow.outcome(wang, task.id)
    decided = flow.decisions.last(wang)
    assert told is not None
    assert decided is not None
    assert told == {"decision_id": decided["decision_id"], "first": True}


def test_somebody_elses_licence_never_counts(casefile: CaseFile, flow: CaseFlow, wang: str) -> None:
    evidence_id = give(casefile, flow, wang, licence("李秀英"))
    assert status(flow, wang, evidence_id) is EvidenceStatus.DOUBTFUL
    assert flow.decisions.last(wang) is None
    with casefile.read() as ledger:
        assert ledger.decisions.reviews(wang)


def test_what_is_declared_never_makes_a_picture_count(
    casefile: CaseFile, flow: CaseFlow, wang: str
) -> None:
    nothing = {"voucher": {"type": "other", "confidence": 0.9}, "fields": {}}
    evidence_id = give(casefile, flow, wang, nothing)
    assert status(flow, wang, evidence_id) is EvidenceStatus.REJECTED


def test_an_invoice_waits_for_the_licence_that_names_the_merchant(
    casefile: CaseFile, flow: CaseFlow, wang: str
) -> None:
    waiting = give(casefile, flow, wang, invoice())
    assert status(flow, wang, waiting) is EvidenceStatus.DOUBTFUL
    give(casefile, flow, wang, licence())
    assert status(flow, wang, waiting) is EvidenceStatus.ACCEPTED


def test_withdrawing_lowers_to_what_was_foretold_and_erases(
    casefile: CaseFile, flow: CaseFlow, wang: str
) -> None:
    give(casefile, flow, wang, licence())
    evidence_id = give(casefile, flow, wang, photo())
    _, foretold = flow.proofs.effect_of_withdrawal(wang, evidence_id)
    flow.proofs.ask_withdrawal(wang, "ms_9", evidence_id)
    work(flow)
    assert flow.case(wang).limit_cny == foretold
    assert flow._graph.vehicles_of(wang) == 0
    assert evidence_id not in [e.id for e in flow.proofs.all(wang)]


def test_withdrawing_consent_erases_all_and_returns_to_the_original(
    casefile: CaseFile, flow: CaseFlow, wang: str
) -> None:
    give(casefile, flow, wang, licence())
    assert flow.case(wang).limit_cny > Decimal(100_000)
    assert flow.withdraw_consent(wang, "ms_9") == Decimal(100_000)
    assert flow.proofs.all(wang) == []
    with casefile.read() as ledger:
        assert not ledger.cases.has_consent(wang, Purpose.LIMIT_REVIEW)
        assert ledger.audit.verify().broken is None
        assert "建国示例" not in str([e.body for e in ledger.mail.events(wang)])


def test_correcting_an_amount_scores_again(casefile: CaseFile, flow: CaseFlow, wang: str) -> None:
    give(casefile, flow, wang, licence())
    give(casefile, flow, wang, invoice())
    fixed = flow.proofs.correct_amount(wang, "ms_8", "金额读错了，应该是三万八")
    assert fixed is not None
    assert fixed["value"] == "38000.00"
    work(flow)
    with casefile.read() as ledger:
        sales = [f for f in ledger.proofs.facts(wang) if f.kind.value == "invoiced_sales"]
    assert [f.value for f in sales] == [Decimal("38000.00")]
    assert sales[0].confidence == 0.5


@pytest.fixture
def stranger(casefile: CaseFile) -> str:
    with casefile.begin() as ledger:
        case, _ = ledger.cases.open_for(
            lender_subject=None, name=None, limit_cny=Decimal(50_000), demo=True
        )
    return case.id


def told(flow: CaseFlow, case_id: str, key: str, text: str) -> dict[str, Any]:
    return flow.said.note(
        case_id, key, text, asked="industry_words", intent="inform", industry_words=None
    )


@pytest.mark.parametrize(("answer", "name"), [("零售", "零售"), ("五金批发", "批发")])
def test_two_close_trades_are_asked_about_once(
    flow: CaseFlow, stranger: str, answer: str, name: str
) -> None:
    assert "industry_code" not in told(flow, stranger, "ms_1", "五金")
    between = flow.said.between(stranger)
    assert between is not None
    assert between["zh"] == "您主要是做五金零售，还是五金批发？"
    assert flow.said.questions(stranger)[0] == "industry_words"
    slots = told(flow, stranger, "ms_2", answer)
    assert name in knowledge().name(slots["industry_code"])
    assert told(flow, stranger, "ms_2", answer) == slots


def test_an_answer_that_tells_nothing_apart_takes_the_likelier(
    flow: CaseFlow, stranger: str
) -> None:
    told(flow, stranger, "ms_1", "五金")
    assert "industry_code" in told(flow, stranger, "ms_2", "都做")


def test_what_is_taken_back_is_not_the_trade(flow: CaseFlow, stranger: str) -> None:
    slots = told(flow, stranger, "ms_1", "不是物流，是开便利店的")
    assert slots["industry_code"] == "5213"


def test_a_hedged_figure_is_heard_as_unsure(flow: CaseFlow, wang: str) -> None:
    assert not flow.said.heard(wang, "ms_1").unsure
    note = {"asked": "monthly_sales_cny", "intent": "inform", "industry_words": None}
    flow.said.note(wang, "ms_9", "可能二十万吧", **note)
    assert flow.said.heard(wang, "ms_9").unsure


def test_a_file_that_cannot_be_read_is_told_apart_from_a_blurred_photo(
    casefile: CaseFile, flow: CaseFlow, wang: str
) -> None:
    give(casefile, flow, wang, {"error": {"code": "unsupported_type", "message": "OFD"}})
    proof = flow.proofs.all(wang)[-1]
    assert proof.status is EvidenceStatus.UNREADABLE
    assert "PDF" in proof.findings[0]["text"]


def test_an_invoices_data_counts_as_the_invoice_that_it_is(
    casefile: CaseFile, flow: CaseFlow, wang: str
) -> None:
    day = datetime.now(UTC).date().isoformat()
    content = einvoice().replace("2024-03-05", day).replace(SELLER, "建国示例货运部")
    data = stated(tree(content.encode()))
    file = voucher_files()[VoucherType.VAT_SPECIAL_INVOICE]
    fields = {f.name: field(f.value, f.confidence) for f in stated_fields(file, data, [], (0,) * 4)}
    seen = {"voucher": {"type": data["kind"], "confidence": 0.99}, "fields": fields}
    give(casefile, flow, wang, licence())
    evidence_id = give(casefile, flow, wang, seen)
    assert status(flow, wang, evidence_id) is EvidenceStatus.ACCEPTED
    with casefile.read() as ledger:
        sales = [f for f in ledger.proofs.facts(wang) if f.kind.value == "invoiced_sales"]
    assert [f.value for f in sales] == [Decimal("1130.00")]


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("encrypted_file", "密码"),
        ("overblown_file", "截图"),
        ("broken_file", "重新导出"),
        ("unsupported_type", "OFD"),
    ],
)
def test_a_refusal_says_what_to_do_next(
    casefile: CaseFile, flow: CaseFlow, wang: str, code: str, words: str
) -> None:
    give(casefile, flow, wang, {"error": {"code": code, "message": "x"}})
    proof = flow.proofs.all(wang)[-1]
    assert proof.status is EvidenceStatus.UNREADABLE
    assert words in proof.findings[0]["text"]


def test_a_correction_never_says_whose_paper_it_is(
    casefile: CaseFile, flow: CaseFlow, wang: str
) -> None:
    evidence_id = give(casefile, flow, wang, licence("陈志强"))
    assert status(flow, wang, evidence_id) is EvidenceStatus.DOUBTFUL
    with casefile.begin() as ledger:
        ledger.proofs.correct(evidence_id, "legal_person", "陈志强", "王建国")
        ledger.tasks.add(
            wang, TaskKind.CORRECT, {"evidence_id": evidence_id, "field": "legal_person"}
        )
    work(flow)
    assert status(flow, wang, evidence_id) is EvidenceStatus.DOUBTFUL


def test_a_proof_that_is_not_to_be_had_is_not_recommended_again(flow: CaseFlow, wang: str) -> None:
    flow.decisions.decide(wang, "said", key="ms_3")
    best = flow.decisions.best_proof(wang)
    assert best is not None
    flow.decisions.note_lacking(wang, "ms_4", VoucherType(best["voucher_type"]))
    after = flow.decisions.last(wang)
    assert after is not None
    assert best["voucher_type"] not in [r["voucher_type"] for r in after["recommendations"]]


def test_the_same_paper_saved_anew_counts_once(
    casefile: CaseFile, flow: CaseFlow, wang: str
) -> None:
    first = give(casefile, flow, wang, licence())
    again = give(casefile, flow, wang, {**licence(), "elapsed_ms": {"total": 1}})
    assert status(flow, wang, first) is EvidenceStatus.ACCEPTED
    assert status(flow, wang, again) is EvidenceStatus.REJECTED


def fingerprinted(bits: int, **more: Any) -> dict[str, Any]:
    """A truck photo whose fingerprint differs from another's by so many bits."""
    return photo() | {"authenticity": {"fingerprint": f"{(1 << bits) - 1:064x}"}} | more


def test_the_same_photo_saved_anew_counts_once(
    casefile: CaseFile, flow: CaseFlow, wang: str
) -> None:
    give(casefile, flow, wang, fingerprinted(0))
    again = give(casefile, flow, wang, fingerprinted(20))
    other = give(casefile, flow, wang, fingerprinted(100))
    assert status(flow, wang, again) is EvidenceStatus.REJECTED
    assert status(flow, wang, other) is EvidenceStatus.ACCEPTED


def test_a_second_copy_counts_when_the_first_is_withdrawn(
    casefile: CaseFile, flow: CaseFlow, wang: str
) -> None:
    first = give(casefile, flow, wang, fingerprinted(0))
    again = give(casefile, flow, wang, fingerprinted(3))
    flow.proofs.ask_withdrawal(wang, "ms_9", first)
    work(flow)
    assert status(flow, wang, again) is EvidenceStatus.ACCEPTED


def lenders_merchant(casefile: CaseFile, flow: CaseFlow, subject: str) -> str:
    with casefile.begin() as ledger:
        case, _ = ledger.cases.open_for(
            lender_subject=subject, name=None, limit_cny=Decimal(50_000), demo=False
        )
    flow.give_consent(case.id, f"ms_{subject}")
    return case.id


def test_a_photo_that_another_merchant_sent_is_doubted_even_after_it_was_withdrawn(
    casefile: CaseFile, flow: CaseFlow
) -> None:
    owner, other = (lenders_merchant(casefile, flow, name) for name in ("m-1", "m-2"))
    first = give(casefile, flow, owner, fingerprinted(0))
    flow.proofs.ask_withdrawal(owner, "ms_9", first)
    work(flow)
    copy = give(casefile, flow, other, fingerprinted(6, elapsed_ms={"total": 2}))
    assert status(flow, other, copy) is EvidenceStatus.DOUBTFUL
    again = give(casefile, flow, owner, fingerprinted(2))
    assert status(flow, owner, again) is EvidenceStatus.ACCEPTED
    new = give(casefile, flow, other, fingerprinted(200))
    assert status(flow, other, new) is EvidenceStatus.ACCEPTED


def test_without_the_licence_its_invoice_waits_as_was_foretold(
    casefile: CaseFile, flow: CaseFlow, wang: str
) -> None:
    flow.decisions.decide(wang, "said", key="ms_3")
    paper = give(casefile, flow, wang, licence())
    waiting = give(casefile, flow, wang, invoice())
    _, foretold = flow.proofs.effect_of_withdrawal(wang, paper)
    flow.proofs.ask_withdrawal(wang, "ms_9", paper)
    work(flow)
    assert status(flow, wang, waiting) is EvidenceStatus.DOUBTFUL
    assert flow.case(wang).limit_cny == foretold
    assert flow._graph.trades_of(wang) == ()


def test_a_withdrawn_proof_is_told_of_nowhere(
    casefile: CaseFile, flow: CaseFlow, wang: str
) -> None:
    give(casefile, flow, wang, licence())
    paper = give(casefile, flow, wang, invoice())
    with casefile.begin() as ledger:
        reasons = flow.decisions.last(wang)["reasons"]  # type: ignore[index] # it was decided
        told = next(r["text"] for r in reasons if r["evidence_id"] == paper)
        ledger.mail.post(wang, "message", {"text": f"为什么\n· {told}（+1）", "from": "bot"})
    assert "10.5 万元" in told
    flow.proofs.ask_withdrawal(wang, "ms_9", paper)
    work(flow)
    with casefile.read() as ledger:
        kept = [e.body for e in ledger.mail.events(wang)]
        kept += [d.body for d in ledger.decisions.all(wang)]
    assert told not in str(kept)
    assert "（已撤回的资料）（+1）" in str(kept)


def test_a_corrected_amount_is_not_told_as_proven(
    casefile: CaseFile, flow: CaseFlow, wang: str
) -> None:
    give(casefile, flow, wang, licence())
    give(casefile, flow, wang, invoice())
    flow.proofs.correct_amount(wang, "ms_8", "金额读错了，应该是三万八")
    work(flow)
    reasons = flow.decisions.last(wang)["reasons"]  # type: ignore[index] # it was decided
    told = next(r["text"] for r in reasons if r["code"] == "corrected_invoiced_sales")
    assert "3.8 万元" in told
    assert "证实" not in told


def test_an_amount_is_no_trade_whatever_the_engine_takes_it_for(flow: CaseFlow, wang: str) -> None:
    note = {"asked": "monthly_sales_cny", "intent": "inform", "industry_words": "卖两三千"}
    assert set(flow.said.note(wang, "ms_8", "一天卖两三千", **note)) == {"monthly_sales_cny"}


def test_a_proof_that_cannot_be_weighed_is_left_to_a_person(
    casefile: CaseFile, flow: CaseFlow, wang: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("a fault of ours")

    monkeypatch.setattr(flow.proofs, "take", broken)
    monkeypatch.setattr("actions.task_loop.RETRY_S", 0.0)
    content = b"x"
    with casefile.begin() as ledger:
        evidence, _ = ledger.proofs.receive(
            wang,
            sha256="0" * 64,
            mime="image/jpeg",
            size_bytes=len(content),
            declared=None,
            client_upload_id=None,
        )
        ledger.tasks.add(wang, TaskKind.WEIGH, {"evidence_id": evidence.id})
    loop = TaskLoop(flow, "test")
    while (task := flow.claim("test")) is not None:
        loop.do(task)
    assert status(flow, wang, evidence.id) is EvidenceStatus.DOUBTFUL
    with casefile.read() as ledger:
        assert [r.reason for r in ledger.decisions.reviews(wang)] == [f"not weighed {evidence.id}"]


def order(number: str = "PO20261105-03") -> dict[str, Any]:
    fields = {
        "order_number": field(number),
        "buyer_name": field("示例商贸有限公司"),
        "seller_name": field("建国示例货运部"),
        "total_cny": field("42000.00"),
    }
    return {"voucher": {"type": "purchase_order", "confidence": 0.95}, "fields": fields}


def test_a_paper_waits_for_the_licence_that_names_its_party(
    casefile: CaseFile, flow: CaseFlow, wang: str
) -> None:
    waiting = give(casefile, flow, wang, order())
    assert status(flow, wang, waiting) is EvidenceStatus.DOUBTFUL
    give(casefile, flow, wang, licence())
    assert status(flow, wang, waiting) is EvidenceStatus.ACCEPTED


def test_a_paper_is_known_again_by_its_number(
    casefile: CaseFile, flow: CaseFlow, wang: str
) -> None:
    give(casefile, flow, wang, licence())
    first = give(casefile, flow, wang, order())
    again = give(casefile, flow, wang, {**order(), "elapsed_ms": {"total": 1}})
    another = give(casefile, flow, wang, order("PO20261106-01"))
    assert status(flow, wang, first) is EvidenceStatus.ACCEPTED
    assert status(flow, wang, again) is EvidenceStatus.REJECTED
    assert status(flow, wang, another) is EvidenceStatus.ACCEPTED
