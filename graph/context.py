"""What the words around a trade's word say about it: denied, past, a customer's, a place."""

from __future__ import annotations

import re

from graph.lexicon import Hit, Way

CLAUSE = re.compile(r"[，,。；;！!？?、\n]|\s(?=[\u4e00-\u9fff])|\bbut\b|\band now\b|(?<=[\u4e00-\u9fff])(?=(?:是|改)做)")
"""Where one statement ends and the next begins."""
DENIED = re.compile(
    r"(?:(?<!是)不(?!光|仅|只|止|单|但|过|错)(?:是|再|做|开|干|搞|跑|卖|算|属于)?|没有?|并非|从来没|别写|不想|"
    r"\bnot\b|n't\b|\bnever\b|\bno longer\b|\bnon-?)[^，,。；;是]{0,6}$"
)
DENIED_AFTER = re.compile(
    r"^[^，,。；;]{0,4}(?:不做了|不干了|不开了|不搞了|不跑了|关了|关门|转让|转出去|倒闭|黄了|停了|早就不|已经不|盘出去|卖掉了)"
)
NOT_ONLY = re.compile(r"不(?:光|仅|只|止|单|但)")
PAST = re.compile(
    r"(?:以前|之前|原来|过去|早年|当年|早先|从前|原先|曾经|前几年|used to|formerly|previously|\bwas\b|\bbefore\b)"
)
CHANGED = re.compile(r"(?:现在|如今|目前|改|转|后来|这两年|\bnow\b|今年|换成|变成)")
CUSTOMER_BEFORE = re.compile(
    r"(?:给|替|向|为|供给|卖给|送到|供应给|客户是|下家是|下游是|客户都是|下家都是|面向|帮|供|送|"
    r"\bfor|\bto|\bserving|\bsupply(?:ing)?)\s*(?:the\s+|local\s+|一些|几家|附近的?|周边的?|各个?|很多|本地的?|大)?[^，,。；;]{0,3}$"
)
CUSTOMER_AFTER = re.compile(
    r"^(?:[^，,。；;]{0,4})(?:供货|供应|供|送|配送|拉|做|干|装|修|提供|加工|搞|写|开发|设计|打|配|洗|代工|生产|运|批|印|搬|铺|安装|,|，|$)"
)
SOURCE = re.compile(r"(?:从|去|到|跟|向|在)[^，,。；;]{0,6}$")
SOURCE_AFTER = re.compile(r"^[^，,。；;]{0,4}(?:进货|拿货|进的货|采购|批货)")
PLACE_BEFORE = re.compile(r"(?:在|靠近|挨着|near|next to|in a|in the|at a|at the|inside a)[^，,。；;做开跑搞干种养营弄卖办]{0,6}\s*$")
PLACE_AFTER = re.compile(
    r"^(?:市场|大市场|城|园区?|里|旁|边|附近|门口|对面|那边|街|楼下|路口|集散地|基地旁|\s*(?:market|street|district|mall))"
)
PURPOSE = re.compile(r"(?:要|想|准备|打算|用来|用于|去|需要|得|拿来|钱|为了)(?:再|重新|先|把店|把)?$")
PURPOSE_CODES = frozenset({"7111", "5012", "5011", "8399", "7259", "5262", "5261"})
"""Trades whose word is as often what the money is for: 要租车, 想装修."""

