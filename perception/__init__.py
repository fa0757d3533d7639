"""A photo or file in, an Inspection out."""

from perception.errors import PerceptionError
from perception.inspection import Inspection
from perception.inspector import Inspector, inspect
from perception.sniff import sniff
from perception.wire import from_json, to_json

__all__ = [
    "Inspection",
    "Inspector",
    "PerceptionError",
    "from_json",
    "inspect",
    "sniff",
    "to_json",
]
