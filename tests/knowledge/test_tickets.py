"""“办不成事” and the hand-over to a person: recognised, offered, opened, answered; nothing promised that is not on file."""

from __future__ import annotations

import datetime as dt
import re
from itertools import pairwise

import pytest

from knowledge.errors import NotOnFile
from knowledge.language import numbers as identifying
from knowledge.store.engine import Engine
from knowledge.tickets import hours, numbers, promises
from knowledge.tries import MOST_BY_PERSON
from tests.talking import House, Person

NANJING, GUANGYUAN, JINAN, CHANGSHA = "320100", "510800", "370100", "430100"
NUMBER = re.compile(r"GD\d{6}-[2-9A-HJKMNP-Z]{6}")


@pytest.fixture(scope="module")
def house(content: Engine, tmp_path_factory: pytest.TempPathFactory) -> House:
    return House.built(content, tmp_path_factory.mktemp("house"))


@pytest.fixture
def person(house: House) -> Person:
    return house.person()


def opened(person: Person) -> str:
    """Open a ticket without a call back and return its number."""
    person.says("凭什么不给我办", "complain")
    person.says("登记", "affirm")
    answer = person.says("不用", "deny")
    assert answer.ticket is not None
    return answer.ticket.number


@pytest.mark.parametrize(
    "text",
    ["我跑了三趟了", "材料被退回来两次了", "跑了不下5趟都没办成", "窗口踢皮球", "去了好几次都不给办", "腿脚不好跑了四趟政务大厅", "打回来三回", "办不成事窗口在哪"],
)
@pytest.mark.parametrize("act", ["complain", "inform", "out_of_scope"])
def test_that_it_did_not_work_out_is_heard_from_the_facts(person: Person, text: str, act: str) -> None:
    answer = person.says(text, act)
    assert (answer.type, answer.outcome, answer.questions[0].options) == ("ticket", "hand_off", ("登记", "不用"))
    assert any("12345" in sentence for sentence in answer.said)


@pytest.mark.parametrize("text", ["要跑几趟", "自己家一楼给不给办证", "一次就能办吗", "要去两次吗", "有三种情形", "孩子三岁了", "打三针疫苗要钱吗"])
def test_a_question_with_numbers_in_it_is_no_complaint(person: Person, text: str) -> None:
    assert person.says(text, "ask").type != "ticket"


def test_facts_that_only_sound_like_a_question_are_facts(person: Person) -> None:
    assert person.says("材料被退回两次", "ask", aspects=("materials",)).type == "ticket"


def test_a_narrow_question_is_answered_first_whatever_stands_beside_it(person: Person) -> None:
    answer = person.says("跑了三趟了，孩子上户口到底要带什么", "ask", "newborn", aspects=("materials",))
    assert answer.type == "answer" and answer.checklist


def test_whoever_asks_for_the_window_by_its_name_gets_it_whatever_they_ask_of_it(person: Person) -> None:
    answer = person.says("办不成事窗口在哪里", "ask", aspects=("location",))
    assert answer.type == "ticket" and answer.questions[0].options == ("登记", "不用")


def test_one_sentence_of_sympathy_then_what_is_known_already(person: Person) -> None:
    person.says("我们领证了，孩子上户口", "ask", "newborn", aspects=("materials",), regions=((CHANGSHA,),))
    answer = person.says("跑了三趟派出所都没办成", "complain")
    sorry, known = answer.said[0], answer.said[1]
    assert "抱歉" in sorry and sum("抱歉" in sentence for sentence in answer.said) == 1
    assert all(fact in known for fact in ("新生儿出生", "长沙", "已领结婚证", "跑了三趟派出所都没办成"))


def test_complaining_again_is_answered_in_other_words_and_nothing_said_is_lost(person: Person) -> None:
    first, second = person.says("凭什么不给我办", "complain"), person.says("他们说缺证明又不说缺哪张", "inform")
    assert second.type == "ticket" and first.said != second.said and first.questions != second.questions
    person.says("登记", "affirm")
    number = person.says("不用", "deny").ticket
    told = person.house.here.tickets.whole(number.number if number else "").told
    assert "凭什么不给我办" in told and "缺证明又不说缺哪张" in told


def test_a_ticket_carries_matter_place_case_and_words_and_no_contact_nobody_wanted(person: Person) -> None:
    person.says("我们领证了，孩子上户口", "ask", "newborn", aspects=("materials",), regions=((CHANGSHA,),))
    ticket = person.house.here.tickets.whole(opened(person))
    assert (ticket.matter, ticket.region, ticket.situation["parents"]) == ("newborn", CHANGSHA, "married")
    assert ticket.told == "凭什么不给我办" and ticket.contact is None and ticket.holder == person.holder


