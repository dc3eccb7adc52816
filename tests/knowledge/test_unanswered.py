"""Questions that nobody answered: which are kept, that they give nobody away, and how editors see them."""

from __future__ import annotations

import asyncio
import datetime as dt
import logging
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from actions.parse import utterance
from bot.door.door import Admitted, Door
from bot.door.limits import Limits
from knowledge import assistant, settings
from knowledge.conversation.context import Context, Pending
from knowledge.editing import drafts, guide_file, samples, unanswered
from knowledge.errors import NotOnFile, Refused
from knowledge.language import masks
from knowledge.search import reading
from knowledge.store import drafts as drafts_store
from knowledge.store import unanswered as store
from knowledge.store.engine import Engine
from knowledge.store.references import References
from knowledge.values.answer import Answer
from knowledge.values.editing import Unanswered
from knowledge.values.search import Pointer
from knowledge.values.utterance import Utterance
from tests.installation import copied
from tests.knowledge.test_publishing import LEAST, NOON

PASSPORT = "护照怎么办要多少钱"


class Person:
    """Somebody who talks to an assistant with a database of its own."""

    def __init__(self, data: Path) -> None:
        self.database = data / "yjs.db"
        self.here = assistant.build(settings.load({"YJS_DATA_DIR": str(data), "YJS_NOW": "2026-11-22T12:00:00"}))
        self.context = Context(greeted=True)

    def says(self, text: str, act: str = "ask", **heard: Any) -> Answer:
        turn = self.here.conversation.take(self.context, Utterance(text=text, act=act, **heard), holder="小李")
        self.context = turn.context
        return turn.answer

    def asks_about(self, matter: str, text: str, *aspects: Any, act: str = "ask") -> Answer:
        return self.says(text, act, matter=matter, matter_status="clear", aspects=aspects)

    def asks_in_vain(self, text: str) -> Answer:
        return self.says(text, "out_of_scope", aspects=("fee",))

    @property
    def kept(self) -> tuple[Unanswered, ...]:
        return store.since(self.here.engine)

    @property
    def texts(self) -> list[str]:
        return [one.text for one in self.kept]


@pytest.fixture
def person(tmp_path: Path, content: Engine) -> Person:
    copied(content, tmp_path / "yjs.db")
    return Person(tmp_path)


def published(person: Person, tmp_path: Path) -> None:
    """Publish a guide in which hardly anything stands."""
    file = tmp_path / "night_market.yml"
    file.write_text(LEAST, encoding="utf-8")
    drafts.publish_file(person.here.engine, file, by="小王", reviewed_by="老李", at=NOON)


# --- which are kept ---


def test_a_question_about_what_is_not_on_file_is_kept_with_aspects_and_place(person: Person) -> None:
    person.context = person.context.but(region="500000")
    assert person.asks_in_vain(PASSPORT).outcome == "out_of_scope"
    (kept,) = person.kept
    assert (kept.text, kept.aspects, kept.region, kept.at.date()) == (PASSPORT, ("fee",), "500000", dt.date(2026, 11, 22))


def test_every_one_of_several_questions_in_vain_is_kept_also_when_a_person_is_offered(person: Person) -> None:
    asked = [PASSPORT, "狗证在哪办", "驾照换证要几天"]
    assert [person.asks_in_vain(text).outcome for text in asked] == ["out_of_scope", "out_of_scope", "hand_off"]
    assert person.texts == asked


def test_a_question_that_names_no_matter_is_kept(person: Person) -> None:
    assert person.says("要交多少钱", aspects=("fee",)).outcome == "needs_detail"
    assert person.texts == ["要交多少钱"]


def test_a_question_of_which_nothing_is_on_file_is_kept(person: Person, tmp_path: Path) -> None:
    published(person, tmp_path)
    assert person.asks_about("night_market", "摆夜市要交多少钱", "fee").missing
    assert person.texts == ["摆夜市要交多少钱"]


def test_what_the_knowledge_base_alone_does_not_know_is_kept_too(person: Person) -> None:
    heard = reading.understand("我家狗证在哪办", person.here.catalogues.current().index)
    person.here.conversation.take(person.context, heard, holder="")
    assert person.texts == ["我家狗证在哪办"]


def test_what_was_answered_is_not_kept(person: Person, tmp_path: Path) -> None:
    published(person, tmp_path)
    assert person.asks_about("newborn", "孩子上户口要带啥", "materials").checklist
    assert person.asks_about("night_market", "摆夜市怎么办", "overview", act="ask").outcome == "answered"
    shares = {"newborn": 0.4, "restaurant": 0.3}
    assert person.says("换地址要哪些材料", matter_status="ambiguous", candidates=tuple(shares), shares=shares).outcome == "needs_choice"
    assert person.asks_about("newborn", "去哪办", "location").questions
    assert person.texts == []


