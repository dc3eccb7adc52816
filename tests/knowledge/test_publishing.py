"""Content into force and out of it: whole or not at all, seen by a running process within seconds."""

from __future__ import annotations

import dataclasses
import datetime as dt
from pathlib import Path

import pytest

from knowledge.editing import drafts, guide_file, library, publishing
from knowledge.errors import ContentError, NotOnFile
from knowledge.guidance.catalogue import CatalogueSource
from knowledge.guidance.service import GuidanceService
from knowledge.search import reading
from knowledge.store import matters as store
from knowledge.store.engine import Engine, migrate, open_engine
from knowledge.values.answer import Question

NOON = dt.datetime(2026, 11, 22, 12, 0)
LEAST = """
code: night_market
name: 摆夜市摊位
audience: 个人
summary: 想在夜市摆摊，一次把摊位和备案办好。
aliases: [夜市摆摊, 地摊备案]
questions: [想晚上去夜市支个摊子卖袜子, 摆地摊要去哪登记]
items: [摊位登记, 食品摊贩备案]
effective_from: 2026-11-01
sources:
  - {title: 夜市管理办法}
"""


@pytest.fixture
def empty(tmp_path: Path) -> Engine:
    engine = open_engine(f"sqlite:///{tmp_path / 'kb.db'}")
    migrate(engine)
    return engine


def written(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "night_market.yml"
    path.write_text(text, encoding="utf-8")
    return path


def put(engine: Engine, path: Path) -> None:
    drafts.publish_file(engine, path, by="小王", reviewed_by="老李", at=NOON)


def test_everything_in_the_content_folder_comes_back_from_the_database_as_it_was_written(content: Engine) -> None:
    read_back = {matter.code: dataclasses.replace(matter, version=0) for matter in store.all_published(content, now=NOON)}
    assert read_back == {matter.code: matter for matter in library.read_all(library.content_files())}


def test_loading_again_what_has_not_changed_publishes_nothing(content: Engine) -> None:
    before = store.revision(content, now=NOON)
    assert publishing.load(content, at=NOON).published == ()
    assert store.revision(content, now=NOON) == before


def test_the_least_file_of_the_contract_is_published_and_answered(empty: Engine, tmp_path: Path) -> None:
    put(empty, written(tmp_path, LEAST))
    answer = GuidanceService(CatalogueSource(empty)).answer(Question(matter="night_market", on=NOON.date()))
    assert answer.outcome == "answered"
    assert [item.name for item in answer.items] == ["摊位登记", "食品摊贩备案"]
    assert {item.confidence for item in answer.items} == {"unverified"}


def test_a_running_process_understands_a_new_matter_within_seconds_and_forgets_a_retired_one(empty: Engine, tmp_path: Path) -> None:
    seconds = [0.0]
    catalogues = CatalogueSource(empty, clock=lambda: seconds[0])
    assert catalogues.current().matters == {}
    put(empty, written(tmp_path, LEAST))
    seconds[0] += 2.0
    assert reading.understand("我想晚上摆摊卖点小玩意", catalogues.current().index).matter == "night_market"
    store.retire(empty, "night_market", by="小王", reason="发错了", at=NOON)
    seconds[0] += 2.0
    assert reading.understand("我想晚上摆摊卖点小玩意", catalogues.current().index).matter is None


def test_loading_the_folder_never_undoes_what_an_editor_published_or_retired(empty: Engine, tmp_path: Path) -> None:
    path = written(tmp_path, LEAST)
    assert publishing.load(empty, at=NOON, paths=[path]).published == ("night_market",)
    store.retire(empty, "night_market", by="小王", reason="发错了", at=NOON)
    loaded = publishing.load(empty, at=NOON, paths=[path])
    assert (loaded.published, loaded.left) == ((), {"night_market": "小王"})
    put(empty, written(tmp_path, LEAST.replace("摆夜市摊位", "夜市摆摊")))
    assert publishing.load(empty, at=NOON, paths=[path]).published == ()


def test_retiring_what_is_not_published_says_so(empty: Engine) -> None:
    with pytest.raises(NotOnFile, match="no_such"):
        store.retire(empty, "no_such", by="小王", reason="试试", at=NOON)


def test_a_guide_not_yet_in_force_says_from_when(empty: Engine, tmp_path: Path) -> None:
    put(empty, written(tmp_path, LEAST))
    answer = GuidanceService(CatalogueSource(empty)).answer(Question(matter="night_market", on=dt.date(2026, 10, 31)))
    assert answer.outcome == "not_in_force" and "2026-11-01" in answer.said[0]


@pytest.mark.parametrize(
    ("wrong", "line", "fault"),
    [
        (LEAST.replace("summary:", "sumary:"), 5, "不认识的名称 sumary"),
        (LEAST.replace("name: 摆夜市摊位\n", ""), 1, "缺少 name"),
        (LEAST.replace("2026-11-01", "2026-13-01"), 9, "effective_from"),
        (LEAST + "fees:\n  - {text: 免费, free: maybe}\n", 13, "free"),
        (LEAST + "time_limits:\n  - {days: five}\n", 13, "days"),
        (LEAST + "fees:\n  - {text: 免费, fre: true}\n", 13, "不认识的名称 fees.0.fre"),
        (LEAST + "requirements:\n  - {material: flying_permit, reason: 因为}\n", 1, "flying_permit"),
        (LEAST.replace("items: [", "items: [摊位登记, "), 1, None),
        ("- a\n- b\n", 1, "一行一行写的"),
        ("code: [unclosed\n", 2, "不是合格的 YAML"),
        (LEAST.replace("sources:", "\tsources:"), 10, "不是合格的 YAML"),
    ],
)
def test_a_wrong_file_names_itself_the_line_the_fault_and_the_mend(tmp_path: Path, wrong: str, line: int, fault: str | None) -> None:
    path = written(tmp_path, wrong)
    if fault is None:
        assert library.read_all([path])
        return
    with pytest.raises(ContentError) as caught:
        library.read_all([path])
    found = [one for one in caught.value.faults if fault in one.fault]
    assert found and found[0].file == "night_market.yml" and found[0].line == line and found[0].mend


def test_one_wrong_file_among_several_loads_nothing(empty: Engine, tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.yml"
    wrong.write_text("code: x\n", encoding="utf-8")
    with pytest.raises(ContentError, match=r"wrong\.yml"):
        publishing.load(empty, at=NOON, paths=[written(tmp_path, LEAST), wrong])
    assert store.revision(empty, now=NOON) == 0


def test_a_national_line_that_rests_on_a_regional_source_is_refused(tmp_path: Path) -> None:
    text = LEAST.replace("- {title: 夜市管理办法}", '- {id: local, title: 某市夜市管理办法, scope: "430100"}') + "fees:\n  - {text: 免费, source: local}\n"
    with pytest.raises(ContentError, match="地方的依据"):
        library.read_all([written(tmp_path, text)])


def test_the_shorthand_of_editors_becomes_whole_values(tmp_path: Path) -> None:
    matter = guide_file.read(written(tmp_path, LEAST + "notes:\n  - 带上身份证。\nfees:\n  - 不要钱。\n"))
    (guide,) = matter.guides
    assert matter.audience == "person" and matter.sources[0].id == "0"
    assert (guide.notes[0].aspect, guide.fees[0].text) == ("overview", "不要钱。")
