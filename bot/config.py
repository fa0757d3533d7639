"""What the gateway needs to know about its surroundings."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

MAX_TEXT_CHARS = 4_000
MAX_FILE_BYTES = 20 * 1024 * 1024
MAX_PIXELS = 120_000_000
MAX_PAGES = 60


@dataclass(frozen=True, slots=True)
class GatewayConfig:
    """The gateway's settings.

    Attributes:
        rasa_url: Where the dialogue engine listens.
        actions_url: Where its action server listens.
        demo: Whether demonstration merchants may come in without a lender's token.
        demo_folder: The demonstration's pictures, served at ``/demo``.
        merchant_secret: The lender's shared secret for HS256 tokens (development); None for none.
        merchant_jwks: The lender's public keys, a path or an https address; None for none.
        secure_cookie: Whether the session cookie is for https only.
    """

    rasa_url: str
    actions_url: str
    demo: bool
    demo_folder: Path | None
    merchant_secret: str | None = None
    merchant_jwks: str | None = None
    secure_cookie: bool = False