def test_the_phone_for_a_call_back_is_sealed_and_goes_when_the_ticket_is_closed(person: Person) -> None:
    person.says("凭什么不给我办", "complain")
    person.says("登记", "affirm")
    answer = person.says("手机号", "inform", check=person.sealed("13812345678"), masked=("phone",))
    assert answer.ticket is not None and "打您留的手机号" in answer.said[0]
    tickets = person.house.here.tickets
    assert tickets.whole(answer.ticket.number).contact == "13812345678"
    assert b"13812345678" not in person.house.file
    tickets.answer(answer.ticket.number, by="小王", state="closed", text="办好了")
    assert tickets.whole(answer.ticket.number).contact is None


def test_what_is_no_phone_is_not_kept_as_one(person: Person) -> None:
    person.says("凭什么不给我办", "complain")
    person.says("登记", "affirm")
    answer = person.says("身份证号", "inform", check=person.sealed("11010519491231002X"), masked=("id_card",))
    assert answer.ticket is not None and "不是手机号" in answer.said[0]
    assert person.house.here.tickets.whole(answer.ticket.number).contact is None


def test_whatever_is_said_to_the_question_for_a_phone_the_ticket_agreed_to_is_opened(person: Person) -> None:
    person.says("凭什么不给我办", "complain")
    person.says("登记", "affirm")
    answer = person.says("那天是王主任接的", "inform")
    assert answer.ticket is not None and "王主任" in person.house.here.tickets.whole(answer.ticket.number).told


@pytest.mark.parametrize(("text", "act"), [("不用", "deny"), ("不登记", "inform"), ("算了", "deny"), ("2", "inform")])
def test_no_ticket_is_opened_against_somebody_s_will(person: Person, text: str, act: str) -> None:
    person.says("凭什么不给我办", "complain")
    assert person.says(text, act).questions == ()
    person.says("好的", "affirm")
    assert person.house.here.tickets.of(person.holder) == ()


def test_a_yes_after_something_else_was_said_opens_nothing(person: Person) -> None:
    person.says("凭什么不给我办", "complain")
    person.says("你好", "greet")
    assert person.says("好的", "affirm").type != "ticket"


def test_a_number_is_masked_before_rasa_like_an_application_s_and_recognised_when_typed(person: Person) -> None:
    number = opened(person)
    assert NUMBER.fullmatch(number)
    for written in (number, number.lower(), f"我的工单{number}办得怎样了"):
        (found,) = identifying.find(written)
        assert found.kind == "application_no" and numbers.written(found.value) == number
    answer = person.says("办件编号", "check_status", application_no=person.sealed(number))
    assert answer.ticket is not None and answer.ticket.number == number and answer.type == "ticket"


def test_numbers_are_never_the_same_twice() -> None:
    assert len({numbers.new(dt.date(2026, 11, 20)) for _ in range(1000)}) == 1000


def test_a_promise_is_made_only_by_the_rule_of_the_place_and_with_its_source(person: Person) -> None:
    person.says("我在南京", "inform", regions=((NANJING,),))
    person.says("凭什么不给我办", "complain")
    person.says("登记", "affirm")
    answer = person.says("不用", "deny")
    assert answer.ticket is not None and answer.ticket.promised_by == dt.date(2026, 12, 11)
    assert "（未核实）" in answer.said[1] and "12 月 11 日" in answer.said[1] and answer.sources[0].title.startswith("江苏")


def test_where_no_rule_is_on_file_nothing_is_promised_and_12345_is_named(person: Person) -> None:
    person.says("我在长沙", "inform", regions=((CHANGSHA,),))
    person.says("凭什么不给我办", "complain")
    person.says("登记", "affirm")
    answer = person.says("不用", "deny")
    assert answer.ticket is not None and answer.ticket.promised_by is None
    assert "没有收录" in answer.said[1] and "12345" in answer.said[1] and not re.search(r"\d+ 个工作日", "".join(answer.said))


def test_it_never_pretends_to_be_the_hotline(person: Person) -> None:
    offered = person.says("凭什么不给我办", "complain")
    person.says("登记", "affirm")
    answer = person.says("不用", "deny")
    assert any("不是 12345" in sentence for sentence in offered.said) and any("不是 12345 在办" in sentence for sentence in answer.said)


def test_the_hotline_s_own_rule_is_told_where_it_is_on_file(person: Person) -> None:
    person.says("我在济南", "inform", regions=((JINAN,),))
    answer = person.says("凭什么不给我办", "complain")
    assert any("5 个工作日" in sentence for sentence in answer.said) and "济南" in answer.sources[0].title


@pytest.mark.parametrize(("region", "by"), [(NANJING, dt.date(2026, 12, 11)), (GUANGYUAN, dt.date(2026, 11, 20))])
def test_rules_count_for_everything_inside_their_place(region: str, by: dt.date) -> None:
    rule = promises.window(region)
    assert rule is not None and promises.promise(rule, on=dt.date(2026, 11, 20)).by == by


def test_progress_is_told_on_request_and_what_staff_wrote_when_somebody_comes_back_once(person: Person) -> None:
    number = opened(person)
    assert "还没有回音" in "".join(person.says("工单进度", "check_status").said)
    person.house.here.tickets.answer(number, by="小王", state="answered", text="请周三带户口本来 3 号窗口")
    assert any("3 号窗口" in notice for notice in person.says("你好", "greet").notices)
    assert person.says("你好", "greet").notices == ()
    answer = person.says("我的工单", "check_status")
    assert answer.ticket is not None and (answer.ticket.state_name, answer.ticket.events[0].text) == ("已答复", "请周三带户口本来 3 号窗口")


