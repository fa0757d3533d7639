"""Looks at one file: decode, turn, read, decide what it is, take its fields, check them."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

import numpy as np
from numpy.typing import NDArray

from bailing.terms import VoucherType
from perception.authenticity import authenticate
from perception.decode import Page, decode
from perception.inspection import Box, Field, Inspection, Line, Mark, SeenObject
from perception.invoice import invoice_fields
from perception.kinds import decide_kind
from perception.licence import licence_fields
from perception.look import NAMES_ZH, LookModel, look_model
from perception.marks import find_marks
from perception.quality import judge
from perception.reading import RapidReader, TextReader, lies_on_its_side
from perception.voucher_files import voucher_files

FEW_LETTERS = 12
"""Fewer letters than this, and the look decides alone."""


class Inspector:
    """Holds the loaded models; one for each worker process."""

    def __init__(self, reader: TextReader, look: LookModel) -> None:
        self._reader = reader
        self._look = look
        self._files = voucher_files()

    @classmethod
    def load(cls, threads: int = 2) -> Inspector:
        """An inspector with its models loaded.

        Raises:
            ModelUnavailable: A model's file is missing or altered.
        """
        return cls(RapidReader(threads), look_model(threads))

    def inspect(self, content: bytes, *, declared: str | None = None) -> Inspection:
        """All that is seen on a file.

        What it is declared to be is not looked at: it never makes a picture count.

        Raises:
            PerceptionError: The file cannot be decoded, or is out of bounds.
        """
        started = time.perf_counter()
        pages, count = decode(content)
        decoded = time.perf_counter()
        read = [self._read(page, number) for number, page in enumerate(pages)]
        lines = [line for _, found in read for line in found]
        read_at = time.perf_counter()
        image, scale = read[0][0], pages[0].scale
        looks = self._look.looks(image)
        guesses = decide_kind(self._files, lines, looks)
        fields = self._fields(guesses[0].type, lines)
        marks = find_marks(image, 0)
        seen = authenticate({f.name: f for f in fields}, marks, None)
        ended = time.perf_counter()
        return Inspection(
            sha256=hashlib.sha256(content).hexdigest(),
            pages=count,
            quality=judge(image, lines),
            voucher=guesses[0],
            alternatives=guesses[1:4],
            fields=tuple(_scaled_field(f, scale) for f in fields),
            marks=tuple(_scaled_mark(m, scale) for m in marks),
            objects=_objects(looks, image, scale),
            authenticity=seen,
            lines=tuple(replace(x, box=_scaled(x.box, scale)) for x in lines),
            models=(self._reader.version, self._look.version),
            elapsed_ms={
                "decode": (decoded - started) * 1000,
                "ocr": (read_at - decoded) * 1000,
                "total": (ended - started) * 1000,
            },
        )

    def _read(self, page: Page, number: int) -> tuple[NDArray[np.uint8], list[Line]]:
        if page.text:
            return page.image_rgb, list(page.text)
        image = page.image_rgb
        lines = self._reader.read(image)
        if lies_on_its_side(lines):
            image, lines = self._best_turn(image, (1, 3))
        elif _upside_down(lines):
            image, lines = self._best_turn(image, (0, 2))
        return image, [replace(line, page=number) for line in lines]

    def _best_turn(
        self, image: NDArray[np.uint8], quarters: tuple[int, ...]
    ) -> tuple[NDArray[np.uint8], list[Line]]:
        turned = [np.ascontiguousarray(np.rot90(image, k)) for k in quarters]
        reads = [self._reader.read(t) for t in turned]
        best = max(range(len(reads)), key=lambda i: _sense(reads[i]))
        return turned[best], reads[best]

    def _fields(self, kind: VoucherType, lines: Sequence[Line]) -> list[Field]:
        file = self._files.get(kind)
        if file is None or not file.fields:
            return []
        if kind is VoucherType.BUSINESS_LICENSE:
            return licence_fields(file, lines)
        return invoice_fields(file, lines)


def _sense(lines: Sequence[Line]) -> float:
    """How much was read, weighed by how surely: the right way up reads most."""
    return sum(len(line.text) * line.confidence**2 for line in lines)


def _upside_down(lines: Sequence[Line]) -> bool:
    if len(lines) < 4:
        return False
    return float(np.mean([line.confidence for line in lines])) < 0.7


def _scaled(box: Box, scale: float) -> Box:
    return tuple(round(v * scale) for v in box)  # type: ignore[return-value] # four in, four out


def _scaled_field(field: Field, scale: float) -> Field:
    return replace(field, box=_scaled(field.box, scale))


def _scaled_mark(mark: Mark, scale: float) -> Mark:
    return replace(mark, box=_scaled(mark.box, scale))


def _objects(
    looks: dict[str, float], image: NDArray[np.uint8], scale: float
) -> tuple[SeenObject, ...]:
    label = max(looks, key=lambda name: looks[name])
    if label in ("other", "paper"):
        return ()
    height, width = image.shape[:2]
    box = _scaled((0, 0, width, height), scale)
    return (SeenObject(label, NAMES_ZH[label], label, looks[label], box),)


@cache
def _shared() -> Inspector:
    return Inspector.load()


def inspect(content: bytes, *, declared: str | None = None) -> Inspection:
    """All that is seen on a file, by an inspector that this process keeps loaded.

    Raises:
        PerceptionError: The file cannot be decoded, or is out of bounds.
    """
    return _shared().inspect(content, declared=declared)
