"""An analyst in a real browser: log-in, list, conversation, and boxes that lie on the picture."""

from __future__ import annotations

import io
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Page, expect, sync_playwright

from bench.running import Installation, Merchant

pytestmark = [pytest.mark.rasa, pytest.mark.browser]

FLAGS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]
NAME, PASSWORD = "zhou", "lark-and-lantern"
SLOW_MS = 30_000


@pytest.fixture(scope="module")
def case_id(bailing: Installation, project_root: Path) -> str:
    """王师傅's talk: five answers, a licence that lies on its side, an invoice taken back."""
    demo = project_root / "data" / "demo"
    image = Image.open(demo / "wang_license.jpg").rotate(90, expand=True)
    out = io.BytesIO()
    image.save(out, "JPEG", quality=90)
    with Merchant(bailing.address, "wang") as merchant:
        for words in ("旺季要租车，额度不够用", "我同意", "三辆车，一个月流水二三十万"):
            merchant.say(words)
        merchant.say("四十来天")
        merchant.say("八年")
        merchant.send(out.getvalue())
        invoice = merchant.send((demo / "wang_invoice.jpg").read_bytes())
        merchant.say("为什么")
        merchant.http.delete(f"/api/evidence/{invoice}").raise_for_status()
        merchant.wait(kind="decision")
        return merchant.case_id


@pytest.fixture(scope="module")
def analyst(bailing: Installation) -> str:
    environment = {**os.environ, "BAILING_VAR": str(bailing.var)}
    command = [sys.executable, "-m", "bailing.cli", "console", "user", "add", NAME]
    subprocess.run(command, input=PASSWORD.encode(), env=environment, check=True, timeout=60)
    return NAME


@pytest.fixture
def page(chromium: str) -> Iterator[Page]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        context = browser.new_context(
            viewport={"width": 1280, "height": 860}, locale="zh-CN", device_scale_factor=1.5
        )
        opened = context.new_page()
        opened.set_default_timeout(SLOW_MS)
        yield opened
        browser.close()


def test_an_analyst_looks_at_a_case(
    page: Page, bailing: Installation, case_id: str, analyst: str, pictures: Path
) -> None:
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))

    page.goto(f"{bailing.address}/console")
    page.get_by_label("姓名").fill(analyst)
    page.get_by_label("密码").fill(PASSWORD)
    page.get_by_role("button", name="登录").click()

    row = page.get_by_role("row").filter(has_text=case_id)
    expect(row).to_contain_text("王＊＊")
    page.screenshot(path=pictures / "console_list.png")
    row.get_by_role("link", name=case_id).click()

    said = page.locator(".turn").filter(has_text="三辆车，一个月流水二三十万")
    expect(said.locator(".within")).to_contain_text("inform")
    expect(said.locator(".within")).to_contain_text("200,000–300,000")
    expect(page.locator(".decision").first).to_contain_text("110,000")
    expect(page.locator("body")).not_to_contain_text("王建国")
    page.screenshot(path=pictures / "console_case.png")

    page.locator(".proofs a").filter(has_text="营业执照").click()
    drawn = page.locator("svg.drawn").first
    expect(drawn).to_be_visible()
    expect(page.locator("body")).not_to_contain_text("92130108G8BLHHDH6N")
    page.get_by_placeholder(re.compile("为什么要看")).fill("核对执照与登记信息")
    page.get_by_role("button", name="查看").click()
    expect(page.locator("body")).to_contain_text("92130108G8BLHHDH6N")
    page.wait_for_load_state("networkidle")
    page.screenshot(path=pictures / "console_evidence.jpg", type="jpeg", quality=82)
    assert seen_in_box(page, "social_credit_code") > 0.08, "the code's ink lies in its box"

    page.locator("tr").filter(has_text="social_credit_code").hover()
    expect(page.locator("g.lit")).to_have_count(1)
    page.get_by_label("文字行").check()
    expect(page.locator("g.layer-lines").first).to_be_visible()

    page.goto(f"{bailing.address}/console/cases/{case_id}")
    page.locator(".proofs a").filter(has_text="已撤回").click()
    expect(page.locator(".tombstone")).to_contain_text("都已删除")
    page.get_by_role("link", name="English").click()
    expect(page.locator(".tombstone")).to_contain_text("erased")
    page.get_by_role("button", name="Log out").click()
    expect(page.get_by_label("Name")).to_be_visible()
    assert complaints == []


def seen_in_box(page: Page, field: str) -> float:
    """The share of dark pixels within a field's box, in the picture as the browser drew it."""
    index = (
        page.locator(".read")
        .first.locator("tr")
        .evaluate_all(
            "(rows, name) => rows.findIndex(row => row.textContent.includes(name))", field
        )
    )
    box = page.locator(f'g.layer-fields[data-mark="fields-{index}"] rect').bounding_box()
    assert box is not None
    inside = {"x": box["x"] + 4, "y": box["y"] + 4}
    clip = {**inside, "width": box["width"] - 8, "height": box["height"] - 8}
    shot = Image.open(io.BytesIO(page.screenshot(clip=clip))).convert("L")
    pixels = shot.tobytes()
    return sum(value < 110 for value in pixels) / len(pixels)


def test_a_case_of_two_thousand_turns_opens_at_once(
    page: Page, bailing: Installation, analyst: str
) -> None:
    from decimal import Decimal

    from bailing.compose import open_credit_file
    from bailing.settings import Settings

    casefile = open_credit_file(Settings(var=bailing.var, database_url="", storage_url=""))
    with casefile.begin() as ledger:
        case, _ = ledger.cases.open_for(lender_subject="long", name=None, limit_cny=Decimal(1))
        for n in range(2_000):
            message_id, _ = ledger.mail.receive(
                case.id, channel="web", platform_key=f"x{n}", kind="text", text=f"第 {n} 句"
            )
            body = {"from": "merchant", "text": f"第 {n} 句", "message_id": message_id}
            ledger.mail.post(case.id, "message", body)
            ledger.mail.mark_answered(message_id)
            answer = {"from": "bot", "text": "好" * 60, "in_reply_to": message_id}
            ledger.mail.post(case.id, "message", answer)
            events = [
                {"event": "slot", "name": "a", "value": n},
                {"event": "bot", "x": "y" * 2_500},
            ]
            ledger.mail.keep_turn(case.id, message_id, events, elapsed_ms=50.0)
    casefile.close()
    page.goto(f"{bailing.address}/console/login")
    page.locator("[name=name]").fill(analyst)
    page.locator("[name=password]").fill(PASSWORD)
    page.locator(".login button").click()
    page.wait_for_selector(".cases")
    took = []
    for number in (1, 20, 40):
        page.goto(f"{bailing.address}/console/cases/{case.id}?page={number}")
        timing = "performance.getEntriesByType('navigation')[0].domContentLoadedEventEnd"
        took.append(float(page.evaluate(timing)))
    print("a page of 2,000 turns, ms:", [round(t) for t in took])
    assert max(took) < 1_000
