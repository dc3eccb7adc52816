"""The figures as one page that an editor can read: wording in report.yml, style in report.html, nothing from elsewhere."""

from __future__ import annotations

from functools import lru_cache
from html import escape
from pathlib import Path
from string import Template
from typing import Any, Callable, Iterable, Mapping, Sequence

from ruamel.yaml import YAML

from bot.evaluation.bars import BARS, Bar
from bot.evaluation.plots import Curve, bar, percent, plot

HERE = Path(__file__).parent
SETS = ("dev", "test")
MOST_MISTAKES = 12
EVEN = Curve(((0.0, 0.0), (1.0, 1.0)), "even")
Figures = Mapping[str, Any]


def page(figures: Figures, *, names: Mapping[str, str]) -> str:
    """Return the page; `names` are those of the matters."""
    about = words()["about"].format(model=figures["model"], date=figures["date"], dev=figures["dev"]["lines"], test=figures["test"]["lines"])
    called = {**names, **words()["places"]}
    sections = {
        "bars": _bars(figures),
        "varieties": _varieties(figures),
        "matters": _classes(figures, "matter_by_class", called),
        "aspects": _classes(figures, "aspects_by_class", words()["aspects"]),
        "acts": _classes(figures, "act_by_class", words()["acts"]),
        "mistakes": _mistakes(figures, called),
        "ambiguous": _plain(figures, ("ambiguous_seen", "ambiguous_offered", "clear_called_ambiguous")),
        "certainty": _per_set(figures, _calibration),
        "thresholds": _per_set(figures, _thresholds),
        "robustness": _robustness(figures["robustness"]),
        "entities": _entities(figures["entities"]),
    }
    body = "\n".join(_section(name, content, figures) for name, content in sections.items())
    return Template((HERE / "report.html").read_text(encoding="utf-8")).substitute(title=words()["title"], about=escape(about), body=body)


@lru_cache(maxsize=1)
def words() -> Mapping[str, Any]:
    """Return the wording of the report."""
    wording: Mapping[str, Any] = YAML(typ="safe").load((HERE / "report.yml").read_text(encoding="utf-8"))
    return wording


def verdict(bar: Bar, figures: Figures) -> str:
    """Return whether both sets reach the bar."""
    return "passed" if all(bar.passed(figures[name]) for name in SETS) else "missed"


def _section(name: str, content: str, figures: Figures) -> str:
    section = words()["sections"][name]
    say = section["say"].replace("{sentences}", str(figures["entities"]["sentences"]))
    return f'<h2 id="{name}">{escape(section["title"])}</h2>\n<p class="say">{escape(say)}</p>\n{content}'


