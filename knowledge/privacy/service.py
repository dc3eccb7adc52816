"""What can be done with everything that is kept of a person: hand it out, and delete it."""

from __future__ import annotations

import datetime as dt
from typing import Any, Callable, Mapping

from knowledge.privacy import export
from knowledge.store import checklists, conversations, ratings, reminders
from knowledge.store.addresses import Addresses
from knowledge.store.engine import Engine
from knowledge.store.references import References
from knowledge.store.tickets import TicketStore


class Privacy:
    """Knows every place where something of a person is kept."""

    def __init__(self, engine: Engine, *, secret: bytes, now: Callable[[], dt.datetime], names: Callable[[], Mapping[str, str]]) -> None:
        self._engine = engine
        self._names = names
        self._tickets = TicketStore(engine, secret)
        self._addresses = Addresses(engine, secret)
        self._references = References(engine, secret, now)

    def forget(self, holder: str) -> None:
        """Delete everything of `holder`; a list of their own goes for everybody, tickets go with what was promised.

        What names nobody stays: keyed hashes of tries for an hour, questions and corrections without who sent them.
        """
        for kept in checklists.of(self._engine, holder):
            checklists.leave(self._engine, kept.number, holder)
        reminders.forget(self._engine, holder)
        self._tickets.forget(holder)
        ratings.forget(self._engine, holder)
        self._addresses.forget(holder)
        self._references.forget(holder)
        conversations.delete(self._engine, holder)

    def export(self, holder: str) -> dict[str, Any]:
        """Return everything that is kept of `holder`, readable by themselves."""
        return export.readable(
            self._names(),
            checklists=checklists.of(self._engine, holder),
            reminders=reminders.of(self._engine, holder),
            tickets=self._tickets.of(holder),
            ratings=ratings.of(self._engine, holder),
            conversation=conversations.read(self._engine, holder),
            sealed=self._references.count(holder),
            channel=self._addresses.channel(holder),
        )
