/**
 * The demonstration lender's page: which merchant, which language, which sample photo; opens the
 * chat beside the page, or over it on a phone. `?demo=wang` opens at once, `?lang=en` is English.
 */

import { voucherName } from './bailing-chat.js';

const MERCHANTS = ['wang', 'li', 'chen', 'blank'];
const talk = document.querySelector('#talk');
const query = () => new URLSearchParams(location.search);

/* ---- language */

function speak(language) {
  document.documentElement.lang = language === 'en' ? 'en' : 'zh-CN';
  document.documentElement.dataset.lang = language;
  document.title = language === 'en' ? 'Qinghe Microcredit (demo) · Bailing' : '青禾小贷（演示） · 和百灵聊聊额度';
}

const language = () => document.documentElement.dataset.lang;

function chooseLanguage(next) {
  speak(next);
  const params = query();
  params.set('lang', next);
  history.replaceState(history.state, '', `?${params}`);
  drawPhotos();
}

/* ---- the chat */

function open(demo) {
  if (talk.firstElementChild?.getAttribute('demo') !== demo) {
    const chat = document.createElement('bailing-chat');
    chat.setAttribute('demo', demo);
    chat.setAttribute('lang', language());
    chat.setAttribute('closable', '');
    chat.addEventListener('bailing-close', leave);
    talk.replaceChildren(chat);
  }
  talk.hidden = false;
  document.documentElement.classList.add('talking');
  for (const choice of document.querySelectorAll('[data-demo]')) {
    choice.setAttribute('aria-pressed', String(choice.dataset.demo === demo));
  }
  drawPhotos();
}

function close() {
  talk.hidden = true;
  talk.replaceChildren();
  document.documentElement.classList.remove('talking');
  for (const choice of document.querySelectorAll('[data-demo]')) choice.removeAttribute('aria-pressed');
}

function enter(demo) {
  const params = query();
  const going = params.has('demo');
  params.set('demo', demo);
  if (going) history.replaceState({ inside: history.state?.inside }, '', `?${params}`);
  else history.pushState({ inside: true }, '', `?${params}`);
  show();
  if (matchMedia('(hover: hover)').matches) talk.firstElementChild?.focus();
}

function leave() {
  if (history.state?.inside) {
    history.back();
    return;
  }
  const params = query();
  params.delete('demo');
  history.replaceState(null, '', `?${params}`);
  show();
}

/** The page as its address says. */
function show() {
  const demo = query().get('demo');
  if (MERCHANTS.includes(demo)) open(demo);
  else close();
}

/** On phones the keyboard covers the page's foot; the chat takes what is left above it. */
function fitAboveKeyboard() {
  const view = window.visualViewport;
  if (!view) return;
  const fit = () => {
    talk.style.setProperty('--seen', `${view.height}px`);
    talk.style.setProperty('--from', `${view.offsetTop}px`);
  };
  view.addEventListener('resize', fit);
  view.addEventListener('scroll', fit);
  fit();
}

/* ---- sample photos */

let photos = [];

/** `/demo/photos.json`: a list of `{"file", "merchant", "kind", …}`; no merchant is anybody's. */
async function loadPhotos() {
  const response = await fetch('/demo/photos.json').catch(() => null);
  const listed = response?.ok ? await response.json().catch(() => []) : [];
  photos = listed.filter(({ file }) => file).sort((a, b) => Number(!a.merchant) - Number(!b.merchant));
  drawPhotos();
}

function drawPhotos() {
  const demo = query().get('demo');
  const fitting = photos.filter(({ merchant }) => !merchant || !demo || demo === 'blank' || merchant === demo);
  document.querySelector('#album').hidden = !fitting.length;
  document.querySelector('.photos').replaceChildren(...fitting.map(photoTile));
}

function photoTile(photo) {
  const address = new URL(photo.file, new URL('/demo/', location.href)).href;
  const nothing = language() === 'en' ? 'A sheet that proves nothing' : '什么都证明不了的纸';
  const title = voucherName(photo.kind, language()) || nothing;
  const link = document.createElement('a');
  link.href = address;
  link.target = '_blank';
  const picture = new Image();
  Object.assign(picture, { src: address, alt: '', loading: 'lazy' });
  link.append(picture, title);
  link.addEventListener('click', (event) => {
    const chat = talk.firstElementChild;
    if (!chat || event.metaKey || event.ctrlKey) return;
    event.preventDefault();
    send(chat, address);
  });
  const tile = document.createElement('li');
  tile.append(link);
  return tile;
}

async function send(chat, address) {
  const response = await fetch(address);
  const blob = await response.blob();
  chat.sendFiles([new File([blob], decodeURIComponent(address.split('/').pop()), { type: blob.type })]);
}

/* ---- start */

const wanted = query().get('lang') ?? (navigator.language.startsWith('en') ? 'en' : 'zh');
speak(wanted === 'en' ? 'en' : 'zh');
document.querySelector('#tongue').addEventListener('click', () => chooseLanguage(language() === 'en' ? 'zh' : 'en'));
for (const choice of document.querySelectorAll('[data-demo]')) {
  choice.addEventListener('click', () => enter(choice.dataset.demo));
}
window.addEventListener('popstate', show);
fitAboveKeyboard();
show();
loadPhotos();
