"""Train the PD prior on real small-business loans (US SBA), and say how good it is.

    python -m risk.training.pd_prior --data FOLDER

Left out on purpose: the loan's term and all that is built on it (it is rewritten after a
default, so it is not known at the application), and loans without a NAICS code (they are old,
and safe for that reason alone). Classes are weighted to the population's 17.56 % of bad loans.
Validation is out of time: trained on approvals up to 2005, tested on 2006 to 2008.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import hashlib
import json
import math
import os
from pathlib import Path

import numpy as np
import xgboost as xgb
import yaml
from sklearn.metrics import brier_score_loss, roc_auc_score, roc_curve

from risk.features import CNY_PER_USD, NAMES, row
from risk.sectors import section_of_naics

SEED = 20_261_125
POPULATION_BAD_RATE = 0.1756
LAST_TRAINING_YEAR = 2005
TEST_YEARS = (2006, 2008)
PARAMETERS = {
    "objective": "binary:logistic",
    "max_depth": 4,
    "eta": 0.08,
    "subsample": 0.8,
    "colsample_bytree": 0.8,
    "min_child_weight": 40,
    "lambda": 5.0,
    "seed": SEED,
    "nthread": 1,
    "monotone_constraints": "(-1,0,1" + ",0" * (len(NAMES) - 3) + ")",
}
ROUNDS = 150


def read_loans(path: Path) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Features, bad flags and approval years of the loans that can be used."""
    sections = section_of_naics()
    rows, bad, years = [], [], []
    with gzip.open(path, "rt", encoding="utf-8", errors="replace") as file:
        for loan in csv.DictReader(file):
            section = sections.get(int(float(loan["naics"] or 0)) // 10_000)
            status = (loan["mis_status"] or "").replace(" ", "").upper()
            amount, year = _money(loan["gr_appv"]), _year(loan["approval_fy"])
            if section is None or status not in ("CHGOFF", "PIF") or not amount or year is None:
                continue
            exists = (loan["new_exist"] or "").strip()[:1]
            new = {"1": False, "2": True}.get(exists)
            staff = float(loan["no_emp"] or 0)
            rows.append(
                row(staff if 0 < staff < 5_000 else None, amount * CNY_PER_USD, new, section)
            )
            bad.append(status == "CHGOFF")
            years.append(year)
    return np.stack(rows), np.asarray(bad, dtype=np.float32), np.asarray(years)


def _money(text: str) -> float:
    try:
        return float(text.replace("$", "").replace(",", "").strip())
    except (ValueError, AttributeError):
        return 0.0


def _year(text: str) -> int | None:
    digits = "".join(c for c in (text or "") if c.isdigit())[:4]
    return int(digits) if len(digits) == 4 else None


def weights(bad: np.ndarray) -> np.ndarray:
    """Weights under which bad loans make up the population's share."""
    share = float(bad.mean())
    heavy, light = POPULATION_BAD_RATE / share, (1 - POPULATION_BAD_RATE) / (1 - share)
    return np.where(bad > 0, heavy, light).astype(np.float32)


def fit(x: np.ndarray, bad: np.ndarray) -> xgb.Booster:
    """A booster on weighted loans.

    A quarter of each feature is blanked at random, so that what a merchant has not told is
    met in training too.
    """
    rng = np.random.default_rng(SEED)
    blanked = x.copy()
    blanked[:, :3][rng.random((len(x), 3)) < 0.25] = np.nan
    nobody = rng.random(len(x)) < 0.1
    blanked[nobody, 3:] = np.nan
    data = xgb.DMatrix(blanked, label=bad, weight=weights(bad), feature_names=list(NAMES))
    return xgb.train(PARAMETERS, data, ROUNDS)


def platt(margin: np.ndarray, bad: np.ndarray, weight: np.ndarray) -> tuple[float, float]:
    """Slope and intercept of a logistic calibration, by Newton's method."""
    a, b = 1.0, 0.0
    design = np.stack([margin, np.ones_like(margin)], axis=1)
    for _ in range(25):
        p = 1 / (1 + np.exp(-(a * margin + b)))
        gradient = design.T @ (weight * (p - bad))
        hessian = (design * (weight * p * (1 - p))[:, None]).T @ design + 1e-6 * np.eye(2)
        step = np.linalg.solve(hessian, gradient)
        a, b = a - float(step[0]), b - float(step[1])
    return a, b


def measure(
    margin: np.ndarray, bad: np.ndarray, weight: np.ndarray, ab: tuple[float, float]
) -> dict[str, object]:
    """AUC, KS, Brier score and a ten-bin reliability table, all weighted to the population."""
    p = 1 / (1 + np.exp(-(ab[0] * margin + ab[1])))
    fpr, tpr, _ = roc_curve(bad, p, sample_weight=weight)
    order = np.argsort(p)
    bins = []
    for part in np.array_split(order, 10):
        w = weight[part]
        bins.append(
            {
                "predicted": round(float(np.average(p[part], weights=w)), 4),
                "observed": round(float(np.average(bad[part], weights=w)), 4),
                "loans": len(part),
            }
        )
    return {
        "loans": len(bad),
        "auc": round(float(roc_auc_score(bad, p, sample_weight=weight)), 4),
        "ks": round(float(np.max(tpr - fpr)), 4),
        "brier": round(float(brier_score_loss(bad, p, sample_weight=weight)), 4),
        "brier_of_base_rate": round(POPULATION_BAD_RATE * (1 - POPULATION_BAD_RATE), 4),
        "reliability": bins,
    }


def main() -> None:
    """Train, measure, write model, list and metrics."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", default=os.environ.get("BAILING_DEV_DATA", ""))
    parser.add_argument("--out", default=str(Path(__file__).parent.parent))
    options = parser.parse_args()
    source = Path(options.data) / "datasets/risk/sba/SBAnational_union_versions.csv.gz"
    x, bad, years = read_loans(source)
    past = years <= LAST_TRAINING_YEAR
    recent = (years >= TEST_YEARS[0]) & (years <= TEST_YEARS[1])
    early = fit(x[past], bad[past])
    margin_past = early.predict(_matrix(x[past]), output_margin=True)
    margin_test = early.predict(_matrix(x[recent]), output_margin=True)
    ab = platt(margin_past, bad[past], weights(bad[past]))
    out_of_time = measure(margin_test, bad[recent], weights(bad[recent]), ab)
    booster = fit(x, bad)
    margin = booster.predict(_matrix(x), output_margin=True)
    calibration = platt(margin, bad, weights(bad))
    mean = float(np.average(calibration[0] * margin + calibration[1], weights=weights(bad)))
    write(Path(options.out), booster, calibration, mean, out_of_time, len(bad))
    print(json.dumps({k: v for k, v in out_of_time.items() if k != "reliability"}))


def _matrix(x: np.ndarray) -> xgb.DMatrix:
    return xgb.DMatrix(x, feature_names=list(NAMES))


def write(
    out: Path,
    booster: xgb.Booster,
    calibration: tuple[float, float],
    mean_logit: float,
    out_of_time: dict[str, object],
    loans: int,
) -> None:
    """The model's file, its metrics, and its entry in ``models.yml``."""
    file = out / "models" / "pd_prior.ubj"
    booster.save_model(file)
    metrics = {
        "out_of_time": {
            "trained_until": LAST_TRAINING_YEAR,
            "tested_on": TEST_YEARS,
            **out_of_time,
        },
        "loans": loans,
    }
    (out / "models" / "pd_prior.metrics.json").write_text(json.dumps(metrics, indent=1) + "\n")
    entry = {
        "pd_prior": {
            "version": "1",
            "file": "models/pd_prior.ubj",
            "sha256": hashlib.sha256(file.read_bytes()).hexdigest(),
            "input": list(NAMES),
            "output": "log-odds of a charge-off over the loan's life",
            "calibration": {
                "slope": round(calibration[0], 6),
                "intercept": round(calibration[1], 6),
            },
            "mean_logit": round(mean_logit, 6),
            "training_data": f"US SBA loans, {loans} with a NAICS code, weighted to 17.56 % bad",
            "metrics": "models/pd_prior.metrics.json",
            "card": "models/pd_prior.md",
            "licence": "Apache-2.0 (trained on public US government data)",
        }
    }
    (out / "models.yml").write_text(yaml.safe_dump(entry, sort_keys=False, allow_unicode=True))
    assert math.isfinite(mean_logit)


if __name__ == "__main__":
    main()
