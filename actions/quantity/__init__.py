"""Quantities in merchants' words: 三五万, 1.5w, 每天两三千, 四十来天, about 200k a month."""

from actions.quantity.reader import read_quantities, read_quantity
from actions.quantity.spans import Span, total
from actions.quantity.speech import say_quantity

__all__ = ["Span", "read_quantities", "read_quantity", "say_quantity", "total"]
