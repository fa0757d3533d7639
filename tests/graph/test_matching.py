"""From merchants' words to codes."""

from __future__ import annotations

import csv
import statistics
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph import Knowledge, knowledge

LINES = Path(__file__).parent / "merchants_words.tsv"
"""A line, the codes that fit it, and ``told`` where it must be read as the answer to a question."""
KEPT = LINES.with_name("merchants_words_kept.tsv")
"""Lines that no word or rule was made for: never look here when tuning, only at the share."""


@pytest.fixture(scope="module")
def known() -> Knowledge:
    return knowledge()


def labelled(path: Path = LINES) -> list[tuple[str, set[str], bool]]:
    with path.open(encoding="utf-8") as file:
        rows = list(csv.reader(file, delimiter="\t"))
    return [(row[0], set(row[1].split("|")), row[2:] == ["told"]) for row in rows]


def misread(
    known: Knowledge, lines: list[tuple[str, set[str], bool]], *, asked: bool = False
) -> list[tuple[str, list[str]]]:
    return [
        (text, [m.code for m in found[:3]])
        for text, codes, told in lines
        if not (found := known.match(text, told=told or asked)) or found[0].code not in codes
    ]


def test_merchants_own_words_are_understood(known: Knowledge) -> None:
    lines = labelled()
    wrong = misread(known, lines)
    assert len(lines) >= 640
    assert len(wrong) <= 0.02 * len(lines), wrong


def test_lines_that_were_kept_aside_are_understood(known: Knowledge) -> None:
    lines = labelled(KEPT)
    assert len(lines) >= 150
    in_passing, asked = misread(known, lines), misread(known, lines, asked=True)
    assert len(in_passing) <= 0.12 * len(lines), f"{len(in_passing)} of {len(lines)}"
    assert len(asked) <= 0.1 * len(lines), f"{len(asked)} of {len(lines)}"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("不是物流，是餐饮", "6210"),
        ("是餐饮，不是物流", "6210"),
        ("不光做物流，还开餐馆", "6210"),
        ("以前做物流，现在开火锅店", "6210"),
        ("物流不做了，现在卖水果", "5223"),
        ("not logistics, it's catering", "6210"),
        ("给饭店送菜", "5123"),
        ("在建材市场卖瓷砖", "5287"),
        ("养了两百头猪", "0313"),
        ("在抖音卖衣服", "5292"),
        ("開餐館的", "6210"),
        ("学校旁边卖盖浇饭", "6220"),
        ("批发市场卖西瓜", "5123"),
        ("服装，批发为主", "5132"),
        ("种露天白菜", "0141"),
    ],
)
def test_the_line_around_the_word_counts(known: Knowledge, text: str, code: str) -> None:
    assert known.match(text)[0].code == code


NOT_A_TRADE = """不是物流|我不做餐饮|旺季要租车，额度不够用|怎么拍照上传|我有运输合同，可以发你|
手机里怎么导出流水|借我八万装修|附近哪有加油站|就一台面包车|额度太低了|happy new year|
I lost my phone number|   |？？？|我的信用额度有几万"""


@pytest.mark.parametrize("text", NOT_A_TRADE.split("|"))
def test_what_names_no_trade_of_the_merchant_matches_none(known: Knowledge, text: str) -> None:
    assert known.match(text) == ()


def test_a_typo_is_understood_when_the_trade_was_asked_for(known: Knowledge) -> None:
    assert known.match("便立店", told=True)[0].code == "5213"
    assert known.match("便立店") == ()


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("开面官", "6220"),
        ("五巾店", "5281"),
        ("种大鹏菜", "0141"),
        ("a noddle shop", "6220"),
        ("做蔬菜批法", "5123"),
    ],
)
def test_what_was_mistyped_is_understood_when_asked_for(
    known: Knowledge, text: str, code: str
) -> None:
    assert known.match(text, told=True)[0].code == code


def test_a_right_line_is_not_corrected(known: Knowledge) -> None:
    assert known.match("我不知道", told=True) == ()
    assert known.match("没有", told=True) == ()
    assert known.match("there is nothing", told=True) == ()


def test_names_of_the_standard_are_found(known: Knowledge) -> None:
    assert known.match("缫丝加工", told=True)[0].code == "1741"
    assert known.match("卫生材料及医药用品制造", told=True)[0].code == "2770"


def test_two_close_trades_are_asked_about(known: Knowledge) -> None:
    matches = known.match("做五金的")
    assert {m.code for m in matches[:2]} == {"5281", "5174"}
    assert known.ask_between(matches) == "您主要是做五金零售，还是五金批发？"
    assert "retail" in (known.ask_between(matches, "en") or "")
    assert known.ask_between(known.match("开五金店")) is None
    assert known.ask_between(()) is None


def test_the_words_are_of_the_line(known: Knowledge) -> None:
    assert known.match("开便利店的，八十平")[0].words == "便利店"
    assert known.match("我做物流的")[0].words == "物流"


@given(st.text(max_size=600))
def test_any_line_is_answered(text: str) -> None:
    for told in (False, True):
        found = knowledge().match(text, told=told)
        assert len(found) <= 5
        assert all(0 < m.confidence <= 1 and m.name for m in found)
        assert [m.confidence for m in found] == sorted((m.confidence for m in found), reverse=True)


def test_a_line_takes_less_than_five_milliseconds(known: Knowledge) -> None:
    times = []
    for text, _, _ in [*labelled(), ("完全不认识的一行话讲别的", set(), True)]:
        begun = time.perf_counter()
        known.match(text, told=True)
        times.append((time.perf_counter() - begun) * 1000)
    assert statistics.median(times) < 5
