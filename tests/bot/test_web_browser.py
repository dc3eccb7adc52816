"""The citizen's page in a real browser, on phone screens, in front of a stand-in for Rasa."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any, Iterator

import pytest
from aiohttp import web
from playwright.sync_api import Browser, BrowserContext, Page, Route, ViewportSize, expect, sync_playwright

from bot.channels.web.server import make_app
from knowledge.values.answer import Answer, CitedSource, OpenQuestion
from knowledge.wording import say
from tests.fakes import sample_answers as samples
from tests.fakes.rasa_rest import FakeRasa, Reply, reply_of, running, text_only

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="no chromium here: apt-get install chromium"),
]
PHONE: ViewportSize = {"width": 390, "height": 844}
SMALL_PHONE: ViewportSize = {"width": 320, "height": 568}
EVIL = "<img src=x onerror='window.hacked=1'><script>window.hacked=1</script>"


def script(text: str) -> list[Reply]:
    """Return what the assistant says to `text` in these tests."""
    if "拿到" in text and samples.CERTIFICATE in text:
        return [reply_of(samples.tick(on="还没" not in text))]
    if "拿到" in text:
        return [reply_of(samples.talk(say("checklist_unknown", example=samples.CERTIFICATE)))]
    return {
        samples.MARRIED: [reply_of(samples.talk("好的，已领结婚证。"))],
        "办到哪了": [reply_of(samples.status())],
        "坏话": [reply_of(evil(), text=EVIL), text_only(EVIL)],
        "打分": [reply_of(samples.rating(), text="整份文字")],
        "没有custom": [text_only("只有文字")],
    }.get(text, [reply_of(samples.newborn())])


def evil() -> dict[str, Any]:
    """Return an answer with markup wherever text can stand."""
    return Answer(
        outcome="answered",
        matter="newborn",
        matter_name=EVIL,
        notices=(EVIL,),
        said=(EVIL,),
        faq=EVIL,
        missing=(EVIL,),
        review=EVIL,
        questions=(OpenQuestion(key="k", text=EVIL, options=(EVIL,)),),
        sources=(
            CitedSource(
                title=EVIL, issuer=EVIL, number=None, date=None, url="javascript:window.hacked=1", verified_on=None
            ),
        ),
    ).to_dict()


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def rasa() -> FakeRasa:
    return FakeRasa(script)


@pytest.fixture
def site(rasa: FakeRasa) -> Iterator[str]:
    with running(rasa.app()) as rasa_url, running(make_app(rasa_url=rasa_url, secret=b"a secret of the tests")) as url:
        yield url


@pytest.fixture
def context(chromium: Browser) -> Iterator[BrowserContext]:
    context = chromium.new_context(viewport=PHONE, has_touch=True, locale="zh-CN", reduced_motion="reduce")
    context.set_default_timeout(5000)
    yield context
    context.close()


@pytest.fixture
def page(context: BrowserContext, site: str) -> Iterator[Page]:
    """Yield the page; whatever it complains of on its console, or fetches from another host, fails the test."""
    page = context.new_page()
    complaints: list[str] = []
    page.on(
        "console", lambda message: complaints.append(message.text) if message.type in ("error", "warning") else None
    )
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("request", lambda request: None if request.url.startswith(site) else complaints.append(request.url))
    page.goto(site)
    yield page
    # Refusals that the tests bring about themselves are reported by the browser as well.
    assert [text for text in complaints if "Failed to load resource" not in text] == []


def send(page: Page, text: str) -> None:
    page.get_by_role("textbox").fill(text)
    page.keyboard.press("Enter")


def replies(page: Page) -> Any:
    return page.locator("#log > article")


def test_on_a_phone_a_sentence_brings_the_checklist_and_an_option_goes_out_as_the_persons_words(
    page: Page, rasa: FakeRasa, tmp_path: Path
) -> None:
    expect(replies(page)).to_contain_text(say("greet"))
    send(page, "孩子刚出生，户口怎么上")
    reply = replies(page).nth(1)
    expect(reply.get_by_role("checkbox", name=samples.CERTIFICATE)).to_be_visible()
    expect(page.locator(".me")).to_contain_text("孩子刚出生，户口怎么上")
    page.screenshot(path=tmp_path / "phone.png", full_page=True)
    reply.get_by_role("button", name=samples.MARRIED).tap()
    expect(replies(page).nth(2)).to_contain_text("好的，已领结婚证。")
    assert [got["message"] for got in rasa.received] == ["孩子刚出生，户口怎么上", samples.MARRIED]


def test_everything_on_file_is_shown_and_what_is_not_on_file_is_said(page: Page) -> None:
    send(page, "上户口")
    reply = replies(page).nth(1)
    for shown in (
        "新生儿出生",
        "重庆市江北区",
        "好的，按重庆市江北区说。",
        "在国外生的，不能走“一件事”",
        "出生后一个月内申报户口。",
        say("reference_heading", place="湖南省"),
        "原件 1 份",
        "可以后补",
        "找孩子出生的医院办",
        "湖南省的做法",
        "未核实",
        "免交（系统核验）",
        "只在“已领结婚证”时需要",
        "5 个工作日",
        "办理不收费",
        "金港新区 16 号",
        "电话没有收录",
        "时限没有收录",
        "由卫生健康部门牵头。",
        say("missing_notes"),
        say("not_reviewed"),
        "孩子的爸爸妈妈领结婚证了吗？",
    ):
        assert shown in (reply.text_content() or ""), shown
    expect(reply.locator('a[href="tel:02367567000"]')).to_be_visible()
    expect(reply.locator("ol").first.locator("li")).to_have_count(2)


def test_the_first_notice_is_not_said_twice(page: Page) -> None:
    send(page, "上户口")
    expect(replies(page).nth(1)).to_contain_text("新生儿出生")
    assert (page.locator("#log").text_content() or "").count(say("first_notice")) == 1


def test_sources_are_one_tap_away_and_only_those_with_an_address_are_links(page: Page) -> None:
    send(page, "上户口")
    page.get_by_role("link", name="依据 1").first.tap()
    sources = page.locator("details.sources")
    expect(sources).to_have_attribute("open", "")
    expect(sources.get_by_text("湖南政务服务网")).to_be_visible()
    assert [link.get_attribute("href") for link in sources.locator("a").all()] == ["https://www.gov.cn/zhengce/"]


def test_a_tick_is_told_to_the_assistant_and_kept_when_it_understood(page: Page, rasa: FakeRasa) -> None:
    send(page, "上户口")
    box = page.get_by_role("checkbox", name=samples.CERTIFICATE)
    box.tap()
    expect(page.get_by_text(say("checklist_ticked", material=samples.CERTIFICATE))).to_be_visible()
    expect(box).to_be_checked()
    expect(page.get_by_text("已备 1 / 2 样")).to_be_visible()
    assert rasa.received[-1]["message"] == f"{samples.CERTIFICATE}拿到了"
    expect(page.locator(".me")).to_have_count(1)


def test_a_tick_is_taken_back_by_saying_so(page: Page, rasa: FakeRasa) -> None:
    send(page, "上户口")
    box = page.get_by_role("checkbox", name=samples.CERTIFICATE)
    box.tap()
    expect(page.get_by_text(say("checklist_ticked", material=samples.CERTIFICATE))).to_be_visible()
    box.tap()
    expect(page.get_by_text(say("checklist_unticked", material=samples.CERTIFICATE))).to_be_visible()
    expect(box).not_to_be_checked()
    assert "还没拿到" in rasa.received[-1]["message"]


def test_a_tick_that_the_assistant_did_not_understand_is_taken_back(page: Page) -> None:
    send(page, "上户口")
    box = page.get_by_role("checkbox", name="个人照片")
    box.tap()
    expect(page.get_by_text(say("checklist_unknown"))).to_be_visible()
    expect(box).not_to_be_checked()


def test_after_an_answer_the_next_questions_are_one_tap_away(page: Page, rasa: FakeRasa) -> None:
    send(page, "上户口")
    page.locator("#chips").get_by_role("button", name="多少钱").tap()
    expect(replies(page)).to_have_count(3)
    assert rasa.received[-1]["message"] == "多少钱"


def test_markup_in_an_answer_is_shown_and_never_run(page: Page) -> None:
    send(page, "坏话")
    expect(replies(page)).to_have_count(3)
    page.locator("details.sources summary").tap()
    assert page.evaluate("window.hacked") is None
    assert page.locator("#log img, #log script, #log a[href^=javascript]").count() == 0
    assert (page.locator("#log").text_content() or "").count(EVIL) >= 8


def test_markup_in_what_is_typed_is_shown_and_never_run(page: Page) -> None:
    send(page, EVIL)
    expect(page.locator(".me")).to_contain_text(EVIL)
    assert page.evaluate("window.hacked") is None


def test_a_status_shows_every_item_with_state_and_date(page: Page) -> None:
    send(page, "办到哪了")
    reply = replies(page).nth(1)
    for shown in (
        "XSEC****0001",
        "出生登记",
        "公安",
        "办理中",
        "2026-11-18 起",
        "正在审核",
        "已受理",
        "已经超了 2 个工作日",
    ):
        expect(reply).to_contain_text(shown)


def test_without_custom_the_text_is_shown(page: Page) -> None:
    send(page, "没有custom")
    expect(replies(page).nth(1)).to_contain_text("只有文字")


def test_a_question_alone_is_shown_once_with_its_options(page: Page) -> None:
    send(page, "打分")
    reply = replies(page).nth(1)
    expect(reply.get_by_role("button")).to_have_count(5)
    assert (reply.text_content() or "").count(say("rate_ask")) == 1
    expect(reply).not_to_contain_text("整份文字")


def test_a_rasa_that_is_down_is_told_in_the_reviewed_sentence(page: Page, rasa: FakeRasa) -> None:
    rasa.broken = True
    send(page, "上户口")
    expect(replies(page).nth(1)).to_contain_text(say("unavailable"))


def test_a_message_that_did_not_go_out_is_kept_and_goes_out_once_with_the_same_id(page: Page, rasa: FakeRasa) -> None:
    ids = []

    def lose(route: Route) -> None:
        ids.append(json.loads(route.request.post_data or "")["message_id"])
        route.abort()

    page.route("**/chat/messages", lose)
    send(page, "上户口")
    expect(page.get_by_role("alert")).to_contain_text("没发出去")
    page.unroute("**/chat/messages")
    page.get_by_role("button", name="再发一次").tap()
    expect(replies(page)).to_have_count(2)
    expect(page.get_by_role("alert")).to_have_count(0)
    assert [got["message_id"] for got in rasa.received] == ids


def test_a_page_whose_cookie_is_gone_finds_its_way_back(page: Page, context: BrowserContext) -> None:
    context.clear_cookies()
    send(page, "上户口")
    expect(replies(page).nth(1)).to_contain_text("新生儿出生")


def test_who_comes_back_by_a_link_on_another_site_is_still_the_same_person(
    page: Page, site: str, rasa: FakeRasa
) -> None:
    send(page, "上户口")
    expect(replies(page)).to_have_count(2)
    with running(_link_to(site)) as elsewhere, page.context.new_page() as other:
        other.goto(elsewhere.replace("127.0.0.1", "localhost"))
        other.get_by_role("link").click()
        send(other, "上户口")
        expect(replies(other).nth(1)).to_contain_text("新生儿出生")
    assert len({got["sender"] for got in rasa.received}) == 1


def test_enter_that_picks_a_word_in_an_input_method_sends_nothing(page: Page, rasa: FakeRasa) -> None:
    page.get_by_role("textbox").fill("shang hu kou")
    page.get_by_role("textbox").evaluate(
        "box => box.dispatchEvent(new KeyboardEvent('keydown', {key: 'Enter', isComposing: true, bubbles: true}))"
    )
    expect(page.get_by_role("textbox")).to_have_value("shang hu kou")
    assert rasa.received == []


def test_a_long_text_is_counted_and_held_back_but_not_cut(page: Page, rasa: FakeRasa) -> None:
    send(page, "户" * 503)
    expect(page.get_by_text("超了 3 个字")).to_be_visible()
    expect(page.get_by_role("button", name="发送")).to_be_disabled()
    expect(page.get_by_role("textbox")).to_have_value("户" * 503)
    page.get_by_role("textbox").fill("户" * 490)
    expect(page.get_by_text("还能写 10 个字")).to_be_visible()
    assert rasa.received == []


def test_the_page_works_with_the_keyboard_alone(page: Page) -> None:
    page.get_by_role("textbox").focus()
    page.keyboard.type("上户口")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    box = page.get_by_role("checkbox", name=samples.CERTIFICATE)
    box.focus()
    page.keyboard.press("Space")
    expect(page.get_by_text(say("checklist_ticked", material=samples.CERTIFICATE))).to_be_visible()
    expect(box).to_be_checked()


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


def _link_to(site: str) -> web.Application:
    async def page(_request: web.Request) -> web.Response:
        return web.Response(text=f'<a href="{site}/">一件事</a>', content_type="text/html")

    app = web.Application()
    app.router.add_get("/", page)
    return app
