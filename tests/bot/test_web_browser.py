"""The citizen's page in a real browser, on phone screens, in front of a stand-in for Rasa."""

from __future__ import annotations

import datetime as dt
import json
import shutil
from pathlib import Path
from typing import Any, Iterator

import pytest
from aiohttp import web
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Locator, Page, Route, ViewportSize, expect, sync_playwright

from knowledge.store.engine import Engine
from knowledge.values.answer import Answer, CitedSource, OpenQuestion
from knowledge.values.ticket import TicketEvent, TicketView
from knowledge.wording import page as wording
from knowledge.wording import say
from tests.fakes import sample_answers as samples
from tests.fakes.rasa_rest import FakeRasa, Reply, reply_of, running, text_only
from tests.fakes.web_site import MARRIAGE, Site, serving

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="no chromium here: apt-get install chromium"),
]
PHONE: ViewportSize = {"width": 390, "height": 844}
SMALL_PHONE: ViewportSize = {"width": 320, "height": 568}
LIST = "孩子上户口，给我列张清单"
# Links inside a sentence may be as small as its text (WCAG 2.5.8).
TOO_SMALL = """[...document.querySelectorAll('button, summary, label, input:not([type=checkbox]), nav a, header a, .tools a, .after a, .rows a')]
  .map(one => [one.textContent.trim(), one.getBoundingClientRect()])
  .filter(([text, box]) => box.width > 1 && box.height < 44).map(([text, box]) => text + ' ' + box.height)"""
EVIL = "<img src=x onerror='window.hacked=1'><script>window.hacked=1</script>"