BEFORE: tuple[tuple[Way, re.Pattern[str]], ...] = (
    (Way.HAUL, re.compile(r"(?:拉|运|运输|拉运|跑)$")),
    (Way.REPAIR, re.compile(r"(?:修|维修|修理)$")),
    (Way.RENT, re.compile(r"(?:出租|租赁)$")),
    (Way.WHOLESALE, re.compile(
        r"(?:批发各种|批发点?|批|供应|供货|供|经销|代理|贩卖?|收购|收|送|倒腾|倒卖|出口|外贸|配送|总代|批发一些)$")),
    (Way.GROW, re.compile(r"(?:种植|种了?|养殖|养)(?:[点些]|几亩|[^，,。；;]{0,4}亩)?$")),
    (Way.MAKE, re.compile(r"(?:生产|制造|加工|自产|自制|代工|打|织|缝|来料加工|造)$")),
    (Way.RETAIL, re.compile(r"(?:卖点?|零售|专卖|卖各种|卖些|卖一些|销售|专营)$")),
)  # fmt: skip
AFTER: tuple[tuple[Way, re.Pattern[str]], ...] = (
    (Way.HAUL, re.compile(r"^(?:的)?(?:运输|物流|货运)")),
    (Way.REPAIR, re.compile(r"^(?:的)?(?:维修|修理)")),
    (Way.RENT, re.compile(r"^(?:的)?(?:租赁|出租)")),
    (Way.WHOLESALE, re.compile(
        r"^(?:的|类|这类|产品|用品|生意)?(?:批发|供应|供货|经销|代理|贸易|总代|商贸|一级|一批|二批|配送|收购|贩|出口|外贸|档口|进出口|供销|经纪)")),
    (Way.MAKE, re.compile(
        r"^(?:的|类|产品|制品|用品)?(?:小)?(?:加工|生产|制造|作坊|制作|代工|定制|定做|工坊|车间|工厂|厂)")),
    (Way.GROW, re.compile(r"^(?:的)?(?:种植|养殖|基地|大棚|农场|园$|地$)")),
    (Way.RETAIL, re.compile(
        r"^(?:的|类|用品|产品)?(?:小|专卖|直营|零售|加盟|连锁)?(?:店|铺|摊|门市|零售|专卖|超市|行|坊|馆|柜台|门店|小卖|屋|专营)")),
)  # fmt: skip
ANYWHERE: tuple[tuple[Way, re.Pattern[str]], ...] = (
    (Way.REPAIR, re.compile(r"维修|修理|\brepair|\bfix(?:ing)?\b")),
    (Way.RENT, re.compile(r"租赁|出租|\brent(?:al|ing)?s?\b|\bhire\b|\bleas")),
    (Way.HAUL, re.compile(r"运输|货运|拉货|\bhaul|\btruck|\btransport")),
    (Way.WHOLESALE, re.compile(
        r"批发|供货|经销|供应商|总代|外贸|出口|给[^，,。]{1,8}(?:供|送)|\bwholesal|\bsuppl(?:y|ier)|\bdistribut|\bexport|\bimport|\bdealer")),
    (Way.MAKE, re.compile(
        r"工厂|加工|生产|作坊|制造|[^米纱]厂|代工|\bfactory|\bmak(?:e|er|es|ing)\b|\bmanufactur|\bproduc(?:e|er|ing|tion)\b|\bworkshop|\bprocess|\bmill\b")),
    (Way.GROW, re.compile(r"种植|种了|养殖|[几两三四五六七八九十百\d]亩|大棚|\bfarm|\bgrow|\brais(?:e|ing)\b|\bplant(?:ation|ing)|\borchard|\bbreed")),
    (Way.RETAIL, re.compile(
        r"零售|卖|店|铺|摊|门面|门市|\bshop|\bstore|\bretail|\bsell|\bstall|\bboutique|\bmarket|\boutlet")),
)  # fmt: skip


def way_beside(text: str, hit: Hit) -> tuple[Way, int, int] | None:
    """The way that a word right beside a good names, and the span of both together."""
    before, after = text[: hit.start], text[hit.end :]
    for way, pattern in AFTER:
        if found := pattern.search(after):
            return way, hit.start, hit.end + found.end()
    for way, pattern in BEFORE:
        if found := pattern.search(before):
            return way, found.start(), hit.end
    return None


def way_in(text: str) -> Way | None:
    """The way that a line names somewhere."""
    return next((way for way, pattern in ANYWHERE if pattern.search(text)), None)


def clause_of(text: str, start: int, end: int) -> tuple[int, int]:
    """The ends of the clause that holds a span."""
    left, right = 0, len(text)
    for found in CLAUSE.finditer(text):
        if found.end() <= start:
            left = found.end()
        elif found.start() >= end:
            right = found.start()
            break
    return left, right


def denied(text: str, start: int, end: int) -> bool:
    """Whether the line says that it is not, or no longer, this trade."""
    left, _ = clause_of(text, start, end)
    before = text[left:start]
    if NOT_ONLY.search(before):
        return False
    return bool(DENIED.search(before) or DENIED_AFTER.search(text[end:]))


def past(text: str, start: int, end: int) -> bool:
    """Whether the line speaks of it as of something that was."""
    left, _ = clause_of(text, start, end)
    before = text[left:start]
    return bool(PAST.search(before)) and not CHANGED.search(before)


def someone_elses(text: str, start: int, end: int) -> bool:
    """Whether it is a customer's or supplier's trade, or only the place where one works."""
    before, after = text[:start], text[end:]
    if PLACE_BEFORE.search(before) and PLACE_AFTER.search(after):
        return True
    if SOURCE.search(before) and SOURCE_AFTER.search(after):
        return True
    return bool(CUSTOMER_BEFORE.search(before) and CUSTOMER_AFTER.search(after))


def a_purpose(text: str, start: int, code: str) -> bool:
    """Whether the word says what money is wanted for, not what the merchant does."""
    return code in PURPOSE_CODES and bool(PURPOSE.search(text[:start]))
