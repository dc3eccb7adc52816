"""What somebody does with the page in a browser, and what the assistant says to them there."""

from __future__ import annotations

import datetime as dt
import shutil
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, ViewportSize, expect

from knowledge.values.answer import Answer, CitedSource, OpenQuestion
from knowledge.values.ticket import TicketEvent, TicketView
from tests.fakes import sample_answers as samples
from tests.fakes.rasa_rest import Reply, reply_of, text_only
from tests.fakes.web_site import MARRIAGE, Site

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
NEEDED = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="no chromium here: apt-get install chromium"),
]
PHONE: ViewportSize = {"width": 390, "height": 844}
SMALL_PHONE: ViewportSize = {"width": 320, "height": 568}
LIST = "孩子上户口，给我列张清单"
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


def send(page: Page, text: str) -> None:
    page.locator("#text").fill(text)
    page.keyboard.press("Enter")


def replies(page: Page) -> Any:
    return page.locator("#log > article")


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
