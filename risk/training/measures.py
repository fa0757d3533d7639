"""How good a PD is: discrimination, calibration, and both for each group."""

from __future__ import annotations

from typing import Any

import numpy as np
from sklearn.metrics import brier_score_loss, roc_auc_score, roc_curve

BINS = 10
LEAST_IN_A_GROUP = 200
"""Groups with fewer loans, or fewer than a tenth as many bad ones, are not measured."""


def measure(pd: np.ndarray, bad: np.ndarray, weight: np.ndarray) -> dict[str, Any]:
    """AUC, KS, Brier score beside that of the base rate, and a reliability table."""
    fpr, tpr, _ = roc_curve(bad, pd, sample_weight=weight)
    base = np.full(len(bad), np.average(bad, weights=weight))
    return {
        "loans": len(bad),
        "bad": int(bad.sum()),
        "auc": _round(roc_auc_score(bad, pd, sample_weight=weight)),
        "auc_standard_error": _round(_standard_error(pd, bad)),
        "ks": _round(np.max(tpr - fpr)),
        "brier": _round(brier_score_loss(bad, pd, sample_weight=weight)),
        "brier_of_base_rate": _round(brier_score_loss(bad, base, sample_weight=weight)),
        "mean_predicted": _round(np.average(pd, weights=weight)),
        "mean_observed": _round(np.average(bad, weights=weight)),
        "reliability": _reliability(pd, bad, weight),
    }


def by_group(
    pd: np.ndarray, bad: np.ndarray, weight: np.ndarray, groups: dict[str, np.ndarray]
) -> dict[str, dict[str, Any]]:
    """For each named group: loans, AUC, mean predicted and observed share of bad loans."""
    found = {}
    for name, members in groups.items():
        bads = int(bad[members].sum())
        if members.sum() < LEAST_IN_A_GROUP or min(bads, members.sum() - bads) < 20:
            continue
        w = weight[members]
        found[name] = {
            "loans": int(members.sum()),
            "auc": _round(roc_auc_score(bad[members], pd[members], sample_weight=w)),
            "mean_predicted": _round(np.average(pd[members], weights=w)),
            "mean_observed": _round(np.average(bad[members], weights=w)),
        }
    return found


def _standard_error(pd: np.ndarray, bad: np.ndarray) -> float:
    """Of the AUC, by Hanley and McNeil (1982)."""
    auc = float(roc_auc_score(bad, pd))
    bads, goods = float(bad.sum()), float(len(bad) - bad.sum())
    q1, q2 = auc / (2 - auc), 2 * auc * auc / (1 + auc)
    spread = auc * (1 - auc) + (bads - 1) * (q1 - auc**2) + (goods - 1) * (q2 - auc**2)
    return float(np.sqrt(spread / (bads * goods)))


def _reliability(pd: np.ndarray, bad: np.ndarray, weight: np.ndarray) -> list[dict[str, float]]:
    return [
        {
            "predicted": _round(np.average(pd[part], weights=weight[part])),
            "observed": _round(np.average(bad[part], weights=weight[part])),
            "loans": len(part),
        }
        for part in np.array_split(np.argsort(pd, kind="stable"), BINS)
    ]


def _round(value: float) -> float:
    return round(float(value), 4)
