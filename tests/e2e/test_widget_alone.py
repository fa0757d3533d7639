"""The widget in a real browser against a tiny gateway: what a merchant sees and can do."""

from __future__ import annotations

import importlib.util
import os
import shutil
import socket
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
import uvicorn

HERE = Path(__file__).parent
DEMO = HERE.parents[1] / "data" / "demo"
CHROMIUM = shutil.which("chromium") or "/usr/bin/chromium"
LICENCE = DEMO / "wang_license.jpg"
PHONE = {"width": 390, "height": 844}

pytestmark = pytest.mark.browser


def load_fake() -> ModuleType:
    spec = importlib.util.spec_from_file_location("fake_gateway", HERE / "fake_gateway.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def gateway() -> Iterator[tuple[Any, str]]:
    """The fake gateway on a free port, and its address."""
    module = load_fake()
    fake = module.Fake()
    bound = socket.socket()
    bound.bind(("127.0.0.1", 0))
    app = module.create_fake(fake, DEMO)
    config = uvicorn.Config(
        app, log_level="warning", ws="none", lifespan="off", timeout_graceful_shutdown=1
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [bound]}, daemon=True)
    thread.start()
    until(lambda: server.started)
    yield fake, f"http://127.0.0.1:{bound.getsockname()[1]}"
    fake.cut = server.should_exit = True
    thread.join(10)
    bound.close()


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    if not Path(CHROMIUM).exists():
        if os.environ.get("CI"):
            pytest.fail("needs Debian's chromium")
        pytest.skip("needs Debian's chromium")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield opened
        opened.close()


@pytest.fixture
def chat(gateway: tuple[Any, str], browser: Any) -> Iterator[Any]:
    """A phone with the haulier's talk open; ``chat.fake`` is the gateway behind it."""
    fake, address = gateway
    fake.cut = fake.refuse_streams = fake.down = False
    context = browser.new_context(viewport=PHONE, has_touch=True, locale="zh-CN")
    page = context.new_page()
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.set_default_timeout(10_000)
    page.goto(f"{address}/?demo=wang")
    page.get_by_text("我是百灵").wait_for()
    page.fake = fake
    yield page
    context.close()
    assert faults == []


def until(holds: Callable[[], Any], timeout_s: float = 10) -> None:
    deadline = time.monotonic() + timeout_s
    while not holds():
        assert time.monotonic() < deadline, "never came true"
        time.sleep(0.02)


def say(page: Any, text: str) -> None:
    box = page.get_by_label("输入消息")
    box.fill(text)
    box.press("Enter")


def pick(page: Any, *files: Any) -> None:
    page.locator("input[data-pick=file]").set_input_files(list(files))


def agree(page: Any) -> None:
    say(page, "旺季要租车，额度不够用")
    page.get_by_role("button", name="可以，开始").last.click()
    page.get_by_text("现在跑着几辆车").wait_for()


def merchant_bubbles(page: Any) -> list[str]:
    found: list[str] = page.locator(".row.merchant .bubble").all_inner_texts()
    return found


def test_the_road_from_first_words_to_a_new_limit(chat: Any) -> None:
    agree(chat)
    say(chat, "三辆车，一个月流水二三十万")
    chat.get_by_role("button", name="一个月左右").click()
    chat.locator(".figure", has_text="110,000").wait_for()
    pick(chat, LICENCE)
    chat.locator("[data-kind=evidence][data-status=accepted]").wait_for()
    newest = chat.locator(".decision[data-latest=true]")
    newest.locator(".figure", has_text="158,000").wait_for()
    assert "＋48,000" in newest.inner_text()
    assert "执照证实您做了七年道路运输" in newest.inner_text()
    assert chat.fake.posts[-1]["payload"] == "/inform1"
    assert merchant_bubbles(chat) == [
        "旺季要租车，额度不够用",
        "可以，开始",
        "三辆车，一个月流水二三十万",
        "一个月左右",
    ]


def test_a_recommendation_names_the_kind_of_the_file_it_asks_for(chat: Any) -> None:
    agree(chat)
    say(chat, "三辆车")
    chat.get_by_role("button", name="现结").click()
    with chat.expect_file_chooser() as chooser:
        chat.locator("[data-voucher=transport_contract] .give").click()
    chooser.value.set_files(LICENCE)
    chat.locator("[data-kind=evidence][data-status=accepted]").wait_for()
    assert chat.fake.declared == ["transport_contract"]


