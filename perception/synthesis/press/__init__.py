"""The press: a paper's HTML printed by a browser, with the place of every word on it."""

from perception.synthesis.press.browser import Press
from perception.synthesis.press.page import Mark, Page, Run
from perception.synthesis.press.style import Split, Style, style
from perception.synthesis.press.typeset import Typesetter

__all__ = ["Mark", "Page", "Press", "Run", "Split", "Style", "Typesetter", "style"]
