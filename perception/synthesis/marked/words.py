"""Words for pages that are composed for their marks: firms, people, dates, sums and clauses.

Every firm and office bears 示例 (sample) in its name, so that none can be taken for a real one.
"""

from __future__ import annotations

from decimal import Decimal

import numpy as np

_PLACES = (
    "石家庄 保定 杭州 广州 济南 成都 苏州 武汉 长沙 郑州 西安 沈阳 哈尔滨 南昌 合肥 福州 "
    "厦门 昆明 贵阳 兰州 银川 太原 青岛 宁波 温州 无锡 常州 徐州 佛山 东莞 珠海 中山 柳州 "
    "桂林 绵阳 宜昌 洛阳 唐山 大连 吉林 河北省 山东 浙江 江苏 四川省 湖南 云南"
).split()
_SIGNS = (
    "宏远达鑫源盛百汇嘉禾锦程瑞丰永兴恒通福临晨光佳美华泰安信诚凯旋金鼎立新创亿隆腾飞海润德昌顺和"
    "众联博雅康宁启航天成万佳正大东升利民卓越祥云森杰星辉博通聚富明珠中原北斗南方西域"
)
_TRADES = (
    "商贸 物流 运输 服饰 食品 建材 机械设备 电子科技 信息技术 餐饮管理 农业发展 五金制品 "
    "包装材料 装饰工程 汽车销售 医疗器械 文化传媒 劳务服务 供应链管理 环保科技 纺织品 "
    "化工 家具 印刷 水产 百货"
).split()
_FORMS = ("有限公司", "有限公司", "有限公司", "有限责任公司", "股份有限公司")
_SHOPS = ("商行", "经营部", "便利店", "货运部", "服装店", "批发部", "加工厂", "超市")
_FAMILY = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程"
_GIVEN = (
    "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华建国志玉兰春梅海燕鹏辉文博宇轩子涵浩然欣怡佳琪"
    "俊雪婷斌凤云飞龙翔成荣庆祥永利德福红波宁晓东"
)
_OFFICES = ("市场监督管理局", "行政审批局", "税务局", "交通运输局", "不动产登记局", "烟草专卖局")

HEADINGS = (
    "购销合同 运输合同 租赁合同 采购订单 送货单 出库单 收款收据 对账单 完税证明 缴费证明 "
    "经营许可证 登记证书 货物托运单 银行流水 资产负债表 增值税发票 行驶证 委托书 协议书 "
    "承诺函"
).split()
CLAUSES = (
    "甲乙双方本着平等自愿、诚实信用的原则，经协商一致订立本合同，共同遵守。",
    "乙方应当按照约定的时间和地点交付货物，运费由甲方承担，装卸费用另行结算。",
    "货物验收合格后三十日内，甲方以银行转账方式向乙方支付全部货款。",
    "任何一方违约的，应当向守约方支付合同总价百分之五的违约金，并赔偿由此造成的损失。",
    "本合同一式两份，双方各执一份，自签字盖章之日起生效，具有同等法律效力。",
    "租赁期限为两年，租金按季度支付，押金在租赁期满并结清费用后无息退还。",
    "因不可抗力不能履行的，根据影响部分或者全部免除责任，法律另有规定的除外。",
    "双方因履行本合同发生争议的，协商解决；协商不成的，向有管辖权的人民法院起诉。",
    "产品质量按国家标准执行，保质期内出现质量问题的，由供方负责退换。",
    "交货地点为需方仓库，需方应当在收货时清点数量并在送货单上签字确认。",
    "以上内容经核对无误，特此证明。",
    "普通货物运输、仓储服务、装卸搬运、国内货运代理、日用百货销售。",
)


def firm(rng: np.random.Generator) -> str:
    """A firm or shop of 8 to 20 signs, plainly invented."""
    name = str(rng.choice(_PLACES)) + "示例"
    name += "".join(rng.choice(list(_SIGNS), int(rng.integers(2, 4)), replace=False))
    if rng.random() < 0.25:
        return name + str(rng.choice(_SHOPS))
    return name + str(rng.choice(_TRADES)) + str(rng.choice(_FORMS))


def office(rng: np.random.Generator) -> str:
    """An authority that does not exist."""
    return str(rng.choice(_PLACES)) + "示例区" + str(rng.choice(_OFFICES))


def person(rng: np.random.Generator) -> str:
    """A name of two or three signs."""
    given = "".join(rng.choice(list(_GIVEN), 1 if rng.random() < 0.2 else 2))
    return str(rng.choice(list(_FAMILY))) + given


def day(rng: np.random.Generator) -> str:
    """A date as people write it."""
    year, month, date = rng.integers(2015, 2027), rng.integers(1, 13), rng.integers(1, 29)
    forms = (
        f"{year}年{month}月{date}日",
        f"{year}-{month:02d}-{date:02d}",
        f"{year}.{month}.{date}",
    )
    return forms[int(rng.integers(3))]


def amount(rng: np.random.Generator) -> str:
    """A sum in yuan as people write it."""
    cents = Decimal(int(rng.integers(1_000, 90_000_000))) / 100
    return f"{cents:.2f}" if rng.random() < 0.6 else f"¥{cents:,.2f}"
