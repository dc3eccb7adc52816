"""The figures of ours and of the reference as one Markdown table."""

from __future__ import annotations

from typing import Optional, Sequence

from tests.bench.bars import ROWS, Row
from tests.bench.figures import Figure, Figures, ratio

HEAD = ("", "unit", "bar", "ours", "", "reference", "ours ÷ reference")
MISSING = Figure(None)


def table(ours: Figures, reference: Optional[Figures]) -> str:
    """Return the table, and below it why figures are void."""
    lines = [HEAD, ("---",) * len(HEAD), *(_cells(row, ours, reference) for row in ROWS)]
    return "\n".join([*map(_line, lines), *_voids("ours", ours), *_voids("reference", reference or {})])


def number(value: Optional[float]) -> str:
    """Return a value with three digits that count."""
    if value is None:
        return "–"
    return f"{value:.0f}" if value >= 100 else f"{value:.1f}" if value >= 10 else f"{value:.2f}"


def missed(ours: Figures) -> tuple[str, ...]:
    """Return the labels of the rows whose bar is missed."""
    return tuple(row.label for row in ROWS if "missed" in row.verdict(ours.get(row.key, MISSING)))


def _cells(row: Row, ours: Figures, reference: Optional[Figures]) -> tuple[str, ...]:
    mine, theirs = ours.get(row.key, MISSING), (reference or {}).get(row.key, MISSING)
    beside = "not trained here" if reference is None else _shown(theirs)
    return (
        row.label,
        row.unit,
        row.bar,
        _shown(mine),
        row.verdict(mine),
        beside,
        number(ratio(mine.value, theirs.value)),
    )


def _shown(figure: Figure) -> str:
    return "void" if figure.value is None and figure.note else number(figure.value)


def _line(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _voids(whose: str, figures: Figures) -> list[str]:
    void = {figure.note for figure in figures.values() if figure.value is None and figure.note}
    return [f"\n{whose}: {note}" for note in sorted(void)]
