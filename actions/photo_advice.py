"""What is wrong with a photo and how to take it better, in the merchant's words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

Words = Mapping[str, str]

REGIONS = {
    "top_left": ("左上角", "top left"),
    "top": ("上边", "top"),
    "top_right": ("右上角", "top right"),
    "left": ("左边", "left"),
    "middle": ("中间", "middle"),
    "right": ("右边", "right"),
    "bottom_left": ("左下角", "bottom left"),
    "bottom": ("下边", "bottom"),
    "bottom_right": ("右下角", "bottom right"),
}
ISSUES = {
    "blur": ("有点糊，", "it is blurred."),
    "glare": ("反光盖住了字，", "glare covers the text."),
    "dark": ("太暗了，", "it is too dark."),
    "too_small": ("图太小，", "the picture is too small."),
    "cut_off": ("没拍全，", "part of it is cut off."),
}
BROKEN = ("文件打不开或看不清，", "it can't be opened or read.")
PLACED = {
    "glare": (
        "反光盖住了{region}的{label}，请斜一点再拍，",
        "glare covers the {label} at the {region}; hold the phone at a slight angle.",
    ),
    "cut_off": (
        "{region}的{label}没拍进来，",
        "the {label} at the {region} is cut off.",
    ),
}
"""Said of what is wrong at one place, with the field that it hides."""
ANYTHING = ("字", "text")


def photo_advice(quality: Mapping[str, Any]) -> Words:
    """What to say of a photo that could not be read, the most telling trouble first.

    Args:
        quality: The ``quality`` of an Inspection as JSON.
    """
    troubles = sorted(quality.get("troubles") or (), key=lambda t: t.get("field") is None)
    for trouble in troubles:
        if words := _placed(trouble):
            return words
    first = next(iter(quality.get("issues") or ["blur"]))
    zh, en = ISSUES.get(first, BROKEN)
    return {"zh": zh, "en": en}


def hidden_fields(quality: Mapping[str, Any]) -> dict[str, Words]:
    """For each missing field that is known to lie under a bad spot, what to say of it."""
    said: dict[str, Words] = {}
    for trouble in quality.get("troubles") or ():
        if trouble.get("field") and (words := _placed(trouble)):
            said.setdefault(str(trouble["field"]), words)
    return said


def _placed(trouble: Mapping[str, Any]) -> Words | None:
    issue, region = str(trouble.get("issue")), REGIONS.get(str(trouble.get("region")))
    if issue not in PLACED or region is None:
        return None
    label_zh, label_en = trouble.get("label") or ANYTHING[0], trouble.get("label_en") or ANYTHING[1]
    zh, en = PLACED[issue]
    return {
        "zh": zh.format(region=region[0], label=label_zh),
        "en": en.format(region=region[1], label=label_en),
    }
