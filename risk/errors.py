"""What can go wrong in the risk room.

RoomError
└── RiskError
    ├── ApplicationBroken   application_broken
    ├── PolicyBroken        policy_broken
    └── ModelUnavailable    model_unavailable
"""

from bailing.terms import RoomError


class RiskError(RoomError):
    """Anything that the risk room refuses."""

    code = "risk"


class ApplicationBroken(RiskError):
    """An application that cannot be scored; the message says where."""

    code = "application_broken"


class PolicyBroken(RiskError):
    """A policy file that is not as it must be."""

    code = "policy_broken"


class ModelUnavailable(RiskError):
    """A model's file is missing or is not the one that was listed."""

    code = "model_unavailable"
