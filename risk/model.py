"""The PD prior: loaded once, its file's hash verified first."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import numpy as np
import xgboost as xgb
import yaml

from risk.errors import ModelUnavailable
from risk.features import NAMES

ROOM = Path(__file__).parent


class PdPrior:
    """Log-odds of a case beside the mean of the loans that it was trained on."""

    def __init__(self, entry: dict[str, object], booster: xgb.Booster) -> None:
        calibration: dict[str, float] = entry["calibration"]  # type: ignore[assignment] # YAML
        self._slope, self._intercept = calibration["slope"], calibration["intercept"]
        self._mean = float(entry["mean_logit"])  # type: ignore[arg-type] # YAML number
        self._booster = booster
        self.version = f"pd_prior@{entry['version']}"

    def relative_log_odds(self, rows: Sequence[np.ndarray]) -> np.ndarray:
        """Calibrated log-odds minus the population's mean, one for each row of features."""
        matrix = np.stack(rows)
        margin = self._booster.inplace_predict(matrix, predict_type="margin")
        relative: np.ndarray = self._slope * margin + self._intercept - self._mean
        return relative


@cache
def pd_prior() -> PdPrior:
    """The committed model.

    Raises:
        ModelUnavailable: Its file is missing, or is not the one that was listed.
    """
    entry = yaml.safe_load((ROOM / "models.yml").read_text(encoding="utf-8"))["pd_prior"]
    path = ROOM / entry["file"]
    try:
        content = path.read_bytes()
    except OSError as error:
        raise ModelUnavailable("pd_prior") from error
    if hashlib.sha256(content).hexdigest() != entry["sha256"]:
        raise ModelUnavailable("pd_prior: hash differs")
    booster = xgb.Booster({"nthread": 1})
    booster.load_model(bytearray(content))
    if entry["input"] != list(NAMES):
        raise ModelUnavailable("pd_prior: other features")
    return PdPrior(entry, booster)
