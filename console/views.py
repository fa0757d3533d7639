"""What a page shows, made from the credit file: plain values for the templates."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta, timezone
from decimal import Decimal
from typing import Any

from casefile import CaseFilter, CaseLine, Evidence, EvidenceStatus, Ledger
from console.masking import Masker, mask, personal_values
from console.replay import replay
from console.timeline import Timeline
from console.words import Speech

CHINA = timezone(timedelta(hours=8))
CASES_A_PAGE = 50
TURNS_A_PAGE = 50
UNSURE_BELOW = 0.8
"""A field read with less confidence is drawn as uncertain."""
PATH = (280, 72)
"""Width and height of the drawn limit path."""


@dataclass(frozen=True, slots=True)
class Pages:
    """Which page of how many."""

    page: int
    pages: int
    total: int

    @classmethod
    def of(cls, page: int, total: int, size: int) -> Pages:
        """The page asked for, within what there is."""
        pages = max(1, -(-total // size))
        return cls(min(max(page, 1), pages), pages, total)

    @property
    def near(self) -> list[int | None]:
        """The pages to link: the ends and those about this one; None for a gap."""
        wanted = {1, self.pages, *range(self.page - 2, self.page + 3)}
        listed: list[int | None] = []
        for number in sorted(n for n in wanted if 1 <= n <= self.pages):
            if listed and listed[-1] is not None and number - listed[-1] > 1:
                listed.append(None)
            listed.append(number)
        return listed


@dataclass(frozen=True, slots=True)
class Asked:
    """The list's filter as it stands in the address."""

    text: str = ""
    limit: str = ""
    handler: str = ""
    doubtful: str = ""
    since: str = ""
    until: str = ""

    @classmethod
    def of(cls, query: Mapping[str, str]) -> Asked:
        """What the address asks for; what it does not know is left out."""
        return cls(
            text=query.get("text", "").strip()[:60],
            limit=_one_of(query.get("limit"), ("raised", "not_raised")),
            handler=_one_of(query.get("handler"), ("bot", "human")),
            doubtful=_one_of(query.get("doubtful"), ("1",)),
            since=_day_or_nothing(query.get("since")),
            until=_day_or_nothing(query.get("until")),
        )

    def filter(self) -> CaseFilter:
        """The same for the credit file; days are China's."""
        return CaseFilter(
            text=self.text,
            raised={"raised": True, "not_raised": False}.get(self.limit),
            handler=self.handler or None,
            doubtful=bool(self.doubtful),
            since=_midnight(self.since),
            until=_midnight(self.until, days=1),
        )

    @property
    def query(self) -> dict[str, str]:
        """What stands in the address, for links to further pages."""
        pairs = {
            "text": self.text,
            "limit": self.limit,
            "handler": self.handler,
            "doubtful": self.doubtful,
            "since": self.since,
            "until": self.until,
        }
        return {k: v for k, v in pairs.items() if v}


def case_list(ledger: Ledger, asked: Asked, page: int) -> tuple[Sequence[CaseLine], Pages]:
    """One page of the list, and where it stands."""
    wanted = asked.filter()
    offset = (max(page, 1) - 1) * CASES_A_PAGE
    lines, total = ledger.archive.find(wanted, limit=CASES_A_PAGE, offset=offset)
    where = Pages.of(page, total, CASES_A_PAGE)
    if not lines and total:
        offset = (where.page - 1) * CASES_A_PAGE
        lines, _ = ledger.archive.find(wanted, limit=CASES_A_PAGE, offset=offset)
    return lines, where


@dataclass(frozen=True, slots=True)
class LimitPath:
    """The limits in force one after the other, as a line to draw; ``points`` is empty for one."""

    points: str
    low_cny: Decimal
    high_cny: Decimal

    @classmethod
    def of(cls, limits: Sequence[Decimal]) -> LimitPath:
        """A step for each decision, in a box of :data:`PATH`."""
        low, high = min(limits), max(limits)
        if len(limits) == 1:
            return cls("", low, high)
        width, height = PATH
        step = width / len(limits)
        span = float(high - low) or 1.0
        corners = []
        for number, limit in enumerate(limits):
            y = round(height - 3 - float(limit - low) / span * (height - 6), 1)
            corners += [f"{round(number * step, 1)},{y}", f"{round((number + 1) * step, 1)},{y}"]
        return cls(" ".join(corners), low, high)


