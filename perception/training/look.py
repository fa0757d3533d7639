"""Train the look model: ImageNet's MobileNetV2 as it is, with a small head of our own on it.

    python -m perception.training.look --data FOLDER [--scenes FOLDER]

The backbone's weights are taken as they are (BN folded, TensorFlow's SAME padding); its 1,000
class scores, summed into our six looks, and its 1,280 features feed a logistic regression. Few
photos of each look are at hand, so every fifth one is held out before anything is fitted, and
the metrics say how many that leaves. Needs onnx and scikit-learn beside the serving packages.
"""

from __future__ import annotations

import argparse
import json
import os
from pathlib import Path

import cv2
import numpy as np
import onnx
import onnxruntime
from onnx import TensorProto, helper, numpy_helper
from sklearn.linear_model import LogisticRegression

from perception.model_files import ModelEntry, file_hash, list_model

SEED = 20_261_125
SIDE = 224
LABELS = ["vehicle", "machine", "shop_front", "shelf", "paper", "other"]
CROPS = 4
VEHICLES = (
    "ambulance beach_wagon fire_engine garbage_truck jeep limousine minibus minivan moving_van "
    "pickup police_van racer recreational_vehicle school_bus sports_car tow_truck trailer_truck "
    "trolleybus cab convertible snowplow"
).split()
MACHINES = "forklift harvester thresher tractor crane_machine excavator".split()
SHOPS = (
    "bakery barbershop bookshop butcher_shop confectionery restaurant shoe_shop tobacco_shop "
    "toyshop cinema"
).split()
SHELVES = "grocery_store vending_machine".split()
GROUPS = {"vehicle": VEHICLES, "machine": MACHINES, "shop_front": SHOPS, "shelf": SHELVES}
SCENES = {
    "truck": "vehicle",
    "van": "vehicle",
    "excavator": "machine",
    "shop_front": "shop_front",
    "shelf": "shelf",
    "stall": "shelf",
}
STRIDES = {0: 2, 4: 2, 10: 2, 19: 2, 40: 2}


def build(
    weights: dict[str, np.ndarray], head: tuple[np.ndarray, np.ndarray] | None, groups: np.ndarray
) -> onnx.ModelProto:
    """The network as ONNX: features and group scores, or with a head the six looks."""
    names = sorted({k.rsplit("_", 1)[0] for k in weights})
    nodes, constants = [], []

    def constant(name: str, value: np.ndarray) -> str:
        constants.append(numpy_helper.from_array(value.astype(np.float16), name + "_16"))
        nodes.append(helper.make_node("Cast", [name + "_16"], [name], to=TensorProto.FLOAT))
        return name

    here, size = "image", SIDE
    blocks = plan(names, weights)
    residual: str | None = None
    for number, (name, kind, stride, relu, add, start) in enumerate(blocks):
        if start:
            residual = here
        w, b = weights[f"{name}_w"], weights[f"{name}_b"]
        depthwise = kind == "depthwise"
        kernel = w.shape[1]
        w = w.transpose(3, 0, 1, 2) if depthwise else w.transpose(0, 3, 1, 2)
        out = -(-size // stride)
        pad = max((out - 1) * stride + kernel - size, 0)
        pads = [pad // 2, pad // 2, pad - pad // 2, pad - pad // 2]
        nodes.append(
            helper.make_node(
                "Conv",
                [here, constant(f"w{number}", w), constant(f"b{number}", b)],
                [f"c{number}"],
                strides=[stride, stride],
                pads=pads,
                group=w.shape[0] if depthwise else 1,
            )
        )
        here, size = f"c{number}", out
        if relu:
            nodes.append(helper.make_node("Clip", [here, "zero", "six"], [f"r{number}"]))
            here = f"r{number}"
        if add:
            nodes.append(helper.make_node("Add", [here, str(residual)], [f"a{number}"]))
            here = f"a{number}"
    constants += [
        numpy_helper.from_array(np.float32(0.0), "zero"),
        numpy_helper.from_array(np.float32(6.0), "six"),
    ]
    nodes += [
        helper.make_node("GlobalAveragePool", [here], ["pooled"]),
        helper.make_node("Flatten", ["pooled"], ["features"]),
        helper.make_node(
            "Gemm",
            [
                "features",
                constant("fc_w", weights[f"{names[-1]}_w"]),
                constant("fc_b", weights[f"{names[-1]}_b"]),
            ],
            ["logits"],
            transB=1,
        ),
        helper.make_node("Softmax", ["logits"], ["classes"], axis=1),
        helper.make_node("MatMul", ["classes", constant("groups", groups)], ["grouped"]),
        helper.make_node("Concat", ["features", "grouped"], ["all"], axis=1),
    ]
    output, width = "all", 1280 + groups.shape[1]
    if head is not None:
        nodes += [
            helper.make_node(
                "Gemm",
                ["all", constant("head_w", head[0]), constant("head_b", head[1])],
                ["scores"],
                transB=1,
            ),
            helper.make_node("Softmax", ["scores"], ["looks"], axis=1),
        ]
        output, width = "looks", len(LABELS)
    graph = helper.make_graph(
        nodes,
        "look",
        [helper.make_tensor_value_info("image", TensorProto.FLOAT, [1, 3, SIDE, SIDE])],
        [helper.make_tensor_value_info(output, TensorProto.FLOAT, [1, width])],
        constants,
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)])
    model.ir_version = 9
    return model


