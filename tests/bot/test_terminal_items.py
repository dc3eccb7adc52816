"""The commands for a city's list of single services, run as staff run them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Callable

import pytest
from click.testing import CliRunner

from bot.channels.terminal.__main__ import yjs
from knowledge.errors import ContentError, NotOnFile
from knowledge.store.engine import Engine
from tests import city_list
from tests.installation import copied

TITLE = "云泽市政务服务事项清单"


@pytest.fixture
def command(tmp_path: Path, content: Engine, monkeypatch: pytest.MonkeyPatch) -> Callable[..., str]:
    """Return how a command of `yjs` is run on a data directory with the content published."""
    copied(content, tmp_path / "yjs.db")
    for name, setting in {"YJS_DATA_DIR": str(tmp_path), "YJS_NOW": "2026-11-22T09:30:00"}.items():
        monkeypatch.setenv(name, setting)

    def run(*arguments: str) -> str:
        return CliRunner().invoke(yjs, arguments, catch_exceptions=False).output

    return run


def test_a_list_is_imported_listed_searched_shown_and_retired_by_command(tmp_path: Path, command: Callable[..., str]) -> None:
    path = city_list.write(tmp_path / "list.xlsx", count=60, asked=10)
    given = ("items", "import", str(path), "--region", "长沙", "--title", TITLE, "--as", "小王")
    assert "已生效：湖南省长沙市，60 个事项，10 个问题" in command(*given)
    assert "没有变化" in command(*given)
    assert [row["state"] for row in json.loads(command("items", "list", "--json"))] == ["生效"]
    first = json.loads(command("search", "办护照要带啥", "--json"))[0]
    assert (first["kind"], first["name"]) == ("item", "普通护照签发") and first["nearest"] and first["score"]
    shown = command("items", "show", first["code"])
    assert "普通护照签发" in shown and TITLE in shown and "未经主管部门审核" in shown
    assert "已撤下" in command("items", "retire", "长沙", "--as", "小王") and "已撤下" in command("items", "list")
    assert all(row["kind"] == "matter" for row in json.loads(command("search", "办护照要带啥", "--json")))


def test_a_wrong_list_by_command_names_cells_and_an_unknown_code_says_where_to_look(tmp_path: Path, command: Callable[..., str]) -> None:
    path = city_list.sheet(tmp_path / "list.xlsx", city_list.LEAST, ["A1", "", "公安局", "无", "即办"])
    with pytest.raises(ContentError, match="事项!B2"):
        command("items", "import", str(path), "--region", "长沙", "--title", TITLE, "--as", "小王")
    with pytest.raises(NotOnFile, match="yjs search"):
        command("items", "show", "no_such")
