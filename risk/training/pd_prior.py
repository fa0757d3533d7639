"""Train the PD prior on real small-business loans (US SBA), and say how good it is.

    python -m risk.training.pd_prior --data FOLDER

FOLDER holds ``datasets/risk/sba``. Validation is out of time: trained on approvals up to 2005,
tested on 2006 to 2008, and on the natural rate of a second file whose loans were not seen. The
model that is kept is trained on 1990 to 2008: earlier years hold few loans, and of later ones
only those that ended early are known.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import xgboost as xgb
import yaml

from risk.features import NAMES
from risk.sectors import SECTIONS
from risk.training.loans import POPULATION_BAD_RATE, Loans, read_loans, weights_by_year
from risk.training.measures import by_group, measure

VERSION = "2"
SEED = 20_261_125
FIRST_YEAR, LAST_TRAINING_YEAR, LAST_YEAR = 1990, 2005, 2008
UNION, SECOND = "SBAnational_union_versions.csv.gz", "SBAnational_aidana_sample.csv"
SIGNS = {"log_staff": -1, "log_amount": 1, "new_business": 1}
"""More people: safer; asking for more, being new: never safer (see the card)."""
PARAMETERS: dict[str, Any] = {
    "objective": "binary:logistic",
    "max_depth": 3,
    "eta": 0.08,
    "subsample": 0.8,
    "colsample_bytree": 0.8,
    "min_child_weight": 40,
    "lambda": 5.0,
    "seed": SEED,
    "nthread": 1,
}
ROUNDS, FOLDS = 150, 5
BLANKED, SECTION_BLANKED = 0.25, 0.1
"""Shares of features blanked at random: what a merchant has not told is met in training too."""


@dataclass(frozen=True, slots=True)
class Trained:
    """A booster with its Platt calibration: PD = sigmoid(slope x margin + intercept)."""

    booster: xgb.Booster
    slope: float
    intercept: float

    def log_odds(self, x: np.ndarray) -> np.ndarray:
        """Calibrated log-odds of rows of features."""
        margin = self.booster.predict(_matrix(x), output_margin=True)
        log_odds: np.ndarray = self.slope * margin + self.intercept
        return log_odds

    def pd(self, x: np.ndarray) -> np.ndarray:
        """Calibrated probabilities."""
        probability: np.ndarray = 1 / (1 + np.exp(-self.log_odds(x)))
        return probability


def train(loans: Loans, signs: dict[str, int] = SIGNS) -> Trained:
    """A booster, calibrated on margins of folds that it was not fitted to."""
    weight = weights_by_year(loans.bad, loans.years)
    fold = np.random.default_rng(SEED).integers(0, FOLDS, len(loans))
    margin = np.empty(len(loans), np.float32)
    for number in range(FOLDS):
        inside, outside = fold != number, fold == number
        booster = _fit(loans.x[inside], loans.bad[inside], weight[inside], signs)
        margin[outside] = booster.predict(_matrix(loans.x[outside]), output_margin=True)
    slope, intercept = platt(margin, loans.bad, weight)
    return Trained(_fit(loans.x, loans.bad, weight, signs), slope, intercept)


def _fit(x: np.ndarray, bad: np.ndarray, weight: np.ndarray, signs: dict[str, int]) -> xgb.Booster:
    random = np.random.default_rng(SEED)
    blanked = x.copy()
    told = len(SIGNS)
    blanked[:, :told][random.random((len(x), told)) < BLANKED] = np.nan
    blanked[random.random(len(x)) < SECTION_BLANKED, told:] = np.nan
    constraints = "(" + ",".join(str(signs.get(name, 0)) for name in NAMES) + ")"
    data = xgb.DMatrix(blanked, label=bad, weight=weight, feature_names=list(NAMES))
    return xgb.train({**PARAMETERS, "monotone_constraints": constraints}, data, ROUNDS)


def _matrix(x: np.ndarray) -> xgb.DMatrix:
    return xgb.DMatrix(x, feature_names=list(NAMES))


def platt(margin: np.ndarray, bad: np.ndarray, weight: np.ndarray) -> tuple[float, float]:
    """Slope and intercept of a logistic calibration (Platt 1999), by Newton's method."""
    a, b = 1.0, 0.0
    design = np.stack([margin, np.ones_like(margin)], axis=1).astype(np.float64)
    for _ in range(25):
        p = 1 / (1 + np.exp(-(a * design[:, 0] + b)))
        gradient = design.T @ (weight * (p - bad))
        hessian = (design * (weight * p * (1 - p))[:, None]).T @ design + 1e-6 * np.eye(2)
        step = np.linalg.solve(hessian, gradient)
        a, b = a - float(step[0]), b - float(step[1])
    return a, b


