"""Measure words: what stands behind a number and says what it counts."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from bailing.terms import Unit

SQM_IN_MU = Decimal(2_000) / 3
SQM_IN_SQFT = Decimal("0.0929")
SQM_IN_ACRE = Decimal("4046.86")
DAYS_IN_MONTH = 30
DAYS_IN_QUARTER = 90
DAYS_IN_HALF_YEAR = 180
DAYS_IN_YEAR = 365

_VEHICLE = (
    r"(?:大|小|旧|新|自有|挂靠的?|厢式?|冷藏|高栏|平板|自卸|面包|微型|电动|新能源)*(?:货车|卡车|"
    r"挂车|半挂|牵引车?|拖车|厢货|厢车|冷藏车|面包车?|轿车|客车|罐车|翻斗车?|渣土车|泥头车|皮卡|"
    r"金杯|依维柯|车头|叉车|吊车|挖掘?机|铲车|三轮车?|出租车|网约车|搅拌车|车)"
)
_STAFF = (
    r"(?:老|新|固定|全职|正式|长期|临时|兼职|年轻|男|女|本地|外地|自己的)*的?(?:男(?![装鞋士])|女(?![装鞋士工])|人手|"
    r"人(?!民|均|工费)|员工|工人|司机|伙计|师傅|店员|帮工|小工|徒弟|学徒|服务员|业务员|营业员|"
    r"销售员?|阿姨|厨师|保安|会计|文员|客服|亲戚|兄弟|姐妹|工友|搬运工?|装卸工?|快递员|导购|店长|"
    r"技师|理发师|发型师|工程师|临时工|打工的|工仔|雇工|劳力|合伙人|股东|小妹|大姐|帮手|老婆|男工|"
    r"女工|裁缝|车工|木工|瓦工|电工|焊工|保姆|收银员?|小哥|骑手)"
)
_EN_ADJECTIVES = (
    r"\s*(?:\d{1,2}(?:\.\d)?[ -]?m(?:et(?:er|re))?s?\s)?(?:(?:full-time|part-time|delivery|old|new|"
    r"small|big|large|heavy|light|more|other|of my|own|our|hired|paid|permanent|box|refrigerated|"
    r"cargo|pickup|shop|truck|staff|sales)\s+){0,3}"
)

_PATTERNS: tuple[tuple[str, str], ...] = (
    # No quantity of ours: lengths, ordinals, clock times, distances, weights of a truck's class.
    ("skip",
     r"\s?(?:米(?!的?地)|m(?=\d|长|的)(?!2(?!\d)))(?:\d{1,2}(?!\d)|"
     r"[一二两三四五六七八九](?![辆台个部十百千万])|半)?|\s?(?:厘米|公分|毫米|公里|千米|公升|里地|"
     r"立方|方量|分钟|小时|钟头|点钟|点半|岁|楼|层(?!楼?店)|期|折|级|码|寸|℃|度|倍|轴|桥|座|元店|"
     r"块店|美元|美金|美刀|刀|港币|欧元|次方|号楼|号店|号线|路公交|年级|年代|年前的)|\s?(?:km\b|"
     r"kg\b|cm\b|mm\b|hours?\b|hrs?\b|minutes?\b|mins?\b|am\b|pm\b|st\b|nd\b|rd\b|th\b|metres?\b|"
     r"meters?\b|years? old\b|times\b|usd\b|dollars?\b|tons?\b(?= truck))"),
    ("percent",
     r"\s?(?:%|个百分点|个多?点(?!数|击)|percent\b|per cent\b|pct\b)|点(?=毛?利|的利|的?毛利)"),
    ("tenths",
     r"\s?成(?!本|立|都(?!不|没)|交|功|品|年|衣|套|人|为|就|果|分|员|天)(?:多|"
     r"来)?(?P<tenth>[一二三四五六七八九1-9半](?![成个年辆]))?"),
    ("mu", r"\s?亩(?:(?P<mu_part>[一二两三四五六七八九1-9])分|(?P<mu_half>半))?(?:来?地|多地?)?|"
        r"\s?mu\b"),
    ("hectare", r"\s?(?:公顷|hectares?\b|ha\b)"),
    ("acre", r"\s?(?:of an )?(?:英亩|acres?\b)"),
    ("sqft", r"\s?(?:平方英?尺|sq\.?\s?(?:ft|feet)\b|sqft\b|square f(?:oo|ee)t\b|ft²|ft2\b)"),
    ("sqm",
     r"\s?(?:来|多)?个?(?:平方米|平方|平米|平(?!均|时|台|板|安|价|常|等|日|衡|凡|头)|㎡|m²|m2\b|"
     r"sqm\b|sq\.?\s?m\b|sq\.?\s?met(?:er|re)s?\b|square met(?:er|re)s?\b)(?P<sqm_more>多)?"),
    ("month",
     r"\s?整?个(?P<month_more>来|多|半|把)?月(?P<month_half>半)?(?:[零又](?P<month_days>\d{1,2}|十?[一二三四五六七八九十])天)?(?!饼)|"
     r"(?<=[俩仨两])(?:个)?月(?![饼份流])|\s?months?\b"),
    ("quarter", r"\s?(?:来|多)?个?季度?(?!节)|\s?quarters?\b"),
    ("week",
     r"\s?(?:来|多)?个?(?P<week_more>多|来|半)?(?:星期|礼拜)|\s?周(?!年|末|转|边|到|岁)|"
     r"\s?(?:weeks?|wks?)\b"),
    ("fortnight", r"\s?fortnights?\b"),
    ("day",
     r"\s?整?(?P<day_more>来|多)?(?:天(?![猫然津气下河府窗])|日(?![期元本用常化销均])|个工作日)|"
     r"\s?(?:business |working )?days?\b"),
    ("year",
     r"\s?整?(?:个(?=年头))?年(?P<year_more>多|半)?(?![级轻纪货底初份薪利销])(?:头|"
     r"时间)?(?:[零又](?P<year_months>\d{1,2}|十?[一二两三四五六七八九十])个月)?|\s?(?:years?|"
     r"yrs?)\b(?:(?P<year_half>\s+and\s+a\s+half)|"
     r"(?:,|\s+and)?\s+(?P<en_months>\d{1,2})\s+months?)?"),
    ("vehicle",
     rf"\s?辆(?:{_VEHICLE})?|\s?(?:台|部|个|挂)(?:{_VEHICLE})|(?<=[俩])车|"
     rf"{_EN_ADJECTIVES}(?:trucks?|vans?|lorr(?:y|ies)|vehicles?|cars?|pickups?|trailers?|"
     rf"minivans?)\b"),
    ("person",
     rf"\s?(?:来|多)?(?:个|名|位|口|号)?(?P<person_more>来|多)?(?:{_STAFF})|\s?[名位](?!置|下)|"
     rf"号(?=人|员)|口子|{_EN_ADJECTIVES}(?:people|persons?|employees?|drivers?|staff|workers?|"
     rf"of us|guys|men|women|helpers?|assistants?|hands|waiters?|waitress(?:es)?|cooks?|members|"
     rf"family members)\b"),
    ("yuan",
     r"\s?(?:来|"
     r"多)?(?:块(?:(?P<mao>[一二两三四五六七八九1-9])(?![天个月年周晚趟单件台辆次])[毛角]?)?(?:来|"
     r"多)?钱?|元整?|圆整?|人民币|大洋)|\s?(?:rmb|cny|yuan|renminbi|kuai)\b|\s?¥"),
    ("money_word", r"\s?(?:的)?(?:流水|营业额|销售额|贷款|额度|现金|资金|货款|本金)"),
    ("machine", r"\s?(?:台|部)"),
    ("ge", r"\s?个(?:来|多)?(?!月|季|星期|礼拜|性|体|百分)"),
    ("piece",
     r"\s?(?:来|多)?(?:件|单|箱|吨|头|只|套|条|批|瓶|袋|桌|间|张|家|把|双|本|盒|公斤|斤|棵|株|幅|"
     r"匹|趟|次|车|柜|包|桶|捆|卷|根|碗|份|杯|笔|票|床|栋|处|艘|盘|片|户|枚)(?!费|子)|"
     r"\s?(?:pieces?|orders?|items?|units?|boxes|shops?|stores?|tables?|rooms?|pigs?|machines?|"
     r"tons?|tonnes?|loads?|trips?|customers?)\b"),
)  # fmt: skip
MEASURE = re.compile("|".join(f"(?P<{name}>{words})" for name, words in _PATTERNS))
SIMPLE: dict[str, tuple[Unit, Decimal]] = {
    "percent": (Unit.PERCENT, Decimal(1)),
    "tenths": (Unit.PERCENT, Decimal(10)),
    "mu": (Unit.SQM, SQM_IN_MU),
    "hectare": (Unit.SQM, Decimal(10_000)),
    "acre": (Unit.SQM, SQM_IN_ACRE),
    "sqft": (Unit.SQM, SQM_IN_SQFT),
    "sqm": (Unit.SQM, Decimal(1)),
    "month": (Unit.DAY, Decimal(DAYS_IN_MONTH)),
    "quarter": (Unit.DAY, Decimal(DAYS_IN_QUARTER)),
    "week": (Unit.DAY, Decimal(7)),
    "fortnight": (Unit.DAY, Decimal(14)),
    "day": (Unit.DAY, Decimal(1)),
    "year": (Unit.YEAR, Decimal(1)),
    "vehicle": (Unit.VEHICLE, Decimal(1)),
    "person": (Unit.PERSON, Decimal(1)),
    "yuan": (Unit.CNY, Decimal(1)),
    "money_word": (Unit.CNY, Decimal(1)),
    "machine": (Unit.PIECE, Decimal(1)),
    "ge": (Unit.PIECE, Decimal(1)),
    "piece": (Unit.PIECE, Decimal(1)),
}
"""Unit and factor of each kind of measure word."""


@dataclass(frozen=True, slots=True)
class Measure:
    """A measure word behind a number.

    Attributes:
        end: Where it ends.
        kind: Its name in ``SIMPLE``, or ``skip`` where the number is none of our quantities.
        add_low: Added to the number before the factor: 0.5 for 半, half a unit at most for 多.
        add_high: The same for the upper end.
    """

    end: int
    kind: str
    add_low: Decimal = Decimal(0)
    add_high: Decimal = Decimal(0)


def find_measure(text: str, at: int) -> Measure | None:
    """The measure word at a place of a normalised text; None without one."""
    found = MEASURE.match(text, at)
    if found is None:
        return None
    kind = next(name for name, _ in _PATTERNS if found[name] is not None)
    low, high = _additions(found)
    return Measure(found.end(), kind, low, high)


def _additions(found: re.Match[str]) -> tuple[Decimal, Decimal]:
    half = Decimal("0.5")
    for name in ("month_more", "week_more", "day_more", "year_more", "person_more", "sqm_more"):
        match found[name]:
            case "半":
                return half, half
            case "多" if name not in ("day_more", "person_more", "sqm_more"):
                return Decimal(0), half
            case "把":
                return Decimal(0), Decimal("0.4")
    if found["month_half"] or found["mu_half"] or found["year_half"]:
        return half, half
    if months := found["year_months"] or found["en_months"]:
        value = (_small(months) / 12).quantize(Decimal("0.01"))
        return value, value
    if days := found["month_days"]:
        value = _small(days) / DAYS_IN_MONTH
        return value, value
    for name in ("tenth", "mu_part", "mao"):
        if digit := found[name]:
            value = half if digit == "半" else _tenth(digit)
            return value, value
    return Decimal(0), Decimal(0)


def _small(digits: str) -> Decimal:
    """A number below twenty: 3, 三, 十一."""
    if digits.isdigit() and digits.isascii():
        return Decimal(digits)
    ones = "零一二三四五六七八九".find(digits[-1].replace("两", "二"))
    return Decimal(10 * ("十" in digits) + max(ones, 0))


def _tenth(digit: str) -> Decimal:
    return _small(digit) / 10
