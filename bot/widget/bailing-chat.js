/**
 * `<bailing-chat>`: the merchant's side of Bailing as one web component.
 *
 * No dependency and no build step. It speaks the gateway's HTTP interface and nothing else:
 *
 *     <script type="module" src="/widget/bailing-chat.js"></script>
 *     <bailing-chat merchant-token="<JWT of the lender>"></bailing-chat>
 *
 * Attributes: `api-base` (where the gateway is; default: this page's origin), `merchant-token` or
 * `demo` (`wang`, `li`, `chen`, `blank`), `lang` (`zh` or `en` until the case says its own),
 * `closable` (shows a back button). Methods: `say(text)`, `sendFiles(files, declared)`, `focus()`.
 * DOM events: `bailing-close`, `bailing-token-needed` (set a fresh `merchant-token`),
 * `bailing-limit` with `detail.limit_cny`, a decimal string in yuan.
 *
 * What a merchant or a paper says is only ever written with `textContent`.
 *
 * Parts, in this order: words, icons, small builders, Api, EventFeed, Outbox, views of the log,
 * sheets, the element, its style.
 */

/* ------------------------------------------------------------------ words */

const WORDS = {
  zh: {
    name: '百灵', tagline: '额度的事，随时问我', human_here: '客户经理在和您谈', human: '客户经理',
    connecting: '正在接通…', reconnecting: '正在重连…', offline: '没有网络，连上后接着来',
    no_merchant: '还不知道您是哪位商户，请从机构的页面进入。',
    session_lost: '登录已失效，请从机构页面重新进入，之前聊的都在。',
    my_case: '我的资料', ask_human: '转人工', close: '关闭', back: '返回', log: '对话',
    placeholder: '说说您的生意…', input: '输入消息', send: '发送', attach: '选照片或文件',
    camera: '拍照', drop: '松手就发给我', newer: '有新消息', limit_now: '当前额度', yuan: '元',
    sending: '等待发送', queued: '没网，连上就发', retry: '重试', drop_it: '不发了', typing: '百灵正在输入',
    uploading: '正在上传', upload_waiting: '排队上传', upload_failed: '没传成', too_large: '文件超过 20 MB，拍照时选普通画质就够了。',
    upload_offline: '网络断了，连上会接着传。', held: '您同意之后我再收这份', held_button: '同意后再发',
    held_ready: '您已经同意，可以发了', held_send: '现在发送', held_not_yet: '先在对话里回复“同意”，再发这份。',
    duplicate: '这份之前发过了，用原来那份就行。', received: '收到，马上看', inspecting: '正在看',
    accepted: '已读', doubtful: '有拿不准的地方', rejected: '这份用不上', unreadable: '没看清',
    withdrawn: '已撤回，内容删掉了', paper: '资料', photo: '照片', again: '重新拍一张', view_read: '看读到的内容',
    view_file: '看原件', withdraw: '撤回', read_title: '读到的内容', nothing_read: '这份上没有读到文字项。',
    still_reading: '还在看，一会儿就好。', uncertain: '拿不准', certain: '看得清', edit: '改', save: '保存', cancel: '取消',
    corrected: '您改过', was_read: '原来读到', correct_label: (label) => `把“${label}”改成`, findings: '我注意到',
    withdraw_ask: '撤回这份资料？', withdraw_effect: (now, then) => `撤回后，额度会从 ${now} 元变成 ${then} 元。`,
    withdraw_same: '撤回不影响现在的额度。', withdraw_gone: '原件和读到的内容都会删掉。', withdraw_keep: '先不撤',
    withdraw_unknown: '撤回后会按没有它重新算额度。', counting: '正在算…', kept_on: (day) => `${day} 收到`,
    new_limit: '新额度', same_limit: '额度不变', lower_limit: '额度调整为', before: (n) => `之前 ${n} 元`,
    why: '为什么', held_by: '卡在', how: '怎么算的', how_note: '取下面几项里最小的一项：', binding: '卡在这里',
    next: '再给哪样都行，不给也行', rise: (range) => `预计 ＋${range}`, rise_unknown: '有助于核实', give: '发这个',
    more_kinds: (n) => `还有 ${n} 样`, machine_only: '不想只由机器决定，请人看看',
    human_title: '请客户经理来谈', human_text: '客户经理会看到这次对话，不用从头再说。来之前我照样可以帮您。',
    human_reason: '想说明的话（可以不填）', human_default: '想和客户经理谈谈', human_send: '请人来',
    human_asked: '已经告诉客户经理了，有人看了会在这里回您。', machine_reason: '不接受只由机器做的决定，请人复核',
    profile: '您的情况', profile_none: '还没有记下什么。', said: '您说的', evidence: '凭证', lender: '机构提供',
    papers: '给过的资料', papers_none: '还没有给过资料。', consents: '您的同意', consents_none: '还没有同意过什么。',
    consent_since: (day) => `${day} 起`, consent_ended: (day) => `${day} 已撤回`, consent_withdraw: '撤回同意',
    consent_text: (what) => `我要撤回同意：${what}`, export: '导出我的全部资料', export_text: '一个压缩包，您说过的、给过的、算过的都在里面。',
    language: '语言', to_other: 'English', other_text: 'Please speak English', restart: '重新开始演示', reviews: '人工处理',
    open: '等客户经理看', taken: '客户经理正在看', closed: '已处理', today: '今天', failed: '刚才没办成，再试一次。',
    from_to: (a, b) => `${a}～${b}`, about: (a) => `约 ${a}`, photo_unseen: '这张照片没法在这里显示',
  },
  en: {
    name: 'Bailing', tagline: 'Here at any hour', human_here: 'A person is with you', human: 'Account manager',
    connecting: 'Connecting…', reconnecting: 'Reconnecting…', offline: 'No network. I will go on once it is back',
    no_merchant: 'I do not know which merchant you are yet. Please come in from the lender’s page.',
    session_lost: 'Your sign-in has ended. Please come in again from the lender’s page; nothing is lost.',
    my_case: 'My papers', ask_human: 'A person', close: 'Close', back: 'Back', log: 'Conversation',
    placeholder: 'Type here…', input: 'Your message', send: 'Send', attach: 'Choose photos or files',
    camera: 'Take a photo', drop: 'Drop it here', newer: 'New messages', limit_now: 'Limit now', yuan: 'yuan',
    sending: 'Waiting to send', queued: 'Offline; I will send it once you are back', retry: 'Try again', drop_it: 'Leave it', typing: 'Bailing is writing',
    uploading: 'Uploading', upload_waiting: 'Waiting to upload', upload_failed: 'Not sent', too_large: 'The file is over 20 MB. A normal-quality photo is enough.',
    upload_offline: 'The network dropped. It goes on once you are back.', held: 'I will take this once you agree', held_button: 'Send after I agree',
    held_ready: 'You have agreed; it can go now', held_send: 'Send it now', held_not_yet: 'Please agree in the conversation first, then send this.',
    duplicate: 'You sent this one before; the first one stands.', received: 'Got it, looking shortly', inspecting: 'Looking at it',
    accepted: 'Read', doubtful: 'Some things are unclear', rejected: 'This one does not help', unreadable: 'I could not read it',
    withdrawn: 'Taken back, content deleted', paper: 'Paper', photo: 'Photo', again: 'Take another', view_read: 'See what was read',
    view_file: 'See the original', withdraw: 'Take back', read_title: 'What was read', nothing_read: 'No written items were read from this one.',
    still_reading: 'Still reading; a moment please.', uncertain: 'Unsure', certain: 'Clear', edit: 'Change', save: 'Save', cancel: 'Cancel',
    corrected: 'You changed this', was_read: 'Read as', correct_label: (label) => `What “${label}” should be`, findings: 'What I noticed',
    withdraw_ask: 'Take this one back?', withdraw_effect: (now, then) => `Your limit would go from ¥${now} to ¥${then}.`,
    withdraw_same: 'Your limit would stay as it is.', withdraw_gone: 'The original and all that was read from it are deleted.', withdraw_keep: 'Keep it',
    withdraw_unknown: 'Your limit is then worked out without it.', counting: 'Working it out…', kept_on: (day) => `Received ${day}`,
    new_limit: 'New limit', same_limit: 'Limit unchanged', lower_limit: 'Limit now set to', before: (n) => `¥${n} before`,
    why: 'Why', held_by: 'What holds it', how: 'How it is worked out', how_note: 'The smallest of these counts:', binding: 'holds it here',
    next: 'Any of these could raise it; none is required', rise: (range) => `about +${range}`, rise_unknown: 'helps to confirm', give: 'Send this',
    more_kinds: (n) => `${n} more`, machine_only: 'I want a person to decide, not only a machine',
    human_title: 'Talk to an account manager', human_text: 'They can see this conversation, so nothing has to be told twice. I go on helping until they come.',
    human_reason: 'Anything they should know (optional)', human_default: 'I would like to talk to an account manager', human_send: 'Ask for a person',
    human_asked: 'An account manager has been told and will answer here.', machine_reason: 'I refuse a decision made only by a machine; please have a person review it',
    profile: 'About your business', profile_none: 'Nothing noted yet.', said: 'you said', evidence: 'proof', lender: 'from the lender',
    papers: 'What you gave', papers_none: 'Nothing given yet.', consents: 'What you agreed to', consents_none: 'Nothing agreed to yet.',
    consent_since: (day) => `since ${day}`, consent_ended: (day) => `withdrawn ${day}`, consent_withdraw: 'Withdraw',
    consent_text: (what) => `I want to withdraw my consent: ${what}`, export: 'Export all my data', export_text: 'One archive with all you said, gave and were told.',
    language: 'Language', to_other: '中文', other_text: '请说中文', restart: 'Start the demonstration over', reviews: 'With a person',
    open: 'waiting for an account manager', taken: 'an account manager is looking', closed: 'done', today: 'Today', failed: 'That did not work. Please try again.',
    from_to: (a, b) => `${a}–${b}`, about: (a) => `about ${a}`, photo_unseen: 'This picture cannot be shown here',
  },
};

/** What is not a plain string table: code → [Chinese, English]. Unknown codes are never shown. */
const NAMES = {
  voucher: {
    business_license: ['营业执照', 'Business licence'], vat_special_invoice: ['增值税专用发票', 'VAT special invoice'],
    vat_general_invoice: ['增值税普通发票', 'VAT general invoice'], purchase_sale_contract: ['购销合同', 'Sales contract'],
    transport_contract: ['运输合同', 'Transport contract'], lease_contract: ['租赁合同', 'Lease'],
    purchase_order: ['采购订单', 'Purchase order'], delivery_note: ['送货单', 'Delivery note'], waybill: ['货运单', 'Waybill'],
    receipt: ['收据', 'Receipt'], bank_statement: ['银行流水', 'Bank statement'],
    e_payment_statement: ['微信/支付宝流水', 'WeChat or Alipay statement'], tax_certificate: ['完税证明', 'Tax certificate'],
    vat_return: ['增值税申报表', 'VAT return'], financial_statement: ['财务报表', 'Financial statement'],
    social_insurance_proof: ['社保缴费证明', 'Social insurance proof'], utility_bill: ['水电费账单', 'Utility bill'],
    road_transport_permit: ['道路运输证', 'Road transport permit'], vehicle_license: ['行驶证', 'Vehicle licence'],
    vehicle_registration: ['机动车登记证书', 'Vehicle registration'], food_permit: ['食品经营许可证', 'Food permit'],
    tobacco_license: ['烟草专卖零售许可证', 'Tobacco licence'], property_certificate: ['不动产权证书', 'Property certificate'],
    storefront_photo: ['门头照', 'Shop-front photo'], stock_photo: ['货架/库存照', 'Stock photo'],
    equipment_photo: ['车辆/设备照', 'Vehicle or equipment photo'],
  },
  stage: {
    queued: ['排队中', 'in the queue'], decode: ['打开图片', 'opening it'], orient: ['摆正', 'turning it upright'],
    look: ['认出是什么', 'seeing what it is'], classify: ['认出是什么', 'seeing what it is'], ocr: ['读文字', 'reading the words'],
    read: ['读文字', 'reading the words'], reading: ['读文字', 'reading the words'], text: ['读文字', 'reading the words'],
    fields: ['找出各项', 'finding the items'], extract: ['找出各项', 'finding the items'], marks: ['看印章签字', 'looking at seals'],
    authenticity: ['核对真伪', 'checking it is genuine'], checking: ['核对', 'checking'], crosscheck: ['和您的情况核对', 'comparing with your business'],
    weigh: ['重新算额度', 'working out the limit'], score: ['重新算额度', 'working out the limit'],
  },
  slot: {
    industry_words: ['行业', 'Trade'], industry_code: ['行业代码', 'Industry code'], region: ['地区', 'Region'],
    years_in_business: ['经营年限', 'In business'], staff_count: ['人手', 'Staff'], annual_sales_cny: ['年销售额', 'Yearly sales'],
    monthly_sales_cny: ['月流水', 'Monthly sales'], gross_margin: ['毛利率', 'Gross margin'], amount_asked_cny: ['想要的额度', 'Limit asked for'],
    purpose: ['用途', 'Purpose'], receivable_days: ['回款天数', 'Paid after'], inventory_days: ['压货天数', 'Stock held'],
    payable_days: ['付款天数', 'Pays after'], vehicle_count: ['车辆', 'Vehicles'], floor_area_sqm: ['面积', 'Floor area'],
  },
  unit: {
    cny: [' 元', ' yuan'], percent: ['%', '%'], day: [' 天', ' days'], year: [' 年', ' years'], sqm: [' 平方米', ' m²'],
    person: [' 人', ' people'], vehicle: [' 辆', ''], piece: [' 件', ' pieces'],
  },
  purpose: {
    limit_review: ['用资料核定额度', 'Using what I give to review my limit'],
    bank_data: ['读取银行流水', 'Reading bank data'], location: ['使用位置信息', 'Using location'],
  },
  term: {
    working_capital_need: ['生意周转要垫的资金', 'what the trade ties up'], sales_multiple: ['按算得进的营业额', 'by the turnover that counts'],
    expected_loss_cap: ['风险能承受的', 'by the loss that can be borne'], policy_cap: ['凭证够得到的', 'by the proofs so far'],
  },
  effort: {
    low: ['手边就有', 'close at hand'], medium: ['要找一下', 'takes a little looking'], high: ['要跑一趟', 'takes an errand'],
  },
};