def test_a_file_before_consent_waits_and_goes_when_the_merchant_says_so(chat: Any) -> None:
    pick(chat, LICENCE)
    chat.get_by_role("button", name="同意后再发").wait_for()
    chat.get_by_role("button", name="同意后再发").click()
    chat.get_by_text("先在对话里回复").wait_for()
    assert chat.fake.proofs == {}
    chat.get_by_role("button", name="可以，开始").last.click()
    chat.get_by_role("button", name="现在发送").click()
    chat.locator("[data-kind=evidence][data-status=accepted]").wait_for()
    assert chat.locator("[data-kind=evidence]").count() == 1


def test_what_was_read_can_be_corrected_and_taken_back(chat: Any) -> None:
    agree(chat)
    pick(chat, LICENCE)
    chat.get_by_role("button", name="看读到的内容").click()
    field = chat.locator("[data-field=established_on]")
    field.get_by_text("拿不准").wait_for()
    field.get_by_role("button").click()
    field.get_by_role("textbox").fill("2018-05-12")
    field.get_by_role("button", name="保存").click()
    field.get_by_text("您改过").wait_for()
    assert "2018-05-12" in field.inner_text()
    chat.locator(".foot").get_by_role("button", name="撤回").click()
    chat.get_by_text("额度会从 148,000 元变成 110,000 元").wait_for()
    chat.locator(".ask").get_by_role("button", name="撤回").click()
    chat.locator("[data-kind=evidence][data-status=withdrawn]").wait_for()
    chat.locator(".decision[data-latest=true]", has_text="110,000").wait_for()
    assert "顺达" not in chat.locator("[data-kind=evidence]").inner_text()
    assert chat.locator("[data-kind=evidence] img").count() == 0


def test_coming_back_goes_on_in_the_same_case(chat: Any) -> None:
    agree(chat)
    pick(chat, LICENCE)
    chat.locator(".decision").wait_for()
    case_id, before = chat.fake.case_id, merchant_bubbles(chat)
    chat.reload()
    chat.locator(".decision").wait_for()
    chat.locator("[data-kind=evidence] img").wait_for()
    assert chat.fake.case_id == case_id
    assert merchant_bubbles(chat) == before
    assert chat.locator("[data-kind=evidence]").count() == 1


def test_a_session_that_is_refused_is_opened_anew(chat: Any) -> None:
    case_id = chat.fake.case_id
    chat.fake.token = "forgotten"
    until(lambda: chat.fake.case_id != case_id)
    chat.get_by_text("我是百灵").wait_for()
    say(chat, "还在吗")
    chat.get_by_text("旺季租车得备不少周转").wait_for()


def test_a_cut_stream_is_resumed_without_loss_or_repeat(chat: Any) -> None:
    agree(chat)
    streams = chat.fake.streams
    chat.fake.cut = True
    until(lambda: chat.fake.streams > streams)
    say(chat, "三辆车")
    chat.get_by_text("三辆自有车").wait_for()
    assert chat.get_by_text("三辆自有车").count() == 1
    assert merchant_bubbles(chat).count("三辆车") == 1


def test_long_polling_serves_where_streams_do_not_pass(chat: Any) -> None:
    chat.fake.refuse_streams = chat.fake.cut = True
    chat.wait_for_function("document.querySelector('bailing-chat').feed.polling", timeout=25_000)
    say(chat, "三辆车")
    chat.get_by_text("三辆自有车").wait_for()
    assert chat.get_by_text("三辆自有车").count() == 1


def test_words_said_offline_wait_and_are_said_once(chat: Any) -> None:
    chat.context.set_offline(True)
    say(chat, "三辆车")
    chat.get_by_text("没网，连上就发").wait_for()
    assert chat.fake.posts == []
    chat.context.set_offline(False)
    chat.get_by_text("三辆自有车").wait_for()
    ids = {post["client_message_id"] for post in chat.fake.posts}
    assert len(ids) == 1
    assert merchant_bubbles(chat) == ["三辆车"]
    assert chat.get_by_text("没网，连上就发").count() == 0


def test_a_busy_gateway_gets_the_same_message_again(chat: Any) -> None:
    chat.fake.down = True
    say(chat, "三辆车")
    time.sleep(0.5)
    chat.reload()
    chat.fake.down = False
    chat.get_by_text("三辆自有车").wait_for(timeout=20_000)
    assert [post["text"] for post in chat.fake.posts] == ["三辆车"]


def test_refused_words_say_why_and_can_be_tried_again(chat: Any) -> None:
    say(chat, "这句太长")
    chat.get_by_text("一次最多 4000 字").wait_for()
    assert chat.get_by_role("button", name="重试").count() == 1


