"""Telling in one's own words which documents one has: what is ticked, what is unticked, and what is left alone."""

from __future__ import annotations

from functools import cache
from typing import Any, Iterator, Mapping

import pytest

from knowledge.conversation import having
from knowledge.language.normalize import simplify
from knowledge.store.engine import Engine
from knowledge.values.answer import Answer, ChecklistLine
from knowledge.values.guide import Material
from tests.knowledge.test_conversation import Talk
from tests.knowledge.told_documents import ALL, Told

# What the sentences of `told_documents` must come to: ticks that are right, ticks that are found, sentences without any fault.
PRECISION, RECALL, ROWS = 0.97, 0.97, 0.95
Known = tuple[tuple[ChecklistLine, ...], Mapping[str, Material]]


@pytest.fixture
def talk(content: Engine) -> Iterator[Talk]:
    yield Talk(content)


@pytest.fixture(scope="module")
def lists(content: Engine) -> Any:
    """Return what gives the lines and materials of a matter's list of which no circumstance is known."""

    @cache
    def of(matter: str) -> Known:
        talk = Talk(content)
        return with_list(talk, matter).checklist, materials(talk, matter)

    return of


def materials(talk: Talk, matter: str) -> Mapping[str, Material]:
    return talk.lists._catalogues.current().materials(matter)


def with_list(talk: Talk, matter: str) -> Answer:
    return talk.says("要带什么", matter=matter, aspects=("materials",))


def ticked(talk: Talk, matter: str) -> set[str]:
    checklist = talk.lists.look(talk.holder, matter)
    assert checklist is not None
    by_name = {material.name: key for key, material in materials(talk, matter).items()}
    return {by_name[line.name] for line in checklist.answer.checklist if line.ticked}


def told(row: Told, known: Known) -> tuple[set[str], set[str]]:
    lines, of_matter = known
    by_name = {material.name: key for key, material in of_matter.items()}
    things = having.told(simplify(row.text), lines, of_matter)
    return {by_name[line.name] for line in things.there}, {by_name[line.name] for line in things.missing}


def test_what_people_say_that_they_have_is_ticked_and_little_else(lists: Any) -> None:
    found = {row: told(row, lists(row.matter)) for row in ALL}
    wrong = [(row, *said) for row, said in found.items() if said != (set(row.there), set(row.missing))]
    right = sum(len(there & set(row.there)) for row, (there, _) in found.items())
    assert right >= PRECISION * sum(len(there) for there, _ in found.values()), wrong
    assert right >= RECALL * sum(len(row.there) for row in ALL), wrong
    assert len(wrong) <= (1 - ROWS) * len(ALL), wrong


@pytest.mark.parametrize("act", ["inform", "ask", "affirm", "deny", "out_of_scope", "checklist", "check_status", "thanks"])
def test_a_document_that_is_told_is_ticked_and_named_back_whatever_the_message_was_taken_for(talk: Talk, act: str) -> None:
    with_list(talk, "disability")
    answer = talk.says("一卡通办好了", act, aspects=("materials",) if act == "ask" else ())
    assert answer.type == "checklist" and ticked(talk, "disability") == {"payment_card"}
    assert any("银行卡或“一卡通”" in sentence for sentence in answer.said)


@pytest.mark.parametrize("act", ["complain", "rate"])
def test_who_complains_or_rates_ticks_nothing(talk: Talk, act: str) -> None:
    with_list(talk, "disability")
    talk.says("一卡通办好了", act)
    assert ticked(talk, "disability") == set()


def test_a_document_turns_to_no_other_matter(talk: Talk) -> None:
    with_list(talk, "disability")
    talk.context = talk.context.but(pending=None)
    answer = talk.says("一卡通办好了", "ask", matter="social_security_card")
    assert answer.matter == "disability" and ticked(talk, "disability") == {"payment_card"}
    assert talk.context.matter == "disability" and "social_security_card" not in talk.context.situations


def test_who_turns_to_another_matter_and_names_a_document_turns(talk: Talk) -> None:
    with_list(talk, "disability")
    talk.context = talk.context.but(pending=None)
    answer = talk.says("一卡通办好了，还想办社保卡", "ask", matter="social_security_card")
    assert answer.matter == "social_security_card" and ticked(talk, "disability") == set()


def test_each_of_several_has_its_own_yes_or_no(talk: Talk) -> None:
    with_list(talk, "public_rental_housing")
    talk.says("户口本有了", "inform")
    answer = talk.says("照片拍了，户口本其实没找到", "inform")
    assert ticked(talk, "public_rental_housing") == {"photo"}
    assert sum("打勾" in sentence or "打上勾" in sentence for sentence in answer.said) == 2


def test_what_is_missing_can_be_asked_in_the_same_breath(talk: Talk) -> None:
    with_list(talk, "veterans")
    answer = talk.says("退伍证拿到了，还差啥", "ask", aspects=("materials",))
    assert answer.type == "checklist" and ticked(talk, "veterans") == {"discharge_papers"}


def test_what_is_asked_beside_is_answered_and_not_swallowed(talk: Talk) -> None:
    with_list(talk, "veterans")
    answer = talk.says("退伍证拿到了，要几天办好", "ask", aspects=("time_limit",))
    assert answer.type == "answer" and answer.time_limit is not None


def test_an_answer_to_our_question_is_an_answer(talk: Talk) -> None:
    with_list(talk, "newborn")
    answer = talk.says("结婚证领了", "inform")
    assert answer.situation["parents"] == "married"


def test_of_a_changed_case_the_list_has_the_tick(talk: Talk) -> None:
    talk.says("要带什么，孩子是在重庆江北生的", matter="newborn", aspects=("materials",))
    answer = talk.says("我们领证了，结婚证找到了", "inform")
    assert answer.situation["parents"] == "married"
    assert "marriage_certificate" in ticked(talk, "newborn")


def test_a_document_of_another_list_is_ticked_there_where_none_is_in_hand(talk: Talk) -> None:
    with_list(talk, "veterans")
    with_list(talk, "disability")
    talk.context = talk.context.but(matter=None, pending=None)
    assert talk.says("退伍证找到了", "inform").matter == "veterans"


def test_what_is_not_on_the_list_is_said_plainly(talk: Talk) -> None:
    with_list(talk, "disability")
    answer = talk.says("行驶证复印好了", "checklist")
    assert any("不在您这张清单里" in sentence for sentence in answer.said) and ticked(talk, "disability") == set()


def test_taking_one_tick_back_leaves_the_others(talk: Talk) -> None:
    with_list(talk, "public_rental_housing")
    talk.says("照片和户口本都有了", "checklist")
    talk.says("点错了，把照片的勾去掉", "checklist")
    assert ticked(talk, "public_rental_housing") == {"household_register"}
