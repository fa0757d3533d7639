"""How likely a picture was photographed off a screen, from the energy of its fine patterns.

A screen's grid beats against the camera's: the spectrum gets narrow peaks that things do not
have, and the colours shimmer. Boosted trees weigh those statistics; their card says how well
they do for phones that they have not seen.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from itertools import pairwise

import cv2
import numpy as np
from numpy.typing import NDArray

from perception.model_files import load_model

PATCH = 256
GRID = 3
SIDE = 1_280
"""Pictures are brought to this longest side, so that bands mean the same for every phone."""
BANDS = np.geomspace(4, PATCH / 2, 9)
Floats = NDArray[np.float64]
NODE_PARTS = ("feature", "threshold", "left", "right", "value")


@dataclass(frozen=True, slots=True)
class Tree:
    """A decision tree over :func:`features`, node by node; node 0 is the root.

    Attributes:
        feature: Which feature each node asks; -1 at a leaf.
        threshold: Up to which value its left branch is taken.
        left: The node that follows on the left.
        right: The node that follows on the right.
        value: What a leaf adds to the log-odds.
    """

    feature: tuple[int, ...]
    threshold: tuple[float, ...]
    left: tuple[int, ...]
    right: tuple[int, ...]
    value: tuple[float, ...]

    def answer(self, x: Floats) -> float:
        """What this tree adds to the log-odds of ``x``."""
        node = 0
        while self.feature[node] >= 0:
            goes_left = x[self.feature[node]] <= self.threshold[node]
            node = self.left[node] if goes_left else self.right[node]
        return self.value[node]


@dataclass(frozen=True, slots=True)
class RecaptureModel:
    """Boosted trees, and the name of the version that they are.

    Attributes:
        trees: Their answers are added up.
        bias: Log-odds before the first tree.
        version: ``name@version``.
    """

    trees: tuple[Tree, ...]
    bias: float
    version: str

    def score(self, image_rgb: NDArray[np.uint8]) -> float:
        """Probability in [0, 1] of a photographed screen."""
        x = features(image_rgb)
        return float(1 / (1 + np.exp(-self.bias - sum(tree.answer(x) for tree in self.trees))))


def recapture_model() -> RecaptureModel:
    """The committed model.

    Raises:
        ModelUnavailable: Its file is missing or altered.
    """
    model = load_model("recapture")
    read = json.loads(model.content)
    trees = tuple(Tree(*(tuple(tree[name]) for name in NODE_PARTS)) for tree in read["trees"])
    return RecaptureModel(trees, float(read["bias"]), model.version)


def features(image_rgb: NDArray[np.uint8]) -> Floats:
    """The statistics of one picture: bands, peaks and directions of light and of both colours."""
    factor = SIDE / max(image_rgb.shape[:2])
    method = cv2.INTER_AREA if factor < 1 else cv2.INTER_LINEAR
    image = cv2.resize(image_rgb, None, fx=factor, fy=factor, interpolation=method)
    planes = cv2.cvtColor(image, cv2.COLOR_RGB2YCrCb).astype(np.float32)
    patches = [_patch(planes[y : y + PATCH, x : x + PATCH]) for y, x in _places(planes.shape)]
    stacked = np.stack(patches)
    return np.concatenate([stacked.mean(axis=0), np.percentile(stacked, 85, axis=0)])


def _places(shape: tuple[int, ...]) -> list[tuple[int, int]]:
    ys = np.linspace(0, max(0, shape[0] - PATCH), GRID).astype(int)
    xs = np.linspace(0, max(0, shape[1] - PATCH), GRID).astype(int)
    return [(int(y), int(x)) for y in ys for x in xs]


def _patch(planes: NDArray[np.float32]) -> Floats:
    square = np.zeros((PATCH, PATCH, 3), dtype=np.float32)
    square[: planes.shape[0], : planes.shape[1]] = planes
    found: list[float] = []
    for channel in range(3):
        found += _spectrum(square[..., channel])
    luma = square[..., 0]
    found += [float(luma.mean()) / 255, float(luma.std()) / 128]
    found += [float(np.log(square[..., c].std() + 1e-2)) for c in (1, 2)]
    return np.asarray(found, dtype=np.float64)


_WINDOW = np.outer(np.hanning(PATCH), np.hanning(PATCH)).astype(np.float32)
_HALF = PATCH // 2 + 1
_ACROSS, _DOWN = np.meshgrid(np.arange(_HALF), np.fft.fftfreq(PATCH) * PATCH)
_RADIUS = np.hypot(_ACROSS, _DOWN)
_SECTOR = ((np.arctan2(_DOWN, _ACROSS) + np.pi / 2) // (np.pi / 4)).clip(0, 3)
_RINGS = [np.flatnonzero((low <= _RADIUS) & (high > _RADIUS)) for low, high in pairwise(BANDS)]
_SECTORS = [[ring[_SECTOR.ravel()[ring] == k] for k in range(4)] for ring in _RINGS]


def _spectrum(plane: NDArray[np.float32]) -> list[float]:
    """For each band: its share of energy, how far its peaks stand out, and how one-sided it is."""
    wave = np.fft.rfft2((plane - plane.mean()) * _WINDOW)
    power = (wave.real**2 + wave.imag**2 + 1e-3).ravel()
    bands = [power[ring] for ring in _RINGS]
    total = float(sum(band.sum() for band in bands))
    found: list[float] = []
    for band, sectors in zip(bands, _SECTORS, strict=True):
        sides = [float(power[sector].mean()) for sector in sectors]
        usual, peak = np.partition(band, (len(band) // 2, -len(band) // 300 - 1))[
            [len(band) // 2, -len(band) // 300 - 1]
        ]
        found += [
            float(np.log(band.sum() / total + 1e-9)),
            float(np.log(peak / usual)),
            float(np.log(max(sides) / min(sides))),
        ]
    return found
