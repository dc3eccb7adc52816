"""A city's list of single services: imported whole or not at all, found as people type and ask, answered from and nothing else."""

from __future__ import annotations

import datetime as dt
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any, Optional

import pytest
from ruamel.yaml import YAML

from bot.rendering import plain
from knowledge.errors import ContentError, NotOnFile
from knowledge.guidance.catalogue import Catalogue, CatalogueSource
from knowledge.items import answering, importing, reading
from knowledge.items.catalogue import ItemCatalogue
from knowledge.items.importing import Imported
from knowledge.items.search import Entries, ItemIndex
from knowledge.search.finder import Finder, Found
from knowledge.settings import ROOT
from knowledge.store import items as store
from knowledge.store.engine import Engine, migrate, open_engine
from knowledge.values.items import ItemList, Listing
from tests import city_list

NOON = dt.datetime(2026, 11, 22, 12, 0)
CHANGSHA, CHONGQING, HUNAN = "430100", "500000", "430000"
TITLE = "云泽市政务服务事项清单"
PHRASES = YAML(typ="safe").load((ROOT / "tests/phrases/items.yml").read_text(encoding="utf-8"))


@pytest.fixture
def empty(tmp_path: Path) -> Engine:
    engine = open_engine(f"sqlite:///{tmp_path / 'items.db'}")
    migrate(engine)
    return engine


@pytest.fixture(scope="module")
def listed(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    """Return a database with a list of 600 items in force in 长沙."""
    folder = tmp_path_factory.mktemp("items")
    engine = open_engine(f"sqlite:///{folder / 'items.db'}")
    migrate(engine)
    put(engine, city_list.write(folder / "list.json", count=600, asked=100), verified_on=dt.date(2026, 11, 1), issuer="云泽市数据局")
    return engine


@pytest.fixture(scope="module")
def matters(content: Engine) -> Catalogue:
    return CatalogueSource(content).current()


def put(engine: Engine, path: Path, *, region: str = CHANGSHA, **more: Any) -> Imported:
    """Import a file as most tests do."""
    return importing.run(engine, path, region=region, by="小王", now=lambda: NOON, **({"title": TITLE} | more))


# --- in and out of force ---


def test_a_list_comes_back_as_it_was_written_from_a_sheet_and_from_json_alike(tmp_path: Path, empty: Engine) -> None:
    first, second = (reading.read(city_list.write(tmp_path / f"list.{ending}", count=80, asked=20)) for ending in ("xlsx", "json"))
    assert [vars(item) | {"row": 0} for item in first.items] == [vars(item) | {"row": 0} for item in second.items]
    put(empty, tmp_path / "list.xlsx")
    (one,) = store.in_force(empty)
    assert [store.item(empty, one.pk, item.code) for item in first.items] == list(first.items)
    assert store.counts(empty, one.pk) == (80, 20)


def test_a_new_list_of_a_place_replaces_the_old_one_and_leaves_other_places_alone(tmp_path: Path, empty: Engine) -> None:
    put(empty, city_list.write(tmp_path / "a.json", count=50, asked=5))
    put(empty, city_list.write(tmp_path / "b.json", count=40, asked=5, seed=2), region=CHONGQING)
    put(empty, city_list.write(tmp_path / "c.json", count=30, asked=5, seed=3))
    assert [(one.region, store.counts(empty, one.pk)[0]) for one in store.in_force(empty)] == [(CHONGQING, 40), (CHANGSHA, 30)]
    retired = store.all_lists(empty)[0]
    assert retired.retired_at is not None and store.counts(empty, retired.pk) == (0, 0)


def test_the_same_file_again_changes_nothing_and_another_title_does(tmp_path: Path, empty: Engine) -> None:
    path = city_list.write(tmp_path / "a.json", count=20, asked=2)
    assert [put(empty, path).unchanged, put(empty, path).unchanged, put(empty, path, title="新名称").unchanged] == [False, True, False]
    assert [one.title for one in store.in_force(empty)] == ["新名称"]


def test_a_running_process_sees_a_new_list_within_seconds_and_forgets_a_retired_one(tmp_path: Path, empty: Engine) -> None:
    seconds = [0.0]
    catalogue = ItemCatalogue(empty, clock=lambda: seconds[0])
    assert catalogue.current().asked("办护照要带啥") is None
    put(empty, city_list.write(tmp_path / "a.json", count=20, asked=2))
    seconds[0] += 2
    found = catalogue.current().asked("办护照要带啥")
    assert found and found.name == "普通护照签发" and catalogue.whole(found.listing, found.code)
    store.retire(empty, CHANGSHA, by="小王", at=NOON)
    assert catalogue.whole(found.listing, found.code) is None
    seconds[0] += 2
    assert catalogue.current().asked("办护照要带啥") is None


def test_retiring_where_nothing_is_in_force_says_so(empty: Engine) -> None:
    with pytest.raises(NotOnFile, match=CHANGSHA):
        store.retire(empty, CHANGSHA, by="小王", at=NOON)


# --- killed at any moment ---

SLOWLY = """
import datetime as dt, sys, time
from pathlib import Path
from knowledge.items import importing
from knowledge.store.engine import open_engine
def shown(done, whole):
    print(done, flush=True)
    time.sleep(0.05)
importing.BATCH = 40
importing.run(open_engine(sys.argv[1]), Path(sys.argv[2]), region="430100", title=sys.argv[3], by="小王",
              now=lambda: dt.datetime(2026, 11, 22), progress=shown)
"""


def kill_when_written(engine: Engine, path: Path, rows: int) -> None:
    """Import in a process of its own, killed once so many rows are on file."""
    command = [sys.executable, "-c", SLOWLY, str(engine.url), str(path), TITLE]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, env={**os.environ, "PYTHONPATH": str(ROOT)}) as process:
        assert process.stdout is not None
        for line in process.stdout:
            if int(line) >= rows:
                process.send_signal(signal.SIGKILL)
                break
        assert process.wait(20) == -signal.SIGKILL


