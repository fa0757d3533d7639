from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from bailing.terms import Fact, FactKind, Period, Unit
from casefile import CaseFile, EvidenceStatus, Marks, Source, TaskKind, open_casefile
from casefile import tables as t
from casefile.errors import EvidenceGone, FileGone, NotFound, TooMuchEvidence

KEY = b"k" * 32


@pytest.fixture
def casefile(tmp_path: Path):
    opened = open_casefile(f"sqlite:///{tmp_path}/b.db", f"file://{tmp_path}/uploads", KEY)
    opened.migrate()
    yield opened
    opened.close()


def new_case(casefile: CaseFile, subject: str | None = None) -> str:
    with casefile.begin() as ledger:
        case, _ = ledger.cases.open_for(
            lender_subject=subject, name="王建国", limit_cny=Decimal(100_000)
        )
    return case.id


def upload(casefile: CaseFile, case_id: str, content: bytes = b"x"):
    sha256 = casefile.uploads.put(case_id, content)
    with casefile.begin() as ledger:
        return ledger.proofs.receive(
            case_id,
            sha256=sha256,
            mime="image/jpeg",
            size_bytes=len(content),
            declared=None,
            client_upload_id=None,
        )


def test_same_lender_subject_comes_back_to_the_same_case(casefile: CaseFile) -> None:
    assert new_case(casefile, "m-1") == new_case(casefile, "m-1")
    assert new_case(casefile, "m-1") != new_case(casefile, "m-2")
    assert new_case(casefile) != new_case(casefile)


def test_migrating_twice_changes_nothing(casefile: CaseFile) -> None:
    case_id = new_case(casefile)
    casefile.migrate()
    with casefile.read() as ledger:
        assert ledger.cases.get(case_id).limit_cny == Decimal(100_000)


def test_migrations_make_exactly_the_declared_tables(casefile: CaseFile, tmp_path: Path) -> None:
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext
    from sqlalchemy import create_engine

    with create_engine(f"sqlite:///{tmp_path}/b.db").connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), t.metadata) == []


def test_a_message_is_taken_once(casefile: CaseFile) -> None:
    case_id = new_case(casefile)
    with casefile.begin() as ledger:
        first = ledger.mail.receive(
            case_id, channel="web", platform_key="a", kind="text", text="你好"
        )
        again = ledger.mail.receive(
            case_id, channel="web", platform_key="a", kind="text", text="你好"
        )
        assert first[1]
        assert not again[1]
        assert first[0] == again[0]
        assert [m.text for m in ledger.mail.waiting()] == ["你好"]


def test_one_message_at_a_time_per_conversation(casefile: CaseFile) -> None:
    one, two = new_case(casefile), new_case(casefile)
    with casefile.begin() as ledger:
        for case_id, key in ((one, "1"), (one, "2"), (two, "3")):
            ledger.mail.receive(case_id, channel="web", platform_key=key, kind="text", text=key)
        assert [m.text for m in ledger.mail.waiting()] == ["1", "3"]
        ledger.mail.mark_answered(ledger.mail.waiting()[0].message_id)
        assert [m.text for m in ledger.mail.waiting()] == ["2", "3"]


