"""From an Inspection to what it means for this merchant: status, findings and facts.

Pure functions: the inspection's JSON in, a :class:`Weighed` out. What a merchant declares a
picture to be never makes it count.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from rapidfuzz import fuzz

from actions.papers import paper_shows
from actions.photo_advice import Words, hidden_fields, photo_advice
from actions.vouchers import voucher_title
from bailing.terms import Fact, FactKind, Unit, VoucherType
from casefile import EvidenceStatus
from perception import voucher_files

NAME_MATCH = 85.0
"""Similarity (0 to 100) from which two names are the same but for a misread letter."""
KIND_SURE = 0.5
"""Confidence below which the kind of a picture counts as unknown."""
CORRECTED = 0.5
"""A corrected value counts like a careful word, not like a proof."""
PHOTOS = {VoucherType.STOREFRONT_PHOTO, VoucherType.STOCK_PHOTO, VoucherType.EQUIPMENT_PHOTO}
INVOICES = {VoucherType.VAT_SPECIAL_INVOICE, VoucherType.VAT_GENERAL_INVOICE}
EPOCH = date(1970, 1, 1)
FUTURE_DAYS = 1
OLD_INVOICE_DAYS = 550


@dataclass(frozen=True, slots=True)
class Holder:
    """Whom the papers have to speak of: what the lender and an accepted licence say."""

    person: str | None = None
    company: str | None = None
    credit_code: str | None = None

    @property
    def known(self) -> bool:
        """Whether there is anything to compare with."""
        return bool(self.person or self.company or self.credit_code)


@dataclass(frozen=True, slots=True)
class TradeShown:
    """A sale or purchase that an invoice states, in yuan."""

    counterparty: str
    sells: bool
    amount_cny: Decimal
    on_date: str | None
    number: str | None


@dataclass(frozen=True, slots=True)
class Weighed:
    """What a proof is worth in this case."""

    status: EvidenceStatus
    voucher_type: VoucherType
    summary: Words
    findings: tuple[Words, ...] = ()
    facts: tuple[Fact, ...] = ()
    trade: TradeShown | None = None
    needs_person: bool = False


def weigh(
    inspection: Mapping[str, Any],
    *,
    evidence_id: str,
    holder: Holder,
    corrections: Mapping[str, str],
    today: date,
    seen_elsewhere: bool = False,
    given_before: bool = False,
    floor_area_sqm: Decimal | None = None,
    asset_value_cny: Decimal | None = None,
) -> Weighed:
    """Decide what one proof means for this merchant."""
    if inspection.get("error"):
        return _unreadable(str((inspection["error"] or {}).get("code")))
    voucher = inspection.get("voucher") or {}
    kind = VoucherType(voucher.get("type") or "other")
    confidence = float(voucher.get("confidence") or 0.0)
    quality = inspection.get("quality") or {}
    if kind is VoucherType.OTHER or confidence < KIND_SURE:
        if quality.get("usable") is False:
            return _unclear(photo_advice(quality))
        return _no_proof()
    if given_before:
        title = _words(voucher_title(kind, "zh"), voucher_title(kind, "en"))
        again = _words("这张之前给过、已经算过了，", "it was given before and counts already.")
        return Weighed(EvidenceStatus.REJECTED, kind, title, (again,))
    doubts = list(_authenticity(inspection, kind))
    if seen_elsewhere:
        doubts.append(_words("同一张图在别处用过，", "the same file was used elsewhere."))
    fields = _Fields(inspection.get("fields") or {}, corrections, hidden_fields(quality))
    if kind is VoucherType.BUSINESS_LICENSE:
        weighed = _licence(fields, evidence_id, holder, today, doubts)
    elif kind in INVOICES:
        weighed = _invoice(kind, fields, evidence_id, holder, today, doubts)
    elif kind in PHOTOS:
        weighed = _photo(kind, confidence, evidence_id, doubts, floor_area_sqm, asset_value_cny)
    else:
        weighed = _paper(kind, fields, evidence_id, holder, today, doubts)
    return weighed


def _words(zh: str, en: str) -> dict[str, str]:
    return {"zh": zh, "en": en}


FILE_FAULTS = {
    "empty_file": (
        "这个文件是空的，重新选一次再发。",
        "the file is empty; please choose it again.",
    ),
    "broken_file": (
        "文件坏了或者没存完整，打不开，重新导出或者截个图发我就行。",
        "it is damaged or was not saved whole; export it again, or send a screenshot of it.",
    ),
    "encrypted_file": (
        "这个文件设了密码，我打不开。去掉密码另存一份，或者打开后截图发我就行。",
        "it asks for a password; save a copy without one, or open it and send a screenshot.",
    ),
    "overblown_file": (
        "这个文件里面的东西太多太大，我打不开。另存成 PDF，或者截图发我就行。",
        "there is far too much inside it; save it anew as a PDF, or send a screenshot.",
    ),
    "unsupported_type": (
        "这种文件我还读不了，照片、PDF、OFD 和数电票的 XML 都可以，或者截个图发我。",
        "this kind of file is beyond me yet; a photo, PDF, OFD, e-invoice XML or a screenshot will do.",
    ),
    "too_many_pages": (
        "页数太多，挑要紧的几页发我就行。",
        "it has too many pages; the few that matter will do.",
    ),
    "picture_too_large": (
        "图太大了，拍小一点再发。",
        "the picture is too large; send a smaller one.",
    ),
    "inspection_failed": (
        "这个文件我打不开，换一张照片发我试试。",
        "it does not open; please try a photo of it instead.",
    ),
}
"""Faults of a file, which no better light would mend, by the code of the error."""


def _unreadable(code: str) -> Weighed:
    if code in FILE_FAULTS:
        words = {**_words(*FILE_FAULTS[code]), "code": "file"}
        return Weighed(
            EvidenceStatus.UNREADABLE, VoucherType.OTHER, _words("读不了", "not readable"), (words,)
        )
    return _unclear(_words("文件打不开或看不清，", "it can't be opened or read."))


def _unclear(why: Words) -> Weighed:
    not_readable = _words("看不清", "not readable")
    return Weighed(EvidenceStatus.UNREADABLE, VoucherType.OTHER, not_readable, (why,))


def _no_proof() -> Weighed:
    return Weighed(
        EvidenceStatus.REJECTED,
        VoucherType.OTHER,
        _words("和经营无关的图", "no proof of business"),
        (_words("没看出和生意有关的内容，", "I see nothing about the business in it."),),
    )


def _authenticity(inspection: Mapping[str, Any], kind: VoucherType) -> Sequence[Words]:
    found = inspection.get("authenticity") or {}
    doubts: list[Words] = []
    if found.get("verdict") in ("doubtful", "forged"):
        failed = [c for c in found.get("checks") or () if not c.get("passed")]
        names = {c.get("name") for c in failed}
        if "recapture" in names or not failed:
            doubts.append(
                _words("像是翻拍屏幕的，请拍原件，", "it looks photographed off a screen.")
            )
        for check in failed:
            if check.get("name") != "recapture":
                doubts.append(_words("有一处数字对不上，", "a number on it does not add up."))
                break
    return doubts


class _Fields:
    """Read values with the merchant's corrections over them."""

    def __init__(
        self, fields: Mapping[str, Any], corrections: Mapping[str, str], hidden: Mapping[str, Words]
    ) -> None:
        self._fields = fields
        self._corrections = corrections
        self._hidden = hidden

    def unread(self, names: Sequence[str], zh: str, en: str) -> Words:
        """What to say where none of these was read: what hides one of them, or these words."""
        return next((self._hidden[n] for n in names if n in self._hidden), _words(zh, en))

    def text(self, name: str) -> str | None:
        value = self._corrections.get(name) or (self._fields.get(name) or {}).get("value")
        return str(value).strip() if value else None

    def read(self, name: str) -> str | None:
        """What stands on the paper; a correction says nothing of whose paper it is."""
        value = (self._fields.get(name) or {}).get("value")
        return str(value).strip() if value else None

    def corrected(self, name: str) -> bool:
        """Whether the merchant put this value right."""
        return name in self._corrections

    def confidence(self, name: str) -> float:
        if name in self._corrections:
            return CORRECTED
        return float((self._fields.get(name) or {}).get("confidence") or 0.0)

    def amount(self, name: str) -> Decimal | None:
        text = self.text(name)
        if text is None:
            return None
        try:
            value = Decimal(text.replace(",", "").replace("￥", "").replace("¥", ""))
        except InvalidOperation:
            return None
        return value if value.is_finite() and 0 < value < 10**10 else None

    def day(self, name: str) -> date | None:
        try:
            return date.fromisoformat(self.text(name) or "")
        except ValueError:
            return None