def test_an_unfit_file_says_why_and_can_be_left(chat: Any) -> None:
    agree(chat)
    pick(chat, {"name": "空.jpg", "mimeType": "image/jpeg", "buffer": b""})
    chat.get_by_text("这个文件是空的").wait_for()
    chat.get_by_role("button", name="不发了").click()
    assert chat.locator("[data-kind=evidence]").count() == 0


def test_the_same_file_twice_is_one_card(chat: Any) -> None:
    agree(chat)
    pick(chat, LICENCE)
    chat.locator("[data-kind=evidence][data-status=accepted]").wait_for()
    pick(chat, LICENCE)
    chat.get_by_text("这份之前发过了").wait_for()
    assert chat.locator("[data-kind=evidence]").count() == 1


def test_an_unreadable_photo_offers_another_try(chat: Any) -> None:
    agree(chat)
    pick(chat, {"name": "a.jpg", "mimeType": "image/jpeg", "buffer": b"\xff\xd8 too dark"})
    chat.get_by_text("光太暗，字看不清").wait_for()
    with chat.expect_file_chooser():
        chat.get_by_role("button", name="重新拍一张").click()


def test_markup_is_words(chat: Any) -> None:
    nasty = "<img src=x onerror=alert(1)><b>粗</b>"
    say(chat, nasty)
    chat.get_by_text("旺季租车得备不少周转").wait_for()
    assert merchant_bubbles(chat) == [nasty]
    assert chat.locator(".bubble b, .bubble img").count() == 0


def test_my_papers_show_what_is_known_and_the_ways_out(chat: Any) -> None:
    agree(chat)
    say(chat, "三辆车，二三十万")
    chat.get_by_text("三辆自有车").wait_for()
    chat.get_by_role("button", name="我的资料").click()
    row = chat.locator("[data-slot=monthly_sales_cny]")
    assert "200,000～300,000 元" in row.inner_text()
    assert "您说的" in row.inner_text()
    with chat.expect_download() as download:
        chat.get_by_role("button", name="导出").click()
    assert download.value.suggested_filename == f"bailing-{chat.fake.case_id}.zip"
    chat.get_by_role("button", name="撤回同意").click()
    until(lambda: "撤回同意" in chat.fake.posts[-1]["text"])


def test_a_person_can_be_asked_for_and_escape_goes_back(chat: Any) -> None:
    chat.get_by_role("button", name="转人工").click()
    chat.keyboard.press("Escape")
    assert chat.get_by_role("dialog").count() == 0
    chat.get_by_role("button", name="转人工").click()
    chat.get_by_label("想说明的话").fill("想当面谈")
    chat.get_by_role("button", name="请人来").click()
    chat.get_by_text("已经告诉客户经理了").wait_for()
    assert [review["reason"] for review in chat.fake.reviews] == ["想当面谈"]


def test_the_widget_follows_the_language_of_the_case(chat: Any) -> None:
    say(chat, "Please speak English")
    chat.get_by_role("button", name="My papers").wait_for()
    assert chat.get_by_label("Your message").get_attribute("placeholder") == "Type here…"


def test_a_pasted_picture_and_a_sample_photo_are_sent(chat: Any) -> None:
    agree(chat)
    chat.evaluate(
        """() => {
          const data = new DataTransfer();
          data.items.add(new File(['picture'], 'pasted.png', { type: 'image/png' }));
          const box = document.querySelector('bailing-chat').shadowRoot.querySelector('textarea');
          box.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true }));
        }"""
    )
    until(lambda: len(chat.fake.proofs) == 1)
    chat.evaluate("document.querySelector('.photos a').click()")
    until(lambda: len(chat.fake.proofs) == 2)


def test_nothing_is_wider_than_a_small_phone(chat: Any) -> None:
    chat.set_viewport_size({"width": 360, "height": 640})
    agree(chat)
    pick(chat, LICENCE)
    chat.locator(".decision").wait_for()
    wide = chat.evaluate(
        """() => [...document.querySelector('bailing-chat').shadowRoot.querySelectorAll('.frame *')]
          .filter((e) => e.getBoundingClientRect().right > innerWidth + 1 && !e.closest('.sr'))
          .map((e) => e.className)"""
    )
    assert wide == []
    small = chat.evaluate(
        """() => [...document.querySelector('bailing-chat').shadowRoot.querySelectorAll('button')]
          .filter((b) => b.offsetHeight && b.offsetHeight < 34).map((b) => b.className)"""
    )
    assert small == []
