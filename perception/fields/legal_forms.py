"""What a business may be in law, as a licence prints it under 类型: a closed list."""

from __future__ import annotations

import re

from rapidfuzz import fuzz

COMPANIES = (
    "有限责任公司",
    "有限责任公司分公司",
    "一人有限责任公司",
    "股份有限公司",
    "股份有限公司分公司",
    "股份合作制",
    "国有独资公司",
    "有限公司",
)
KINDS = (
    "自然人独资",
    "自然人投资或控股",
    "自然人投资或控股的法人独资",
    "非自然人投资或控股的法人独资",
    "法人独资",
    "国有独资",
    "国有控股",
    "国内合资",
    "外商投资、非独资",
    "外商投资企业法人独资",
    "外国法人独资",
    "外国自然人独资",
    "外商独资",
    "外商合资",
    "外商投资企业与内资合资",
    "外商投资企业投资",
    "中外合资",
    "中外合作",
    "台港澳与境内合资",
    "台港澳法人独资",
    "台港澳自然人独资",
    "台港澳合资",
    "港澳台投资、非独资",
    "港澳台法人独资",
    "港澳台自然人独资",
    "上市",
    "非上市",
    "未上市",
    "非上市、自然人投资或控股",
    "上市、自然人投资或控股",
    "其他股份有限公司（上市）",
    "集体所有制",
    "内资",
)
OTHERS = (
    "个体工商户",
    "个人独资企业",
    "个人独资企业分支机构",
    "普通合伙企业",
    "有限合伙企业",
    "特殊普通合伙企业",
    "合伙企业",
    "合伙企业分支机构",
    "农民专业合作社",
    "农民专业合作社分支机构",
    "农民专业合作经济组织",
    "全民所有制",
    "集体所有制",
    "股份合作企业",
    "联营企业",
    "个人经营",
    "家庭经营",
)
COMMON = (
    *OTHERS,
    *COMPANIES,
    *(f"{c}（{k}）" for c in COMPANIES for k in KINDS),
)
"""Forms as they are printed, brackets wide."""
ALIKE = 86.0
"""Similarity (0 to 100) from which a type is a form of the list with a letter misread."""
PLAIN = re.compile(r"[^\u4e00-\u9fff]")


def _plain(text: str) -> str:
    """The Chinese letters alone."""
    return PLAIN.sub("", text)


BY_PLAIN = {_plain(form): form for form in sorted(COMMON, key=len)}


def is_legal_form(text: str) -> bool:
    """Whether a text is one of the forms, brackets and spaces aside."""
    return _plain(text) in BY_PLAIN


def legal_form(text: str) -> str | None:
    """The form that a text stands for where one or two letters were misread; None elsewhere.

    A text that already is a form, or is as long as none that is like it, is left.
    """
    plain = _plain(text)
    if not plain or plain in BY_PLAIN:
        return None
    near = [(fuzz.ratio(plain, form), form) for form in BY_PLAIN if len(form) == len(plain)]
    score, form = max(near, default=(0.0, ""))
    rivals = [f for s, f in near if s == score]
    return BY_PLAIN[form] if score >= ALIKE and len(rivals) == 1 else None
