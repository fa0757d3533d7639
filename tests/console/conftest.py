"""A credit file with a merchant's story in it, written as the processes write it."""

from __future__ import annotations

import io
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from casefile import CaseFile, EvidenceStatus, Source, TaskKind, open_casefile

KEY = b"k" * 32
COMPANY, PERSON, CODE = "石家庄市裕华区建国示例货运部", "王建国", "92130108G8BLHHDH6N"
BUYER = "保定市云雀示例建材有限公司"


def user_event(text: str, intent: str, at: float, entities: tuple = ()) -> dict[str, Any]:
    return {
        "event": "user",
        "timestamp": at,
        "text": text,
        "parse_data": {
            "intent": {"name": intent, "confidence": 0.91},
            "intent_ranking": [
                {"name": intent, "confidence": 0.91},
                {"name": "inform", "confidence": 0.06},
                {"name": "chitchat", "confidence": 0.01},
            ],
            "entities": list(entities),
        },
    }


def action(name: str, at: float) -> dict[str, Any]:
    return {
        "event": "action",
        "name": name,
        "policy": "RulePolicy",
        "confidence": 1.0,
        "timestamp": at,
    }


def slot(name: str, value: Any, at: float) -> dict[str, Any]:
    return {"event": "slot", "name": name, "value": value, "timestamp": at}


class Story:
    """Writes a case turn by turn."""

    def __init__(self, casefile: CaseFile, name: str | None = PERSON, limit: int = 100_000) -> None:
        self.casefile = casefile
        with casefile.begin() as ledger:
            case, _ = ledger.cases.open_for(
                lender_subject=None, name=name, limit_cny=Decimal(limit), demo=False
            )
        self.case_id, self._keys = case.id, 0

    def say(
        self,
        text: str,
        *,
        intent: str = "inform",
        events: tuple = (),
        entities: tuple = (),
        answer: str = "好。",
        kind: str = "text",
        shown: str | None = None,
    ) -> str:
        message_id = self.ask(text, kind=kind, shown=shown)
        self.answer(message_id, answer)
        kept = [user_event(text, intent, 100.0, entities), *events]
        self.keep(message_id, [*kept, action("action_listen", 101.0)])
        return message_id

    def ask(self, text: str, *, kind: str = "text", shown: str | None = None, **meta: Any) -> str:
        self._keys += 1
        internal = kind == "internal"
        with self.casefile.begin() as ledger:
            message_id, _ = ledger.mail.receive(
                self.case_id,
                channel="system" if internal else "web",
                platform_key=f"k{self._keys}",
                kind=kind,
                text=text,
                metadata=meta,
            )
            if not internal:
                body = {"from": "merchant", "text": shown or text, "message_id": message_id}
                ledger.mail.post(self.case_id, "message", body)
        return message_id

    def answer(self, message_id: str, text: str, *, internal: bool = False) -> None:
        with self.casefile.begin() as ledger:
            ledger.mail.mark_answered(message_id)
            body = {
                "from": "bot",
                "text": text,
                "buttons": [{"title": "为什么", "payload": "/ask_why"}],
                "card": None,
                "in_reply_to": None if internal else message_id,
            }
            ledger.mail.post(self.case_id, "message", body)

    def keep(self, message_id: str, events: list[dict[str, Any]]) -> None:
        with self.casefile.begin() as ledger:
            ledger.mail.keep_turn(self.case_id, message_id, events, elapsed_ms=61.5)

    def outcome(self, task_id: str, answer: str) -> str:
        message_id = self.ask("/system_outcome", kind="internal", task_id=task_id)
        self.answer(message_id, answer, internal=True)
        self.keep(message_id, [user_event("/system_outcome", "system_outcome", 100.0)])
        return message_id

    def decide(self, key: str, cause: str, before: int, after: int) -> str:
        reason = {"code": "held", "text": "凭证还不够多", "effect_cny": "12000", "holds": True}
        term = {"name": "policy_cap", "amount_cny": str(after), "binding": True}
        body = {
            "limit_cny": str(after),
            "pd": 0.03,
            "terms": [term],
            "reasons": [reason],
            "recommendations": [],
            "policy": "standard-1",
            "models": ["pd_prior@2"],
        }
        english = {**body, "reasons": [{**reason, "text": "too few proofs"}]}
        with self.casefile.begin() as ledger:
            stored = ledger.decisions.add(
                self.case_id,
                cause=cause,
                limit_cny=Decimal(after),
                previous_limit_cny=Decimal(before),
                body={"zh": body, "en": english},
                snapshot={"policy": "standard-1"},
                if_withdrawn={},
            )
            ledger.cases.set_limit(self.case_id, Decimal(after))
            ledger.mail.keep_effect(self.case_id, key, "decide", {"decision_id": stored.id})
        return stored.id

    def upload(self, content: bytes | None = None, mime: str = "image/jpeg") -> str:
        content = content or picture()
        sha256 = self.casefile.uploads.put(self.case_id, content)
        with self.casefile.begin() as ledger:
            evidence, _ = ledger.proofs.receive(
                self.case_id,
                sha256=sha256,
                mime=mime,
                size_bytes=len(content),
                declared=None,
                client_upload_id=None,
            )
            ledger.mail.post_evidence(evidence)
        return evidence.id

    def inspected(
        self, evidence_id: str, status: EvidenceStatus = EvidenceStatus.ACCEPTED, **changed: Any
    ) -> str:
        with self.casefile.begin() as ledger:
            moved = ledger.proofs.move(
                self.case_id,
                evidence_id,
                status,
                stage="done",
                progress=1.0,
                inspection={**inspection(), **changed},
                voucher_type="business_license",
                summary=f"{COMPANY} · {PERSON} · {CODE}",
            )
            ledger.mail.post_evidence(moved)
            return ledger.tasks.add(self.case_id, TaskKind.WEIGH, {"evidence_id": evidence_id})

    def withdraw(self, evidence_id: str) -> None:
        with self.casefile.begin() as ledger:
            before = ledger.proofs.get(self.case_id, evidence_id)
            ledger.mail.post_evidence(ledger.erase_evidence(before, actor="merchant"))
        assert before.sha256
        self.casefile.uploads.delete(self.case_id, before.sha256)


