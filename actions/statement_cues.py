"""The words beside a quantity that say what it is about."""

from __future__ import annotations

import re


def _any(words: str) -> re.Pattern[str]:
    return re.compile(words, re.IGNORECASE)


MONEY_ROLE = _any(
    r"(?P<asked>想要|想借|想贷|想提|想再|想申请|再要|再借|再贷|再给|再加|再提|再批|还要|还想|借我|"
    r"贷我|批我|要借|要贷|要提|提到|提额到|加到|涨到|提高到|调到|升到|申请|需要|缺|"
    r"差(?!不多|的|点|一点|劲|了)|周转(?!天)|能(?:借|贷|批|提)|打算借|准备借|希望(?:能)?(?:有|到)?|"
    r"(?<!不)要(?:个|大概|差不多)?\s*$|借个?\s*$|贷个?\s*$|\bneed|\bwant|\bborrow|\bapply|\braise|"
    r"\bincrease|looking for|would like|\bloan of|hoping for)|(?P<limit>额度|限额|\blimit\b|"
    r"给(?:了)?我|批了)|(?P<cost>房租|租金|月租|工资|水电|电费|油费|过路费|成本|贷款|月供|欠|利息|"
    r"还款|还了|还有|进货|拿货|货款|押金|投资|投了|投入|买车|车价|买的|买了|保险|存货|库存|压货|"
    r"压着|货值|囤|单价|客单价|税|装修|花了|花|开销|开支|支出|首付|赔|亏|罚|押|注册资本|利润|纯利|"
    r"净赚|净利|纯赚|到手|落袋|\brent|\bwages?|salar|\bcost|\bspen|\bdebt|\bowe|\bstock|inventory|"
    r"profit|net income|mortgage|deposit)|(?P<sales>流水|营业|营收|销售|销量|卖|进账|收入|毛收|"
    r"入账|收款|做(?:了|到|个)?|生意|成交|产值|运费|跑|挣|赚|sales|turnover|revenue|takings?|"
    r"take in|turn over|turning over|\bmake|\bearn|\bsell|income|gross|bring in)"
)
"""What an amount is: wanted, a limit, a cost, or sales; the role nearest to it counts."""

