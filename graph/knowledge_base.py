"""The experts' knowledge: industry files, general figures, and the words of the trades."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from graph.errors import KnowledgeBroken
from graph.industry import Industry, Match, Question
from graph.matching import CLOSE, Matcher
from graph.schema import IndustryFile, QuestionFile, read_general

FOLDER = Path(__file__).parent / "knowledge"


class Knowledge:
    """Every trade that is known, by code and by word."""

    def __init__(
        self,
        industries: dict[str, Industry],
        general: dict[str, Any],
        names: dict[str, str],
        matcher: Matcher,
    ) -> None:
        self._industries = industries
        self._general = general
        self._names = names
        self._matcher = matcher

    @classmethod
    def load(cls, folder: Path = FOLDER) -> Knowledge:
        """Read and check every file.

        Raises:
            KnowledgeBroken: A file is not as it must be.
        """
        words: dict[str, list[str]] = _yaml(folder / "trades.yml")
        industries: dict[str, Industry] = {}
        for path in sorted((folder / "industries").glob("*.yml")):
            try:
                file = IndustryFile.model_validate(_yaml(path))
            except ValidationError as error:
                raise KnowledgeBroken(f"{path.name}: {error}") from error
            if file.code != path.stem:
                raise KnowledgeBroken(f"{path.name} states the code {file.code}")
            industries[file.code] = file.record()
            words[file.code] = [file.name, *file.words, *file.words_en]
        names = {code: listed[0] for code, listed in words.items()}
        return cls(industries, _yaml(folder / "general.yml"), names, Matcher(words))

    def industry(self, code: str | None) -> Industry:
        """The trade's figures; general ones where it has no file of its own."""
        if code in self._industries:
            return self._industries[code]
        code = code or "0000"
        return read_general(self._general, code, self._names.get(code, ""))

    def name(self, code: str) -> str:
        """The trade's name in the standard; empty where it is not known."""
        return self._names.get(code, "")

    def match(self, text: str) -> tuple[Match, ...]:
        """The trades that a line may mean, best first."""
        return self._matcher.match(text)

    def ask_between(self, matches: tuple[Match, ...], language: str = "zh") -> str | None:
        """A question that tells two close matches apart; None where the first is clear."""
        if len(matches) < 2 or matches[0].confidence - matches[1].confidence > CLOSE:
            return None
        first, second = matches[0].name, matches[1].name
        if language == "en":
            return f"Is it more like {first} or {second}?"
        return f"您主要是做{first}，还是{second}？"

    def question(self, code: str | None, slot: str) -> Question:
        """How this trade is asked for a slot.

        Raises:
            KeyError: Nobody knows how to ask for it.
        """
        for question in self.industry(code).questions:
            if question.slot == slot:
                return question
        return QuestionFile(slot=slot, **self._general["questions"][slot]).record()


def _yaml(path: Path) -> Any:
    return yaml.safe_load(path.read_text(encoding="utf-8"))


@cache
def knowledge() -> Knowledge:
    """The knowledge base of this installation, read once."""
    return Knowledge.load()
