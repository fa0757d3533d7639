"""The names that merchants give to proofs, and how each is had."""

from __future__ import annotations

from bailing.terms import VoucherType

V = VoucherType

TITLES: dict[VoucherType, tuple[str, str]] = {
    V.BUSINESS_LICENSE: ("营业执照", "the business licence"),
    V.VAT_SPECIAL_INVOICE: ("增值税专用发票", "a VAT special invoice"),
    V.VAT_GENERAL_INVOICE: ("增值税普通发票", "a VAT invoice"),
    V.PURCHASE_SALE_CONTRACT: ("购销合同", "a sales contract"),
    V.TRANSPORT_CONTRACT: ("运输合同", "a transport contract"),
    V.LEASE_CONTRACT: ("租赁合同", "the lease"),
    V.PURCHASE_ORDER: ("采购订单", "a purchase order"),
    V.DELIVERY_NOTE: ("送货单", "a delivery note"),
    V.WAYBILL: ("货运单", "a waybill"),
    V.RECEIPT: ("收据", "a receipt"),
    V.BANK_STATEMENT: ("银行流水", "a bank statement"),
    V.E_PAYMENT_STATEMENT: ("微信或支付宝流水", "a WeChat or Alipay statement"),
    V.TAX_CERTIFICATE: ("完税证明", "a tax certificate"),
    V.VAT_RETURN: ("增值税申报表", "a VAT return"),
    V.FINANCIAL_STATEMENT: ("财务报表", "financial statements"),
    V.SOCIAL_INSURANCE_PROOF: ("社保缴费证明", "a social-insurance proof"),
    V.UTILITY_BILL: ("水电费账单", "a utility bill"),
    V.ROAD_TRANSPORT_PERMIT: ("道路运输证", "the road-transport permit"),
    V.VEHICLE_LICENSE: ("行驶证", "the vehicle licence"),
    V.VEHICLE_REGISTRATION: ("机动车登记证书", "the vehicle registration"),
    V.FOOD_PERMIT: ("食品经营许可证", "the food permit"),
    V.TOBACCO_LICENSE: ("烟草专卖许可证", "the tobacco licence"),
    V.PROPERTY_CERTIFICATE: ("不动产权证书", "the property certificate"),
    V.STOREFRONT_PHOTO: ("店面门头照", "a photo of the shop front"),
    V.STOCK_PHOTO: ("货架或库存照", "a photo of the stock"),
    V.EQUIPMENT_PHOTO: ("车辆或设备照", "a photo of the vehicle or equipment"),
    V.OTHER: ("这张图", "this picture"),
}

