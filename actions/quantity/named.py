"""Set phrases that state a quantity without a plain number: 夫妻俩, 月结, 货到付款, 对半."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache

from actions.quantity.numerals import read_chinese
from bailing.terms import Quantity, Unit

_RELATIVES = "老婆|媳妇|爱人|老公|对象|老伴|丈夫|妻子|儿子|女儿|爸|妈|弟弟?|哥哥?|朋友|兄弟|合伙人"
_RELATIVES_EN = "wife|husband|brother|sister|partner|son|daughter|father|mother"
_PHRASES: tuple[tuple[str, Unit, float, float], ...] = (
    # People.
    (r"(?:就|只有|只|仅)?(?:我们|我|咱)?(?:夫妻|两口子|小两口|老两口)(?:俩|两个?人?|二人|店)?|"
     r"(?:爷|哥|哥们|姐|娘|我|我们|咱|父子|母子|兄弟|姐妹)俩(?:个?人)?|(?:父子|母子)俩?|俩口子|"
     r"俩人", Unit.PERSON, 2, 2),
    (rf"(?:我|俺)[和跟与]我?(?:{_RELATIVES})(?:一起|一块)?[，,]?(?:(?:一共|就|总共)?[两俩二]个?人?)?|"
     rf"me and my (?:{_RELATIVES_EN})|my (?:{_RELATIVES_EN}) and (?:me|i)\b|"
     r"(?:just )?the two of us", Unit.PERSON, 2, 2),
    (r"我们仨(?:人)?|仨人|一家三口|三口之家|the three of us", Unit.PERSON, 3, 3),
    (r"一家四口", Unit.PERSON, 4, 4),
    (r"(?:就|只有|只|都是|全靠|靠)(?:我|俺)(?:自己|一个人?|一人)*(?:自己|一个人?|一人)|"
     r"(?:就|只有|全靠|都是|光)(?:我)?自己(?:一个人?|一人|干|做|跑|开|看|在?忙)+|"
     r"(?:自己|我)?一个人(?:干|做|跑|开|忙|看店|打理|撑着)|没雇人|没请人|光杆司令|"
     r"(?:just|only) (?:me|myself)\b|by myself\b|i work alone|on my own\b", Unit.PERSON, 1, 1),
    # Terms of payment, in days.
    (r"半个?月一?结|half-monthly terms",
     Unit.DAY, 15, 15),
    (r"(?:双月|隔月|两月|两个月)一?结", Unit.DAY, 60, 60),
    (r"月底(?:统一|一起|才|再)*(?:结清?|付|给|清)|end of the month", Unit.DAY, 15, 30),
    (r"(?<![个一两1])季度?结(?!婚)|每个?季度?(?:度)?(?:一)?结", Unit.DAY, 90, 90),
    (r"(?<![一两二三四1234个])周结|每周一?结|weekly terms", Unit.DAY, 7, 7),
    (r"年底(?:才|再|一起)?(?:结|付|给|清)|(?<![一两二三年半])年结", Unit.DAY, 180, 365),
    (r"(?:次|(?<![个两双隔半]))月结|每个?月一?结|每月(?:结|付)|一月一结|一月结一次|monthly terms",
     Unit.DAY, 30, 30),
    (r"压(?:一|1)?批(?:货款|货)?|批结|滚动结|下批货?结上批", Unit.DAY, 15, 45),
    (r"压(?:两|2|二)批(?:货款|货)?", Unit.DAY, 30, 90),
    (r"隔天|第二天|次日", Unit.DAY, 1, 1),
    (r"现结|日结|[当即][天日场时](?:就)?(?:能|可以)?(?:结|付|清|给|到|收)[清账款钱]?|"
     r"货到(?:就|马上)?(?:付|给|结)[款钱清]?|(?:拿|提|收)货(?:就|时)?(?:付|给|结)(?:款|钱|清)|"
     r"(?:立刻|立马|现场|当面)(?:就)?(?:给|付|结)[钱款清]?|一手交钱一手交货|"
     r"一手[交钱货，, ]+一手[交钱货]+|现款现货|现款现结|现款|现金(?:结|交易|付|支付|收)?|现付|现收|"
     r"现钱|当面[结点付]清?|见货付款|先款后货|先付款|预付|款到发货|钱货两清|不赊账?|不欠账?|从不赊|"
     r"没有?账期|零账期|马上(?:给|付|结)|立马(?:给|付|结)|随卖随结|扫码付|cash on delivery|\bcod\b|"
     r"on the spot|on delivery|in cash\b|cash only|"
     r"paid (?:at once|immediately|straight away|same day)|immediately|same day|upfront|up front|"
     r"in advance|pay(?:s|ing)? (?:at once|immediately|cash|straight away)|no credit\b|"
     r"right away",
     Unit.DAY, 0, 0),
    # Lengths of time.
    (r"一年半载", Unit.YEAR, 0.5, 1), (r"十天半个?月|十天半月|三五十来天", Unit.DAY, 10, 15),
    (r"个半月(?!结)", Unit.DAY, 45, 45), (r"(?<!一)个把(?:来)?月", Unit.DAY, 30, 42),
    (r"(?<!一)个(?:多|来)月", Unit.DAY, 30, 42), (r"个把星期|个把礼拜", Unit.DAY, 7, 10),
    (r"大半年|多半年", Unit.YEAR, 0.55, 0.8), (r"小半年", Unit.YEAR, 0.4, 0.5),
    (r"大半个月", Unit.DAY, 18, 25), (r"小半个月", Unit.DAY, 10, 15),
    (r"a year and a half", Unit.YEAR, 1.5, 1.5), (r"a month and a half", Unit.DAY, 45, 45),
    (r"half a year|six months(?= in business)", Unit.YEAR, 0.5, 0.5),
    (r"a decade", Unit.YEAR, 10, 10),
    # Shares.
    (r"百分之百|百分百(?!放心|确定|是)", Unit.PERCENT, 100, 100),
    (r"对半利?(?!天)|一半(?!以|天|时)|五五开|翻倍", Unit.PERCENT, 50, 50),
    (r"\b(?:one|a) third\b", Unit.PERCENT, 33.3, 33.3),
    (r"\b(?:one|a) fifth\b", Unit.PERCENT, 20, 20),
    (r"\b(?:one|a) tenth\b", Unit.PERCENT, 10, 10),
    (r"\b(?:one quarter|a quarter) of (?:sales|it)", Unit.PERCENT, 25, 25),
    # Vehicles, money.
    (r"没有?车(?!位|库|贷|证)|没车|"
     r"\bno (?:trucks?|vehicles?|vans?|lorries)(?: of (?:my|our) own)?", Unit.VEHICLE, 0, 0),
    (r"千儿八百块?钱?", Unit.CNY, 800, 1100), (r"块把钱", Unit.CNY, 1, 1.2),
    (r"百儿八十块钱?", Unit.CNY, 80, 110),
)  # fmt: skip
_FIRSTS = (
    "就只仅我咱夫两小老爷哥姐娘父母兄俺俩仨三没光自都全靠半双隔月季每周年次压批滚拿提收下第现日当即货见先预款钱不从"
    "零马立随扫十个大多百对五翻千块"
)
"""What a set phrase may begin with: looked at first, since most places begin none."""
_BANK_DAYS = re.compile(r"(?<![a-z])t\+(\d{1,3})(?!\d)")
_MARGIN_ON_ONE = re.compile(
    r"(?:一块|1块|一元|1元)钱?(?:的?货|的?东西)?[^，,。]{0,4}?(?:赚|挣|落|"
    r"利)(?:个)?(?P<mao>[一二两三四五六七八九1-9])毛|(?:一百|100)(?:块|元)钱?(?:的?货|"
    r"的?东西)?[^，,。]{0,4}?(?:赚|挣|"
    r"落)(?:个)?(?P<yuan>[一二两三四五六七八九]?十[一二三四五六七八九]?|\d{1,2})(?:块|元)"
)


@cache
def _pattern() -> re.Pattern[str]:
    words = "|".join(f"(?P<p{i}>{phrase[0]})" for i, phrase in enumerate(_PHRASES))
    return re.compile(rf"(?=[{_FIRSTS}]|一[家个半年手月]|(?<![a-z])[a-cetjhimopruswdn])(?:{words})")


def find_named(text: str, most: int) -> list[tuple[int, int, Quantity]]:
    """Set phrases of a normalised text with their places, at most so many."""
    found: list[tuple[int, int, Quantity]] = []
    for match in _pattern().finditer(text):
        _, unit, low, high = _PHRASES[int(str(match.lastgroup)[1:])]
        quantity = Quantity(Decimal(str(low)), Decimal(str(high)), unit)
        found.append((match.start(), match.end(), quantity))
        if len(found) >= most:
            break
    return found + _computed(text)


def _computed(text: str) -> list[tuple[int, int, Quantity]]:
    """T+7 in days, and 一块钱赚三毛 as a margin in percent."""
    found = []
    for match in _BANK_DAYS.finditer(text):
        found.append((match.start(), match.end(), Decimal(match[1]), Unit.DAY))
    for match in _MARGIN_ON_ONE.finditer(text):
        words = match["mao"] or match["yuan"]
        number = read_chinese(words, 0)
        if number is not None:
            value = number.low * (10 if match["mao"] else 1)
            found.append((match.start(), match.end(), value, Unit.PERCENT))
    return [(start, end, Quantity(value, value, unit)) for start, end, value, unit in found]
