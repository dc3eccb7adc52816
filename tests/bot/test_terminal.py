"""The commands of `yjs`, run as a person runs them: no Rasa, no model."""

from __future__ import annotations

import contextlib
import io
import json
import sys
from dataclasses import dataclass
from pathlib import Path
from unittest import mock

import pytest

from bot.channels.terminal.__main__ import main
from knowledge import settings
from knowledge.store.engine import Engine
from tests.installation import copied


@dataclass(frozen=True)
class Ran:
    """What a command printed, and its exit code."""

    stdout: str
    stderr: str
    returncode: int


@pytest.fixture
def data(tmp_path: Path, content: Engine, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a data directory with the content published, and no Rasa anywhere."""
    copied(content, tmp_path / "yjs.db")
    for name, setting in {"YJS_DATA_DIR": str(tmp_path), "YJS_RASA_LISTEN": "127.0.0.1:1", "YJS_NOW": "2026-11-22T09:30:00"}.items():
        monkeypatch.setenv(name, setting)
    return tmp_path


def run(*arguments: str, typed: str = "") -> Ran:
    """Run a command as `bin/yjs` does; `typed` is what a person types."""
    out, err, code = io.StringIO(), io.StringIO(), 0
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err), mock.patch.object(sys, "stdin", io.StringIO(typed)):
        try:
            main(arguments)
        except SystemExit as ended:
            code = int(ended.code or 0)
    return Ran(out.getvalue(), err.getvalue(), code)


def test_ask_answers_one_sentence(data: Path) -> None:
    answered = run("ask", "我家老二昨天刚生，户口医保能一趟办完吗，要带啥", "--region", "重庆", "--json")
    answer = json.loads(answered.stdout)
    assert (answer["matter"], answer["region"], answer["reference_region"]) == ("newborn", "500000", "430000")
    assert answer["as_of"] == "2026-11-22"


def test_search_lists_the_likeliest_matter_first(data: Path) -> None:
    found = json.loads(run("search", "孩子上户口", "--json").stdout)
    assert found[0]["code"] == "newborn" and found[0]["nearest"]


def test_show_gives_the_guide_for_a_place_and_a_case(data: Path) -> None:
    shown = run("show", "新生儿出生", "--region", "湖南", "--given", "parents=married", "--given", "born=hospital", "--given", "age=under_30_workdays", "--given", "applicant=mother")
    assert "结婚证" in shown.stdout and "亲子鉴定" not in shown.stdout and "供参考" not in shown.stdout


def test_show_as_of_a_day_before_the_guide_was_in_force_says_so(data: Path) -> None:
    assert "才开始实行" in run("show", "newborn", "--on", "2020-01-01").stdout


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("show", "newborn", "--region", "江北"), "重庆市江北区"),
        (("show", "newborn", "--region", "火星"), "没认出地方“火星”"),
        (("show", "没有这件事"), "yjs search"),
        (("show", "newborn", "--given", "parents=maybe"), "parents=married|unmarried"),
        (("kb", "retire", "no_such", "--as", "小王", "--reason", "试"), "no_such"),
        (("kb", "publish", "README.md", "--as", "小王", "--reviewed-by", "小王"), "另一个人审核"),
        (("status", "YJSDEMO-NB-0001"), "--check"),
    ],
)
def test_a_wrong_call_says_what_is_wrong_and_what_to_do(data: Path, arguments: tuple[str, ...], words: str) -> None:
    called = run(*arguments)
    assert called.returncode != 0 and words in called.stderr and "Traceback" not in called.stderr


def test_the_demo_lists_an_application_for_each_of_the_four_matters_and_each_is_found(data: Path) -> None:
    listed = json.loads(run("status", "--demo", "--json").stdout)
    assert {"newborn", "restaurant", "deregistration", "public_rental_housing"} <= {one["matter"] for one in listed}
    found = json.loads(run("status", listed[0]["application_no"], "--check", listed[0]["check"], "--json").stdout)
    assert found["status"]["items"] and listed[0]["application_no"] not in json.dumps(found)


def test_kb_check_passes_on_the_content_folder_and_names_the_line_of_a_fault(data: Path, tmp_path: Path) -> None:
    assert run("kb", "check").returncode == 0
    wrong = tmp_path / "wrong.yml"
    wrong.write_text("code: x\nnmae: y\n", encoding="utf-8")
    checked = run("kb", "check", str(wrong))
    assert checked.returncode == 1 and "wrong.yml:2: 不认识的名称 nmae" in checked.stderr


def test_doctor_names_what_is_wrong_and_how_to_mend_it_and_shows_no_secret(data: Path) -> None:
    secret = settings.load().secret().decode()
    told = run("doctor")
    assert told.returncode == 1 and "make run" in told.stdout
    assert secret not in told.stdout


def test_chat_goes_on_with_the_knowledge_base_alone_where_rasa_is_stopped(data: Path) -> None:
    talked = run("chat", typed="孩子上户口要带啥\n已领结婚证\n\n")
    assert "只凭知识库回答" in talked.stdout and "孩子是在哪里生的" in talked.stdout


def test_an_empty_data_directory_is_filled_on_first_use(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YJS_DATA_DIR", str(tmp_path / "new"))
    assert json.loads(run("search", "孩子上户口", "--json").stdout)[0]["code"] == "newborn"