@dataclass(frozen=True, slots=True)
class CaseView:
    """One conversation as its page shows it."""

    line: CaseLine
    merchant_name: str
    timeline: Timeline
    pages: Pages
    evidence: Sequence[Evidence]
    path: LimitPath
    profile: Sequence[Mapping[str, Any]]
    consents: Sequence[Any]
    reviews: Sequence[Any]
    masked: bool


def masker_of(ledger: Ledger, line: CaseLine) -> Masker:
    """What masks this case's names and numbers."""
    papers = [(proof.inspection or {}).get("fields") or {} for proof in ledger.proofs.all(line.id)]
    corrected = [(c.field, c.read_value, c.value) for c in ledger.archive.corrections(line.id)]
    return Masker(personal_values([line.merchant_name], papers, corrected))


def case_view(
    ledger: Ledger, line: CaseLine, *, page: int, language: str, masked: bool
) -> CaseView:
    """A stretch of the conversation with what is known of the case."""
    first = (max(page, 1) - 1) * TURNS_A_PAGE + 1
    timeline = replay(ledger, line.id, first=first, count=TURNS_A_PAGE, language=language)
    where = Pages.of(page, timeline.total, TURNS_A_PAGE)
    if where.page != max(page, 1):
        first = (where.page - 1) * TURNS_A_PAGE + 1
        timeline = replay(ledger, line.id, first=first, count=TURNS_A_PAGE, language=language)
    masker = masker_of(ledger, line)
    decided = ledger.decisions.all(line.id)
    name = line.merchant_name or ""
    return CaseView(
        line=line,
        merchant_name=mask(name) if masked else name,
        timeline=masker.records(timeline) if masked else timeline,
        pages=where,
        evidence=[_masked_proof(p, masker) if masked else p for p in ledger.proofs.all(line.id)],
        path=LimitPath.of([line.original_limit_cny, *(d.limit_cny for d in decided)]),
        profile=[
            {
                "slot": slot,
                "value": masker.text(v.value) if masked and isinstance(v.value, str) else v.value,
                "source": v.source.value,
            }
            for slot, v in ledger.cases.profile(line.id).items()
        ],
        consents=ledger.cases.consents(line.id),
        reviews=[
            replace(r, reason=masker.text(r.reason)) if masked else r
            for r in ledger.decisions.reviews(line.id)
        ],
        masked=masked,
    )


@dataclass(frozen=True, slots=True)
class Mark:
    """A box over a page, and the words that stand with it; confidence in [0, 1]."""

    layer: str
    name: str
    label: str
    value: str
    confidence: float | None
    page: int
    box: tuple[int, int, int, int]

    @property
    def unsure(self) -> bool:
        """Whether it is drawn as uncertain."""
        return self.confidence is not None and self.confidence < UNSURE_BELOW


@dataclass(frozen=True, slots=True)
class Page:
    """A page in its own pixels, with the boxes upon it; ``turned`` in quarters to the left."""

    number: int
    width: int
    height: int
    turned: int
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class EvidenceView:
    """One proof as its page shows it; a withdrawn one has its tombstone only."""

    proof: Evidence
    withdrawn: bool
    inspection: Mapping[str, Any]
    pages: tuple[Page, ...]
    fields: tuple[Mark, ...]
    marks: tuple[Mark, ...]
    objects: tuple[Mark, ...]
    tables: Sequence[Mapping[str, Any]]
    corrections: Mapping[str, str]
    findings: Sequence[str]
    checks: Sequence[Mapping[str, Any]]
    masked: bool


def evidence_view(
    ledger: Ledger, line: CaseLine, evidence_id: str, *, language: str, masked: bool
) -> EvidenceView:
    """One proof with its boxes.

    Raises:
        NotFound: The case has no such proof.
    """
    proof = ledger.proofs.get(line.id, evidence_id)
    masker = masker_of(ledger, line)
    seen: Mapping[str, Any] = proof.inspection or {}
    marks = _marks(seen, language, masker if masked else None)
    corrected = {
        c.field: masker.field(c.field, c.value) if masked else c.value
        for c in ledger.proofs.corrections(evidence_id)
    }
    say = masker.text if masked else str
    checks = (seen.get("authenticity") or {}).get("checks") or ()
    return EvidenceView(
        proof=_masked_proof(proof, masker) if masked else proof,
        withdrawn=proof.status is EvidenceStatus.WITHDRAWN,
        inspection=seen,
        pages=pages_of(seen, marks),
        fields=tuple(m for m in marks if m.layer == "fields"),
        marks=tuple(m for m in marks if m.layer == "marks"),
        objects=tuple(m for m in marks if m.layer == "objects"),
        # Rows name whom the merchant trades with: a masked page leaves them out.
        tables=() if masked else seen.get("tables") or (),
        corrections=corrected,
        findings=[say(str(f.get("text") or f.get("code") or "")) for f in proof.findings],
        checks=[{**check, "detail": say(str(check.get("detail") or ""))} for check in checks],
        masked=masked,
    )