def test_what_is_known_to_belong_elsewhere_is_not_kept(person: Person) -> None:
    matters = person.here.catalogues.current().matters.values()
    line = next(Pointer(matter.code, line.id) for matter in matters for guide in matter.guides for line in guide.elsewhere if not line.to)
    assert person.says("这个归谁管", "out_of_scope", aspects=("location",), elsewhere=line).elsewhere
    assert person.texts == []


@pytest.mark.parametrize(
    ("text", "act", "aspects"),
    [
        ("你好呀", "greet", ()),
        ("今天天气不错", "out_of_scope", ()),
        ("你个王八蛋，到底多少钱", "out_of_scope", ("fee",)),
        ("我要投诉", "complain", ()),
        ("不想活了，多少钱能死", "ask", ("fee",)),
        ("已经领证了", "inform", ()),
    ],
)
def test_small_talk_abuse_and_despair_are_not_kept(person: Person, text: str, act: str, aspects: tuple[Any, ...]) -> None:
    person.says(text, act, aspects=aspects)
    assert person.texts == []


@pytest.mark.parametrize("kind", ["application_no", "check"])
def test_nothing_is_kept_while_a_number_is_asked_for(person: Person, kind: Any) -> None:
    person.context = person.context.but(pending=Pending(kind=kind, key=kind))
    person.asks_in_vain("我的是四个八，多少钱")
    assert person.texts == []


def test_an_answer_to_our_question_is_not_kept(person: Person) -> None:
    person.says("换地址要哪些材料", matter_status="ambiguous", candidates=("newborn", "restaurant"))
    person.says("1", "out_of_scope", aspects=("fee",))
    assert person.texts == []


# --- nobody is given away ---


@pytest.mark.parametrize(
    "number",
    [
        "11010519491231002X",
        "110105 1949 1231 002X",
        "13812345678",
        "１３８１２３４５６７８",
        "138-1234-5678",
        "幺三八一二三四五六七八",
        "YJSDEMO-CY-0002",
        "0731-85123456",
        "6222021234567890123",
    ],
)
def test_no_number_that_comes_through_the_door_is_in_the_table(person: Person, number: str) -> None:
    door = Door(limits=Limits(burst=9, per_second=9), references=References(person.here.engine, b"a secret", lambda: NOON))
    admitted = asyncio.run(door.admit("小李", text=f"我是{number}，{PASSPORT}", at=0))
    assert isinstance(admitted, Admitted)
    parse = {"normalized": masks.read(admitted.text).clean, "intent": {"name": "out_of_scope"}, "aspects": [{"name": "fee"}]}
    person.here.conversation.take(person.context, utterance(parse), holder="小李")
    (text,) = person.texts
    assert text.endswith(PASSPORT) and "我是" in text
    assert not any(char.isdigit() for char in text) and number not in text and "#" not in text


def test_numbers_are_masked_where_there_is_no_door(person: Person) -> None:
    person.asks_in_vain(f"手机13812345678，{PASSPORT}")
    assert person.texts == [f"手机手机号,{PASSPORT}"]


def test_nothing_in_the_table_says_who_asked(person: Person) -> None:
    person.asks_in_vain(PASSPORT)
    with person.here.engine.connect() as connection:
        (row,) = connection.execute(sa.text("SELECT * FROM unanswered")).mappings()
    assert set(row) == {"pk", "at", "text", "aspects", "region", "vector", "encoder"} and "小李" not in str(dict(row))


def test_a_very_long_question_is_cut(person: Person) -> None:
    person.asks_in_vain("护照" * 400)
    assert len(person.texts[0]) == store.LONGEST


def test_a_turn_goes_on_where_nothing_can_be_kept_and_the_log_has_no_word_of_it(person: Person, caplog: pytest.LogCaptureFixture) -> None:
    with person.here.engine.begin() as connection:
        connection.execute(sa.text("DROP TABLE unanswered"))
    with caplog.at_level(logging.DEBUG):
        assert person.asks_in_vain(PASSPORT).outcome == "out_of_scope"
    assert "StoreUnavailable" in caplog.text and "护照" not in caplog.text


def test_after_ninety_days_a_question_is_forgotten(person: Person) -> None:
    for day in (dt.datetime(2026, 8, 23, 12), dt.datetime(2026, 8, 25, 12)):
        unanswered.keep(person.here.engine, f"{day.day}号护照", aspects=(), region=None, at=day)
    unanswered.forget(person.here.engine, at=NOON)
    assert person.texts == ["25号护照"]


def test_of_very_many_questions_only_the_newest_stay(person: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "MOST", 2)
    for text in ("狗证", "护照", "驾照"):
        person.asks_in_vain(text)
    unanswered.forget(person.here.engine, at=NOON)
    assert person.texts == ["护照", "驾照"]


# --- what editors see ---


