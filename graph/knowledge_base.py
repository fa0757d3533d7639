"""The experts' knowledge: industry files, general figures, and the words of the trades."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

from graph.files import read_general, read_industries, read_names, read_words
from graph.general import GeneralFile
from graph.industry import Industry, Match, Question
from graph.lexicon import Lexicon
from graph.matching import CLOSE, WEAK, Matcher
from graph.spelling import read_sounds

FOLDER = Path(__file__).parent / "knowledge"
NO_CODE = "0000"


class Knowledge:
    """Every trade that is known, by code and by word."""

    def __init__(
        self,
        industries: Mapping[str, Industry],
        general: GeneralFile,
        names: Mapping[str, str],
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
        names = read_names(folder / "gbt4754.csv")
        spoken = read_words(folder, names)
        industries = read_industries(folder / "industries", names)
        trades = dict(spoken.trades)
        for code, (_, words) in industries.items():
            trades[code] = [*words, *trades.get(code, [])]
        labels = {code: _labels(words) for code, words in trades.items()}
        with_names = {c: [*trades.get(c, ()), name] for c, name in names.items()}
        lexicon = Lexicon(with_names, spoken.ambiguous, spoken.goods)
        return cls(
            {code: industry for code, (industry, _) in industries.items()},
            read_general(folder / "general.yml"),
            names,
            Matcher(lexicon, names, labels, read_sounds(folder / "sounds.tsv")),
        )

    @property
    def codes(self) -> tuple[str, ...]:
        """The trades that have a file of their own."""
        return tuple(self._industries)

    def industry(self, code: str | None) -> Industry:
        """The trade's figures; where it has no file, those of its nearest group or section."""
        code = code or NO_CODE
        if code in self._industries:
            return self._industries[code]
        return self._general.industry(code, self._names.get(code, ""))

    def name(self, code: str) -> str:
        """The trade's name in the standard; empty where it is not known."""
        return self._names.get(code, "")

    def match(self, text: str, *, told: bool = False) -> tuple[Match, ...]:
        """The trades that a line may mean, best first; at most five, none where it names none.

        Args:
            text: What the merchant wrote.
            told: Whether the line answers what the trade is; then one guesses more freely.
        """
        return self._matcher.match(text, told=told)

    def ask_between(self, matches: tuple[Match, ...], language: str = "zh") -> str | None:
        """A question that tells two close matches apart; None where the first is clear."""
        if len(matches) < 2 or matches[0].confidence - matches[1].confidence > CLOSE:
            return None
        first, second = matches[:2]
        if second.confidence < WEAK or first.words != second.words:
            return None
        if language == "en":
            return f"Is it more like {first.label_en}, or {second.label_en}?"
        return f"您主要是做{first.label_zh}，还是{second.label_zh}？"

    def questions(self, code: str | None) -> tuple[Question, ...]:
        """What this trade is asked, the most telling first."""
        return self.industry(code).questions

    def question(self, code: str | None, slot: str) -> Question:
        """How this trade is asked for a slot.

        Raises:
            KeyError: Nobody knows how to ask for it.
        """
        for question in self.questions(code):
            if question.slot == slot:
                return question
        return self._general.question(slot).record()


def _labels(words: Sequence[str]) -> tuple[str, str]:
    chinese = next((w for w in words if not w.isascii()), words[0])
    return chinese, next((w for w in words if w.isascii()), chinese)


@cache
def knowledge() -> Knowledge:
    """The knowledge base of this installation, read once."""
    return Knowledge.load()
