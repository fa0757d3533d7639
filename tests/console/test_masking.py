"""Names and numbers are masked; amounts, days and the run of the talk are not."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casefile import CaseFile
from console import replay
from console.masking import Masker, mask, personal_values
from console.views import masker_of

HANZI = st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), min_size=2, max_size=12)


@pytest.mark.parametrize(
    ("words", "hidden"),
    [
        ("电话 13800138000", "13800138000"),
        ("手机138-0013-8000记一下", "138-0013-8000"),
        ("座机 0311-86001234", "86001234"),
        ("身份证13010219800101123X", "13010219800101123X"),
        ("代码92130108G8BLHHDH6N", "92130108G8BLHHDH6N"),
        ("卡号 6222 0212 3456 7890 123", "6222 0212"),
        ("车牌冀A12345", "冀A12345"),
        ("邮箱 wang@example.com", "wang@example"),
        ("买家是保定市云雀示例建材有限公司，", "云雀示例"),
    ],
)
def test_what_names_somebody_is_hidden(words: str, hidden: str) -> None:
    assert hidden not in Masker([]).text(words)


@pytest.mark.parametrize(
    "words",
    [
        "一个月流水二三十万",
        "额度到 137,000 元了",
        "2017-11-29",
        "1234567.00元",
        "四十来天",
        "ask_why",
    ],
)
def test_what_names_nobody_stays(words: str) -> None:
    assert Masker([]).text(words) == words


@given(HANZI, HANZI, HANZI)
def test_a_known_value_never_stands_in_masked_text(before: str, known: str, after: str) -> None:
    masked = Masker([known]).text(f"{before} {known} {after}")
    assert known not in masked or known in mask(known)


@given(st.text(min_size=1, max_size=40))
def test_a_mask_shows_four_characters_at_most(value: str) -> None:
    kept = mask(value).replace("*", "").replace("＊", "")
    assert len(kept.strip()) <= max(4, 0) or not value.strip()


def test_papers_corrections_and_names_are_gathered() -> None:
    papers = [{"name": {"value": "建国货运", "raw": "建国 货运"}, "total_cny": {"value": "9"}}]
    found = personal_values(["王建国", None], papers, [("seller_name", "甲", "乙公司")])
    assert found == ["王建国", "建国货运", "建国 货运", "甲", "乙公司"]


def test_a_masked_timeline_holds_no_name_or_number(casefile: CaseFile, story: Any) -> None:
    with casefile.read() as ledger:
        line = ledger.archive.line(story.case_id)
        assert line is not None
        timeline = masker_of(ledger, line).records(replay(ledger, story.case_id))
    text = json.dumps([t.to_json() for t in timeline.turns], ensure_ascii=False)
    for secret in ("王建国", "王建军", "13800138000", "建国示例", "G8BLHH"):
        assert secret not in text
    assert "三辆车" in text
    assert story.case_id.startswith("ca_")