def same_name(left: str | None, right: str | None) -> bool:
    """Whether two names are one, but for spaces, brackets and a misread letter."""
    if not left or not right:
        return False
    first, second = (_plain(left), _plain(right))
    if len(first) <= 3 or len(second) <= 3:
        return first == second
    return fuzz.ratio(first, second) >= NAME_MATCH


def _plain(name: str) -> str:
    return "".join(c for c in name.replace("（", "(").replace("）", ")") if not c.isspace())


def _licence(
    fields: _Fields, evidence_id: str, holder: Holder, today: date, doubts: list[Words]
) -> Weighed:
    person, company = fields.text("legal_person"), fields.text("name")
    code = fields.text("social_credit_code") or fields.text("registration_number")
    matches, printed = True, fields.read("legal_person")
    if holder.person:
        matches = same_name(holder.person, printed)
    elif holder.credit_code:
        matches = holder.credit_code == fields.read("social_credit_code")
    if holder.person and not printed:
        doubts.append(
            fields.unread(
                ("legal_person",),
                "执照上的经营者没看清，",
                "the name on the licence is not readable.",
            )
        )
    elif not matches:
        doubts.append(
            _words("执照上的经营者和您登记的姓名对不上，", "the licence is in another name.")
        )
    until = fields.day("valid_until")
    if until is not None and until < today:
        doubts.append(_words("执照已经过期了，", "the licence has expired."))
    founded = fields.day("established_on")
    if founded is not None and (founded - today).days > FUTURE_DAYS:
        doubts.append(_words("成立日期在将来，", "it was founded in the future."))
        founded = None
    if not company and not code:
        doubts.append(
            fields.unread(
                ("social_credit_code", "registration_number", "name"),
                "名称和代码没看清，",
                "name and code are not readable.",
            )
        )
    sure = max(fields.confidence("social_credit_code"), fields.confidence("name"))
    facts = [
        Fact(
            FactKind.HOLDER_MATCHES, Decimal(1), Unit.PROBABILITY, None, min(1.0, sure), evidence_id
        )
    ]
    if founded is not None:
        days = Decimal((founded - EPOCH).days)
        sure_of_day = fields.confidence("established_on")
        corrected = fields.corrected("established_on")
        facts.append(
            Fact(FactKind.REGISTERED_ON, days, Unit.DATE, None, sure_of_day, evidence_id, corrected)
        )
    summary = " · ".join(x for x in (company, person, code) if x)
    return _settled(VoucherType.BUSINESS_LICENSE, summary, doubts, tuple(facts))


