"""`yjs tickets`, `yjs ratings` and `yjs privacy`: what staff see and answer."""

from __future__ import annotations

from pathlib import Path

import pytest

from knowledge import assistant, settings
from knowledge.assistant import Assistant
from knowledge.store.engine import Engine
from tests.bot.test_terminal import run
from tests.installation import copied
from tests.talking import emptied

SITUATION = {"parents": "married"}


@pytest.fixture
def here(tmp_path: Path, content: Engine, monkeypatch: pytest.MonkeyPatch) -> Assistant:
    copied(content, tmp_path / "yjs.db")
    for name, setting in {"YJS_DATA_DIR": str(tmp_path), "YJS_NOW": "2026-11-20T10:00:00", "YJS_KEEP_TICKETS_DAYS": "99"}.items():
        monkeypatch.setenv(name, setting)
    here = assistant.build(settings.load())
    emptied(here.engine)
    return here


def opened(here: Assistant, region: str) -> str:
    ticket = here.tickets.open("小李", kind="stuck", matter="newborn", region=region, situation=SITUATION, told="跑了三趟", contact="13812345678")
    return ticket.number


def test_staff_see_what_is_due_first_and_a_ticket_with_everything_known(here: Assistant) -> None:
    later, first = opened(here, "430100"), opened(here, "320100")
    assert [line.split()[0] for line in run("tickets", "list").stdout.splitlines()] == [first, later]
    shown = run("tickets", "show", first).stdout
    assert all(fact in shown for fact in ("新生儿出生", "南京", "已领结婚证", "跑了三趟", "13812345678", "2026-12-11 前要答复"))


def test_an_answer_reaches_the_holder_and_a_closed_ticket_has_no_phone_any_more(here: Assistant) -> None:
    number = opened(here, "430100")
    answered = run("tickets", "answer", number.lower(), "--as", "小王", "--state", "closed", "--text", "补好了")
    assert "已办结" in answered.stdout and run("tickets", "list").stdout.strip() == "没有要答复的工单。"
    shown = run("tickets", "show", number).stdout
    assert "补好了" in shown and "13812345678" not in shown
    (news,) = here.tickets.news("小李")
    assert "补好了" in news.text


def test_a_number_nobody_has_is_named_with_the_next_step(here: Assistant) -> None:
    failed = run("tickets", "show", "GD261120-AAAAAA")
    assert failed.returncode == 1 and "yjs tickets list" in failed.stderr


def test_ratings_are_printed_by_matter_and_grade_with_the_reasons(here: Assistant) -> None:
    assert "还没有" in run("ratings").stdout
    here.ratings.rate("小李", "newborn", grade=1)
    here.ratings.explain("小李", "newborn", reason="太啰嗦")
    here.ratings.rate("小张", "newborn", grade=5)
    assert run("ratings").stdout.strip() == "新生儿出生  非常满意 1，非常不满意 1  差评 1 条（太啰嗦 1）"


def test_the_page_about_privacy_is_printed_with_the_days_of_this_installation(here: Assistant) -> None:
    printed = run("privacy").stdout
    assert "99 天没有动静" in printed and "{" not in printed