def picture(width: int = 640, height: int = 480, colour: str = "white") -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (width, height), colour).save(out, "JPEG")
    return out.getvalue()


def inspection() -> dict[str, Any]:
    def field(value: str, box: list[int], label: str, confidence: float = 0.97) -> dict[str, Any]:
        return {
            "value": value,
            "raw": value,
            "confidence": confidence,
            "box": box,
            "page": 0,
            "label": label,
            "label_en": "the " + label,
        }

    return {
        "sha256": "0" * 64,
        "pages": 1,
        "quality": {"usable": True, "issues": []},
        "voucher": {"type": "business_license", "confidence": 0.99, "alternatives": []},
        "fields": {
            "name": field(COMPANY, [10, 20, 210, 60], "名称"),
            "legal_person": field(PERSON, [10, 80, 90, 110], "经营者", 0.62),
            "social_credit_code": field(CODE, [10, 120, 210, 150], "统一社会信用代码"),
            "established_on": field("2017-11-29", [10, 160, 110, 190], "成立日期"),
        },
        "marks": [
            {
                "kind": "seal",
                "text": None,
                "box": [400, 300, 500, 400],
                "confidence": 0.9,
                "page": 0,
            }
        ],
        "tables": [],
        "objects": [],
        "authenticity": {
            "recapture": 0.1,
            "tamper": None,
            "tamper_map": None,
            "checks": [{"name": "credit_code", "passed": True, "detail": f"{CODE} ends in N"}],
            "verdict": "genuine",
        },
        "lines": [{"text": COMPANY, "confidence": 0.9, "box": [10, 20, 210, 60], "page": 0}],
        "models": ["rapidocr@3"],
        "frames": [{"width": 640, "height": 480, "turned": 1}],
        "elapsed_ms": {"decode": 12.0, "ocr": 800.0, "total": 900.0},
        "error": None,
    }


def haulier(casefile: CaseFile) -> Story:
    """王师傅 from the greeting to a withdrawn proof."""
    story = Story(casefile)
    opening = story.ask("/system_open", kind="internal")
    story.answer(opening, "王师傅，您好", internal=True)
    agreed = story.say(
        "/give_consent",
        kind="payload",
        shown="我同意",
        intent="give_consent",
        events=(
            slot("limit_review_consent", True, 100.01),
            action("review_form", 100.03),
            slot("requested_slot", "vehicle_count", 100.03),
        ),
    )
    with casefile.begin() as ledger:
        ledger.cases.give_consent(story.case_id, "limit_review", agreed)
        ledger.cases.note(
            story.case_id, "region", "石家庄", unit=None, source=Source.LENDER, message_id=None
        )
    told = story.say(
        "三辆车，我叫王建国，电话 13800138000",
        entities=({"entity": "count", "value": "三辆", "start": 0, "end": 2},),
        events=(
            slot("vehicle_count", {"low": 3.0, "high": 3.0}, 100.01),
            action("review_form", 100.03),
            slot("vehicle_count", {"low": 3.0, "high": 3.0}, 100.03),
            slot("requested_slot", None, 100.03),
            action("action_decide", 100.08),
        ),
        answer="3 辆，记下了。",
    )
    story.decide(told, "said", 100_000, 110_000)
    licence = story.upload()
    task = story.inspected(licence)
    story.decide(task, "evidence", 110_000, 122_000)
    story.outcome(task, "收到，营业执照没问题。")
    with casefile.begin() as ledger:
        ledger.proofs.correct(licence, "legal_person", PERSON, "王建军")
        ledger.decisions.ask_review(story.case_id, "我是王建国，找人看看", "merchant")
    truck = story.upload(picture(colour="navy"))
    story.inspected(truck, EvidenceStatus.DOUBTFUL)
    story.withdraw(truck)
    return story


@pytest.fixture
def casefile(tmp_path: Path) -> Iterator[CaseFile]:
    opened = open_casefile(f"sqlite:///{tmp_path}/c.db", f"file://{tmp_path}/up", KEY)
    opened.migrate()
    yield opened
    opened.close()


@pytest.fixture
def story(casefile: CaseFile) -> Story:
    return haulier(casefile)


@pytest.fixture
def new_story() -> type[Story]:
    return Story