def _invoice(
    kind: VoucherType,
    fields: _Fields,
    evidence_id: str,
    holder: Holder,
    today: date,
    doubts: list[Words],
) -> Weighed:
    seller, buyer = fields.text("seller_name"), fields.text("buyer_name")
    sells = is_party(holder, fields.read("seller_name"), fields.read("seller_tax_id"))
    buys = is_party(holder, fields.read("buyer_name"), fields.read("buyer_tax_id"))
    total = fields.amount("total_cny") or fields.amount("amount_cny")
    issued = fields.day("issued_on")
    summary = " · ".join(
        x for x in (f"{seller or '?'} → {buyer or '?'}", f"{total:,.2f} 元" if total else None) if x
    )
    if not sells and not buys:
        unknown = not (holder.company or holder.credit_code)
        doubts.append(
            _words(
                "还不知道哪一方是您，发张营业执照就能对上，",
                "send your licence to show which party you are.",
            )
            if unknown
            else _words("买卖双方都不是您的店，", "neither party is your business.")
        )
    if total is None:
        doubts.append(
            fields.unread(
                ("total_cny", "amount_cny"), "金额没看清，", "the amount is not readable."
            )
        )
    if issued is not None and (issued - today).days > FUTURE_DAYS:
        doubts.append(_words("开票日期在将来，", "it is dated in the future."))
    if issued is not None and (today - issued).days > OLD_INVOICE_DAYS:
        doubts.append(_words("是一年半以前的票了，", "it is over a year and a half old."))
    if doubts or total is None:
        return _settled(kind, summary, doubts, ())
    name = "total_cny" if fields.amount("total_cny") else "amount_cny"
    shown = FactKind.INVOICED_SALES if sells else FactKind.INVOICED_PURCHASES
    sure, corrected = fields.confidence(name), fields.corrected(name)
    fact = Fact(shown, total, Unit.CNY, None, sure, evidence_id, corrected)
    trade = TradeShown(
        counterparty=(buyer if sells else seller) or "?",
        sells=sells,
        amount_cny=total,
        on_date=issued.isoformat() if issued else None,
        number=fields.text("invoice_number"),
    )
    return _settled(kind, summary, doubts, (fact,), trade)