SALES_WITHOUT_PERIOD = _any(r"流水|营业|营收|销售|进账|收入|卖|sales|turnover|revenue|takings")
RATE_TALK = _any(r"利息|利率|年化|手续费|费用|\brate\b|interest")
RECEIVABLE = _any(
    r"货主|客户|运费|甲方|下家|买家|买方|回款|回钱|收款|收到钱|收回|应收|账期|货款回|"
    r"平台(?:结|打款)|工地|对方|老板(?:给|结|付)|学校|超市(?:结|给|付)|他们(?:给|结|付)|"
    r"人家(?:给|结|付)|欠我|customers?|clients?|buyers?|pay(?:s)? (?:me|us)|receivable|get paid|"
    r"paid (?:in|after|within)|collect"
)
PAYABLE = _any(
    r"供应商|供货商|厂家|厂里|上家|批发商|进货|拿货|油费|油钱|欠(?:人|别人|货款|他|供|厂|上)|应付|"
    r"付(?:货款|给|款给)|给(?:厂家|上家)|我(?:们)?(?:付|给|欠)|suppliers?|vendors?|we pay|i pay|"
    r"payable|owe"
)
INVENTORY = _any(
    r"库存|存货|压货|压仓|压库|囤|卖完|卖掉|出完|周转|货放|货压|在库|备货|备的货|仓库里|动销|"
    r"进的货|stock|inventory|shelf|sell through"
)
SETTLING = _any(
    r"结账|结款|结算|结清|结一|一结|账|回|付|到账|给钱|打款|压(?!货|仓|库)|赊|terms|credit|paid|pay"
)
STRONG_TERMS = _any(
    r"现结|当[天日场]|货到|现款|日结|月结|季结|周结|年结|一手交|先款|款到|压.批|不赊|账期|net|"
    r"on delivery|\bcod\b|结"
)
LOAN_TALK = _any(
    r"还(?!没|是|有|不)|贷|借|分期|期限|利息|合同|签了|租约|租期|租了|质保|征信|逾期|半年流水|"
    r"流水.{0,3}$|提前|考虑|等|\bloan|repay|lease|contract|wait"
)
AGE = _any(
    r"干|开|做|跑|经营|营业|成立|入行|开业|开张|创业|卖|搞|办|养|种|老店|老字号|年头|经验|这行|"
    r"in business|running|been|open|experience|started|for\s*$"
)
MARGIN = _any(r"毛利|利润|净利|利(?!息|率)|赚|挣|加价|差价|margin|profit|mark-?up")
NOT_MARGIN = _any(r"利息|利率|年化|首付|税|占|提成|折|定金|rate|interest|tax|deposit|discount")
CUSTOMERS = _any(
    r"客人|客流|顾客|来吃|进店|吃饭|学生|会员|粉丝|每天|一天|customers?|guests|借给|保证人|担保"
)
WISH_TO_BUY = _any(
    r"(?:想|要|准备|打算|计划|再|多)(?:再|去|多)?(?:买|租|换|添|加|购|上|提)|"
    r"\b(?:buy|rent|hire|purchase)\b"
)
NOT_PREMISES = _any(r"房子|住宅|住房|家里|apartment|flat\b")
QUESTION = _any(
    r"吗[。.!！~]*\s*$|么\s*$|多少(?!有|都|算|能有点)|几(?:个点|天能|分利|时)|"
    r"(?:要|等|需要)几[天个]|怎么|咋|为什么|为啥|什么|够不够|能不能|可不可以|行不行|是不是|有没有|"
    r"会不会|多久|哪[里儿个些]|凭啥|太少|太低|不够用?|才给|"
    r"^\s*(?:so\s+)?(?:why|how|what|when|where|can|could|is|are|do|does|will|would it)\b|"
    r"too (?:low|little|small)|enough"
)
HEDGE = _any(
    r"不太清楚|说不准|说不好|不确定|不一定|可能|好像|也许|记不清|没算过|估计|大概吧|maybe|perhaps|"
    r"not sure|i guess|i think"
)
NO_STOCK = _any(
    r"(?:没有?|不用|无|零|不存|不压|不囤|不备)(?:什么|啥|多少)?(?:存货|库存|压货|囤货|"
    r"货(?:压|存|囤)|货$|库)|不压货|不囤货|不存货|零库存|随进随[卖出]|当天进当天卖|no (?:stock|"
    r"inventory)|don'?t (?:keep|hold|carry) (?:any )?(?:stock|inventory)"
)
NOTHING = _any(
    r"\s*(?:没有?|无|没得|没有的|没的|没欠|不欠(?:钱|款|账|别人)?|不赊|不压(?:货|款)?|不存|都不欠|"
    r"没有欠款|零|0|none|nothing|no|zero|nope)(?:了|啊|呀|的|哦)?[。.!！]?\s*"
)
UPS_AND_DOWNS = _any(
    r"(?:好|差|多|少|忙|闲|旺|淡|坏)的?(?:时候|月份?|季)|生意[好差]|行情[好差]|最[多少高低]|"
    r"\b(?:good|bad|slow|busy|high|low|best|worst|peak|off) (?:months?|seasons?|times?)\b"
)
"""Two figures of one thing, for good and for bad times."""
BARE_NO = _any(r"\s*(?:没有?|无|没得|没有的|没的|none|no|nope)(?:了|啊|呀|的|哦)?[。.!！]?\s*")
PURPOSE = _any(
    r"租车|买车|换车|添车|提车|进货|备货|囤货|压货款|装修|扩店|扩大(?:规模|店面|经营)|开分店|"
    r"开新店|开(?:第)?二店|租(?:店面?|房|仓库|门面|厂房)|[付发](?:工资|运费|货款|房租|油费)|"
    r"交(?:房租|租金|保证金|押金)|买(?:设备|机器|原料|材料|料|饲料|种子|化肥|货)|换设备|添设备|"
    r"垫资|垫款|垫(?:运费|油费|货款)|资金周转|周转|加盟|修车|加油|进(?:一?批|点|些)货|"
    r"还(?:货款|供应商)"
)
PURPOSE_BEFORE = _any(
    r"要|想|用|为|钱|旺季|拿|节前|年底|春节|开春|淡季|打算|准备|借|贷|万|块|缺|去|急"
)
PURPOSE_EN = _any(
    r"\b(?:to|for)\s+((?:buy|buying|rent|renting|stock|stocking|restock|restocking|pay|paying|hire|"
    r"hiring|expand|expanding|renovate|renovating|open|opening|purchase|purchasing|repair|"
    r"repairing)\b[a-z ]{0,28}|rent|stock|inventory|working capital)"
)
NO_ANSWER = _any(
    r"跳过|不方便|不想|不知道|不清楚|说不|没有这个|不告诉|随便|好的?$|可以$|同意|没错|对的?$|"
    r"是的?$|不是$|嗯+$|谢谢|^\s*(?:yes|no|ok|okay|skip|don'?t know|rather not).{0,20}$"
)
