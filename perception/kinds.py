"""Which of the 26 a picture is: title words for papers, the look for photos, else ``other``."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from bailing.terms import VoucherType
from perception.inspection import Guess, Line
from perception.voucher_files import VoucherFile

PAPER_WORDS = 5
"""Lines of text from which a picture counts as a paper, whatever it looks like."""
LOOK_SURE = 0.5


def decide_kind(
    files: Mapping[VoucherType, VoucherFile], lines: Sequence[Line], looks: Mapping[str, float]
) -> tuple[Guess, ...]:
    """The kinds that it may be, likeliest first; the first is what it is taken for."""
    text = re.sub(r"\s", "", "".join(line.text for line in lines))
    guesses = [*_by_words(files, text), *_by_look(files, looks)]
    known = max((g.confidence for g in guesses), default=0.0)
    guesses.append(Guess(VoucherType.OTHER, max(0.0, 1.0 - known)))
    return tuple(sorted(guesses, key=lambda g: -g.confidence))


def _by_words(files: Mapping[VoucherType, VoucherFile], text: str) -> list[Guess]:
    guesses = []
    for kind, file in files.items():
        if not file.words:
            continue
        title = max((len(w) for w in file.words if w in text), default=0)
        helps = sum(1 for w in file.helps if w in text)
        if title >= 4 and helps >= 1:
            longer = 0.02 * title if title > 4 else 0.0
            guesses.append(Guess(kind, min(0.99, 0.8 + 0.03 * helps + longer)))
        elif helps >= 3:
            guesses.append(Guess(kind, min(0.85, 0.5 + 0.07 * helps)))
    return guesses


def _by_look(files: Mapping[VoucherType, VoucherFile], looks: Mapping[str, float]) -> list[Guess]:
    return [
        Guess(kind, sum(looks.get(look, 0.0) for look in file.looks))
        for kind, file in files.items()
        if file.looks
    ]
