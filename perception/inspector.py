"""Looks at one file: decode, turn, read, decide what it is, take its fields, check them."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

from bailing.terms import VoucherType
from perception.fields.hidden import with_hidden_fields
from perception.fields.paper import Paper, read_file
from perception.fields.stated import stated_kind
from perception.fields.unread import unread_places
from perception.files.decode import Page, decode
from perception.genuine.authenticity import Sight, authenticate
from perception.genuine.fingerprint import fingerprint
from perception.genuine.recapture import RecaptureModel, recapture_model
from perception.inspection import Authenticity, Guess, Inspection, Line, Mark, Quality
from perception.kind.decide import decide_kind
from perception.kind.look import LookModel, look_model, seen_objects
from perception.kind.several import surest_paper
from perception.marks import MarkDetector, mark_detector
from perception.page.layers import DocumentReader
from perception.page.layout import place, slant
from perception.page.papers import papers
from perception.page.quality import judge
from perception.page.reading import PageReader, RapidReader
from perception.page.upright import RapidTurnFinder, TurnFinder
from perception.seen import SeenPage, scaled, seen_page
from perception.voucher_files import VoucherFile, voucher_files

PHOTOGRAPHED = 0.5
"""The share of a document's page from which the picture on it counts as a photo."""


@dataclass(frozen=True, slots=True)
class _Seen:
    """A file's pages, as they came and as they were seen."""

    came: Sequence[Page]
    pages: Sequence[SeenPage]

    @property
    def first(self) -> SeenPage:
        return self.pages[0]

    @property
    def lines(self) -> list[Line]:
        return [line for page in self.pages for line in page.lines]

    @property
    def marks(self) -> list[Mark]:
        return [mark for page in self.pages for mark in page.marks]

    @property
    def photographed(self) -> bool:
        """Whether the first page is a picture rather than a document's own text."""
        return not self.first.layered or self.came[0].pictured > PHOTOGRAPHED


