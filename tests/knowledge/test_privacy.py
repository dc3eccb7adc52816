"""What is kept of people: told on one page, handed out, deleted everywhere, and let go when its time is over."""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from knowledge import clock
from knowledge.errors import SettingError
from knowledge.privacy.retention import retain
from knowledge.privacy.told import told
from knowledge.settings import Retention, load
from knowledge.store import conversations, tables, tables_of_people, taken_updates
from knowledge.store.addresses import Addresses
from knowledge.store.engine import Engine
from knowledge.store.tickets import TicketStore
from knowledge.wording import page, phrase
from tests.talking import House, Person

PHONE, ID_CARD, NUMBER, CHECK = "13812345678", "11010519491231002X", "YJSDEMO-NB-0001", "1024"
# What belongs to people besides what `tables_of_people` holds.
ALSO = {"reference", "conversation", "unanswered", "correction"}
AS_IT_IS = Retention()
NAMES_NOBODY = {"attempt", "taken_update", "unanswered", "correction"}


@pytest.fixture(scope="module")
def house(content: Engine, tmp_path_factory: pytest.TempPathFactory) -> House:
    return House.built(content, tmp_path_factory.mktemp("house"))


@pytest.fixture
def person(house: House) -> Person:
    return house.person()


def people_s_tables() -> dict[str, sa.Table]:
    mine = {name: table for name, table in vars(tables_of_people).items() if isinstance(table, sa.Table)}
    return {**mine, **{name: tables.metadata.tables[name] for name in ALSO}}


def busy(person: Person) -> None:
    """Leave something in every table."""
    here = person.house.here
    now = clock.now(here.settings)
    person.says("我们领证了，孩子上户口要带啥", "ask", "newborn", aspects=("materials",))
    person.says("结婚证拿到了", "checklist")
    here.checklists.share(person.holder, "newborn", role="reader")
    person.says("三个工作日后提醒我", "checklist")
    person.says("非常不满意", "rate")
    person.says("跑了三趟都没办成", "complain")
    person.says("登记", "affirm")
    person.says("手机号", "inform", check=person.sealed(PHONE), masked=("phone",))
    person.says("查进度", "check_status", application_no=person.sealed(NUMBER), check=person.sealed("9999"))
    here.tickets.answer(here.tickets.of(person.holder)[0].number, by="小王", state="handling", text="在看")
    Addresses(here.engine, here.settings.secret()).put(person.holder, channel="telegram", address="778899", at=now)
    events = [{"event": "slot", "name": "context", "value": {"matter": "newborn"}}, {"event": "user", "text": "孩子上户口", "intent": "ask", "timestamp": 1.0}]
    conversations.write(here.engine, {person.holder: json.dumps(events, ensure_ascii=False)}, at=now)
    taken_updates.put(here.engine, "telegram", person.holder[:8], at=now)


def left_of(person: Person) -> dict[str, int]:
    """Return how many rows name the person, by table."""
    found = {}
    with person.house.here.engine.connect() as connection:
        for name, table in people_s_tables().items():
            rows = connection.execute(sa.select(table)).all()
            found[name] = sum(person.holder in map(str, row) for row in rows)
    return {name: count for name, count in found.items() if count}


def test_the_page_tells_of_every_table_that_belongs_to_people() -> None:
    named = {table for entry in page("privacy")["kept"] for table in entry["tables"]}
    assert named == set(people_s_tables())


def test_the_page_says_how_long_by_the_settings_of_this_installation() -> None:
    text = json.dumps(told(Retention(lists=7, conversations=8, tickets=9, ratings=11)), ensure_ascii=False)
    assert all(f"{days} 天" in text for days in (7, 8, 9, 11)) and "{lists" not in text and "tables" not in text


@pytest.mark.parametrize("given", ["0", "-1", "ewig", "99999"])
def test_a_retention_that_cannot_be_is_refused_by_name(given: str) -> None:
    with pytest.raises(SettingError, match="YJS_KEEP_LISTS_DAYS"):
        load({"YJS_KEEP_LISTS_DAYS": given})


def test_who_asks_to_be_forgotten_is_asked_once_and_then_nothing_is_left_anywhere(house: House, person: Person) -> None:
    other = house.person()
    busy(other)
    busy(person)
    before = left_of(person)
    assert set(before) == set(people_s_tables()) - NAMES_NOBODY - {"checklist", "checklist_tick", "share", "ticket_event"}
    question = person.says("删除我的数据", "out_of_scope").questions[0]
    assert question.options == ("删掉", "不删") and "找不回来" in question.text
    answer = person.says("删掉", "affirm")
    assert answer.said == (phrase("privacy", "deleted"),) and answer.notices == ()
    assert left_of(person) == {} and set(left_of(other)) == set(before)


def test_with_an_owner_s_list_goes_everything_of_it_for_everybody(house: House) -> None:
    owner, reader = house.person(), house.person()
    owner.says("孩子上户口", "ask", "newborn", aspects=("materials",))
    share = house.here.checklists.share(owner.holder, "newborn", role="companion")
    assert share is not None and house.here.checklists.join(reader.holder, share.code)
    house.here.privacy.forget(reader.holder)
    assert house.here.checklists.open(owner.holder, "newborn")
    house.here.checklists.join(reader.holder, share.code)
    house.here.privacy.forget(owner.holder)
    assert house.here.checklists.of(reader.holder) == () and house.here.checklists.read(share.code, visitor="x") is None


