"""Days and spans of time as papers print them: dates, months, quarters, ISO, bare digits."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date

from perception.fields import values
from perception.fields.repair import HAN_ALIKE

LONG_TERM = values.LONG_TERM
FULL = re.compile(
    r"(?<!\d)(\d{4}|\d{2}(?=年))[年\-./]([01]?\d)[月\-./]([0-3]?\d)(?!\d*[年元])[日号]?"
)
BARE = re.compile(r"(?<!\d)(20\d{2}|19\d{2})([01]\d)([0-3]\d)(?!\d)")
MONTH = re.compile(r"(?<!\d)(\d{4})[年\-./]([01]?\d)月?(?![\d\-./])")
BARE_MONTH = re.compile(r"(?<!\d)(20\d{2})(0[1-9]|1[0-2])(?!\d)")
QUARTER = re.compile(r"(\d{4})年?度?第?([一二三四1-4])季度")
YEAR = re.compile(r"(?<!\d)(\d{4})年度")
AND_MONTH = re.compile(r"(?<!\d)(\d{4})年(\d{1,2})月?[至到\-—~～－](\d{1,2})月")
HAN_QUARTER = dict(zip("一二三四1234", (1, 2, 3, 4) * 2, strict=True))
CLOCK = re.compile(r"(?<=\d)\s*\d{2}:\d{2}(?::\d{2})?")


@dataclass(frozen=True, slots=True)
class Days:
    """A day, or all days of a month, a quarter or a year; ISO dates.

    ``at`` is where it stands in the text without spaces.
    """

    first: str
    last: str
    at: int
    repaired: bool = False


def days_in(text: str) -> list[Days]:
    """The days that a text names, in the order of the text."""
    tidy = _tidy(text)
    found = _exact(tidy)
    plain = found or _exact(_digits_mended(tidy))
    mended = not found and bool(plain)
    every = [Days(d.first, d.last, d.at, mended) for d in plain]
    for days in _longer(tidy):
        if not any(abs(days.at - other.at) < 6 for other in every):
            every.append(days)
    return sorted(every, key=lambda d: d.at)


def end_of(text: str) -> str | None:
    """The last day of the span that a text names; ``long_term``; None where none is named."""
    found = days_in(text)
    tidy = _tidy(text)
    behind = tidy.rfind("至")
    if found and found[-1].at > behind:
        return found[-1].last
    if LONG_TERM.search(tidy):
        return "long_term"
    return found[-1].last if len(found) >= 2 else None


def _tidy(text: str) -> str:
    plain = re.sub(r"(?<=\d)\s+(?=\d{2}:\d{2})", "T", text)
    plain = re.sub(r"T?\d{2}:\d{2}(?::\d{2})?", " ", plain)
    return re.sub(r"\s", "", plain.translate(HAN_ALIKE))


def _digits_mended(text: str) -> str:
    """Letters between digits and the words of a date, which can be digits only."""
    return re.sub(
        r"(?<=[\d年月\-./])[OoIl|]|[OoIl|](?=[\d年月日])",
        lambda hit: "0" if hit.group() in "Oo" else "1",
        text,
    )


def _exact(text: str) -> list[Days]:
    found = []
    for pattern in (FULL, BARE):
        for hit in pattern.finditer(text):
            year = int(hit[1]) if len(hit[1]) == 4 else 2000 + int(hit[1])
            if day := _day(year, int(hit[2]), int(hit[3])):
                found.append(Days(day, day, hit.start()))
    for hit in values.HAN_DATE.finditer(text):
        if day := values.iso_date(hit.group()):
            found.append(Days(day, day, hit.start()))
    return found


def _longer(text: str) -> list[Days]:
    """Months, quarters and years that are named whole."""
    found = []
    for hit in AND_MONTH.finditer(text):
        found += _month(int(hit[1]), int(hit[2]), hit.start())
        found += _month(int(hit[1]), int(hit[3]), hit.start(3))
    for hit in (*MONTH.finditer(text), *BARE_MONTH.finditer(text)):
        found += _month(int(hit[1]), int(hit[2]), hit.start())
    for hit in QUARTER.finditer(text):
        last = HAN_QUARTER[hit[2]] * 3
        year = int(hit[1])
        found.append(Days(f"{year}-{last - 2:02}-01", _last_of(year, last), hit.start()))
    for hit in YEAR.finditer(text):
        if not QUARTER.match(text[hit.start() :]):
            found.append(Days(f"{hit[1]}-01-01", f"{hit[1]}-12-31", hit.start()))
    return found


def _month(year: int, month: int, at: int) -> list[Days]:
    if not (1900 <= year <= 2100 and 1 <= month <= 12):
        return []
    return [Days(f"{year}-{month:02}-01", _last_of(year, month), at)]


def _last_of(year: int, month: int) -> str:
    return f"{year}-{month:02}-{calendar.monthrange(year, month)[1]:02}"


def _day(year: int, month: int, number: int) -> str | None:
    try:
        return date(year, month, number).isoformat() if 1900 <= year <= 2100 else None
    except ValueError:
        return None
