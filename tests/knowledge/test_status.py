"""How far an application has got: the demo and our own tables, wording, settings, and what is never told."""

from __future__ import annotations

import dataclasses
import datetime as dt
from pathlib import Path
from typing import Callable, Iterator

import pytest
from sqlalchemy import event
from sqlalchemy.engine import Engine

from knowledge import settings as all_settings
from knowledge.errors import SettingError
from knowledge.settings import Settings
from knowledge.status import identity, platform_mapping, words
from knowledge.status.demo import demo_listing
from knowledge.status.items import whole
from knowledge.status.service import NOT_FOUND, StatusService, build
from knowledge.store import applications
from knowledge.store.engine import migrate, open_engine
from knowledge.tries import MOST_AT_NUMBER, MOST_BY_PERSON
from knowledge.values.status import STATES, ApplicationStatus, Event, LookUp, State, StoredApplication, StoredItem
from tests.fakes.platforms import AFFAIR_NO, AffairPlatform, affair

pytest_plugins = ["tests.fakes.status"]


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[StatusService]:
    """The service on a database with nothing but the demo, for tests that only look."""
    folder = tmp_path_factory.mktemp("demo")
    settings = all_settings.load({"YJS_DATA_DIR": str(folder), "YJS_NOW": "2026-11-20T10:00:00"})
    engine = open_engine(settings.database_url)
    migrate(engine)
    yield build(settings, engine)
    engine.dispose()


def found(result: LookUp) -> ApplicationStatus:
    assert result.outcome == "found" and result.status
    return result.status


# --- the demo, on our own tables ---


def test_the_demo_has_every_state_and_the_four_matters(settings: Settings, engine: Engine) -> None:
    build(settings, engine)
    listing = demo_listing(settings, engine=engine)
    assert {listed.state for listed in listing} == set(STATES)
    assert {listed.matter for listed in listing} >= {"newborn", "restaurant", "deregistration", "public_rental_housing"}
    assert len(applications.all_demo(engine)) == len(listing) == 12


def test_every_demo_application_is_found_as_listed(settings: Settings, engine: Engine) -> None:
    service = build(settings, engine)
    for listed in demo_listing(settings, engine=engine):
        status = found(service.look_up(listed.application_no, check=listed.check))
        assert (status.matter, status.state) == (listed.matter, listed.state)
        assert status.items and all(item.state in STATES and item.phase != "unknown" for item in status.items)
        assert whole(item.state for item in status.items) == listed.state


def test_a_demo_item_has_department_timeline_and_the_days_left(demo: StatusService) -> None:
    status = found(demo.look_up("YJSDEMO-NB-0001", check="1024"))
    birth, registration, insurance = status.items
    assert (birth.phase, birth.used_days, birth.left_days) == ("ended", 2, 3)
    assert (registration.department, registration.used_days, registration.left_days) == ("公安部门", 6, 4)
    assert registration.due == dt.date(2026, 11, 26) and registration.since == dt.date(2026, 11, 16)
    assert (insurance.phase, insurance.used_days) == ("not_started", None)


def test_the_demo_never_grows_old(settings: Settings, engine: Engine) -> None:
    first = found(build(settings, engine).look_up("YJSDEMO-NB-0001", check="1024"))
    later = dataclasses.replace(settings, now="2027-03-10T09:00:00")
    second = found(build(later, engine).look_up("YJSDEMO-NB-0001", check="1024"))
    assert [item.left_days for item in first.items] == [item.left_days for item in second.items]
    assert second.items[1].since == dt.date(2027, 3, 4) and second.items[1].assumed


def test_building_twice_writes_the_demo_once(settings: Settings, engine: Engine) -> None:
    build(settings, engine)
    hashes = [one.check_hash for one in applications.all_demo(engine)]
    build(settings, engine)
    assert [one.check_hash for one in applications.all_demo(engine)] == hashes


def test_a_new_secret_makes_new_hashes_and_the_demo_still_opens(settings: Settings, engine: Engine) -> None:
    build(settings, engine)
    service = build(dataclasses.replace(settings, given_secret="另一把钥匙"), engine)
    assert service.look_up("YJSDEMO-NB-0001", check="1024").outcome == "found"


