"""The figures as lines for a terminal, the bars beside them."""

from __future__ import annotations

from typing import Any, Iterator, Mapping

from bot.evaluation.bars import BARS, Bar

OPEN = (
    *("matter_in_first_three", "aspects_exact", "aspects_exact_when_several", "several_aspects_found_and_matter", "several_aspects_and_matter"),
    *("ambiguous_seen", "ambiguous_offered", "clear_called_ambiguous", "calibration.error", "milliseconds.p50", "milliseconds.p99"),
)
SETS = ("dev", "test")


def table(figures: Mapping[str, Any]) -> str:
    """Return everything that is worth a look; `left out` are the training lines, each scored without itself."""
    return "\n".join(_rows(figures))


def _rows(figures: Mapping[str, Any]) -> Iterator[str]:
    yield f"{figures['model']}  {figures['date']}  dev {figures['dev']['lines']} lines, test {figures['test']['lines']}"
    yield f"{'':28} {'bar':>7} {'dev':>8} {'test':>8} {'left out':>9}"
    for bar in BARS:
        told = " ".join(f"{name} {'passed' if bar.passed(figures[name]) else 'MISSED'}" for name in SETS)
        yield f"{_row(bar.path, figures, f'{chr(8804) if bar.at_most else chr(8805)} {bar.bar:.2f}')}   {told}"
    yield from (_row(path, figures) for path in OPEN)
    yield from _by_variety(figures)
    yield f"{'spoiled (dev)':28} {'matter':>7} {'lost':>8} {'act':>8} {'lost':>9}"
    for name, row in figures["robustness"].items():
        yield f"  {name:26} {row['matter']:7.3f} {row['matter_lost']:8.3f} {row['act']:8.3f} {row['act_lost']:9.3f}"
    yield f"{'entities':28} {'there':>7} {'P':>8} {'R':>8} {'value':>9}"
    for name, row in figures["entities"]["kinds"].items():
        yield f"  {name:26} {row['lines']:7} {row['precision']:8.3f} {row['recall']:8.3f} {row['value']:9.3f}"


def _by_variety(figures: Mapping[str, Any]) -> Iterator[str]:
    yield "matter by variety"
    yield from (_row(f"matter_by_variety.{name}", figures, name=name) for name in figures["dev"]["matter_by_variety"])


def _row(path: str, figures: Mapping[str, Any], bar: str = "", *, name: str = "") -> str:
    dev, test, training = (_value(path, figures[one]) for one in (*SETS, "training"))
    return f"{f'  {name}' if name else path:28} {bar:>7} {dev:>8} {test:>8} {training:>9}"


def _value(path: str, figures: Mapping[str, Any]) -> str:
    try:
        return f"{Bar(path, 0.0).of(figures):.3f}"
    except KeyError:  # the training lines have no varieties and were not timed; a set may lack a variety
        return ""
