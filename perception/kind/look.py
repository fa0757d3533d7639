"""The look of a picture: a vehicle, a machine, a shop front, shelves, a paper, or else."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from perception.inspection import Box, SeenObject
from perception.model_files import load_model

SIDE = 224
NAMES_ZH = {
    "vehicle": "车辆",
    "machine": "机械设备",
    "shop_front": "店面门头",
    "shelf": "货架货品",
    "paper": "纸质材料",
    "other": "其他",
}
NAMES_EN = {
    "vehicle": "vehicle",
    "machine": "machine",
    "shop_front": "shop front",
    "shelf": "shelf with goods",
    "paper": "paper document",
    "other": "other",
}
CATEGORIES = {
    "vehicle": "equipment",
    "machine": "equipment",
    "shop_front": "premises",
    "shelf": "stock",
    "paper": "document",
    "other": "other",
}


def prepare(image_rgb: NDArray[np.uint8]) -> NDArray[np.float32]:
    """A picture as the network takes it: (1, 3, 224, 224), values in [-1, 1]."""
    small = cv2.resize(image_rgb, (SIDE, SIDE), interpolation=cv2.INTER_AREA)
    scaled = small.astype(np.float32) / 127.5 - 1.0
    return np.ascontiguousarray(scaled.transpose(2, 0, 1)[np.newaxis])


class LookModel:
    """The committed network, its file's hash verified before it is opened."""

    def __init__(self, session: Any, labels: list[str], version: str) -> None:
        self._session = session
        self._labels = labels
        self.version = version

    def looks(self, image_rgb: NDArray[np.uint8]) -> dict[str, float]:
        """The probability of each look; they add up to one."""
        (scores,) = self._session.run(None, {"image": prepare(image_rgb)})
        return dict(zip(self._labels, map(float, scores[0]), strict=True))


def look_model(threads: int = 2) -> LookModel:
    """The committed look model.

    Raises:
        ModelUnavailable: Its file is missing, or is not the one that was listed.
    """
    import onnxruntime

    model = load_model("look")
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    session = onnxruntime.InferenceSession(
        model.content, options, providers=["CPUExecutionProvider"]
    )
    return LookModel(session, list(model.entry.labels), model.version)


def seen_objects(looks: Mapping[str, float], whole: Box) -> tuple[SeenObject, ...]:
    """What the whole picture shows, in its box; nothing where it has no look that is known."""
    label = max(looks, key=lambda name: looks[name])
    if label == "other":
        return ()
    confidence = min(1.0, looks[label])
    return (SeenObject(NAMES_EN[label], NAMES_ZH[label], CATEGORIES[label], confidence, whole),)