@pytest.mark.parametrize(("text", "act"), [("不删", "deny"), ("算了", "deny"), ("孩子上户口多少钱", "ask")])
def test_nothing_is_deleted_without_a_yes(person: Person, text: str, act: str) -> None:
    person.says("孩子上户口", "ask", "newborn", aspects=("materials",))
    person.says("忘记我", "out_of_scope")
    person.says(text, act)
    person.says("好的", "affirm")
    assert person.house.here.checklists.of(person.holder)


@pytest.mark.parametrize("text", ["删除我的数据", "把我的数据删了", "忘记我", "清空我的聊天记录", "删掉我的所有信息", "我的资料全删掉"])
def test_the_wish_to_be_forgotten_is_understood(person: Person, text: str) -> None:
    assert person.says(text, "out_of_scope").questions[0].key == "forget"


def test_a_wish_that_sounds_like_a_matter_s_business_turns_to_no_matter(person: Person) -> None:
    person.says("删除我的数据", "ask", "credit_repair")
    person.says("不删", "deny")
    assert person.context.matter is None


@pytest.mark.parametrize("text", ["公司信息怎么变更", "我忘记我的社保卡密码了", "企业数据填报要啥", "注销我的公司", "删除失信记录怎么办"])
def test_other_business_is_not_taken_for_it(person: Person, text: str) -> None:
    assert all(question.key != "forget" for question in person.says(text, "ask").questions)


def test_after_being_forgotten_a_conversation_begins_as_with_a_stranger(person: Person) -> None:
    person.says("孩子上户口", "ask", "newborn", aspects=("materials",))
    person.says("忘记我", "out_of_scope")
    person.says("删掉", "affirm")
    assert person.context.forgotten and person.context.matter is None
    answer = person.says("你好", "greet")
    assert answer.notices and not person.context.forgotten


def test_what_is_kept_is_told_and_handed_out_under_chinese_headings(person: Person) -> None:
    assert "没有存" in person.says("你们存了我什么", "out_of_scope").said[0]
    busy(person)
    answer = person.says("我的数据", "out_of_scope")
    assert any("新生儿出生" in sentence for sentence in answer.said) and any("GD261120" in sentence for sentence in answer.said)
    kept: dict[str, Any] = json.loads(json.dumps(person.house.here.privacy.export(person.holder), ensure_ascii=False))
    assert (kept["清单"][0]["一件事"], kept["清单"][0]["打了勾的"]) == ("新生儿出生", ["marriage_certificate"])
    assert (kept["工单"][0]["回电"], kept["工单"][0]["回音"][0]["说了什么"]) == (PHONE, "在看")
    assert kept["评价"][0]["评价"] == "非常不满意" and kept["提醒"][0]["什么时候"].startswith("2026-11-25T09")
    assert kept["聊天记录"]["最近说过的"] == ["孩子上户口"] and kept["能在哪里找到您"] == "telegram"


def test_of_somebody_else_nothing_is_handed_out(house: House) -> None:
    busy(house.person())
    kept = house.here.privacy.export(house.person().holder)
    assert not any(kept[key] for key in ("清单", "提醒", "工单", "评价"))


def test_that_a_number_was_masked_is_told_once_a_conversation(person: Person) -> None:
    first = person.says("我的身份证号是身份证号", "inform", check=person.sealed(ID_CARD), masked=("id_card",))
    assert first.notices == (phrase("privacy", "masked", kinds="身份证号"),)
    assert person.says("手机号", "inform", check=person.sealed(PHONE), masked=("phone",)).notices == ()


def test_after_everything_was_used_no_number_lies_in_the_database_in_clear(house: House, person: Person) -> None:
    busy(person)
    person.says("我的身份证是身份证号", "inform", check=person.sealed(ID_CARD), masked=("id_card",))
    stored = house.file
    assert [secret for secret in (PHONE, ID_CARD, "778899") if secret.encode() in stored] == []


# --- when its time is over ---


@pytest.fixture
def old(content: Engine, tmp_path: Path) -> Person:
    person = House.built(content, tmp_path).person()
    busy(person)
    return person


def kept_after(person: Person, *, days: int, keep: Retention = AS_IT_IS) -> set[str]:
    here = person.house.here
    now = clock.now(here.settings) + dt.timedelta(days=days, hours=1)
    retain(here.engine, secret=here.settings.secret(), keep=keep, now=now)
    return set(left_of(person))


def test_everything_goes_when_its_time_is_over_and_not_before(old: Person) -> None:
    assert "reference" not in kept_after(old, days=1)
    assert {"conversation", "checklist_member", "ticket", "rating", "address", "reminder"} <= kept_after(old, days=4)
    assert kept_after(old, days=31) == {"checklist_member", "ticket", "rating", "address"}
    assert kept_after(old, days=181) == {"ticket", "rating", "address"}
    assert kept_after(old, days=366) == set()
    with old.house.here.engine.connect() as connection:
        left = {name for name, table in people_s_tables().items() if connection.execute(sa.select(table)).first()}
    assert left <= {"correction"}


def test_the_settings_say_how_long(old: Person) -> None:
    assert "checklist_member" not in kept_after(old, days=8, keep=dataclasses.replace(AS_IT_IS, lists=7))


def test_an_address_that_nothing_needs_any_more_goes_within_a_day(old: Person) -> None:
    here = old.house.here
    TicketStore(here.engine, here.settings.secret()).forget(old.holder)
    here.reminders.cancel(old.holder)
    assert "address" in kept_after(old, days=2)
    here.checklists.drop(old.holder, "newborn")
    assert "address" not in kept_after(old, days=2)
