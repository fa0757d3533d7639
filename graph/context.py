"""What the words around a trade's word say about it: denied, past, a customer's, a place."""

from __future__ import annotations

import re

CLAUSE = re.compile(
    r"[，,。；;！!？?、\n]|\s(?=[\u4e00-\u9fff])|\bbut\b|\band now\b|"
    r"(?<=[\u4e00-\u9fff])(?=(?:是|改)做)"
)
"""Where one statement ends and the next begins."""
DENIED = re.compile(
    r"(?:(?<!是)不(?!光|仅|只|止|单|但|过|错)(?:是|再|做|开|干|搞|跑|卖|算|属于)?|没有?|并非|从来没|"
    r"别写|不想|\bnot\b|n't\b|\bnever\b|\bno longer\b|\bnon-?)[^，,。；;是]{0,6}$"
)
DENIED_AFTER = re.compile(
    r"^[^，,。；;]{0,4}(?:不[做干开搞跑]了|关了|关门|转让|转出去|倒闭|黄了|停了|早就不|已经不|"
    r"盘出去|卖掉了)"
)
NOT_ONLY = re.compile(r"不(?:光|仅|只|止|单|但)")
PAST = re.compile(
    r"以前|之前|原来|过去|早年|当年|早先|从前|原先|曾经|前几年|"
    r"used to|formerly|previously|\bwas\b|\bbefore\b"
)
CHANGED = re.compile(r"(?:现在|如今|目前|改|转|后来|这两年|\bnow\b|今年|换成|变成)")
VERB = re.compile(r"^[供送拉运批收卖修洗做开跑打装搬租种养贩刷贴铺挖接包加产制代]")
"""A word that begins so says by itself what is done."""
FIRM = re.compile(r"(?:队|公司|厂|店|馆|商|场)$")
"""Unless it names those who do it: 给装修队供货."""
CUSTOMER_BEFORE = re.compile(
    r"(?:给|替|向|为|供给|卖给|送到|供应给|(?:客户|下家|下游)(?:都|主要)?是|面向|帮|"
    r"\bfor|\bto|\bserving|\bsupply(?:ing)?)\s*"
    r"(?:the\s+|local\s+|a\s+|few\s+|一些|几家|附近的?|周边的?|各个?|很多)?"
    r"[^，,。；;供送拉做干装修提加搞运批卖]{0,4}$"
)
CUSTOMER_AFTER = re.compile(
    r"^[^，,。；;]{0,4}(?:供|送|配送|拉|做|干|装|修|提供|加工|搞|写|开发|设计|打|配|洗|代工|生产|"
    r"运|批|印|搬|铺|安装|,|，|$)"
)
SOURCE = re.compile(r"(?:从|去|到|跟|向|在)[^，,。；;]{0,6}$")
SOURCE_AFTER = re.compile(r"^[^，,。；;]{0,4}(?:进货|拿货|进的货|采购|批货)")
PLACE_BEFORE = re.compile(
    r"(?:在|靠近|挨着|near|next to|in a|in the|at a|at the|inside a)"
    r"[^，,。；;做开跑搞干种养营弄卖办]{0,6}\s*$"
)
PLACE_AFTER = re.compile(
    r"^(?:大?市场|城|园区?|里|旁|边|附近|门口|对面|那边|街|楼下|路口|集散地|内|卖|开|摆|租|有个?|"
    r"弄|做|\s*(?:market|street|district|mall))"
)
NEXT_TO = re.compile(r"^的?(?:旁边?|附近|门口|对面|隔壁|后面|楼下)[^，,。；;\s]")
PURPOSE = re.compile(
    r"(?:要|想|准备|打算|用来|用于|去|需要|得|拿来|钱|为了|万|千|块|元|旺季|淡季|年底|年前|节前)"
    r"(?:再|重新|先|把店|把)?$"
)
PURPOSE_CODES = frozenset({"7111", "5012", "5011", "8399", "7259", "5262", "5261"})
"""Trades whose word is as often what the money is for: 要租车, 想装修."""


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
    word = text[start:end]
    if VERB.search(word) and not FIRM.search(word):
        return False
    if NEXT_TO.search(after) or (PLACE_BEFORE.search(before) and PLACE_AFTER.search(after)):
        return True
    if SOURCE.search(before) and SOURCE_AFTER.search(after):
        return True
    return bool(CUSTOMER_BEFORE.search(before) and CUSTOMER_AFTER.search(after))


def a_purpose(text: str, start: int, end: int, code: str) -> bool:
    """Whether the word says what money is wanted for, not what the merchant does."""
    if code not in PURPOSE_CODES or end - start > 2:
        return False
    return bool(PURPOSE.search(text[:start])) and not FRAME_AFTER.search(text[end:])