Layer = tuple[str, str, int, bool, bool, bool]


def plan(names: list[str], weights: dict[str, np.ndarray]) -> list[Layer]:
    """MobileNetV2's layers in order: name, kind, stride, ReLU6, adds the residual, starts one."""
    layers: list[Layer] = [(names[0], "conv", 2, True, False, False)]
    layers.append((names[1], "depthwise", 1, True, False, False))
    layers.append((names[2], "conv", 1, False, False, False))
    at, channels = 3, 16
    for width, repeats, stride in (
        (24, 2, 2),
        (32, 3, 2),
        (64, 4, 2),
        (96, 3, 1),
        (160, 3, 2),
        (320, 1, 1),
    ):
        for repeat in range(repeats):
            step = stride if repeat == 0 else 1
            add = step == 1 and channels == width
            layers.append((names[at], "conv", 1, True, False, True))
            layers.append((names[at + 1], "depthwise", step, True, False, False))
            layers.append((names[at + 2], "conv", 1, False, add, False))
            at, channels = at + 3, width
    layers.append((names[at], "conv", 1, True, False, False))
    return layers


def prepare(image_rgb: np.ndarray) -> np.ndarray:
    """As ``perception.kind.look.prepare`` does it."""
    small = cv2.resize(image_rgb, (SIDE, SIDE), interpolation=cv2.INTER_AREA)
    scaled = small.astype(np.float32) / 127.5 - 1.0
    return np.ascontiguousarray(scaled.transpose(2, 0, 1)[np.newaxis])


def pictures(data: Path, scenes: Path | None) -> list[tuple[Path, str]]:
    """The photos and their looks."""
    images = data / "images"
    found: list[tuple[Path, str]] = []
    for path in sorted((images / "imagenet1000_sample").glob("*.jpg")):
        name = path.stem.split("_", 1)[1]
        if path.stem == "n03126707_crane":
            name = "crane_machine"
        look = next((g for g, members in GROUPS.items() if name in members), "other")
        if name not in ("streetcar", "refrigerator", "bookcase", "library"):
            found.append((path, look))
    for folder, look in (
        ("excavator", "machine"),
        ("storefront", "shop_front"),
        ("store_interior_stock", "shelf"),
        ("business_license", "paper"),
        ("vat_invoice", "paper"),
        ("food_permit", "paper"),
        ("form_table", "paper"),
        ("other_certificate", "paper"),
        ("receipt", "paper"),
        ("train_ticket", "paper"),
        ("signature_handwriting", "paper"),
    ):
        found += [(p, look) for p in sorted((images / folder).glob("*.jpg"))]
    found += [(p, "shelf") for p in sorted((images / "grocery_product").glob("*.jpg"))[::12]]
    if scenes is not None:
        for kind, look in SCENES.items():
            found += [(p, look) for p in sorted(scenes.glob(f"{kind}*.jpg"))]
    return found


def crops(image: np.ndarray, rng: np.random.Generator, count: int) -> list[np.ndarray]:
    """The picture itself and random crops of it, some mirrored, darker or lighter."""
    views = [image]
    height, width = image.shape[:2]
    for _ in range(count):
        share = rng.uniform(0.65, 1.0)
        h, w = int(height * share), int(width * share)
        y, x = rng.integers(0, height - h + 1), rng.integers(0, width - w + 1)
        view = image[y : y + h, x : x + w]
        view = view[:, ::-1] if rng.random() < 0.5 else view
        views.append(np.clip(view * rng.uniform(0.75, 1.25), 0, 255).astype(np.uint8))
    return views