def _table(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a table; cells are HTML, columns the keys of their names."""
    head = "".join(f"<th>{escape(words()['columns'][column])}</th>" for column in columns)
    body = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>\n" for row in rows)
    return f'<div class="wide"><table><tr>{head}</tr>\n{body}</table></div>'


def _bars(figures: Figures) -> str:
    bars = {bar.path: bar for bar in BARS}
    return _table(
        ("figure", "bar", *SETS, "training", "verdict"), (_bar_row(path, bars.get(path), figures) for path in words()["figures"])
    )


def _bar_row(path: str, wanted: Bar | None, figures: Figures) -> tuple[str, ...]:
    values = (_at(path, figures[name]) for name in (*SETS, "training"))
    told = verdict(wanted, figures) if wanted else "open"
    limit = f"{'≤' if wanted.at_most else '≥'} {percent(wanted.bar)}" if wanted else ""
    return (escape(words()["figures"][path]), limit, *values, f'<span class="{told}">{escape(words()["verdict"][told])}</span>')


def _at(path: str, figures: Figures) -> str:
    try:
        return percent(Bar(path, 0.0).of(figures))
    except KeyError:  # the training lines have no varieties
        return ""


def _plain(figures: Figures, keys: Sequence[str]) -> str:
    return _table(("figure", *SETS), ((words()["figures"][key], *(bar(figures[name][key]) for name in SETS)) for key in keys))


def _varieties(figures: Figures) -> str:
    return "".join(f"<h3>{words()['columns'][name]}</h3>{_variety(figures[name])}" for name in SETS)


def _variety(figures: Figures) -> str:
    matters, counts = figures["matter_by_variety"], figures["lines_by_variety"]
    rows = (
        (words()["varieties"][name], str(counts.get(name, "")), bar(matters[name]) if name in matters else "", bar(act))
        for name, act in figures["act_by_variety"].items()
    )
    return _table(("name", "lines", "matter", "act"), rows)


def _classes(figures: Figures, key: str, names: Mapping[str, str]) -> str:
    return "".join(f"<h3>{words()['columns'][name]}</h3>{_class_table(figures[name][key], names)}" for name in SETS)


def _class_table(classes: Mapping[str, Mapping[str, float]], names: Mapping[str, str]) -> str:
    worst_first = sorted(classes.items(), key=lambda item: item[1]["f1"])
    rows = (
        (escape(names.get(label, label)), str(row["lines"]), percent(row["precision"]), percent(row["recall"]), bar(row["f1"]))
        for label, row in worst_first
    )
    return _table(("name", "lines", "precision", "recall", "f1"), rows)


def _mistakes(figures: Figures, called: Mapping[str, str]) -> str:
    kinds = ((words()["matters_heading"], "matter_mistakes", called), (words()["acts_heading"], "act_mistakes", words()["acts"]))
    return "".join(
        f"<h3>{heading} · {words()['columns'][name]}</h3>{_mistake_table(figures[name][key], names)}"
        for heading, key, names in kinds
        for name in SETS
    )


def _mistake_table(mistakes: Sequence[Mapping[str, Any]], names: Mapping[str, str]) -> str:
    rows = (
        (
            *(escape(names.get(one[key], one[key])) for key in ("right", "said")),
            str(one["count"]),
            "<br>".join(escape(text) for text in one["examples"] if text),
        )
        for one in mistakes[:MOST_MISTAKES]
    )
    return _table(("right", "said", "count", "examples"), rows)


def _per_set(figures: Figures, draw: Callable[[Figures], str]) -> str:
    drawn = (f"<figure><figcaption>{words()['columns'][name]}</figcaption>{draw(figures[name])}</figure>" for name in SETS)
    return f'<div class="plots">{"".join(drawn)}</div>'


def _calibration(figures: Figures) -> str:
    found, axes = figures["calibration"], words()["axes"]
    points = [(bin["confidence"], bin["right"]) for bin in found["bins"]]
    sizes = [2 + bin["lines"] ** 0.5 / 2 for bin in found["bins"]]
    drawn = plot((EVEN, Curve(points, "one", sizes)), across=axes["said"], up=axes["held"])
    return f"{drawn}<p>{words()['error']} {percent(found['error'])}</p>"


def _thresholds(figures: Figures) -> str:
    axes, curve = words()["axes"], figures["thresholds"]
    caught = Curve([(one["bar"], one["caught"]) for one in curve], "one")
    lost = Curve([(one["bar"], one["lost"]) for one in curve], "two")
    return plot((caught, lost), across=axes["bar"], up=axes["share"])


def _robustness(ways: Mapping[str, Mapping[str, float]]) -> str:
    columns = ("changed", "matter", "matter_lost", "act", "act_lost")
    return _table(("name", *columns), ((words()["ways"][name], *(percent(row[key]) for key in columns)) for name, row in ways.items()))


def _entities(found: Mapping[str, Any]) -> str:
    columns = ("precision", "recall", "value")
    rows = ((words()["entities"][kind], str(row["lines"]), *(percent(row[key]) for key in columns)) for kind, row in found["kinds"].items())
    return _table(("name", "lines", *columns), rows)
