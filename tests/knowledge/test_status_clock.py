"""The promised time, and the state of the whole."""

from __future__ import annotations

import datetime as dt
from typing import Optional

import pytest

from knowledge.status.clock import read_clock
from knowledge.status.items import whole
from knowledge.values.status import Event, State


def events(*pairs: tuple[State, str]) -> tuple[Event, ...]:
    return tuple(Event(state=state, on=dt.date.fromisoformat(on)) for state, on in pairs)


@pytest.mark.parametrize(
    ("timeline", "today", "expected"),
    [
        # (phase, used, left) of a promise of 10
        (events(("received", "2026-11-02")), "2026-11-20", ("not_started", None, None)),
        (events(("received", "2026-11-02"), ("supplement", "2026-11-03")), "2026-11-20", ("not_started", None, None)),
        (events(("received", "2026-11-02"), ("refused", "2026-11-04")), "2026-11-20", ("ended", None, None)),
        (events(("accepted", "2026-11-16")), "2026-11-16", ("running", 0, 10)),
        (events(("accepted", "2026-11-16"), ("processing", "2026-11-17")), "2026-11-20", ("running", 4, 6)),
        (events(("accepted", "2026-11-20")), "2026-11-22", ("running", 0, 10)),  # a weekend
        (events(("accepted", "2026-09-30")), "2026-10-08", ("running", 1, 9)),  # National Day
        (events(("accepted", "2026-11-02")), "2026-11-20", ("running", 14, -4)),  # overdue
        # supplement stops it: 2 days, and not one more however long it lasts
        (events(("accepted", "2026-11-02"), ("supplement", "2026-11-04")), "2026-11-20", ("stopped", 2, 8)),
        # and it goes on afterwards, whether the platform says accepted again or processing
        (
            events(("accepted", "2026-11-02"), ("supplement", "2026-11-04"), ("accepted", "2026-11-18")),
            "2026-11-20",
            ("running", 4, 6),
        ),
        (
            events(("accepted", "2026-11-02"), ("suspended", "2026-11-04"), ("processing", "2026-11-18")),
            "2026-11-20",
            ("running", 4, 6),
        ),
        (
            events(("accepted", "2026-11-02"), ("suspended", "2026-11-04"), ("supplement", "2026-11-10")),
            "2026-11-20",
            ("stopped", 2, 8),
        ),
        # it ends with the decision: making and delivering the licence do not count
        (
            events(("accepted", "2026-11-02"), ("finished", "2026-11-06"), ("delivered", "2026-11-18")),
            "2026-11-20",
            ("ended", 4, 6),
        ),
        # what is not known is not counted
        (
            events(("accepted", "2026-11-02"), ("unknown", "2026-11-04"), ("processing", "2026-11-05")),
            "2026-11-20",
            ("unknown", None, None),
        ),
        (events(("processing", "2026-11-02")), "2026-11-20", ("unknown", None, None)),
        ((), "2026-11-20", ("unknown", None, None)),
    ],
)
def test_the_promise_runs_from_acceptance_and_stops_while_the_office_waits(
    timeline: tuple[Event, ...], today: str, expected: tuple[str, Optional[int], Optional[int]]
) -> None:
    state: State = timeline[-1].state if timeline else "processing"
    clock = read_clock(timeline, state=state, limit_days=10, today=dt.date.fromisoformat(today))
    assert (clock.phase, clock.used_days, clock.left_days) == expected


def test_the_last_day_is_told_only_while_the_clock_runs() -> None:
    running = events(("accepted", "2026-11-02"), ("supplement", "2026-11-04"), ("accepted", "2026-11-18"))
    today = dt.date(2026, 11, 20)
    assert read_clock(running, state="accepted", limit_days=10, today=today).due == dt.date(2026, 11, 30)
    assert read_clock(running[:2], state="supplement", limit_days=10, today=today).due is None
    overdue = read_clock(running[:1], state="accepted", limit_days=10, today=today)
    assert overdue.due == dt.date(2026, 11, 16)


def test_a_last_day_in_a_year_not_announced_is_assumed() -> None:
    clock = read_clock(
        events(("accepted", "2026-12-30")), state="accepted", limit_days=5, today=dt.date(2026, 12, 31)
    )
    assert (clock.used_days, clock.due, clock.assumed) == (1, dt.date(2027, 1, 6), True)


def test_a_present_state_that_contradicts_the_timeline_is_not_counted() -> None:
    timeline = events(("accepted", "2026-11-16"))
    assert read_clock(timeline, state="suspended", limit_days=10, today=dt.date(2026, 11, 20)).phase == "unknown"


@pytest.mark.parametrize(
    ("states", "expected"),
    [
        (["finished", "finished"], "finished"),
        (["finished", "received", "processing"], "processing"),
        (["suspended", "accepted"], "accepted"),
        (["finished", "suspended"], "suspended"),
        (["finished", "supplement", "received"], "supplement"),
        (["delivered", "producing"], "producing"),
        (["refused", "finished"], "unknown"),
        (["finished", "unknown"], "unknown"),
        ([], "unknown"),
    ],
)
def test_the_whole_is_as_far_as_its_items_let_it_be(states: list[State], expected: State) -> None:
    assert whole(states) == expected
