"""The one command, ``bailing``. Each subcommand imports its room when it is called."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from bailing.settings import Settings

app = typer.Typer(
    name="bailing", no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False
)


@app.command()
def up() -> None:
    """Start everything and keep it running until Ctrl-C."""
    from bailing.logs import configure_logging
    from bailing.training import TrainingFailed, train
    from bailing.up import PortTaken
    from bailing.up import up as start

    configure_logging()
    settings = Settings()
    try:
        train(settings)
        raise typer.Exit(start(settings))
    except (PortTaken, TrainingFailed) as error:
        print(str(error), file=sys.stderr)
        raise typer.Exit(1) from error


@app.command()
def train() -> None:
    """Train the dialogue model if its inputs have changed."""
    from bailing.training import TrainingFailed
    from bailing.training import train as train_now

    try:
        train_now(Settings())
    except TrainingFailed as error:
        print(str(error), file=sys.stderr)
        raise typer.Exit(1) from error


@app.command(hidden=True)
def serve(part: Annotated[str, typer.Argument(help="web, actions or worker")]) -> None:
    """Run one of the processes that `bailing up` supervises."""
    from bailing.logs import configure_logging
    from bailing.serve import SERVE

    configure_logging()
    SERVE[part](Settings())


def _register() -> None:
    from bailing.commands.registry import COMMANDS, GROUPS

    for name, command in COMMANDS.items():
        app.command(name)(command)
    for name, group in GROUPS.items():
        app.add_typer(group, name=name)


def main() -> None:
    """The entry point of the ``bailing`` script."""
    _register()
    app()


if __name__ == "__main__":
    main()