/** The words in use. `t` is the string table, `name` looks a code up. */
class Words {
  /** @param {string} language `zh` or `en` */
  constructor(language) { this.use(language); }

  use(language) {
    this.language = String(language || '').toLowerCase().startsWith('en') ? 'en' : 'zh';
    this.locale = this.language === 'en' ? 'en-GB' : 'zh-CN';
    this.t = WORDS[this.language];
  }

  /** @returns {string} the code's name, '' for a code that nobody named */
  name(table, code) { return NAMES[table][code]?.[this.language === 'en' ? 1 : 0] ?? ''; }

  /** @param {string|number} amount @returns {string} with thousands separators, sign dropped */
  money(amount) {
    const value = Math.abs(Number(amount));
    if (!Number.isFinite(value)) return String(amount ?? '');
    return value.toLocaleString('en-US', { maximumFractionDigits: value < 100 ? 2 : 0 });
  }

  signed(amount) { return `${Number(amount) < 0 ? '−' : '＋'}${this.money(amount)}`; }

  day(iso) {
    const date = new Date(iso);
    if (Number.isNaN(date.valueOf())) return '';
    return date.toLocaleDateString(this.locale, { month: 'short', day: 'numeric' });
  }

  time(iso) {
    const date = new Date(iso);
    const clock = date.toLocaleTimeString(this.locale, { hour: '2-digit', minute: '2-digit' });
    const today = date.toDateString() === new Date().toDateString();
    return today ? clock : `${this.day(iso)} ${clock}`;
  }
}

/* ------------------------------------------------------------------ icons */

const ICONS = {
  send: 'M12 19.5V5M5.5 11.5 12 5l6.5 6.5', close: 'M6.5 6.5l11 11M17.5 6.5l-11 11', back: 'M15 5l-7 7 7 7', down: 'M6 9.5l6 6 6-6',
  attach: 'M8.6 13.2l6-6.1a3 3 0 0 1 4.3 4.3l-7.7 7.7a4.9 4.9 0 0 1-6.9-6.9L11.5 5',
  camera: 'M4.2 8.3h3l1.6-2.5h6.4l1.6 2.5h3c.7 0 1.2.5 1.2 1.2v8.3c0 .7-.5 1.2-1.2 1.2H4.2c-.7 0-1.2-.5-1.2-1.2V9.5c0-.7.5-1.2 1.2-1.2zM12 16.6a3.3 3.3 0 1 0 0-6.6 3.3 3.3 0 0 0 0 6.6z',
  folder: 'M6.5 3.5h7.6L18 7.6v12.9H6.5zM13.8 3.8v4.1h4M9.3 12h6M9.3 15.7h6',
  human: 'M12 11.5a3.8 3.8 0 1 0 0-7.6 3.8 3.8 0 0 0 0 7.6zM4.8 20.2c.6-3.8 3.4-5.8 7.2-5.8s6.6 2 7.2 5.8',
  check: 'M5 12.8l4.6 4.4L19 7.4', alert: 'M12 7.6v5.6M12 16.6v.1M12 3.6a8.4 8.4 0 1 0 0 16.8 8.4 8.4 0 0 0 0-16.8z',
  undo: 'M8.5 5 4.6 9l3.9 4M5 9h9a5.2 5.2 0 0 1 0 10.4H9', plus: 'M12 5.5v13M5.5 12h13',
  eye: 'M3 12c2.3-4 5.3-6 9-6s6.7 2 9 6c-2.3 4-5.3 6-9 6s-6.7-2-9-6zM12 14.600a2.6 2.6 0 1 0 0-5.2 2.6 2.6 0 0 0 0 5.200z',
  retry: 'M19 12a7 7 0 1 1-2.2-5.100M19.2 4v4h-4', export: 'M12 4.500v10.500M7.5 11l4.5 4.5 4.5-4.500M5 19.500h14',
};

const SVG = 'http://www.w3.org/2000/svg';

/** @returns {SVGElement} a 24-unit line icon, hidden from screen readers */
function icon(name) {
  const svg = document.createElementNS(SVG, 'svg');
  svg.setAttribute('viewBox', '0 0 24 24');
  svg.setAttribute('class', 'icon');
  svg.setAttribute('aria-hidden', 'true');
  const path = document.createElementNS(SVG, 'path');
  path.setAttribute('d', ICONS[name]);
  svg.append(path);
  return svg;
}

/** @returns {SVGElement} the lark, singing at dawn */
function lark() {
  const svg = document.createElementNS(SVG, 'svg');
  svg.setAttribute('viewBox', '0 0 48 48');
  svg.setAttribute('class', 'lark');
  svg.setAttribute('aria-hidden', 'true');
  const shapes = [
    ['sky', 'M24 0a24 24 0 1 0 0 48 24 24 0 0 0 0-48z'],
    ['sun', 'M6.5 40.300a14 14 0 0 1 27-3.300c.6 3-.2 6.5-1.5 9.600A24 24 0 0 1 6.5 40.300z'],
    ['bird', 'M4.5 33.500c6.5-2 9.3-5.6 11.7-9.6 2-3.5 4.5-6.4 8.2-7.900l-.6-5.2 5 4.100c2.8.4 4.7 1.9 5.6 4.200l5.9-1.6-4.8 4 4.3 2.6-5.5.4c-.8 8.2-6.8 13.2-14.8 13-5.3-.1-9.8-1.7-15-4z'],
    ['wing', 'M27.5 23.600c-1 6.6-6.6 9.9-15.3 9.4 4.6-1.5 6-5 8.2-7.4 1.9-2 4.3-2.7 7.1-2z'],
    ['eye', 'M30.6 18a1.25 1.25 0 1 0 0 2.5 1.25 1.25 0 0 0 0-2.500z'],
  ];
  for (const [kind, d] of shapes) {
    const path = document.createElementNS(SVG, 'path');
    path.setAttribute('d', d);
    path.setAttribute('class', kind);
    svg.append(path);
  }
  return svg;
}

/* --------------------------------------------------------- small builders */

/**
 * Build an element. Strings among the children become text nodes, never markup.
 * @param {string} spec `tag.class.class`
 * @param {Object<string, *>} [props] `on…` are listeners, `data` the dataset, others attributes
 */
function h(spec, props = {}, ...children) {
  const [tag, ...classes] = spec.split('.');
  const element = document.createElement(tag);
  if (classes.length) element.className = classes.join(' ');
  for (const [key, value] of Object.entries(props)) {
    if (value === null || value === undefined || value === false) continue;
    if (key === 'data') Object.assign(element.dataset, value);
    else if (key.startsWith('on')) element.addEventListener(key.slice(2), value);
    else if (key === 'value') element.value = value;
    else element.setAttribute(key, value === true ? '' : String(value));
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

/** @returns {HTMLButtonElement} */
function button(spec, label, onclick, iconName) {
  return h(`button.${spec}`, { type: 'button', onclick }, iconName ? icon(iconName) : null, h('span', {}, label));
}

/** @returns {string} a random id, also on pages without https, where randomUUID is missing */
function uuid() {
  if (globalThis.crypto?.randomUUID) return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** localStorage that is allowed to be missing or full. */
const store = {
  get(key) { try { return JSON.parse(localStorage.getItem(key)); } catch { return null; } },
  set(key, value) {
    try {
      if (value === null) localStorage.removeItem(key);
      else localStorage.setItem(key, JSON.stringify(value));
    } catch { /* a private window keeps nothing; the talk still works */ }
  },
};

/* -------------------------------------------------------------------- Api */

const CALL_TIMEOUT_MS = 20_000;

/** A refused or failed call. `status` 0: the network. `message` is fit to be shown. */
class ApiError extends Error {
  constructor(status, code, message) {
    super(message);
    this.status = status;
    this.code = code;
  }

  /** Whether the same call may well succeed later. */
  get passing() { return this.status === 0 || this.status === 429 || this.status >= 500; }
}

/** The gateway, as one merchant: keeps the session, renews it once when it is refused. */
class Api {
  /**
   * @param {string} base
   * @param {{demo: ?string, merchantToken: ?string}} identity
   * @param {function(): string} language
   */
  constructor(base, identity, language) {
    this.base = base.replace(/\/$/, '');
    this.identity = identity;
    this.language = language;
    this.key = `bailing:${this.base}:${identityKey(identity)}`;
    this.session = store.get(this.key);
    this.onCaseChanged = () => {};
  }

  /** Open a session unless there is one. */
  async open() { return this.session?.token ? this.session : this.renew(); }

  /** Open a new session, once even when many calls ask for it. */
  renew() {
    this.renewing ??= this.#newSession().finally(() => { this.renewing = null; });
    return this.renewing;
  }

  async #newSession() {
    const { demo, merchantToken } = this.identity;
    const body = merchantToken ? { merchant_token: merchantToken } : { demo };
    const before = this.session?.case_id;
    const response = await this.#fetch('/api/session', jsonRequest('POST', body));
    if (!response.ok) throw await refusal(response);
    this.session = { ...(await response.json()), demo };
    store.set(this.key, this.session);
    if (before && before !== this.session.case_id) this.onCaseChanged();
    return this.session;
  }

  forget() {
    this.session = null;
    store.set(this.key, null);
  }

  get headers() {
    return { Authorization: `Bearer ${this.session?.token}`, 'Accept-Language': this.language() };
  }

  async #fetch(path, init) {
    try {
      const signal = init.signal ?? AbortSignal.timeout?.(CALL_TIMEOUT_MS);
      return await fetch(this.base + path, { ...init, signal, cache: 'no-store' });
    } catch (error) {
      if (init.signal?.aborted) throw error;
      throw new ApiError(0, 'offline', WORDS[this.language()].failed);
    }
  }

  /** @returns {Promise<Response>} with the session's token; a 401 opens a new session, once */
  async call(path, init = {}) {
    await this.open();
    const send = () => this.#fetch(path, { ...init, headers: { ...init.headers, ...this.headers } });
    let response = await send();
    if (response.status === 401) {
      await this.renew();
      response = await send();
    }
    if (!response.ok) throw await refusal(response);
    return response;
  }

  /** @returns {Promise<*>} the answer's JSON */
  async json(method, path, body) { return (await this.call(path, jsonRequest(method, body))).json(); }

  /**
   * Send one file. XMLHttpRequest, since fetch tells nothing of an upload's progress.
   * @param {File} file
   * @param {{declared: ?string, client_upload_id: string}} fields
   * @param {function(number)} onProgress in [0, 1]
   */
  async upload(file, fields, onProgress) {
    await this.open();
    try {
      return await this.#upload(file, fields, onProgress);
    } catch (error) {
      if (error.status !== 401) throw error;
      await this.renew();
      return this.#upload(file, fields, onProgress);
    }
  }

  #upload(file, fields, onProgress) {
    const form = new FormData();
    for (const [key, value] of Object.entries(fields)) if (value) form.append(key, value);
    form.append('file', file, file.name || 'photo.jpg');
    return new Promise((done, fail) => {
      const request = new XMLHttpRequest();
      const failed = () => fail(new ApiError(0, 'offline', WORDS[this.language()].upload_offline));
      request.open('POST', `${this.base}/api/uploads`);
      for (const [name, value] of Object.entries(this.headers)) request.setRequestHeader(name, value);
      request.upload.onprogress = (event) => event.lengthComputable && onProgress(event.loaded / event.total);
      request.onerror = failed;
      request.ontimeout = failed;
      request.onload = () => {
        let body = {};
        try { body = JSON.parse(request.responseText); } catch { /* not ours: a proxy's page */ }
        if (request.status === 201 || request.status === 200) done(body);
        else fail(new ApiError(request.status, body.code ?? '', body.message || WORDS[this.language()].failed));
      };
      request.send(form);
    });
  }
}