def _paper(
    kind: VoucherType,
    fields: _Fields,
    evidence_id: str,
    holder: Holder,
    today: date,
    doubts: list[Words],
) -> Weighed:
    """Any other paper, by what its voucher file says of it."""
    shown = paper_shows(
        voucher_files()[kind],
        fields,
        evidence_id=evidence_id,
        owns=lambda name, code: is_party(holder, name, code),
        knows_owner=bool(holder.company or holder.credit_code),
        today=today,
    )
    return _settled(kind, shown.summary, [*doubts, *shown.doubts], shown.facts)


def is_party(holder: Holder, name: str | None, tax_id: str | None) -> bool:
    """Whether a party on a paper is the merchant, by credit code or name."""
    if holder.credit_code and tax_id and holder.credit_code == tax_id:
        return True
    return same_name(holder.company, name) or same_name(holder.person, name)


def _photo(
    kind: VoucherType,
    confidence: float,
    evidence_id: str,
    doubts: list[Words],
    floor_area_sqm: Decimal | None,
    asset_value_cny: Decimal | None,
) -> Weighed:
    facts: list[Fact] = []
    if kind is VoucherType.EQUIPMENT_PHOTO:
        sure = 0.75 * confidence
        facts.append(
            Fact(FactKind.VEHICLE_COUNT, Decimal(1), Unit.VEHICLE, None, sure, evidence_id)
        )
        if asset_value_cny is not None:
            facts.append(
                Fact(FactKind.EQUIPMENT_VALUE, asset_value_cny, Unit.CNY, None, 0.5, evidence_id)
            )
    elif kind is VoucherType.STOREFRONT_PHOTO:
        area = floor_area_sqm or Decimal(1)
        facts.append(Fact(FactKind.FLOOR_AREA, area, Unit.SQM, None, 0.7 * confidence, evidence_id))
    else:
        value = asset_value_cny or Decimal(1)
        facts.append(
            Fact(FactKind.STOCK_VALUE, value, Unit.CNY, None, 0.6 * confidence, evidence_id)
        )
    return _settled(kind, voucher_title(kind, "zh"), doubts, tuple(facts))


def _settled(
    kind: VoucherType,
    summary: str,
    doubts: list[Words],
    facts: tuple[Fact, ...],
    trade: TradeShown | None = None,
) -> Weighed:
    words = {"zh": summary, "en": summary}
    if doubts:
        return Weighed(EvidenceStatus.DOUBTFUL, kind, words, tuple(doubts), (), None, True)
    return Weighed(EvidenceStatus.ACCEPTED, kind, words, (), facts, trade)
