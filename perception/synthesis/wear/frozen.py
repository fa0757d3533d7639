"""How strongly pages are worn: one frozen file."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import yaml

FILE = Path(__file__).parent / "strengths.yml"
SHA256 = "1bbc0ede6b38e423920dafc81f54ec65a9db284f2c3644c54f17cd4b7accbc1f"
"""Of ``strengths.yml``: whoever changes it measures again (``python -m bench.degradations``)."""


@dataclass(frozen=True, slots=True)
class Strengths:
    """The numbers of one chain, by the names in ``strengths.yml``."""

    values: dict[str, Any]

    def number(self, name: str) -> float:
        """One number."""
        return float(self.values[name])

    def between(self, name: str, rng: np.random.Generator) -> float:
        """A number by chance between the two that stand there."""
        low, high = self.values[name]
        return float(rng.uniform(low, high))

    def severity(self, rng: np.random.Generator) -> float:
        """How bad this picture is: log-normal, 1 being everyday."""
        spread = float(self.values.get("severity_spread", 0.5))
        drawn = self.number("severity_median") * float(np.exp(rng.normal(0, spread)))
        return min(drawn, float(self.values.get("severity_most", 3.0)))


@cache
def _file() -> dict[str, dict[str, Any]]:
    read: dict[str, dict[str, Any]] = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    return read


def strengths(form: str) -> Strengths:
    """Those of one chain.

    Raises:
        KeyError: No such chain.
    """
    return Strengths(_file()[form])


def file_hash() -> str:
    """SHA-256 of the file as it lies there."""
    return hashlib.sha256(FILE.read_bytes()).hexdigest()