def frame_of(seen: Mapping[str, Any], page: int) -> Mapping[str, int] | None:
    """In what the boxes of a page lie; None where the inspection did not keep it."""
    frames = seen.get("frames") or ()
    return frames[page] if 0 <= page < len(frames) else None


def hidden_boxes(seen: Mapping[str, Any], page: int) -> list[list[int]]:
    """What a masked picture must not show even coarsely: all print, and codes."""
    parts = [*(seen.get("lines") or ()), *(seen.get("marks") or ())]
    return [list(part["box"]) for part in parts if part.get("page", 0) == page]


def pages_of(seen: Mapping[str, Any], marks: Sequence[Mark]) -> tuple[Page, ...]:
    """The pages that were looked at, each with its boxes."""
    return tuple(
        Page(
            number=number,
            width=int(frame["width"]),
            height=int(frame["height"]),
            turned=int(frame["turned"]),
            marks=tuple(m for m in marks if m.page == number),
        )
        for number, frame in enumerate(seen.get("frames") or ())
    )


def _marks(seen: Mapping[str, Any], language: str, masker: Masker | None) -> list[Mark]:
    label = "label_en" if language == "en" else "label"
    found = []
    say = Speech(language)
    for name, field in (seen.get("fields") or {}).items():
        value = str(field.get("value") or "")
        shown = masker.field(name, value) if masker else value
        found.append(_mark("fields", name, str(field.get(label) or name), shown, field))
    for mark in seen.get("marks") or ():
        text = str(mark.get("text") or "")
        shown = mask(text) if masker else text
        found.append(_mark("marks", mark["kind"], say(str(mark["kind"])), shown, mark))
    for thing in seen.get("objects") or ():
        name = thing["label"] if language == "en" else thing.get("label_zh") or thing["label"]
        found.append(_mark("objects", thing["label"], name, "", thing))
    for line in seen.get("lines") or ():
        text = "" if masker else str(line.get("text") or "")
        found.append(_mark("lines", "line", text, "", line))
    return found


def _mark(layer: str, name: str, label: str, value: str, part: Mapping[str, Any]) -> Mark:
    x0, y0, x1, y1 = (int(v) for v in part.get("box") or (0, 0, 0, 0))
    confidence = part.get("confidence")
    return Mark(
        layer=layer,
        name=name,
        label=label,
        value=value,
        confidence=None if confidence is None else float(confidence),
        page=int(part.get("page") or 0),
        box=(x0, y0, x1, y1),
    )


def _masked_proof(proof: Evidence, masker: Masker) -> Evidence:
    return replace(proof, summary=masker.text(proof.summary) if proof.summary else None)


def local(at: datetime | None, pattern: str = "%Y-%m-%d %H:%M") -> str:
    """A time as China's clocks show it."""
    return at.astimezone(CHINA).strftime(pattern) if at else "—"


def yuan(amount: Decimal | float | int | str) -> str:
    """An amount in yuan with its thousands set apart."""
    return f"{Decimal(str(amount)):,.0f}"


def spoken(value: Any) -> str:
    """A slot's value: a range with its thousands set apart, else its words."""
    if value is None:
        return "—"
    if isinstance(value, Mapping):
        low, high = value.get("low"), value.get("high")
        if isinstance(low, int | float) and not isinstance(low, bool):
            same = high is None or high == low
            return f"{low:,g}" if same else f"{low:,g}–{high:,g}"
        return " ".join(f"{k}={v}" for k, v in value.items())
    return str(value)


def _one_of(value: str | None, known: Sequence[str]) -> str:
    return value if value is not None and value in known else ""


def _day_or_nothing(value: str | None) -> str:
    try:
        return date.fromisoformat(value or "").isoformat()
    except ValueError:
        return ""


def _midnight(day: str, days: int = 0) -> datetime | None:
    if not day:
        return None
    try:
        begun = datetime.combine(date.fromisoformat(day) + timedelta(days=days), time(), CHINA)
        return begun.astimezone(UTC)
    except OverflowError:
        return None
