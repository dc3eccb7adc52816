"""Ratings: one for each matter and holder."""

from __future__ import annotations

import datetime as dt

import sqlalchemy as sa

from knowledge.store import tables_of_people as t
from knowledge.store.engine import Engine, reading, writing
from knowledge.values.rating import Rating


def put(engine: Engine, holder: str, rating: Rating) -> None:
    """Keep a rating in the place of an earlier one."""
    row = {"region": rating.region, "grade": rating.grade, "reasons": list(rating.reasons), "at": rating.at}
    mine = sa.and_(t.rating.c.holder == holder, t.rating.c.matter == rating.matter)
    with writing(engine) as connection:
        if not connection.execute(t.rating.update().where(mine).values(row)).rowcount:
            connection.execute(t.rating.insert().values(holder=holder, matter=rating.matter, **row))


def of(engine: Engine, holder: str) -> tuple[Rating, ...]:
    """Return the ratings of `holder`."""
    return _ratings(engine, sa.select(t.rating).where(t.rating.c.holder == holder))


def everybody_s(engine: Engine) -> tuple[Rating, ...]:
    """Return all ratings, without whose they are."""
    return _ratings(engine, sa.select(t.rating))


def forget(engine: Engine, holder: str) -> None:
    """Delete the ratings of `holder`."""
    with writing(engine) as connection:
        connection.execute(t.rating.delete().where(t.rating.c.holder == holder))


def forget_before(engine: Engine, moment: dt.datetime) -> None:
    """Delete what was rated before then."""
    with writing(engine) as connection:
        connection.execute(t.rating.delete().where(t.rating.c.at < moment))


def _ratings(engine: Engine, query: sa.sql.Select) -> tuple[Rating, ...]:
    with reading(engine) as connection:
        rows = connection.execute(query.order_by(t.rating.c.matter, t.rating.c.at)).all()
    return tuple(Rating(matter=row.matter, region=row.region, grade=row.grade, reasons=tuple(row.reasons), at=row.at) for row in rows)
