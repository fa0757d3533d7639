"""The console's pages. Whatever shows a case is written into the audit log first."""

from __future__ import annotations

import re
import secrets
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import RedirectResponse, Response
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException

from casefile import CaseFile, CaseLine, Ledger, StaffSession
from casefile.errors import FileGone
from console import views
from console.access import MAX_NAME_CHARS, Access, actor
from console.answers import (
    SESSION_COOKIE,
    base_of,
    form_of,
    is_secure,
    language_of,
    page,
    session_of,
)
from console.config import PagePictures
from console.errors import UnknownCase
from console.masking import mask

FORM_COOKIE = "bailing_console_form"
FORM_AGE_S = 3600
OPENABLE = re.compile(
    r"(?:cases/[A-Za-z0-9_]{1,60}(?:/evidence/[A-Za-z0-9_]{1,60})?)?(?:\?[^\\#]*)?"
)
"""Addresses within the console to which a log-in leads on."""
REASON_CHARS = (5, 500)
MOST_PAGES = 10**6

router = APIRouter()
Session = Annotated[StaffSession, Depends(session_of)]
Form = Annotated[dict[str, str], Depends(form_of)]
PageNumber = Annotated[int, Query(alias="page", ge=1, le=MOST_PAGES)]


def casefile_of(request: Request) -> CaseFile:
    """The credit file of this application."""
    casefile: CaseFile = request.app.state.casefile
    return casefile


def access_of(request: Request) -> Access:
    """The door-keeper of this application."""
    access: Access = request.app.state.access
    return access


TheCaseFile = Annotated[CaseFile, Depends(casefile_of)]
TheAccess = Annotated[Access, Depends(access_of)]


@router.get("/login")
def log_in_page(request: Request, access: TheAccess) -> Response:
    """The log-in, with a token that only this browser can send back."""
    return _log_in_page(request, access)


def _log_in_page(
    request: Request, access: Access, *, words: str | None = None, status: int = 200
) -> Response:
    nonce = secrets.token_urlsafe(24)
    values = {
        "words": words,
        "token": access.signer.sign("log in", nonce),
        "next": _openable(request.query_params.get("next")),
    }
    response = page(request, "login.html", values, status=status)
    response.set_cookie(
        FORM_COOKIE,
        nonce,
        max_age=FORM_AGE_S,
        path=f"{base_of(request)}/login",
        httponly=True,
        secure=is_secure(request),
        samesite="strict",
    )
    return response


def _openable(wanted: str | None) -> str:
    return wanted if wanted and OPENABLE.fullmatch(wanted) else ""


@router.post("/login")
async def log_in(request: Request, access: TheAccess, form: Form) -> Response:
    """Take a name and a password."""
    return await run_in_threadpool(_log_in, request, access, form)


def _log_in(request: Request, access: Access, form: dict[str, str]) -> Response:
    nonce = request.cookies.get(FORM_COOKIE, "")
    if not nonce or not access.signer.holds("log in", nonce, form.get("token", "")):
        return _log_in_page(request, access, words="log_in_stale", status=403)
    address = request.client.host if request.client else ""
    name = form.get("name", "").strip()[:MAX_NAME_CHARS]
    if not access.may_try(name, address):
        return _log_in_page(request, access, words="log_in_bound", status=429)
    opened = access.log_in(name, form.get("password", ""), address)
    if opened is None:
        return _log_in_page(request, access, words="log_in_wrong", status=401)
    target = _openable(request.query_params.get("next"))
    response = RedirectResponse(f"{base_of(request)}/{target}", 303)
    response.set_cookie(
        SESSION_COOKIE,
        opened.cookie,
        max_age=opened.max_age_s,
        path=base_of(request) or "/",
        httponly=True,
        secure=is_secure(request),
        samesite="strict",
    )
    response.delete_cookie(FORM_COOKIE, path=f"{base_of(request)}/login")
    return response


@router.post("/logout")
def log_out(request: Request, session: Session, access: TheAccess, form: Form) -> Response:
    """End the session."""
    _ours(access, session, form)
    access.log_out(session)
    response = RedirectResponse(f"{base_of(request)}/login", 303)
    response.delete_cookie(SESSION_COOKIE, path=base_of(request) or "/")
    return response


def _ours(access: Access, session: StaffSession, form: dict[str, str]) -> None:
    if not access.form_holds(session, form.get("token", "")):
        raise HTTPException(403)


