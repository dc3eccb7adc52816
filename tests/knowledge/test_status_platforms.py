"""Two real platforms over HTTP: every state, every failure, and nothing invented or told to the wrong person."""

from __future__ import annotations

import datetime as dt
import logging
from typing import Any, Callable, Mapping

import pytest

from knowledge.status.service import NOT_FOUND, StatusService
from knowledge.values.status import STATES, ApplicationStatus, LookUp, State, known_state
from tests.fakes.platforms import AFFAIR_NO, AffairPlatform, FakePlatform, ProjectPlatform, affair, project

pytest_plugins = ["tests.fakes.status"]

UNAVAILABLE = LookUp(outcome="unavailable", phone="12345")
FAILURES = ["500", "429", "timeout", "malformed", "redirect"]
Connect = Callable[..., StatusService]


def found(result: LookUp) -> ApplicationStatus:
    assert result.outcome == "found" and result.status
    return result.status


# --- a REST platform: GET, two-digit codes, nested items ---

MAPPED = {
    "01": "unknown", "02": "received", "03": "received", "04": "returned", "05": "accepted", "06": "supplement",
    "07": "refused", "08": "processing", "09": "suspended", "10": "finished", "11": "unknown", "12": "unknown",
    "13": "returned", "14": "producing", "15": "delivered", "99": "unknown", "8": "unknown", "": "unknown",
}  # fmt: skip


@pytest.mark.parametrize(("code", "state"), MAPPED.items())
def test_a_code_becomes_the_state_that_the_mapping_names_and_never_another(
    affairs: AffairPlatform, connect: Connect, code: str, state: State
) -> None:
    affairs.records[AFFAIR_NO] = affair(code)
    status = found(connect(affairs).look_up(AFFAIR_NO, check="123X"))
    assert status.state == status.items[0].state == state == known_state(state)


def test_the_rest_examples_name_every_state() -> None:
    assert {state for state in MAPPED.values() if state != "unknown"} == set(STATES)


def test_a_code_of_another_kind_is_unknown(affairs: AffairPlatform, connect: Connect) -> None:
    affairs.records[AFFAIR_NO] = affair() | {"status": {"code": "08"}}
    assert found(connect(affairs).look_up(AFFAIR_NO, check="1234")).state == "unknown"


def test_a_rest_application_is_read_whole(affairs: AffairPlatform, connect: Connect) -> None:
    records = [("02", "2026-11-12"), ("05", "2026-11-13"), ("06", "2026-11-16"), ("08", "2026-11-19")]
    affairs.records[AFFAIR_NO] = affair("08", records)
    status = found(connect(affairs).look_up(AFFAIR_NO, check="123x"))
    assert (status.matter, status.region) == ("newborn", "430102")
    item = status.items[0]
    assert [event.state for event in item.timeline] == ["received", "accepted", "supplement", "processing"]
    assert (item.department, item.limit_days, item.used_days, item.left_days) == ("公安局", 10, 2, 8)
    assert item.since == dt.date(2026, 11, 19)


def test_a_timeline_that_comes_newest_first_is_turned_round(affairs: AffairPlatform, connect: Connect) -> None:
    records = [("08", "2026-11-17"), ("05", "2026-11-17"), ("02", "2026-11-16")]
    affairs.records[AFFAIR_NO] = affair("08", records)
    item = found(connect(affairs).look_up(AFFAIR_NO, check="123X")).items[0]
    assert [event.state for event in item.timeline] == ["received", "accepted", "processing"]
    assert item.used_days == 3


def test_a_theme_that_is_not_mapped_stays_open(affairs: AffairPlatform, connect: Connect) -> None:
    affairs.records[AFFAIR_NO] = affair(themeCode="YJS-QT")
    assert found(connect(affairs).look_up(AFFAIR_NO, check="123X")).matter is None


def test_nothing_of_the_applicant_leaves_the_platform(affairs: AffairPlatform, connect: Connect) -> None:
    record = affair("06", [("06", "2026-11-16")])
    record["items"][0]["records"][0]["remark"] = "请13900001234补身份证430102199003071239的复印件"
    affairs.records[AFFAIR_NO] = record
    status = found(connect(affairs).look_up(AFFAIR_NO, check="123X"))
    assert status.application_no_masked == "1244****0068"
    assert status.items[0].timeline[0].note == "请****补身份证****的复印件"
    assert not any(secret in repr(status) for secret in (AFFAIR_NO, "张三", "123X", "1234"))


