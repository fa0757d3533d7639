"""The analysts' side: a conversation replayed turn by turn, and the web console over it."""

from console.app import create_console
from console.config import ConsoleConfig, PagePictures
from console.replay import replay
from console.timeline import Timeline, Turn, TurnKind

__all__ = [
    "ConsoleConfig",
    "PagePictures",
    "Timeline",
    "Turn",
    "TurnKind",
    "create_console",
    "replay",
]
