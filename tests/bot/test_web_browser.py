"""A conversation on the citizen's page in a real browser, on a phone's screen, in front of a stand-in for Rasa."""

from __future__ import annotations

import json
from pathlib import Path

from aiohttp import web
from playwright.sync_api import BrowserContext, Page, Route, expect

from knowledge.wording import say
from tests.fakes import browser
from tests.fakes import sample_answers as samples
from tests.fakes.browser import EVIL, kept_box, replies, send
from tests.fakes.rasa_rest import FakeRasa, running
from tests.fakes.web_site import MARRIAGE

pytest_plugins = ["tests.fakes.browser_pages"]
pytestmark = browser.NEEDED


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


def test_the_first_answer_is_there_within_a_second(page: Page) -> None:
    page.reload()
    painted = page.evaluate("performance.getEntriesByName('first-contentful-paint')[0].startTime")
    page.evaluate("window.began = performance.now()")
    kept_box(page)
    assert painted + page.evaluate("performance.now() - window.began") < 1000


def _link_to(site: str) -> web.Application:
    async def page(_request: web.Request) -> web.Response:
        return web.Response(text=f'<a href="{site}/">一件事</a>', content_type="text/html")

    app = web.Application()
    app.router.add_get("/", page)
    return app
