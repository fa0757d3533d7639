"""The console as an ASGI application: routes, log-in, and what every answer carries."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from pathlib import Path
from urllib.parse import quote, urlencode

import jinja2
import structlog
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import RedirectResponse, Response
from fastapi.staticfiles import StaticFiles
from starlette.exceptions import HTTPException

from bailing.terms import RoomError
from casefile import CaseFile
from console import views
from console.access import Access
from console.answers import LANGUAGE_COOKIE, NotLoggedIn, base_of, is_secure, page
from console.config import ConsoleConfig, PagePictures
from console.routes import router
from console.words import LANGUAGES

log = structlog.get_logger()

HERE = Path(__file__).parent
LANGUAGE_AGE_S = 365 * 24 * 3600
SECURITY = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}
ERRORS = {404: "not_found", 410: "gone", 503: "unavailable"}
STATUS = {"not_found": 404, "unknown_case": 404, "file_gone": 410, "casefile_unavailable": 503}


def templates() -> jinja2.Environment:
    """The pages' templates: everything that is put into them is escaped."""
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {"local": views.local, "yuan": views.yuan, "spoken": views.spoken}
    environment.filters["query"] = lambda pairs: urlencode(pairs)
    return environment


def create_console(
    casefile: CaseFile, config: ConsoleConfig, page_picture: PagePictures
) -> FastAPI:
    """The console over an opened credit file; to be mounted, or served by itself.

    Args:
        casefile: The credit file.
        config: Secret, session and cookies.
        page_picture: Makes pictures of what merchants sent.
    """
    app = FastAPI(title="Bailing console", docs_url=None, redoc_url=None, openapi_url=None)
    app.state.casefile, app.state.config = casefile, config
    app.state.access, app.state.page_picture = Access(casefile, config), page_picture
    app.state.templates = templates()
    app.include_router(router)
    app.mount("/static", StaticFiles(directory=HERE / "static"), name="static")
    _guard(app)
    _speak_errors(app)
    return app


def _guard(app: FastAPI) -> None:
    @app.middleware("http")
    async def carry(
        request: Request, call_next: Callable[[Request], Awaitable[Response]]
    ) -> Response:
        """Headers of every answer; pages are never kept by a browser or on the way."""
        base = base_of(request)
        response = await call_next(request)
        for name, value in SECURITY.items():
            response.headers[name] = value
        static = request.url.path.startswith(f"{base}/static/")
        response.headers["Cache-Control"] = "public, max-age=3600" if static else "no-store"
        wanted = request.query_params.get("lang")
        if wanted in LANGUAGES:
            response.set_cookie(
                LANGUAGE_COOKIE,
                str(wanted),
                max_age=LANGUAGE_AGE_S,
                path=base or "/",
                httponly=True,
                secure=is_secure(request),
                samesite="strict",
            )
        return response


def _speak_errors(app: FastAPI) -> None:
    @app.exception_handler(NotLoggedIn)
    async def log_in_first(request: Request, _error: NotLoggedIn) -> Response:
        """To the log-in for those who open a page; 401 for all else."""
        if request.method not in ("GET", "HEAD") or "/pages/" in request.url.path:
            return page(request, "refused.html", {"words": "log_in"}, status=401)
        back = request.url.path.removeprefix(base_of(request)).lstrip("/")
        if request.url.query:
            back += f"?{request.url.query}"
        return RedirectResponse(f"{base_of(request)}/login?next={quote(back)}", 303)

    @app.exception_handler(RoomError)
    async def room_error(request: Request, error: RoomError) -> Response:
        """A room refused."""
        status = STATUS.get(error.code, 500)
        if status == 500:
            log.warning("console_refused", path=request.url.path, code=error.code)
        words = ERRORS.get(status) or (
            "picture_failed" if error.code == "picture_failed" else "unavailable"
        )
        return page(request, "refused.html", {"words": words}, status=status)

    @app.exception_handler(HTTPException)
    async def refused(request: Request, error: HTTPException) -> Response:
        """No such address, no such method, or a form that is not ours."""
        words = ERRORS.get(error.status_code, "refused")
        return page(request, "refused.html", {"words": words}, status=error.status_code)

    @app.exception_handler(RequestValidationError)
    async def invalid(request: Request, _error: RequestValidationError) -> Response:
        """A parameter that is not as it must be."""
        return page(request, "refused.html", {"words": "refused"}, status=422)
