"""What the console refuses.

RoomError
└── ConsoleError
    └── UnknownCase   unknown_case
"""

from bailing.terms import RoomError


class ConsoleError(RoomError):
    """Anything that the console refuses."""

    code = "console"


class UnknownCase(ConsoleError):
    """No case of this id."""

    code = "unknown_case"