def groups_of(loans: Loans) -> dict[str, np.ndarray]:
    """Sections, new and existing businesses, and sizes."""
    staff, new = np.expm1(loans.x[:, 0]), loans.x[:, 2]
    groups = {f"section_{s}": loans.sections == s for s in SECTIONS}
    groups |= {"new": new == 1, "existing": new == 0, "new_or_existing_unknown": np.isnan(new)}
    groups |= {
        "staff_1": staff < 1.5,
        "staff_2_to_9": (staff >= 1.5) & (staff < 9.5),
        "staff_10_up": staff >= 9.5,
    }
    return groups


def validate(union: Loans, second: Loans) -> dict[str, Any]:
    """What a model that knows the years up to 2005 does later, and elsewhere."""
    past = (union.years >= FIRST_YEAR) & (union.years <= LAST_TRAINING_YEAR)
    recent = union.where((union.years > LAST_TRAINING_YEAR) & (union.years <= LAST_YEAR))
    trained = train(union.where(past))
    weight = weights_by_year(recent.bad, recent.years)
    pd = trained.pd(recent.x)
    free = train(union.where(past), {**SIGNS, "log_amount": 0})
    unseen = ~np.isin(second.ids, union.ids)
    later = (second.years > LAST_TRAINING_YEAR) & (second.years <= LAST_YEAR)
    natural = second.where(unseen & later)
    return {
        "trained_on": [FIRST_YEAR, LAST_TRAINING_YEAR],
        "tested_on": [LAST_TRAINING_YEAR + 1, LAST_YEAR],
        "out_of_time": measure(pd, recent.bad, weight),
        "out_of_time_by_group": by_group(pd, recent.bad, weight, groups_of(recent)),
        "out_of_time_with_the_sign_of_amount_free": {
            k: measure(free.pd(recent.x), recent.bad, weight)[k] for k in ("auc", "ks", "brier")
        },
        "natural_rate_unseen_loans": measure(
            trained.pd(natural.x), natural.bad, np.ones(len(natural), np.float32)
        ),
    }


def main() -> None:
    """Train, measure, write model, list and metrics."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", default=os.environ.get("BAILING_DEV_DATA", ""))
    parser.add_argument("--out", type=Path, default=Path(__file__).parent.parent)
    options = parser.parse_args()
    folder = Path(options.data) / "datasets" / "risk" / "sba"
    union, second = read_loans(folder / UNION), read_loans(folder / SECOND)
    metrics = validate(union, second)
    kept = union.where((union.years >= FIRST_YEAR) & (union.years <= LAST_YEAR))
    trained = train(kept)
    weight = weights_by_year(kept.bad, kept.years)
    mean_log_odds = float(np.average(trained.log_odds(kept.x), weights=weight))
    metrics |= {
        "loans": len(kept),
        "loss_given_default_mean": round(float(np.nanmean(kept.loss_share)), 4),
        "population_bad_rate": POPULATION_BAD_RATE,
    }
    write(options.out, trained, mean_log_odds, metrics)
    for name in ("out_of_time", "natural_rate_unseen_loans"):
        shown = {k: v for k, v in metrics[name].items() if k != "reliability"}
        print(name, json.dumps(shown))


def write(out: Path, trained: Trained, mean_log_odds: float, metrics: dict[str, Any]) -> None:
    """The model's file, its metrics, and its entry in ``models.yml``."""
    models = out / "models"
    models.mkdir(parents=True, exist_ok=True)
    file = models / "pd_prior.ubj"
    trained.booster.save_model(file)
    (models / "pd_prior.metrics.json").write_text(json.dumps(metrics, indent=1) + "\n")
    entry = {
        "version": VERSION,
        "file": "models/pd_prior.ubj",
        "sha256": hashlib.sha256(file.read_bytes()).hexdigest(),
        "input": list(NAMES),
        "output": "log-odds of a charge-off over the loan's life",
        "calibration": {
            "slope": round(trained.slope, 6),
            "intercept": round(trained.intercept, 6),
        },
        "mean_logit": round(mean_log_odds, 6),
        "training_data": f"US SBA loans of {FIRST_YEAR} to {LAST_YEAR} with a NAICS code: "
        f"{metrics['loans']}, each year weighted to {POPULATION_BAD_RATE:.2%} bad",
        "metrics": "models/pd_prior.metrics.json",
        "card": "models/pd_prior.md",
        "licence": "Apache-2.0 (trained on public US government data)",
    }
    text = yaml.safe_dump({"pd_prior": entry}, sort_keys=False, allow_unicode=True)
    (out / "models.yml").write_text(text)


if __name__ == "__main__":
    main()
