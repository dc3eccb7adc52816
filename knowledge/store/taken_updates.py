"""Which messages of a channel were taken already: so that one that comes twice, or again after a restart, is one turn."""

from __future__ import annotations

import datetime as dt

import sqlalchemy as sa

from knowledge.store import tables_of_people as t
from knowledge.store.engine import Engine, reading, writing


def known(engine: Engine, channel: str, update_id: str) -> bool:
    """Tell whether the update was taken."""
    query = sa.select(t.taken_update.c.at).where(t.taken_update.c.channel == channel, t.taken_update.c.update_id == update_id)
    with reading(engine) as connection:
        return connection.execute(query).first() is not None


def put(engine: Engine, channel: str, update_id: str, *, at: dt.datetime) -> None:
    """Remember that the update was taken; doing so twice changes nothing."""
    same = sa.and_(t.taken_update.c.channel == channel, t.taken_update.c.update_id == update_id)
    with writing(engine) as connection:
        if not connection.execute(t.taken_update.update().where(same).values(at=at)).rowcount:
            connection.execute(t.taken_update.insert().values(channel=channel, update_id=update_id, at=at))


def forget(engine: Engine, *, before: dt.datetime) -> int:
    """Forget the updates that will not come again and return how many there were."""
    with writing(engine) as connection:
        return int(connection.execute(t.taken_update.delete().where(t.taken_update.c.at < before)).rowcount)
