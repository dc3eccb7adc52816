"""Plots as inline SVG: two kinds, no library."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import Sequence

SIZE = 260
EDGE = 40
Points = Sequence[tuple[float, float]]


@dataclass(frozen=True)
class Curve:
    """One line of a plot, or dots as large as `sizes` says; both axes run from 0 to 1."""

    points: Points
    style: str
    sizes: Sequence[float] = ()


def plot(curves: Sequence[Curve], *, across: str, up: str) -> str:
    """Return a square plot with named axes."""
    inner = "".join((_grid(), *map(_curve, curves), _names(across, up)))
    whole = SIZE + 2 * EDGE
    return f'<svg viewBox="0 0 {whole} {whole}" width="{whole}" role="img" aria-label="{escape(up)} / {escape(across)}">{inner}</svg>'


def bar(share: float) -> str:
    """Return a share as a small horizontal bar with its figure."""
    return f'<span class="bar"><span style="width:{share * 100:.0f}%"></span></span> {percent(share)}'


def percent(share: float) -> str:
    """Return .9731 as 97.3%."""
    return f"{share * 100:.1f}%"


def _curve(curve: Curve) -> str:
    places = [_place(*point) for point in curve.points]
    if curve.sizes:
        return "".join(f'<circle class="{curve.style}" cx="{x}" cy="{y}" r="{size:.1f}"/>' for (x, y), size in zip(places, curve.sizes))
    return '<polyline class="{}" points="{}"/>'.format(curve.style, " ".join(f"{x},{y}" for x, y in places))


def _place(x: float, y: float) -> tuple[float, float]:
    return round(EDGE + x * SIZE, 1), round(EDGE + (1 - y) * SIZE, 1)


def _grid() -> str:
    return "".join(map(_tick, (0.0, 0.25, 0.5, 0.75, 1.0)))


def _tick(at: float) -> str:
    x, y = _place(at, at)
    low, high = EDGE, EDGE + SIZE
    lines = f'<path class="grid" d="M{x} {low}V{high}M{low} {y}H{high}"/>'
    labels = f'<text x="{x}" y="{high + 14}" text-anchor="middle">{at:g}</text><text x="{low - 5}" y="{y + 4}" text-anchor="end">{at:g}</text>'
    return lines + labels


def _names(across: str, up: str) -> str:
    middle = EDGE + SIZE / 2
    return (
        f'<text x="{middle}" y="{SIZE + 2 * EDGE - 6}" text-anchor="middle">{escape(across)}</text>'
        f'<text x="{EDGE}" y="{EDGE - 12}">{escape(up)}</text>'
    )
