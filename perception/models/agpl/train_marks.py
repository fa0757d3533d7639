# SPDX-License-Identifier: AGPL-3.0-only
"""Train the detector of marks: seals, signatures, thumb prints and QR codes.

    python -m perception.models.agpl.train_marks --weights yolov8n.pt --work FOLDER [--hands FOLDER]

Composed pages are written first (those that are there are kept), then ultralytics trains from the
weights (an interrupted training goes on where its last epoch ended), then the network is exported
with its weights in half precision and listed. ``--photos`` names folders of pictures without any
mark; ``--hands`` a folder of typefaces that look handwritten, of which the last by name is kept
for the test. Needs the training extra. This script and what it makes derive from ultralytics and
are under the AGPL-3.0; see LICENSE beside it.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

import cv2
import numpy as np

from perception.marks import find_marks, mark_detector
from perception.model_files import ROOM, ModelEntry, file_hash, list_model
from perception.synthesis.fonts import Face
from perception.synthesis.marked import MarkedPage, Split, marked_page
from perception.synthesis.signatures import Typeface
from perception.training.marks import KINDS, Tally, count

SEED = 20_261_125
CLASSES = KINDS
TEST_SEEDS = range(10_000, 11_000)
MEASURED_ON = "composed (synthetic) pages, typefaces and hand that training did not see"
LEAST_HALVED = 256
"""Weights of fewer numbers stay in 32 bits: they weigh nothing."""
SIDE = 352
FROZEN = 10
"""The backbone's first layers are kept: edges and corners are what they were, and time is saved."""
LONGEST = 800
"""Longer side of the pages that are trained on: what the network sees of larger ones, and more."""


def hands_of(folder: Path | None, split: Split) -> tuple[Typeface, ...]:
    """After which typefaces the split's people write."""
    found: list[Typeface] = sorted(folder.glob("*.*")) if folder else []
    if split is Split.TEST:
        return tuple(found[-1:]) or (Face.SONG,)
    return (Face.KAI, *found[:-1])


def write_pages(
    folder: Path, seeds: range, hands: tuple[Typeface, ...], split: Split, longest: int
) -> None:
    """Pages and their labels as ultralytics reads them; what is there is kept."""
    (folder / "images").mkdir(parents=True, exist_ok=True)
    (folder / "labels").mkdir(exist_ok=True)
    for seed in seeds:
        label = folder / "labels" / f"page_{seed:06d}.txt"
        if label.exists():
            continue
        page = marked_page(seed, split, longest=longest, hands=hands)
        picture = folder / "images" / f"page_{seed:06d}.jpg"
        cv2.imwrite(str(picture), page.image_rgb[..., ::-1], [cv2.IMWRITE_JPEG_QUALITY, 92])
        label.write_text(labels(page))


def labels(page: MarkedPage) -> str:
    """A line for each mark: class, middle and size as shares of the page."""
    high, wide = page.image_rgb.shape[:2]
    lines = []
    for mark in page.marks:
        x0, y0, x1, y1 = mark.box
        shares = ((x0 + x1) / 2 / wide, (y0 + y1) / 2 / high, (x1 - x0) / wide, (y1 - y0) / high)
        lines.append(" ".join([str(CLASSES.index(mark.kind)), *(f"{v:.6f}" for v in shares)]))
    return "\n".join(lines) + "\n" * bool(lines)


def write_photos(folder: Path, photos: list[Path], most: int) -> None:
    """Pictures without any mark, with empty labels; drawn by chance from all folders."""
    files = sorted(f for path in photos for f in path.glob("*.jp*g"))
    chosen = np.random.default_rng(SEED).permutation(len(files))[:most]
    for number in chosen:
        image = cv2.imread(str(files[number]))
        if image is None:
            continue
        factor = min(1.0, LONGEST / max(image.shape[:2]))
        image = cv2.resize(image, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA)
        cv2.imwrite(str(folder / "images" / f"photo_{number:06d}.jpg"), image)
        (folder / "labels" / f"photo_{number:06d}.txt").write_text("")


def train(work: Path, weights: Path, epochs: int, side: int) -> Path:
    """The best weights of a training that goes on where it was interrupted."""
    from ultralytics import YOLO

    runs, last = work / "runs", work / "runs" / "marks" / "weights" / "last.pt"
    if last.exists():
        YOLO(str(last)).train(resume=True)
        return last.with_name("best.pt")
    names = "\n".join(f"  {number}: {name}" for number, name in enumerate(CLASSES))
    listed = work / "marks.yaml"
    listed.write_text(f"path: {work}\ntrain: train/images\nval: val/images\nnames:\n{names}\n")
    YOLO(str(weights)).train(
        data=str(listed), project=str(runs), name="marks", epochs=epochs, imgsz=side, batch=16,
        seed=SEED, deterministic=True, device="cpu", workers=0, amp=False, cache="ram",
        fliplr=0.0, mosaic=0.3, close_mosaic=1, degrees=4.0, scale=0.35, translate=0.1,
        freeze=FROZEN, hsv_h=0.008, hsv_s=0.4, hsv_v=0.35,
        plots=False, warmup_epochs=0.5, cos_lr=True,
    )  # fmt: skip
    return last.with_name("best.pt")


