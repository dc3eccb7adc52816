"""What people say about their lists, turn by turn: next day, on another phone, several at once."""

from __future__ import annotations

from typing import Iterator

import pytest

from knowledge.conversation.context import Context
from knowledge.store.engine import Engine
from tests.knowledge.test_conversation import Talk
from tests.talking import DROPPED, published_otherwise


@pytest.fixture
def talk(content: Engine) -> Iterator[Talk]:
    yield Talk(content)


@pytest.fixture
def other(content: Engine) -> Talk:
    """Return somebody else."""
    return Talk(content)


def with_newborn_list(talk: Talk) -> None:
    talk.says("孩子出生了要带什么，我们领证了，在重庆江北", matter="newborn", aspects=("materials",), regions=(("500105",),))


def next_day(talk: Talk) -> None:
    """Let the conversation be forgotten, as Rasa's trackers are."""
    talk.context = Context(greeted=True)


def test_the_next_day_the_case_and_the_place_are_still_known(talk: Talk) -> None:
    with_newborn_list(talk)
    next_day(talk)
    answer = talk.says("孩子上户口要带啥", matter="newborn", aspects=("materials",))
    assert answer.region == "500105" and answer.situation.get("parents") == "married"
    assert any("还在" in sentence for sentence in answer.said)


def test_the_next_day_what_is_missing_is_said_without_naming_the_matter(talk: Talk) -> None:
    with_newborn_list(talk)
    talk.says("结婚证拿到了", "checklist")
    next_day(talk)
    answer = talk.says("我还差什么", "checklist")
    assert answer.matter == "newborn" and any(line.ticked for line in answer.checklist)
    assert any("都齐了" in sentence and "看您的情况" in sentence for sentence in answer.said)
    assert all(line.where_to_get is not None or line.issuer or line.source is not None for line in answer.checklist)


def test_of_several_lists_the_one_that_has_it_is_ticked(talk: Talk) -> None:
    with_newborn_list(talk)
    talk.says("开小饭馆要带啥", matter="restaurant", aspects=("materials",))
    next_day(talk)
    answer = talk.says("结婚证拿到了", "checklist")
    assert answer.matter == "newborn" and [line.id for line in answer.checklist if line.ticked]


def test_all_lists_are_named_with_what_each_lacks(talk: Talk) -> None:
    with_newborn_list(talk)
    talk.says("开小饭馆要带啥", matter="restaurant", aspects=("materials",))
    answer = talk.says("我的清单", "checklist")
    assert [row.matter for row in answer.lists] == ["restaurant", "newborn"]
    assert sum("还差" in sentence for sentence in answer.said) == 2


def test_a_code_said_in_the_chat_opens_the_list_on_the_other_phone(talk: Talk, other: Talk) -> None:
    with_newborn_list(talk)
    share = talk.says("换个手机接着办", "checklist").share
    assert share is not None and share.role == "companion"
    answer = other.says(share.code, "out_of_scope", application_no=share.code)
    assert answer.type == "checklist" and answer.matter == "newborn" and answer.region == "500105"
    ticked = other.says("结婚证拿到了", "checklist")
    assert any(line.ticked for line in ticked.checklist)
    assert any(line.ticked for line in talk.says("我还差什么", "checklist").checklist)


def test_a_family_code_lets_look_and_not_tick(talk: Talk, other: Talk) -> None:
    with_newborn_list(talk)
    share = talk.says("分享清单", "ask").share
    assert share is not None and share.role == "reader"
    other.says(f"清单码{share.code}", "inform", application_no=share.code)
    answer = other.says("结婚证拿到了", "checklist")
    assert not any(line.ticked for line in answer.checklist) and any("看的" in sentence for sentence in answer.said)


def test_an_ended_code_says_so_in_the_same_words_as_a_wrong_one(talk: Talk, other: Talk) -> None:
    with_newborn_list(talk)
    share = talk.says("换个手机接着办", "checklist").share
    assert share is not None
    assert "作废" in talk.says("收回清单码", "checklist").said[0]
    ended = other.says(share.code, "out_of_scope", application_no=share.code)
    wrong = other.says("QD1111-2222-3333", "out_of_scope", application_no="QD1111-2222-3333")
    assert ended.outcome == "not_found" and ended.said == wrong.said


def test_an_application_number_is_no_code(talk: Talk) -> None:
    answer = talk.says("123456789012", "check_status", application_no="123456789012")
    assert answer.type == "status"


def test_a_list_that_is_given_up_is_gone(talk: Talk) -> None:
    with_newborn_list(talk)
    assert "删掉了" in talk.says("这张清单不要了", "checklist").said[0]
    assert talk.says("我的清单", "checklist").outcome == "needs_detail"


def test_a_changed_circumstance_says_what_came_and_went(talk: Talk) -> None:
    with_newborn_list(talk)
    answer = talk.says("说错了，我们没领证", "inform")
    assert answer.situation.get("parents") == "unmarried"
    assert any("不用带了" in sentence for sentence in answer.said), answer.said


@pytest.mark.parametrize("text", ["结婚证拿到了", "我还差什么", "清空清单"])
def test_a_published_change_is_told_once_with_the_list_that_is_shown_after_what_was_said_of_it(talk: Talk, text: str) -> None:
    with_newborn_list(talk)
    published_otherwise(talk.engine, talk.holder)
    assert any(DROPPED in sentence for sentence in talk.says(text, "checklist").said)
    assert not any(DROPPED in sentence for sentence in talk.says("我还差什么", "checklist").said)


@pytest.mark.parametrize("text", ["换个手机接着办", "收回清单码"])
def test_a_published_change_is_still_told_after_what_shows_no_list(talk: Talk, text: str) -> None:
    with_newborn_list(talk)
    published_otherwise(talk.engine, talk.holder)
    talk.says(text, "checklist")
    assert any(DROPPED in sentence for sentence in talk.says("我还差什么", "checklist").said)


def test_looking_for_the_list_that_is_meant_takes_no_news_from_the_others(talk: Talk) -> None:
    with_newborn_list(talk)
    talk.says("开小饭馆要带啥", matter="restaurant", aspects=("materials",))
    published_otherwise(talk.engine, talk.holder)
    next_day(talk)
    assert talk.says("我还差什么", "checklist").matter == "restaurant"
    assert [news.matter for news in talk.lists.news() if news.holder == talk.holder] == ["newborn"]


def test_what_was_not_known_is_asked_again_neither_by_the_list_nor_after_it(talk: Talk) -> None:
    talk.says("孩子上户口要带啥", matter="newborn", aspects=("materials",))
    talk.says("不清楚", "inform")
    shown = talk.says("我还差什么", "checklist")
    after = talk.says("孩子上户口要带啥", matter="newborn", aspects=("materials",))
    assert "parents" not in [question.key for question in (*shown.questions, *after.questions)]
