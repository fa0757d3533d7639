"""The HTTP interface of the gateway (OpenAPI at ``/api/docs``)."""

from __future__ import annotations

import io
import json
import re
from collections.abc import AsyncIterator, Iterator
from typing import IO, Annotated, Any

from fastapi import (
    APIRouter,
    Depends,
    File,
    Form,
    Header,
    Query,
    Request,
    Response,
    Security,
    UploadFile,
)
from fastapi.responses import StreamingResponse
from fastapi.security import HTTPBearer
from pydantic import BaseModel, ConfigDict, Field
from sse_starlette.event import ServerSentEvent
from sse_starlette.sse import EventSourceResponse
from starlette.concurrency import run_in_threadpool

from bot.config import MAX_FILE_BYTES
from bot.dispatcher import Dispatcher
from bot.errors import DialogueUnavailable, OneFileAtATime
from bot.export import export_case
from bot.gateway import Gateway
from bot.hub import Hub
from casefile import Case, CaseFile
from casefile.errors import NotFound

COOKIE = "bailing_session"
MAX_WAIT_S = 30.0
PING_S = 15
MAX_EVENT_ID = 2**53

PIECE = 256 * 1024
VISIBLE = r"^[^\x00-\x1f\x7f-\x9f]*$"
"""Names and keys hold no control characters; a database need not take them."""

EVIDENCE_ID = re.compile(r"ev_[0-9a-f]{24}")

EventId = Annotated[int, Query(ge=0, le=MAX_EVENT_ID)]


class Problem(BaseModel):
    """Why a call was refused, in the session's language."""

    code: str
    message: str


class SessionRequest(BaseModel):
    """Who comes in: a merchant with the lender's token, or a demonstration one."""

    merchant_token: str | None = Field(None, max_length=8_192)
    demo: str | None = Field(None, max_length=40)


class SessionOpened(BaseModel):
    """A session; ``token`` goes into the ``Authorization`` header."""

    session_id: str
    case_id: str
    token: str
    language: str


class MessageRequest(BaseModel):
    """A merchant's words, or the payload of a button that was shown."""

    text: str | None = None
    payload: str | None = None
    client_message_id: str | None = Field(None, max_length=100, pattern=VISIBLE)


class MessageTaken(BaseModel):
    """The message was taken; its answer comes as events that name this id."""

    message_id: str


class UploadTaken(BaseModel):
    """The file was taken; what is read from it comes as ``evidence`` events."""

    evidence_id: str
    sha256: str
    status: str
    duplicate: bool


class Effect(BaseModel):
    """Amounts in yuan."""

    limit_cny: str
    limit_if_withdrawn_cny: str


class CorrectionRequest(BaseModel):
    """What a field of a proof should be."""

    field: str = Field(max_length=60)
    value: str


class ReviewRequest(BaseModel):
    """Why a person should look at the case."""

    reason: str


class ReviewOpened(BaseModel):
    """A person will look at the case."""

    review_id: str


class AnyJson(BaseModel):
    """An object whose fields the design's contract names."""

    model_config = ConfigDict(extra="allow")


router = APIRouter(
    responses={
        status: {"model": Problem}
        for status in (400, 401, 403, 404, 405, 408, 409, 410, 413, 415, 422, 503)
    }
)


def gateway_of(request: Request) -> Gateway:
    """The gateway of this application."""
    gateway: Gateway = request.app.state.gateway
    return gateway


def bearer(request: Request) -> str | None:
    """The session token of the ``Authorization`` header, else of the cookie."""
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() == "bearer" and token:
        return token.strip()
    return request.cookies.get(COOKIE)


SIGNED_IN = Security(HTTPBearer(auto_error=False, description="The session's token, or its cookie"))


def case_of(request: Request, _: Annotated[object, SIGNED_IN]) -> Case:
    """The case that the request's token opens."""
    case = gateway_of(request).case_of(bearer(request))
    request.state.language = case.language
    return case


TheGateway = Annotated[Gateway, Depends(gateway_of)]
TheCase = Annotated[Case, Depends(case_of)]


