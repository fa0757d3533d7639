"""``bailing decide``: the decision on applications."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bailing.commands.lines import print_each, read_lines
from bailing.terms import Language

if TYPE_CHECKING:
    from risk import IndustryFigures

    IndustryLookup = Callable[[str | None], IndustryFigures]


def decide(
    source: Annotated[str, typer.Argument(help="a file, or - for standard input")] = "-",
    json_output: Annotated[bool, typer.Option("--json", help="one JSON object a line")] = False,
    language: Annotated[Language, typer.Option(help="of texts and titles")] = Language.ZH,
) -> None:
    """Decide each application (a JSON object a line)."""
    from actions.underwriting import figures_of
    from graph import knowledge

    known = knowledge()

    def lookup(code: str | None) -> IndustryFigures:
        return figures_of(known.industry(code))

    def answer(line: str) -> dict[str, Any]:
        return decide_line(line, language=language, industry_lookup=lookup)

    lines = (line for line in read_lines(source) if line.strip())
    if json_output:
        raise typer.Exit(print_each(lines, answer))
    for line in lines:
        decision = answer(line)
        print(f"{decision['limit_cny']}  {decision['reasons'][0]['text']}", flush=True)


def decide_line(
    line: str,
    *,
    language: str = "zh",
    industry_lookup: IndustryLookup | None = None,
) -> dict[str, Any]:
    """The decision on one application, a JSON object.

    Args:
        line: ``{"profile", "current_limit_cny", "facts", "policy"}``, where ``policy`` is the
            path of a policy file, or null for the standard one.
        language: Of texts and titles, ``zh`` or ``en``.
        industry_lookup: A trade's figures by its code; cautious general ones without it.

    Returns:
        The ``decision`` event's body with ``features``. The same line under the same policy and
        models has the same ``decision_id``.

    Raises:
        ApplicationBroken: The line is no application.
        PolicyBroken: Its policy cannot be read.
    """
    from risk import application_of, load_policy, to_json
    from risk import decide as decide_one
    from risk.errors import ApplicationBroken

    try:
        body = json.loads(line)
        profile = body.get("profile") or {}
        code = profile.get("industry_code")
        policy_path = body.get("policy")
    except (ValueError, AttributeError, RecursionError) as error:
        raise ApplicationBroken(f"not a JSON object with a profile: {error}") from error
    code = code.get("value") if isinstance(code, dict) else code
    figures = industry_lookup(str(code) if code else None) if industry_lookup else None
    if policy_path is not None and not isinstance(policy_path, str):
        raise ApplicationBroken("policy is the path of a policy file, or null")
    application = application_of(body, figures)
    decision = decide_one(application, policy=load_policy(policy_path))
    key = json.dumps([body, decision.policy_version, decision.models], sort_keys=True)
    name = f"dec_{hashlib.sha256(key.encode()).hexdigest()[:16]}"
    return to_json(decision, language, decision_id=name)