function jsonRequest(method, body) {
  if (body === undefined) return { method };
  return { method, body: JSON.stringify(body), headers: { 'Content-Type': 'application/json' } };
}

async function refusal(response) {
  const body = await response.json().catch(() => ({}));
  return new ApiError(response.status, body.code ?? '', body.message ?? '');
}

/** @returns {string} whose session it is; a token's `sub`, since tokens change and merchants stay */
function identityKey({ demo, merchantToken }) {
  if (!merchantToken) return `demo:${demo}`;
  try {
    const claims = merchantToken.split('.')[1].replace(/-/g, '+').replace(/_/g, '/');
    return `sub:${JSON.parse(atob(claims)).sub}`;
  } catch {
    return 'token';
  }
}

/* -------------------------------------------------------------- EventFeed */

const SILENCE_MS = 40_000; // the gateway pings every 15 s
const PROXY_SILENCE_MS = 20_000; // nothing at all so long after opening: something buffers it
const POLL_WAIT_S = 25;
const BACKOFF_MS = [300, 1_000, 2_000, 4_000, 8_000, 15_000];

/** Reads the lines of an event stream, however the network cut them. */
class SseParser {
  #rest = '';
  #data = [];

  /** @param {string} chunk @returns {Object[]} the events that this chunk completed */
  push(chunk) {
    const lines = (this.#rest + chunk).split(/\r\n|\n|\r(?!$)/);
    this.#rest = lines.pop();
    const events = [];
    for (const line of lines) {
      if (line === '' && this.#data.length) {
        events.push(JSON.parse(this.#data.join('\n')));
        this.#data = [];
      } else if (line.startsWith('data:')) {
        this.#data.push(line.slice(line[5] === ' ' ? 6 : 5));
      }
    }
    return events;
  }
}

/**
 * The case's events in order, each once, over whatever network there is: a stream first, long
 * polling where something on the way holds streams back. Ids order it and resume it.
 */
class EventFeed {
  /**
   * @param {Api} api
   * @param {{event: function(Object), history: function(Object[]), state: function(string),
   *   refused: function(ApiError)}} listener `state` is `live`, `down` or `offline`
   */
  constructor(api, listener) {
    this.api = api;
    this.listener = listener;
    this.last = 0;
    this.polling = false;
  }

  start() {
    this.stopped = false;
    this.#run();
  }

  stop() {
    this.stopped = true;
    this.abort?.abort();
    this.wake?.();
  }

  /** Try again now: the network is back, or the page is looked at again. */
  nudge() { this.wake?.(); }

  /** Begin with an empty history: another case. */
  restart() {
    this.last = 0;
    this.loaded = false;
    this.abort?.abort();
  }

  async #run() {
    let failures = 0;
    while (!this.stopped) {
      const before = performance.now();
      try {
        if (!this.loaded) await this.#history();
        await (this.polling ? this.#poll() : this.#stream());
        failures = 0;
      } catch (error) {
        if (this.stopped) return;
        if (error instanceof ApiError && [401, 403, 404].includes(error.status)) {
          this.stopped = true;
          this.listener.refused(error);
          return;
        }
        failures = performance.now() - before > 5_000 ? 1 : failures + 1;
        if (failures > 3 && this.loaded) this.polling = !this.polling;
        this.listener.state(navigator.onLine === false ? 'offline' : 'down');
        await this.#pause(BACKOFF_MS[Math.min(failures, BACKOFF_MS.length) - 1]);
      }
    }
  }

  #pause(ms) {
    return new Promise((done) => {
      const timer = setTimeout(done, ms * (0.8 + Math.random() * 0.4));
      this.wake = () => { clearTimeout(timer); done(); };
    });
  }

  async #history() {
    const events = await this.api.json('GET', `/api/messages?after=${this.last}`);
    this.listener.history(events.filter((event) => this.#isNew(event)));
    this.loaded = true;
    this.listener.state('live');
  }

  async #poll() {
    const events = await this.#get(`/api/messages?after=${this.last}&wait=${POLL_WAIT_S}`, (r) => r.json());
    this.listener.state('live');
    events.forEach((event) => this.#take(event));
  }

  async #stream() {
    const headers = { Accept: 'text/event-stream' };
    await this.#get(`/api/events?after=${this.last}`, (response) => this.#read(response), headers);
  }

  /** A call that may last, cut off when nothing is heard for too long. */
  async #get(path, read, headers = {}) {
    this.abort = new AbortController();
    const heard = this.#watch(SILENCE_MS);
    try {
      const response = await this.api.call(path, { headers, signal: this.abort.signal });
      return await read(response, heard);
    } finally {
      clearTimeout(this.watch);
    }
  }

  #watch(ms) {
    clearTimeout(this.watch);
    this.watch = setTimeout(() => this.abort.abort(), ms);
    return () => this.#watch(SILENCE_MS);
  }

  async #read(response) {
    if (!response.body?.getReader) {
      this.polling = true;
      return;
    }
    this.listener.state('live');
    this.#watch(PROXY_SILENCE_MS);
    const reader = response.body.getReader();
    const decoder = new TextDecoder();
    const parser = new SseParser();
    let bytes = 0;
    try {
      for (;;) {
        const { done, value } = await reader.read();
        if (done) break;
        bytes += value.length;
        this.#watch(SILENCE_MS);
        for (const event of parser.push(decoder.decode(value, { stream: true }))) this.#take(event);
      }
    } catch (error) {
      if (!bytes && this.abort.signal.aborted) this.polling = true;
      throw error;
    }
    throw new ApiError(0, 'closed', '');
  }

  #isNew(event) {
    if (event.id === undefined) return true;
    if (event.id <= this.last) return false;
    this.last = event.id;
    return true;
  }

  #take(event) { if (this.#isNew(event)) this.listener.event(event); }
}

/* ----------------------------------------------------------------- Outbox */

/**
 * What was said and is not yet taken. In order, kept over a closed tab, retried with the same
 * `client_message_id`, so that the gateway takes each once.
 */
class Outbox {
  /**
   * @param {Api} api
   * @param {{taken: function(Object, string), refused: function(Object, ApiError),
   *   waiting: function(Object)}} listener
   */
  constructor(api, listener) {
    this.api = api;
    this.listener = listener;
    this.key = `${api.key}:outbox`;
    this.items = store.get(this.key) ?? [];
  }

  /** @param {{text: string, payload: ?string}} message @returns {Object} the item */
  add({ text, payload }) {
    const item = { client_message_id: uuid(), text, payload, at: new Date().toISOString() };
    this.items.push(item);
    this.#keep();
    return item;
  }

  clear() {
    this.items = [];
    this.#keep();
  }

  #keep() { store.set(this.key, this.items.length ? this.items : null); }

  #drop(item) {
    this.items = this.items.filter((other) => other !== item);
    this.#keep();
  }

  /** Send all that waits; stops at the first that the network does not take. */
  async flush() {
    if (this.flushing) return;
    this.flushing = true;
    try {
      while (this.items.length && await this.#send(this.items[0]));
    } finally {
      this.flushing = false;
    }
  }

  async #send(item) {
    const { client_message_id, text, payload } = item;
    const body = payload ? { payload, client_message_id } : { text, client_message_id };
    try {
      const { message_id } = await this.api.json('POST', '/api/messages', body);
      this.#drop(item);
      this.listener.taken(item, message_id);
      return true;
    } catch (error) {
      if (!(error instanceof ApiError) || error.passing || error.status === 401) {
        this.listener.waiting(item);
        clearTimeout(this.later);
        this.later = setTimeout(() => this.flush(), 4_000);
        return false;
      }
      this.#drop(item);
      this.listener.refused(item, error);
      return true;
    }
  }
}

/* ------------------------------------------------------ views of the log */

const TIME_GAP_MS = 5 * 60_000;
const PENDING = Number.MAX_SAFE_INTEGER;

/** The scrolling list of what was said, ordered by event id; what is unsent stands last. */
class Log {
  /** @param {Words} words @param {function(): void} onAway told when news lies below the fold */
  constructor(words, onAway) {
    this.words = words;
    this.list = h('div.list', { role: 'log', 'aria-live': 'off', tabindex: '0' });
    this.typing = h('div.row.bot.typing', { hidden: true, role: 'status' },
      h('div.avatar', {}, lark()), h('div.bubble', {}, h('i'), h('i'), h('i')), h('span.sr'));
    this.scroller = h('div.scroller', {}, this.list, this.typing);
    this.onAway = onAway;
    this.stuck = true;
    this.top = 0;
    this.scroller.addEventListener('scroll', () => this.#scrolled(), { passive: true });
    const grown = new ResizeObserver(() => { if (this.stuck) this.toEnd(); });
    for (const part of [this.list, this.scroller, this.typing]) grown.observe(part);
  }

  /** Only scrolling up lets go of the end: the list may have grown since an event was queued. */
  #scrolled() {
    const top = this.scroller.scrollTop;
    if (this.atEnd) this.stuck = true;
    else if (top < this.top - 1) this.stuck = false;
    this.top = top;
    if (this.stuck) this.onAway(false);
  }

  get atEnd() {
    const { scrollHeight, scrollTop, clientHeight } = this.scroller;
    return scrollHeight - scrollTop - clientHeight < 24;
  }

  /** Put an item in its place by event id. */
  place(item, order, at) {
    item.dataset.order = String(order);
    item.dataset.at = at ?? item.dataset.at ?? new Date().toISOString();
    let before = this.list.lastElementChild;
    while (before && before !== item && Number(before.dataset.order) > order) before = before.previousElementSibling;
    if (before !== item) {
      if (before === null) this.list.prepend(item);
      else if (before.nextElementSibling !== item) before.after(item);
    }
    this.#stamp(item);
    if (!this.stuck) this.onAway(true);
  }

  /** Bring an item into view whole or, where it is taller than the view, from its top. */
  reveal(item) {
    if (!this.stuck) return;
    if (item.offsetHeight < this.scroller.clientHeight - 40) return;
    this.stuck = false;
    this.scroller.scrollTop = item.offsetTop - 12;
  }

  #stamp(item) {
    item.querySelector(':scope > .stamp')?.remove();
    const before = item.previousElementSibling;
    const gap = before ? new Date(item.dataset.at) - new Date(before.dataset.at) : Infinity;
    if (gap > TIME_GAP_MS) item.prepend(h('div.stamp', {}, this.words.time(item.dataset.at)));
  }

  toEnd() {
    this.stuck = true;
    this.scroller.scrollTop = this.scroller.scrollHeight;
    this.onAway(false);
  }

  setTyping(on) {
    if (this.typing.hidden === !on) return;
    this.typing.hidden = !on;
    this.typing.lastChild.textContent = on ? this.words.t.typing : '';
  }

  clear() { this.list.replaceChildren(); }
}

/** A bubble of the bot, the merchant or a person, with its card and its buttons. */
function messageItem(event, chat) {
  const from = ['merchant', 'human'].includes(event.from) ? event.from : 'bot';
  const { t } = chat.words;
  const item = h('div.item', { data: { kind: 'message', from } });
  const body = h('div.body', {});
  if (from === 'human') body.append(h('div.who', {}, t.human));
  if (event.text) body.append(h('div.bubble', {}, event.text));
  if (event.card) body.append(genericCard(event.card, chat));
  if (event.buttons?.length) body.append(quickReplies(event.buttons, chat));
  const avatar = from === 'merchant' ? null : h('div.avatar', {}, from === 'human' ? icon('human') : lark());
  item.append(h(`div.row.${from}`, {}, avatar, body));
  return item;
}

function quickReplies(buttons, chat) {
  const press = ({ title, payload }) => () => chat.press(title, payload);
  return h('div.replies', {}, buttons.map((b) => h('button.reply', { type: 'button', onclick: press(b) }, b.title)));
}

/** `{"title", "lines": [{"label", "value", "note"}]}`, whatever its type. */
function genericCard(card, chat) {
  const { t } = chat.words;
  const line = ({ label, value, note }) => h('div.line', {},
    label ? h('dt', {}, label) : null,
    h('dd', {}, value ?? '', note ? h('small', {}, note) : null));
  const open = card.evidence_id
    ? button('link', t.view_read, () => chat.openEvidence(card.evidence_id), 'eye')
    : card.type === 'profile' ? button('link', t.my_case, () => chat.openCase(), 'folder') : null;
  return h('section.card', { data: { card: card.type ?? '' } },
    card.title ? h('h3', {}, card.title) : null,
    card.lines?.length ? h('dl', {}, card.lines.map(line)) : null,
    open ? h('div.actions', {}, open) : null);
}

/** The new limit, why, what holds it, and what would lift it. Drawn again when a newer one comes. */
class DecisionItem {
  constructor(event, chat) {
    this.event = event;
    this.chat = chat;
    this.latest = true;
    this.element = h('div.item', { data: { kind: 'decision' } });
    this.draw();
  }

