"""``bailing decide``: the decision on applications."""

from __future__ import annotations

import json
from typing import Annotated, Any

import typer

from bailing.commands.lines import print_each, read_lines


def decide(
    source: Annotated[str, typer.Argument(help="a file, or - for standard input")] = "-",
    json_output: Annotated[bool, typer.Option("--json", help="one JSON object a line")] = False,
    language: Annotated[str, typer.Option(help="zh or en")] = "zh",
) -> None:
    """Decide each application (a JSON object a line)."""
    from actions.case_flow import figures_of
    from graph import knowledge
    from risk import application_of, load_policy, to_json
    from risk import decide as decide_one
    from risk.errors import ApplicationBroken

    known = knowledge()

    def answer(line: str) -> dict[str, Any]:
        try:
            body = json.loads(line)
            code = (body.get("profile") or {}).get("industry_code")
        except (ValueError, AttributeError) as error:
            raise ApplicationBroken(f"not a JSON object: {error}") from error
        code = code.get("value") if isinstance(code, dict) else code
        figures = figures_of(known.industry(str(code) if code else None))
        application = application_of(body, figures)
        policy = load_policy(body.get("policy"))
        return to_json(decide_one(application, policy=policy), language)

    lines = (line for line in read_lines(source) if line.strip())
    if json_output:
        raise typer.Exit(print_each(lines, answer))
    for line in lines:
        decision = answer(line)
        print(f"{decision['limit_cny']}  {decision['reasons'][0]['text']}", flush=True)