def test_no_check_lies_in_the_database_in_clear(settings: Settings, engine: Engine) -> None:
    build(settings, engine)
    checks = {listed.check for listed in demo_listing(settings, engine=engine)}
    for stored in applications.all_demo(engine):
        assert len(stored.check_hash) == 97 and not checks & set(stored.check_hash.split("$"))


@pytest.mark.parametrize(
    ("number", "check"),
    [
        ("YJSDEMO-NB-0001", "1025"),  # wrong check
        ("YJSDEMO-NB-9999", "1024"),  # wrong number
        ("YJSDEMO-NB-0002", "1024"),  # another one's check
        ("' OR 1=1 --", "1024"),
        ("不知道", "1024"),
        ("A", "1024"),
        ("----", "1024"),
        ("1" * 46, "1024"),
        ("YJSDEMO-NB-0001", ""),
        ("YJSDEMO-NB-0001", "%%%%"),
        ("YJSDEMO-NB-0001", "11024"),
    ],
)
def test_a_wrong_number_and_a_wrong_check_are_one_and_the_same(demo: StatusService, number: str, check: str) -> None:
    assert demo.look_up(number, check=check) is NOT_FOUND


def test_whatever_fails_is_answered_alike_and_costs_the_same_work(settings: Settings, engine: Engine) -> None:
    service, asked = build(settings, engine), list[str]()
    event.listen(engine, "before_cursor_execute", lambda _c, _cursor, sql, *_rest: asked.append(sql))

    def work(number: str, *, check: str, who: str) -> tuple[LookUp, list[str]]:
        asked.clear()
        return service.look_up(number, check=check, who=who), list(asked)

    wrong_check = work("YJSDEMO-NB-0001", check="1025", who="小王")
    wrong_number = work("YJSDEMO-NB-9999", check="1024", who="小王")
    for _ in range(MOST_AT_NUMBER):
        service.look_up("YJSDEMO-NB-0001", check="1025", who="小李")
    too_many = work("YJSDEMO-NB-0001", check="1025", who="小张")
    assert wrong_check == wrong_number == too_many and wrong_check[0] is NOT_FOUND and len(wrong_check[1]) == 4


def test_after_five_failures_a_number_stays_shut_for_an_hour_to_whoever_knows_the_check(settings: Settings, engine: Engine) -> None:
    service = build(settings, engine)
    for n in range(MOST_AT_NUMBER):
        assert service.look_up("YJSDEMO-NB-0001", check="0000", who=f"路人{n}") is NOT_FOUND
    assert service.look_up("YJSDEMO-NB-0001", check="1024", who="本人") is NOT_FOUND
    assert service.look_up("YJSDEMO-NB-0002", check="380X", who="本人").outcome == "found"
    later = build(dataclasses.replace(settings, now="2026-11-20T11:00:01"), engine)
    assert later.look_up("YJSDEMO-NB-0001", check="1024", who="本人").outcome == "found"


def test_after_ten_failures_a_person_finds_nothing_for_an_hour_and_others_do(settings: Settings, engine: Engine) -> None:
    service = build(settings, engine)
    for n in range(MOST_BY_PERSON):
        service.look_up(f"YJSDEMO-NB-9{n:03}", check="0000", who="小王")
    assert service.look_up("YJSDEMO-NB-0001", check="1024", who="小王") is NOT_FOUND
    assert service.look_up("YJSDEMO-NB-0001", check="1024", who="小李").outcome == "found"


def test_of_a_failure_neither_number_nor_person_is_written_down(settings: Settings, engine: Engine) -> None:
    build(settings, engine).look_up("YJSDEMO-NB-9999", check="1024", who="小王")
    with engine.connect() as connection:
        written = str(connection.exec_driver_sql("select * from attempt").all())
    assert len(written) > 100 and "小王" not in written and "YJSDEMO" not in written


@pytest.mark.parametrize(
    ("number", "check"),
    [
        ("yjsdemo-nb-0001", "1024"),
        (" YJSDEMO杠NB横杠零零零一 ", "幺零二四"),
        ("ＹＪＳＤＥＭＯ－ＮＢ－０００１", "１０２４"),
        ("YJSDEMO—NB—0001", "1 0 2 4"),
    ],
)
def test_a_number_is_found_however_it_is_said(demo: StatusService, number: str, check: str) -> None:
    assert demo.look_up(number, check=check).outcome == "found"


