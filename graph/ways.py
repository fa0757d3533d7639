"""What is done with goods, by the words beside them: 批发水果, 水果店, 种葡萄, 拉煤."""

from __future__ import annotations

import re

from graph.lexicon import Hit, Way

Patterns = tuple[tuple[Way, re.Pattern[str]], ...]

WAY_NAMES = {
    Way.RETAIL: ("零售", "retail"),
    Way.WHOLESALE: ("批发", "wholesale"),
    Way.MAKE: ("加工生产", "making"),
    Way.GROW: ("种养", "growing"),
    Way.REPAIR: ("维修", "repair"),
    Way.RENT: ("租赁", "rental"),
    Way.HAUL: ("运输", "haulage"),
}
"""How a way is called when one asks back."""


def _before(words: str) -> re.Pattern[str]:
    return re.compile(f"(?:{words})$")


def _after(words: str) -> re.Pattern[str]:
    return re.compile(f"^(?:的|类|这类|产品|用品|制品|产地)?(?:小|直营|加盟|连锁)?(?:{words})")


BEFORE: Patterns = (
    (Way.HAUL, _before("拉|运|运输|拉运|跑")),
    (Way.REPAIR, _before("修|维修|修理")),
    (Way.RENT, _before("出租|租赁")),
    (
        Way.WHOLESALE,
        _before(
            "批发(?:各种|一些|点)?|批|供应|供货|供|经销|代理|贩卖?|收购|收|送|倒腾|倒卖|出口|外贸|配送|总代|代办"
        ),
    ),
    (
        Way.GROW,
        re.compile(
            r"(?:种植|种了?|养殖|养)(?:露天|大棚|有机|反季节?|绿色|[点些]|几亩|[^，,。；;]{0,4}亩)?$"
        ),
    ),
    (Way.MAKE, _before("生产|制造|加工|自产|自制|代工|打|织|缝|来料加工|造")),
    (Way.RETAIL, _before("卖(?:点|各种|些|一些)?|摆|零售|专卖|销售|专营")),
)
AFTER: Patterns = (
    (Way.HAUL, _after("运输|物流|货运")),
    (Way.REPAIR, _after("维修|修理")),
    (Way.RENT, _after("租赁|出租")),
    (
        Way.WHOLESALE,
        _after(
            "批发|供应|供货|经销|代理|贸易|总代|商贸|一级|一批|二批|配送|收购|贩|出口|外贸|档口|"
            "进出口|进口|批零|供销|购销|经纪"
        ),
    ),
    (Way.MAKE, _after("加工|生产|制造|作坊|制作|代工|定制|定做|订做|工坊|车间|工厂|厂")),
    (Way.GROW, _after("种植|养殖|基地|大棚|农场|园$|地$")),
    (Way.RETAIL, _after("店|铺|摊|门市|零售|专卖|超市|行|坊|馆|柜台|门店|屋|专营")),
)
ANYWHERE: Patterns = (
    (Way.REPAIR, re.compile(r"维修|修理|\brepair|\bfix(?:ing)?\b")),
    (Way.RENT, re.compile(r"租赁|出租|\brent(?:al|ing)?s?\b|\bhire\b|\bleas")),
    (Way.HAUL, re.compile(r"运输|货运|拉货|\bhaul|\btruck|\btransport")),
    (
        Way.WHOLESALE,
        re.compile(
            r"批发|供货|经销|供应商|总代|外贸|出口|给[^，,。]{1,8}(?:供|送)|"
            r"供应?(?:学校|食堂|饭店|酒店|餐馆|超市|市场|工地)|"
            r"\bwholesal|\bsuppl(?:y|ier)|\bdeliver|\bdistribut|\bexport|\bimport|\bdealer"
        ),
    ),
    (
        Way.MAKE,
        re.compile(
            r"工厂|加工|生产|作坊|制造|[^米纱]厂|代工|\bfactory|\bmak(?:e|er|es|ing)\b|"
            r"\bmanufactur|\bproduc(?:e|er|ing|tion)\b|\bworkshop|\bprocess|\bmill\b"
        ),
    ),
    (
        Way.GROW,
        re.compile(
            r"种植|种了|养殖|[几两三四五六七八九十百\d]亩|大棚|"
            r"\bfarm|\bgrow|\brais(?:e|ing)\b|\bplant(?:ation|ing)|\borchard|\bbreed"
        ),
    ),
    (
        Way.RETAIL,
        re.compile(
            r"零售|卖|店|铺|摊|门面|门市|"
            r"\bshop|\bstore|\bretail|\bsell|\bstall|\bboutique|\bmarket|\boutlet"
        ),
    ),
)


IN_A_WHOLESALE_MARKET = re.compile(
    r"(?:^|[，,。在])[^，,。从去到]{0,6}(?:批发市场|批发城|新发地)(?!.{0,2}[进拿采])"
)
"""Where selling is wholesale: 在批发市场卖菜."""


def way_beside(text: str, hit: Hit) -> tuple[Way, int, int] | None:
    """The way that a word right beside a good names, and the span of both together."""
    found = _beside(text, hit)
    if found and found[0] is Way.RETAIL and IN_A_WHOLESALE_MARKET.search(text):
        return Way.WHOLESALE, *found[1:]
    return found


def _beside(text: str, hit: Hit) -> tuple[Way, int, int] | None:
    behind = _first(AFTER, text[hit.end :])
    ahead = _first(BEFORE, text[: hit.start])
    a_shop_only = behind is not None and behind[0] is Way.RETAIL
    if ahead is not None and (behind is None or (a_shop_only and ahead[0] is not Way.RETAIL)):
        return ahead[0], ahead[1].start(), hit.end
    if behind is not None:
        return behind[0], hit.start, hit.end + behind[1].end()
    return None


def _first(patterns: Patterns, text: str) -> tuple[Way, re.Match[str]] | None:
    for way, pattern in patterns:
        if found := pattern.search(text):
            return way, found
    return None


def way_in(text: str) -> Way | None:
    """The way that a line names somewhere."""
    return next((way for way, pattern in ANYWHERE if pattern.search(text)), None)
