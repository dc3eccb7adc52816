"""An item's status from its timeline, and the state of the whole from the states of its items."""

from __future__ import annotations

import datetime as dt
from typing import Iterable, Optional, Sequence

from knowledge.status.clock import read_clock
from knowledge.values.status import UNKNOWN, Event, ItemStatus, State

# The person has to act on a supplement; otherwise the whole moves as long as one of its open items moves.
OPEN: tuple[State, ...] = ("supplement", "processing", "accepted", "suspended", "received")
DONE: tuple[State, ...] = ("finished", "producing", "delivered")


def item_status(
    name: str,
    *,
    department: Optional[str],
    timeline: Sequence[Event],
    limit_days: Optional[int],
    today: dt.date,
    state: Optional[State] = None,
    since: Optional[dt.date] = None,
) -> ItemStatus:
    """Return an item's status; its state is the last event's where the source gives none of its own."""
    last = timeline[-1] if timeline else None
    current = state or (last.state if last else UNKNOWN)
    return ItemStatus(
        name=name,
        department=department,
        state=current,
        since=since or (last.on if last and last.state == current else None),
        timeline=tuple(timeline),
        limit_days=limit_days,
        **vars(read_clock(timeline, state=current, limit_days=limit_days, today=today)),
    )


def whole(states: Iterable[State]) -> State:
    """Return the state of an application whose source names only its items' states; `unknown` where they conflict."""
    distinct = set(states)
    if len(distinct) == 1:
        return distinct.pop()
    if UNKNOWN in distinct:
        return UNKNOWN
    still_open = [state for state in OPEN if state in distinct]
    if still_open:
        return still_open[0]
    return next((state for state in DONE if state in distinct), UNKNOWN) if distinct <= set(DONE) else UNKNOWN
