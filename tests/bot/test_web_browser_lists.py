"""Somebody's lists on the page in a real browser: ticked, shared, joined, dropped, on paper."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Page, expect

from knowledge.wording import page as wording
from tests.fakes import browser
from tests.fakes.browser import LIST, PHONE, kept_box, opened, replies, send, shared_code
from tests.fakes.rasa_rest import FakeRasa
from tests.fakes.web_site import MARRIAGE, Site, serving
from tests.talking import DROPPED, published_otherwise

pytest_plugins = ["tests.fakes.browser_pages"]
pytestmark = browser.NEEDED


def test_a_tick_is_kept_in_place_without_a_word_to_rasa_and_says_how_much_is_left(page: Page, rasa: FakeRasa) -> None:
    box = kept_box(page)
    left = page.locator(".count").inner_text()
    box.tap()
    expect(page.locator(".ticking")).to_contain_text(f"“{MARRIAGE}”打上勾了")
    expect(page.locator(".count")).not_to_have_text(left)
    expect(box).to_be_checked()
    box.tap()
    expect(page.locator(".count")).to_have_text(left)
    expect(box).not_to_be_checked()
    assert [got["message"] for got in rasa.received] == [LIST]


def test_a_tick_that_was_not_kept_is_taken_back(page: Page) -> None:
    send(page, "上户口")
    page.get_by_role("checkbox", name="个人照片").tap()
    expect(page.get_by_text(wording("web")["page"]["list_gone"])).to_be_visible()
    expect(page.get_by_role("checkbox", name="个人照片")).not_to_be_checked()


def test_a_tick_is_still_there_after_a_restart_of_the_server(
    context: BrowserContext, page: Page, folder: Path
) -> None:
    kept_box(page).tap()
    expect(page.locator(".ticking")).to_contain_text(MARRIAGE)
    with serving(FakeRasa(lambda _text: []), folder) as restarted:
        again = context.new_page()
        again.goto(f"{restarted.url}/#lists")
        again.locator(".rows a").tap()
        expect(again.get_by_role("checkbox", name=MARRIAGE)).to_be_checked()


def test_the_panel_shows_the_list_and_goes_back_to_the_conversation(page: Page) -> None:
    kept_box(page)
    page.get_by_role("link", name="我的清单（1）").tap()
    expect(page.get_by_role("log")).to_be_hidden()
    expect(page.get_by_role("heading", name="我的清单")).to_be_focused()
    page.get_by_role("link", name="打开“新生儿出生”的清单").tap()
    expect(page.get_by_role("heading", name="新生儿出生")).to_be_focused()
    page.locator("#lists").get_by_role("checkbox", name=MARRIAGE).tap()
    expect(page.locator("#lists .ticking")).to_contain_text(MARRIAGE)
    page.get_by_role("link", name="回到对话").tap()
    expect(page.locator("#log").get_by_role("checkbox", name=MARRIAGE)).to_be_checked()


def test_the_panel_says_what_was_published_since(page: Page, served: Site) -> None:
    kept_box(page)
    published_otherwise(served.assistant.engine, served.rasa.received[-1]["sender"])
    page.goto(f"{served.url}#lists/newborn")
    expect(page.locator("#lists").get_by_text(DROPPED)).to_be_visible()


def test_a_list_is_shared_with_family_who_can_only_look_and_is_taken_back(
    page: Page, chromium: Browser, site: str
) -> None:
    code = shared_code(page)
    family = chromium.new_context(java_script_enabled=False, viewport=PHONE)
    looking = family.new_page()
    looking.goto(f"{site}/c/{code}")
    expect(looking.get_by_text(MARRIAGE, exact=True)).to_be_visible()
    assert looking.locator("input, textarea, form").count() == 0
    assert family.cookies() == []
    page.get_by_role("button", name="收回清单码").tap()
    page.get_by_role("button", name="收回", exact=True).tap()
    expect(page.get_by_text(wording("web")["page"]["revoked"])).to_be_visible()
    looking.reload()
    expect(looking.get_by_role("alert")).to_be_visible()
    family.close()


def test_a_shared_list_is_joined_and_its_boxes_cannot_be_ticked(page: Page, chromium: Browser, site: str) -> None:
    code = shared_code(page)
    family = chromium.new_context(viewport=PHONE, has_touch=True)
    joining = family.new_page()
    joining.goto(f"{site}/c/{code}")
    joining.get_by_role("link", name="加入我的清单").tap()
    joining.get_by_role("button", name="加入我的清单").tap()
    expect(joining.locator("#lists").get_by_role("checkbox", name=MARRIAGE)).to_be_disabled()
    family.close()


def test_lists_and_codes_that_the_conversation_brings_can_be_opened_and_passed_on(page: Page, site: str) -> None:
    kept_box(page)
    send(page, "我的清单")
    expect(replies(page).nth(2).get_by_role("link", name="打开“新生儿出生”的清单")).to_be_visible()
    send(page, "换个手机接着办")
    reply = replies(page).nth(3)
    code = reply.locator(".code").inner_text()
    picture = reply.get_by_role("img", name=f"{site}/c/{code}")
    expect(picture).to_be_visible()
    assert picture.evaluate("one => one.complete && one.naturalWidth > 0")
    replies(page).nth(1).get_by_role("link", name="已经放进“我的清单”").tap()
    expect(page.get_by_role("heading", name="新生儿出生")).to_be_focused()


def test_a_visit_goes_into_the_calendar_on_the_day_that_is_chosen(page: Page) -> None:
    opened(page)
    page.get_by_label("打算哪天去").fill("2026-11-30")
    with page.expect_download() as download:
        page.locator(".visit button").tap()
    assert "20261130" in download.value.path().read_text(encoding="utf-8")


def test_dropping_a_list_asks_first(page: Page) -> None:
    opened(page)
    page.get_by_role("button", name="删掉这张清单").tap()
    expect(page.get_by_role("button", name="不了")).to_be_focused()
    page.get_by_role("button", name="不了").tap()
    expect(page.get_by_role("button", name="删掉这张清单")).to_be_focused()
    page.get_by_role("button", name="删掉这张清单").tap()
    page.get_by_role("button", name="删掉", exact=True).tap()
    expect(page.get_by_text(wording("web")["page"]["lists_none"])).to_be_visible()


def test_on_paper_the_list_stands_alone_with_boxes_on_one_page(page: Page, site: str) -> None:
    code = shared_code(page)
    page.goto(f"{site}/lists/newborn.print?code={code}")
    page.emulate_media(media="print")
    expect(page.locator(".box").first).to_be_visible()
    expect(page.get_by_text(f"清单码 {code}")).to_be_visible()
    for away in ("header", "footer", ".tools"):
        expect(page.locator(away).first).to_be_hidden()
    assert page.pdf(format="A4", prefer_css_page_size=True).count(b"/Type /Page\n") == 1


def test_printed_from_the_conversation_the_open_list_is_without_the_chat(page: Page) -> None:
    opened(page)
    page.emulate_media(media="print")
    expect(page.locator("#lists").get_by_text(MARRIAGE).first).to_be_visible()
    for away in ("#log", "#composer", "header", ".tools", "#join"):
        expect(page.locator(away).first).to_be_hidden()