def evidence_id_of(evidence_id: str) -> str:
    """The id in the address; what cannot be one names nothing."""
    if not EVIDENCE_ID.fullmatch(evidence_id):
        raise NotFound(evidence_id[:40])
    return evidence_id


EvidenceId = Annotated[str, Depends(evidence_id_of)]


@router.post("/api/session", status_code=201)
def open_session(
    body: SessionRequest, gateway: TheGateway, request: Request, response: Response
) -> SessionOpened:
    """Come in. A new case greets first."""
    opened = gateway.open_session(token=body.merchant_token, demo=body.demo)
    response.set_cookie(
        COOKIE,
        opened["token"],
        httponly=True,
        samesite="lax",
        secure=request.app.state.config.secure_cookie,
    )
    dispatcher_of(request).wake_from_thread()
    return SessionOpened(**opened)


def dispatcher_of(request: Request) -> Dispatcher:
    """The dispatcher of this application."""
    dispatcher: Dispatcher = request.app.state.dispatcher
    return dispatcher


@router.post("/api/messages", status_code=202)
def post_message(
    body: MessageRequest, gateway: TheGateway, case: TheCase, request: Request
) -> MessageTaken:
    """Say something. The same ``client_message_id`` twice is taken once."""
    message_id = gateway.say(
        case,
        text=body.text,
        payload=body.payload,
        client_message_id=body.client_message_id,
    )
    dispatcher_of(request).wake_from_thread()
    return MessageTaken(message_id=message_id)


@router.get("/api/messages")
async def list_messages(
    gateway: TheGateway,
    case: TheCase,
    request: Request,
    after: EventId = 0,
    wait: Annotated[float, Query(ge=0, le=3_600)] = 0,
) -> list[dict[str, Any]]:
    """The events after an id; with ``wait``, as soon as there are any (30 seconds at most)."""
    hub: Hub = request.app.state.hub
    with hub.listen(case.id) as listener:
        events = await run_in_threadpool(gateway.events, case.id, after)
        left = min(wait, MAX_WAIT_S)
        while not events and left > 0 and not request.app.state.stopping.is_set():
            step = min(left, 1.0)
            await listener.wait(step)
            left -= step
            events = await run_in_threadpool(gateway.events, case.id, after)
    return events


@router.get("/api/events", response_class=EventSourceResponse)
async def stream_events(
    gateway: TheGateway,
    case: TheCase,
    request: Request,
    after: EventId = 0,
    last_event_id: Annotated[str | None, Header()] = None,
) -> EventSourceResponse:
    """Server-sent events; ``Last-Event-ID`` (or ``after``) resumes behind that event."""
    if last_event_id and last_event_id.isdecimal():
        after = max(after, min(int(last_event_id[:16]), MAX_EVENT_ID))
    return EventSourceResponse(_stream(gateway, case, request, after), ping=PING_S)


async def _stream(
    gateway: Gateway, case: Case, request: Request, after: int
) -> AsyncIterator[ServerSentEvent]:
    hub: Hub = request.app.state.hub
    with hub.listen(case.id) as listener:
        while not request.app.state.stopping.is_set():
            for event in await run_in_threadpool(gateway.events, case.id, after):
                after = event["id"]
                yield ServerSentEvent(
                    data=json.dumps(event, ensure_ascii=False), id=str(after), event=event["kind"]
                )
            if listener.typing is not None:
                status = {"kind": "status", "typing": listener.typing}
                listener.typing = None
                yield ServerSentEvent(data=json.dumps(status), event="status")
            await listener.wait(1.0)


@router.post("/api/uploads", status_code=201)
async def upload(
    gateway: TheGateway,
    case: TheCase,
    request: Request,
    file: Annotated[UploadFile, File()],
    declared: Annotated[str | None, Form(max_length=40, pattern=VISIBLE)] = None,
    client_upload_id: Annotated[str | None, Form(max_length=100, pattern=VISIBLE)] = None,
) -> UploadTaken:
    """Send a photo or file (JPEG, PNG, WebP, HEIC, PDF, OFD, XML; 20 MB at most)."""
    form = await request.form()
    if len(form.getlist("file")) > 1:
        raise OneFileAtATime
    async with request.app.state.uploads:
        content = await file.read(MAX_FILE_BYTES + 1)
        taken = await run_in_threadpool(
            gateway.upload,
            case,
            content,
            declared=declared or None,
            client_upload_id=client_upload_id or None,
        )
    return UploadTaken(**taken)


