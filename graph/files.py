"""Reads the knowledge base's files; what is not as it must be is named with file and place."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from graph.errors import KnowledgeBroken
from graph.general import GeneralFile
from graph.industry import Industry
from graph.schema import Code, IndustryFile

Confidence = Annotated[float, Field(gt=0, le=1)]


class _Good(BaseModel):
    model_config = ConfigDict(extra="forbid")

    words: list[str] = Field(min_length=1)
    retail: Code | None = None
    wholesale: Code | None = None
    make: Code | None = None
    grow: Code | None = None
    repair: Code | None = None
    rent: Code | None = None
    haul: Code | None = None


class _Words(BaseModel):
    trades: dict[Code, list[str]]
    ambiguous: dict[str, dict[Code, Confidence]]  # empty: hides shorter words
    goods: list[_Good]


@dataclass(frozen=True, slots=True)
class SpokenWords:
    """The merchants' words, checked against the standard's codes."""

    trades: Mapping[str, list[str]]
    ambiguous: Mapping[str, Mapping[str, float]]
    goods: list[Mapping[str, object]]


def read_names(path: Path) -> dict[str, str]:
    """Official name by four-digit code.

    Raises:
        KnowledgeBroken: There is no such file.
    """
    try:
        with path.open(encoding="utf-8", newline="") as file:
            return {row["code"]: row["name"] for row in csv.DictReader(file)}
    except (OSError, KeyError) as error:
        raise KnowledgeBroken(f"{path.name}: {error}") from error


def read_words(folder: Path, names: Mapping[str, str]) -> SpokenWords:
    """The words of trades.yml, ambiguous.yml and goods.yml.

    Raises:
        KnowledgeBroken: A code that the standard does not have, or another shape.
    """
    parts = ("trades", "ambiguous", "goods")
    raw = {part: read_yaml(folder / f"{part}.yml") for part in parts}
    try:
        words = _Words.model_validate(raw)
    except ValidationError as error:
        raise KnowledgeBroken(f"words: {error}") from error
    goods: list[Mapping[str, object]] = raw["goods"]  # in the file's order of ways
    codes = set(words.trades)
    codes |= {code for meanings in words.ambiguous.values() for code in meanings}
    codes |= {str(code) for g in goods for key, code in g.items() if key != "words"}
    _known(codes, names, "words")
    return SpokenWords(words.trades, words.ambiguous, goods)


def read_industries(
    folder: Path, names: Mapping[str, str]
) -> dict[str, tuple[Industry, list[str]]]:
    """Every industry file by its code: the trade, and the words for it.

    Raises:
        KnowledgeBroken: A file is not as it must be.
    """
    industries = {}
    for path in sorted(folder.glob("*.yml")):
        try:
            file = IndustryFile.model_validate(read_yaml(path))
            industry = file.record()
        except (ValidationError, ValueError) as error:
            raise KnowledgeBroken(f"{path.name}: {error}") from error
        if file.code != path.stem:
            raise KnowledgeBroken(f"{path.name} states the code {file.code}")
        partners = [*industry.suppliers, *industry.customers]
        _known({file.code, *(p.code for p in partners if p.code)}, names, path.name)
        industries[file.code] = (industry, [*file.words, *file.words_en])
    return industries


def read_general(path: Path) -> GeneralFile:
    """The general figures.

    Raises:
        KnowledgeBroken: The file is not as it must be.
    """
    try:
        return GeneralFile.model_validate(read_yaml(path))
    except ValidationError as error:
        raise KnowledgeBroken(f"{path.name}: {error}") from error


def read_yaml(path: Path) -> Any:
    """A file's content.

    Raises:
        KnowledgeBroken: It cannot be read, or is no YAML.
    """
    try:
        return yaml.load(path.read_text(encoding="utf-8"), Loader=_LOADER)
    except (OSError, yaml.YAMLError) as error:
        raise KnowledgeBroken(f"{path.name}: {error}") from error


_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""The safe loader, in C where PyYAML has it: ten times as quick."""


def _known(codes: set[str], names: Mapping[str, str], where: str) -> None:
    if missing := sorted(codes - set(names)):
        raise KnowledgeBroken(f"{where}: codes that the standard does not have: {missing}")
