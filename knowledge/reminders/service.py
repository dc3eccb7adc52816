"""Reminders for every door: kept when asked for, due outside the quiet hours."""

from __future__ import annotations

import datetime as dt
from typing import Callable, Iterator, Mapping, Optional

from knowledge import clock
from knowledge.checklists.differences import to_bring
from knowledge.checklists.service import Checklists
from knowledge.reminders import when
from knowledge.store import reminders as store
from knowledge.store.engine import Engine
from knowledge.values.checklist import Checklist
from knowledge.values.reminder import Due, Reminder
from knowledge.wording import phrase

MOST_NAMED = 5


class Reminders:
    """Keeps when people want to be reminded of a matter; `names` says how matters are called."""

    def __init__(
        self, engine: Engine, *, lists: Checklists, names: Callable[[], Mapping[str, str]], now: Callable[[], dt.datetime]
    ) -> None:
        self._engine = engine
        self._lists = lists
        self._names = names
        self._now = now

    def add(self, holder: str, matter: str, *, on: dt.date, hour: int = when.MORNING) -> Reminder:
        """Keep a reminder; what would fall into the quiet hours is moved to the next nine o'clock."""
        moment = dt.datetime.combine(on, dt.time(hour), clock.SHANGHAI)
        return store.put(self._engine, holder, matter, due_at=when.loud(moment))

    def of(self, holder: str) -> tuple[Reminder, ...]:
        """Return what `holder` is still to be reminded of, the next first."""
        return store.of(self._engine, holder) if holder else ()

    def cancel(self, holder: str, matter: Optional[str] = None) -> int:
        """Take back the reminders of one matter, or all, and return how many there were."""
        return store.cancel(self._engine, holder, matter)

    def due(self, now: dt.datetime, *, holder: Optional[str] = None) -> Iterator[Due]:
        """Yield whom, of everybody or of `holder`, to remind at this moment; a holder who is here is never disturbed."""
        moment = clock.local(now)
        if holder is None and when.is_quiet(moment):
            return
        for reminder in store.due(self._engine, at=moment, holder=holder):
            yield Due(reminder=reminder, holder=reminder.holder, text=self._text(reminder))

    def told(self, reminder: Reminder) -> None:
        """Remember that a reminder has reached its holder."""
        store.told(self._engine, reminder.number, at=clock.local(self._now()))

    def _text(self, reminder: Reminder) -> str:
        name = self._names().get(reminder.matter, reminder.matter)
        checklist = self._lists.look(reminder.holder, reminder.matter)
        return "\n".join((phrase("reminders", "due", matter=name), *(_left(checklist) if checklist else ())))


def _left(checklist: Checklist) -> Iterator[str]:
    missing = [line.name for line in to_bring(checklist.answer) if not line.ticked]
    if missing:
        yield phrase("reminders", "due_left", count=len(missing), names="、".join(missing[:MOST_NAMED]))
    elif checklist.total:
        yield phrase("reminders", "due_ready")
