"""How a list of single services imports, is searched and answered from, at 21, 1,000 and 15,000 items: `python -m tests.bench.items`."""

from __future__ import annotations

import datetime as dt
import tempfile
import time
import tracemalloc
from dataclasses import dataclass
from pathlib import Path
from typing import Callable, Iterator, Sequence

from knowledge.editing import publishing
from knowledge.guidance.catalogue import Catalogue, CatalogueSource
from knowledge.items import answering, importing
from knowledge.items.catalogue import ItemCatalogue
from knowledge.search.finder import Finder
from knowledge.store.engine import Engine, migrate, open_engine
from tests import city_list
from tests.bench.figures import Figure, Figures, median, percentile

SIZES = ((21, 20), (1_000, 200), (15_000, 3_000))
NOON = dt.datetime(2026, 11, 22, 12, 0)
REGION = "430100"
ROUNDS = 10
# One of each kind that people type, and kinds that find nothing or very much.
QUERIES = {
    "name": ["普通护照签发", "新生儿出生", "食品经营许可证核发", "养犬登记"],
    "part": ["护照", "许可证", "登记", "公租房"],
    "alias": ["驾照", "低保", "狗证", "上户口"],
    "pinyin": ["xinshenger", "hunyindengji", "putonghuzhao", "zhuxiao"],
    "initials": ["xse", "pthzqf", "h", "zzzzqq"],
    "sentence": ["办护照要带啥", "我家老二昨天刚生，户口医保能一趟办完吗", "驾照快到期了去哪里换", "今天天气怎么样", "想在路边支个摊子卖早点要办哪些手续，得跑几个地方，大概要多少天"],
}


@dataclass(frozen=True)
class Measured:
    """What was measured at one size; times of search and answer in milliseconds."""

    items: int
    xlsx_seconds: float
    json_seconds: float
    build_seconds: float
    megabytes: float
    search: dict[str, tuple[float, float]]
    asked: tuple[float, float]
    answer: tuple[float, float]

    @property
    def worst_search(self) -> float:
        """Return the p95 of the slowest kind of query."""
        return max(p95 for _, p95 in self.search.values())


def measure(say: Callable[[str], None] = print) -> list[Measured]:
    """Return the figures at every size, and say them as a table."""
    with tempfile.TemporaryDirectory() as folder:
        matters = _matters(Path(folder))
        measured = [_measure(Path(folder), matters, items, asked) for items, asked in SIZES]
    for line in _table(measured):
        say(line)
    return measured


def figures(*, say: Callable[[str], None]) -> Figures:
    """Return what a whole city's list costs, and how that grows from the smallest to the largest."""
    measured = measure(say)
    smallest, largest = measured[0], measured[-1]
    return {
        "items_xlsx": Figure(largest.xlsx_seconds),
        "items_json": Figure(largest.json_seconds),
        "items_memory": Figure(largest.megabytes),
        "search_p95": Figure(largest.worst_search),
        "search_growth": Figure(largest.worst_search / smallest.worst_search),
        "item_answer_p95": Figure(largest.answer[1]),
        "item_answer_growth": Figure(largest.answer[1] / smallest.answer[1]),
    }


def _measure(folder: Path, matters: Catalogue, items: int, asked: int) -> Measured:
    xlsx, _ = _imported(folder, items, asked, "xlsx")
    seconds, engine = _imported(folder, items, asked, "json")
    catalogue, build = ItemCatalogue(engine), time.perf_counter()
    index = catalogue.current()
    build = time.perf_counter() - build
    finder = Finder(matters, index)
    finder.find("预热", REGION)
    codes = [index.codes[n % len(index.codes)] for n in range(0, 40 * 377, 377)]
    texts = [text for kind in QUERIES.values() for text in kind]
    return Measured(
        items=items,
        xlsx_seconds=xlsx,
        json_seconds=seconds,
        build_seconds=build,
        megabytes=_megabytes(engine),
        search={kind: _spread(lambda text: finder.find(text, REGION), queries) for kind, queries in QUERIES.items()},
        asked=_spread(lambda text: index.asked(text, REGION), texts),
        answer=_spread(lambda code: _answered(catalogue, code), codes),
    )


def _megabytes(engine: Engine) -> float:
    """Return what the index takes, once used: what every process shares has been read before."""
    ItemCatalogue(engine).current().asked("办护照要带啥")
    tracemalloc.start()
    index = ItemCatalogue(engine).current()
    list(index.spelled("pthz"))
    index.asked("办护照要带啥")
    taken = tracemalloc.get_traced_memory()[0] / 1e6
    tracemalloc.stop()
    return taken


def _matters(folder: Path) -> Catalogue:
    engine = _database(folder / "matters.db")
    publishing.load(engine, at=NOON)
    return CatalogueSource(engine).current()


def _database(path: Path) -> Engine:
    engine = open_engine(f"sqlite:///{path}")
    migrate(engine)
    return engine


def _imported(folder: Path, items: int, asked: int, ending: str) -> tuple[float, Engine]:
    file = city_list.write(folder / f"{items}.{ending}", count=items, asked=asked)
    engine = _database(folder / f"{items}-{ending}.db")
    began = time.perf_counter()
    importing.run(engine, file, region=REGION, title="云泽市政务服务事项清单", by="bench", now=lambda: NOON)
    return time.perf_counter() - began, engine


def _answered(catalogue: ItemCatalogue, code: str) -> object:
    whole = catalogue.whole(catalogue.current().lists[0], code)
    assert whole is not None
    return answering.answer(whole, on=NOON.date())


def _spread(work: Callable[[str], object], texts: Sequence[str]) -> tuple[float, float]:
    """Return the p50 and p95 in milliseconds of `work` on each text in turn."""
    times = []
    for text in [*texts] * ROUNDS:
        began = time.perf_counter()
        work(text)
        times.append((time.perf_counter() - began) * 1000)
    return median(times), percentile(times, 95)


def _table(measured: Sequence[Measured]) -> Iterator[str]:
    rows: dict[str, Callable[[Measured], str]] = {
        "import .xlsx, s": lambda one: f"{one.xlsx_seconds:.1f}",
        "import .json, s": lambda one: f"{one.json_seconds:.1f}",
        "index built, s": lambda one: f"{one.build_seconds:.2f}",
        "index in memory, MB": lambda one: f"{one.megabytes:.1f}",
        **{f"search by {kind}, ms": _kind(kind) for kind in QUERIES},
        "the one item asked for, ms": lambda one: _pair(one.asked),
        "answer built, ms": lambda one: _pair(one.answer),
    }
    yield "".join([f"{'p50 / p95':28}", *(f"{one.items:>16,}" for one in measured)])
    for label, cell in rows.items():
        yield "".join([f"{label:28}", *(f"{cell(one):>16}" for one in measured)])


def _kind(kind: str) -> Callable[[Measured], str]:
    return lambda one: _pair(one.search[kind])


def _pair(spread: tuple[float, float]) -> str:
    return f"{spread[0]:.1f} / {spread[1]:.1f}"


if __name__ == "__main__":
    measure()
