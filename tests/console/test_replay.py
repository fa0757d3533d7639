"""A case's rows become its timeline, whatever stretch of it is asked for."""

from __future__ import annotations

import dataclasses
import json
import random
import time
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from casefile import CaseFile, EvidenceStatus
from console import Timeline, TurnKind, replay
from console.engine_events import calls, slot_changes, understood
from console.errors import UnknownCase


def read(casefile: CaseFile, case_id: str, **asked: Any) -> Timeline:
    with casefile.read() as ledger:
        return replay(ledger, case_id, **asked)


def test_turns_in_order_with_what_began_them(casefile: CaseFile, story: Any) -> None:
    timeline = read(casefile, story.case_id)
    assert [t.kind for t in timeline.turns] == [
        TurnKind.INTERNAL,
        TurnKind.PAYLOAD,
        TurnKind.TEXT,
        TurnKind.INTERNAL,
        TurnKind.REST,
    ]
    assert [t.number for t in timeline.turns] == [1, 2, 3, 4, 5]
    assert timeline.total == 4
    pressed = timeline.turns[1]
    assert (pressed.said, pressed.put) == ("我同意", "/give_consent")


def test_what_was_understood_called_and_changed(casefile: CaseFile, story: Any) -> None:
    consent, told = read(casefile, story.case_id).turns[1:3]
    assert consent.understood is not None
    assert consent.understood.intent == "give_consent"
    assert [g.intent for g in consent.alternatives] == ["inform", "chitchat"]
    assert [(c.action, c.elapsed_ms) for c in told.calls] == [
        ("review_form", 30.0),
        ("action_decide", 50.0),
    ]
    assert [(s.slot, s.before, s.after) for s in told.slots] == [
        ("vehicle_count", None, {"low": 3.0, "high": 3.0}),
        ("requested_slot", "vehicle_count", None),
    ]
    assert told.entities[0].value == "三辆"
    assert told.engine_ms == 61.5
    assert told.waited_ms is not None
    assert told.waited_ms > 0


def test_answers_stand_with_their_messages(casefile: CaseFile, story: Any) -> None:
    answers = [[b.text for b in t.answers] for t in read(casefile, story.case_id).turns]
    assert answers[0] == ["王师傅，您好"]
    assert answers[2] == ["3 辆，记下了。"]
    assert answers[3] == ["收到，营业执照没问题。"]
    assert answers[4] == []


def test_decisions_stand_with_what_asked_for_them(casefile: CaseFile, story: Any) -> None:
    turns = read(casefile, story.case_id).turns
    assert [(d.cause, d.before_cny, d.after_cny) for d in turns[2].decisions] == [
        ("said", 100_000, 110_000)
    ]
    evidence = turns[3].decisions[0]
    assert (evidence.cause, evidence.policy, evidence.pd) == ("evidence", "standard-1", 0.03)
    assert evidence.reasons[0].text == "凭证还不够多"
    english = read(casefile, story.case_id, language="en").turns[3].decisions[0]
    assert english.reasons[0].text == "too few proofs"


def test_evidence_moves_with_the_parts_of_its_inspection(casefile: CaseFile, story: Any) -> None:
    moves = read(casefile, story.case_id).turns[3].evidence
    assert [m.status for m in moves] == ["received", "accepted"]
    assert moves[-1].elapsed_ms == {"decode": 12.0, "ocr": 800.0, "total": 900.0}


def test_a_withdrawn_proof_leaves_its_tombstone_only(casefile: CaseFile, story: Any) -> None:
    last = read(casefile, story.case_id).turns[-1]
    assert [m.status for m in last.evidence] == ["withdrawn"]
    assert last.evidence[0].summary is None


def test_consents_corrections_and_reviews_happen_where_they_did(
    casefile: CaseFile, story: Any
) -> None:
    turns = read(casefile, story.case_id).turns
    assert [h.kind for h in turns[1].happenings] == ["consent_given"]
    kinds = [h.kind for h in turns[-1].happenings]
    assert "corrected" in kinds
    assert "review_opened" in kinds


def test_a_message_without_an_answer_is_a_turn(casefile: CaseFile, new_story: Any) -> None:
    story = new_story(casefile)
    story.ask("在吗")
    (turn,) = read(casefile, story.case_id).turns
    assert (turn.state, turn.waited_ms, turn.understood, turn.answers) == ("queued", None, None, ())


