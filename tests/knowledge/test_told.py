"""What people tell in their own words: the sentences it is learned from, and what comes of other ones."""

from __future__ import annotations

import pytest

from bot.evaluation import lines
from knowledge.conversation import alike, told
from knowledge.editing import library
from knowledge.language.normalize import simplify

MATTERS = {matter.code: matter for matter in library.read_all(library.content_files())}


def labels(code: str) -> set[told.Label]:
    return {(question.key, option.value) for question in MATTERS[code].situations for option in question.options}


@pytest.mark.parametrize("code", list(MATTERS))
def test_every_sentence_tells_answers_that_can_be_given(code: str) -> None:
    sentences = told.of(code)
    assert len(sentences) >= 290
    assert {label for one in sentences for label in one.tells} <= labels(code)
    assert len({one.say for one in sentences}) == len(sentences)


@pytest.mark.parametrize("code", list(MATTERS))
def test_every_answer_is_told_somewhere(code: str) -> None:
    assert labels(code) == {label for one in told.of(code) for label in one.tells}


def test_no_sentence_of_the_evaluation_sets_is_among_them() -> None:
    measured = {simplify(line.text) for name in ("dev", "test") for line in lines.read(name)}
    assert not measured & {simplify(one.say) for code in MATTERS for one in told.of(code)}


def test_a_matter_of_which_nobody_wrote_sentences_has_none() -> None:
    assert told.of("after_death") == ()


# Written after the sentences that it is learned from, and none of them.
@pytest.mark.parametrize(
    ("code", "said", "tells"),
    [
        ("newborn", "我俩红本子都没扯，娃就来了，户口怎么上", {"parents": "unmarried"}),
        ("newborn", "媳妇在加拿大读书的时候生的，刚抱回来", {"born": "abroad"}),
        ("deregistration", "我那个体户的小吃店不干了，税务从来没登记过", {"kind": "sole_trader"}),
        ("social_security_card", "社保卡坐车被偷了，咋整", {"need": "lost"}),
        ("medical_reimbursement", "要去深圳给女儿带娃，那边看病得先备个案吧", {"need": "other_place"}),
        ("public_rental_housing", "我一个人过，没结过婚", {"marital": "single"}),
        ("enterprise_info_change", "公司的法人要换成我哥，老法人同意", {"what": "boss"}),
    ],
)
def test_what_is_told_in_words_that_nobody_wrote_is_understood(code: str, said: str, tells: dict[str, str]) -> None:
    assert tells.items() <= alike.mentioned(MATTERS[code], simplify(said)).items()


@pytest.mark.parametrize(
    ("code", "said"),
    [("newborn", "要带哪些东西去"), ("restaurant", "一共多少天能拿到证"), ("deregistration", "谢谢你啊")],
)
def test_a_question_tells_nothing(code: str, said: str) -> None:
    assert alike.mentioned(MATTERS[code], simplify(said)) == {}
