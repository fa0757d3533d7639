"""What the console needs to know about its surroundings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

MIN_SECRET_BYTES = 32


class PagePictures(Protocol):
    """Makes pictures of files that merchants sent; the composition hands it in."""

    def __call__(
        self, content: bytes, page: int, turned: int, masked: bool, hide: Sequence[Sequence[int]]
    ) -> bytes:
        """One page as a JPEG, ``turned`` so many quarters to the left.

        A masked one is too coarse to read, with the boxes of ``hide`` (in the page's frame) as
        flat patches.

        Raises:
            RoomError: It cannot be shown.
        """


@dataclass(frozen=True, slots=True)
class ConsoleConfig:
    """The console's settings.

    Attributes:
        secret: Signs cookies and form tokens; 32 bytes or more, for nothing else.
        session_hours: How long a log-in lasts.
        secure_cookie: Cookies for https only, also where the connection here is plain.

    Raises:
        ValueError: A secret that is too short, or a session without length.
    """

    secret: bytes
    session_hours: float = 8.0
    secure_cookie: bool = False

    def __post_init__(self) -> None:
        if len(self.secret) < MIN_SECRET_BYTES:
            raise ValueError(f"the console's secret has at least {MIN_SECRET_BYTES} bytes")
        if not 0 < self.session_hours <= 24 * 7:
            raise ValueError(f"a session of {self.session_hours} hours")