def test_what_a_person_answers_stands_with_the_message_before(
    casefile: CaseFile, new_story: Any
) -> None:
    story = new_story(casefile)
    for words in ("在吗", "谢谢"):
        message_id = story.ask(words)
        with casefile.begin() as ledger:
            ledger.mail.mark_answered(message_id)
            ledger.mail.post(story.case_id, "message", {"from": "human", "text": f"回：{words}"})
    turns = read(casefile, story.case_id).turns
    assert [[b.text for b in t.answers] for t in turns] == [["回：在吗"], ["回：谢谢"]]
    assert turns[0].answers[0].sender == "human"


def test_an_empty_case_has_no_turns(casefile: CaseFile, new_story: Any) -> None:
    timeline = read(casefile, new_story(casefile).case_id)
    assert (timeline.turns, timeline.total) == ((), 0)


def test_unknown_case(casefile: CaseFile) -> None:
    with pytest.raises(UnknownCase):
        read(casefile, "ca_none")


def test_every_turn_is_one_json_object(casefile: CaseFile, story: Any) -> None:
    for turn in read(casefile, story.case_id).turns:
        body = json.loads(json.dumps(turn.to_json(), ensure_ascii=False))
        assert set(body) == {f.name for f in dataclasses.fields(turn)}
    decided = read(casefile, story.case_id).turns[2].to_json()["decisions"][0]
    assert decided["after_cny"] == "110000"


def test_any_stretch_is_a_part_of_the_whole(casefile: CaseFile, story: Any, new_story: Any) -> None:
    busy = new_story(casefile)
    chance = random.Random(7)
    open_task = None
    for n in range(40):
        message_id = busy.say(
            f"第 {n} 句", events=({"event": "slot", "name": "a", "value": n % 3},)
        )
        if chance.random() < 0.3:
            busy.decide(message_id, "said", 100_000 + n, 100_001 + n)
        if chance.random() < 0.3:
            proof = busy.upload(f"no picture {n}".encode())
            open_task = busy.inspected(proof, EvidenceStatus.DOUBTFUL)
        if open_task and chance.random() < 0.5:
            busy.outcome(open_task, "看好了")
            open_task = None
    for case_id in (story.case_id, busy.case_id):
        whole = read(casefile, case_id).turns
        for first in range(1, len(whole) + 2):
            for count in (1, 2, 7, None):
                part = read(casefile, case_id, first=first, count=count).turns
                end = None if count is None else first - 1 + count
                assert part == whole[first - 1 : end]


def test_a_conversation_of_two_thousand_turns_opens_at_once(
    casefile: CaseFile, new_story: Any
) -> None:
    story = new_story(casefile)
    with casefile.begin() as ledger:
        for n in range(2_000):
            message_id, _ = ledger.mail.receive(
                story.case_id, channel="web", platform_key=f"x{n}", kind="text", text=f"第 {n} 句"
            )
            body = {"from": "merchant", "text": f"第 {n} 句", "message_id": message_id}
            ledger.mail.post(story.case_id, "message", body)
            ledger.mail.mark_answered(message_id)
            answer = {"from": "bot", "text": "好" * 80, "in_reply_to": message_id}
            ledger.mail.post(story.case_id, "message", answer)
            events = [
                {"event": "slot", "name": "a", "value": n},
                {"event": "bot", "x": "y" * 2_500},
            ]
            ledger.mail.keep_turn(story.case_id, message_id, events, elapsed_ms=50.0)
    started = time.perf_counter()
    page = read(casefile, story.case_id, first=1_951, count=50)
    elapsed_s = time.perf_counter() - started
    assert (len(page.turns), page.total) == (50, 2_000)
    assert page.turns[0].slots[0].before == 1_949
    assert elapsed_s < 1.0


ANY = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner),
    max_leaves=8,
)
EVENT = st.fixed_dictionaries(
    {"event": st.sampled_from(["user", "action", "slot", "bot", "reset_slots", "x"])},
    optional={
        "name": ANY,
        "value": ANY,
        "timestamp": ANY,
        "policy": ANY,
        "confidence": ANY,
        "parse_data": st.fixed_dictionaries(
            {}, optional={"intent": ANY, "intent_ranking": ANY, "entities": ANY}
        )
        | ANY,
    },
)


@settings(max_examples=200, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(EVENT, max_size=8))
def test_strange_engine_events_never_stop_a_replay(events: list[dict[str, Any]]) -> None:
    understood(events)
    calls(events)
    known: dict[str, Any] = {}
    for change in slot_changes(events, known):
        assert change.before != change.after