  draw() {
    const stamp = this.element.querySelector(':scope > .stamp');
    const parts = this.latest
      ? [this.#head(), this.#reasons(), this.#binding(), this.#recommendations(), this.#foot()]
      : [this.#head()];
    const card = h('section.card.decision', { data: { latest: this.latest } }, parts);
    this.element.replaceChildren(...(stamp ? [stamp] : []), h('div.row.bot', {},
      h('div.avatar', {}, lark()), h('div.body.wide', {}, card)));
  }

  #head() {
    const { t } = this.chat.words;
    const w = this.chat.words;
    const { limit_cny: now, previous_limit_cny: was } = this.event;
    const change = was === null || was === undefined ? 0 : Number(now) - Number(was);
    const title = change > 0 ? t.new_limit : change < 0 ? t.lower_limit : t.same_limit;
    const delta = change ? h(`span.delta.${change > 0 ? 'up' : 'down'}`, {}, w.signed(change)) : null;
    return h('header', {}, h('h3', {}, title),
      h('p.figure', {}, h('b', {}, w.money(now)), h('small', {}, t.yuan), delta),
      change ? h('p.was', {}, t.before(w.money(was))) : null);
  }

  #reasons() {
    const w = this.chat.words;
    const reasons = this.#told.filter((reason) => !reason.holds && !isNext(reason));
    if (!reasons.length) return null;
    const effect = ({ effect_cny: amount }) => Number(amount)
      ? h(`span.effect.${Number(amount) > 0 ? 'up' : 'down'}`, {}, w.signed(amount)) : null;
    return h('section', {}, h('h4', {}, w.t.why),
      h('ul.reasons', {}, reasons.map((reason) => h('li', {}, h('span', {}, reason.text), effect(reason)))));
  }

  get #told() { return (this.event.reasons ?? []).filter((reason) => reason.text); }

  #termWords(term) { return term.text || term.title || this.chat.words.name('term', term.name); }

