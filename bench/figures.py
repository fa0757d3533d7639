"""How a bench prints what it measured."""

from __future__ import annotations

import json
import statistics
from collections.abc import Mapping, Sequence

import numpy as np


def p50_p95(name: str, measured: Sequence[float], digits: int) -> dict[str, float]:
    """Median and 95th percentile of what was measured, by name."""
    return {
        f"{name}_p50": round(statistics.median(measured), digits),
        f"{name}_p95": round(float(np.percentile(measured, 95)), digits),
    }


def show(figures: Mapping[str, object], *, as_json: bool) -> None:
    """A figure a line, or one JSON object."""
    if as_json:
        print(json.dumps(figures))
        return
    for name, value in figures.items():
        print(f"{name:28} {value}")
