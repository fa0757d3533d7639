"""The room's models: listed in ``models.yml``, each file's hash verified before it is opened."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

from perception.errors import ModelUnavailable

ROOM = Path(__file__).parent
LIST = ROOM / "models.yml"


class ModelEntry(BaseModel):
    """One model as the list states it."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    version: str
    file: str
    sha256: str
    input: str
    labels: tuple[str, ...]
    training_data: str
    metrics: str
    card: str
    licence: str


@dataclass(frozen=True, slots=True)
class Model:
    """A model's bytes, known to be the listed ones."""

    name: str
    entry: ModelEntry
    content: bytes

    @property
    def version(self) -> str:
        """``name@version``."""
        return f"{self.name}@{self.entry.version}"


def model_entries() -> dict[str, ModelEntry]:
    """Every listed model by its name.

    Raises:
        ModelUnavailable: The list is missing or malformed.
    """
    try:
        listed = yaml.safe_load(LIST.read_text(encoding="utf-8"))
        return {name: ModelEntry.model_validate(entry) for name, entry in listed.items()}
    except (OSError, yaml.YAMLError, ValidationError, AttributeError) as error:
        raise ModelUnavailable(str(error)) from error


def model_is_there(name: str) -> bool:
    """Whether a model is listed and its file installed: what is under the AGPL may be left out."""
    entry = model_entries().get(name)
    return entry is not None and (ROOM / entry.file).is_file()


def load_model(name: str) -> Model:
    """A model's bytes, once its hash has been verified.

    Raises:
        ModelUnavailable: It is not listed, its file is missing, or it is not the listed one.
    """
    entry = model_entries().get(name)
    if entry is None:
        raise ModelUnavailable(f"{name} is not listed")
    try:
        content = (ROOM / entry.file).read_bytes()
    except OSError as error:
        raise ModelUnavailable(name) from error
    if hashlib.sha256(content).hexdigest() != entry.sha256:
        raise ModelUnavailable(f"{name}: its hash is not the listed one")
    return Model(name, entry, content)


def list_model(name: str, entry: ModelEntry) -> None:
    """Put a newly trained model into the list, in place of its older version."""
    listed = yaml.safe_load(LIST.read_text(encoding="utf-8")) if LIST.exists() else {}
    listed[name] = entry.model_dump(mode="json")
    LIST.write_text(yaml.safe_dump(listed, sort_keys=False, allow_unicode=True), encoding="utf-8")


def file_hash(path: Path) -> str:
    """The SHA-256 of a file, in hexadecimal."""
    return hashlib.sha256(path.read_bytes()).hexdigest()
