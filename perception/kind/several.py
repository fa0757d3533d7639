"""Several papers in one photo: each is decided apart, the surest is what the photo is taken for."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from bailing.terms import VoucherType
from perception.inspection import Guess
from perception.page.reading import ReadLine

SURE = 0.5
"""A sheet whose kind is less sure than this is not counted as a paper of its own."""

Decide = Callable[[Sequence[ReadLine]], tuple[Guess, ...]]


def surest_paper(
    groups: Sequence[Sequence[ReadLine]], decide: Decide
) -> tuple[Sequence[ReadLine], tuple[Guess, ...]] | None:
    """The lines of the paper whose kind is surest, and its kinds, those of the others behind it.

    Args:
        groups: The lines of each sheet.
        decide: The kinds of a paper with these lines, likeliest first.

    Returns:
        None where fewer than two sheets are papers of a kind that is known: then the photo shows
        one paper, whatever its outlines say.
    """
    decided = [(group, decide(group)) for group in groups]
    papers = [
        (group, kinds)
        for group, kinds in decided
        if kinds[0].type is not VoucherType.OTHER and kinds[0].confidence >= SURE
    ]
    if len(papers) < 2:
        return None
    papers.sort(key=lambda paper: (-paper[1][0].confidence, -len(paper[0])))
    (group, kinds), *others = papers
    beside = [other[1][0] for other in others]
    named = {kinds[0].type, *(g.type for g in beside)}
    rest = [g for g in kinds[1:] if g.type not in named]
    return group, (kinds[0], *_each_once(beside, kinds[0].type), *rest)


def _each_once(guesses: Sequence[Guess], best: VoucherType) -> list[Guess]:
    """Each kind but the best once."""
    kept: dict[VoucherType, Guess] = {}
    for guess in guesses:
        if guess.type is not best:
            kept.setdefault(guess.type, guess)
    return list(kept.values())