@pytest.mark.parametrize("number", [AFFAIR_NO, "751122018600008"])
def test_a_platform_that_leaves_the_comparing_to_us_tells_nothing_on_a_wrong_check(
    affairs: AffairPlatform, connect: Connect, number: str
) -> None:
    affairs.records[AFFAIR_NO] = affair()
    assert connect(affairs).look_up(number, check="9999") is NOT_FOUND


def test_a_record_without_anything_to_compare_is_not_shown(affairs: AffairPlatform, connect: Connect) -> None:
    affairs.records[AFFAIR_NO] = affair(applicant={"idNo": None, "phone": "12"})
    assert connect(affairs).look_up(AFFAIR_NO, check="1234") == UNAVAILABLE


def test_another_ones_record_is_not_shown(affairs: AffairPlatform, connect: Connect) -> None:
    affairs.records[AFFAIR_NO] = affair(affairNo="12441500196720244T3442199806003202206230069")
    assert connect(affairs).look_up(AFFAIR_NO, check="1234") == UNAVAILABLE


@pytest.mark.parametrize(
    "changes",
    [
        {"items": None},
        {"items": {"itemName": "出生登记"}},
        {"items": ["出生登记"]},
        {"items": [{"itemName": "", "records": []}]},
        {"items": [{"itemName": "出生登记", "records": None}]},
        {"items": [{"itemName": "出生登记", "records": [{"status": "05", "date": "16/11/2026"}]}]},
        {"items": [{"itemName": "出生登记", "records": [{"status": "05", "date": "0001-01-01"}]}]},
        {"items": [{"itemName": "出生登记", "records": [{"status": "05"}]}]},
        {"items": [{"itemName": "出生登记", "records": [], "promiseDays": "十来天"}]},
    ],
)
def test_a_record_that_is_not_as_agreed_is_not_guessed_at(
    affairs: AffairPlatform, connect: Connect, changes: Mapping[str, Any]
) -> None:
    affairs.records[AFFAIR_NO] = affair(**changes)
    assert connect(affairs).look_up(AFFAIR_NO, check="1234") == UNAVAILABLE


def test_the_auth_header_comes_from_the_environment(affairs: AffairPlatform, connect: Connect) -> None:
    affairs.records[AFFAIR_NO] = affair()
    connect(affairs, environ={"YJS_STATUS_TOKEN": "a1b2c3"}).look_up(AFFAIR_NO, check="1234")
    assert affairs.requests[-1].headers["Authorization"] == "Bearer a1b2c3"
    connect(affairs).look_up(AFFAIR_NO, check="1234")
    assert "Authorization" not in affairs.requests[-1].headers


# --- a form platform: POST, envelope, words, linked single items ---


def test_a_single_items_number_finds_its_sister_items(projects: ProjectPlatform, connect: Connect) -> None:
    licence = [("收件", "收件", "20261112093000"), ("受理", "受理", "20261113100000"), ("审核", "特别程序", "20261117090000")]
    projects.records["PJ-430104-001"] = project("PJ-430104-001", "食品经营许可", licence)
    projects.records["PJ-430104-002"] = project("PJ-430104-002", "消防安全检查", licence[:2], 承诺工作日=None)
    projects.records["PJ-430104-003"] = project("PJ-430104-003", "别人的", licence, projectno="ZT202611160002")
    status = found(connect(projects).look_up("pj-430104-001", check="1234"))
    assert [(item.name, item.state) for item in status.items] == [("食品经营许可", "suspended"), ("消防安全检查", "accepted")]
    assert (status.state, status.matter, status.region) == ("accepted", "restaurant", "430104")
    assert [(item.used_days, item.left_days) for item in status.items] == [(2, 8), (5, None)]
    assert projects.requests[0].form == {"projid": "PJ-430104-001", "checkcode": "1234"}


def test_an_item_that_is_linked_to_nothing_stands_alone(projects: ProjectPlatform, connect: Connect) -> None:
    record = project("PJ-430104-001", "食品经营许可", [("收件", "收件", "20261112093000")], projectno="")
    projects.records["PJ-430104-001"] = record
    assert len(found(connect(projects).look_up("PJ-430104-001", check="1234")).items) == 1


