"""Deleting everything whose time is over; Rasa's process does it every few minutes, for all of them."""

from __future__ import annotations

import datetime as dt

from knowledge import clock
from knowledge.editing import unanswered
from knowledge.settings import Retention
from knowledge.store import attempts, checklists, conversations, ratings, reminders, taken_updates
from knowledge.store.addresses import Addresses
from knowledge.store.engine import Engine
from knowledge.store.references import References
from knowledge.store.tickets import TicketStore

ONE_DAY = dt.timedelta(days=1)
# Telegram offers an update again for a day.
UPDATES_COME_AGAIN = dt.timedelta(days=2)
AFTER_A_REMINDER = dt.timedelta(days=7)


def retain(engine: Engine, *, secret: bytes, keep: Retention, now: dt.datetime) -> None:
    """Delete what has not been touched for as long as `keep` says, and what has expired."""
    now = clock.local(now)
    checklists.forget_untouched(engine, since=now - keep.lists * ONE_DAY)
    checklists.forget_expired(engine, at=now)
    conversations.forget_before(engine, now - keep.conversations * ONE_DAY)
    TicketStore(engine, secret).forget_before(now - keep.tickets * ONE_DAY)
    ratings.forget_before(engine, now - keep.ratings * ONE_DAY)
    reminders.forget_before(engine, now - AFTER_A_REMINDER)
    Addresses(engine, secret).forget_unneeded(before=now - ONE_DAY)
    References(engine, secret, lambda: now).purge()
    attempts.forget(engine, before=now - ONE_DAY)
    taken_updates.forget(engine, before=now - UPDATES_COME_AGAIN)
    unanswered.forget(engine, at=now)
