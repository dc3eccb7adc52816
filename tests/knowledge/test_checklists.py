"""A person's lists: kept by themselves, ticked, shared by a code, ended, and compared with what is published."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Mapping, Optional

import pytest

from knowledge.checklists import codes
from knowledge.checklists.service import Checklists
from knowledge.checklists.sharing import MOST_BY_ONE
from knowledge.guidance.catalogue import CatalogueSource
from knowledge.guidance.service import GuidanceService
from knowledge.store import checklists as store
from knowledge.store.engine import Engine
from knowledge.values.answer import Answer, Question
from knowledge.values.checklist import News, Role
from tests.talking import DROPPED, published_otherwise

DAY = dt.date(2026, 11, 22)
MARRIED = {"parents": "married"}


class House:
    """Lists on the real content, at a moment that can be moved."""

    def __init__(self, content: Engine) -> None:
        self.now = dt.datetime(2026, 11, 22, 12, tzinfo=dt.timezone.utc)
        self.engine = content
        catalogues = CatalogueSource(content)
        self.guidance = GuidanceService(catalogues)
        self.lists = Checklists(content, guidance=self.guidance, catalogues=catalogues, secret=b"test", now=lambda: self.now)
        self.holder = self.somebody()

    def somebody(self) -> str:
        return uuid.uuid4().hex

    def asks(self, matter: str = "newborn", situation: Mapping[str, str] = MARRIED, region: Optional[str] = None, holder: str = "") -> Answer:
        question = Question(matter=matter, on=DAY, aspects=("materials",), situation=situation, region=region)
        return self.lists.keep(holder or self.holder, question, self.guidance.answer(question))

    def news(self) -> list[News]:
        return [one for one in self.lists.news() if one.holder == self.holder]

    def code(self, role: Role) -> str:
        share = self.lists.share(self.holder, "newborn", role=role)
        assert share is not None
        return share.code


@pytest.fixture
def house(content: Engine) -> House:
    return House(content)


def test_a_list_that_was_shown_is_kept_with_its_case_and_says_how_much_is_left(house: House) -> None:
    answer = house.asks()
    assert answer.progress is not None and answer.progress.left == answer.progress.total > 0
    kept = house.lists.open(house.holder, "newborn")
    assert kept is not None and kept.answer.situation == MARRIED and kept.answer.steps
    assert [row.matter for row in house.lists.of(house.holder)] == ["newborn"]


def test_nobody_without_a_name_has_a_list(house: House) -> None:
    question = Question(matter="newborn", on=DAY, aspects=("materials",))
    answer = house.lists.keep("", question, house.guidance.answer(question))
    assert answer.progress is None and house.lists.kept("", "newborn") is None


def test_ticks_count_and_come_back_off(house: House) -> None:
    answer = house.asks()
    ticked = house.lists.tick(house.holder, "newborn", answer.checklist[0].id, ticked=True)
    assert ticked is not None and ticked.left == ticked.total - 1
    again = house.lists.tick(house.holder, "newborn", answer.checklist[0].id, ticked=False)
    assert again is not None and again.left == again.total


def test_no_tick_on_a_line_that_is_not_there_nor_on_somebody_elses_list(house: House) -> None:
    line = house.asks().checklist[0].id
    assert house.lists.tick(house.holder, "newborn", "no_such_line", ticked=True) is None
    assert house.lists.tick(house.somebody(), "newborn", line, ticked=True) is None
    assert house.lists.kept(house.holder, "newborn").ticked == frozenset()  # type: ignore[union-attr]


def test_a_changed_answer_says_which_lines_came_and_went_and_keeps_the_ticks_that_stay(house: House) -> None:
    married = house.asks()
    stays = next(line.id for line in married.checklist if line.only_if is None and not line.exempt)
    house.lists.tick(house.holder, "newborn", stays, ticked=True)
    unmarried = house.asks(situation={"parents": "unmarried"})
    assert any("不用带了" in sentence and "结婚证" in sentence for sentence in unmarried.said), unmarried.said
    assert stays in house.lists.kept(house.holder, "newborn").ticked  # type: ignore[union-attr]


def test_an_answer_given_for_the_first_time_is_no_change(house: House) -> None:
    house.asks(situation={})
    assert house.asks(situation=MARRIED).said == ()


def test_a_reader_looks_and_cannot_tick(house: House) -> None:
    line = house.asks().checklist[0].id
    reader = house.somebody()
    code = house.code("reader")
    looked = house.lists.read(code, visitor=reader)
    assert looked is not None and looked.role == "reader"
    assert house.lists.join(reader, code) is not None
    assert house.lists.tick(reader, "newborn", line, ticked=True) is None
    assert house.lists.share(reader, "newborn", role="companion") is None


def test_a_companion_ticks_the_same_list(house: House) -> None:
    line = house.asks().checklist[0].id
    companion = house.somebody()
    assert house.lists.join(companion, house.code("companion")) is not None
    assert house.lists.tick(companion, "newborn", line, ticked=True) is not None
    assert line in house.lists.kept(house.holder, "newborn").ticked  # type: ignore[union-attr]


def test_who_joins_with_a_list_of_their_own_brings_their_ticks(house: House) -> None:
    line = house.asks().checklist[0].id
    companion = house.somebody()
    house.asks(holder=companion)
    house.lists.tick(companion, "newborn", line, ticked=True)
    house.lists.join(companion, house.code("companion"))
    assert line in house.lists.kept(house.holder, "newborn").ticked  # type: ignore[union-attr]
    assert len(house.lists.of(companion)) == 1


def test_a_revoked_code_opens_nothing_and_takes_everybody_elses_way_in(house: House) -> None:
    house.asks()
    companion, code = house.somebody(), house.code("companion")
    house.lists.join(companion, code)
    assert house.lists.revoke(house.holder, "newborn")
    assert house.lists.open(companion, "newborn") is None
    assert house.lists.read(code, visitor=house.somebody()) is None
    assert not house.lists.revoke(house.holder, "newborn")


def test_a_code_ends_after_its_days(house: House) -> None:
    house.asks()
    code = house.code("reader")
    house.now += dt.timedelta(days=29)
    assert house.lists.read(code, visitor=house.somebody()) is not None
    house.now += dt.timedelta(days=2)
    assert house.lists.read(code, visitor=house.somebody()) is None


def test_who_guesses_too_often_is_not_let_in_even_with_the_right_code(house: House) -> None:
    house.asks()
    code, guesser = house.code("reader"), house.somebody()
    for _ in range(MOST_BY_ONE):
        assert house.lists.read("QD0000-0000-0000", visitor=guesser) is None
    assert house.lists.read(code, visitor=guesser) is None
    assert house.lists.read(code, visitor=house.somebody()) is not None
    house.now += dt.timedelta(minutes=11)
    assert house.lists.read(code, visitor=guesser) is not None


@pytest.mark.parametrize("written", ["qd1234-5678-9012", "1234 5678 9012", "QD 1234 5678 9012", "123456789012"])
def test_a_code_is_known_in_every_way_of_writing_it(written: str) -> None:
    assert codes.digits(written) == "123456789012"


@pytest.mark.parametrize("written", ["QD1234-5678-901", "XX1234-5678-9012", "", "清单"])
def test_what_is_no_code_is_none(written: str) -> None:
    assert codes.digits(written) is None


def test_the_owners_drop_ends_it_for_everybody_and_a_companions_only_for_them(house: House) -> None:
    house.asks()
    companion = house.somebody()
    house.lists.join(companion, house.code("companion"))
    assert house.lists.drop(companion, "newborn") and house.lists.open(house.holder, "newborn") is not None
    house.lists.join(companion, house.code("companion"))
    assert house.lists.drop(house.holder, "newborn")
    assert house.lists.open(companion, "newborn") is None and house.lists.of(companion) == ()


def test_a_published_change_is_told_once(house: House) -> None:
    house.asks()
    published_otherwise(house.engine, house.holder)
    (news,) = house.news()
    assert DROPPED in news.text and "不用带了" in news.text
    house.lists.told(news)
    assert house.news() == []
    opened = house.lists.open(house.holder, "newborn")
    assert opened is not None and opened.answer.said == ()


def test_who_only_ticks_or_looks_is_still_told_of_a_published_change(house: House) -> None:
    line = house.asks().checklist[0].id
    published_otherwise(house.engine, house.holder)
    ticked = house.lists.tick(house.holder, "newborn", line, ticked=True)
    looked = house.lists.look(house.holder, "newborn")
    assert ticked is not None and ticked == looked and ticked.answer.said == ()
    assert house.lists.all(house.holder) == (looked,)
    assert len(house.news()) == 1
    opened = house.lists.open(house.holder, "newborn")
    assert opened is not None and any(DROPPED in sentence for sentence in opened.answer.said)
    assert house.news() == []


def test_what_somebody_did_not_know_is_not_asked_again_by_the_list(house: House) -> None:
    question = Question(matter="newborn", on=DAY, aspects=("materials",), unsure=frozenset({"parents"}))
    asked = house.lists.keep(house.holder, question, house.guidance.answer(question))
    opened = house.lists.open(house.holder, "newborn")
    assert opened is not None and opened.asks == asked.questions and opened.answer.situation == {"parents": "unsure"}


def test_nobody_without_a_name_joins_a_list(house: House) -> None:
    house.asks()
    assert house.lists.join("", house.code("companion")) is None and house.lists.of("") == ()


def test_a_published_change_is_said_with_the_next_list_where_nobody_told_it_before(house: House) -> None:
    house.asks()
    kept = house.lists.kept(house.holder, "newborn")
    assert kept is not None
    fewer = dict(list(kept.seen.items())[1:])
    store.see(house.engine, house.holder, kept.number, fewer, revision=-1)
    opened = house.lists.open(house.holder, "newborn")
    assert opened is not None and any("多了" in sentence for sentence in opened.answer.said)
    again = house.lists.open(house.holder, "newborn")
    assert again is not None and again.answer.said == ()
