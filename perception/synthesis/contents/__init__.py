"""Who and what stands on generated papers: consistent, valid by check digit, right in its sums."""

from perception.synthesis.contents.accounts import (
    SheetLine,
    balance,
    profit,
    sheet,
    summed,
)
from perception.synthesis.contents.banks import bank_name, branch_name, masked_identity
from perception.synthesis.contents.days import (
    after,
    any_day,
    month_end,
    months_before,
    years_later,
)
from perception.synthesis.contents.firms import Company, any_firm, company, two_firms
from perception.synthesis.contents.goods import Sale, goods_lines
from perception.synthesis.contents.insurance import INSURANCES, Employee, Insured, insured
from perception.synthesis.contents.invoices import (
    Invoice,
    InvoiceForm,
    Line,
    invoice,
    invoice_lines,
)
from perception.synthesis.contents.money import CENT, capital_amount
from perception.synthesis.contents.movements import Movement, Movements, Party, movements
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
from perception.synthesis.contents.payments import Payment, Payments, payments
from perception.synthesis.contents.people import person
from perception.synthesis.contents.places import Place, any_place, place, places, street
from perception.synthesis.contents.taxes import SMALL_RATE, Duty, cents, duties, tax_office
from perception.synthesis.contents.trades import Good, Trade, any_trade, trade_of
from perception.synthesis.contents.utilities import Bill, Charge, utility_bill
from perception.synthesis.contents.vat import Figures, general_return, small_return

__all__ = [
    "CENT",
    "INSURANCES",
    "SMALL_RATE",
    "Bill",
    "Charge",
    "Company",
    "Duty",
    "Employee",
    "Figures",
    "Good",
    "Insured",
    "Invoice",
    "InvoiceForm",
    "Line",
    "Movement",
    "Movements",
    "Party",
    "Payment",
    "Payments",
    "Place",
    "Sale",
    "SheetLine",
    "Trade",
    "after",
    "any_day",
    "any_firm",
    "any_place",
    "any_trade",
    "balance",
    "bank_name",
    "branch_name",
    "capital_amount",
    "card_number",
    "cents",
    "company",
    "credit_code",
    "digits",
    "duties",
    "firm_account",
    "general_return",
    "goods_lines",
    "insured",
    "invoice",
    "invoice_lines",
    "local_plate",
    "masked_identity",
    "mobile",
    "month_end",
    "months_before",
    "movements",
    "payments",
    "person",
    "place",
    "places",
    "plate_number",
    "profit",
    "registration_number",
    "sheet",
    "small_return",
    "street",
    "summed",
    "tax_office",
    "trade_of",
    "two_firms",
    "utility_bill",
    "vin",
    "vin_is_valid",
    "years_later",
]
