"""The detector of marks: a small network that tells seals, signatures and thumb prints.

Its file is under the AGPL and need not be there: :func:`mark_detector` then gives None, and red
seals are found by colour and shape.
"""

from __future__ import annotations

from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from perception.inspection import Box, Mark
from perception.model_files import load_model, model_is_there

SIDE = 512
"""Longer side at which a page is looked at."""
STEP = 32
"""The network takes sides of whole steps."""
PAD = 114 / 255
SURE = {"seal": 0.9, "signature": 0.6, "fingerprint": 0.8}
"""Confidence from which a mark of a kind counts; kinds that are not named are not taken. Large
print is taken for a seal at up to 0.9, as seen on real licences, where red seals are all but always
surer; it is taken for a code as surely as codes are, so that only those that can be read count."""
LARGEST = {"seal": 0.15, "signature": 0.1, "fingerprint": 0.05}
"""The share of the page that a mark's box covers at most: a thumb's is 3 cm² on a slip of A6."""
OVERLAP = 0.5
"""Two boxes of a kind that share more of their union are one mark."""
MOST = 50

Floats = NDArray[np.float32]


class MarkDetector:
    """The network, its file's hash verified before it is opened."""

    def __init__(self, session: Any, labels: tuple[str, ...], version: str) -> None:
        self._session = session
        self._labels = labels
        self.version = version

    def find(self, image_rgb: NDArray[np.uint8], page: int = 0) -> list[Mark]:
        """The marks of an upright page, boxes in its pixels, the surest first."""
        picture, factor = prepare(image_rgb)
        (output,) = self._session.run(None, {"images": picture})
        found = np.asarray(output[0], np.float32).T
        scores = found[:, 4:]
        marks: list[Mark] = []
        for number, kind in enumerate(self._labels):
            if kind not in SURE:
                continue
            shares = found[:, 2] * found[:, 3] / picture[0, 0].size
            likely = np.flatnonzero((scores[:, number] >= SURE[kind]) & (shares <= LARGEST[kind]))
            boxes, sure = corners(found[likely, :4]) / factor, scores[likely, number]
            for place in apart(boxes, sure)[:MOST]:
                box = _within(boxes[place], image_rgb.shape)
                marks.append(Mark(kind, None, box, round(float(min(1.0, sure[place])), 3), page))
        return sorted(marks, key=lambda m: -m.confidence)


def prepare(image_rgb: NDArray[np.uint8]) -> tuple[Floats, float]:
    """A page as the network takes it, (1, 3, h, w) in [0, 1], and by how much it was resized."""
    high, wide = image_rgb.shape[:2]
    factor = SIDE / max(high, wide)
    method = cv2.INTER_AREA if factor < 1 else cv2.INTER_LINEAR
    size = (max(1, round(wide * factor)), max(1, round(high * factor)))
    small = cv2.resize(image_rgb, size, interpolation=method).astype(np.float32) / 255
    down, right = -size[1] % STEP, -size[0] % STEP
    padded = np.pad(small, ((0, down), (0, right), (0, 0)), constant_values=PAD)
    return np.ascontiguousarray(padded.transpose(2, 0, 1)[np.newaxis]), factor


def corners(middles: Floats) -> Floats:
    """Boxes as x0, y0, x1, y1 from middle and size, (n, 4)."""
    half = middles[:, 2:] / 2
    return np.asarray(np.concatenate([middles[:, :2] - half, middles[:, :2] + half], 1), np.float32)


def apart(boxes_xyxy: Floats, scores: Floats) -> list[int]:
    """The places of boxes that no surer box overlaps, the surest first."""
    kept: list[int] = []
    for place in np.argsort(-scores, kind="stable"):
        if all(overlap(boxes_xyxy[place], boxes_xyxy[other]) <= OVERLAP for other in kept):
            kept.append(int(place))
    return kept


def overlap(one: Floats, other: Floats) -> float:
    """Shared area over the area of both together, in [0, 1]."""
    low, high = np.maximum(one[:2], other[:2]), np.minimum(one[2:], other[2:])
    shared = float(np.prod(np.clip(high - low, 0, None)))
    both = float(np.prod(one[2:] - one[:2]) + np.prod(other[2:] - other[:2])) - shared
    return shared / both if both > 0 else 0.0


def _within(box: Floats, shape: tuple[int, ...]) -> Box:
    high, wide = shape[:2]
    x0, y0, x1, y1 = (round(float(v)) for v in box)
    return max(0, x0), max(0, y0), min(wide, x1), min(high, y1)


def mark_detector(threads: int = 2) -> MarkDetector | None:
    """The detector, or None where its file is not installed.

    Raises:
        ModelUnavailable: Its file is not the one that was listed.
    """
    if not model_is_there("marks"):
        return None
    import onnxruntime

    model = load_model("marks")
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    session = onnxruntime.InferenceSession(
        model.content, options, providers=["CPUExecutionProvider"]
    )
    return MarkDetector(session, model.entry.labels, model.version)
