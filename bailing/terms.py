"""The words that all rooms share: plain dataclasses and enums, no behaviour, no imports of ours.

Money is ``Decimal`` yuan, time is aware UTC, absence is ``None``. Anything that crosses a
process is written with :func:`to_json` of the room that sends it.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

Money = Decimal
"""An amount in yuan. On the wire it is a decimal string."""


class Language(StrEnum):
    """A language that the whole product speaks."""

    ZH = "zh"
    EN = "en"


class Unit(StrEnum):
    """What a number counts."""

    CNY = "cny"
    PERCENT = "percent"
    DAY = "day"
    YEAR = "year"
    SQM = "sqm"
    PERSON = "person"
    VEHICLE = "vehicle"
    PIECE = "piece"
    DATE = "date"
    """Days since 1970-01-01, for facts that state a date."""
    PROBABILITY = "probability"


class Period(StrEnum):
    """What an amount is per."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    HALF_YEAR = "half_year"
    YEAR = "year"


MONTHS_IN = {
    Period.DAY: Decimal(1) / 30,
    Period.WEEK: Decimal(7) / 30,
    Period.MONTH: Decimal(1),
    Period.QUARTER: Decimal(3),
    Period.HALF_YEAR: Decimal(6),
    Period.YEAR: Decimal(12),
}
"""Months in a period; a merchant's month has 30 days."""


class FactKind(StrEnum):
    """What a fact states about a business."""

    ANNUAL_SALES = "annual_sales"
    MONTHLY_SALES = "monthly_sales"
    BANK_INFLOW = "bank_inflow"
    INVOICED_SALES = "invoiced_sales"
    INVOICED_PURCHASES = "invoiced_purchases"
    CONTRACT_AMOUNT = "contract_amount"
    ORDER_AMOUNT = "order_amount"
    TAX_PAID = "tax_paid"
    SOCIAL_INSURED_STAFF = "social_insured_staff"
    RENT = "rent"
    UTILITY_COST = "utility_cost"
    STOCK_VALUE = "stock_value"
    EQUIPMENT_VALUE = "equipment_value"
    VEHICLE_COUNT = "vehicle_count"
    FLOOR_AREA = "floor_area"
    STAFF_COUNT = "staff_count"
    RECEIVABLES = "receivables"
    RECEIVABLE_DAYS = "receivable_days"
    PAYABLE_DAYS = "payable_days"
    INVENTORY_DAYS = "inventory_days"
    GROSS_MARGIN = "gross_margin"
    TOTAL_ASSETS = "total_assets"
    TOTAL_DEBT = "total_debt"
    REGISTERED_ON = "registered_on"
    PERMIT_VALID_UNTIL = "permit_valid_until"
    PROPERTY_VALUE = "property_value"
    HOLDER_MATCHES = "holder_matches"


UNIT_OF: dict[FactKind, Unit] = {
    FactKind.SOCIAL_INSURED_STAFF: Unit.PERSON,
    FactKind.STAFF_COUNT: Unit.PERSON,
    FactKind.VEHICLE_COUNT: Unit.VEHICLE,
    FactKind.FLOOR_AREA: Unit.SQM,
    FactKind.RECEIVABLE_DAYS: Unit.DAY,
    FactKind.PAYABLE_DAYS: Unit.DAY,
    FactKind.INVENTORY_DAYS: Unit.DAY,
    FactKind.GROSS_MARGIN: Unit.PERCENT,
    FactKind.REGISTERED_ON: Unit.DATE,
    FactKind.PERMIT_VALID_UNTIL: Unit.DATE,
    FactKind.HOLDER_MATCHES: Unit.PROBABILITY,
}
"""The unit that each kind takes; yuan where it is not named."""


class VoucherType(StrEnum):
    """The 26 kinds of proof that are read, and ``other`` for what is none of them."""

    BUSINESS_LICENSE = "business_license"
    VAT_SPECIAL_INVOICE = "vat_special_invoice"
    VAT_GENERAL_INVOICE = "vat_general_invoice"
    PURCHASE_SALE_CONTRACT = "purchase_sale_contract"
    TRANSPORT_CONTRACT = "transport_contract"
    LEASE_CONTRACT = "lease_contract"
    PURCHASE_ORDER = "purchase_order"
    DELIVERY_NOTE = "delivery_note"
    WAYBILL = "waybill"
    RECEIPT = "receipt"
    BANK_STATEMENT = "bank_statement"
    E_PAYMENT_STATEMENT = "e_payment_statement"
    TAX_CERTIFICATE = "tax_certificate"
    VAT_RETURN = "vat_return"
    FINANCIAL_STATEMENT = "financial_statement"
    SOCIAL_INSURANCE_PROOF = "social_insurance_proof"
    UTILITY_BILL = "utility_bill"
    ROAD_TRANSPORT_PERMIT = "road_transport_permit"
    VEHICLE_LICENSE = "vehicle_license"
    VEHICLE_REGISTRATION = "vehicle_registration"
    FOOD_PERMIT = "food_permit"
    TOBACCO_LICENSE = "tobacco_license"
    PROPERTY_CERTIFICATE = "property_certificate"
    STOREFRONT_PHOTO = "storefront_photo"
    STOCK_PHOTO = "stock_photo"
    EQUIPMENT_PHOTO = "equipment_photo"
    OTHER = "other"