def test_event_ids_increase_by_one_under_two_writers(casefile: CaseFile) -> None:
    case_id = new_case(casefile)

    def write() -> None:
        for _ in range(20):
            with casefile.begin() as ledger:
                ledger.mail.post(case_id, "message", {"text": "x"})

    threads = [threading.Thread(target=write) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with casefile.read() as ledger:
        events = ledger.mail.events(case_id)
    assert [e.event_id for e in events] == list(range(1, 41))


def test_a_failed_transaction_writes_nothing(casefile: CaseFile) -> None:
    case_id = new_case(casefile)

    def half_done() -> None:
        with casefile.begin() as ledger:
            ledger.mail.post(case_id, "message", {"text": "x"})
            raise RuntimeError("killed")

    with pytest.raises(RuntimeError):
        half_done()
    with casefile.read() as ledger:
        assert ledger.mail.events(case_id) == ()
        assert ledger.cases.get(case_id).last_event_id == 0


def test_the_same_file_is_one_evidence_until_withdrawn(casefile: CaseFile) -> None:
    case_id = new_case(casefile)
    first, new = upload(casefile, case_id)
    again, renewed = upload(casefile, case_id)
    assert new
    assert not renewed
    assert first.id == again.id
    with casefile.begin() as ledger:
        ledger.proofs.bury(case_id, first.id)
    third, fresh = upload(casefile, case_id)
    assert fresh
    assert third.id != first.id


def test_somebody_elses_evidence_is_not_found(casefile: CaseFile) -> None:
    mine, theirs = new_case(casefile), new_case(casefile)
    evidence, _ = upload(casefile, theirs)
    with casefile.read() as ledger, pytest.raises(NotFound):
        ledger.proofs.get(mine, evidence.id)


def test_a_case_holds_fifty_proofs(casefile: CaseFile) -> None:
    case_id = new_case(casefile)
    for n in range(50):
        upload(casefile, case_id, bytes([n]))
    with pytest.raises(TooMuchEvidence):
        upload(casefile, case_id, b"one more")


def test_withdrawing_leaves_a_tombstone_without_content(casefile: CaseFile) -> None:
    case_id = new_case(casefile)
    evidence, _ = upload(casefile, case_id)
    fact = Fact(FactKind.INVOICED_SALES, Decimal(96_000), Unit.CNY, Period.MONTH, 0.9, evidence.id)
    with casefile.begin() as ledger:
        ledger.proofs.move(
            case_id, evidence.id, EvidenceStatus.ACCEPTED, summary="建国货运部 96,000"
        )
        ledger.proofs.replace_facts(case_id, evidence.id, [fact])
        ledger.mail.post(case_id, "evidence", {"summary": "建国货运部"}, evidence_id=evidence.id)
    assert evidence.sha256 is not None
    casefile.uploads.delete(case_id, evidence.sha256)
    with casefile.begin() as ledger:
        ledger.proofs.bury(case_id, evidence.id)
        ledger.mail.blank_evidence(case_id, evidence.id)
    with casefile.read() as ledger:
        buried = ledger.proofs.get(case_id, evidence.id)
        assert buried.status is EvidenceStatus.WITHDRAWN
        assert (buried.summary, buried.sha256, buried.inspection) == (None, None, None)
        assert ledger.proofs.facts(case_id) == ()
        assert "建国" not in str(ledger.mail.events(case_id))
    with pytest.raises(FileGone):
        casefile.uploads.get(case_id, evidence.sha256)
    with casefile.begin() as ledger, pytest.raises(EvidenceGone):
        ledger.proofs.move(case_id, evidence.id, EvidenceStatus.ACCEPTED)


def test_a_task_is_handed_out_once_and_again_when_its_holder_dies(casefile: CaseFile) -> None:
    case_id = new_case(casefile)
    with casefile.begin() as ledger:
        task_id = ledger.tasks.add(case_id, TaskKind.INSPECT, {"evidence_id": "ev_1"})
        held = ledger.tasks.claim([TaskKind.INSPECT], "w1", lease_s=0.0)
        assert held is not None
        assert held.id == task_id
        taken_over = ledger.tasks.claim([TaskKind.INSPECT], "w2")
        assert taken_over is not None
        assert taken_over.attempts == 2
        assert ledger.tasks.claim([TaskKind.INSPECT], "w3") is None
        assert ledger.tasks.finish(task_id, {"ok": True})
        assert not ledger.tasks.finish(task_id, {"ok": True})


def test_profile_prefers_proof_then_words_then_the_lenders_file(casefile: CaseFile) -> None:
    case_id = new_case(casefile)
    with casefile.begin() as ledger:
        note = ledger.cases.note
        note(case_id, "region", "杭州", unit=None, source=Source.LENDER)
        note(case_id, "region", "宁波", unit=None, source=Source.SAID)
        note(case_id, "vehicle_count", {"low": 3, "high": 3}, unit="vehicle", source=Source.SAID)
        note(
            case_id,
            "vehicle_count",
            {"low": 2, "high": 2},
            unit="vehicle",
            source=Source.EVIDENCE,
            evidence_id="ev_1",
        )
        assert ledger.cases.profile(case_id)["region"].value == "宁波"
        assert ledger.cases.profile(case_id)["vehicle_count"].to_json()["value"] == 2
        ledger.cases.forget_profile_of(case_id, "ev_1")
        assert ledger.cases.profile(case_id)["vehicle_count"].to_json()["value"] == 3


def test_who_sent_a_paper_first_is_known_for_the_term_and_no_longer(casefile: CaseFile) -> None:
    marks = Marks(("number:1",), ("a", "b", "c"), parts_needed=2)
    now = datetime.now(UTC)
    with casefile.begin() as ledger:
        ledger.sightings.record("me_1", "ev_1", marks, now - timedelta(days=731))
        assert ledger.sightings.first_sender(marks) is None
        ledger.sightings.record("me_2", "ev_2", marks, now - timedelta(days=2))
        ledger.sightings.record("me_3", "ev_3", marks, now)
        assert ledger.sightings.first_sender(marks) == "me_2"
        assert ledger.sightings.first_sender(Marks((), ("a", "x"), 2)) is None
        assert ledger.sightings.first_sender(Marks((), ("a", "b"), 2)) == "me_2"


def test_sightings_hold_nothing_that_can_be_read(casefile: CaseFile) -> None:
    with casefile.begin() as ledger:
        ledger.sightings.record("me_1", "ev_1", Marks(("number:12345678",)), datetime.now(UTC))
    with casefile._engine.connect() as connection:
        rows = connection.exec_driver_sql("SELECT * FROM sightings").all()
    assert len(rows) == 1
    assert "12345678" not in str(rows)


def test_what_a_dead_holder_had_is_free_at_once_and_its_late_return_is_known(
    casefile: CaseFile,
) -> None:
    case_id = new_case(casefile)
    with casefile.begin() as ledger:
        ledger.tasks.add(case_id, TaskKind.INSPECT, {"evidence_id": "ev_1"})
        lost = ledger.tasks.claim([TaskKind.INSPECT], "w1")
        assert lost is not None
        assert ledger.tasks.release("w1") == 1
        assert not ledger.tasks.is_held(lost)
        taken = ledger.tasks.claim([TaskKind.INSPECT], "w2")
        assert taken is not None
        assert not ledger.tasks.is_held(lost)
        assert ledger.tasks.is_held(taken)
