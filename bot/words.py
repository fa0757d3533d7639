"""The gateway's own words, for what never reaches the dialogue: errors, in both languages."""

from __future__ import annotations

ERRORS: dict[str, tuple[str, str]] = {
    "bad_token": (
        "登录已失效，重新打开页面就能接着聊。",
        "Your session has ended. Reopen the page to go on.",
    ),
    "empty_text": ("这条是空的，写点什么再发。", "That message is empty. Type something first."),
    "text_too_long": (
        "一次最多 4000 字，分几条发就行。",
        "One message takes 4,000 characters. Please send it in parts.",
    ),
    "unknown_button": (
        "这个按钮已经用不了了，直接打字告诉我也行。",
        "That button no longer works. Just tell me in words.",
    ),
    "unknown_demo": (
        "没有这位演示商户，可选 wang、li、chen、blank。",
        "No such demonstration merchant: take wang, li, chen or blank.",
    ),
    "empty_file": ("这个文件是空的，请重新选一张。", "That file is empty. Please choose another."),
    "broken_file": (
        "文件没传完整或已损坏，请重新拍一张或再选一次。",
        "The file is damaged or cut off. Please take or choose it again.",
    ),
    "file_too_large": (
        "文件超过 20 MB，拍照时选普通画质就够了。",
        "The file is over 20 MB. A normal-quality photo is enough.",
    ),
    "picture_too_large": (
        "照片尺寸太大，用手机普通模式拍一张就行。",
        "The picture is too large. An ordinary phone photo is enough.",
    ),
    "too_many_pages": (
        "文件超过 60 页，挑要紧的几页传就行。",
        "The file has over 60 pages. Send the ones that matter.",
    ),
    "unsupported_type": (
        "这种文件我读不了。照片（JPG、PNG、WebP、HEIC）、PDF、OFD 和电子发票的 XML 都可以。",
        "I can't read this kind. Photos (JPG, PNG, WebP, HEIC), PDF, OFD and e-invoice XML work.",
    ),
    "one_file_at_a_time": (
        "一次传一个文件，其余的接着传就行。",
        "One file at a time, please. Send the others after it.",
    ),
    "too_slow": (
        "网络太慢，没传完。换个信号好的地方再试一次。",
        "The connection was too slow. Please try again where the signal is better.",
    ),
    "unknown_field": (
        "这份资料上没有这一项，看看要改的是不是另一份。",
        "This paper has no such item. Perhaps you mean another one.",
    ),
    "bad_value": (
        "这个我没看懂。金额写成 104600 或 十万，日期写成 2026-01-31 就行。",
        "I couldn't read that. Write an amount like 104600, a date like 2026-01-31.",
    ),
    "not_read_yet": (
        "这份还在看，看完再改。",
        "I'm still reading this one. Correct it in a moment.",
    ),
    "dialogue_unavailable": (
        "我这会儿有点忙，您的话已经收好了，马上回您。",
        "I'm a little busy. Your message is safe and I'll answer shortly.",
    ),
    "consent_needed": (
        "还没得到您的同意，照片我先不收。在对话里点“同意”就可以发了。",
        "I need your consent before I take files. Agree in the chat and send it again.",
    ),
    "too_much_evidence": (
        "一次最多放 50 份资料，先撤回不用的再传。",
        "A case holds 50 files. Take back one you don't need first.",
    ),
    "not_found": (
        "没有找到，请刷新页面看看现有的资料。",
        "There is no such thing in your case. Reload the page to see what there is.",
    ),
    "evidence_gone": (
        "这份资料已经撤回了，想用就再传一次。",
        "This one was taken back already. Send it again if you want it to count.",
    ),
    "file_gone": (
        "原件已经删掉了，需要的话再传一次。",
        "The original was deleted. Send it again if you need it here.",
    ),
    "casefile_unavailable": (
        "系统正忙，请稍等几秒再试。",
        "Busy just now. Try again in a few seconds.",
    ),
    "bad_request": (
        "这个请求看不懂，请刷新页面再试。",
        "That request was not understood. Reload the page and try again.",
    ),
    "unexpected": (
        "刚才没办成，您的资料都在，请再试一次。",
        "That did not work. Nothing is lost; please try again.",
    ),
}


def error_text(code: str, language: str) -> str:
    """The merchant's words for an error code, ``zh`` or ``en``."""
    zh, en = ERRORS.get(code, ERRORS["unexpected"])
    return en if language == "en" else zh


ANSWER_LOST = (
    "这句我没接住，麻烦您再说一遍，换个说法也行。",
    "I lost that one. Could you say it again, perhaps in other words?",
)
"""What is said when the dialogue engine failed on a message again and again."""