@router.get("/api/evidence")
def list_evidence(gateway: TheGateway, case: TheCase) -> list[dict[str, Any]]:
    """Every proof that was given."""
    return gateway.all_evidence(case)


@router.get("/api/evidence/{evidence_id}")
def get_evidence(evidence_id: EvidenceId, gateway: TheGateway, case: TheCase) -> AnyJson:
    """One proof and what was read from it."""
    return AnyJson(**gateway.evidence(case, evidence_id))


@router.get(
    "/api/evidence/{evidence_id}/file",
    response_class=Response,
    responses={200: {"content": {"*/*": {}}}},
)
def get_file(evidence_id: EvidenceId, gateway: TheGateway, case: TheCase) -> Response:
    """The original, as it was sent."""
    content, mime = gateway.file(case, evidence_id)
    headers = {"Content-Disposition": "inline", "Cache-Control": "private, no-store"}
    headers["Content-Length"] = str(len(content))
    return StreamingResponse(_pieces(io.BytesIO(content)), media_type=mime, headers=headers)


def _pieces(held: IO[bytes]) -> Iterator[bytes]:
    """A file bit by bit: one who reads slowly, or not at all, has little of it in our memory."""
    with held:
        while piece := held.read(PIECE):
            yield piece


@router.delete("/api/evidence/{evidence_id}")
def delete_evidence(evidence_id: EvidenceId, gateway: TheGateway, case: TheCase) -> AnyJson:
    """Take a proof back: file, reading and facts are erased, the limit is worked out again."""
    return AnyJson(**gateway.withdraw(case, evidence_id))


@router.get("/api/evidence/{evidence_id}/effect")
def get_effect(evidence_id: EvidenceId, gateway: TheGateway, case: TheCase) -> Effect:
    """What taking this proof back would do to the limit."""
    return Effect(**gateway.effect(case, evidence_id))


@router.post("/api/evidence/{evidence_id}/corrections")
def correct(
    evidence_id: EvidenceId, body: CorrectionRequest, gateway: TheGateway, case: TheCase
) -> AnyJson:
    """Say what a field should be; it is kept beside what was read."""
    return AnyJson(**gateway.correct(case, evidence_id, body.field, body.value))


@router.get(
    "/api/export",
    response_class=Response,
    responses={200: {"content": {"application/zip": {}}}},
)
def export(case: TheCase, request: Request) -> Response:
    """The merchant's own copy of all that is kept."""
    casefile: CaseFile = request.app.state.casefile
    headers = {"Content-Disposition": f'attachment; filename="bailing-{case.id}.zip"'}
    made = _pieces(export_case(casefile, case))
    return StreamingResponse(made, media_type="application/zip", headers=headers)


@router.get("/api/case")
def get_case(gateway: TheGateway, case: TheCase) -> AnyJson:
    """The case as it stands."""
    return AnyJson(**gateway.case(case))


@router.post("/api/case/review", status_code=201)
def ask_review(
    body: ReviewRequest, gateway: TheGateway, case: TheCase, request: Request
) -> ReviewOpened:
    """Ask that a person looks at the case."""
    review_id = gateway.ask_review(case, body.reason)
    dispatcher_of(request).wake_from_thread()
    return ReviewOpened(review_id=review_id)


@router.get("/healthz")
async def healthz() -> dict[str, str]:
    """Alive. It waits for no thread: a rush of uploads is not taken for a frozen process."""
    return {"status": "ok"}


@router.get("/readyz")
async def readyz(request: Request) -> dict[str, str]:
    """All parts ready to lead a conversation."""
    if not await request.app.state.dialogue.ready():
        raise DialogueUnavailable
    return {"status": "ready"}
