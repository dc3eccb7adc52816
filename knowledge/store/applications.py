"""Applications of the built-in provider in and out of the database, whole and as values."""

from __future__ import annotations

from typing import Optional, Sequence

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.exc import IntegrityError

from knowledge.store import tables as t
from knowledge.store.engine import reading, writing
from knowledge.values.status import Event, StoredApplication, StoredItem, known_state


def check_hash(engine: Engine, application_no: str) -> Optional[str]:
    """Return the keyed hash of the applicant's check, None where the number is not on file."""
    query = sa.select(t.application.c.check_hash).where(t.application.c.application_no == application_no)
    with reading(engine) as connection:
        stored: Optional[str] = connection.execute(query).scalar_one_or_none()
    return stored


def find(engine: Engine, application_no: str) -> Optional[StoredApplication]:
    """Return an application with its items and their timelines, None where the number is not on file."""
    query = sa.select(t.application).where(t.application.c.application_no == application_no)
    with reading(engine) as connection:
        row = connection.execute(query).one_or_none()
        return _application(connection, row) if row else None


def all_demo(engine: Engine) -> tuple[StoredApplication, ...]:
    """Return every invented application on file, by number."""
    query = sa.select(t.application).where(t.application.c.demo).order_by(t.application.c.application_no)
    with reading(engine) as connection:
        return tuple(_application(connection, row) for row in connection.execute(query).all())


def has_real(engine: Engine) -> bool:
    """Tell whether any application on file is not an invented one."""
    with reading(engine) as connection:
        query = sa.select(sa.exists().where(t.application.c.demo.is_(False)))
        return bool(connection.execute(query).scalar_one())


def add(engine: Engine, applications: Sequence[StoredApplication]) -> None:
    """Put applications on file, all of them or none."""
    with writing(engine) as connection:
        for application in applications:
            _insert(connection, application)


def replace_demo(engine: Engine, applications: Sequence[StoredApplication]) -> None:
    """Put `applications` in the place of every invented one on file."""
    try:
        with writing(engine) as connection:
            connection.execute(sa.delete(t.application).where(t.application.c.demo))
            for application in applications:
                _insert(connection, application)
    except IntegrityError:
        # Another process starting at the same moment has just put the same ones there.
        return


def remove_demo(engine: Engine) -> None:
    """Take every invented application off file."""
    with writing(engine) as connection:
        connection.execute(sa.delete(t.application).where(t.application.c.demo))


def _insert(connection: Connection, application: StoredApplication) -> None:
    names = ("application_no", "check_hash", "matter", "region", "state", "demo")
    connection.execute(t.application.insert().values({name: getattr(application, name) for name in names}))
    for position, item in enumerate(application.items):
        _insert_item(connection, application.application_no, position, item)


def _insert_item(connection: Connection, application_no: str, position: int, item: StoredItem) -> None:
    row = {"name": item.name, "department": item.department, "limit_days": item.limit_days}
    inserted = connection.execute(
        t.application_item.insert().values(application_no=application_no, position=position, **row)
    )
    events = [
        {"item_pk": inserted.inserted_primary_key[0], "state": event.state, "on": event.on, "note": event.note}
        for event in item.timeline
    ]
    if events:
        connection.execute(t.application_event.insert(), events)


def _application(connection: Connection, row: sa.engine.Row) -> StoredApplication:
    return StoredApplication(
        application_no=row.application_no,
        check_hash=row.check_hash,
        matter=row.matter,
        region=row.region,
        state=known_state(row.state),
        demo=row.demo,
        items=_items(connection, row.application_no),
    )


def _items(connection: Connection, application_no: str) -> tuple[StoredItem, ...]:
    item = t.application_item
    rows = connection.execute(sa.select(item).where(item.c.application_no == application_no).order_by(item.c.position))
    return tuple(
        StoredItem(
            name=row.name,
            department=row.department,
            limit_days=row.limit_days,
            timeline=_timeline(connection, row.pk),
        )
        for row in rows.all()
    )


def _timeline(connection: Connection, item_pk: int) -> tuple[Event, ...]:
    event = t.application_event
    rows = connection.execute(sa.select(event).where(event.c.item_pk == item_pk).order_by(event.c.on, event.c.pk))
    return tuple(Event(state=known_state(row.state), on=row.on, note=row.note) for row in rows)
