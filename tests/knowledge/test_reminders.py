"""Reminders: only when asked for, on working days where those are meant, never at night, honest about where they come."""

from __future__ import annotations

import datetime as dt
from typing import Optional

import pytest

from knowledge import clock
from knowledge.reminders import when
from knowledge.store.addresses import Addresses
from knowledge.store.engine import Engine
from tests.talking import DROPPED, House, Person, published_otherwise

FRIDAY = dt.datetime(2026, 11, 20, 10, tzinfo=clock.SHANGHAI)


@pytest.fixture(scope="module")
def house(content: Engine, tmp_path_factory: pytest.TempPathFactory) -> House:
    return House.built(content, tmp_path_factory.mktemp("house"))


@pytest.fixture
def person(house: House) -> Person:
    return house.person()


def asked(person: Person) -> None:
    person.says("我们领证了，孩子上户口要带啥", "ask", "newborn", aspects=("materials",))


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("提醒我周五", "2026-11-27 09:00"),
        ("提醒我周六", "2026-11-21 09:00"),
        ("提醒我下周五", "2026-11-27 09:00"),
        ("三个工作日后提醒我", "2026-11-25 09:00"),
        ("5个工作日以后提醒我", "2026-11-27 09:00"),
        ("十五天后提醒我", "2026-12-05 09:00"),
        ("过三天提醒我", "2026-11-23 09:00"),
        ("两周后提醒我", "2026-12-04 09:00"),
        ("半个月后提醒我", "2026-12-05 09:00"),
        ("明天上午提醒我", "2026-11-21 09:00"),
        ("明天下午三点提醒我", "2026-11-21 15:00"),
        ("后天晚上提醒我", "2026-11-22 19:00"),
        ("明天晚上10点提醒我", "2026-11-22 09:00"),
        ("明天早上七点提醒我", "2026-11-21 09:00"),
        ("12月1号提醒我", "2026-12-01 09:00"),
        ("今天下午提醒我", "2026-11-20 15:00"),
        ("昨天提醒我", None),
        ("今天上午提醒我", None),
        ("提醒我", None),
    ],
)
def test_the_day_that_was_said_is_meant(text: str, moment: Optional[str]) -> None:
    found = when.asked(text, now=FRIDAY)
    assert (f"{found:%Y-%m-%d %H:%M}" if found else None) == moment


@pytest.mark.parametrize(("hour", "loud"), [(7, "20 09"), (8, "20 08"), (20, "20 20"), (21, "21 09"), (23, "21 09"), (0, "20 09")])
def test_the_quiet_hours_are_moved_to_the_next_nine_o_clock(hour: int, loud: str) -> None:
    assert f"{when.loud(FRIDAY.replace(hour=hour)):%d %H}" == loud


def test_who_asks_is_reminded_of_the_matter_in_hand_and_told_where_it_will_come(person: Person) -> None:
    asked(person)
    answer = person.says("三个工作日后提醒我", "checklist")
    assert "11 月 25 日" in answer.said[0] and "新生儿出生" in answer.said[0] and "打开这里才看得到" in answer.said[1]
    (reminder,) = person.house.here.reminders.of(person.holder)
    assert (reminder.matter, f"{reminder.due_at:%m-%d %H}") == ("newborn", "11-25 09")


def test_who_asks_for_the_night_is_told_why_it_is_the_morning(person: Person) -> None:
    asked(person)
    answer = person.says("明天晚上十点提醒我", "checklist")
    assert "11 月 22 日 9 点" in answer.said[0] and "不打扰" in answer.said[1]


def test_who_is_on_telegram_is_told_that_it_comes_there(person: Person) -> None:
    here = person.house.here
    Addresses(here.engine, here.settings.secret()).put(person.holder, channel="telegram", address="42", at=FRIDAY)
    asked(person)
    assert "Telegram" in person.says("明天提醒我", "checklist").said[1]


def test_without_a_day_it_asks_for_one_and_takes_the_answer(person: Person) -> None:
    asked(person)
    question = person.says("到时候提醒我", "ask").questions[0]
    assert question.options == ("明天上午", "三个工作日后", "下周一")
    assert "11 月 25 日" in person.says("2", "inform").said[0]
    person.says("提醒我", "ask")
    assert "11 月 24 日" in person.says("下周二吧", "inform").said[0]


def test_without_a_matter_it_asks_which_and_with_a_list_it_takes_the_last_one(house: House, person: Person) -> None:
    assert "哪一件事" in person.says("明天提醒我", "ask").said[0]
    asked(person)
    person.context = person.context.but(matter=None)
    assert "新生儿出生" in person.says("明天提醒我", "ask").said[0]


@pytest.mark.parametrize("text", ["办好了会短信提醒我吗", "你会不会提醒我", "到期有提醒吗", "到期能不能提醒我"])
def test_whether_there_are_reminders_is_a_question_and_no_wish(person: Person, text: str) -> None:
    asked(person)
    assert all(question.key != "reminder" for question in person.says(text, "ask").questions)
    assert person.house.here.reminders.of(person.holder) == ()


def test_a_polite_question_with_a_day_in_it_is_a_wish(person: Person) -> None:
    asked(person)
    assert "11 月 27 日" in person.says("下周五能提醒我一下吗", "ask").said[0]


def test_the_same_wish_twice_is_one_reminder_and_it_can_be_taken_back(person: Person) -> None:
    asked(person)
    for _ in range(2):
        person.says("明天提醒我", "checklist")
    assert len(person.house.here.reminders.of(person.holder)) == 1
    assert "11 月 21 日" in "".join(person.says("我的提醒", "checklist").said)
    assert "取消" in person.says("取消提醒", "checklist").said[0]
    assert person.house.here.reminders.of(person.holder) == ()
    assert "没有" in person.says("取消提醒", "checklist").said[0]


def test_what_is_due_says_what_is_still_missing_and_is_told_once(person: Person) -> None:
    asked(person)
    person.says("明天提醒我", "checklist")
    person.at("2026-11-21T09:30:00")
    reminders = person.house.here.reminders
    mine = [due for due in reminders.due(clock.now(person.house.settings)) if due.holder == person.holder]
    assert len(mine) == 1 and "新生儿出生" in mine[0].text and "还差" in mine[0].text
    reminders.told(mine[0].reminder)
    assert not [due for due in reminders.due(clock.now(person.house.settings)) if due.holder == person.holder]


def test_a_reminder_leaves_a_published_change_to_be_told(person: Person) -> None:
    asked(person)
    person.says("明天提醒我", "checklist")
    published_otherwise(person.house.here.engine, person.holder)
    person.at("2026-11-21T09:30:00")
    assert any("还差" in notice for notice in person.says("你好", "greet").notices)
    assert any(DROPPED in sentence for sentence in person.says("我还差什么", "checklist").said)


def test_nobody_is_written_to_at_night_but_who_is_there_is_told(person: Person) -> None:
    asked(person)
    person.says("明天提醒我", "checklist")
    person.at("2026-11-21T22:30:00")
    assert not [due for due in person.house.here.reminders.due(clock.now(person.house.settings)) if due.holder == person.holder]
    assert any("新生儿出生" in notice for notice in person.says("你好", "greet").notices)
    assert person.says("你好", "greet").notices == ()
