"""The gateway as an ASGI application: routes, errors in the merchant's language, pages."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, suppress
from pathlib import Path

import structlog
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import FileResponse, JSONResponse
from fastapi.staticfiles import StaticFiles
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException

from bailing.terms import RoomError
from bot.api import bearer, router
from bot.bounds import BoundedBody
from bot.config import GatewayConfig
from bot.dialogue import Dialogue
from bot.dispatcher import Dispatcher
from bot.errors import GatewayError
from bot.gateway import Gateway
from bot.hub import Hub
from bot.words import ERRORS, error_text
from casefile import CaseFile

log = structlog.get_logger()

WIDGET = Path(__file__).parent / "widget"
UPLOADS_AT_A_TIME = 4
"""Files held in memory at once; the others wait on the disk."""
STATUS = {
    "not_found": 404,
    "evidence_gone": 410,
    "file_gone": 410,
    "consent_needed": 403,
    "too_much_evidence": 409,
    "casefile_unavailable": 503,
}


def create_app(casefile: CaseFile, dialogue: Dialogue, config: GatewayConfig) -> FastAPI:
    """The web application over an opened credit file and a dialogue engine."""
    hub = Hub(casefile)
    dispatcher = Dispatcher(casefile, dialogue, hub)

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        app.state.stopping = asyncio.Event()
        dispatcher.bind(asyncio.get_running_loop())
        loops = [asyncio.create_task(hub.run()), asyncio.create_task(dispatcher.run())]
        try:
            yield
        finally:
            app.state.stopping.set()
            for loop in loops:
                loop.cancel()
            await asyncio.gather(*loops, return_exceptions=True)

    app = FastAPI(
        title="Bailing gateway",
        version="1",
        docs_url="/api/docs",
        openapi_url="/api/openapi.json",
        redoc_url=None,
        lifespan=lifespan,
    )
    app.state.casefile, app.state.dialogue, app.state.config = casefile, dialogue, config
    app.state.hub, app.state.dispatcher = hub, dispatcher
    app.state.gateway = Gateway(casefile, config)
    app.state.uploads = asyncio.Semaphore(UPLOADS_AT_A_TIME)
    app.add_middleware(BoundedBody)
    app.include_router(router)
    _speak_errors(app)
    _serve_pages(app, config)
    return app


def _serve_pages(app: FastAPI, config: GatewayConfig) -> None:
    app.mount("/widget", StaticFiles(directory=WIDGET), name="widget")
    if config.demo_folder is not None and config.demo_folder.is_dir():
        app.mount("/demo", StaticFiles(directory=config.demo_folder), name="demo")

    @app.get("/", include_in_schema=False)
    def page() -> FileResponse:
        """The demonstration lender's page with the chat in it."""
        return FileResponse(WIDGET / "index.html")


def _speak_errors(app: FastAPI) -> None:
    @app.exception_handler(RoomError)
    async def room_error(request: Request, error: RoomError) -> JSONResponse:
        """A room refused: its code, and words in the session's language."""
        status = error.status if isinstance(error, GatewayError) else STATUS.get(error.code, 500)
        return await problem(request, status, error.code)

    @app.exception_handler(RequestValidationError)
    async def invalid(request: Request, error: RequestValidationError) -> JSONResponse:
        """A body or parameter that is not as the interface has it."""
        return await problem(request, 422, "bad_request")

    @app.exception_handler(HTTPException)
    async def refused(request: Request, error: HTTPException) -> JSONResponse:
        """No such address or method, or a body out of bounds; those name their code."""
        known = "not_found" if error.status_code == 404 else "bad_request"
        code = error.detail if error.detail in ERRORS else known
        return await problem(request, error.status_code, code, error.headers)

    @app.exception_handler(Exception)
    async def unexpected(request: Request, error: Exception) -> JSONResponse:
        """A fault of ours: logged whole, told kindly."""
        log.error("request_failed", path=request.url.path, error=repr(error))
        return await problem(request, 500, "unexpected")


async def problem(
    request: Request, status: int, code: str, headers: Mapping[str, str] | None = None
) -> JSONResponse:
    """``{"code", "message"}`` in the session's language, else in the browser's."""
    message = error_text(code, await _language(request))
    return JSONResponse({"code": code, "message": message}, status, headers=headers)


async def _language(request: Request) -> str:
    known: str | None = getattr(request.state, "language", None)
    if known is None and (token := bearer(request)):
        # What is no request at all is refused before its session was looked at.
        with suppress(RoomError):
            gateway: Gateway = request.app.state.gateway
            known = (await run_in_threadpool(gateway.case_of, token)).language
    if known is None:
        wanted = request.headers.get("accept-language", "zh")
        known = "en" if wanted.lower().startswith("en") else "zh"
    return known
