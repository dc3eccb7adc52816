"""Reminders that people asked for."""

from __future__ import annotations

import datetime as dt
from typing import Any, Optional

import sqlalchemy as sa

from knowledge import clock
from knowledge.store import tables_of_people as t
from knowledge.store.engine import Engine, reading, writing
from knowledge.values.reminder import Reminder

WAITING = t.reminder.c.told_at.is_(None)


def put(engine: Engine, holder: str, matter: str, *, due_at: dt.datetime) -> Reminder:
    """Keep a reminder; asked for twice for the same moment, it is one."""
    for kept in of(engine, holder):
        if (kept.matter, kept.due_at) == (matter, due_at):
            return kept
    with writing(engine) as connection:
        made = connection.execute(t.reminder.insert().values(holder=holder, matter=matter, due_at=due_at))
    return Reminder(number=int(made.inserted_primary_key[0]), holder=holder, matter=matter, due_at=due_at)


def of(engine: Engine, holder: str) -> tuple[Reminder, ...]:
    """Return what `holder` is still to be reminded of, the next first."""
    return _reminders(engine, t.reminder.c.holder == holder)


def due(engine: Engine, *, at: dt.datetime, holder: Optional[str] = None) -> tuple[Reminder, ...]:
    """Return the reminders, of everybody or of `holder`, whose time has come."""
    return _reminders(engine, t.reminder.c.due_at <= at, *(() if holder is None else (t.reminder.c.holder == holder,)))


def told(engine: Engine, number: int, *, at: dt.datetime) -> None:
    """Remember that a reminder has reached its holder."""
    with writing(engine) as connection:
        connection.execute(t.reminder.update().where(t.reminder.c.pk == number).values(told_at=at))


def cancel(engine: Engine, holder: str, matter: Optional[str] = None) -> int:
    """Delete what `holder` is still to be reminded of, of one matter or of all, and return how many there were."""
    mine = sa.and_(t.reminder.c.holder == holder, WAITING, *(() if matter is None else (t.reminder.c.matter == matter,)))
    with writing(engine) as connection:
        return int(connection.execute(t.reminder.delete().where(mine)).rowcount)


def forget(engine: Engine, holder: str) -> None:
    """Delete every reminder of `holder`, those of the past too."""
    with writing(engine) as connection:
        connection.execute(t.reminder.delete().where(t.reminder.c.holder == holder))


def forget_before(engine: Engine, moment: dt.datetime) -> None:
    """Delete what was told, or should have been, before then."""
    with writing(engine) as connection:
        connection.execute(t.reminder.delete().where(t.reminder.c.due_at < moment))


def _reminders(engine: Engine, *conditions: Any) -> tuple[Reminder, ...]:
    query = sa.select(t.reminder).where(WAITING, *conditions).order_by(t.reminder.c.due_at, t.reminder.c.pk)
    with reading(engine) as connection:
        rows = connection.execute(query).all()
    return tuple(Reminder(number=row.pk, holder=row.holder, matter=row.matter, due_at=clock.local(row.due_at)) for row in rows)
