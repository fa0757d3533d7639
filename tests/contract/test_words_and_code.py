"""Words and code agree: domain, responses, actions, errors, voucher and industry files."""

from __future__ import annotations

import inspect
import pkgutil
from importlib import import_module
from pathlib import Path

import pytest
import yaml
from rasa_sdk import Action

import actions
from actions.people import REASONS, RESPONSES
from actions.voice import Voice
from bailing.terms import RoomError, VoucherType
from bot.api import AnyJson
from bot.words import ERRORS
from graph import knowledge
from perception.voucher_files import voucher_files
from risk import load_policy


@pytest.fixture(scope="module")
def domain(project_root: Path) -> dict:
    return yaml.safe_load((project_root / "domain.yml").read_text(encoding="utf-8"))


def subclasses(kind: type) -> list[type]:
    found = []
    for child in kind.__subclasses__():
        found += [child, *subclasses(child)]
    return found


def action_names() -> list[str]:
    for module in pkgutil.walk_packages(actions.__path__, "actions."):
        import_module(module.name)
    ours = [c for c in subclasses(Action) if c.__module__.startswith("actions.")]
    return [c().name() for c in ours if not inspect.isabstract(c)]


def declared_actions(domain: dict) -> list[str]:
    return [next(iter(a)) if isinstance(a, dict) else a for a in domain["actions"]]


def test_every_action_has_one_class_and_every_class_an_action(domain: dict) -> None:
    names = action_names()
    assert len(names) == len(set(names))
    assert set(names) == set(declared_actions(domain))


def test_every_form_slot_can_be_asked_for(domain: dict) -> None:
    asked = {n.removeprefix("action_ask_") for n in declared_actions(domain)}
    for form in domain["forms"].values():
        assert set(form["required_slots"]) <= asked
        assert set(form["required_slots"]) <= set(domain["slots"])


def test_every_response_speaks_both_languages(domain: dict) -> None:
    voice = Voice.of_domain(Path(actions.__path__[0]).parent / "domain.yml")
    for name in domain["responses"]:
        for language in ("zh", "en"):
            assert voice._responses[name][language], f"{name} lacks {language}"


def test_no_response_shouts_or_speaks_of_system_errors(domain: dict) -> None:
    for name, variants in domain["responses"].items():
        for variant in variants:
            assert "！！" not in variant["text"], name
            assert "系统错误" not in variant["text"], name


def test_every_intent_has_examples_and_a_rule(domain: dict, project_root: Path) -> None:
    examples: dict[str, int] = {}
    for path in (project_root / "data/dialogue/nlu").glob("*.yml"):
        for item in yaml.safe_load(path.read_text(encoding="utf-8"))["nlu"]:
            lines = item["examples"].splitlines()
            examples[item["intent"]] = examples.get(item["intent"], 0) + len(lines)
    ruled = (project_root / "data/dialogue/rules.yml").read_text(encoding="utf-8")
    for intent in domain["intents"]:
        assert f"intent: {intent}\n" in ruled, f"no rule for {intent}"
        if not intent.startswith("system_"):
            assert examples.get(intent, 0) >= 15, f"few examples of {intent}"


def test_people_actions_have_their_words(domain: dict) -> None:
    assert set(REASONS) <= set(RESPONSES)
    assert set(RESPONSES.values()) <= set(domain["responses"])


def test_gateway_errors_have_words_in_both_languages() -> None:
    import bot.errors
    import casefile.errors

    ours = [c for c in subclasses(RoomError) if c.__module__ in ("bot.errors", "casefile.errors")]
    assert bot.errors
    assert casefile.errors
    bases = {"gateway", "casefile"}
    staff_only = {"name_taken", "unknown_staff"}
    for error in ours:
        if error.code not in bases | staff_only:
            assert all(ERRORS[error.code]), error.code


def test_what_perception_refuses_has_words_in_both_languages() -> None:
    from actions.weighing import FILE_FAULTS
    from perception.errors import ModelUnavailable, PerceptionError

    refusals = set(PerceptionError.__subclasses__()) - {ModelUnavailable}
    assert {error.code for error in refusals} == set(FILE_FAULTS) - {"inspection_failed"}
    assert all(all(words) for words in FILE_FAULTS.values())


def test_readable_vouchers_have_files() -> None:
    assert set(load_policy().readable_vouchers) == set(voucher_files())


def test_recommended_proofs_are_known_kinds() -> None:
    for code in ("5431", "5213", "5132", "6210"):
        industry = knowledge().industry(code)
        assert industry.questions
        assert {p.voucher_type for p in industry.proofs} <= set(VoucherType)


def test_three_industries_are_complete_with_sources() -> None:
    for code in ("5431", "5213", "5132"):
        industry = knowledge().industry(code)
        assert industry.known
        for spread in (industry.receivable_days, industry.inventory_days, industry.payable_days):
            assert len(spread.source) > 20
        assert len(industry.seasonality) == 12


def test_open_json_model_keeps_what_it_is_given() -> None:
    assert AnyJson(a=1).model_dump() == {"a": 1}
