"""Taking sentences out of what is kept, wherever in a row's JSON they stand."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

ERASED = {"zh": "（已撤回的资料）", "en": "(a paper that was taken back)"}
"""What stands where a sentence told of a withdrawn proof, by language."""


def replaced(value: Any, words: Mapping[str, str]) -> Any:
    """The same JSON value with each of these sentences replaced in every text of it."""
    if isinstance(value, str):
        for told, instead in words.items():
            value = value.replace(told, instead)
        return value
    if isinstance(value, Mapping):
        return {key: replaced(one, words) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [replaced(one, words) for one in value]
    return value
