"""Pages of text for tests: lines where they would stand, without a reader."""

from __future__ import annotations

import math
import re

from perception.page.layout import Placed, place
from perception.page.reading import ReadLine, boxed

LETTER = 30


def line(text: str, x: int, y: int, confidence: float = 0.99) -> ReadLine:
    """A line of 30-pixel letters with its top left at (x, y)."""
    width = sum(LETTER if ord(c) > 0x2E7F else LETTER // 2 for c in text)
    return boxed(text, confidence, (x, y, x + width, y + LETTER))


def turned(lines: list[ReadLine], degrees: float) -> list[ReadLine]:
    """The same page photographed askew."""
    cos, sin = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
    result = []
    for read in lines:
        a, b, c, d = ((x * cos - y * sin + 400, x * sin + y * cos) for x, y in read.corners)
        result.append(ReadLine(read.text, read.confidence, (a, b, c, d)))
    return result


def licence(degrees: float = 0.0) -> list[Placed]:
    """A new licence in two columns, its short labels read letter by letter."""
    lines = [
        line("营业执照", 500, 50),
        line("统一社会信用代码", 60, 120),
        line("92130108G8BLHHDH6N", 60, 160),
        line("名", 60, 250), line("称", 180, 250), line("石家庄市建国示例货运部", 240, 250),
        line("类", 60, 300), line("型个体工商户", 180, 300),
        line("经营者", 60, 350), line("王建国", 240, 350),
        line("经营范围", 60, 400), line("许可项目：道路货物运输", 240, 400),
        line("(不含危险货物)。", 240, 435),
        line("注册资本", 700, 250), line("壹拾万圆整", 860, 250),
        line("成立日期2017年11月29日", 700, 300),
        line("营业期限", 700, 350), line("2017年11月29日至长期", 860, 350),
        line("住所", 700, 400), line("河北省石家庄市裕华区示范", 860, 385),
        line("路358号", 860, 418),
        line("登记机关", 700, 600), line("2017年11月29日", 860, 640),
    ]  # fmt: skip
    return place(turned(lines, degrees))


def typeset(text: str) -> list[ReadLine]:
    """A page drawn with letters: a row a line, two or more spaces part what stands apart.

    A Chinese letter is as wide as two others, as in a terminal.
    """
    found = []
    for number, row in enumerate(text.splitlines()):
        for run in re.finditer(r"\S+(?: \S+)*", row):
            before = sum(2 if ord(c) > 0x2E7F else 1 for c in row[: run.start()])
            found.append(line(run.group(), 60 + before * LETTER // 2, 60 + number * 48))
    return found
