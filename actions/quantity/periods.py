"""What an amount is per: 每天, 一个月, 去年, a quarter."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bailing.terms import Period

CUES: tuple[tuple[Period, str], ...] = (
    (Period.HALF_YEAR, r"(?:上|下|前|后|每|这)?半年|half[- ]a[- ]year|half[- ]year(?:ly)?"),
    (
        Period.QUARTER,
        r"(?:每|一|1|上|这|本)个?季度?(?!节)|季度(?=流水|销售|营业|收入)|(?:a|per|each|every|last|this)\s+quarter|quarterly",
    ),
    (
        Period.YEAR,
        r"每年|一年|1年|年年|去年|今年|前年|上年|全年|年均|年化|每一年|一整年|/年|"
        r"年(?=(?:流水|销售|营业|收入|产值|营收|销量|利润|纯利|成交|入账|进账|入|销))|"
        r"(?:a|per|each|every|last|this)\s+year|yearly|annual(?:ly)?|/\s?yr|/\s?year|p\.?a\.?(?=\s|$)",
    ),
    (
        Period.MONTH,
        r"每个?月|一个月|1个月|每一个月|上个?月|这个?月|本月|月月|月均|单月|当月|/月|"
        r"一月(?!份)|月(?=(?:流水|销售|营业|收入|营收|销量|租|利润|纯利|进账|入账|入|均|销|工资))|"
        r"(?:a|per|each|every|last|this)\s+month|monthly|/\s?mo(?:nth)?\b",
    ),
    (
        Period.WEEK,
        r"每个?(?:周|星期|礼拜)|一(?:周|个?星期|个?礼拜)|上周|本周|/周|"
        r"(?:a|per|each|every|last)\s+week|weekly|/\s?week",
    ),
    (
        Period.DAY,
        r"每天|一天|1天|每日|一日|天天|日均|/天|/日|日(?=(?:流水|营业|销售|收入|均|入))|平均下来天|"
        r"(?:a|per|each|every)\s+day|daily|/\s?day",
    ),
)
PATTERN = re.compile(
    "|".join(f"(?P<{period.value}>{words})" for period, words in CUES), re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Cue:
    """Where a text names a period."""

    start: int
    end: int
    period: Period


def find_cues(text: str) -> list[Cue]:
    """Every naming of a period, in order."""
    return [Cue(m.start(), m.end(), Period(str(m.lastgroup))) for m in PATTERN.finditer(text)]