WORDS: tuple[tuple[str, VoucherType], ...] = (
    ("执照", V.BUSINESS_LICENSE),
    ("licence", V.BUSINESS_LICENSE),
    ("license", V.BUSINESS_LICENSE),
    ("行驶证", V.VEHICLE_LICENSE),
    ("vehicle licen", V.VEHICLE_LICENSE),
    ("登记证", V.VEHICLE_REGISTRATION),
    ("大本", V.VEHICLE_REGISTRATION),
    ("绿本", V.VEHICLE_REGISTRATION),
    ("运输证", V.ROAD_TRANSPORT_PERMIT),
    ("营运证", V.ROAD_TRANSPORT_PERMIT),
    ("道路运输", V.ROAD_TRANSPORT_PERMIT),
    ("transport permit", V.ROAD_TRANSPORT_PERMIT),
    ("运输合同", V.TRANSPORT_CONTRACT),
    ("transport contract", V.TRANSPORT_CONTRACT),
    ("租赁", V.LEASE_CONTRACT),
    ("租房", V.LEASE_CONTRACT),
    ("lease", V.LEASE_CONTRACT),
    ("购销", V.PURCHASE_SALE_CONTRACT),
    ("合同", V.PURCHASE_SALE_CONTRACT),
    ("contract", V.PURCHASE_SALE_CONTRACT),
    ("专票", V.VAT_SPECIAL_INVOICE),
    ("专用发票", V.VAT_SPECIAL_INVOICE),
    ("普票", V.VAT_GENERAL_INVOICE),
    ("发票", V.VAT_GENERAL_INVOICE),
    ("invoice", V.VAT_GENERAL_INVOICE),
    ("微信", V.E_PAYMENT_STATEMENT),
    ("支付宝", V.E_PAYMENT_STATEMENT),
    ("wechat", V.E_PAYMENT_STATEMENT),
    ("alipay", V.E_PAYMENT_STATEMENT),
    ("流水", V.BANK_STATEMENT),
    ("statement", V.BANK_STATEMENT),
    ("对账单", V.BANK_STATEMENT),
    ("订单", V.PURCHASE_ORDER),
    ("purchase order", V.PURCHASE_ORDER),
    ("送货单", V.DELIVERY_NOTE),
    ("出库单", V.DELIVERY_NOTE),
    ("delivery note", V.DELIVERY_NOTE),
    ("货运单", V.WAYBILL),
    ("运单", V.WAYBILL),
    ("waybill", V.WAYBILL),
    ("收据", V.RECEIPT),
    ("receipt", V.RECEIPT),
    ("完税", V.TAX_CERTIFICATE),
    ("tax certificate", V.TAX_CERTIFICATE),
    ("申报表", V.VAT_RETURN),
    ("tax return", V.VAT_RETURN),
    ("报表", V.FINANCIAL_STATEMENT),
    ("社保", V.SOCIAL_INSURANCE_PROOF),
    ("水电", V.UTILITY_BILL),
    ("电费", V.UTILITY_BILL),
    ("utility", V.UTILITY_BILL),
    ("食品", V.FOOD_PERMIT),
    ("food permit", V.FOOD_PERMIT),
    ("烟草", V.TOBACCO_LICENSE),
    ("烟证", V.TOBACCO_LICENSE),
    ("房产证", V.PROPERTY_CERTIFICATE),
    ("房本", V.PROPERTY_CERTIFICATE),
    ("不动产", V.PROPERTY_CERTIFICATE),
    ("门头", V.STOREFRONT_PHOTO),
    ("店面", V.STOREFRONT_PHOTO),
    ("招牌", V.STOREFRONT_PHOTO),
    ("shop front", V.STOREFRONT_PHOTO),
    ("storefront", V.STOREFRONT_PHOTO),
    ("货架", V.STOCK_PHOTO),
    ("库存", V.STOCK_PHOTO),
    ("仓库", V.STOCK_PHOTO),
    ("stock", V.STOCK_PHOTO),
    ("shelf", V.STOCK_PHOTO),
    ("车", V.EQUIPMENT_PHOTO),
    ("设备", V.EQUIPMENT_PHOTO),
    ("truck", V.EQUIPMENT_PHOTO),
    ("equipment", V.EQUIPMENT_PHOTO),
)
"""Words that name a proof, the more special ones first."""

HOW: dict[VoucherType, tuple[str, str]] = {
    V.BUSINESS_LICENSE: (
        "正本副本都行：平放，四个角都拍进来，右上角的二维码和那串 18 位代码要清楚。",
        "Original or duplicate: lay it flat, all four corners in, the 18-digit code sharp.",
    ),
    V.VAT_SPECIAL_INVOICE: (
        "纸票拍整张，四角拍全；电子发票直接传 PDF 最清楚。买卖双方名称和金额要看得清。",
        "Photograph the whole sheet, or send the PDF of an e-invoice; names and amounts sharp.",
    ),
    V.VAT_GENERAL_INVOICE: (
        "纸票拍整张，四角拍全；电子发票直接传 PDF 最清楚，开票软件或邮箱里能下载。",
        "Photograph the whole sheet; for an e-invoice the PDF is clearest.",
    ),
    V.EQUIPMENT_PHOTO: (
        "站远两步，把整台车（或设备）拍进来，带上车牌或铭牌，白天光线最好。",
        "Step back and get the whole vehicle or machine in, plate visible, by daylight.",
    ),
    V.STOREFRONT_PHOTO: (
        "站到街对面，把整块招牌和店门一起拍进来，开门营业的时候拍最好。",
        "From across the street, the whole sign and the door, while you're open.",
    ),
    V.STOCK_PHOTO: (
        "拍一张整面货架或库房的全景，货多货少照实拍就行。",
        "One wide photo of the shelves or the storeroom, as they are.",
    ),
}
"""How a proof is taken or found, where more can be said than the general advice."""


def voucher_title(kind: VoucherType | str, language: str) -> str:
    """What a proof is called in ``zh`` or ``en``."""
    zh, en = TITLES[VoucherType(kind)]
    return en if language == "en" else zh


def voucher_named(words: str) -> VoucherType | None:
    """The kind of proof that a merchant's words name; None where they name none."""
    lowered = words.lower().strip()
    if lowered in VoucherType._value2member_map_:
        return VoucherType(lowered)
    return next((kind for word, kind in WORDS if word in lowered), None)


def how_to(kind: VoucherType | None, language: str) -> str | None:
    """How to take this proof; None where the general advice says it all."""
    if kind is None or kind not in HOW:
        return None
    zh, en = HOW[kind]
    return en if language == "en" else zh
