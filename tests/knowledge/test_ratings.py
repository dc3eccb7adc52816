"""好差评: five grades, a reason and a ticket for the two lowest, once for each matter, and nobody is nagged."""

from __future__ import annotations

import pytest

from knowledge.ratings import grade_of, name_of
from knowledge.store.engine import Engine
from knowledge.wording import choices, phrase
from tests.talking import House, Person

OFFER = phrase("ratings", "offer")


@pytest.fixture(scope="module")
def house(content: Engine, tmp_path_factory: pytest.TempPathFactory) -> House:
    return House.built(content, tmp_path_factory.mktemp("house"))


@pytest.fixture
def person(house: House) -> Person:
    return house.person()


def answered(person: Person) -> None:
    person.says("孩子上户口要带啥", "ask", "newborn", aspects=("materials",))


def test_grades_have_numbers_from_five_to_one() -> None:
    assert [grade_of(name) for name in choices("rating_grades")] == [5, 4, 3, 2, 1]
    assert [name_of(grade) for grade in (5, 1)] == ["非常满意", "非常不满意"]


def test_a_good_grade_is_kept_and_thanked_for_without_another_question(person: Person) -> None:
    answered(person)
    assert person.says("评价", "rate").questions[0].options == choices("rating_grades")
    answer = person.says("满意", "rate")
    assert (answer.type, answer.questions) == ("rating", ())
    rating = person.house.here.ratings.of(person.holder, "newborn")
    assert rating is not None and rating.grade == 4


@pytest.mark.parametrize("grade", ["不满意", "非常不满意"])
def test_the_two_lowest_are_asked_for_a_reason_and_offered_a_ticket_at_once(person: Person, grade: str) -> None:
    answered(person)
    answer = person.says(grade, "rate")
    assert answer.questions[0].options == ("听不懂", "内容不对", "没解决", "太啰嗦", "其他", "登记成工单")
    assert "电话" in person.says("登记成工单", "affirm").questions[0].text
    ticket = person.says("不用", "deny").ticket
    assert ticket is not None and grade in person.house.here.tickets.whole(ticket.number).told


def test_a_reason_is_kept_with_the_grade_and_the_ticket_is_still_offered(person: Person) -> None:
    answered(person)
    person.says("不满意", "rate")
    answer = person.says("太啰嗦", "inform")
    assert answer.type == "rating" and answer.questions[0].options == ("登记", "不用")
    rating = person.house.here.ratings.of(person.holder, "newborn")
    assert rating is not None and (rating.grade, rating.reasons) == (2, ("太啰嗦",))


def test_a_later_rating_of_the_same_matter_replaces_the_earlier(person: Person) -> None:
    answered(person)
    person.says("非常不满意", "rate")
    person.says("没解决", "inform")
    person.says("非常满意", "rate")
    rating = person.house.here.ratings.of(person.holder, "newborn")
    assert rating is not None and (rating.grade, rating.reasons) == (5, ())


def test_a_grade_is_offered_once_with_the_goodbye_after_an_answered_matter(person: Person) -> None:
    assert OFFER not in person.says("谢谢", "thanks").said
    answered(person)
    assert OFFER in person.says("谢谢", "thanks").said
    assert OFFER not in person.says("再见", "goodbye").said
    assert OFFER not in person.says("谢谢", "thanks").said


def test_who_has_rated_the_matter_is_not_asked(person: Person) -> None:
    answered(person)
    person.says("满意", "rate")
    assert OFFER not in person.says("再见", "goodbye").said


def test_a_number_after_something_else_was_said_is_no_grade(person: Person) -> None:
    person.says("评价", "rate")
    person.says("你好", "greet")
    person.says("1", "inform")
    assert person.house.here.ratings.of(person.holder, "") is None


def test_ratings_are_counted_by_matter_worst_first_without_whose_they_are(content: Engine, tmp_path_factory: pytest.TempPathFactory) -> None:
    house = House.built(content, tmp_path_factory.mktemp("counted"))
    for grade, matter in ((1, "newborn"), (2, "newborn"), (5, "restaurant")):
        house.here.ratings.rate(house.person().holder, matter, grade=grade)
    worst, best = house.here.ratings.counts()
    assert (worst.matter, worst.grades, worst.low) == ("newborn", {1: 1, 2: 1}, 2)
    assert (best.matter, best.grades, best.low) == ("restaurant", {5: 1}, 0)
