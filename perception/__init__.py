"""A photo or file in, an Inspection out."""

from perception.errors import PerceptionError
from perception.files.sniff import sniff
from perception.inspection import Inspection
from perception.inspector import Inspector, inspect
from perception.page.picture import PagePicture, page_picture
from perception.wire import frames_json, from_json, to_json

__all__ = [
    "Inspection",
    "Inspector",
    "PagePicture",
    "PerceptionError",
    "frames_json",
    "from_json",
    "inspect",
    "page_picture",
    "sniff",
    "to_json",
]