@pytest.mark.parametrize(
    ("node", "result", "state"),
    [
        ("收件", "收件", "received"),
        ("受理", "受理", "accepted"),
        ("受理", "补齐补正", "supplement"),
        ("审核", "同意", "processing"),
        ("审核", "特别程序", "suspended"),
        ("决定", "同意", "finished"),
        ("决定", "不同意", "refused"),
        ("受理", "不予受理", "refused"),
        ("受理", "退回", "returned"),
        ("制证", "制证", "producing"),
        ("送达", "送达", "delivered"),
        ("决定", "再议", "unknown"),
        ("同意", "决定", "unknown"),
        ("决定", "", "unknown"),
    ],
)
def test_a_nodes_result_in_words_becomes_the_state_that_the_mapping_names(
    projects: ProjectPlatform, connect: Connect, node: str, result: str, state: State
) -> None:
    projects.records["1008622"] = project("1008622", "食品经营许可", [(node, result, "20261116093000")])
    assert found(connect(projects).look_up("一零零八六二二", check="1234")).state == state


@pytest.mark.parametrize(("number", "check"), [("1008622", "9999"), ("1008623", "1234")])
def test_a_platform_that_compares_itself_gives_the_same_not_found(
    projects: ProjectPlatform, connect: Connect, number: str, check: str
) -> None:
    projects.records["1008622"] = project("1008622", "食品经营许可", [])
    assert connect(projects).look_up(number, check=check) is NOT_FOUND


def test_an_envelope_that_reports_a_fault_is_not_a_not_found(projects: ProjectPlatform, connect: Connect) -> None:
    projects.records["1008622"] = project("1008622", "食品经营许可", [])
    assert connect(projects, success={"field": "code", "values": ["0"]}).look_up("1008622", check="1234") == UNAVAILABLE


# --- platforms that are down, slow, or wrong ---


@pytest.mark.parametrize("failure", FAILURES)
@pytest.mark.parametrize("kind", ["affairs", "projects"])
def test_a_platform_that_is_down_means_call_12345(
    request: pytest.FixtureRequest, connect: Connect, caplog: pytest.LogCaptureFixture, kind: str, failure: Any
) -> None:
    platform: FakePlatform = request.getfixturevalue(kind)
    platform.records = {AFFAIR_NO: affair() if kind == "affairs" else project(AFFAIR_NO, "食品经营许可", [])}
    platform.fail(failure)
    with caplog.at_level(logging.DEBUG):
        assert connect(platform).look_up(AFFAIR_NO, check="1234") == UNAVAILABLE
    assert "示例平台" in caplog.text and AFFAIR_NO not in caplog.text


@pytest.mark.parametrize("failure", ["500", "429", "timeout"])
@pytest.mark.parametrize("kind", ["affairs", "projects"])
def test_one_failure_is_got_over_by_asking_again(
    request: pytest.FixtureRequest, connect: Connect, kind: str, failure: Any
) -> None:
    platform: FakePlatform = request.getfixturevalue(kind)
    platform.records = {AFFAIR_NO: affair() if kind == "affairs" else project(AFFAIR_NO, "食品经营许可", [], projectno="")}
    platform.fail(failure, times=1)
    assert connect(platform).look_up(AFFAIR_NO, check="1234").outcome == "found"
    assert len(platform.requests) == 2


def test_a_call_that_may_not_be_repeated_is_made_once(projects: ProjectPlatform, connect: Connect) -> None:
    projects.fail("500")
    assert connect(projects, idempotent=False).look_up("1008622", check="1234") == UNAVAILABLE
    assert len(projects.requests) == 1


def test_a_redirect_is_not_followed(affairs: AffairPlatform, connect: Connect) -> None:
    affairs.fail("redirect")
    connect(affairs).look_up(AFFAIR_NO, check="1234")
    assert [request.path for request in affairs.requests] == [f"/affair/{AFFAIR_NO}"]


def test_a_platform_that_is_not_there_means_call_12345(connect: Connect) -> None:
    with AffairPlatform() as gone:
        service = connect(gone)
    assert service.look_up(AFFAIR_NO, check="1234") == UNAVAILABLE


def test_what_cannot_be_a_number_is_not_sent(affairs: AffairPlatform, connect: Connect) -> None:
    assert connect(affairs).look_up("../admin?x=1", check="1234") is NOT_FOUND
    assert affairs.requests == []
