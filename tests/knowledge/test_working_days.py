"""Working days of China, holidays and make-up days included."""

from __future__ import annotations

import datetime as dt

import pytest

from knowledge.rules.working_days import WorkingDate, WorkingDays, add_working_days, working_days_between


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


@pytest.mark.parametrize(
    ("start", "end", "days"),
    [
        ("2026-11-16", "2026-11-16", 0),  # the first day is not counted
        ("2026-11-16", "2026-11-17", 1),
        ("2026-11-20", "2026-11-23", 1),  # over a weekend
        ("2026-11-20", "2026-11-22", 0),  # to a Sunday
        ("2026-09-30", "2026-10-08", 1),  # over National Day, 1 to 7 October
        ("2026-10-09", "2026-10-10", 1),  # Saturday 10 October is worked in its place
        ("2026-09-18", "2026-09-20", 1),  # and so is Sunday 20 September
        ("2026-11-17", "2026-11-16", 0),  # backwards
    ],
)
def test_counts_the_working_days_after_the_first_day(start: str, end: str, days: int) -> None:
    assert working_days_between(day(start), day(end)) == WorkingDays(days=days, assumed=False)


@pytest.mark.parametrize(
    ("start", "days", "date"),
    [
        ("2026-11-20", 0, "2026-11-20"),
        ("2026-11-20", 1, "2026-11-23"),
        ("2026-09-30", 5, "2026-10-13"),  # 8, 9, 10 (worked Saturday), 12, 13 October
        ("2026-10-08", -1, "2026-09-30"),
        ("2026-11-22", -1, "2026-11-20"),  # Sunday back to Friday
    ],
)
def test_adds_working_days_over_weekends_and_holidays(start: str, days: int, date: str) -> None:
    assert add_working_days(day(start), days) == WorkingDate(date=day(date), assumed=False)


@pytest.mark.parametrize("days", [1, 4, 9, 17, 30])
def test_adding_and_counting_agree(days: int) -> None:
    reached = add_working_days(day("2026-09-16"), days)
    assert working_days_between(day("2026-09-16"), reached.date).days == days


def test_past_the_last_announced_year_monday_to_friday_is_assumed_and_said() -> None:
    assert working_days_between(day("2098-01-05"), day("2098-01-13")) == WorkingDays(days=6, assumed=True)
    assert add_working_days(day("2098-01-03"), 5) == WorkingDate(date=day("2098-01-10"), assumed=True)


def test_a_count_that_only_begins_in_an_announced_year_is_assumed_too() -> None:
    assert working_days_between(day("2026-12-30"), day("2040-01-04")).assumed
    assert not working_days_between(day("2026-12-30"), day("2026-12-31")).assumed
