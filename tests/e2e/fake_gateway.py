"""A tiny gateway for the widget's own tests: the HTTP contract over a scripted haulier's talk.

Everything lives in memory; ``Fake`` lets a test cut streams, forget sessions and look inside.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from fastapi import FastAPI, Request, Response
from fastapi.responses import FileResponse, JSONResponse
from fastapi.staticfiles import StaticFiles
from sse_starlette.sse import EventSourceResponse, ServerSentEvent

WIDGET = Path(__file__).resolve().parents[2] / "bot" / "widget"
Json = dict[str, Any]

OFFERS = [
    ("transport_contract", "运输合同", "38000", "30000", "50000", 0.3, "证实运费，拍签字那几页"),
    ("vehicle_license", "行驶证", "20000", "15000", "25000", 0.1, "证实车是自己的，一辆一张"),
    ("bank_statement", "银行流水", "48000", "40000", "60000", 0.6, "证实您说的月流水"),
    ("equipment_photo", "车辆/设备照", "5000", "0", "0", 0.1, "对上车辆数，带车牌就行"),
]
HELD = "营业额只有一部分有凭证，现在按一年 180 万元算"
NEXT = "再给运输合同，预计能到 190,000 左右"
CONSENT = {
    "type": "consent",
    "title": "用您的资料核定额度",
    "lines": [
        {"label": "用来做什么", "value": "只算这次的额度"},
        {"label": "看哪些", "value": "您自己发来的照片和文件", "note": "不看通讯录、相册和位置"},
        {"label": "放多久", "value": "您随时可以看、改、撤回、删掉"},
    ],
}
AGREE = [
    {"title": "可以，开始", "payload": "/give_consent"},
    {"title": "看看详细说明", "payload": "/ask_privacy"},
    {"title": "先不用", "payload": "/deny"},
]
FIELDS = [
    ("name", "名称", "保定顺达运输有限公司", 0.99),
    ("social_credit_code", "统一社会信用代码", "91130600MA0ABC1D2X", 0.98),
    ("legal_person", "法定代表人", "王建国", 0.97),
    ("established_on", "成立日期", "2018-05-11", 0.62),
    ("business_scope", "经营范围", "普通货物道路运输；货物专用运输（冷藏保鲜）；仓储服务", 0.93),
]


def problem(status: int, code: str, message: str) -> JSONResponse:
    return JSONResponse({"code": code, "message": message}, status)


def spoken(code: str, text: str, effect_cny: int, *, holds: bool = False) -> Json:
    return {"code": code, "text": text, "effect_cny": str(effect_cny), "holds": holds}


class Fake:
    """One merchant's case, the newest session's."""

    def __init__(self) -> None:
        self.cases = 0
        self.fresh()

    def fresh(self) -> None:
        self.cases += 1
        self.case_id, self.token = f"case-{self.cases}", f"token-{self.cases}"
        self.events: list[Json] = []
        self.taken: dict[str, str] = {}
        self.posts: list[Json] = []
        self.declared: list[str | None] = []
        self.proofs: dict[str, Json] = {}
        self.files: dict[str, tuple[bytes, str]] = {}
        self.limit, self.consent, self.handler, self.language = 100_000, False, "bot", "zh"
        self.profile: Json = {}
        self.reviews: list[Json] = []
        self.streams = 0
        self.cut = self.refuse_streams = self.down = False
        self.pace_s = 0.05
        self.tasks: set[asyncio.Task[None]] = set()

    def post(self, kind: str, **body: Any) -> None:
        at = datetime.now(UTC).isoformat(timespec="milliseconds")
        self.events.append({"id": len(self.events) + 1, "kind": kind, "at": at, **body})

    def bot(self, text: str, buttons: list[Json] | None = None, card: Json | None = None) -> None:
        self.post("message", **{"from": "bot"}, text=text, buttons=buttons or [], card=card)

    def decide(self, rise: int, reasons: list[tuple[str, int]], binding: str) -> None:
        before, self.limit = self.limit, self.limit + rise
        terms = [("working_capital_need", 420_000), ("sales_multiple", self.limit)]
        terms += [("expected_loss_cap", 310_000), ("policy_cap", 500_000)]
        keys = [
            "voucher_type",
            "title",
            "expected_rise_cny",
            "rise_low_cny",
            "rise_high_cny",
            "effort",
            "why",
        ]
        self.post(
            "decision",
            decision_id=f"d{len(self.events)}",
            limit_cny=f"{self.limit}.00",
            previous_limit_cny=f"{before}.00",
            pd=0.03,
            terms=[
                {"name": name, "amount_cny": str(amount), "binding": name == binding}
                for name, amount in terms
            ],
            reasons=[
                spoken(f"held_by_{binding}", HELD, 0, holds=True),
                *(spoken("said", text, effect) for text, effect in reasons),
                spoken("next_transport_contract", NEXT, 0),
            ],
            recommendations=[dict(zip(keys, offer, strict=True)) for offer in OFFERS],
        )

    def answer(self, text: str, payload: str | None) -> None:
        """The script, by what was said."""
        if payload == "/give_consent" or "同意" in text:
            self.consent = True
            self.bot("好。现在跑着几辆车，都是自己的吗？车多车少，周转差得多。")
        elif "English" in text:
            self.language = "en"
            self.bot("Of course. How many trucks do you run?")
        elif "辆" in text:
            self.profile = {
                "vehicle_count": {"value": None, "low": 3, "high": 3, "unit": "vehicle"},
                "monthly_sales_cny": {"low": 200_000, "high": 300_000, "unit": "cny"},
            }
            for slot in self.profile.values():
                slot["source"] = "said"
            self.bot(
                "三辆自有车、一个月 20–30 万，记下了。货主一般多久结账？",
                [
                    {"title": t, "payload": f"/inform{i}"}
                    for i, t in enumerate(["现结", "一个月左右", "更久", "不好说"])
                ],
            )
        elif payload and payload.startswith("/inform"):
            self.decide(10_000, [("您说的三辆车和月流水对得上", 10_000)], "sales_multiple")
        else:
            self.bot("王师傅，旺季租车得备不少周转。我们看看能提多少。")
            self.bot(
                "先说清楚：您给的资料只用来算这次额度，随时能看、能撤回。可以开始吗？",
                AGREE,
                CONSENT,
            )

    async def inspect(self, evidence_id: str) -> None:
        """A worker's minute, in a blink."""
        proof = self.proofs[evidence_id]
        for stage, part in (("decode", 0.1), ("ocr", 0.5), ("fields", 0.8)):
            await asyncio.sleep(self.pace_s)
            proof.update(status="inspecting", stage=stage, progress=part)
            self.tell(proof)
        await asyncio.sleep(self.pace_s)
        dark = b"dark" in self.files[evidence_id][0][-8:]
        proof.update(stage="done", progress=1.0, voucher_type="business_license")
        if dark:
            proof.update(status="unreadable", summary="光太暗，字看不清。", voucher_type=None)
            self.tell(proof)
            return
        proof.update(status="accepted", summary="保定顺达运输有限公司，2018 年成立，法人王建国。")
        proof["fields"] = [
            {
                "name": n,
                "label": label,
                "value": v,
                "confidence": c,
                "corrected": None,
                "uncertain": c < 0.8,
            }
            for n, label, v, c in FIELDS
        ]
        proof["findings"] = [{"code": "age", "text": "成立日期有点反光，请看看对不对。"}]
        self.tell(proof)
        reasons = [("执照证实您做了七年道路运输", 32_000), ("三辆车和月流水对得上", 16_000)]
        self.decide(48_000, reasons, "sales_multiple")

    def tell(self, proof: Json) -> None:
        keys = ["evidence_id", "status", "stage", "progress", "voucher_type", "summary"]
        self.post("evidence", **{key: proof.get(key) for key in keys})

    def case(self) -> Json:
        decisions = [e for e in self.events if e["kind"] == "decision"]
        given = {"purpose": "limit_review", "given_at": "2026-11-02T08:00:00Z"}
        return {
            "case_id": self.case_id,
            "language": self.language,
            "limit_cny": f"{self.limit}.00",
            "handler": self.handler,
            "profile": self.profile,
            "consents": [{**given, "withdrawn_at": None}] if self.consent else [],
            "evidence": list(self.proofs.values()),
            "reviews": self.reviews,
            "last_decision": decisions[-1] if decisions else None,
            "recommendations": [],
        }