  #binding() {
    const { t } = this.chat.words;
    const terms = this.event.terms ?? [];
    const holds = terms.find((term) => term.binding);
    const words = this.#told.find((reason) => reason.holds)?.text ?? (holds && this.#termWords(holds));
    const named = terms.filter((term) => this.#termWords(term) && Number(term.amount_cny) >= 0);
    return h('section', {},
      words ? [h('h4', {}, t.held_by), h('p.holds', {}, words)] : null,
      named.length > 1 ? this.#bars(named) : null);
  }

  #bars(terms) {
    const w = this.chat.words;
    const most = Math.max(...terms.map((term) => Number(term.amount_cny)), 1);
    const bar = (term) => {
      const fill = h('i');
      fill.style.width = `${Math.max(2, Number(term.amount_cny) / most * 100)}%`;
      return h('li', { data: { binding: Boolean(term.binding) } },
        h('span', {}, this.#termWords(term)), h('b', {}, w.money(term.amount_cny)), h('div.track', {}, fill));
    };
    return h('details.how', {}, h('summary', {}, w.t.how), h('p', {}, w.t.how_note), h('ul', {}, terms.map(bar)));
  }

  #recommendations() {
    const { t } = this.chat.words;
    const all = this.event.recommendations ?? [];
    if (!all.length) return null;
    const rest = all.slice(3);
    const best = this.#told.find(isNext);
    return h('section', {}, h('h4', {}, t.next), best ? h('p.holds', {}, best.text) : null,
      h('ul.offers', {}, all.slice(0, 3).map((offer) => this.#offer(offer))),
      rest.length ? h('details.more', {}, h('summary', {}, t.more_kinds(rest.length)),
        h('ul.offers', {}, rest.map((offer) => this.#offer(offer)))) : null);
  }

  #offer(offer) {
    const w = this.chat.words;
    const title = offer.title || w.name('voucher', offer.voucher_type) || w.t.paper;
    const effort = w.name('effort', EFFORTS.find(([most]) => Number(offer.effort) <= most)?.[1]);
    const pick = button('give', w.t.give, () => this.chat.pickFiles(offer.voucher_type), 'plus');
    pick.setAttribute('aria-label', `${w.t.give}：${title}`);
    return h('li', { data: { voucher: offer.voucher_type } },
      h('div', {}, h('b', {}, title), h('span.rise', {}, this.#rise(offer)),
        h('p', {}, [effort, offer.why].filter(Boolean).join(' · '))),
      pick);
  }

  #rise({ rise_low_cny: low, rise_high_cny: high, expected_rise_cny: expected }) {
    const w = this.chat.words;
    if (Number(low) > 0 && Number(high) > Number(low)) return w.t.rise(w.t.from_to(w.money(low), w.money(high)));
    return Number(expected) > 0 ? w.t.rise(w.money(expected)) : w.t.rise_unknown;
  }

  #foot() {
    const { t } = this.chat.words;
    const refuse = button('quiet', t.machine_only, () => this.chat.openHuman(t.machine_reason), 'human');
    return h('footer', {}, refuse);
  }
}

/** Effort in [0, 1], up to which it is called what. */
const EFFORTS = [[0.25, 'low'], [0.55, 'medium'], [1, 'high']];

/** Whether a reason speaks of the proof to give next. */
function isNext(reason) { return String(reason.code ?? '').startsWith('next_'); }

const MAX_FILE_BYTES = 20 * 1024 * 1024;
const MAX_THUMB_BYTES = 8 * 1024 * 1024;

/**
 * One proof, from the pick in the file chooser to its reading and its withdrawal, in one place.
 * `upload` is its state on the way (`waiting`, `sending`, `failed`, `held`), null once it is there;
 * `event` the newest `evidence` event.
 */
class EvidenceItem {
  /** @param {BailingChat} chat @param {{file: ?File, declared: ?string, event: ?Object}} what */
  constructor(chat, { file = null, declared = null, event = null }) {
    this.chat = chat;
    this.file = file;
    this.declared = declared;
    this.event = event;
    this.upload = file ? 'waiting' : null;
    this.clientId = uuid();
    this.sent = 0;
    this.element = h('div.item', { data: { kind: 'evidence', from: 'merchant' } });
    if (file) this.picture = pictureOf(file.type, file);
    this.draw();
  }

  get id() { return this.event?.evidence_id ?? null; }

  get status() { return this.event?.status ?? ''; }

  get title() {
    const { words } = this.chat;
    return this.event?.title || words.name('voucher', this.event?.voucher_type)
      || words.name('voucher', this.declared) || this.file?.name || words.t.paper;
  }

  /** A newer state of the proof. */
  update(event) {
    this.event = { ...this.event, ...event };
    this.upload = null;
    if (this.status === 'withdrawn') this.#forget();
    this.draw();
  }

  set(upload, message = '') {
    this.upload = upload;
    this.message = message;
    this.draw();
  }

  progress(part) {
    this.sent = part;
    const bar = this.element.querySelector('.bar');
    if (bar) fillBar(bar, part);
    else this.draw();
  }

  #forget() {
    this.file = null;
    if (this.picture) URL.revokeObjectURL(this.picture);
    this.picture = null;
  }

  draw() {
    const stamp = this.element.querySelector(':scope > .stamp');
    const status = this.upload ? `upload-${this.upload}` : this.status;
    Object.assign(this.element.dataset, { status, evidence: this.id ?? '' });
    const card = this.status === 'withdrawn' ? this.#tombstone() : this.#card(status);
    this.element.replaceChildren(...(stamp ? [stamp] : []), h('div.row.merchant', {}, h('div.body.wide', {}, card)));
  }

  #tombstone() {
    return h('section.card.proof.gone', {}, icon('undo'), h('span', {}, `${this.title} · ${this.chat.words.t.withdrawn}`));
  }

  #card(status) {
    return h('section.card.proof', { 'aria-label': this.title },
      this.#thumb(),
      h('div.told', {},
        h('h3', {}, this.title),
        h('p.state', { data: { status } }, STATE_ICON[status] ? icon(STATE_ICON[status]) : null, this.#stateWords(status)),
        this.#bar(status), this.#summary()),
      this.#actions(status));
  }

  #thumb() {
    if (!this.picture) {
      if (this.id && !this.file && !this.noPicture) this.chat.lazily(this);
      return h('div.thumb', {}, icon('folder'));
    }
    const image = h('img', { src: this.picture, alt: '', onerror: () => { this.noPicture = true; image.replaceWith(icon('folder')); } });
    return h('div.thumb', {}, image);
  }

  #stateWords(status) {
    const { words } = this.chat;
    const { t } = words;
    const plain = {
      'upload-waiting': t.upload_waiting, 'upload-sending': t.uploading, 'upload-failed': t.upload_failed,
      'upload-held': this.chat.consented ? t.held_ready : t.held,
    };
    if (status === 'inspecting') {
      const stage = words.name('stage', this.event.stage);
      return stage ? `${t.inspecting} · ${stage}` : t.inspecting;
    }
    return plain[status] ?? t[status] ?? t.received;
  }

  #bar(status) {
    const busy = ['upload-waiting', 'upload-sending', 'received', 'inspecting'].includes(status);
    if (!busy) return null;
    const bar = h('div.bar', { role: 'progressbar', 'aria-label': this.#stateWords(status) }, h('i'));
    const read = Number(this.event?.progress ?? 0);
    fillBar(bar, this.upload ? this.sent : read > 1 ? read / 100 : read);
    return bar;
  }

  #summary() {
    const words = this.upload ? this.message : this.event?.summary;
    return words ? h('p.summary', {}, words) : null;
  }

  #actions(status) {
    const { chat } = this;
    const { t } = chat.words;
    const drop = () => button('link', t.drop_it, () => chat.dropUpload(this), 'close');
    const see = () => button('link', t.view_read, () => chat.openEvidence(this.id), 'eye');
    const back = () => button('link', t.withdraw, () => chat.openEvidence(this.id, true), 'undo');
    const again = () => button('link', t.again, () => chat.pickFiles(this.event.declared || this.declared), 'camera');
    const held = () => button(chat.consented ? 'solid' : 'outline', chat.consented ? t.held_send : t.held_button, () => chat.sendHeld(this));
    const offered = {
      'upload-failed': [this.retryable !== false && (() => button('link', t.retry, () => chat.startUpload(this), 'retry')), drop],
      'upload-held': [held, drop], accepted: [see, back], doubtful: [see, back],
      rejected: [see, back], unreadable: [again, back], received: [back], inspecting: [back],
    }[status] ?? [];
    const made = offered.filter(Boolean).map((make) => make());
    return made.length ? h('div.actions', {}, made) : null;
  }
}

const STATE_ICON = {
  accepted: 'check', doubtful: 'alert', rejected: 'alert', unreadable: 'alert', 'upload-failed': 'alert',
};

function fillBar(bar, part) {
  const percent = Math.round(Math.min(1, Math.max(0, part)) * 100);
  bar.firstChild.style.width = `${Math.max(6, percent)}%`;
  bar.setAttribute('aria-valuenow', String(percent));
}

/** @returns {?string} an object URL where a browser can show the picture */
function pictureOf(mime, blob) {
  return /^image\/(jpeg|png|webp|gif|bmp|avif)$/.test(mime) ? URL.createObjectURL(blob) : null;
}

/* ----------------------------------------------------------------- sheets */

/** A panel over the talk. Escape or a click beside it closes it; focus comes back. */
class Sheet {
  /** @param {BailingChat} chat @param {string} title */
  constructor(chat, title) {
    this.chat = chat;
    this.content = h('div.content', {});
    const close = h('button.round', { type: 'button', 'aria-label': chat.words.t.close, onclick: () => this.close() }, icon('close'));
    this.panel = h('div.sheet', { role: 'dialog', 'aria-modal': 'true', 'aria-label': title, tabindex: '-1' },
      h('header', {}, h('h2', {}, title), close), this.content);
    this.veil = h('div.veil', { onclick: (event) => { if (event.target === this.veil) this.close(); } }, this.panel);
    this.onKey = (event) => { if (event.key === 'Escape') this.close(); };
  }

  open() {
    this.chat.closeSheet();
    this.chat.sheet = this;
    this.back = this.chat.shadowRoot.activeElement;
    this.chat.frame.inert = true;
    this.chat.shadowRoot.append(this.veil);
    window.addEventListener('keydown', this.onKey);
    this.panel.focus({ preventScroll: true });
    return this;
  }

  close() {
    if (!this.veil.isConnected) return;
    this.veil.remove();
    window.removeEventListener('keydown', this.onKey);
    this.chat.frame.inert = false;
    this.chat.sheet = null;
    if (this.picture) URL.revokeObjectURL(this.picture);
    this.back?.focus?.({ preventScroll: true });
  }

  /** Show what a call gave, its waiting and its failure alike. */
  async show(load, draw) {
    if (!this.content.childNodes.length) this.content.append(h('p.wait', {}, this.chat.words.t.counting));
    try {
      this.content.replaceChildren(...[draw(await load())].flat().filter(Boolean));
    } catch (error) {
      this.content.replaceChildren(h('p.problem', { role: 'alert' }, messageOf(error, this.chat.words)),
        button('outline', this.chat.words.t.retry, () => this.show(load, draw), 'retry'));
    }
  }
}

function messageOf(error, words) { return (error instanceof ApiError && error.message) || words.t.failed; }

/** What was read from one proof; each item can be corrected, the whole taken back. */
class EvidenceSheet extends Sheet {
  constructor(chat, evidenceId, takeBack) {
    super(chat, chat.words.t.read_title);
    this.path = `/api/evidence/${encodeURIComponent(evidenceId)}`;
    this.takeBack = takeBack;
    this.load();
  }

  load() { return this.show(() => this.chat.api.json('GET', this.path), (evidence) => this.draw(evidence)); }

  draw(evidence) {
    const { words } = this.chat;
    const { t } = words;
    if (evidence.status === 'withdrawn') return h('p', {}, t.withdrawn);
    const title = evidence.title || words.name('voucher', evidence.voucher_type) || t.paper;
    const fields = evidence.fields ?? [];
    const reading = ['received', 'inspecting'].includes(evidence.status);
    const foot = h('div.foot', {}, button('outline', t.withdraw, () => this.askWithdraw(foot), 'undo'));
    if (this.takeBack) this.askWithdraw(foot);
    return [
      this.original(evidence),
      h('div.titled', {}, h('h3', {}, title), h('p.state', { data: { status: evidence.status } }, t[evidence.status] ?? '')),
      evidence.summary ? h('p.summary', {}, evidence.summary) : null,
      fields.length ? h('dl.fields', {}, fields.map((field) => this.field(field)))
        : h('p.empty', {}, reading ? t.still_reading : t.nothing_read),
      this.findings(evidence.findings ?? []),
      evidence.received_at ? h('p.kept', {}, t.kept_on(words.time(evidence.received_at))) : null,
      foot,
    ];
  }

  original(evidence) {
    const { t } = this.chat.words;
    const box = h('div.original', {});
    this.chat.api.call(`${this.path}/file`).then((response) => response.blob()).then((blob) => {
      if (this.picture) URL.revokeObjectURL(this.picture);
      this.picture = URL.createObjectURL(blob);
      const shown = pictureOf(blob.type, blob) !== null;
      const opens = shown || blob.type === 'application/pdf';
      const link = h('a', { href: this.picture, ...(opens ? { target: '_blank', rel: 'noopener' } : { download: evidence.evidence_id }) });
      link.append(shown ? h('img', { src: this.picture, alt: t.view_file }) : h('span.link', {}, icon('folder'), t.view_file));
      box.append(link);
    }).catch(() => box.remove());
    return box;
  }

  field(field) {
    const { t } = this.chat.words;
    const value = field.corrected ?? field.value ?? '';
    const changed = field.corrected !== null && field.corrected !== undefined;
    const sure = changed ? h('span.chip.changed', {}, t.corrected)
      : field.uncertain ? h('span.chip.unsure', {}, t.uncertain) : null;
    const row = h('div.field', { data: { field: field.name } });
    const edit = button('link', t.edit, () => this.edit(row, field, value));
    edit.setAttribute('aria-label', t.correct_label(field.label ?? field.name));
    row.append(h('dt', {}, field.label ?? field.name, sure), h('dd', {}, h('span.value', {}, String(value)), edit,
      changed ? h('small', {}, `${t.was_read} ${field.value ?? ''}`) : null));
    return row;
  }

  edit(row, field, value) {
    const { t } = this.chat.words;
    const label = t.correct_label(field.label ?? field.name);
    const input = h('input', { type: 'text', value, 'aria-label': label, maxlength: '1000' });
    const problem = h('small.problem', { role: 'alert' });
    const save = async (event) => {
      event.preventDefault();
      try {
        const after = await this.chat.api.json('POST', `${this.path}/corrections`, { field: field.name, value: input.value });
        this.content.replaceChildren(...this.draw(after).filter(Boolean));
      } catch (error) {
        problem.textContent = messageOf(error, this.chat.words);
      }
    };
    const cancel = button('link', t.cancel, () => row.replaceWith(this.field(field)));
    row.querySelector('dd').replaceChildren(h('form', { onsubmit: save }, input,
      h('div.actions', {}, h('button.solid', { type: 'submit' }, t.save), cancel), problem));
    input.focus();
  }

  findings(findings) {
    const told = findings.filter((finding) => finding.text);
    if (!told.length) return null;
    return h('section.findings', {}, h('h4', {}, this.chat.words.t.findings),
      h('ul', {}, told.map((finding) => h('li', {}, finding.text))));
  }

  /** Say what taking it back would do, then let the merchant choose. */
  async askWithdraw(foot) {
    this.takeBack = false;
    const { t } = this.chat.words;
    const effect = h('p', { role: 'status' }, t.counting);
    const withdraw = button('solid', t.withdraw, () => this.withdraw(effect), 'undo');
    const keep = button('outline', t.withdraw_keep, () => foot.replaceChildren(
      button('outline', t.withdraw, () => this.askWithdraw(foot), 'undo')));
    foot.replaceChildren(h('div.ask', {}, h('h4', {}, t.withdraw_ask), effect, h('p', {}, t.withdraw_gone),
      h('div.actions', {}, withdraw, keep)));
    keep.focus({ preventScroll: true });
    effect.textContent = await this.effectWords();
    foot.scrollIntoView?.({ block: 'nearest' });
  }

  async effectWords() {
    const { t } = this.chat.words;
    const money = (amount) => this.chat.words.money(amount);
    try {
      const { limit_cny: now, limit_if_withdrawn_cny: then } = await this.chat.api.json('GET', `${this.path}/effect`);
      return Number(now) === Number(then) ? t.withdraw_same : t.withdraw_effect(money(now), money(then));
    } catch {
      return t.withdraw_unknown;
    }
  }

  async withdraw(effect) {
    try {
      const gone = await this.chat.api.json('DELETE', this.path);
      this.chat.evidence(gone);
      this.close();
    } catch (error) {
      effect.textContent = messageOf(error, this.chat.words);
    }
  }
}

/** 我的资料: what is known, what was given, what was agreed to, and ways out of all three. */
class CaseSheet extends Sheet {
  constructor(chat) {
    super(chat, chat.words.t.my_case);
    this.show(() => chat.api.json('GET', '/api/case'), (file) => this.draw(file));
  }

  draw(file) {
    const { words } = this.chat;
    const { t } = words;
    return [
      h('p.limit', {}, t.limit_now, h('b', {}, words.money(file.limit_cny)), t.yuan),
      this.section(t.profile, this.profile(file.profile ?? {}), t.profile_none),
      this.section(t.papers, (file.evidence ?? []).map((item) => this.paper(item)), t.papers_none),
      this.section(t.consents, (file.consents ?? []).map((consent) => this.consent(consent)), t.consents_none),
      file.reviews?.length ? this.section(t.reviews, file.reviews.map((review) => this.review(review)), '') : null,
      this.ways(),
    ];
  }

  section(title, rows, none) {
    return h('section', {}, h('h3', {}, title), rows.length ? h('ul.rows', {}, rows) : h('p.empty', {}, none));
  }

  profile(profile) {
    const { words } = this.chat;
    return Object.entries(profile)
      .filter(([slot]) => words.name('slot', slot) && !(slot === 'industry_code' && profile.industry_words))
      .map(([slot, known]) => h('li', { data: { slot } }, h('span', {}, words.name('slot', slot)),
        h('b', {}, this.value(known)), h('span.chip', {}, words.t[known.source] ?? '')));
  }

  value({ value, low, high, unit }) {
    const { words } = this.chat;
    const number = (n) => (unit === 'cny' ? words.money(n) : String(Number(n)));
    const one = typeof value === 'object' && value ? value : { low, high };
    const given = (n) => n !== null && n !== undefined && n !== '';
    if (!given(one.low) && !given(one.high)) return `${given(value) ? value : ''}${unit ? words.name('unit', unit) : ''}`;
    const from = number(one.low ?? one.high);
    const to = number(one.high ?? one.low);
    return (from === to ? from : words.t.from_to(from, to)) + words.name('unit', unit);
  }

  paper(item) {
    const { words } = this.chat;
    const title = item.title || words.name('voucher', item.voucher_type) || words.name('voucher', item.declared) || words.t.paper;
    const state = h('span.state', { data: { status: item.status } }, words.t[item.status] ?? '');
    if (item.status === 'withdrawn') return h('li.gone', {}, h('span', {}, title), state);
    return h('li', {}, h('button.open', { type: 'button', onclick: () => this.chat.openEvidence(item.evidence_id) },
      h('span', {}, title), state));
  }

  consent({ purpose, given_at: given, withdrawn_at: ended }) {
    const { words } = this.chat;
    const { t } = words;
    const what = words.name('purpose', purpose) || purpose;
    const leave = () => { this.close(); this.chat.say(t.consent_text(what)); };
    return h('li', {}, h('span', {}, what, h('small', {}, ended ? t.consent_ended(words.day(ended)) : t.consent_since(words.day(given)))),
      ended ? null : button('link', t.consent_withdraw, leave, 'undo'));
  }

  review({ reason, state, opened_at: opened }) {
    const { words } = this.chat;
    return h('li', {}, h('span', {}, reason ?? '', h('small', {}, words.time(opened))), h('span.chip', {}, words.t[state] ?? ''));
  }

  ways() {
    const { t } = this.chat.words;
    const other = () => { this.close(); this.chat.say(t.other_text); };
    const problem = h('p.problem', { role: 'alert' });
    return h('section.ways', {},
      button('outline', t.export, () => this.export(problem), 'export'), h('small', {}, t.export_text), problem,
      h('div.actions', {}, button('outline', t.ask_human, () => this.chat.openHuman(), 'human'),
        button('outline', t.to_other, other),
        this.chat.hasAttribute('demo') ? button('outline', t.restart, () => this.chat.startOver(), 'retry') : null));
  }

  async export(problem) {
    try {
      const blob = await (await this.chat.api.call('/api/export')).blob();
      const href = URL.createObjectURL(blob);
      h('a', { href, download: `bailing-${this.chat.api.session.case_id}.zip` }).click();
      setTimeout(() => URL.revokeObjectURL(href), 30_000);
      problem.textContent = '';
    } catch (error) {
      problem.textContent = messageOf(error, this.chat.words);
    }
  }
}

/** Asks for a person, with a reason where the merchant gives one. */
class HumanSheet extends Sheet {
  constructor(chat, reason) {
    super(chat, chat.words.t.human_title);
    const { t } = chat.words;
    const words = h('textarea', { rows: '3', maxlength: '1000', 'aria-label': t.human_reason, placeholder: t.human_reason, value: reason ?? '' });
    const problem = h('p.problem', { role: 'alert' });
    const ask = async (event) => {
      event.preventDefault();
      try {
        await chat.api.json('POST', '/api/case/review', { reason: words.value.trim() || t.human_default });
        this.close();
        chat.note(t.human_asked);
      } catch (error) {
        problem.textContent = messageOf(error, chat.words);
      }
    };
    this.content.append(h('form', { onsubmit: ask }, h('p', {}, t.human_text), words, problem,
      h('div.actions', {}, h('button.solid', { type: 'submit' }, t.human_send))));
  }
}

/* ------------------------------------------------------------ the element */

const ACCEPT = 'image/*,application/pdf,.ofd,.xml';
const TYPING_MAX_MS = 20_000;
const CASE_REFRESH_MS = 500;
const NOTE_AFTER_MS = 1_500;

/** See the head of this file. */
class BailingChat extends HTMLElement {
  static get observedAttributes() { return ['api-base', 'merchant-token', 'demo', 'lang', 'closable']; }

  constructor() {
    super();
    this.attachShadow({ mode: 'open' });
    this.words = new Words('zh');
    this.onNetwork = () => this.#wakeUp();
    this.onVisible = () => { if (!document.hidden) this.#wakeUp(); };
  }

  connectedCallback() {
    this.words.use(this.getAttribute('lang') || document.documentElement.lang || navigator.language);
    this.#build();
    window.addEventListener('online', this.onNetwork);
    window.addEventListener('offline', this.onNetwork);
    document.addEventListener('visibilitychange', this.onVisible);
    this.#start();
  }

  disconnectedCallback() {
    window.removeEventListener('online', this.onNetwork);
    window.removeEventListener('offline', this.onNetwork);
    document.removeEventListener('visibilitychange', this.onVisible);
    this.#stop();
  }

  attributeChangedCallback(name, before, now) {
    if (!this.isConnected || !this.frame || before === now) return;
    if (name === 'lang') this.#speak(now);
    else if (name === 'closable') this.#labels();
    else if (name === 'merchant-token' && this.api?.identity.merchantToken && now
      && identityKey({ merchantToken: now }) === identityKey(this.api.identity)) {
      this.api.identity.merchantToken = now;
      if (this.feed.stopped) this.#start();
    } else this.#start();
  }

  /* ---- what the page may call */

  /** Say something, as if typed. @param {string} text */
  say(text) {
    const words = String(text).trim();
    if (words) this.#post({ text: words });
  }

  /** Send files, as if picked. @param {Iterable<File>} files @param {?string} declared */
  sendFiles(files, declared = null) {
    for (const file of files) {
      const item = new EvidenceItem(this, { file, declared });
      this.uploads.push(item);
      this.log.place(item.element, PENDING);
      this.startUpload(item);
    }
    this.log.toEnd();
  }

  focus() { this.input?.focus(); }

  /* ---- building */

  #build() {
    if (this.frame) return;
    this.log = new Log(this.words, (away) => { this.newer.hidden = !away; });
    this.newer = h('button.newer', { type: 'button', hidden: true, onclick: () => this.log.toEnd() });
    this.status = h('div.status', { role: 'status', hidden: true });
    this.head = h('header.head', {});
    this.strip = h('button.strip', { type: 'button', hidden: true, onclick: () => this.openCase() });
    this.frame = h('div.frame', {}, this.head, this.strip, this.status,
      h('div.middle', {}, this.log.scroller, this.newer), this.#composer(), h('div.dropzone', { 'aria-hidden': 'true' }));
    dress(this.shadowRoot);
    this.shadowRoot.append(this.frame);
    this.#dragAndDrop();
    this.#labels();
  }

  #composer() {
    this.picker = h('input', { type: 'file', accept: ACCEPT, multiple: true, hidden: true, 'data-pick': 'file' });
    this.shutter = h('input', { type: 'file', accept: 'image/*', capture: 'environment', hidden: true, 'data-pick': 'camera' });
    for (const picker of [this.picker, this.shutter]) picker.addEventListener('change', () => this.#picked(picker));
    this.input = h('textarea', { rows: '1', maxlength: '4000', enterkeyhint: 'send', oninput: () => this.#grow() });
    this.input.addEventListener('keydown', (event) => {
      if (event.key !== 'Enter' || event.shiftKey || event.isComposing || event.keyCode === 229) return;
      event.preventDefault();
      this.#submit();
    });
    this.input.addEventListener('paste', (event) => {
      const files = [...(event.clipboardData?.files ?? [])];
      if (!files.length) return;
      event.preventDefault();
      this.sendFiles(files);
    });
    this.attach = h('button.round.attach', { type: 'button', onclick: () => this.pickFiles() }, icon('attach'));
    this.camera = h('button.round.camera', { type: 'button', onclick: () => this.shutter.click() }, icon('camera'));
    this.sender = h('button.round.send', { type: 'submit' }, icon('send'));
    const submit = (event) => { event.preventDefault(); this.#submit(); };
    return h('form.composer', { onsubmit: submit }, this.camera, this.attach, this.input, this.sender, this.picker, this.shutter);
  }

  #dragAndDrop() {
    const carries = (event) => [...(event.dataTransfer?.types ?? [])].some((type) => type === 'Files' || type === 'text/uri-list');
    const show = (on) => this.frame.classList.toggle('dropping', on);
    this.frame.addEventListener('dragover', (event) => { if (carries(event)) { event.preventDefault(); show(true); } });
    this.frame.addEventListener('dragleave', (event) => { if (!this.frame.contains(event.relatedTarget)) show(false); });
    this.frame.addEventListener('drop', async (event) => {
      if (!carries(event)) return;
      event.preventDefault();
      show(false);
      const files = [...event.dataTransfer.files];
      const link = event.dataTransfer.getData('text/uri-list').split('\n')[0];
      if (files.length) this.sendFiles(files);
      else if (link && new URL(link, location.href).origin === location.origin) this.#sendLinked(link);
    });
  }

  async #sendLinked(link) {
    const response = await fetch(link).catch(() => null);
    const blob = response?.ok ? await response.blob() : null;
    if (blob) this.sendFiles([new File([blob], link.split('/').pop() || 'photo.jpg', { type: blob.type })]);
  }

  /** Everything that is words and not talk, in the language of now. */
  #labels() {
    const { t } = this.words;
    const close = h('button.round', { type: 'button', 'aria-label': t.back, onclick: () => this.dispatchEvent(new CustomEvent('bailing-close', { bubbles: true, composed: true })) }, icon('back'));
    this.head.replaceChildren(...[
      this.hasAttribute('closable') ? close : null,
      h('div.mark', {}, lark()),
      h('div.name', {}, h('b', {}, t.name), h('small', {}, this.handler === 'human' ? t.human_here : t.tagline)),
      button('top.mine', t.my_case, () => this.openCase(), 'folder'),
      button('top.person', t.ask_human, () => this.openHuman(), 'human'),
    ].filter(Boolean));
    this.frame.lang = this.words.locale;
    this.log.list.setAttribute('aria-label', t.log);
    this.input.placeholder = t.placeholder;
    for (const [element, label] of [[this.input, t.input], [this.attach, t.attach], [this.camera, t.camera], [this.sender, t.send]]) {
      element.setAttribute('aria-label', label);
      if (element !== this.input) element.title = label;
    }
    this.newer.replaceChildren(icon('down'), t.newer);
    this.frame.lastElementChild.textContent = t.drop;
    this.#drawStrip();
  }

  #speak(language) {
    const before = this.words.language;
    this.words.use(language);
    if (before === this.words.language) return;
    this.#labels();
    for (const item of [...this.proofs.values(), ...this.uploads, ...this.decisions]) item.draw();
  }

  #drawStrip() {
    const { t } = this.words;
    this.strip.hidden = !this.limit;
    this.strip.replaceChildren(h('span', {}, t.limit_now), h('b', {}, this.words.money(this.limit ?? 0)), h('span', {}, t.yuan));
  }

  /* ---- the session */

  #start() {
    this.#stop();
    this.#clear();
    const identity = { demo: this.getAttribute('demo'), merchantToken: this.getAttribute('merchant-token') };
    if (!identity.demo && !identity.merchantToken) {
      this.#state('idle');
      return;
    }
    this.api = new Api(this.getAttribute('api-base') ?? '', identity, () => this.words.language);
    this.api.onCaseChanged = () => { this.#clear(); this.feed.restart(); };
    this.outbox = new Outbox(this.api, {
      taken: (item, messageId) => this.#taken(item, messageId),
      refused: (item, error) => this.#refused(item, error),
      waiting: (item) => this.#mark(item, this.words.t.queued),
    });
    this.feed = new EventFeed(this.api, {
      event: (event) => this.#event(event), history: (events) => this.#history(events),
      state: (state) => this.#state(state), refused: (error) => this.#sessionLost(error),
    });
    if (this.api.session?.language) this.#speak(this.api.session.language);
    this.#state('connecting');
    this.feed.start();
  }

  #stop() {
    this.feed?.stop();
    clearTimeout(this.outbox?.later);
    clearTimeout(this.caseTimer);
    clearTimeout(this.noteTimer);
  }

