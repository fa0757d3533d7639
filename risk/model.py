"""The PD prior: loaded once, its file's hash verified first."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import numpy as np
import xgboost as xgb
import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

from risk.errors import ModelUnavailable
from risk.features import NAMES

ROOM = Path(__file__).parent
NAME = "pd_prior"


class Calibration(BaseModel):
    """Platt's: log-odds = slope x margin + intercept."""

    slope: float
    intercept: float


class Listed(BaseModel):
    """A model's entry in ``models.yml``; what serving does not need is not kept."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    version: str
    file: str
    sha256: str
    input: tuple[str, ...]
    calibration: Calibration
    mean_logit: float


class PdPrior:
    """Log-odds of a case beside the mean of the loans that it was trained on."""

    def __init__(self, listed: Listed, booster: xgb.Booster) -> None:
        self._listed = listed
        self._booster = booster
        self.version = f"{NAME}@{listed.version}"

    def relative_log_odds(self, rows: Sequence[np.ndarray]) -> np.ndarray:
        """Calibrated log-odds minus the population's mean, one for each row of features."""
        margin = self._booster.inplace_predict(np.stack(rows), predict_type="margin")
        calibration = self._listed.calibration
        relative: np.ndarray = (
            calibration.slope * margin + calibration.intercept - self._listed.mean_logit
        )
        return relative


@cache
def pd_prior() -> PdPrior:
    """The committed model."""
    return load(ROOM)


def load(room: Path) -> PdPrior:
    """The model that ``models.yml`` in this folder lists.

    Raises:
        ModelUnavailable: Its file is missing, or is not the one that was listed.
    """
    try:
        text = (room / "models.yml").read_text(encoding="utf-8")
        listed = Listed.model_validate(yaml.safe_load(text)[NAME])
        content = (room / listed.file).read_bytes()
    except (OSError, KeyError, TypeError, yaml.YAMLError, ValidationError) as error:
        raise ModelUnavailable(f"{NAME}: {error}") from error
    if hashlib.sha256(content).hexdigest() != listed.sha256:
        raise ModelUnavailable(f"{NAME}: its file is not the one that was listed")
    if listed.input != NAMES:
        raise ModelUnavailable(f"{NAME}: it takes other features")
    booster = xgb.Booster({"nthread": 1})
    booster.load_model(bytearray(content))
    return PdPrior(listed, booster)