def test_what_is_alike_is_one_group_the_biggest_first(person: Person) -> None:
    for text in ("狗证在哪办", PASSPORT, "办护照要多少钱", "护照办理费用多少"):
        person.asks_in_vain(text)
    passports, dogs = unanswered.groups(person.here.engine)
    assert (passports.count, passports.number, dogs.count, dogs.example) == (3, 2, 1, "狗证在哪办")
    assert "护照" in passports.example and passports.first == passports.last == dt.date(2026, 11, 22)
    assert unanswered.groups(person.here.engine) == (passports, dogs)


def test_a_group_is_found_by_any_of_its_questions_and_removed_whole(person: Person) -> None:
    for text in (PASSPORT, "狗证在哪办", "办护照要多少钱"):
        person.asks_in_vain(text)
    group = unanswered.group(person.here.engine, 3)
    assert group.numbers == (1, 3)
    unanswered.clear(person.here.engine, group)
    assert person.texts == ["狗证在哪办"]
    with pytest.raises(NotOnFile, match="没有第 3 组"):
        unanswered.group(person.here.engine, 3)


def test_only_what_was_asked_since_then_is_counted(person: Person) -> None:
    unanswered.keep(person.here.engine, PASSPORT, aspects=(), region=None, at=NOON - dt.timedelta(days=9))
    person.asks_in_vain(PASSPORT)
    (recent,) = unanswered.groups(person.here.engine, since=NOON - dt.timedelta(days=7))
    (all_of_it,) = unanswered.groups(person.here.engine)
    assert (recent.count, all_of_it.count) == (1, 2)


def test_vectors_of_another_encoder_are_made_anew(person: Person) -> None:
    person.asks_in_vain(PASSPORT)
    store.encode(person.here.engine, {1: b"\0" * 8}, encoder="an older one")
    assert unanswered.groups(person.here.engine)[0].count == 1
    assert person.kept[0].encoder != "an older one" and len(person.kept[0].vector or b"") > 8


def test_the_nearest_matter_is_named_with_the_wording_that_spoke_for_it(person: Person) -> None:
    near = unanswered.nearest("刚生的娃上户口", person.here.catalogues.current().index)
    assert near is not None and near.code == "newborn" and near.phrase


# --- one more sample question ---


def added(person: Person, text: str, code: str = "newborn", author: str = "小王") -> int:
    matters = person.here.catalogues.current().matters
    return samples.add(person.here.engine, matters, code, text=text, author=author, why="没听懂", at=NOON)


def test_two_sentences_in_a_row_are_both_in_the_draft(person: Person) -> None:
    added(person, "给娃儿办个落户")
    draft = drafts_store.get(person.here.engine, added(person, "崽崽咋个报户口"))
    assert draft.matter.questions[-2:] == ("给娃儿办个落户", "崽崽咋个报户口") and draft.state == "submitted"
    assert [one.number for one in drafts_store.waiting(person.here.engine)] == [draft.number]


@pytest.mark.parametrize("text", ["新生儿出生", " 小孩落地以后各种证想一趟弄完，有没有这种好事 "])
def test_a_sentence_that_is_there_already_is_refused_wherever_it_stands(person: Person, text: str) -> None:
    with pytest.raises(Refused, match="已经写在“新生儿出生”里"):
        added(person, text, code="restaurant")


def test_a_sentence_in_the_author_s_own_draft_is_refused_a_second_time(person: Person) -> None:
    added(person, "给娃儿办个落户")
    with pytest.raises(Refused, match="已经写在"):
        added(person, "给娃儿办个落户")


def test_a_sentence_with_a_number_in_it_is_refused(person: Person) -> None:
    with pytest.raises(Refused, match="号码"):
        added(person, "我手机13812345678，给娃儿落户")


def test_a_sentence_is_not_added_to_a_draft_that_has_been_overtaken(person: Person, tmp_path: Path) -> None:
    published(person, tmp_path)
    number = _added_later(person, "夜里出摊")
    drafts.review(person.here.engine, number, by="老李", accept=True, remark=None, at=NOON)
    file = tmp_path / "night_market.yml"
    file.write_text(LEAST.replace("一次把", "一趟把"), encoding="utf-8")
    drafts.publish_file(person.here.engine, file, by="陈姐", reviewed_by="老李", at=NOON)
    with pytest.raises(Refused, match="照旧版改的"):
        _added_later(person, "晚上摆摊卖烤肠")


def _added_later(person: Person, text: str) -> int:
    """Add to what a new process sees: the running one looks at the database once a second."""
    here = assistant.build(person.here.settings)
    return samples.add(here.engine, here.catalogues.current().matters, "night_market", text=text, author="小王", why="试", at=NOON)


def test_the_guide_in_a_file_is_what_a_sample_is_added_to(person: Person, tmp_path: Path) -> None:
    published(person, tmp_path)
    draft = drafts_store.get(person.here.engine, _added_later(person, "夜里出摊"))
    before = guide_file.read(tmp_path / "night_market.yml")
    assert draft.matter.questions == (*before.questions, "夜里出摊") and draft.matter.guides == before.guides
