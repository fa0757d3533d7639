"""The time and the identifiers of the credit file."""

import secrets
from datetime import UTC, datetime


def now() -> datetime:
    """The time, aware and in UTC."""
    return datetime.now(UTC)


def new_id(prefix: str) -> str:
    """A new random identifier, e.g. ``ev_5f0c…`` (96 random bits)."""
    return f"{prefix}_{secrets.token_hex(12)}"
