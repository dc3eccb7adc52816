"""`yjs list`: what an agent does with a code that a caller reads out."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from knowledge import assistant, settings
from knowledge.assistant import Assistant
from knowledge.values.answer import Question
from knowledge.values.checklist import Role
from tests.bot.test_terminal import data as data
from tests.bot.test_terminal import run

CALLER = "来电人"


@pytest.fixture
def here(data: Path) -> Assistant:
    """Return the services, with one list of a caller's."""
    here = assistant.build(settings.load())
    question = Question(matter="newborn", on=dt.date(2026, 11, 22), aspects=("materials",), situation={"parents": "married"})
    here.checklists.keep(CALLER, question, here.guidance.answer(question))
    return here


def code(here: Assistant, role: Role) -> str:
    share = here.checklists.share(CALLER, "newborn", role=role)
    assert share is not None
    return share.code


def test_the_agent_sees_the_callers_list_and_ticks_what_the_caller_has(here: Assistant) -> None:
    companion = code(here, "companion")
    assert "结婚证" in run("list", companion).stdout
    assert "✓ 结婚证" in run("list", companion.removeprefix("QD"), "--tick", "结婚证").stdout
    kept = here.checklists.kept(CALLER, "newborn")
    assert kept is not None and kept.ticked == {"marriage_certificate"}
    assert "✓" not in run("list", companion, "--untick", "结婚证").stdout


def test_a_family_code_is_for_looking_only(here: Assistant) -> None:
    ran = run("list", code(here, "reader"), "--tick", "结婚证")
    assert ran.returncode == 1 and "打勾要由原主来打" in ran.stderr


def test_what_is_not_on_the_list_is_named_with_what_is(here: Assistant) -> None:
    ran = run("list", code(here, "companion"), "--tick", "计生证")
    assert ran.returncode == 1 and "计生证" in ran.stderr and "结婚证" in ran.stderr


def test_a_wrong_code_says_what_to_check(here: Assistant) -> None:
    ran = run("list", "1111-2222-3333")
    assert ran.returncode == 1 and "12 位数字" in ran.stderr
