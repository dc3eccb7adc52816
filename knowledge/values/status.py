"""How far an application has got: the values that every status provider returns (CONTRACT §5)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal, Optional, get_args

State = Literal[
    "received",
    "accepted",
    "supplement",
    "processing",
    "suspended",
    "finished",
    "refused",
    "returned",
    "producing",
    "delivered",
    "unknown",
]
UNKNOWN: State = "unknown"
STATES: tuple[State, ...] = tuple(state for state in get_args(State) if state != UNKNOWN)

# Where the promised time stands. unknown: the timeline on file does not tell.
Phase = Literal["not_started", "running", "stopped", "ended", "unknown"]


@dataclass(frozen=True, kw_only=True)
class Event:
    """One entry of an item's timeline."""

    state: State
    on: dt.date
    note: Optional[str] = None


@dataclass(frozen=True, kw_only=True)
class Clock:
    """The promised time in working days; `left_days` below 0 is overdue, `due` is set only while the clock runs."""

    phase: Phase
    used_days: Optional[int] = None
    left_days: Optional[int] = None
    due: Optional[dt.date] = None
    assumed: bool = False


@dataclass(frozen=True, kw_only=True)
class ItemStatus(Clock):
    """How far one department's item has got, with its clock; None means that the platform does not tell."""

    name: str
    department: Optional[str]
    state: State
    since: Optional[dt.date]
    timeline: tuple[Event, ...]
    limit_days: Optional[int]


@dataclass(frozen=True, kw_only=True)
class ApplicationStatus:
    """How far an application has got; its whole number is known only to the person who gave it."""

    application_no_masked: str
    matter: Optional[str]
    region: Optional[str]
    state: State
    items: tuple[ItemStatus, ...]


@dataclass(frozen=True, kw_only=True)
class LookUp:
    """What comes of a question for a status; `status` only where found, `phone` only where unavailable."""

    outcome: Literal["found", "not_found", "unavailable"]
    status: Optional[ApplicationStatus] = None
    phone: Optional[str] = None


@dataclass(frozen=True, kw_only=True)
class StoredItem:
    """One item of an application in our own tables."""

    name: str
    department: str
    limit_days: Optional[int]
    timeline: tuple[Event, ...] = ()


@dataclass(frozen=True, kw_only=True)
class StoredApplication:
    """An application in our own tables; of the applicant's check only a keyed hash is kept."""

    application_no: str
    check_hash: str
    matter: str
    region: str
    state: State
    demo: bool
    items: tuple[StoredItem, ...]


def known_state(text: str) -> State:
    """Return `text` where it is a state of ours, else `unknown`."""
    return text if text in STATES else UNKNOWN
