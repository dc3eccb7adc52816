"""Tries that failed, counted for every door and process together, so that nothing can be guessed by trying."""

from __future__ import annotations

import datetime as dt

import sqlalchemy as sa

from knowledge.store import tables_of_people as t
from knowledge.store.engine import Engine, reading, writing


def count(engine: Engine, subject: str, *, since: dt.datetime) -> int:
    """Return how many tries of (or at) `subject` failed since then."""
    query = sa.select(sa.func.count()).where(t.attempt.c.subject == subject, t.attempt.c.at > since)
    with reading(engine) as connection:
        return int(connection.execute(query).scalar_one())


def put(engine: Engine, *subjects: str, at: dt.datetime) -> None:
    """Write down a try that failed."""
    with writing(engine) as connection:
        connection.execute(t.attempt.insert(), [{"subject": subject, "at": at} for subject in subjects])


def forget(engine: Engine, *, before: dt.datetime) -> None:
    """Delete the tries that count no more."""
    with writing(engine) as connection:
        connection.execute(t.attempt.delete().where(t.attempt.c.at < before))
