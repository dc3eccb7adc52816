"""The page in a real browser for everybody: by keyboard alone, in large print, in high contrast, on the smallest phone."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.fakes import browser
from tests.fakes.browser import LIST, SMALL_PHONE, kept_box, replies, send, shared_code
from tests.fakes.web_site import MARRIAGE

pytest_plugins = ["tests.fakes.browser_pages"]
pytestmark = browser.NEEDED
# Links inside a sentence may be as small as its text (WCAG 2.5.8).
TOO_SMALL = """[...document.querySelectorAll('button, summary, label, input:not([type=checkbox]), nav a, header a, .tools a, .after a, .rows a')]
  .map(one => [one.textContent.trim(), one.getBoundingClientRect()])
  .filter(([text, box]) => box.width > 1 && box.height < 44).map(([text, box]) => text + ' ' + box.height)"""


def test_the_page_works_with_the_keyboard_alone(page: Page) -> None:
    page.keyboard.press("Tab")
    to(page, "#text")
    page.keyboard.type(LIST)
    page.keyboard.press("Enter")
    expect(replies(page)).to_have_count(2)
    to(page, "input[data-line=marriage_certificate]", key="Shift+Tab")
    page.keyboard.press("Space")
    expect(page.locator(".ticking")).to_contain_text(MARRIAGE)
    to(page, "a[href='#lists']", key="Shift+Tab")
    page.keyboard.press("Enter")
    to(page, ".rows a")
    page.keyboard.press("Enter")
    expect(page.locator("#lists").get_by_role("checkbox", name=MARRIAGE)).to_be_checked()
    to(page, "#lists button")
    page.keyboard.press("Enter")
    expect(page.locator(".code")).to_be_focused()
    to(page, "button[data-comfort=large]", key="Shift+Tab")
    page.keyboard.press("Space")
    expect(page.locator("html")).to_have_class("large")
    to(page, "a[href='#chat']")
    page.keyboard.press("Enter")
    expect(page.get_by_role("textbox")).to_be_focused()


def test_what_has_the_focus_can_be_seen(page: Page) -> None:
    kept_box(page)
    for _ in range(12):
        page.keyboard.press("Shift+Tab")
        outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
        assert outline != "none"


@pytest.mark.parametrize("names", [("大字版",), ("高对比",), ("大字版", "高对比")])
def test_large_print_and_high_contrast_are_kept_for_the_next_page(page: Page, site: str, names: tuple[str, ...]) -> None:
    size = page.locator("#log p").first.evaluate("one => parseFloat(getComputedStyle(one).fontSize)")
    for name in names:
        page.get_by_role("button", name=name).tap()
    for path in ("/privacy", "/c", "/"):
        page.goto(f"{site}{path}")
        for name in ("大字版", "高对比"):
            expect(page.get_by_role("button", name=name)).to_have_attribute("aria-pressed", str(name in names).lower())
    larger = page.locator("#log p").first.evaluate("one => parseFloat(getComputedStyle(one).fontSize)")
    assert (larger > 1.3 * size) == ("大字版" in names)


def test_the_conversation_is_a_live_log_and_every_control_has_a_name(page: Page) -> None:
    send(page, "上户口")
    expect(page.get_by_role("log")).to_have_attribute("aria-live", "polite")
    expect(replies(page)).to_have_count(2)
    nameless = page.evaluate(
        "[...document.querySelectorAll('button, input, textarea, a')]"
        ".filter(one => !(one.textContent || one.getAttribute('aria-label') || (one.labels && one.labels.length))).length"
    )
    assert nameless == 0


@pytest.mark.parametrize("text_size", ["100%", "200%"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_smallest_phone_needs_no_sideways_scrolling_even_in_large_print(
    page: Page, tmp_path: Path, text_size: str, scheme: Any
) -> None:
    page.set_viewport_size(SMALL_PHONE)
    page.emulate_media(color_scheme=scheme)
    page.evaluate("size => { document.documentElement.style.fontSize = size; }", text_size)
    send(page, "上户口")
    expect(replies(page)).to_have_count(2)
    for folded in page.locator("details").all():
        folded.evaluate("details => { details.open = true; }")
    page.screenshot(path=tmp_path / f"small-{scheme}-{text_size}.png", full_page=True)
    assert page.evaluate("document.documentElement.scrollWidth") <= SMALL_PHONE["width"]


@pytest.mark.parametrize("enlarge", ["root.style.fontSize = '200%'", "root.className = 'large'"], ids=["200%", "large"])
def test_no_page_needs_sideways_scrolling_on_the_smallest_phone(page: Page, site: str, enlarge: str) -> None:
    page.set_viewport_size(SMALL_PHONE)
    code = shared_code(page)
    for path in ("", f"/lists/newborn.print?code={code}", "/privacy", "/c", f"/c/{code}"):
        if path:
            page.goto(f"{site}{path}")
        page.evaluate(f"const root = document.documentElement; {enlarge}")
        assert page.evaluate("document.documentElement.scrollWidth") <= SMALL_PHONE["width"], path


def test_everything_to_be_pressed_is_large_enough_for_a_thumb(page: Page) -> None:
    shared_code(page)
    small = page.evaluate(TOO_SMALL)
    page.get_by_role("link", name="回到对话").tap()
    send(page, "上户口")
    expect(replies(page)).to_have_count(3)
    assert [*small, *page.evaluate(TOO_SMALL)] == []


@pytest.mark.parametrize(
    ("scheme", "comfort"), [("light", ""), ("dark", "large"), ("light", "contrast"), ("dark", "large contrast")]
)
def test_axe_finds_nothing_in_the_conversation_and_the_lists(page: Page, scheme: Any, comfort: str) -> None:
    page.emulate_media(color_scheme=scheme)
    page.evaluate("names => { document.documentElement.className = names; }", comfort)
    faultless(page)
    kept_box(page)
    for text in ("上户口", "办到哪了", "工单进度", "打分"):
        send(page, text)
    expect(replies(page)).to_have_count(6)
    faultless(page)
    page.get_by_role("link", name="我的清单（1）").tap()
    expect(page.locator(".rows a")).to_be_visible()
    faultless(page)
    page.locator(".rows a").tap()
    page.get_by_role("button", name="发给家人看").tap()
    expect(page.locator(".code")).to_be_visible()
    faultless(page)


@pytest.mark.parametrize("comfort", ["", "large contrast"])
def test_axe_finds_nothing_on_the_other_pages_and_at_320_px(page: Page, site: str, comfort: str) -> None:
    page.set_viewport_size(SMALL_PHONE)
    code = shared_code(page)
    faultless(page)
    for path in ("/", "/privacy", "/c", f"/c/{code}", "/c/QD0000-0000-0000", f"/lists/newborn.print?code={code}"):
        page.goto(f"{site}{path}")
        page.evaluate("names => { document.documentElement.className = names; }", comfort)
        faultless(page)


def to(page: Page, selector: str, *, key: str = "Tab") -> None:
    """Go to an element by one key alone."""
    for _ in range(80):
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
        page.keyboard.press(key)
    raise AssertionError(f"{key} does not lead to {selector}")


def faultless(page: Page) -> None:
    """Fail where axe-core finds a violation."""
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