class Inspector:
    """Holds the loaded models; one for each worker process."""

    def __init__(
        self,
        reader: PageReader,
        finder: TurnFinder,
        look: LookModel,
        recapture: RecaptureModel,
        detector: MarkDetector | None = None,
    ) -> None:
        self._reader = reader
        self._finder = finder
        self._look = look
        self._recapture = recapture
        self._detector = detector
        self._files = voucher_files()

    @classmethod
    def load(cls, threads: int = 2) -> Inspector:
        """An inspector with its models loaded.

        Args:
            threads: How many a network may use.

        Raises:
            ModelUnavailable: A model's file is missing or altered.
        """
        return cls(
            RapidReader(threads),
            RapidTurnFinder(),
            look_model(threads),
            recapture_model(),
            mark_detector(threads),
        )

    def inspect(self, content: bytes, *, declared: str | None = None) -> Inspection:
        """All that is seen on a file.

        Args:
            content: The file.
            declared: What it is said to be; it never makes a picture count.

        Raises:
            PerceptionError: The file cannot be decoded, or is out of bounds.
        """
        started = time.perf_counter()
        came, count = decode(content)
        decoded = time.perf_counter()
        seen = self._seen(came)
        read_at = time.perf_counter()
        looks = self._look.looks(seen.first.image_rgb)
        seen, guesses = self._taken_for(seen, looks, declared)
        seen = self._read_again(guesses[0].type, seen)
        paper = self._paper(guesses[0].type, seen)
        scales = [page.scale for page in seen.pages]
        return Inspection(
            sha256=hashlib.sha256(content).hexdigest(),
            pages=count,
            quality=self._quality(guesses[0].type, seen, paper),
            voucher=guesses[0],
            alternatives=tuple(g for g in guesses[1:4] if g.confidence >= 0.01),
            fields=tuple(replace(f, box=scaled(f.box, scales[f.page])) for f in paper.fields),
            marks=tuple(replace(m, box=scaled(m.box, scales[m.page])) for m in seen.marks),
            objects=seen_objects(looks, scaled(seen.first.whole, seen.first.scale)),
            authenticity=self._authenticity(seen, paper),
            lines=tuple(replace(x, box=scaled(x.box, scales[x.page])) for x in seen.lines),
            models=(*self._versions(), *filter(None, [came[0].reader])),
            frames=tuple(page.frame for page in seen.pages),
            tables=tuple(replace(t, box=scaled(t.box, scales[t.page])) for t in paper.tables),
            elapsed_ms={
                "decode": (decoded - started) * 1000,
                "ocr": (read_at - decoded) * 1000,
                "total": (time.perf_counter() - started) * 1000,
            },
        )

    def _versions(self) -> tuple[str, ...]:
        parts = (self._reader, self._finder, self._look, self._recapture, self._detector)
        return tuple(part.version for part in parts if part is not None)

    def _seen(self, came: Sequence[Page]) -> _Seen:
        reader = DocumentReader(self._reader, self._finder)
        pages = [
            seen_page(reader.read(page), page, number, self._detector, self._reader)
            for number, page in enumerate(came)
        ]
        return _Seen(came, pages)

    def _taken_for(
        self, seen: _Seen, looks: Mapping[str, float], declared: str | None
    ) -> tuple[_Seen, tuple[Guess, ...]]:
        """What it may be, likeliest first, and the pages as that.

        What a file's data says of it comes before its look; of several papers in one photo the
        surest is what it is taken for.
        """

        def decide(lines: Sequence[Line], marks: Sequence[Mark] = ()) -> tuple[Guess, ...]:
            return decide_kind(self._files, lines, looks, marks=marks, declared=declared)

        said = stated_kind(seen.came[0].data)
        if said is not None:
            others = decide(seen.lines, seen.marks)
            return seen, (said, *(g for g in others if g.type is not said.type))
        first = seen.first
        groups = [] if first.layered else papers(first.found, first.sheets)
        best = (
            surest_paper(groups, lambda group: decide([line.line(0) for line in group]))
            if len(groups) > 1
            else None
        )
        if best is None:
            return seen, decide(seen.lines, seen.marks)
        group, kinds = best
        return replace(seen, pages=[first.only(group), *seen.pages[1:]]), kinds

    def _read_again(self, kind: VoucherType, seen: _Seen) -> _Seen:
        """The pages with what stands beside labels at which no line was found."""
        file = self._files.get(kind)
        if file is None or not file.fields:
            return seen
        return replace(seen, pages=[self._with_unread(file, page) for page in seen.pages])

    def _with_unread(self, file: VoucherFile, page: SeenPage) -> SeenPage:
        if page.layered:
            return page
        places = unread_places(file, place(page.found, page.number), slant(page.found))
        more = self._reader.read_at(page.image_rgb, places) if places else []
        return page.with_more(more) if more else page

    def _paper(self, kind: VoucherType, seen: _Seen) -> Paper:
        file = self._files.get(kind)
        if file is None or not file.fields:
            return Paper(())
        return read_file(file, seen.pages, seen.came[0].data)

    def _quality(self, kind: VoucherType, seen: _Seen, paper: Paper) -> Quality:
        """What is wrong with the first page, and what that hides; boxes of the original."""
        if not seen.photographed:
            return Quality(True)
        page = seen.first
        judged = judge(page.image_rgb, page.lines)
        names = {f.name for f in paper.fields}
        told = with_hidden_fields(judged, self._files.get(kind), names, page.lines)
        troubles = tuple(replace(t, box=scaled(t.box, page.scale)) for t in told.troubles)
        return replace(told, troubles=troubles)

    def _authenticity(self, seen: _Seen, paper: Paper) -> Authenticity:
        image = seen.first.image_rgb
        printed = seen.came[0].data if seen.came[0].printed else {}
        score = self._recapture.score(image) if seen.photographed else None
        sight = Sight({f.name: f for f in paper.fields}, seen.marks, seen.lines, printed)
        return replace(
            authenticate(sight, score),
            fingerprint=fingerprint(image) if seen.photographed else None,
        )


@cache
def _shared() -> Inspector:
    return Inspector.load()


def inspect(content: bytes, *, declared: str | None = None) -> Inspection:
    """All that is seen on a file, by an inspector that this process keeps loaded.

    Raises:
        PerceptionError: The file cannot be decoded, or is out of bounds.
    """
    return _shared().inspect(content, declared=declared)
