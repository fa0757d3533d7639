from __future__ import annotations

import pytest

from actions.reading import is_clear_yes


@pytest.mark.parametrize(
    "text",
    [
        "可以",
        "行，可以",
        "我同意",
        "嗯",
        "没问题",
        "I agree",
        "ok",
        "开始吧",
        "要得",
        "没意见，同意",
    ],
)
def test_a_plain_yes_is_consent(text: str) -> None:
    assert is_clear_yes(text)


@pytest.mark.parametrize(
    "text",
    [
        *(
            "同意什么",
            "可以不同意吗",
            "我老婆同意才行",
            "我不同意",
            "好的不用了",
            "没问题吧？",
            "嗯？",
        ),
        *("好烦", "好贵", "ok?", "a", "maybe", "可以吗", "/restart"),
    ],
)
def test_a_question_a_condition_or_a_sigh_is_not(text: str) -> None:
    assert not is_clear_yes(text)
