"""好差评: what people think of the answers, one grade for each matter and holder."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections import Counter
from dataclasses import dataclass
from typing import Callable, Mapping, Optional

from knowledge import clock
from knowledge.store import ratings as store
from knowledge.store.engine import Engine
from knowledge.values.rating import BEST, LOW, Rating
from knowledge.wording import choices


@dataclass(frozen=True, kw_only=True)
class Counts:
    """How one matter was rated: how often with which grade, and what was wrong with it."""

    matter: str
    grades: Mapping[int, int]
    reasons: Mapping[str, int]

    @property
    def low(self) -> int:
        """Return how many gave one of the two lowest grades."""
        return sum(count for grade, count in self.grades.items() if grade <= LOW)


class Ratings:
    """Takes ratings; a later one of the same holder for the same matter replaces the earlier."""

    def __init__(self, engine: Engine, *, now: Callable[[], dt.datetime]) -> None:
        self._engine = engine
        self._now = now

    def rate(self, holder: str, matter: str, *, grade: int, region: Optional[str] = None) -> None:
        """Keep a grade; of somebody who cannot be told from others none is kept."""
        if holder:
            rating = Rating(matter=matter, region=region, grade=grade, reasons=(), at=clock.local(self._now()))
            store.put(self._engine, holder, rating)

    def explain(self, holder: str, matter: str, *, reason: str) -> None:
        """Put the reason to a grade that was given."""
        rating = self.of(holder, matter)
        if rating is not None:
            store.put(self._engine, holder, dataclasses.replace(rating, reasons=(reason,)))

    def of(self, holder: str, matter: str) -> Optional[Rating]:
        """Return what `holder` gave for `matter`."""
        return next((rating for rating in store.of(self._engine, holder) if rating.matter == matter), None) if holder else None

    def counts(self) -> tuple[Counts, ...]:
        """Return all ratings counted by matter, most often rated badly first."""
        ratings = store.everybody_s(self._engine)
        counted = [_counted(matter, [one for one in ratings if one.matter == matter]) for matter in {one.matter for one in ratings}]
        return tuple(sorted(counted, key=lambda one: (-one.low, one.matter)))


def grade_of(name: str) -> int:
    """Return 5 for 非常满意, 1 for 非常不满意."""
    return BEST - choices("rating_grades").index(name)


def name_of(grade: int) -> str:
    """Return 非常满意 for 5, 非常不满意 for 1."""
    return choices("rating_grades")[BEST - grade]


def _counted(matter: str, ratings: list[Rating]) -> Counts:
    reasons = Counter(reason for rating in ratings for reason in rating.reasons)
    return Counts(matter=matter, grades=Counter(rating.grade for rating in ratings), reasons=reasons)
