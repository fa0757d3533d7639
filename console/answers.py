"""What every page needs of a request, and how a page is answered."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qsl, urlencode

import jinja2
from fastapi import Request
from fastapi.responses import HTMLResponse
from starlette.exceptions import HTTPException

from casefile import StaffSession
from console.access import Access
from console.config import ConsoleConfig
from console.words import LANGUAGES, Speech

SESSION_COOKIE = "bailing_console"
LANGUAGE_COOKIE = "bailing_console_language"
MAX_FORM_BYTES = 16 * 1024


class NotLoggedIn(Exception):
    """The request carries no session of ours."""


def base_of(request: Request) -> str:
    """Where the console is mounted, without a slash at its end."""
    return str(request.scope.get("root_path") or "").rstrip("/")


def is_secure(request: Request) -> bool:
    """Whether cookies are for https only."""
    config: ConsoleConfig = request.app.state.config
    return config.secure_cookie or request.url.scheme == "https"


def language_of(request: Request) -> str:
    """The language of the page: asked for, chosen before, or the browser's."""
    for wanted in (request.query_params.get("lang"), request.cookies.get(LANGUAGE_COOKIE)):
        if wanted in LANGUAGES:
            return str(wanted)
    return "en" if request.headers.get("accept-language", "").lower().startswith("en") else "zh"


def session_of(request: Request) -> StaffSession:
    """The session of the request's cookie.

    Raises:
        NotLoggedIn: There is none.
    """
    access: Access = request.app.state.access
    session = access.session(request.cookies.get(SESSION_COOKIE))
    if session is None:
        raise NotLoggedIn
    request.state.session = session
    return session


async def form_of(request: Request) -> dict[str, str]:
    """A posted form of 16 KB at most."""
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > MAX_FORM_BYTES:
            raise HTTPException(413)
    try:
        pairs = parse_qsl(body.decode(), keep_blank_values=True, max_num_fields=20)
    except ValueError as error:
        raise HTTPException(400) from error
    return dict(pairs)


def page(
    request: Request, template: str, values: dict[str, Any], *, status: int = 200
) -> HTMLResponse:
    """A page in the reader's language."""
    language = language_of(request)
    session: StaffSession | None = getattr(request.state, "session", None)
    access: Access = request.app.state.access
    other = {k: v for k, v in request.query_params.items() if k != "lang"}
    other["lang"] = "zh" if language == "en" else "en"
    environment: jinja2.Environment = request.app.state.templates
    body = environment.get_template(template).render(
        base=base_of(request),
        language=language,
        other_language=f"?{urlencode(other)}",
        say=Speech(language),
        session=session,
        form_token=access.form_token(session) if session else "",
        **values,
    )
    return HTMLResponse(body, status)
