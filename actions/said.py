"""What a merchant told of the business: noted once, asked for, said back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from actions.quantity import read_quantities, say_quantity
from actions.statements import read_statements, simple_trade_words
from bailing.terms import Quantity
from casefile import CaseFile, Ledger, ProfileValue, Source
from graph import Knowledge, Match, Question

LANGUAGES = ("zh", "en")
NOTE, BETWEEN = "note", "between"
"""Names of effects: a line noted, by its message; two trades asked about, once a case."""

Value = Quantity | str


@dataclass(frozen=True, slots=True)
class Heard:
    """What a message stated, said back shortly; empty words when it stated nothing."""

    words: str = ""
    unsure: bool = False


class Said:
    """The review's questions and their answers, over the credit file and the trades' files."""

    def __init__(self, casefile: CaseFile, knowledge: Knowledge) -> None:
        self._casefile = casefile
        self._knowledge = knowledge

    def note(
        self,
        case_id: str,
        message_id: str,
        text: str,
        *,
        asked: str | None,
        intent: str,
        industry_words: str | None,
    ) -> dict[str, Any]:
        """Write down what a line states; slot to its value as the dialogue keeps it.

        Args:
            case_id: The case.
            message_id: The message; noted once, however often it is put.
            text: The merchant's words.
            asked: The slot that was asked for last.
            intent: What was understood; having no such proof says nothing of the trade.
            industry_words: The words that the dialogue engine takes for a trade.
        """
        with self._casefile.read() as ledger:
            known = text_of(ledger.cases.profile(case_id), "industry_code")
            before = ledger.mail.effect(case_id, BETWEEN)
            last = ledger.mail.last_effect(case_id, NOTE)
        trades = _Trades(
            knowledge=self._knowledge,
            told=asked == "industry_words",
            known=known,
            named=before["words"] if before else None,
            hint=industry_words,
            off=intent == "lack_voucher",
        )
        read = read_statements(
            text,
            asked=asked,
            told=tuple(last["slots"]) if last else (),
            industry_code=known,
            trade_words=trades.words_in,
        )
        stated = dict(read.updates)
        trade = trades.meant(stated.get("industry_words"))
        between = None if known or before else self._between(trades, stated)
        if not stated:
            return {}
        with self._casefile.begin() as ledger:
            if (done := ledger.mail.effect(message_id, NOTE)) is not None:
                return dict(done["slots"])
            if between:
                ledger.mail.keep_effect(case_id, case_id, BETWEEN, between)
                stated.pop("industry_words")
            elif trade and known == trade.code and _named_before(ledger, case_id):
                stated.pop("industry_words")
            slots: dict[str, Any] = {}
            for slot, value in stated.items():
                slots[slot] = self._note_one(ledger, case_id, message_id, slot, value)
            if "industry_words" in slots and trade:
                slots["industry_code"] = self._note_one(
                    ledger, case_id, message_id, "industry_code", trade.code
                )
            noted = {"slots": slots, "words": _noted(stated), "unsure": read.unsure}
            ledger.mail.keep_effect(case_id, message_id, NOTE, noted)
        return slots

    def _between(self, trades: _Trades, stated: Mapping[str, Value]) -> dict[str, Any] | None:
        """The question that tells two close trades apart; None where the trade is clear."""
        words = stated.get("industry_words")
        matches = trades.found.get(str(words), ())
        question = self._knowledge.ask_between(matches)
        if question is None:
            return None
        return {
            "words": words,
            "zh": question,
            "en": self._knowledge.ask_between(matches, "en"),
            "titles_zh": [m.label_zh for m in matches[:2]],
            "titles_en": [m.label_en for m in matches[:2]],
        }

    def between(self, case_id: str) -> Mapping[str, Any] | None:
        """The question that tells this merchant's two likely trades apart; None without one."""
        with self._casefile.read() as ledger:
            return ledger.mail.effect(case_id, BETWEEN)

    def _note_one(
        self, ledger: Ledger, case_id: str, message_id: str, slot: str, value: Value
    ) -> Any:
        if isinstance(value, Quantity):
            kept: Any = {"low": float(value.low), "high": float(value.high)}
            unit: str | None = value.unit.value
        else:
            kept, unit = value, None
        ledger.cases.note(case_id, slot, kept, unit=unit, source=Source.SAID, message_id=message_id)
        return kept

    def heard(self, case_id: str, message_id: str) -> Heard:
        """What this message stated, to be said back."""
        with self._casefile.read() as ledger:
            language = ledger.cases.get(case_id).language
            done = ledger.mail.effect(message_id, NOTE)
        return Heard(str(done["words"][language]), bool(done["unsure"])) if done else Heard()

    def questions(self, case_id: str) -> list[str]:
        """The slots that the review asks for in this trade; a year's sales answer for a month's."""
        with self._casefile.read() as ledger:
            profile = ledger.cases.profile(case_id)
        code = text_of(profile, "industry_code")
        asked = [] if code or text_of(profile, "industry_words") else ["industry_words"]
        known = {"monthly_sales_cny"} if "annual_sales_cny" in profile else set()
        return asked + [q.slot for q in self._knowledge.questions(code) if q.slot not in known]

    def known_slots(self, case_id: str) -> dict[str, Any]:
        """Slots that the credit file holds already, as the dialogue keeps them."""
        with self._casefile.read() as ledger:
            return {s: v.value for s, v in ledger.cases.profile(case_id).items()}

    def question(self, case_id: str, slot: str) -> Question:
        """How this merchant is asked for a slot."""
        with self._casefile.read() as ledger:
            code = text_of(ledger.cases.profile(case_id), "industry_code")
        return self._knowledge.question(code, slot)


