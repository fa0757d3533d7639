"""The analysts' side: a conversation replayed turn by turn, and the web console over it."""

from console.replay import replay
from console.timeline import Timeline, Turn, TurnKind

__all__ = ["Timeline", "Turn", "TurnKind", "replay"]
