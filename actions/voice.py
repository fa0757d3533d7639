"""The words that Bailing says, taken from the domain's responses.

Rasa's own generator draws a variant at random and so may say the same sentence twice running.
Here the variant follows the number of the turn, and the language is the case's.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml

Button = Mapping[str, str]


class Voice:
    """Responses by name and language.

    Args:
        responses: Name to language to the variants' texts.
    """

    def __init__(self, responses: Mapping[str, Mapping[str, Sequence[str]]]) -> None:
        self._responses = responses

    @classmethod
    def of_domain(cls, path: Path) -> Voice:
        """The responses of a Rasa domain file."""
        domain = yaml.safe_load(path.read_text(encoding="utf-8"))
        responses: dict[str, dict[str, list[str]]] = {}
        for name, variants in domain["responses"].items():
            for variant in variants:
                language = variant["condition"][0]["value"]
                responses.setdefault(name, {}).setdefault(language, []).append(variant["text"])
        return cls(responses)

    def has(self, name: str) -> bool:
        """Whether there is a response of this name."""
        return name in self._responses

    def say(self, name: str, language: str, turn: int = 0, **values: Any) -> str:
        """The words of a response in ``zh`` or ``en``, filled in.

        Args:
            name: The response, e.g. ``utter_limit``.
            language: The case's language.
            turn: A number that grows with every turn; it picks the variant.
            **values: What the text's braces name.

        Raises:
            KeyError: No such response, or a value is missing.
        """
        variants = self._responses[name][language]
        return variants[turn % len(variants)].format_map(values)


def yuan(amount: Any) -> str:
    """An amount in yuan with thousands separators and without needless zeros."""
    return f"{amount:,.0f}" if not isinstance(amount, str) else f"{float(amount):,.0f}"
