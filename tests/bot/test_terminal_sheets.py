"""The commands that take guides out as spreadsheets and in again, run as editors run them."""

from __future__ import annotations

import dataclasses
import datetime as dt
from pathlib import Path
from typing import Callable

import pytest
from click.testing import CliRunner
from openpyxl import load_workbook

from bot.channels.terminal import sheets as terminal
from knowledge import clock
from knowledge.editing import publishing
from knowledge.store import drafts
from knowledge.store.engine import Engine, migrate, open_engine
from knowledge.values.editing import Publication
from tests import night_markets
from tests.night_markets import Edit, cell


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., str]:
    """Return the terminal's commands on an installation that holds two matters."""
    monkeypatch.setenv("YJS_DATA_DIR", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    engine = database(tmp_path)
    migrate(engine)
    night_market = night_markets.read(tmp_path)
    other = dataclasses.replace(night_market, code="day_market", name="早市摆摊")
    publishing.put_in_force(engine, (night_market, other), Publication(by="小王", at=dt.datetime(2026, 1, 1, tzinfo=clock.SHANGHAI)))

    def command(name: str, *arguments: str) -> str:
        found = next(one for one in terminal.COMMANDS if one.name == name)
        result = CliRunner().invoke(found, arguments)
        return result.output + (str(result.exception) if result.exception else "")

    return command


def database(folder: Path) -> Engine:
    return open_engine(f"sqlite:///{folder / 'yjs.db'}")


def with_new_summaries(path: Path, *edits: Edit) -> None:
    book = load_workbook(path)
    for row in (2, 3):
        book["办事指南信息"].cell(row, 5).value = f"一句新的说明 {row}。"
    for edit in edits:
        edit(book)
    book.save(path)


def test_the_dry_run_writes_nothing_and_handing_in_hands_in_everything(run: Callable[..., str], tmp_path: Path) -> None:
    assert "写好了" in run("export", "--table", "办事指南信息", "all.xlsx")
    assert "已经有了，没有动它" in run("export", "--table", "办事指南信息", "all.xlsx")
    assert "完全一样" in run("import", "all.xlsx")
    with_new_summaries(tmp_path / "all.xlsx")
    shown = run("import", "all.xlsx")
    assert "改  办事指南信息 第 2 行：一句话说明 “晚上摆摊卖东西，一次办好。” → “一句新的说明 2。”" in shown
    assert "共 2 件事：改 2 处，加 0 行，删 0 行" in shown and "什么都没有写进去" in shown
    assert "什么都没有写进去" in run("import", "all.xlsx", "--submit")
    assert not drafts.waiting(database(tmp_path))
    assert "第 2 号稿子" in run("import", "all.xlsx", "--submit", "--as", "小王", "--why", "说得更白")
    assert [draft.matter.summary for draft in drafts.waiting(database(tmp_path))] == ["一句新的说明 2。", "一句新的说明 3。"]


def test_one_fault_keeps_everything_back(run: Callable[..., str], tmp_path: Path) -> None:
    run("export", "--table", "办事指南信息", "all.xlsx")
    with_new_summaries(tmp_path / "all.xlsx", cell("办事指南信息", "C3", "老人"))
    told = run("import", "all.xlsx", "--submit", "--as", "小王", "--why", "说得更白")
    assert "1 处要先改好" in told and "办事指南信息 C3：“对象”没有“老人”" in told
    assert not drafts.waiting(database(tmp_path))


def test_a_new_matter_is_handed_in_from_a_sheet(run: Callable[..., str], tmp_path: Path) -> None:
    run("export", "夜市摆摊", "new.xlsx")
    book = load_workbook(tmp_path / "new.xlsx")
    book["办事指南信息"]["A2"], book["办事指南信息"]["B2"] = "temple_fair", "庙会摆摊"
    book.save(tmp_path / "new.xlsx")
    assert "庙会摆摊（temple_fair，新的一件事）" in run("import", "new.xlsx", "--submit", "--as", "小王", "--why", "新开")
    (draft,) = drafts.waiting(database(tmp_path))
    assert (draft.matter.code, draft.matter.name, draft.base_version) == ("temple_fair", "庙会摆摊", 0)
