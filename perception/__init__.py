"""A photo or file in, an Inspection out."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

from perception.errors import PerceptionError
from perception.voucher_files import FactFile, VoucherFile, voucher_files

if TYPE_CHECKING:
    from perception.files.sniff import sniff
    from perception.inspection import Inspection
    from perception.inspector import Inspector, inspect
    from perception.page.picture import PagePicture, page_picture
    from perception.wire import frames_json, from_json, to_json

__all__ = [
    "FactFile",
    "Inspection",
    "Inspector",
    "PagePicture",
    "PerceptionError",
    "VoucherFile",
    "frames_json",
    "from_json",
    "inspect",
    "page_picture",
    "sniff",
    "to_json",
    "voucher_files",
]

_AT = {
    "Inspection": "perception.inspection",
    "Inspector": "perception.inspector",
    "PagePicture": "perception.page.picture",
    "frames_json": "perception.wire",
    "from_json": "perception.wire",
    "inspect": "perception.inspector",
    "page_picture": "perception.page.picture",
    "sniff": "perception.files.sniff",
    "to_json": "perception.wire",
}


def __getattr__(name: str) -> Any:
    """What is asked for, loaded when it is.

    Whoever needs the voucher files only, as the conversation does, is spared the vision
    libraries: 50 MB and a second.

    Raises:
        AttributeError: The room has no such name.
    """
    if name not in _AT:
        raise AttributeError(f"perception has no {name}")
    return getattr(importlib.import_module(_AT[name]), name)
