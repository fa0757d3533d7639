"""What the proofs are called where they are recommended."""

from bailing.terms import VoucherType as V

TITLES: dict[V, tuple[str, str]] = {
    V.BUSINESS_LICENSE: ("营业执照", "Business licence"),
    V.VAT_SPECIAL_INVOICE: ("增值税专用发票", "VAT special invoice"),
    V.VAT_GENERAL_INVOICE: ("增值税普通发票", "VAT invoice"),
    V.PURCHASE_SALE_CONTRACT: ("购销合同", "Sales contract"),
    V.TRANSPORT_CONTRACT: ("运输合同", "Transport contract"),
    V.LEASE_CONTRACT: ("租赁合同", "Lease"),
    V.PURCHASE_ORDER: ("采购订单", "Purchase order"),
    V.DELIVERY_NOTE: ("送货单", "Delivery note"),
    V.WAYBILL: ("货运单", "Waybill"),
    V.RECEIPT: ("收据", "Receipt"),
    V.BANK_STATEMENT: ("银行流水", "Bank statement"),
    V.E_PAYMENT_STATEMENT: ("微信或支付宝流水", "WeChat or Alipay statement"),
    V.TAX_CERTIFICATE: ("完税证明", "Tax certificate"),
    V.VAT_RETURN: ("增值税申报表", "VAT return"),
    V.FINANCIAL_STATEMENT: ("财务报表", "Financial statements"),
    V.SOCIAL_INSURANCE_PROOF: ("社保缴费证明", "Social-insurance proof"),
    V.UTILITY_BILL: ("水电费账单", "Utility bill"),
    V.ROAD_TRANSPORT_PERMIT: ("道路运输证", "Road-transport permit"),
    V.VEHICLE_LICENSE: ("行驶证", "Vehicle licence"),
    V.VEHICLE_REGISTRATION: ("机动车登记证书", "Vehicle registration"),
    V.FOOD_PERMIT: ("食品经营许可证", "Food permit"),
    V.TOBACCO_LICENSE: ("烟草专卖许可证", "Tobacco licence"),
    V.PROPERTY_CERTIFICATE: ("不动产权证书", "Property certificate"),
    V.STOREFRONT_PHOTO: ("店面门头照", "Photo of the shop front"),
    V.STOCK_PHOTO: ("货架或库存照", "Photo of the stock"),
    V.EQUIPMENT_PHOTO: ("车辆或设备照", "Photo of the vehicle or equipment"),
    V.OTHER: ("其他资料", "Another paper"),
}


def title_of(kind: V, language: str) -> str:
    """The proof's name in ``zh`` or ``en``."""
    zh, en = TITLES[kind]
    return en if language == "en" else zh
