"""Train the recapture model: boosted trees on the statistics of fine patterns.

    python -m perception.training.recapture --data FOLDER

Each collector's phone and screens look alike, so a random split flatters: every figure is from
collectors that the model has not seen. Papers (licences, invoices and other genuine photos) stand
among the genuine pictures, for their print has fine patterns too; every second one of them is
kept out of the measured fit. The shipped model is then fitted on all of it.
"""

from __future__ import annotations

import argparse
import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageOps
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.metrics import roc_auc_score

from perception.genuine.authenticity import RECAPTURE_DOUBT
from perception.genuine.recapture import features
from perception.model_files import ROOM, ModelEntry, file_hash, list_model

SEED = 20_261_125
VERSION = "1"
FOLDERS = {"recapture_genuine": 0, "recapture_screen": 1}
PAPERS = (
    "business_license", "vat_invoice", "storefront", "store_interior_stock", "excavator",
    "food_permit", "form_table", "other_certificate",
)  # fmt: skip
ENDINGS = {".jpg", ".jpeg", ".png"}
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Pictures:
    """Features (n, k), truths (n) with 1 for a screen, and who took each picture."""

    x: Floats
    y: NDArray[np.int64]
    group: NDArray[np.str_]


def main() -> None:
    """Extract, measure by collector, fit on all, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=os.environ.get("BAILING_DEV_DATA"))
    parser.add_argument("--out", type=Path, default=ROOM)
    options = parser.parse_args()
    images = Path(options.data) / "images"
    screens, papers = read_screens(images), read_papers(images)
    metrics = measure(screens, papers)
    model = fitted(screens, papers)
    file = options.out / "models" / "recapture.json"
    file.write_text(json.dumps(as_trees(model), separators=(",", ":")) + "\n", encoding="utf-8")
    report = options.out / "models" / "recapture.metrics.json"
    report.write_text(json.dumps(metrics, indent=1) + "\n", encoding="utf-8")
    list_model("recapture", entry(file_hash(file)))
    print(json.dumps(metrics))


def read_screens(images: Path) -> Pictures:
    """Things and screens showing things, with their collectors."""
    x, y, group = [], [], []
    for folder, truth in FOLDERS.items():
        for path in _pictures(images / folder):
            x.append(_features(path))
            y.append(truth)
            group.append(path.stem.split("_")[0])
    return Pictures(np.asarray(x), np.asarray(y), np.asarray(group))


def read_papers(images: Path) -> Floats:
    """Features of genuine papers and scenes that merchants send."""
    return np.asarray([_features(p) for folder in PAPERS for p in _pictures(images / folder)])


def _pictures(folder: Path) -> list[Path]:
    return sorted(p for p in folder.iterdir() if p.suffix.lower() in ENDINGS)


def _features(path: Path) -> Floats:
    with Image.open(path) as image:
        upright = ImageOps.exif_transpose(image).convert("RGB")
        return features(np.asarray(upright, dtype=np.uint8))


def fitted(screens: Pictures, papers: Floats, chosen: Any = slice(None)) -> Any:
    """The trees, fitted on some of the screens' pictures and on papers."""
    model = HistGradientBoostingClassifier(
        max_depth=3,
        max_iter=300,
        learning_rate=0.03,
        l2_regularization=5.0,
        class_weight="balanced",
        random_state=SEED,
    )
    x = np.concatenate([screens.x[chosen], papers])
    y = np.concatenate([screens.y[chosen], np.zeros(len(papers), dtype=np.int64)])
    return model.fit(x, y)


def measure(screens: Pictures, papers: Floats) -> dict[str, Any]:
    """Figures on collectors, and on papers, that were kept out of the fit."""
    kept, out = papers[0::2], papers[1::2]
    scores = np.zeros(len(screens.y))
    auc = {}
    for collector in np.unique(screens.group):
        mine = screens.group == collector
        scores[mine] = fitted(screens, kept, ~mine).predict_proba(screens.x[mine])[:, 1]
        auc[str(collector)] = round(float(roc_auc_score(screens.y[mine], scores[mine])), 3)
    paper_scores = fitted(screens, kept).predict_proba(out)[:, 1]
    return {
        "pictures": {"genuine": int((screens.y == 0).sum()), "screen": int(screens.y.sum())},
        "auc_collector_left_out": auc,
        "auc_mean": round(float(np.mean(list(auc.values()))), 3),
        "auc_pooled": round(float(roc_auc_score(screens.y, scores)), 3),
        "at": {
            str(threshold): {
                "screens_missed": _share(scores[screens.y == 1] < threshold),
                "genuine_flagged": _share(scores[screens.y == 0] >= threshold),
                "papers_flagged": _share(paper_scores >= threshold),
            }
            for threshold in (0.5, 0.7, 0.8, RECAPTURE_DOUBT)
        },
        "papers_left_out": len(out),
    }


def _share(flags: NDArray[np.bool_]) -> float:
    return round(float(flags.mean()), 3)


def as_trees(model: Any) -> dict[str, Any]:
    """The fitted trees as plain lists."""
    trees = []
    for (predictor,) in model._predictors:  # the library has no public way to its nodes
        nodes = predictor.nodes
        leaf = nodes["is_leaf"].astype(bool)
        trees.append(
            {
                "feature": np.where(leaf, -1, nodes["feature_idx"]).tolist(),
                "threshold": [float(f"{v:.7g}") for v in np.where(leaf, 0, nodes["num_threshold"])],
                "left": nodes["left"].tolist(),
                "right": nodes["right"].tolist(),
                "value": [float(f"{v:.7g}") for v in nodes["value"]],
            }
        )
    return {"bias": float(np.ravel(model._baseline_prediction)[0]), "trees": trees}


def entry(sha256: str) -> ModelEntry:
    """The model as the list states it."""
    return ModelEntry(
        version=VERSION,
        file="models/recapture.json",
        sha256=sha256,
        input="perception.genuine.recapture.features of an RGB picture",
        labels=("screen",),
        training_data="see the card",
        metrics="models/recapture.metrics.json",
        card="models/recapture.md",
        licence="Apache-2.0",
    )


if __name__ == "__main__":
    main()