  #clear() {
    this.log.clear();
    this.log.list.setAttribute('aria-live', 'off');
    this.said = new Map();
    this.proofs = new Map();
    this.uploads = [];
    this.decisions = [];
    this.limit = null;
    this.consented = false;
    this.handler = 'bot';
    this.closeSheet();
    this.#drawStrip();
  }

  /** A new demonstration case. */
  startOver() {
    this.outbox.clear();
    this.api.forget();
    this.#start();
  }

  #sessionLost(error) {
    this.#state('lost');
    this.note(error.message || this.words.t.session_lost);
    this.dispatchEvent(new CustomEvent('bailing-token-needed', { bubbles: true, composed: true }));
  }

  #wakeUp() {
    this.feed?.nudge();
    if (navigator.onLine === false) this.#state('offline');
    else if (this.feed?.loaded) this.#sendWaiting();
  }

  #sendWaiting() {
    this.outbox.flush();
    for (const item of this.uploads) if (item.upload === 'failed' && item.offline) this.startUpload(item);
  }

  #state(state) {
    clearTimeout(this.noteTimer);
    const { t } = this.words;
    const words = { connecting: t.connecting, down: t.reconnecting, offline: t.offline, idle: t.no_merchant, lost: t.session_lost }[state];
    this.dataset.state = state;
    if (!words) {
      this.status.hidden = true;
      this.#sendWaiting();
      return;
    }
    this.noteTimer = setTimeout(() => {
      this.status.replaceChildren(words);
      this.status.hidden = false;
    }, ['down', 'connecting'].includes(state) ? NOTE_AFTER_MS : 0);
  }

  /* ---- what comes */

  #history(events) {
    events.forEach((event) => this.#show(event));
    for (const item of this.outbox.items) this.#bubble(item);
    this.log.toEnd();
    this.log.list.setAttribute('aria-live', 'polite');
    this.#refreshCase();
  }

  #event(event) {
    this.#show(event);
    if (event.kind === 'decision') this.log.reveal(this.decisions.at(-1).element);
    if (event.kind !== 'status') this.#refreshCase();
  }

  #show(event) {
    if (event.kind === 'message') this.#message(event);
    else if (event.kind === 'evidence') this.evidence(event);
    else if (event.kind === 'decision') this.#decision(event);
    else if (event.kind === 'status') this.#typing(event.typing);
  }

  #message(event) {
    if (event.from === 'merchant' && this.#confirm(event)) return;
    if (event.from !== 'merchant') this.#typing(false);
    const item = messageItem(event, this);
    this.log.place(item, event.id, event.at);
    this.#quietOlderReplies(event);
  }

  /** Old buttons step back: hidden where one was pressed, faint where something else was said. */
  #quietOlderReplies(event) {
    if (event.from !== 'merchant') return;
    for (const replies of this.log.list.querySelectorAll('.replies:not(.spent)')) {
      if (Number(replies.closest('.item').dataset.order) > (event.id ?? PENDING)) continue;
      replies.classList.add('spent');
      const pressed = [...replies.children].some((reply) => reply.textContent === event.text);
      if (pressed) replies.hidden = true;
    }
  }

  /** Merchant's own words came back: the bubble that was shown at once is the one. */
  #confirm(event) {
    const key = this.said.has(event.client_message_id) ? event.client_message_id : event.message_id;
    const item = this.said.get(key);
    if (!item) return false;
    this.said.delete(key);
    this.#settle(item);
    this.log.place(item, event.id, event.at);
    this.#quietOlderReplies(event);
    return true;
  }

  /** A proof's newer state. @param {Object} event */
  evidence(event) {
    const known = this.proofs.get(event.evidence_id);
    if (known) {
      known.update(event);
      return;
    }
    const item = new EvidenceItem(this, { event });
    this.proofs.set(event.evidence_id, item);
    this.log.place(item.element, event.id ?? PENDING, event.at);
  }

  #decision(event) {
    for (const older of this.decisions) {
      if (older.latest) { older.latest = false; older.draw(); }
    }
    const item = new DecisionItem(event, this);
    this.decisions.push(item);
    this.log.place(item.element, event.id, event.at);
    this.#typing(false);
    this.#limitIs(event.limit_cny);
  }

  #limitIs(limit) {
    if (!limit || this.limit === limit) return;
    this.limit = limit;
    this.#drawStrip();
    this.dispatchEvent(new CustomEvent('bailing-limit', { detail: { limit_cny: limit }, bubbles: true, composed: true }));
  }

  #typing(on) {
    clearTimeout(this.typingTimer);
    this.log.setTyping(on && this.handler !== 'human');
    if (on) this.typingTimer = setTimeout(() => this.log.setTyping(false), TYPING_MAX_MS);
  }

  #refreshCase() {
    clearTimeout(this.caseTimer);
    this.caseTimer = setTimeout(async () => {
      const file = await this.api.json('GET', '/api/case').catch(() => null);
      if (file) this.#caseIs(file);
    }, CASE_REFRESH_MS);
  }

  #caseIs(file) {
    this.#limitIs(file.limit_cny);
    const consented = (file.consents ?? []).some((consent) => consent.purpose === 'limit_review' && !consent.withdrawn_at);
    const changed = consented !== this.consented || file.handler !== this.handler;
    this.consented = consented;
    this.handler = file.handler;
    this.#speak(file.language);
    if (!changed) return;
    this.#labels();
    for (const item of this.uploads) if (item.upload === 'held') item.draw();
  }

  /* ---- what is said */

  #submit() {
    const text = this.input.value;
    if (!text.trim()) return;
    this.input.value = '';
    this.#grow();
    this.say(text);
    this.input.focus();
  }

  #grow() {
    this.input.style.height = 'auto';
    this.input.style.height = `${Math.min(this.input.scrollHeight, 132)}px`;
  }

  /** Press a button that the talk offered. */
  press(title, payload) { this.#post(payload ? { text: title, payload } : { text: title }); }

  #post(message) {
    if (!this.outbox) return;
    const item = this.outbox.add(message);
    this.#bubble(item);
    this.#quietOlderReplies({ from: 'merchant', text: item.text });
    this.log.toEnd();
    this.outbox.flush();
  }

  #bubble(item) {
    if (this.said.has(item.client_message_id)) return;
    const element = messageItem({ from: 'merchant', text: item.text }, this);
    element.classList.add('pending');
    this.said.set(item.client_message_id, element);
    this.log.place(element, PENDING, item.at);
  }

  #taken(item, messageId) {
    const element = this.said.get(item.client_message_id);
    if (!element) return;
    this.#settle(element);
    this.said.set(messageId, element);
    if (this.handler !== 'human') this.#typing(true);
  }

  #settle(element) {
    element.classList.remove('pending', 'failed');
    element.querySelector('.fate')?.remove();
  }

  #mark(item, words, ...actions) {
    const element = this.said.get(item.client_message_id);
    if (!element) return;
    element.querySelector('.fate')?.remove();
    element.querySelector('.body').append(h('div.fate', { role: 'status' }, words, actions));
  }

  #refused(item, error) {
    const element = this.said.get(item.client_message_id);
    element?.classList.add('failed');
    const again = () => { element?.remove(); this.#post({ text: item.text, payload: item.payload }); };
    this.#mark(item, messageOf(error, this.words), button('link', this.words.t.retry, again, 'retry'));
  }

  /** A small line of the widget's own. */
  note(words) {
    const item = h('div.item', { data: { kind: 'note' } }, h('p.note', {}, words));
    this.log.place(item, this.feed?.last ?? PENDING);
    this.log.toEnd();
  }

  /* ---- what is given */

  /** Let the merchant choose files. @param {?string} declared the kind that they are said to be */
  pickFiles(declared = null) {
    this.declared = declared;
    this.picker.click();
  }

  #picked(picker) {
    const files = [...picker.files];
    picker.value = '';
    this.sendFiles(files, picker === this.picker ? this.declared : null);
    this.declared = null;
  }

  /** Send, or send again, one file. @param {EvidenceItem} item */
  async startUpload(item) {
    item.offline = false;
    item.retryable = true;
    if (item.file.size > MAX_FILE_BYTES) {
      item.retryable = false;
      item.set('failed', this.words.t.too_large);
      return;
    }
    item.set('waiting');
    this.uploading = (this.uploading ?? Promise.resolve()).then(() => this.#upload(item));
    await this.uploading;
  }

  async #upload(item) {
    if (!this.uploads.includes(item) || item.upload !== 'waiting') return;
    item.set('sending');
    try {
      const fields = { declared: item.declared, client_upload_id: item.clientId };
      this.#arrived(item, await this.api.upload(item.file, fields, (part) => item.progress(part)));
    } catch (error) {
      this.#uploadRefused(item, error);
    }
  }

  #arrived(item, { evidence_id: id, status, duplicate }) {
    this.uploads = this.uploads.filter((other) => other !== item);
    const known = this.proofs.get(id);
    if (duplicate && known) {
      item.element.remove();
      this.note(this.words.t.duplicate);
      known.element.scrollIntoView({ block: 'center' });
      return;
    }
    this.proofs.set(id, item);
    item.update(known?.event ?? { evidence_id: id, status });
    if (known) known.element.remove();
    this.log.place(item.element, known ? Number(known.element.dataset.order) : this.feed.last, known?.element.dataset.at);
  }

  #uploadRefused(item, error) {
    if (error.code === 'consent_needed') {
      item.set('held');
      this.#refreshCase();
      return;
    }
    item.offline = error.status === 0;
    item.retryable = error instanceof ApiError ? error.passing : true;
    item.set('failed', messageOf(error, this.words));
  }

  /** Send a file that waited for consent. */
  async sendHeld(item) {
    await this.startUpload(item);
    if (item.upload !== 'held') return;
    item.set('held', this.words.t.held_not_yet);
    this.log.toEnd();
  }

  dropUpload(item) {
    this.uploads = this.uploads.filter((other) => other !== item);
    item.element.remove();
    this.input.focus({ preventScroll: true });
  }

  /** Fetch a proof's small picture when it comes into view. */
  lazily(item) {
    if (['withdrawn', 'received'].includes(item.status) || item.watching) return;
    item.watching = true;
    this.seen ??= new IntersectionObserver((entries) => {
      for (const entry of entries.filter(({ isIntersecting }) => isIntersecting)) {
        this.seen.unobserve(entry.target);
        this.#thumbnail(this.proofs.get(entry.target.dataset.evidence));
      }
    }, { root: this.log.scroller, rootMargin: '200px' });
    this.seen.observe(item.element);
  }

  async #thumbnail(item) {
    if (!item || item.picture || item.status === 'withdrawn') return;
    try {
      const response = await this.api.call(`/api/evidence/${encodeURIComponent(item.id)}/file`);
      if (Number(response.headers.get('content-length')) > MAX_THUMB_BYTES) {
        await response.body?.cancel();
        return;
      }
      const blob = await response.blob();
      item.picture = pictureOf(blob.type, blob);
    } catch { /* the card does without its picture */ }
    item.noPicture = !item.picture;
    if (item.picture) item.draw();
  }

  /* ---- sheets */

  closeSheet() { this.sheet?.close(); }

  openEvidence(id, takeBack = false) { if (id) new EvidenceSheet(this, id, takeBack).open(); }

  openCase() { if (this.api) new CaseSheet(this).open(); }

  openHuman(reason = null) { if (this.api) new HumanSheet(this, reason).open(); }
}