def test_a_check_that_ends_in_x_may_be_small(demo: StatusService) -> None:
    assert demo.look_up("YJSDEMO-NB-0002", check="380x").outcome == "found"


@pytest.mark.parametrize(
    ("number", "masked"),
    [("YJSDEMO-NB-0001", "YJSD****0001"), ("10086-22", "10****22"), ("A123", "A****3"), (AFFAIR_NO, "1244****0068")],
)
def test_a_number_is_masked_and_a_short_one_more(number: str, masked: str) -> None:
    assert identity.mask(number) == masked


def test_real_applications_in_our_tables_drive_the_demo_out(settings: Settings, engine: Engine) -> None:
    build(settings, engine)
    secret, accepted = settings.secret(), Event(state="accepted", on=dt.date(2026, 11, 18))
    real = StoredApplication(
        application_no="751122018600008",
        check_hash=identity.hash_check("123X", application_no="751122018600008", secret=secret),
        matter="newborn",
        region="430102",
        state="processing",
        demo=False,
        items=(StoredItem(name="出生登记", department="公安部门", limit_days=None, timeline=(accepted,)),),
    )
    applications.add(engine, [real])
    service = build(settings, engine)
    status = found(service.look_up("七五一一二二零一八六零零零零八", check="123x"))
    assert (status.items[0].used_days, status.items[0].left_days) == (2, None)
    assert service.look_up("YJSDEMO-NB-0001", check="1024") is NOT_FOUND
    assert demo_listing(settings, engine=engine) == ()


def test_a_database_that_is_gone_means_call_12345(settings: Settings, engine: Engine) -> None:
    service = build(settings, engine)
    with engine.begin() as connection:
        connection.exec_driver_sql("DROP TABLE application")
    assert service.look_up("YJSDEMO-NB-0001", check="1024") == LookUp(outcome="unavailable", phone="12345")


# --- wording ---


@pytest.mark.parametrize("state", [*STATES, "unknown"])
def test_every_state_has_a_name_and_a_sentence(state: State) -> None:
    told = words.state_words(state)
    assert told.name and told.text.endswith("。")


def test_not_found_and_unavailable_name_the_hotline() -> None:
    assert "12345" in words.sentence("not_found") and "12345" in words.sentence("unavailable")


# --- settings ---


def test_the_demo_never_exists_beside_a_real_platform(
    settings: Settings, engine: Engine, affairs: AffairPlatform, connect: Callable[..., StatusService]
) -> None:
    build(settings, engine)
    service = connect(affairs)
    assert applications.all_demo(engine) == ()
    assert demo_listing(dataclasses.replace(settings, status_url=affairs.url), engine=engine) == ()
    assert service.look_up("YJSDEMO-NB-0001", check="1024") is NOT_FOUND
    assert [request.path for request in affairs.requests] == ["/affair/YJSDEMO-NB-0001"]


def test_the_first_mapping_is_the_default(settings: Settings, engine: Engine, affairs: AffairPlatform) -> None:
    affairs.records[AFFAIR_NO] = affair()
    service = build(dataclasses.replace(settings, status_url=affairs.url), engine, environ={})
    assert service.look_up(AFFAIR_NO, check="123X").outcome == "found"


@pytest.mark.parametrize(
    "text",
    [
        "name: [",
        "name: 没有别的",
        "{name: 甲, call: {path: /a}, check: {}, fields: {application_no: a}, item: {name: b, state: c}, states: {}}",
        "{name: 甲, call: {path: /a}, check: {param: c}, fields: {application_no: a}, item: {name: b}, states: {}}",
        "{name: 甲, call: {path: /a}, check: {param: c}, fields: {application_no: a}, item: {name: b, state: c},"
        " states: {'01': approved}}",
    ],
)
def test_a_mapping_that_cannot_be_used_is_refused_at_the_start(tmp_path: Path, text: str) -> None:
    (tmp_path / "mine.yml").write_text(text, encoding="utf-8")
    with pytest.raises(SettingError, match="YJS_STATUS_MAPPING"):
        platform_mapping.load(tmp_path / "mine.yml")


def test_an_address_that_is_none_is_refused_at_the_start(settings: Settings, engine: Engine) -> None:
    with pytest.raises(SettingError, match="YJS_STATUS_URL"):
        build(dataclasses.replace(settings, status_url="zwfw.example"), engine)