def test_a_promise_that_was_not_kept_is_said_to_be_late(person: Person) -> None:
    person.says("我在南京", "inform", regions=((NANJING,),))
    opened(person)
    person.at("2026-12-20T10:00:00")
    assert "已经过了" in "".join(person.says("工单进度", "check_status").said)


def test_a_stranger_sees_a_ticket_only_by_its_number_and_may_not_try_for_ever(house: House) -> None:
    number, stranger = opened(house.person()), house.person()
    assert stranger.says("工单进度", "check_status").ticket is None
    assert house.here.tickets.find(stranger.holder, number) is not None
    for n in range(MOST_BY_PERSON):
        assert house.here.tickets.find(stranger.holder, f"GD2611{n + 10}-AAAAAA") is None
    assert house.here.tickets.find(stranger.holder, number) is None
    assert house.here.tickets.find(house.person().holder, number) is not None


def test_numbers_in_a_complaint_are_masked_even_where_no_door_did(person: Person) -> None:
    person.says("我身份证11010519491231002X，座机073188886666，跑了三趟", "complain")
    person.says("登记", "affirm")
    answer = person.says("不用", "deny")
    told = person.house.here.tickets.whole(answer.ticket.number if answer.ticket else "").told
    assert "11010519491231002X" not in told and "88886666" not in told and "跑了三趟" in told


def test_a_ticket_nobody_has_is_named_to_staff(house: House) -> None:
    with pytest.raises(NotOnFile, match="GD261120-AAAAAA"):
        house.here.tickets.answer("GD261120-AAAAAA", by="小王", state="closed", text="好了")


def test_danger_comes_before_any_ticket(person: Person) -> None:
    person.says("凭什么不给我办", "complain")
    answer = person.says("跑了五趟都办不成我不想活了", "complain")
    assert "120" in answer.said[0] and answer.type == "talk"


# --- a person ---


def test_asking_for_a_person_twice_in_a_row_is_never_answered_with_the_same_sentence(person: Person) -> None:
    answers = [person.says("转人工", "human") for _ in range(4)]
    assert all(answer.outcome == "hand_off" and "12345" in answer.said[0] for answer in answers)
    assert all(one.said != other.said and one.questions != other.questions for one, other in pairwise(answers))


def test_a_hand_over_carries_what_was_said(person: Person) -> None:
    person.says("孩子上户口", "ask", "newborn", aspects=("materials",), regions=((CHANGSHA,),))
    person.says("转人工", "human")
    person.says("登记", "affirm")
    answer = person.says("不用", "deny")
    assert answer.ticket is not None and (answer.ticket.kind, answer.ticket.matter, answer.ticket.region) == ("person", "newborn", CHANGSHA)


def test_on_a_sunday_it_says_when_the_windows_on_file_open_again(person: Person) -> None:
    person.at("2026-11-22T10:00:00")
    person.says("注销公司去哪办", "ask", "deregistration", aspects=("location",), regions=((CHANGSHA,),))
    answer = person.says("转人工", "human")
    assert answer.places and all(place.hours for place in answer.places)
    assert {place.source for place in answer.places} == set(range(len(answer.sources))) and answer.review
    assert any("不是工作日" in sentence and "11 月 23 日" in sentence for sentence in answer.said)


def test_where_no_hours_are_on_file_none_are_told(person: Person) -> None:
    answer = person.says("转人工", "human")
    assert answer.places == () and any("没有收录" in sentence for sentence in answer.said)


WEEKDAYS = "法定工作日；夏季（7月1日至9月30日）9:00–12:00、13:30–17:30；冬季 9:00–12:00、13:00–17:00"


@pytest.mark.parametrize(
    ("moment", "written", "shut", "opens"),
    [
        ("2026-11-20T10:00:00", WEEKDAYS, False, dt.date(2026, 11, 23)),
        ("2026-11-20T08:00:00", WEEKDAYS, True, dt.date(2026, 11, 20)),
        ("2026-11-20T18:00:00", WEEKDAYS, True, dt.date(2026, 11, 23)),
        ("2026-11-22T10:00:00", WEEKDAYS, True, dt.date(2026, 11, 23)),
        ("2026-11-22T10:00:00", "工作日 9:00-17:00，周六上午也开", False, dt.date(2026, 11, 23)),
        ("2026-11-22T10:00:00", "按医院的上班时间", False, None),
    ],
)
def test_a_window_is_called_shut_only_where_its_hours_leave_no_doubt(moment: str, written: str, shut: bool, opens: dt.date) -> None:
    now = dt.datetime.fromisoformat(moment)
    assert (hours.shut_on(now.date(), written) or hours.shut_at(now, written)) == shut
    assert hours.opens_on(now, written) == opens
