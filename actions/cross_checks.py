"""What the proofs of one case say of each other: whose they are, and which were given before.

Pure functions over the credit file's records.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from actions.papers import CODES
from actions.weighing import PHOTOS, Holder, is_party
from bailing.terms import VoucherType
from casefile import Evidence, Marks
from perception import voucher_files

LICENCE = VoucherType.BUSINESS_LICENSE.value
END_MARKS = {
    "seller_name": "seller",
    "sender_name": "seller",
    "payee_name": "seller",
    "carrier_name": "seller",
    "party_b": "second",
}
"""What the ends of a paper are called in the marks that are kept."""
SAME_BITS = 64
"""Up to so many of a fingerprint's 256 bits differ between one photo saved twice.

`python -m bench.same_photo` prints what both thresholds do to real photos.
"""
DIGITS_A_PART = 2
"""Hex digits of a fingerprint in one keyed mark: 32 marks of 8 bits."""
PARTS_NEEDED = 9
"""Marks in common from which two photos of different cases are one (`bench/same_photo.py`)."""


def fields_of(evidence: Evidence) -> Mapping[str, Any]:
    """What was read, by field; empty where nothing was."""
    fields: Mapping[str, Any] = (evidence.inspection or {}).get("fields") or {}
    return fields


def value_of(evidence: Evidence, field: str) -> str | None:
    """One value as it stands on the paper."""
    value = (fields_of(evidence).get(field) or {}).get("value")
    return str(value) if value else None


def holder_of(
    person: str | None, proofs: Iterable[Evidence], *, besides: Iterable[str] = ()
) -> Holder:
    """Whom the papers have to speak of.

    Args:
        person: The merchant's name by the lender.
        proofs: All of the case; the newest licence that counts names the business.
        besides: Ids of proofs that are left aside.
    """
    company = code = None
    aside = frozenset(besides)
    for proof in proofs:
        if proof.counts and proof.voucher_type == LICENCE and proof.id not in aside:
            company, code = value_of(proof, "name"), value_of(proof, "social_credit_code")
    return Holder(person=person, company=company, credit_code=code)


def resting_on(person: str | None, proofs: Sequence[Evidence]) -> dict[str, frozenset[str]]:
    """Which papers count only together with another: an invoice, with the licence that names us.

    Returns:
        The id of a licence to the ids of the papers that would no longer count without it.
    """
    papers = [p for p in proofs if p.counts and names_parties(p)]
    found = {}
    for licence in (p for p in proofs if p.counts and p.voucher_type == LICENCE):
        without = holder_of(person, proofs, besides=[licence.id])
        found[licence.id] = frozenset(p.id for p in papers if _end_of(p, without) is None)
    return found


def names_parties(paper: Evidence) -> bool:
    """Whether it counts only for a merchant whom it names."""
    return bool(_parties(paper))


def _parties(paper: Evidence) -> tuple[str, ...]:
    file = voucher_files().get(_kind(paper))
    return tuple(name for name in file.parties if name in fields_of(paper)) if file else ()


def _end_of(paper: Evidence, holder: Holder) -> str | None:
    """The field of the party that the merchant is; None where it is none of them."""
    for name in _parties(paper):
        if is_party(holder, value_of(paper, name), value_of(paper, CODES.get(name, ""))):
            return name
    return None


def given_before(proofs: Iterable[Evidence], evidence: Evidence) -> bool:
    """Whether another proof that counts is the same paper, by its number, or the same photo."""
    return any(p.id != evidence.id and p.counts and _same(p, evidence) for p in proofs)


def _same(one: Evidence, other: Evidence) -> bool:
    number = _number(one)
    if number is not None:
        return number == _number(other)
    first, second = _photo_print(one), _photo_print(other)
    return first is not None and second is not None and bits_apart(first, second) <= SAME_BITS


def bits_apart(one: str, other: str) -> int:
    """How many bits of two fingerprints in hex digits differ, 0 to 256."""
    return (int(one, 16) ^ int(other, 16)).bit_count()


def marks_of(evidence: Evidence, holder: Holder) -> Marks:
    """What another copy of the same paper or photo, sent by somebody else, would share.

    A paper between two has two ends, and each may show it: the end that the merchant is goes with
    the mark.
    """
    number, photo = _number(evidence), _photo_print(evidence) or ""
    end = END_MARKS.get(_end_of(evidence, holder) or "", "other")
    exact = [f"file:{end}:{evidence.sha256}"] if evidence.sha256 else []
    if number is not None and number[0] != LICENCE:
        exact.append(f"number:{end}:" + ":".join(number))
    places = range(0, len(photo), DIGITS_A_PART)
    parts = tuple(f"photo:{at}:{photo[at : at + DIGITS_A_PART]}" for at in places)
    return Marks(tuple(exact), parts, PARTS_NEEDED)


def _number(evidence: Evidence) -> tuple[str, ...] | None:
    """What is printed on one paper only; None where it bears no such number."""
    if number := value_of(evidence, "invoice_number"):
        return "invoice", number, value_of(evidence, "invoice_code") or ""
    kind = _kind(evidence)
    code = value_of(evidence, "social_credit_code")
    if kind is VoucherType.BUSINESS_LICENSE:
        return (LICENCE, code) if code else None
    file = voucher_files().get(kind)
    names = file.number if file else ()
    values = tuple(value for name in names if (value := value_of(evidence, name)))
    return (file.type.value, *values) if file and names and len(values) == len(names) else None


def _kind(evidence: Evidence) -> VoucherType:
    """What it was seen to be; it is not weighed yet."""
    seen = ((evidence.inspection or {}).get("voucher") or {}).get("type")
    return VoucherType(seen or evidence.voucher_type or "other")


def _photo_print(evidence: Evidence) -> str | None:
    seen = evidence.inspection or {}
    photo = (seen.get("voucher") or {}).get("type") in PHOTOS
    return (seen.get("authenticity") or {}).get("fingerprint") if photo else None