@dataclass(slots=True)
class _Trades:
    """The trades that parts of one line name, as the reader of statements comes upon them.

    Attributes:
        knowledge: Where the trades' words are kept.
        told: Whether the line answers what the trade is.
        known: The trade's code as known so far.
        named: Goods that were asked about: 五金, to be told apart by 零售 or 批发.
        hint: The words that the dialogue engine takes for a trade.
        off: Whether the line says nothing of the trade.
        found: What was found so far, by its words.
    """

    knowledge: Knowledge
    told: bool
    known: str | None
    named: str | None
    hint: str | None
    off: bool
    found: dict[str, tuple[Match, ...]] = field(default_factory=dict)

    def words_in(self, line: str) -> str | None:
        """The words that name a trade in a part of the line; None without any."""
        if not self.off and (matches := self._match(line)):
            self.found[matches[0].words] = matches
            return matches[0].words
        if words := simple_trade_words(line):
            return words
        named = self.hint and self.hint in line and not read_quantities(self.hint)
        return self.hint if named else None

    def meant(self, words: Value | None) -> Match | None:
        """The trade that words stand for: the lender's, where it is as good as the first."""
        matches = self.found.get(str(words), ())
        if self.knowledge.ask_between(matches):
            return next((m for m in matches[:2] if m.code == self.known), matches[0])
        return matches[0] if matches else None

    def _match(self, line: str) -> tuple[Match, ...]:
        if self.named and self.told and self.named not in line:
            return self.knowledge.match(f"{self.named}{line.strip()}", told=True)
        return self.knowledge.match(line, told=self.told)


def _named_before(ledger: Ledger, case_id: str) -> bool:
    return text_of(ledger.cases.said(case_id), "industry_words") is not None


def text_of(profile: Mapping[str, ProfileValue], slot: str) -> str | None:
    """A slot's words; None where it holds none."""
    value = profile[slot].value if slot in profile else None
    return value if isinstance(value, str) else None


def _noted(stated: Mapping[str, Value]) -> dict[str, str]:
    hidden = {"purpose", "region"} if len(stated) > 2 else set()
    words = {}
    for language in LANGUAGES:
        said = [
            say_quantity(v, language) if isinstance(v, Quantity) else v
            for s, v in stated.items()
            if s not in hidden
        ]
        words[language] = ("、" if language == "zh" else ", ").join(said)
    return words
