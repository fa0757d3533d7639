"""The console's own words, in both languages."""

from __future__ import annotations

from bailing.terms import VoucherType, title_of

LANGUAGES = ("zh", "en")

WORDS: dict[str, tuple[str, str]] = {
    # the frame
    "console": ("百灵 · 分析台", "Bailing · Console"),
    "other_language": ("English", "中文"),
    "log_out": ("退出", "Log out"),
    "cases": ("对话", "Conversations"),
    "time_zone": ("北京时间", "China time, UTC+8"),
    # log-in
    "log_in": ("登录", "Log in"),
    "name": ("姓名", "Name"),
    "password": ("密码", "Password"),
    "log_in_wrong": ("姓名或密码不对。", "Wrong name or password."),
    "log_in_bound": (
        "试得太多了，一刻钟后再来。",
        "Too many attempts. Try again in a quarter of an hour.",
    ),
    "log_in_stale": ("页面放得太久了，请再登录一次。", "The page was open too long. Log in again."),
    "log_in_note": (
        "看过哪个商户、看没看原件，都会记入审计日志。",
        "Every case and every file that you look at is written into the audit log.",
    ),
    # the list
    "search": ("对话或商户编号", "Case or merchant id"),
    "limit_state": ("额度", "Limit"),
    "any": ("不限", "Any"),
    "raised": ("已提高", "Raised"),
    "not_raised": ("未提高", "Not raised"),
    "handler": ("接待", "Handler"),
    "handler_bot": ("百灵", "Bailing"),
    "handler_human": ("客户经理", "Officer"),
    "doubtful_only": ("有存疑凭证", "With doubtful evidence"),
    "since": ("从", "From"),
    "until": ("到", "To"),
    "filter": ("筛选", "Filter"),
    "clear": ("清除", "Clear"),
    "found": ("共 {n} 个对话", "{n} conversations"),
    "found_one": ("共 1 个对话", "1 conversation"),
    "none_found": ("没有这样的对话。", "No conversation fits."),
    "case": ("对话", "Case"),
    "merchant": ("商户", "Merchant"),
    "opened": ("开始", "Opened"),
    "last": ("最近", "Last"),
    "said_count": ("发言", "Said"),
    "proofs": ("凭证", "Evidence"),
    "proof": ("凭证", "Evidence"),
    "limit": ("额度（元）", "Limit (CNY)"),
    "reviews": ("复核", "Reviews"),
    "demo": ("演示", "Demo"),
    "page_of": ("第 {page} / {pages} 页", "Page {page} of {pages}"),
    "earlier": ("上一页", "Previous"),
    "later": ("下一页", "Next"),
    "pages": ("分页", "Pages"),
    # one conversation
    "original": ("原额度", "Original"),
    "now": ("现额度", "Now"),
    "turns": ("轮", "Turns"),
    "turn": ("第 {n} 轮", "Turn {n}"),
    "understood": ("意图", "Intent"),
    "entities": ("实体", "Entities"),
    "called": ("动作", "Actions"),
    "slots": ("槽位", "Slots"),
    "took": ("用时", "Time"),
    "took_whole": ("整轮", "whole turn"),
    "took_engine": ("对话引擎", "engine"),
    "not_answered": ("还没回答", "not answered yet"),
    "not_kept": ("引擎记录未存", "engine events not kept"),
    "text": ("商户", "Merchant"),
    "payload": ("商户按了", "Merchant pressed"),
    "internal": ("系统", "System"),
    "rest": ("此后", "Afterwards"),
    "bot": ("百灵", "Bailing"),
    "human": ("客户经理", "Officer"),
    "decided": ("额度决定", "Decision"),
    "cause": ("起因", "Cause"),
    "cause_said": ("口述", "said"),
    "cause_evidence": ("凭证", "evidence"),
    "cause_correction": ("更正", "correction"),
    "cause_withdrawal": ("撤回", "withdrawal"),
    "cause_rescore": ("重算", "rescore"),
    "pd": ("违约概率", "PD"),
    "terms": ("各项上限", "Terms"),
    "reasons": ("理由", "Reasons"),
    "policy": ("政策", "Policy"),
    "models": ("模型", "Models"),
    "working_capital_need": ("流动资金需求", "Working-capital need"),
    "sales_multiple": ("销售倍数", "Sales multiple"),
    "expected_loss_cap": ("预期损失上限", "Expected-loss cap"),
    "policy_cap": ("政策上限", "Policy cap"),
    "binding": ("卡在这里", "binds"),
    "consent_given": ("同意", "Consent given"),
    "consent_withdrawn": ("撤回同意", "Consent withdrawn"),
    "review_opened": ("转人工复核", "Review opened"),
    "corrected": ("商户更正", "Corrected"),
    "task": ("任务", "Task"),
    "effect": ("效果", "Effect"),
    "limit_path": ("额度轨迹", "Limit path"),
    "no_decisions": ("还没有额度决定", "No decision yet"),
    "profile": ("画像", "Profile"),
    "source_said": ("口述", "said"),
    "source_evidence": ("凭证", "shown"),
    "source_lender": ("机构", "lender"),
    "consents": ("同意", "Consents"),
    "limit_review": ("额度评估", "Limit review"),
    "bank_data": ("银行数据", "Bank data"),
    "location": ("位置", "Location"),
    "in_force": ("有效", "in force"),
    "ended": ("已撤回", "withdrawn"),
    "open": ("待处理", "open"),
    "taken": ("处理中", "taken"),
    "closed": ("已结", "closed"),
    "nothing": ("无", "None"),
    "yes": ("是", "yes"),
    "no": ("否", "no"),
    # masking
    "masked": ("姓名和号码已遮盖", "Names and numbers are masked"),
    "unmasked": ("姓名和号码可见", "Names and numbers are shown"),
    "unmasked_note": (
        "理由已记入审计，到退出为止。",
        "The reason is kept; it ends with your log-in.",
    ),
    "unmask": ("查看", "Show"),
    "unmask_reason": ("为什么要看？（至少 5 个字）", "Why? (5 characters or more)"),
    "unmask_short": ("请写明理由，5 到 500 个字。", "Give a reason of 5 to 500 characters."),
    # one proof
    "received": ("已收到", "received"),
    "inspecting": ("正在看", "inspecting"),
    "accepted": ("已采信", "accepted"),
    "doubtful": ("存疑", "doubtful"),
    "rejected": ("不用", "rejected"),
    "unreadable": ("看不清", "unreadable"),
    "withdrawn": ("已撤回", "withdrawn"),
    "tombstone": (
        "商户撤回了这份凭证：原件和读到的内容都已删除。",
        "The merchant took this one back: the file and what was read are erased.",
    ),
    "fields": ("读到的", "Fields"),
    "marks": ("印章与码", "Seals and codes"),
    "tables": ("表格", "Tables"),
    "rows": ("行", "rows"),
    "objects": ("物体", "Objects"),
    "lines": ("文字行", "Lines"),
    "tamper": ("篡改图", "Tamper map"),
    "layers": ("图层", "Layers"),
    "fit": ("适应", "Fit"),
    "larger": ("放大", "Zoom"),
    "page": ("第 {n} 页", "Page {n}"),
    "field": ("字段", "Field"),
    "value": ("值", "Value"),
    "confidence": ("置信", "Confidence"),
    "corrected_to": ("商户改为", "corrected to"),
    "kind": ("类型", "Kind"),
    "declared": ("商户说是", "Declared as"),
    "alternatives": ("也可能是", "Or else"),
    "status": ("状态", "Status"),
    "file": ("文件", "File"),
    "authenticity": ("真实性", "Authenticity"),
    "recapture": ("翻拍", "Recapture"),
    "tampering": ("篡改", "Tampering"),
    "not_scored": ("未评分", "not scored"),
    "verdict": ("结论", "Verdict"),
    "genuine": ("真", "genuine"),
    "forged": ("伪造", "forged"),
    "checks": ("核对", "Checks"),
    "findings": ("发现", "Findings"),
    "quality": ("画质", "Quality"),
    "usable": ("可用", "usable"),
    "unusable": ("不可用", "not usable"),
    "no_frame": (
        "这份是旧版看的，没存下转向，框不画。",
        "Inspected by an older version that kept no turn; its boxes are not drawn.",
    ),
    "no_picture": ("没有可显示的页面。", "There is no page to show."),
    "inspection_failed": ("没能读这份文件", "The file could not be read"),
    "back_to_case": ("回到对话", "Back to the conversation"),
    "in_turn": ("见第 {n} 轮", "See turn {n}"),
    "seal": ("印章", "seal"),
    "qr": ("二维码", "QR code"),
    "barcode": ("条码", "bar code"),
    "signature": ("签名", "signature"),
    "fingerprint": ("指印", "fingerprint"),
    # refusals
    "not_found": ("没有这一页。", "There is no such page."),
    "gone": ("原件已经删除。", "The original was erased."),
    "refused": ("请求不对，请刷新页面再试。", "That request was not understood. Reload the page."),
    "unavailable": ("系统正忙，请稍后再试。", "Busy just now. Try again in a moment."),
    "picture_failed": ("这一页显示不出来。", "This page cannot be shown."),
}

