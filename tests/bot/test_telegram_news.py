"""What people on Telegram are told without being asked: once, in the day, whatever goes wrong."""

from __future__ import annotations

import datetime as dt
import time

import pytest

from bot.channels.telegram import process
from bot.channels.telegram.news import Bulletin
from bot.channels.telegram.people import People
from bot.channels.telegram.sending import Sending
from knowledge.editing import publishing
from knowledge.settings import ROOT
from knowledge.wording import say
from tests.fakes.telegram_chats import Trouble
from tests.fakes.telegram_process import MATTER, MATTER_NAME, PAPER, QUICK, World, serving

pytest_plugins = ["tests.fakes.telegram_worlds"]

NOON = dt.datetime(2026, 11, 23, 12, 0, tzinfo=dt.timezone(dt.timedelta(hours=8)))


async def tell(world: World, at: dt.datetime) -> None:
    async with process.make_bot(world.here.settings, QUICK) as bot:
        people = People(world.here, secret=world.here.settings.secret())
        await Bulletin(world.here, people=people, sending=Sending(bot)).tell(at)


async def test_a_reminder_is_told_once_with_a_button_that_opens_the_list(world: World, chat: int) -> None:
    world.with_address(chat)
    world.here.reminders.add(world.holder(chat), MATTER, on=NOON.date())
    for _ in range(2):
        await tell(world, NOON)
    (told,) = [text for text in world.api.texts(chat) if MATTER_NAME in text]
    assert "3" in told or PAPER in told
    world.api.press(say("telegram_open"), chat=chat)
    assert f"【{MATTER_NAME}】清单" in world.answered(chat, times=3)[-1]


async def test_nobody_is_told_anything_at_night(world: World, chat: int) -> None:
    world.with_address(chat)
    world.here.reminders.add(world.holder(chat), MATTER, on=NOON.date() - dt.timedelta(days=1))
    answered_ticket(world, chat)
    before = len(world.api.texts(chat))
    for hour in (22, 3, 7):
        await tell(world, NOON.replace(hour=hour))
    assert len(world.api.texts(chat)) == before
    await tell(world, NOON.replace(hour=8))
    assert len(world.api.texts(chat)) == before + 2


@pytest.mark.parametrize("trouble", ["hang_after", "drop_after"])
async def test_a_reminder_that_may_have_arrived_is_not_told_twice(world: World, chat: int, trouble: Trouble) -> None:
    world.with_address(chat)
    world.here.reminders.add(world.holder(chat), MATTER, on=NOON.date())
    world.quiet()
    before = len(world.api.texts(chat))
    world.api.fail("sendMessage", trouble, chat=chat)
    for _ in range(2):
        await tell(world, NOON)
    assert len(world.api.texts(chat)) == before + 1


async def test_a_published_change_is_told_once_to_whose_list_it_touches(alone: World) -> None:
    with serving(alone.here.settings):
        alone.with_address(1)
    before = "    material: business_licence\n    kind: "
    guide = (ROOT / f"knowledge/content/{MATTER}.yml").read_text(encoding="utf-8")
    changed = alone.data / f"{MATTER}.yml"
    changed.write_text(guide.replace(f"{before}original", f"{before}both"), encoding="utf-8")
    publishing.load(alone.here.engine, at=NOON, paths=[changed])
    shown = len(alone.api.texts())
    time.sleep(1.1)
    for _ in range(2):
        await tell(alone, NOON)
    (told,) = alone.api.texts()[shown:]
    assert say("list_news", matter=MATTER_NAME) in told and "营业执照" in told


async def test_what_staff_wrote_to_a_ticket_is_told_once(world: World, chat: int) -> None:
    world.with_address(chat)
    answered_ticket(world, chat)
    for _ in range(2):
        await tell(world, NOON)
    assert len([text for text in world.api.texts(chat) if "窗口已经改正" in text]) == 1


def answered_ticket(world: World, chat: int) -> None:
    ticket = world.here.tickets.open(
        world.holder(chat), kind="stuck", matter=MATTER, region=None, situation={}, told="跑了三趟", contact=None
    )
    world.here.tickets.answer(ticket.number, by="li", text="窗口已经改正", state="answered")
