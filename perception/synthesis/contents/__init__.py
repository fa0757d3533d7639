"""Who and what stands on generated papers: consistent, valid by check digit, right in its sums."""

from perception.synthesis.contents.days import after, any_day, years_later
from perception.synthesis.contents.firms import Company, any_firm, company, two_firms
from perception.synthesis.contents.goods import Sale, goods_lines
from perception.synthesis.contents.invoices import (
    Invoice,
    InvoiceForm,
    Line,
    invoice,
    invoice_lines,
)
from perception.synthesis.contents.money import CENT, capital_amount
from perception.synthesis.contents.numbers import (
    card_number,
    credit_code,
    digits,
    firm_account,
    local_plate,
    mobile,
    plate_number,
    registration_number,
    vin,
    vin_is_valid,
)
from perception.synthesis.contents.people import person
from perception.synthesis.contents.places import Place, any_place, place, places, street
from perception.synthesis.contents.trades import Good, Trade, any_trade, trade_of

__all__ = [
    "CENT",
    "Company",
    "Good",
    "Invoice",
    "InvoiceForm",
    "Line",
    "Place",
    "Sale",
    "Trade",
    "after",
    "any_day",
    "any_firm",
    "any_place",
    "any_trade",
    "capital_amount",
    "card_number",
    "company",
    "credit_code",
    "digits",
    "firm_account",
    "goods_lines",
    "invoice",
    "invoice_lines",
    "local_plate",
    "mobile",
    "person",
    "place",
    "places",
    "plate_number",
    "registration_number",
    "street",
    "trade_of",
    "two_firms",
    "vin",
    "vin_is_valid",
    "years_later",
]