def script(text: str, site: Site) -> list[Reply]:
    """Return what the assistant says to `text` in these tests."""
    of_their_own = {LIST: Site.kept_answer, "我的清单": all_lists, "换个手机接着办": shared}
    if text in of_their_own:
        return [of_their_own[text](site)]
    return {
        samples.MARRIED: [reply_of(samples.talk("好的，已领结婚证。"))],
        "办到哪了": [reply_of(samples.status())],
        "工单进度": [reply_of(ticket())],
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


def ticket() -> Reply:
    """Return how far a ticket has got."""
    events = (
        TicketEvent(on=dt.date(2026, 11, 23), state="received", text="收到了"),
        TicketEvent(on=dt.date(2026, 11, 24), state="handling", text="已经转给窗口"),
    )
    view = TicketView(
        number="G20261123-0001",
        kind="stuck",
        state="handling",
        state_name="处理中",
        opened_on=dt.date(2026, 11, 23),
        promised_by=dt.date(2026, 11, 26),
        matter="newborn",
        region="430000",
        events=events,
    )
    return Answer(type="ticket", outcome="answered", ticket=view).to_dict()


def shared(site: Site) -> Reply:
    """Return a code for the list of whoever wrote last."""
    share = site.assistant.checklists.share(site.rasa.received[-1]["sender"], "newborn", role="companion")
    return reply_of(Answer(type="checklist", outcome="answered", said=("好的。",), share=share).to_dict())


def all_lists(site: Site) -> Reply:
    """Return the lists of whoever wrote last."""
    lists = site.assistant.checklists.of(site.rasa.received[-1]["sender"])
    return reply_of(Answer(type="checklist", outcome="answered", said=("您有 1 张清单：",), lists=lists).to_dict())


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("web")


@pytest.fixture(scope="module")
def served(folder: Path, content: Engine) -> Iterator[Site]:
    rasa = FakeRasa(lambda _text: [])
    with serving(rasa, folder, published=content) as served:
        rasa.script = lambda text: script(text, served)
        yield served


@pytest.fixture
def rasa(served: Site) -> FakeRasa:
    served.rasa.broken = False
    served.rasa.received.clear()
    return served.rasa


@pytest.fixture
def site(served: Site, rasa: FakeRasa) -> str:
    return served.url


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
    page.locator("#text").fill(text)
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


def test_a_status_is_a_time_line_by_department_with_the_days_that_are_left(page: Page) -> None:
    send(page, "办到哪了")
    reply = replies(page).nth(1)
    for shown in ("XSEC****0001", "公安：出生登记", "办理中", "11 月 18 日", "正在审核", "已受理", "已经超了 2 个工作日"):
        expect(reply).to_contain_text(shown)
    expect(reply.get_by_role("progressbar", name="10 个工作日里用了 4 个")).to_be_visible()
    expect(reply.get_by_role("list", name="公安：出生登记的经过").locator("li")).to_have_count(2)


def test_a_ticket_shows_its_number_its_promise_and_what_was_done(page: Page) -> None:
    send(page, "工单进度")
    reply = replies(page).nth(1)
    for shown in ("工单 G20261123-0001", "处理中", "11 月 26 日 之前答复您", "11 月 23 日", "已经转给窗口"):
        expect(reply).to_contain_text(shown)


def test_a_rating_is_offered_once_a_matter_and_is_answered_by_a_button(page: Page, rasa: FakeRasa) -> None:
    rate = page.locator("#chips").get_by_role("button", name="评价一下")
    send(page, "上户口")
    expect(rate).to_be_visible()
    send(page, "上户口")
    expect(replies(page)).to_have_count(3)
    expect(rate).to_have_count(0)
    send(page, "打分")
    replies(page).nth(3).get_by_role("button", name="不满意", exact=True).tap()
    expect(page.locator(".me")).to_have_count(4)
    assert rasa.received[-1]["message"] == "不满意"


def test_without_custom_the_text_is_shown(page: Page) -> None:
    send(page, "没有custom")
    expect(replies(page).nth(1)).to_contain_text("只有文字")


def test_a_question_alone_is_shown_once_with_its_options(page: Page) -> None:
    send(page, "打分")
    reply = replies(page).nth(1)
    expect(reply.get_by_role("button")).to_have_count(5)
    assert (reply.text_content() or "").count(say("rate_ask")) == 1
    expect(reply).not_to_contain_text("整份文字")


def test_while_rasa_is_down_an_answer_comes_from_the_knowledge_base_and_lists_go_on(page: Page, rasa: FakeRasa) -> None:
    box = kept_box(page)
    rasa.broken = True
    send(page, "孩子刚出生，上户口要带什么")
    # The first search of a process opens the vectors of all phrases.
    expect(replies(page).nth(2)).to_contain_text(say("degraded_notice"), timeout=20_000)
    expect(replies(page).nth(2)).to_contain_text("新生儿出生")
    box.tap()
    expect(page.locator(".ticking").first).to_contain_text(MARRIAGE)


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


def test_the_first_answer_is_there_within_a_second(page: Page) -> None:
    page.reload()
    painted = page.evaluate("performance.getEntriesByName('first-contentful-paint')[0].startTime")
    page.evaluate("window.began = performance.now()")
    kept_box(page)
    assert painted + page.evaluate("performance.now() - window.began") < 1000


def kept_box(page: Page) -> Locator:
    """Ask for a list that is kept, and return one of its boxes."""
    send(page, LIST)
    box = page.locator("#log").get_by_role("checkbox", name=MARRIAGE).first
    expect(box).to_be_visible()
    return box


def opened(page: Page) -> None:
    """Open the person's list in the panel."""
    kept_box(page)
    page.goto(f"{page.url.partition('#')[0]}#lists/newborn")
    expect(page.locator("#lists").get_by_role("checkbox", name=MARRIAGE)).to_be_visible()


def shared_code(page: Page) -> str:
    """Share the person's list and return the code."""
    opened(page)
    page.get_by_role("button", name="发给家人看").tap()
    return page.locator(".code").inner_text()


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


def _link_to(site: str) -> web.Application:
    async def page(_request: web.Request) -> web.Response:
        return web.Response(text=f'<a href="{site}/">一件事</a>', content_type="text/html")

    app = web.Application()
    app.router.add_get("/", page)
    return app