@router.get("/")
def list_cases(
    request: Request, session: Session, casefile: TheCaseFile, number: PageNumber = 1
) -> Response:
    """The conversations, newest first."""
    asked = views.Asked.of(request.query_params)
    with casefile.read() as ledger:
        lines, pages = views.case_list(ledger, asked, number)
    return page(
        request, "cases.html", {"lines": lines, "pages": pages, "asked": asked, "mask": mask}
    )


@router.get("/cases/{case_id}")
def show_case(
    request: Request,
    case_id: str,
    session: Session,
    casefile: TheCaseFile,
    number: PageNumber = 1,
) -> Response:
    """One conversation, turn by turn."""
    language = language_of(request)
    with casefile.begin() as ledger:
        _line(ledger, case_id)
        _note(ledger, session, "case_viewed", case_id, detail={"page": number})
    with casefile.read() as ledger:
        line = _line(ledger, case_id)
        masked = not ledger.staff.unmasked(session, case_id)
        view = views.case_view(ledger, line, page=number, language=language, masked=masked)
    return page(request, "case.html", {"view": view, "line": line, "masked": masked})


@router.post("/cases/{case_id}/unmask")
def unmask(
    request: Request,
    case_id: str,
    session: Session,
    casefile: TheCaseFile,
    access: TheAccess,
    form: Form,
) -> Response:
    """Show names and numbers of this case until the log-out, for a reason that is kept."""
    _ours(access, session, form)
    reason = " ".join(form.get("reason", "").split())
    if not REASON_CHARS[0] <= len(reason) <= REASON_CHARS[1]:
        return page(request, "refused.html", {"words": "unmask_short"}, status=422)
    with casefile.begin() as ledger:
        _line(ledger, case_id)
        unmasking_id = ledger.staff.unmask(session, case_id, reason)
        detail = {"reason": ledger.audit.keyed(f"reason:{reason}")}
        _note(ledger, session, "case_unmasked", case_id, unmasking_id, detail)
    target = _openable(form.get("next")) or f"cases/{case_id}"
    return RedirectResponse(f"{base_of(request)}/{target}", 303)


@router.get("/cases/{case_id}/evidence/{evidence_id}")
def show_evidence(
    request: Request, case_id: str, evidence_id: str, session: Session, casefile: TheCaseFile
) -> Response:
    """One proof with its boxes."""
    language = language_of(request)
    with casefile.begin() as ledger:
        _line(ledger, case_id)
        ledger.proofs.get(case_id, evidence_id)
        _note(ledger, session, "evidence_viewed", case_id, evidence_id)
    with casefile.read() as ledger:
        line = _line(ledger, case_id)
        masked = not ledger.staff.unmasked(session, case_id)
        view = views.evidence_view(ledger, line, evidence_id, language=language, masked=masked)
    return page(request, "evidence.html", {"view": view, "line": line, "masked": masked})


@router.get("/cases/{case_id}/evidence/{evidence_id}/pages/{number}")
def show_picture(
    request: Request,
    case_id: str,
    evidence_id: str,
    number: int,
    session: Session,
    casefile: TheCaseFile,
) -> Response:
    """A page's picture, upright; too coarse to read until the case is unmasked."""
    with casefile.begin() as ledger:
        _line(ledger, case_id)
        proof = ledger.proofs.get(case_id, evidence_id)
        seen = proof.inspection or {}
        frame = views.frame_of(seen, number)
        if proof.sha256 is None:
            raise FileGone(evidence_id)
        if frame is None:
            raise HTTPException(404)
        masked = not ledger.staff.unmasked(session, case_id)
        detail = {"page": number, "masked": masked}
        _note(ledger, session, "file_viewed", case_id, evidence_id, detail)
    content = casefile.uploads.get(case_id, proof.sha256)
    draw: PagePictures = request.app.state.page_picture
    hide = views.hidden_boxes(seen, number) if masked else []
    jpeg = draw(content, number, int(frame["turned"]), masked, hide)
    return Response(jpeg, media_type="image/jpeg")


def _line(ledger: Ledger, case_id: str) -> CaseLine:
    line = ledger.archive.line(case_id)
    if line is None:
        raise UnknownCase(case_id)
    return line


def _note(
    ledger: Ledger,
    session: StaffSession,
    action: str,
    case_id: str,
    subject: str | None = None,
    detail: dict[str, Any] | None = None,
) -> None:
    ledger.audit.append(
        action,
        actor=actor(ledger, session.staff_id),
        case_id=case_id,
        subject=subject,
        detail=detail,
    )