/* ------------------------------------------------------------------ style */

const STYLE = `
:host {
  --paper: #f8f4ec; --surface: #fffdf9; --ink: #24312c; --muted: #5c6a63; --line: #e4dccd; --green: #1b6a56;
  --solid: #1f6f5b; --solid-ink: #fff; --soft: #e3f0ea; --amber: #8d520e; --amber-soft: #fbedd6; --brick: #9c3f2c;
  --sun: #f0ae58; --sky: #fbe3ba; --bird: #23574a; --wing: #f4c67f; --shadow: 0 1px 2px rgb(60 45 20 / .06), 0 6px 18px rgb(60 45 20 / .06);
  display: block; height: 100%; min-height: 320px; position: relative; overflow: hidden; container-type: inline-size;
  color: var(--ink); background: var(--paper); color-scheme: light dark; -webkit-text-size-adjust: 100%;
  font: 16px/1.55 -apple-system, "HarmonyOS Sans SC", "MiSans", "Noto Sans CJK SC", "Noto Sans SC", system-ui, "PingFang SC", "Microsoft YaHei", sans-serif;
}
@media (prefers-color-scheme: dark) {
  :host {
    --paper: #141a18; --surface: #1d2522; --ink: #e8ece8; --muted: #a5b2ab; --line: #34413b; --green: #86d3b8;
    --solid: #23735e; --soft: #22372f; --amber: #efbd78; --amber-soft: #3a2c17; --brick: #f0a08c;
    --sun: #d08f3f; --sky: #4a3d28; --bird: #a9dcca; --wing: #e2a95a; --shadow: 0 1px 2px rgb(0 0 0 / .3);
  }
}
*, *::before, *::after { box-sizing: border-box; }
[hidden] { display: none !important; }
h2, h3, h4, p, ul, dl, dd, dt { margin: 0; padding: 0; font: inherit; }
ul { list-style: none; }
button, input, textarea { font: inherit; color: inherit; }
button { cursor: pointer; background: none; border: 0; padding: 0; -webkit-tap-highlight-color: transparent; }
:focus-visible { outline: 2px solid var(--green); outline-offset: 2px; }
.sr { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
.icon { width: 20px; height: 20px; flex: none; fill: none; stroke: currentColor; stroke-width: 1.7; stroke-linecap: round; stroke-linejoin: round; }
.lark { width: 100%; height: 100%; display: block; }
.lark .sky { fill: var(--sky); } .lark .sun { fill: var(--sun); } .lark .bird { fill: var(--bird); } .lark .wing { fill: var(--wing); } .lark .eye { fill: var(--surface); }

.frame { display: flex; flex-direction: column; height: 100%; }
.head { display: flex; align-items: center; gap: 8px; padding: calc(8px + env(safe-area-inset-top)) 8px 8px 14px; background: var(--surface); border-bottom: 1px solid var(--line); }
.head > .round:first-child { margin-left: -10px; }
.mark { width: 40px; height: 40px; flex: none; }
.name { flex: 1; min-width: 0; line-height: 1.3; }
.name b { display: block; font-size: 17px; font-weight: 650; letter-spacing: .02em; }
.name small { display: block; color: var(--muted); font-size: 12.5px; white-space: nowrap; overflow: hidden; text-overflow: ellipsis; }
.top { display: flex; flex-direction: column; align-items: center; justify-content: center; gap: 1px; min-width: 54px; min-height: 46px; padding: 2px 4px; border-radius: 10px; color: var(--green); font-size: 11.5px; line-height: 1.25; }
.top:hover, .round:hover, .link:hover { background: var(--soft); }
.round { display: grid; place-items: center; width: 44px; height: 44px; flex: none; border-radius: 50%; color: var(--green); }
.strip { display: flex; align-items: baseline; justify-content: center; gap: 6px; width: 100%; min-height: 34px; padding: 5px 14px; background: var(--soft); color: var(--green); font-size: 13px; }
.strip b { font-size: 16px; font-weight: 680; font-variant-numeric: tabular-nums; }
.status { padding: 5px 14px; text-align: center; font-size: 13px; background: var(--amber-soft); color: var(--amber); }
.middle { position: relative; flex: 1; min-height: 0; }
.scroller { position: absolute; inset: 0; overflow-y: auto; overscroll-behavior: contain; padding: 14px 12px 10px; scrollbar-width: thin; scrollbar-color: var(--line) transparent; }
.list { outline-offset: -2px; border-radius: 8px; }
.newer { position: absolute; left: 50%; bottom: 10px; transform: translateX(-50%); display: flex; align-items: center; gap: 4px; min-height: 38px; padding: 0 16px 0 10px; border-radius: 19px; background: var(--solid); color: var(--solid-ink); font-size: 14px; box-shadow: var(--shadow); white-space: nowrap; }

.stamp { margin: 10px 0 8px; text-align: center; font-size: 12px; color: var(--muted); }
.row { display: flex; gap: 8px; margin: 0 0 12px; align-items: flex-start; }
.row.merchant { justify-content: flex-end; }
.avatar { width: 30px; height: 30px; flex: none; margin-top: 3px; display: grid; place-items: center; border-radius: 50%; }
.human .avatar { background: var(--soft); color: var(--green); }
.item[data-from=bot] + .item[data-from=bot] > .row > .avatar .lark { visibility: hidden; }
.item:has(> .stamp) > .row > .avatar .lark { visibility: visible !important; }
.body { min-width: 0; max-width: min(84%, 460px); display: flex; flex-direction: column; align-items: flex-start; gap: 7px; }
.body.wide { flex: 1; max-width: min(100%, 460px); align-items: stretch; }
.merchant .body { align-items: flex-end; }
.merchant .body.wide { max-width: min(88%, 380px); align-items: stretch; }
.who { font-size: 12px; color: var(--muted); }
.bubble { padding: 9px 13px; border-radius: 4px 16px 16px 16px; background: var(--surface); border: 1px solid var(--line); white-space: pre-wrap; overflow-wrap: anywhere; }
.merchant .bubble { border-radius: 16px 16px 4px 16px; background: var(--solid); border-color: transparent; color: var(--solid-ink); }
.human .bubble { background: var(--soft); border-color: transparent; }
.pending .bubble { opacity: .72; }
.failed .bubble { opacity: .8; outline: 1.5px dashed var(--brick); outline-offset: 2px; }
.fate { display: flex; flex-wrap: wrap; align-items: center; justify-content: flex-end; gap: 0 6px; font-size: 13px; color: var(--brick); text-align: right; }
.note { margin: 0 auto 12px; max-width: 34em; text-align: center; font-size: 13px; color: var(--muted); }
.typing .bubble { display: flex; gap: 5px; padding: 14px; }
.typing i { width: 7px; height: 7px; border-radius: 50%; background: var(--muted); animation: breathe 1.2s infinite; }
.typing i:nth-child(2) { animation-delay: .15s; } .typing i:nth-child(3) { animation-delay: .3s; }
@keyframes breathe { 0%, 60%, 100% { opacity: .25; } 30% { opacity: .9; } }
@keyframes arrive { from { opacity: 0; transform: translateY(6px); } }
.list[aria-live=polite] > .item:last-child { animation: arrive .22s ease-out; }

.replies { display: flex; flex-wrap: wrap; gap: 8px; }
.reply { min-height: 42px; padding: 7px 16px; border-radius: 21px; border: 1.5px solid var(--solid); color: var(--green); background: var(--surface); font-weight: 550; text-align: left; }
.reply:hover { background: var(--soft); }
.reply:active, .solid:active, .outline:active { transform: scale(.98); }
.replies.spent { gap: 6px; }
.replies.spent .reply { min-height: 36px; padding: 3px 12px; border: 1px solid var(--line); color: var(--muted); background: none; font-weight: 400; font-size: 14px; }

.card { width: 100%; padding: 13px 15px; border-radius: 14px; background: var(--surface); border: 1px solid var(--line); box-shadow: var(--shadow); overflow-wrap: anywhere; }
.card h3 { font-weight: 650; }
.card dl { margin-top: 6px; }
.line { display: grid; grid-template-columns: minmax(4.2em, auto) 1fr; gap: 2px 12px; padding: 5px 0; font-size: 15px; }
.line + .line { border-top: 1px solid var(--line); }
.line dt { color: var(--muted); max-width: 8em; }
.line dd:only-child { grid-column: 1 / -1; }
small { font-size: 13px; color: var(--muted); }
.line small { display: block; }
.actions { display: flex; flex-wrap: wrap; align-items: center; gap: 8px; margin-top: 8px; }
.link, .quiet { display: inline-flex; align-items: center; gap: 5px; min-height: 40px; padding: 4px 8px; margin: 0 -2px; border-radius: 9px; color: var(--green); font-size: 14.5px; font-weight: 550; }
.link .icon, .quiet .icon { width: 17px; height: 17px; }
.quiet { color: var(--muted); font-weight: 450; }
.solid, .outline { display: inline-flex; align-items: center; justify-content: center; gap: 6px; min-height: 44px; padding: 8px 18px; border-radius: 12px; font-weight: 580; }
.solid { background: var(--solid); color: var(--solid-ink); }
.outline { border: 1.5px solid var(--line); color: var(--green); background: var(--surface); }
.outline .icon, .solid .icon { width: 18px; height: 18px; }

.proof { display: grid; grid-template-columns: 60px 1fr; gap: 0 12px; padding: 11px 13px 9px 11px; }
.thumb { width: 60px; height: 60px; border-radius: 10px; overflow: hidden; display: grid; place-items: center; background: var(--soft); color: var(--green); }
.thumb img { width: 100%; height: 100%; object-fit: cover; }
.proof h3 { line-height: 1.35; white-space: nowrap; overflow: hidden; text-overflow: ellipsis; }
.told { min-width: 0; align-self: center; }
.state { display: inline-flex; align-items: center; gap: 4px; font-size: 14px; color: var(--muted); }
.state .icon { width: 16px; height: 16px; stroke-width: 2.1; }
.state[data-status=accepted] { color: var(--green); }
.state[data-status=doubtful], .state[data-status=rejected], .state[data-status=unreadable], .state[data-status=upload-held] { color: var(--amber); }
.state[data-status=upload-failed] { color: var(--brick); }
.bar { height: 5px; margin: 7px 0 3px; border-radius: 3px; background: var(--soft); overflow: hidden; }
.bar i { display: block; height: 100%; border-radius: 3px; background: linear-gradient(90deg, var(--solid), var(--sun), var(--solid)); background-size: 200% 100%; transition: width .3s; animation: flow 1.6s linear infinite; }
@keyframes flow { to { background-position: -200% 0; } }
.proof .summary { margin-top: 3px; font-size: 14.5px; line-height: 1.45; white-space: pre-line; }
.proof > .actions { grid-column: 1 / -1; gap: 2px 8px; margin-top: 5px; padding-top: 4px; border-top: 1px solid var(--line); }
.proof > .actions .solid, .proof > .actions .outline { margin: 4px 0; min-height: 40px; padding: 4px 15px; font-size: 15px; }
.proof.gone { display: flex; align-items: center; gap: 8px; padding: 9px 13px; color: var(--muted); font-size: 14px; background: none; box-shadow: none; border-style: dashed; }

.decision { padding: 0; overflow: hidden; }
.decision > header { padding: 13px 16px 12px; background: linear-gradient(120deg, var(--soft), var(--amber-soft)); }
.decision header h3 { font-size: 14px; font-weight: 550; color: var(--muted); }
.figure { display: flex; align-items: baseline; flex-wrap: wrap; gap: 2px 7px; line-height: 1.2; }
.figure b { font-size: 34px; font-weight: 720; letter-spacing: -.01em; font-variant-numeric: tabular-nums; }
.delta { margin-left: 3px; padding: 2px 10px; border-radius: 12px; font-size: 15px; font-weight: 620; font-variant-numeric: tabular-nums; background: var(--surface); color: var(--green); }
.delta.down { color: var(--amber); }
.was { font-size: 13px; color: var(--muted); }
.decision > section { padding: 12px 16px 0; }
.decision h4, .findings h4 { margin-bottom: 3px; font-size: 13px; font-weight: 620; color: var(--muted); letter-spacing: .04em; }
.reasons li { display: flex; justify-content: space-between; gap: 12px; padding: 3px 0; font-size: 15px; line-height: 1.5; }
.effect { flex: none; font-weight: 600; font-variant-numeric: tabular-nums; color: var(--green); }
.effect.down { color: var(--amber); }
.holds { font-size: 15px; }
summary { display: flex; align-items: center; min-height: 40px; width: fit-content; cursor: pointer; color: var(--green); font-size: 14.5px; font-weight: 550; list-style: none; }
summary::-webkit-details-marker { display: none; }
summary::after { content: ""; width: 6px; height: 6px; margin: -4px 0 0 7px; border: solid currentColor; border-width: 0 1.7px 1.7px 0; rotate: 45deg; }
details[open] > summary::after { rotate: 225deg; margin-top: 4px; }
.how p { font-size: 13.5px; color: var(--muted); }
.how li { display: grid; grid-template-columns: 1fr auto; gap: 1px 10px; padding: 5px 0; font-size: 14px; }
.how b { font-weight: 500; font-variant-numeric: tabular-nums; }
.how .track { grid-column: 1 / -1; height: 6px; border-radius: 3px; background: var(--soft); }
.how .track i { display: block; height: 100%; border-radius: 3px; background: var(--muted); opacity: .55; }
.how li[data-binding=true] { font-weight: 600; } .how li[data-binding=true] b { font-weight: 650; }
.how li[data-binding=true] .track i { background: var(--sun); opacity: 1; }
.offers li { display: flex; align-items: center; gap: 12px; padding: 9px 0; }
.offers li + li, .more .offers li:first-child { border-top: 1px solid var(--line); }
.offers li > div { flex: 1; min-width: 0; line-height: 1.45; }
.offers b { font-weight: 600; margin-right: 8px; }
.offers .rise { color: var(--green); font-weight: 600; font-size: 14.5px; white-space: nowrap; font-variant-numeric: tabular-nums; }
.offers p { font-size: 13.5px; color: var(--muted); }
.give { display: inline-flex; align-items: center; gap: 3px; min-height: 42px; padding: 6px 13px 6px 9px; flex: none; border-radius: 21px; background: var(--soft); color: var(--green); font-size: 14.5px; font-weight: 580; white-space: nowrap; }
.give .icon { width: 17px; height: 17px; }
.decision > footer { margin-top: 8px; padding: 3px 10px; border-top: 1px solid var(--line); }
.decision[data-latest=false] { box-shadow: none; }
.decision[data-latest=false] > header { background: none; padding: 10px 15px; }
.decision[data-latest=false] .figure b { font-size: 21px; font-weight: 640; }

.composer { display: flex; align-items: flex-end; gap: 2px; padding: 8px 8px calc(8px + env(safe-area-inset-bottom)); background: var(--surface); border-top: 1px solid var(--line); }
.composer textarea { flex: 1; min-width: 0; height: 44px; max-height: 132px; margin: 0 6px 0 4px; padding: 9px 14px; border: 1.5px solid var(--line); border-radius: 22px; background: var(--paper); line-height: 1.45; resize: none; font-size: 16px; }
.composer textarea:focus { outline: none; border-color: var(--solid); }
::placeholder { color: var(--muted); opacity: .85; }
.send { background: var(--solid); color: var(--solid-ink); }
.send:hover { background: var(--solid); filter: brightness(1.08); }
.camera .icon, .attach .icon { width: 24px; height: 24px; }
@media (hover: hover) and (pointer: fine) { .composer .camera { display: none; } }
.dropzone { position: absolute; inset: 8px; z-index: 2; display: none; place-items: center; border: 2px dashed var(--solid); border-radius: 16px; background: color-mix(in srgb, var(--soft) 90%, transparent); color: var(--green); font-size: 18px; font-weight: 600; pointer-events: none; }
.dropping .dropzone { display: grid; }

.veil { position: absolute; inset: 0; z-index: 3; display: flex; align-items: flex-end; justify-content: center; background: rgb(20 26 24 / .45); animation: fade .16s; }
.sheet { display: flex; flex-direction: column; width: 100%; max-width: 560px; max-height: 90%; border-radius: 20px 20px 0 0; background: var(--surface); outline: none; animation: rise .22s ease-out; }
@container (min-width: 620px) { .veil { align-items: center; } .sheet { border-radius: 20px; max-height: 86%; } }
@keyframes fade { from { opacity: 0; } }
@keyframes rise { from { transform: translateY(28px); opacity: .4; } }
.sheet > header { display: flex; align-items: center; justify-content: space-between; padding: 8px 8px 8px 20px; border-bottom: 1px solid var(--line); }
.sheet h2 { font-size: 17px; font-weight: 650; }
.content { overflow-y: auto; overscroll-behavior: contain; padding: 14px 20px calc(20px + env(safe-area-inset-bottom)); overflow-wrap: anywhere; }
.content h3 { font-weight: 650; }
.content section { margin-top: 18px; }
.empty, .wait, .kept { color: var(--muted); font-size: 14.5px; }
.kept { margin-top: 12px; font-size: 13px; }
.problem { color: var(--brick); font-size: 14.5px; }
.original { margin-bottom: 12px; }
.original a { display: block; color: var(--green); text-decoration: none; }
.original img { display: block; width: 100%; max-height: 240px; object-fit: contain; border-radius: 12px; background: var(--paper); }
.titled { display: flex; flex-wrap: wrap; align-items: baseline; gap: 2px 10px; }
.fields { margin-top: 10px; }
.field { padding: 8px 0; border-top: 1px solid var(--line); }
.field dt { display: flex; align-items: center; gap: 8px; color: var(--muted); font-size: 13.5px; }
.field dd { display: flex; flex-wrap: wrap; align-items: center; justify-content: space-between; gap: 0 10px; }
.field .value { flex: 1; min-width: 0; }
.field dd > small { flex-basis: 100%; }
.field form { flex: 1; }
.content input, .content textarea { width: 100%; min-height: 44px; margin-top: 4px; padding: 8px 12px; border: 1.5px solid var(--line); border-radius: 10px; background: var(--paper); font-size: 16px; resize: vertical; }
.chip { padding: 1px 8px; border-radius: 9px; background: var(--soft); color: var(--green); font-size: 12px; white-space: nowrap; }
.chip.unsure { background: var(--amber-soft); color: var(--amber); }
.findings li { position: relative; padding: 2px 0 2px 16px; font-size: 14.5px; }
.findings li::before { content: ""; position: absolute; left: 3px; top: 12px; width: 5px; height: 5px; border-radius: 50%; background: var(--sun); }
.foot { margin-top: 14px; }
.ask { padding: 14px 16px; border-radius: 14px; background: var(--amber-soft); }
.ask h4 { font-weight: 650; }
.content .limit { display: flex; align-items: baseline; gap: 7px; color: var(--muted); }
.content .limit b { color: var(--ink); font-size: 28px; font-weight: 700; font-variant-numeric: tabular-nums; }
.rows { margin-top: 4px; }
.rows > li { display: flex; align-items: center; gap: 10px; min-height: 44px; padding: 6px 0; border-top: 1px solid var(--line); }
.rows > li > span:first-child { flex: 1; min-width: 0; }
.rows b { font-weight: 560; text-align: right; }
.rows small { display: block; }
.rows .open { flex: 1; display: flex; justify-content: space-between; gap: 12px; min-height: 44px; align-items: center; text-align: left; }
.rows .gone { color: var(--muted); }
.ways > small { display: block; margin-top: 5px; }
@container (max-width: 380px) {
  .content { padding-inline: 16px; } .top { min-width: 48px; } .figure b { font-size: 30px; }
  .scroller { padding-inline: 10px; } .avatar { width: 26px; height: 26px; } .row { gap: 6px; }
}
@media (prefers-reduced-motion: reduce) { *, *::before, *::after { animation: none !important; transition: none !important; } }
@media (forced-colors: active) { .bubble, .card, .reply, .round, .give { border: 1px solid; } }
`;

/** A constructed style sheet where there is one: a page's content policy has no say in it. */
function dress(root) {
  try {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(STYLE);
    root.adoptedStyleSheets = [sheet];
  } catch {
    root.append(h('style', {}, STYLE));
  }
}

if (!customElements.get('bailing-chat')) customElements.define('bailing-chat', BailingChat);

/** @returns {string} a kind of proof in the merchant's words, '' for one that has no name */
function voucherName(kind, language) { return new Words(language).name('voucher', kind); }

export { BailingChat, SseParser, voucherName };