SLOTS: dict[str, tuple[str, str]] = {
    "industry_code": ("行业代码", "Industry code"),
    "industry_words": ("行业（原话）", "Industry, in words"),
    "region": ("地区", "Region"),
    "years_in_business": ("经营年限", "Years in business"),
    "staff_count": ("人数", "Staff"),
    "annual_sales_cny": ("年销售额", "Annual sales"),
    "monthly_sales_cny": ("月销售额", "Monthly sales"),
    "gross_margin": ("毛利率", "Gross margin"),
    "amount_asked_cny": ("想要额度", "Amount asked"),
    "purpose": ("用途", "Purpose"),
    "receivable_days": ("回款天数", "Receivable days"),
    "inventory_days": ("存货天数", "Inventory days"),
    "payable_days": ("付款天数", "Payable days"),
    "vehicle_count": ("车辆数", "Vehicles"),
    "floor_area_sqm": ("面积", "Floor area"),
    "language": ("语言", "Language"),
    "lacking_voucher": ("没有的凭证", "Proof not to be had"),
    "requested_slot": ("正在问", "Asking for"),
    "limit_review_consent": ("同意评估", "Consent to review"),
}


class Speech:
    """Words in one language.

    Args:
        language: ``zh`` or ``en``.
    """

    def __init__(self, language: str) -> None:
        self.language = language
        self._index = 1 if language == "en" else 0

    def __call__(self, key: str, **values: object) -> str:
        """The words of a key; a key that has none is its own word."""
        words = WORDS.get(key)
        return words[self._index].format(**values) if words else key

    def slot(self, name: str) -> str:
        """What a slot is called."""
        return SLOTS[name][self._index] if name in SLOTS else name

    def slot_value(self, name: str, value: object) -> object:
        """A slot's value: the slot that is asked for by what it is called, yes and no as words."""
        if name == "requested_slot" and isinstance(value, str):
            return self.slot(value)
        if isinstance(value, bool):
            return self("yes" if value else "no")
        return value

    def voucher(self, kind: str | None) -> str:
        """What a kind of proof is called."""
        if kind not in set(VoucherType):
            return kind or "—"
        return title_of(VoucherType(kind), self.language)
