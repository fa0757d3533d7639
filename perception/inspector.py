"""Looks at one file: decode, turn, read, decide what it is, take its fields, check them."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

import numpy as np
from numpy.typing import NDArray

from bailing.terms import VoucherType
from perception.fields.hidden import with_hidden_fields
from perception.fields.invoice import invoice_fields
from perception.fields.licence import licence_fields
from perception.fields.unread import unread_places
from perception.files.decode import Page, decode
from perception.genuine.authenticity import Sight, authenticate
from perception.genuine.fingerprint import fingerprint
from perception.genuine.recapture import RecaptureModel, recapture_model
from perception.inspection import (
    Box,
    Field,
    Frame,
    Guess,
    Inspection,
    Line,
    Mark,
    Quality,
    SeenObject,
)
from perception.kind.decide import decide_kind
from perception.kind.look import CATEGORIES, NAMES_EN, NAMES_ZH, LookModel, look_model
from perception.kind.several import surest_paper
from perception.marks import find_marks
from perception.page.layout import Placed, place, slant
from perception.page.outline import Outline, on_sheet, outlines
from perception.page.papers import papers
from perception.page.quality import judge
from perception.page.reading import RapidReader, ReadLine, TextReader
from perception.page.upright import RapidTurnFinder, TurnFinder, read_upright
from perception.voucher_files import VoucherFile, voucher_files

INVOICES = (VoucherType.VAT_SPECIAL_INVOICE, VoucherType.VAT_GENERAL_INVOICE)


@dataclass(frozen=True, slots=True)
class _SeenPage:
    """A page upright and read; boxes in its own pixels, ``scale`` of the original for each."""

    image_rgb: NDArray[np.uint8]
    scale: float
    found: list[ReadLine]
    placed: list[Placed]
    lines: list[Line]
    marks: list[Mark]
    quarters: int
    number: int
    sheets: list[Outline]
    text: bool

    def only(self, found: list[ReadLine]) -> _SeenPage:
        """The page with these lines instead of its own."""
        lines = [line.line(self.number) for line in found]
        placed = place(found, self.number, on_sheet(found, self.sheets))
        return replace(self, found=found, placed=placed, lines=lines)

    @property
    def frame(self) -> Frame:
        """In what the boxes lie, once they are scaled to the original."""
        height, width = self.image_rgb.shape[:2]
        return Frame(round(width * self.scale), round(height * self.scale), self.quarters)


class Inspector:
    """Holds the loaded models; one for each worker process."""

    def __init__(
        self,
        reader: TextReader,
        finder: TurnFinder,
        look: LookModel,
        recapture: RecaptureModel,
    ) -> None:
        self._reader = reader
        self._finder = finder
        self._look = look
        self._recapture = recapture
        self._files = voucher_files()

    @classmethod
    def load(cls, threads: int = 2) -> Inspector:
        """An inspector with its models loaded.

        Args:
            threads: How many a network may use.

        Raises:
            ModelUnavailable: A model's file is missing or altered.
        """
        return cls(RapidReader(threads), RapidTurnFinder(), look_model(threads), recapture_model())

    def inspect(self, content: bytes, *, declared: str | None = None) -> Inspection:
        """All that is seen on a file.

        Args:
            content: The file.
            declared: What it is said to be; it never makes a picture count.

        Raises:
            PerceptionError: The file cannot be decoded, or is out of bounds.
        """
        started = time.perf_counter()
        pages, count = decode(content)
        decoded = time.perf_counter()
        read = [self._read(page, number) for number, page in enumerate(pages)]
        read_at = time.perf_counter()
        lines = [line for page in read for line in page.lines]
        marks = [mark for page in read for mark in page.marks]
        first = read[0]
        looks = self._look.looks(first.image_rgb)
        guesses = decide_kind(self._files, lines, looks, marks=marks, declared=declared)
        seen_apart = self._apart(first, looks, declared)
        if seen_apart is not None:
            read[0], guesses = seen_apart
        read = [self._read_again(guesses[0].type, page) for page in read]
        if seen_apart is None:
            lines = [line for page in read for line in page.lines]
        first = read[0]
        fields = self._fields(guesses[0].type, read)
        photographed = not pages[0].text
        score = self._recapture.score(first.image_rgb) if photographed else None
        seen = replace(
            authenticate(Sight({f.name: f for f in fields}, marks, lines), score),
            fingerprint=fingerprint(first.image_rgb) if photographed else None,
        )
        scales = [page.scale for page in read]
        return Inspection(
            sha256=hashlib.sha256(content).hexdigest(),
            pages=count,
            quality=_quality(first, self._files.get(guesses[0].type), fields),
            voucher=guesses[0],
            alternatives=_alternatives(guesses),
            fields=tuple(replace(f, box=_scaled(f.box, scales[f.page])) for f in fields),
            marks=tuple(replace(m, box=_scaled(m.box, scales[m.page])) for m in marks),
            objects=_objects(looks, first),
            authenticity=seen,
            lines=tuple(replace(x, box=_scaled(x.box, scales[x.page])) for x in lines),
            models=self._versions(),
            frames=tuple(page.frame for page in read),
            elapsed_ms={
                "decode": (decoded - started) * 1000,
                "ocr": (read_at - decoded) * 1000,
                "total": (time.perf_counter() - started) * 1000,
            },
        )

    def _versions(self) -> tuple[str, ...]:
        parts = (self._reader, self._finder, self._look, self._recapture)
        return tuple(part.version for part in parts)

    def _read(self, page: Page, number: int) -> _SeenPage:
        if page.text:
            image, found, quarters = page.image_rgb, list(page.text), 0
        else:
            upright = read_upright(page.image_rgb, self._reader, self._finder)
            image, found, quarters = upright.image_rgb, upright.lines, upright.quarters
        sheets = [] if page.text else outlines(image)
        return _SeenPage(
            image,
            page.scale,
            found,
            place(found, number, on_sheet(found, sheets)),
            [line.line(number) for line in found],
            find_marks(image, number),
            quarters,
            number,
            sheets,
            bool(page.text),
        )

    def _apart(
        self, page: _SeenPage, looks: Mapping[str, float], declared: str | None
    ) -> tuple[_SeenPage, tuple[Guess, ...]] | None:
        """Of several papers in one photo the surest one as a page, and the kinds of all."""
        groups = [] if page.text else papers(page.found, page.sheets)

        def decide(group: Sequence[ReadLine]) -> tuple[Guess, ...]:
            lines = [line.line(0) for line in group]
            return decide_kind(self._files, lines, looks, declared=declared)

        best = surest_paper(groups, decide) if len(groups) > 1 else None
        if best is None:
            return None
        group, kinds = best
        return page.only(list(group)), kinds

    def _read_again(self, kind: VoucherType, page: _SeenPage) -> _SeenPage:
        """The page with what stands beside labels at which no line was found."""
        file = self._files.get(kind)
        if file is None or not file.fields or page.text:
            return page
        as_seen = place(page.found, page.number)
        places = unread_places(file, as_seen, slant(page.found))
        more = self._reader.read_at(page.image_rgb, places) if places else []
        if not more:
            return page
        return page.only([*page.found, *more])

    def _fields(self, kind: VoucherType, pages: Sequence[_SeenPage]) -> list[Field]:
        """The fields of the page that has most of them."""
        file = self._files.get(kind)
        if file is None or not file.fields:
            return []
        return max((_page_fields(file, page) for page in pages), key=len)


def _page_fields(file: VoucherFile, page: _SeenPage) -> list[Field]:
    if file.type in INVOICES:
        return invoice_fields(file, page.placed, page.marks)
    return licence_fields(file, page.placed)


def _quality(page: _SeenPage, file: VoucherFile | None, fields: Sequence[Field]) -> Quality:
    """What is wrong with the first page, and what that hides; boxes of the original."""
    seen = judge(page.image_rgb, page.lines)
    told = with_hidden_fields(seen, file, {f.name for f in fields}, page.lines)
    troubles = tuple(replace(t, box=_scaled(t.box, page.scale)) for t in told.troubles)
    return replace(told, troubles=troubles)


def _alternatives(guesses: Sequence[Guess]) -> tuple[Guess, ...]:
    return tuple(g for g in guesses[1:4] if g.confidence >= 0.01)


def _scaled(box: Box, scale: float) -> Box:
    x0, y0, x1, y1 = (round(v * scale) for v in box)
    return x0, y0, x1, y1


def _objects(looks: Mapping[str, float], page: _SeenPage) -> tuple[SeenObject, ...]:
    """What the whole picture shows."""
    label = max(looks, key=lambda name: looks[name])
    if label == "other":
        return ()
    height, width = page.image_rgb.shape[:2]
    box = _scaled((0, 0, width, height), page.scale)
    confidence = min(1.0, looks[label])
    return (SeenObject(NAMES_EN[label], NAMES_ZH[label], CATEGORIES[label], confidence, box),)


@cache
def _shared() -> Inspector:
    return Inspector.load()


def inspect(content: bytes, *, declared: str | None = None) -> Inspection:
    """All that is seen on a file, by an inspector that this process keeps loaded.

    Raises:
        PerceptionError: The file cannot be decoded, or is out of bounds.
    """
    return _shared().inspect(content, declared=declared)