FRAME_BEFORE = re.compile(
    r"(?:做|搞|干|经营|弄|从事|开|跑|是个?(?:做|开|搞|干|跑)?|卖|主营|专做|接|包|改|转|有个|有家|"
    r"[0-9一二两三几]家|[辆台艘]$)[^，,。；;]{0,8}$|\b(?:it's|it is|business is)\s(?:an?\s)?$|"
    r"\b(?:i|we|i'm|we're)\s+(?:now\s+|also\s+|just\s+)?"
    r"(?:run|own|sell|operate|do|make|have an?|work in|am in|are in|in|started|opened|manage|"
    r"supply|grow|raise|produce|repair|drive|rent|import|export)\b[^,.;?]{0,30}$"
)
FRAME_AFTER = re.compile(
    r"^[^，,。；;]{0,3}(?:生意|行业|行当|这行|这块|买卖|老板|个体|起家|为主|方面|的$|的[，,。；;\s])|"
    r"^\s*(?:business|industry|trade|company|shop|store|factory|workshop|firm|owner|man|driver)\b"
)
ASKED = re.compile(
    r"怎么|咋|吗|嘛|(?<![酒网清水陶咖])吧\s*$|机器人|能不能|可不可以|行不行|什么|多少|哪[里个儿]|"
    r"为啥|[?？]|\b(?:how|what|why|where|when|which|can|could|should|do i|do you|does|is it|"
    r"is my|are you|have you)\b"
)
ELSEWHERE = re.compile(
    r"附近|哪里|哪有|哪家|哪儿|推荐|帮我|给我|帮忙|你们?是|你家|\b(?:nearby|recommend|near me)\b"
)
"""Said of somebody else's shop, or asked of us."""
TONE = re.compile(r"[\s，,。；;！!？?、.]+")
TALK = re.compile(
    r"[额贷借还钱你您谢请帮怎没什哪想问]|利息|审|批准|提升|提高|提现|号码|账[号户]|密码|[绑张刷银行信用]卡|"
    r"能不|不能|不行|不好意思|可以|(?<!主)要|需要|更改|修改|改成|资料|上传|照片|拍|验证|微信|客服|公众号|银行|系统|"
    r"平台|电话|今天|昨天|明天|刚[才刚]|注册|\b(?:loan|limit|lost|broken|please|need|want|app)\b"
)
"""Signs that a line is about the talk itself, or about things that one has."""
SHORT, SHORT_LATIN = 12, 6
"""A clause of so many letters, or English words, that names a trade says little else."""
OWN = re.compile(r"(?:自己|自家)(?:的|有)$")
FEW = 3
"""A line that has at most so many letters beside a word is about that word."""


def about_the_trade(text: str, start: int, end: int, *, sure: bool = False) -> bool:
    """Whether a short word is said as the speaker's trade, not in passing (手机里怎么导出).

    Args:
        text: The line.
        start: Where the word begins.
        end: Where it ends.
        sure: Whether the word can hardly mean anything but a trade; then that a short clause
            names it suffices.
    """
    word = text[start:end]
    latin = word.isascii()
    if ELSEWHERE.search(text[:start]):
        return False
    if VERB.search(word) or len(word.split() if latin else word) > (1 if latin else 2):
        return True
    beside = re.sub(
        r"[\s，,。；;！!？?、.]+", " " if latin else "", text[:start] + text[end:]
    ).strip()
    if len(beside.split() if latin else beside) <= (2 if latin else FEW) and not ASKED.search(text):
        return True
    left, right = clause_of(text, start, end)
    if ASKED.search(text[left:right]):
        return False
    if sure and not ASKED.search(text) and _alone(text, start, end, left, right):
        return True
    return bool(FRAME_BEFORE.search(text[left:start]) or FRAME_AFTER.search(text[end:]))


def _alone(text: str, start: int, end: int, left: int, right: int) -> bool:
    clause = text[left:right].strip()
    short = len(clause.split()) <= SHORT_LATIN if clause.isascii() else len(clause) <= SHORT
    return short and (not TALK.search(text) or bool(OWN.search(text[left:start])))


COUNTED = re.compile(
    r"(?<=[养种卖开跑拉修])(?:了|着|过)?(?:有|差不多|大概)?"
    r"[\d一二两三四五六七八九十百千万几多来]+[多来]?(?:头|只|亩|辆|台|条|口|棵|栋|车|个大棚|家|间)(?:的)?(?=[\u4e00-\u9fff])"
)


TRADITIONAL = str.maketrans(
    "開館飲飯麵點廠農業賣買車場養雞鴨魚龍蝦髮燙賓樓網購貨運輸維護潔電腦機械裝飾燈鐵鋼銅鋁門窗樹種園藝藥醫學習兒襪褲絨"
    "紡織縫紉製造專營連鎖檔發雜糧鹽醬調醃滷燒烤鍋湯餃餅飼豬羊蔬果鮮凍廳雲間個幾條輛臺這裡們為給從後來時",
    "开馆饮饭面点厂农业卖买车场养鸡鸭鱼龙虾发烫宾楼网购货运输维护洁电脑机械装饰灯铁钢铜铝门窗树种园艺药医学习儿袜裤绒"
    "纺织缝纫制造专营连锁档发杂粮盐酱调腌卤烧烤锅汤饺饼饲猪羊蔬果鲜冻厅云间个几条辆台这里们为给从后来时",
)
"""Letters of merchants who write the traditional way."""


def simplified(text: str) -> str:
    """The line in lower case and in simplified letters, as long as it was."""
    return text.lower().translate(TRADITIONAL)


def uncounted(text: str) -> str:
    """The line without numbers between a verb and its object: 养了两百头猪 is 养猪."""
    return COUNTED.sub("", text)