def test_killed_again_and_again_the_old_list_stays_whole_and_the_same_command_goes_on(tmp_path: Path, empty: Engine) -> None:
    put(empty, city_list.write(tmp_path / "old.json", count=50, asked=5))
    old = store.in_force(empty)
    path = city_list.write(tmp_path / "new.xlsx", count=300, asked=60, seed=2)
    for rows in (1, 120, 330):
        kill_when_written(empty, path, rows)
        assert store.in_force(empty) == old and store.counts(empty, old[0].pk) == (50, 5)
    done = put(empty, path)
    assert done.gone_on_from >= 300
    (one,) = store.in_force(empty)
    assert store.counts(empty, one.pk) == (300, 60)
    assert [code for code, _ in store.names(empty, one.pk)] == [item.code for item in reading.read(path).items]


def test_another_file_begins_anew_and_removes_what_was_left_unfinished(tmp_path: Path, empty: Engine) -> None:
    kill_when_written(empty, city_list.write(tmp_path / "first.json", count=200, asked=5), 80)
    assert put(empty, city_list.write(tmp_path / "second.json", count=60, asked=5, seed=2)).gone_on_from == 0
    assert len(store.all_lists(empty)) == 1 and store.counts(empty, store.in_force(empty)[0].pk) == (60, 5)


def test_two_imports_of_one_file_at_once_never_write_a_row_twice(tmp_path: Path, empty: Engine) -> None:
    path = city_list.write(tmp_path / "list.json", count=30, asked=5)
    contents = reading.read(path)
    listing = Listing(region=CHANGSHA, title=TITLE, issuer=None, verified_on=None, digest="x")
    pk = store.begin(empty, listing, by="小王", at=NOON)
    assert store.begin(empty, listing, by="小李", at=NOON) == pk
    store.add(empty, pk, contents.items[:10], after=0)
    with pytest.raises(NotOnFile, match="另一次导入"):
        store.add(empty, pk, contents.items[:10], after=0)
    assert store.counts(empty, pk) == (10, 0)


def test_a_file_with_a_fault_writes_nothing(tmp_path: Path, empty: Engine) -> None:
    with pytest.raises(ContentError):
        put(empty, city_list.sheet(tmp_path / "list.xlsx", city_list.LEAST, city_list.PASSPORT, ["A2", "", "公安局", "", ""]))
    assert store.all_lists(empty) == ()


# --- found ---


@pytest.mark.parametrize(
    ("typed", "kind", "name"),
    [
        ("新生儿出生", "matter", "新生儿出生"),
        ("xse", "matter", "新生儿出生"),
        ("xinshenger", "matter", "新生儿出生"),
        ("XinSheng er", "matter", "新生儿出生"),
        ("孩子上户口", "matter", "新生儿出生"),
        ("普通护照签发", "item", "普通护照签发"),
        ("普通护照补", "item", "普通护照补发"),
        ("pthzqf", "item", "普通护照签发"),
        ("putonghuzhaoqianfa", "item", "普通护照签发"),
        ("驾照换证", "item", "机动车驾驶证换证"),
        ("办护照要带啥", "item", "普通护照签发"),
        ("狗证咋办", "item", "养犬登记"),
    ],
)
def test_matters_and_items_are_found_as_people_type_them(matters: Catalogue, listed: Engine, typed: str, kind: str, name: str) -> None:
    first = Finder(matters, ItemCatalogue(listed).current()).find(typed)[0]
    assert (first.kind, first.name) == (kind, name)


def test_what_is_typed_stands_before_what_is_only_like_it(matters: Catalogue, listed: Engine) -> None:
    found = Finder(matters, ItemCatalogue(listed).current()).find("护照", most=20)
    spelled = ["护照" in one.why for one in found]
    assert spelled == sorted(spelled, reverse=True) and spelled[0] and len({(one.kind, one.code) for one in found}) == len(found)


@pytest.mark.parametrize("typed", ["", "   ", "？？？", "\n", "zzzzqqqq", "a" * 3000, "%_\\'\"", "一" * 2000])
def test_whatever_is_typed_is_answered(matters: Catalogue, listed: Engine, typed: str) -> None:
    assert all(isinstance(one, Found) for one in Finder(matters, ItemCatalogue(listed).current()).find(typed))


