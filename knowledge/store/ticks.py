"""What a person has ticked off, by matter."""

from __future__ import annotations

import datetime as dt

import sqlalchemy as sa
from sqlalchemy.engine import Engine

from knowledge.store import tables as t
from knowledge.store.engine import reading, writing


def of(engine: Engine, holder: str, matter: str) -> frozenset[str]:
    """Return the ids of the requirements of `matter` that `holder` has ticked."""
    with reading(engine) as connection:
        rows = connection.execute(sa.select(t.tick.c.requirement).where(t.tick.c.holder == holder, t.tick.c.matter == matter))
        return frozenset(row.requirement for row in rows)


def put(engine: Engine, holder: str, matter: str, requirement: str, *, ticked: bool, at: dt.datetime) -> None:
    """Tick or untick one requirement; doing so twice changes nothing."""
    row = {"holder": holder, "matter": matter, "requirement": requirement}
    with writing(engine) as connection:
        connection.execute(t.tick.delete().where(*(t.tick.c[key] == content for key, content in row.items())))
        if ticked:
            connection.execute(t.tick.insert().values(**row, ticked_at=at))


def clear(engine: Engine, holder: str, matter: str) -> None:
    """Remove every tick of `holder` for `matter`."""
    with writing(engine) as connection:
        connection.execute(t.tick.delete().where(t.tick.c.holder == holder, t.tick.c.matter == matter))
