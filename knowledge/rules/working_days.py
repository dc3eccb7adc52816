"""Working days of China, holidays and make-up days included; Monday to Friday where no calendar is announced yet."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import lru_cache
from typing import Iterator

import chinese_calendar

ONE_DAY = dt.timedelta(days=1)


@dataclass(frozen=True, kw_only=True)
class WorkingDays:
    """A number of working days; `assumed` says that a day of a year without an announced calendar was counted."""

    days: int
    assumed: bool


@dataclass(frozen=True, kw_only=True)
class WorkingDate:
    """A day reached by counting working days; `assumed` as in WorkingDays."""

    date: dt.date
    assumed: bool


def working_days_between(start: dt.date, end: dt.date) -> WorkingDays:
    """Return the working days after `start` up to and including `end`, as 民法典 201 counts; 0 where `end` is earlier."""
    judged = [_judge(day) for day in _days_after(start, end)]
    return WorkingDays(days=sum(works for works, _ in judged), assumed=any(assumed for _, assumed in judged))


def add_working_days(start: dt.date, days: int) -> WorkingDate:
    """Return the day that is `days` working days after `start`, or before it where `days` is negative."""
    step = ONE_DAY if days > 0 else -ONE_DAY
    day, left, assumed = start, abs(days), False
    while left:
        day += step
        works, guessed = _judge(day)
        left -= works
        assumed = assumed or guessed
    return WorkingDate(date=day, assumed=assumed)


def _days_after(start: dt.date, end: dt.date) -> Iterator[dt.date]:
    for offset in range(1, (end - start).days + 1):
        yield start + offset * ONE_DAY


# chinese_calendar searches its whole table anew for every day.
@lru_cache(maxsize=4096)
def _judge(day: dt.date) -> tuple[bool, bool]:
    """Return whether `day` is worked, and whether that is only assumed."""
    try:
        return bool(chinese_calendar.is_workday(day)), False
    except NotImplementedError:
        return day.weekday() < 5, True