def create_fake(fake: Fake, demo_folder: Path | None = None) -> FastAPI:
    """The gateway's routes over ``fake``; the page, the widget and pictures beside them."""
    app = FastAPI()
    app.mount("/widget", StaticFiles(directory=WIDGET))
    if demo_folder:
        app.mount("/demo", StaticFiles(directory=demo_folder))

    @app.middleware("http")
    async def guard(request: Request, call_next: Any) -> Response:
        path = request.url.path
        if fake.down and path.startswith("/api/"):
            return problem(503, "casefile_unavailable", "系统正忙，请稍等几秒再试。")
        open_to_all = not path.startswith("/api/") or path == "/api/session"
        if not open_to_all and request.headers.get("authorization") != f"Bearer {fake.token}":
            return problem(401, "bad_token", "登录已失效，重新打开页面就能接着聊。")
        return await call_next(request)

    @app.get("/")
    def page() -> FileResponse:
        return FileResponse(WIDGET / "index.html")

    @app.post("/api/session", status_code=201)
    async def session() -> Json:
        fake.fresh()
        fake.bot("您好，我是百灵。额度上有什么想法，直接说就行。")
        return {"session_id": "s", "case_id": fake.case_id, "token": fake.token, "language": "zh"}

    @app.post("/api/messages", status_code=202)
    async def say(request: Request) -> Response:
        body = await request.json()
        fake.posts.append(body)
        client_id, text = body["client_message_id"], body.get("text") or ""
        if "太长" in text:
            return problem(422, "text_too_long", "一次最多 4000 字，分几条发就行。")
        if client_id not in fake.taken:
            fake.taken[client_id] = message_id = f"m{len(fake.taken) + 1}"
            titles = {b["payload"]: b["title"] for e in fake.events for b in e.get("buttons") or ()}
            shown = text or titles.get(body.get("payload"), "")
            ids = {"message_id": message_id, "client_message_id": client_id}
            fake.post("message", **{"from": "merchant"}, text=shown, buttons=[], card=None, **ids)
            fake.answer(shown, body.get("payload"))
        return JSONResponse({"message_id": fake.taken[client_id]}, 202)

    @app.get("/api/messages")
    async def listed(after: int = 0, wait: float = 0) -> list[Json]:
        deadline = asyncio.get_running_loop().time() + min(wait, 2)
        while not fake.events[after:] and asyncio.get_running_loop().time() < deadline:
            await asyncio.sleep(0.02)
        return fake.events[after:]

    @app.get("/api/events")
    async def stream(after: int = 0) -> Response:
        fake.streams += 1
        if fake.refuse_streams:
            return problem(503, "unexpected", "刚才没办成。")

        async def run(sent: int) -> AsyncIterator[ServerSentEvent]:
            fake.cut, token = False, fake.token
            while not fake.cut and token == fake.token:
                for event in fake.events[sent:]:
                    sent = event["id"]
                    yield ServerSentEvent(json.dumps(event, ensure_ascii=False), id=str(sent))
                await asyncio.sleep(0.02)

        return EventSourceResponse(run(after))

    @app.post("/api/uploads", status_code=201)
    async def upload(request: Request) -> Response:
        async with request.form() as form:
            file = form["file"]
            assert not isinstance(file, str)
            content, mime, declared = await file.read(), file.content_type, form.get("declared")
        if not fake.consent:
            fake.bot("收照片前得先有您的同意。可以开始吗？", AGREE)
            return problem(403, "consent_needed", "还没得到您的同意，照片我先不收。")
        if not content:
            return problem(422, "empty_file", "这个文件是空的，请重新选一张。")
        sha256 = hashlib.sha256(content).hexdigest()
        evidence_id, duplicate = f"ev-{sha256[:8]}", f"ev-{sha256[:8]}" in fake.proofs
        fake.declared.append(declared if isinstance(declared, str) else None)
        if not duplicate:
            at = datetime.now(UTC).isoformat()
            fake.proofs[evidence_id] = proof = {
                "evidence_id": evidence_id,
                "status": "received",
                "stage": "received",
                "progress": 0.0,
                "voucher_type": None,
                "summary": None,
                "mime": mime,
                "bytes": len(content),
                "received_at": at,
                "fields": [],
                "findings": [],
            }
            fake.files[evidence_id] = (content, mime or "")
            fake.tell(proof)
            task = asyncio.create_task(fake.inspect(evidence_id))
            fake.tasks.add(task)
            task.add_done_callback(fake.tasks.discard)
        body = {"evidence_id": evidence_id, "sha256": sha256, "duplicate": duplicate}
        return JSONResponse({**body, "status": fake.proofs[evidence_id]["status"]}, 201)

    @app.get("/api/evidence/{evidence_id}")
    async def evidence(evidence_id: str) -> Json:
        return fake.proofs[evidence_id]

    @app.get("/api/evidence/{evidence_id}/file")
    async def file(evidence_id: str) -> Response:
        content, mime = fake.files[evidence_id]
        return Response(content, media_type=mime)

    @app.get("/api/evidence/{evidence_id}/effect")
    async def effect(evidence_id: str) -> Json:
        return {"limit_cny": f"{fake.limit}.00", "limit_if_withdrawn_cny": "110000.00"}

    @app.delete("/api/evidence/{evidence_id}")
    async def withdraw(evidence_id: str) -> Json:
        gone = {
            "evidence_id": evidence_id,
            "status": "withdrawn",
            "stage": "withdrawn",
            "voucher_type": fake.proofs[evidence_id]["voucher_type"],
        }
        fake.proofs[evidence_id] = gone
        fake.tell(gone)
        fake.decide(110_000 - fake.limit, [("执照撤回了，经营年限没有凭证", -48_000)], "policy_cap")
        return gone

    @app.post("/api/evidence/{evidence_id}/corrections")
    async def correct(evidence_id: str, request: Request) -> Json:
        body = await request.json()
        for field in fake.proofs[evidence_id]["fields"]:
            if field["name"] == body["field"]:
                field.update(corrected=body["value"], uncertain=False)
        return fake.proofs[evidence_id]

    @app.get("/api/case")
    async def case() -> Json:
        return fake.case()

    @app.post("/api/case/review", status_code=201)
    async def review(request: Request) -> Json:
        reason = (await request.json())["reason"]
        at = datetime.now(UTC).isoformat()
        fake.reviews.append({"review_id": "r1", "reason": reason, "state": "open", "opened_at": at})
        return {"review_id": "r1"}

    @app.get("/api/export")
    async def export() -> Response:
        return Response(b"PK\x05\x06" + bytes(18), media_type="application/zip")

    return app