def test_without_any_list_only_matters_are_found(matters: Catalogue, empty: Engine) -> None:
    found = Finder(matters, ItemCatalogue(empty).current()).find("孩子上户口")
    assert found[0].code == "newborn" and {one.kind for one in found} == {"matter"}


def test_an_item_code_finds_its_item(matters: Catalogue, listed: Engine) -> None:
    index = ItemCatalogue(listed).current()
    assert Finder(matters, index).find(index.codes[7])[0].code == index.codes[7]


def test_one_search_among_some_hundred_items_takes_milliseconds(matters: Catalogue, listed: Engine) -> None:
    finder = Finder(matters, ItemCatalogue(listed).current())
    finder.find("预热")
    began = time.thread_time()
    for _ in range(20):
        finder.find("办护照要带啥")
    assert (time.thread_time() - began) / 20 < 0.02


@pytest.mark.parametrize(
    ("region", "expected"),
    [(None, None), (CHANGSHA, CHANGSHA), ("430102", CHANGSHA), (CHONGQING, CHONGQING), ("500105", CHONGQING), (HUNAN, None), ("110000", None)],
)
def test_an_item_comes_from_the_list_of_the_person_s_own_place(
    tmp_path: Path, empty: Engine, region: Optional[str], expected: Optional[str]
) -> None:
    path = city_list.write(tmp_path / "a.json", count=20, asked=2)
    put(empty, path)
    put(empty, path, region=CHONGQING)
    found = ItemCatalogue(empty).current().asked("办护照要带啥", region)
    assert (found.listing.region if found else None) == expected


def test_a_sentence_names_the_one_item_it_asks_for_and_nothing_where_none_is_clear() -> None:
    listing = ItemList(region=CHANGSHA, title=TITLE, issuer=None, verified_on=None, digest="", pk=1, imported_by="小王", started_at=NOON, finished_at=NOON, retired_at=None)
    rows = city_list.items(15_000)
    index = ItemIndex.build((Entries(listing, [(row["事项编码"], row["事项名称"]) for row in rows], ()),))
    table = {text: name for part in ("asked", "fresh", "fresher") for text, name in PHRASES[part]}
    table |= {text: None for part in ("not_asked", "fresh_not", "fresher_not") for text in PHRASES[part]}
    found = {text: one.name if (one := index.asked(text)) else None for text in table}
    named = [text for text in table if found[text]]
    right = [text for text in named if found[text] == table[text]]
    assert len(right) / len(named) >= PHRASES["least"]["precision"], [(text, found[text]) for text in named if text not in right]
    assert len(right) / sum(map(bool, table.values())) >= PHRASES["least"]["recall"]


# --- answered ---


def test_an_item_is_answered_with_what_its_list_says_and_where_that_comes_from(listed: Engine) -> None:
    catalogue = ItemCatalogue(listed)
    found = catalogue.current().asked("办护照要带啥")
    assert found
    whole = catalogue.whole(found.listing, found.code)
    assert whole
    answer = answering.answer(whole, on=NOON.date())
    assert (answer.outcome, answer.matter, answer.matter_name, answer.region) == ("answered", None, "普通护照签发", CHANGSHA)
    assert [line.name for line in answer.checklist] == list(whole.item.materials)
    assert {(line.id, line.kind, line.confidence, line.source) for line in answer.checklist[:1]} == {("item-1", None, "regional", 0)}
    assert answer.time_limit and whole.item.promised_limit and whole.item.promised_limit in str(answer.time_limit.text)
    assert answer.sources[0].title == TITLE and answer.sources[0].verified_on == dt.date(2026, 11, 1) and answer.review
    told = plain.text(answer.to_dict())
    assert all(text in told for text in (*whole.item.materials, "云泽市数据局", str(whole.item.place), str(whole.item.fee), "2026-11-01"))


def test_what_the_list_does_not_say_is_said_to_be_missing(tmp_path: Path, empty: Engine) -> None:
    put(empty, city_list.sheet(tmp_path / "list.xlsx", city_list.LEAST, ["A1", "结婚登记", "民政局", None, None]))
    catalogue = ItemCatalogue(empty)
    whole = catalogue.whole(catalogue.current().lists[0], "A1")
    assert whole
    answer = answering.answer(whole, on=NOON.date())
    assert (answer.checklist, answer.time_limit, answer.fee, answer.places) == ((), None, None, ()) and len(answer.missing) == 4
    assert len(answering.answer(whole, on=NOON.date(), aspects=("fee",)).missing) == 1


def test_a_common_question_of_the_item_is_answered_in_its_own_words(listed: Engine) -> None:
    catalogue = ItemCatalogue(listed)
    one = catalogue.current().lists[0]
    code, ask = store.asks(listed, one.pk)[0]
    whole = catalogue.whole(one, code)
    assert whole
    assert answering.answer(whole, on=NOON.date(), aspects=("materials",), text=ask).faq == whole.questions[0].answer
    assert answering.answer(whole, on=NOON.date(), text="今天天气怎么样").faq is None
