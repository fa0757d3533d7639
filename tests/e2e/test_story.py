"""王师傅's story in a real browser against real processes, on generated photos."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect, sync_playwright

pytestmark = [pytest.mark.rasa, pytest.mark.browser]

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
SLOW_MS = 60_000


@pytest.fixture
def page(chromium: str) -> Iterator[Page]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        context = browser.new_context(
            viewport={"width": 390, "height": 844},
            device_scale_factor=2,
            locale="zh-CN",
            reduced_motion="reduce",
        )
        opened = context.new_page()
        opened.set_default_timeout(SLOW_MS)
        yield opened
        browser.close()


def say(page: Page, text: str) -> None:
    box = page.locator("bailing-chat textarea").first
    box.fill(text)
    box.press("Enter")


def wait_for(page: Page, words: str) -> None:
    expect(page.locator("bailing-chat").get_by_text(re.compile(words)).last).to_be_attached(
        timeout=SLOW_MS
    )


def limit(page: Page) -> int:
    return int(
        page.evaluate(
            """async () => {
                const key = Object.keys(localStorage).find(k => localStorage[k].includes('token'));
                const {token} = JSON.parse(localStorage[key]);
                const answer = await fetch('/api/case', {headers: {Authorization: `Bearer ${token}`}});
                return (await answer.json()).limit_cny;
            }"""
        )
    )


def see(page: Page, picture: Path) -> None:
    """What a merchant sees once all is at rest, at the end of the talk."""
    page.wait_for_timeout(1_000)
    page.screenshot(path=picture)


def wait_for_rise(page: Page, above: int) -> int:
    deadline = time.monotonic() + SLOW_MS / 1000
    while (now := limit(page)) <= above:
        assert time.monotonic() < deadline, f"the limit stays at {now}"
        time.sleep(0.5)
    return now


def test_a_haulier_gets_a_new_explained_limit(
    page: Page, bailing, project_root: Path, pictures: Path
) -> None:
    page.goto(f"{bailing.address}/?demo=wang")
    wait_for(page, "王师傅")
    say(page, "旺季要租车，额度不够用")
    wait_for(page, "可以开始吗")
    see(page, pictures / "widget_consent.png")
    page.locator("bailing-chat").get_by_role("button", name=re.compile("我同意")).last.click()
    wait_for(page, "几辆车")
    say(page, "三辆车，一个月流水二三十万")
    wait_for(page, "多久结账")
    say(page, "四十来天")
    wait_for(page, "几年")
    say(page, "八年")
    wait_for(page, "光凭您说的")
    now = limit(page)
    assert now >= 100_000
    for name in ("wang_license", "wang_invoice", "wang_truck"):
        photo = project_root / "data" / "demo" / f"{name}.jpg"
        page.locator("bailing-chat input[type=file]").first.set_input_files(photo)
        now = wait_for_rise(page, now)
        if name == "wang_license":
            wait_for(page, "再给|卡在")
            see(page, pictures / "widget_licence.png")
    wait_for(page, "92130108G8BLHHDH6N")
    say(page, "为什么")
    wait_for(page, f"为什么是 {now:,} 元")
    expect(page.locator("bailing-chat").get_by_text("不要机器定").last).to_be_in_viewport()
    see(page, pictures / "widget_why.png")
    page.close()


def test_a_merchant_comes_back_and_goes_on(page: Page, bailing) -> None:
    page.goto(f"{bailing.address}/?demo=li")
    wait_for(page, "李姐")
    say(page, "额度不够，想进点货")
    wait_for(page, "可以开始吗")
    page.reload()
    wait_for(page, "额度不够，想进点货")
    say(page, "可以")
    wait_for(page, "多少平")
    say(page, "六十平")
    wait_for(page, "卖多少")


def test_markup_is_words(page: Page, bailing) -> None:
    page.goto(f"{bailing.address}/?demo=chen")
    wait_for(page, "陈老板")
    say(page, "<img src=x onerror=document.title='broken'><b>你好</b>")
    wait_for(page, "<b>你好</b>")
    assert page.title() != "broken"