def export(best: Path, side: int, file: Path) -> None:
    """The network as ONNX, for pages of any shape, its weights kept in half precision."""
    import onnx
    from ultralytics import YOLO

    made = YOLO(str(best)).export(format="onnx", imgsz=side, dynamic=True, simplify=False, opset=17)
    model = halved(onnx.load(str(made)))
    del model.metadata_props[:]
    entry = model.metadata_props.add()
    entry.key, entry.value = "license", "AGPL-3.0"
    file.write_bytes(model.SerializeToString())


def halved(model: Any) -> Any:
    """The same network with large weights stored in 16 bits and cast when it is opened."""
    from onnx import TensorProto, helper, numpy_helper

    graph, casts, kept = model.graph, [], []
    for weight in graph.initializer:
        values = numpy_helper.to_array(weight)
        if values.dtype != np.float32 or values.size < LEAST_HALVED:
            kept.append(weight)
            continue
        half = weight.name + "_16"
        kept.append(numpy_helper.from_array(values.astype(np.float16), half))
        casts.append(helper.make_node("Cast", [half], [weight.name], to=TensorProto.FLOAT))
    nodes = [*casts, *graph.node]
    del graph.initializer[:], graph.node[:]
    graph.initializer.extend(kept)
    graph.node.extend(nodes)
    return model


def listed(file: Path, pages: int, hand: Typeface, epochs: int) -> dict[str, Any]:
    """The network's entry and figures, written beside it: test pages, without reading seals."""
    metrics = file.with_suffix(".metrics.json")
    metrics.write_text("{}\n")
    entry = ModelEntry(
        version="1",
        file=str(file.relative_to(ROOM)),
        sha256=file_hash(file),
        input="images: float32 (1, 3, h, w) RGB in [0, 1], sides whole multiples of 32",
        labels=CLASSES,
        training_data="composed pages, see the card",
        metrics=str(metrics.relative_to(ROOM)),
        card="models/agpl/marks.md",
        licence="AGPL-3.0",
    )
    list_model("marks", entry)
    detector, tally = mark_detector(), Tally()
    for seed in TEST_SEEDS[:pages]:
        page = marked_page(seed, Split.TEST, hands=(hand,))
        count(page, find_marks(page.image_rgb, detector=detector), tally)
    named = (f"{kind}_{what}" for kind in KINDS for what in ("count", "recall", "precision"))
    all_figures = tally.figures()
    figures = {
        "epochs": epochs,
        "measured_on": MEASURED_ON,
        "pages": pages,
        **{name: all_figures[name] for name in named},
    }
    metrics.write_text(json.dumps(figures, indent=1) + "\n")
    return figures


def epochs_of(best: Path) -> int:
    """How many epochs the training has behind it."""
    return len((best.parents[1] / "results.csv").read_text().splitlines()) - 1


def main() -> None:
    """Write pages, train, export, measure, list."""
    options = arguments()
    hands = hands_of(options.hands, Split.TRAIN)
    write_pages(options.work / "val", range(900_000, 900_060), hands, Split.TRAIN, LONGEST)
    write_pages(options.work / "train", range(options.pages), hands, Split.TRAIN, LONGEST)
    write_photos(options.work / "train", options.photos, options.pages // 10)
    if options.only == "pages":
        return
    best = options.work / "runs" / "marks" / "weights" / "best.pt"
    if options.only != "export":
        best = train(options.work, options.weights, options.epochs, SIDE)
    file = ROOM / "models" / "agpl" / "marks.onnx"
    export(best, SIDE, file)
    (hand,) = hands_of(options.hands, Split.TEST)
    print(json.dumps(listed(file, options.test_pages, hand, epochs_of(best))))


def arguments() -> argparse.Namespace:
    """What was asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--weights", type=Path, required=True)
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--hands", type=Path, default=None)
    parser.add_argument("--photos", type=Path, nargs="*", default=[])
    parser.add_argument("--pages", type=int, default=1000)
    parser.add_argument("--test-pages", type=int, default=60)
    parser.add_argument("--epochs", type=int, default=4)
    parser.add_argument("--only", choices=("pages", "export"), default=None)
    return parser.parse_args()


if __name__ == "__main__":
    main()