def blank_sheets(rng: np.random.Generator, count: int) -> list[np.ndarray]:
    """Plain sheets and noise: what a pocket photographs."""
    sheets = []
    for _ in range(count):
        base = rng.integers(0, 256, size=(1, 1, 3)) * np.ones((SIDE, SIDE, 1))
        slope = np.linspace(-20, 20, SIDE)[:, None, None] * rng.uniform(-1, 1)
        noise = rng.normal(0, rng.uniform(1, 12), (SIDE, SIDE, 3))
        sheets.append(np.clip(base + slope + noise, 0, 255).astype(np.uint8))
    return sheets


def group_matrix(data: Path) -> np.ndarray:
    """(1000, 4): which ImageNet classes make up which look, in the sample's class order."""
    names = [
        p.stem.split("_", 1)[1] if p.stem != "n03126707_crane" else "crane_machine"
        for p in sorted((data / "images/imagenet1000_sample").glob("*.jpg"))
    ]
    matrix = np.zeros((1000, len(GROUPS)), dtype=np.float32)
    for column, members in enumerate(GROUPS.values()):
        for row, name in enumerate(names):
            matrix[row, column] = float(name in members)
    return matrix


def main() -> None:
    """Extract, fit, measure, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", default=os.environ.get("BAILING_DEV_DATA", ""))
    parser.add_argument("--scenes", default=None)
    parser.add_argument("--out", default=str(Path(__file__).parent.parent))
    options = parser.parse_args()
    data = Path(options.data)
    weights = dict(np.load(data / "weights/mobilenet_v2_1.0_224_dequant_fp32.npz"))
    groups = group_matrix(data)
    backbone = onnxruntime.InferenceSession(build(weights, None, groups).SerializeToString())
    rng = np.random.default_rng(SEED)
    train: list[tuple[np.ndarray, int]] = []
    test: list[tuple[np.ndarray, int]] = []
    seen = dict.fromkeys(LABELS, 0)
    for path, look in pictures(data, Path(options.scenes) if options.scenes else None):
        image = cv2.imread(str(path))
        if image is None:
            continue
        image = np.ascontiguousarray(image[:, :, ::-1])
        longest = max(image.shape[:2])
        if longest > 512:
            image = cv2.resize(image, None, fx=512 / longest, fy=512 / longest)
        label, seen[look] = LABELS.index(look), seen[look] + 1
        held_out = seen[look] % 5 == 0
        rare = look not in ("other", "paper")
        for view in crops(image, rng, 0 if held_out else (CROPS * 2 if rare else 1)):
            (features,) = backbone.run(None, {"image": prepare(view)})
            (test if held_out else train).append((features[0], label))
    for sheet in blank_sheets(rng, 60):
        (features,) = backbone.run(None, {"image": prepare(sheet)})
        train.append((features[0], LABELS.index("other")))
    x = np.stack([f for f, _ in train])
    y = np.asarray([label for _, label in train])
    mean, std = x.mean(axis=0), x.std(axis=0) + 1e-3
    model = LogisticRegression(C=0.003, max_iter=2000, class_weight="balanced")
    model.fit((x - mean) / std, y)
    head_w = model.coef_ / std
    head_b = model.intercept_ - head_w @ mean
    xt = np.stack([f for f, _ in test])
    yt = np.asarray([label for _, label in test])
    guessed = (xt @ head_w.T + head_b).argmax(axis=1)
    confusion = np.zeros((len(LABELS), len(LABELS)), dtype=int)
    for truth, guess in zip(yt, guessed, strict=True):
        confusion[truth, guess] += 1
    metrics = {
        "held_out": len(yt),
        "accuracy": round(float((guessed == yt).mean()), 4),
        "recall": {
            label: f"{confusion[i, i]}/{confusion[i].sum()}" for i, label in enumerate(LABELS)
        },
        "confusion_rows_truth": confusion.tolist(),
        "note": "shop fronts and shelves are mostly one brand; every fifth photo is held out",
    }
    out = Path(options.out)
    file = out / "models" / "look.onnx"
    file.write_bytes(build(weights, (head_w, head_b), groups).SerializeToString())
    (out / "models" / "look.metrics.json").write_text(json.dumps(metrics, indent=1) + "\n")
    entry = ModelEntry(
        version="1",
        file="models/look.onnx",
        sha256=file_hash(file),
        input="image: float32 (1, 3, 224, 224) RGB in [-1, 1]",
        labels=tuple(LABELS),
        training_data="see the card",
        metrics="models/look.metrics.json",
        card="models/look.md",
        licence="Apache-2.0",
    )
    list_model("look", entry)
    print(json.dumps(metrics))


if __name__ == "__main__":
    main()
