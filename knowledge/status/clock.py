"""The promised time: working days from acceptance, stopped while a supplement or a special procedure lasts."""

from __future__ import annotations

import datetime as dt
from typing import Iterator, Mapping, Optional, Sequence

from knowledge.rules.working_days import add_working_days, working_days_between
from knowledge.values.status import Clock, Event, Phase, State

Span = tuple[dt.date, dt.date]

# What a state means for a clock that acceptance has started.
PHASES: Mapping[State, Phase] = {
    "received": "running",
    "accepted": "running",
    "processing": "running",
    "supplement": "stopped",
    "suspended": "stopped",
    "finished": "ended",
    "refused": "ended",
    "returned": "ended",
    "producing": "ended",
    "delivered": "ended",
    "unknown": "unknown",
}


def read_clock(timeline: Sequence[Event], *, state: State, limit_days: Optional[int], today: dt.date) -> Clock:
    """Return where the promise stands; `unknown`, uncounted, where `timeline` and the present `state` disagree."""
    counted = _counted(timeline)
    if not counted:
        return Clock(phase=_phase_before_acceptance(state))
    phase = PHASES[state]
    if phase == "unknown" or phase != PHASES[counted[-1].state] or any(event.state == "unknown" for event in counted):
        return Clock(phase="unknown")
    return _read(list(_running_spans(counted, today)), phase=phase, limit_days=limit_days)


def _counted(timeline: Sequence[Event]) -> list[Event]:
    """Return the events from acceptance to the end of the clock."""
    counted: list[Event] = []
    for event in timeline:
        if counted or event.state == "accepted":
            counted.append(event)
        if counted and PHASES[event.state] == "ended":
            break
    return counted


def _phase_before_acceptance(state: State) -> Phase:
    if state in ("received", "supplement"):
        return "not_started"
    return "ended" if PHASES[state] == "ended" else "unknown"


def _running_spans(counted: Sequence[Event], today: dt.date) -> Iterator[Span]:
    since: Optional[dt.date] = None
    for event in counted:
        runs = PHASES[event.state] == "running"
        if runs and since is None:
            since = event.on
        elif not runs and since is not None:
            yield since, event.on
            since = None
    if since is not None:
        yield since, today


def _read(spans: Sequence[Span], *, phase: Phase, limit_days: Optional[int]) -> Clock:
    counts = [working_days_between(*span) for span in spans]
    used = sum(count.days for count in counts)
    assumed = any(count.assumed for count in counts)
    if limit_days is None:
        return Clock(phase=phase, used_days=used, assumed=assumed)
    left = limit_days - used
    if phase != "running" or left + counts[-1].days < 0:
        return Clock(phase=phase, used_days=used, left_days=left, assumed=assumed)
    due = add_working_days(spans[-1][0], left + counts[-1].days)
    return Clock(phase=phase, used_days=used, left_days=left, due=due.date, assumed=assumed or due.assumed)
