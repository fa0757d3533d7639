"""A photo or file in, an Inspection out."""

from perception.inspection import Inspection
from perception.inspector import Inspector, inspect
from perception.wire import to_json

__all__ = ["Inspection", "Inspector", "inspect", "to_json"]
