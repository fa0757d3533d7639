"""What the proofs that are recommended are called."""

from bailing.terms import VoucherType

TITLES: dict[VoucherType, tuple[str, str]] = {
    VoucherType.BUSINESS_LICENSE: ("营业执照", "Business licence"),
    VoucherType.VAT_SPECIAL_INVOICE: ("增值税专用发票", "VAT special invoice"),
    VoucherType.VAT_GENERAL_INVOICE: ("增值税普通发票", "VAT invoice"),
    VoucherType.STOREFRONT_PHOTO: ("店面门头照", "Photo of the shop front"),
    VoucherType.STOCK_PHOTO: ("货架或库存照", "Photo of the stock"),
    VoucherType.EQUIPMENT_PHOTO: ("车辆或设备照", "Photo of the vehicle or equipment"),
}


def title_of(kind: VoucherType, language: str) -> str:
    """The proof's name in ``zh`` or ``en``; its code where it has none yet."""
    zh, en = TITLES.get(kind, (kind.value, kind.value))
    return en if language == "en" else zh
