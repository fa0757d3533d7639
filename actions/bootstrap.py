"""What the actions work with, given once by the process that serves them.

rasa-sdk builds each action without arguments, so the flow and the words come from here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from actions.case_flow import CaseFlow
    from actions.voice import Voice

_flow: CaseFlow | None = None
_voice: Voice | None = None


def configure(flow: CaseFlow, voice: Voice) -> None:
    """Give the actions what they work with; called once before serving."""
    global _flow, _voice
    _flow, _voice = flow, voice


def flow() -> CaseFlow:
    """The case flow of this process.

    Raises:
        RuntimeError: :func:`configure` was not called.
    """
    if _flow is None:
        raise RuntimeError("the actions were not configured")
    return _flow


def voice() -> Voice:
    """The words of this process.

    Raises:
        RuntimeError: :func:`configure` was not called.
    """
    if _voice is None:
        raise RuntimeError("the actions were not configured")
    return _voice
