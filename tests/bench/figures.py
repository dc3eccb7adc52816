"""The arithmetic of the bench: percentiles, rates, ratios, and figures that may be void."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Mapping, Optional, Sequence


@dataclass(frozen=True)
class Figure:
    """A measured value, or None and why there is none."""

    value: Optional[float]
    note: str = ""


Figures = Mapping[str, Figure]


def percentile(values: Sequence[float], share: int) -> float:
    """Return the value that `share` per cent of `values` do not exceed (nearest rank: a value that was measured)."""
    if not values:
        raise ValueError("There is no percentile of nothing. Measure at least once.")
    return sorted(values)[max(0, math.ceil(share / 100 * len(values)) - 1)]


def median(values: Sequence[float]) -> float:
    """Return the middle value, the lower of two."""
    return percentile(values, 50)


def ratio(ours: Optional[float], theirs: Optional[float]) -> Optional[float]:
    """Return how many times `theirs` ours is, None where one of them is missing or nothing."""
    return ours / theirs if ours is not None and theirs else None


def void(why: str, *names: str) -> Figures:
    """Return figures that count for nothing, all for one reason."""
    return {name: Figure(None, f"void: {why}") for name in names}
