"""Rasa's conversations in and out of the database: one text a sender, whose form is the tracker store's business."""

from __future__ import annotations

import datetime as dt
from typing import Mapping, Optional

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from knowledge.store import tables as t
from knowledge.store.engine import Engine, reading, writing


def read(engine: Engine, sender: str) -> Optional[str]:
    """Return the conversation of `sender`, None where there is none."""
    query = sa.select(t.conversation.c.events).where(t.conversation.c.sender == sender)
    with reading(engine) as connection:
        events: Optional[str] = connection.execute(query).scalar_one_or_none()
    return events


def write(engine: Engine, conversations: Mapping[str, str], *, at: dt.datetime) -> None:
    """Put every conversation, by sender, in the place of what was there; all of them or none."""
    with writing(engine) as connection:
        for sender, events in conversations.items():
            _put(connection, sender, {"events": events, "updated_at": at})


def delete(engine: Engine, sender: str) -> None:
    """Forget the conversation of `sender`, if there is one."""
    with writing(engine) as connection:
        connection.execute(sa.delete(t.conversation).where(t.conversation.c.sender == sender))


def forget_before(engine: Engine, moment: dt.datetime) -> None:
    """Forget the conversations in which nothing was said since then."""
    with writing(engine) as connection:
        connection.execute(sa.delete(t.conversation).where(t.conversation.c.updated_at < moment))


def senders(engine: Engine) -> tuple[str, ...]:
    """Return who has a conversation on file."""
    with reading(engine) as connection:
        return tuple(connection.execute(sa.select(t.conversation.c.sender)).scalars())


def _put(connection: Connection, sender: str, row: Mapping[str, object]) -> None:
    here = t.conversation.c.sender == sender
    if not connection.execute(sa.update(t.conversation).where(here).values(row)).rowcount:
        connection.execute(t.conversation.insert().values(sender=sender, **row))