VOUCHER_TITLES: dict[VoucherType, tuple[str, str]] = {
    VoucherType.BUSINESS_LICENSE: ("营业执照", "Business licence"),
    VoucherType.VAT_SPECIAL_INVOICE: ("增值税专用发票", "VAT special invoice"),
    VoucherType.VAT_GENERAL_INVOICE: ("增值税普通发票", "VAT invoice"),
    VoucherType.PURCHASE_SALE_CONTRACT: ("购销合同", "Sales contract"),
    VoucherType.TRANSPORT_CONTRACT: ("运输合同", "Transport contract"),
    VoucherType.LEASE_CONTRACT: ("租赁合同", "Lease"),
    VoucherType.PURCHASE_ORDER: ("采购订单", "Purchase order"),
    VoucherType.DELIVERY_NOTE: ("送货单", "Delivery note"),
    VoucherType.WAYBILL: ("货运单", "Waybill"),
    VoucherType.RECEIPT: ("收据", "Receipt"),
    VoucherType.BANK_STATEMENT: ("银行流水", "Bank statement"),
    VoucherType.E_PAYMENT_STATEMENT: ("微信或支付宝流水", "WeChat or Alipay statement"),
    VoucherType.TAX_CERTIFICATE: ("完税证明", "Tax certificate"),
    VoucherType.VAT_RETURN: ("增值税申报表", "VAT return"),
    VoucherType.FINANCIAL_STATEMENT: ("财务报表", "Financial statements"),
    VoucherType.SOCIAL_INSURANCE_PROOF: ("社保缴费证明", "Social-insurance proof"),
    VoucherType.UTILITY_BILL: ("水电费账单", "Utility bill"),
    VoucherType.ROAD_TRANSPORT_PERMIT: ("道路运输证", "Road-transport permit"),
    VoucherType.VEHICLE_LICENSE: ("行驶证", "Vehicle licence"),
    VoucherType.VEHICLE_REGISTRATION: ("机动车登记证书", "Vehicle registration"),
    VoucherType.FOOD_PERMIT: ("食品经营许可证", "Food permit"),
    VoucherType.TOBACCO_LICENSE: ("烟草专卖许可证", "Tobacco licence"),
    VoucherType.PROPERTY_CERTIFICATE: ("不动产权证书", "Property certificate"),
    VoucherType.STOREFRONT_PHOTO: ("店面门头照", "Photo of the shop front"),
    VoucherType.STOCK_PHOTO: ("货架或库存照", "Photo of the stock"),
    VoucherType.EQUIPMENT_PHOTO: ("车辆或设备照", "Photo of the vehicle or equipment"),
    VoucherType.OTHER: ("其他资料", "Another paper"),
}


def title_of(kind: VoucherType, language: str) -> str:
    """The proof's name in ``zh`` or ``en``."""
    zh, en = VOUCHER_TITLES[kind]
    return en if language == "en" else zh


@dataclass(frozen=True, slots=True)
class Quantity:
    """A range with its unit and period, as people say numbers.

    Attributes:
        low: The lower end, in ``unit``.
        high: The upper end, at least ``low``.
        unit: What is counted.
        period: What an amount is per; None for what has no period.

    Raises:
        ValueError: ``high`` below ``low``, or a number that is not finite.
    """

    low: Decimal
    high: Decimal
    unit: Unit
    period: Period | None = None

    def __post_init__(self) -> None:
        if not (self.low.is_finite() and self.high.is_finite()):
            raise ValueError("a quantity has finite ends")
        if self.high < self.low:
            raise ValueError(f"high {self.high} is below low {self.low}")

    @property
    def middle(self) -> Decimal:
        """The middle of the range, in ``unit``."""
        return (self.low + self.high) / 2


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing known about a business, and how well.

    Attributes:
        kind: What is stated, e.g. ``FactKind.MONTHLY_SALES``.
        value: In ``unit``; yuan for money, days since 1970-01-01 for dates.
        unit: The unit of ``kind`` (see ``UNIT_OF``).
        period: What an amount is per; None where the kind has none.
        confidence: Calibrated probability that the value is right, in [0, 1].
        evidence_id: The proof it came from; None when it was only said.
        corrected: The merchant put right what was read: it is said, beside a proof.

    Raises:
        ValueError: A confidence outside [0, 1], or a unit that the kind does not take.
    """

    kind: FactKind
    value: Decimal
    unit: Unit
    period: Period | None
    confidence: float
    evidence_id: str | None = None
    corrected: bool = False

    def __post_init__(self) -> None:
        if not 0.0 <= self.confidence <= 1.0:
            raise ValueError(f"confidence {self.confidence} is outside [0, 1]")
        wanted = UNIT_OF.get(self.kind, Unit.CNY)
        if self.unit != wanted:
            raise ValueError(f"{self.kind} is counted in {wanted}, not in {self.unit}")


class RoomError(Exception):
    """The root of every room's own error tree.

    Attributes:
        code: A stable word for programs; ``utter_error_<code>`` holds the merchant's words.
        retryable: Whether the same call may succeed later.
    """

    code = "unexpected"
    retryable = False
