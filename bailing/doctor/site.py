"""What the doctor looks at: the project's folder and its settings, wrong ones among them."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from dotenv import dotenv_values
from pydantic import ValidationError

from bailing.settings import ROOT, Settings

PREFIX = "BAILING_"
_PASSWORD = re.compile(r"(://[^/\s:@]*:)[^@\s]+@")


@dataclass(frozen=True, slots=True)
class Site:
    """One installation on one machine, as the doctor finds it.

    Attributes:
        root: The project's folder.
        settings: The settings; a wrong one has its default here.
        faults: What is wrong with the settings, by the variable's name; no values.
        named: Every variable of ours that is set, upper case, and where.
    """

    root: Path
    settings: Settings
    faults: Mapping[str, str]
    named: Mapping[str, str]

    def show(self, path: Path) -> str:
        """A path as short as it can be said: from the project's folder where it lies there."""
        return str(path.relative_to(self.root)) if path.is_relative_to(self.root) else str(path)

    def conceal(self, words: str) -> str:
        """The same words without passwords of addresses and without the settings' secrets."""
        for secret in (self.settings.merchant_secret, self.settings.graph_password):
            words = words.replace(secret, "***") if secret else words
        return _PASSWORD.sub(r"\1***@", words)


def read_site() -> Site:
    """This installation, from the environment and ``.env``."""
    settings, faults = _settings()
    named = {name.upper(): "the environment" for name in os.environ}
    for name in _dotenv():
        named.setdefault(name.upper(), ".env")
    ours = {name: where for name, where in named.items() if name.startswith(PREFIX)}
    return Site(ROOT, settings, faults, ours)


def _settings() -> tuple[Settings, dict[str, str]]:
    faults: dict[str, str] = {}
    try:
        return Settings(), faults
    except ValidationError as error:
        wrong = {str(e["loc"][0]): e["msg"] for e in error.errors()}
        faults = {f"{PREFIX}{name.upper()}": said for name, said in wrong.items()}
        instead = {name: Settings.model_fields[name].default for name in wrong}
        return Settings(**instead), faults
    except (OSError, UnicodeDecodeError) as error:
        return Settings(_env_file=None), {".env": f"it cannot be read ({error})"}


def _dotenv() -> list[str]:
    try:
        return list(dotenv_values(ROOT / ".env"))
    except (OSError, UnicodeDecodeError):
        return []
