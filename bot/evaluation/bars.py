"""What has to be reached, beside what is."""

from __future__ import annotations

from dataclasses import dataclass
from functools import reduce
from typing import Any, Mapping


@dataclass(frozen=True)
class Bar:
    """A figure by its way into one set's figures, and what it must be at least (or at most)."""

    path: str
    bar: float
    at_most: bool = False

    def of(self, figures: Mapping[str, Any]) -> float:
        """Return the figure."""
        found: Any = reduce(lambda inner, key: inner[key], self.path.split("."), figures)
        return float(found)

    def passed(self, figures: Mapping[str, Any]) -> bool:
        """Tell whether the bar is reached."""
        return self.of(figures) <= self.bar if self.at_most else self.of(figures) >= self.bar


BARS = (
    Bar("act", 0.94),
    Bar("matter", 0.94),
    Bar("matter_by_variety.indirect", 0.90),
    Bar("out_of_scope.f1", 0.90),
    Bar("in_scope_lost", 0.04, at_most=True),
    # “怎么申请” gets `process` beside `overview` by rule; our own sets call it `overview` alone, others are divided.
    Bar("aspects.precision", 0.78),
    Bar("aspects.recall", 0.85),
)
# Under these the full gate of the tests fails (tests/bot/test_evaluation.py), on dev.
GATE = tuple(bar for bar in BARS if bar.path not in ("matter_by_variety.indirect", "in_scope_lost"))
