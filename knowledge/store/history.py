"""What editors did: written once, read for ever."""

from __future__ import annotations

import dataclasses
import datetime as dt
from typing import Any, Optional

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from knowledge.store import tables as t
from knowledge.store.engine import reading
from knowledge.values.editing import Event


def record(connection: Connection, event: Event) -> None:
    """Write an event as part of the transaction that it tells of."""
    connection.execute(t.editorial_event.insert().values(**dataclasses.asdict(event)))


def of(engine: Engine, code: str) -> tuple[Event, ...]:
    """Return everything that was done to one matter, newest first."""
    return _events(engine, t.editorial_event.c.code == code)


def since(engine: Engine, moment: Optional[dt.datetime]) -> tuple[Event, ...]:
    """Return everything that was done since `moment`, newest first; everything where it is None."""
    return _events(engine, sa.true() if moment is None else t.editorial_event.c.at >= moment)


def _events(engine: Engine, where: Any) -> tuple[Event, ...]:
    columns = [t.editorial_event.c[field.name] for field in dataclasses.fields(Event)]
    with reading(engine) as connection:
        rows = connection.execute(sa.select(*columns).where(where).order_by(t.editorial_event.c.pk.desc())).mappings()
        return tuple(Event(**row) for row in rows)
