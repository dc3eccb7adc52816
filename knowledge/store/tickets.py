"""Tickets and what happened with them; contacts are sealed."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any, Mapping, Optional

import sqlalchemy as sa

from knowledge import clock
from knowledge.store import tables_of_people as t
from knowledge.store.engine import Connection, Engine, reading, writing
from knowledge.store.sealing import Sealing
from knowledge.values.ticket import OPEN, Ticket, TicketEvent, TicketNews, TicketState

COLUMNS = ("number", "holder", "kind", "state", "opened_at", "told", "promised_by", "matter", "region", "situation")


@dataclass(frozen=True)
class TicketStore:
    """Keeps tickets; `secret` is the key of this installation."""

    engine: Engine
    secret: bytes

    def put(self, ticket: Ticket) -> None:
        """Keep a new ticket."""
        row = {name: getattr(ticket, name) for name in COLUMNS}
        contact = self._sealing().seal(ticket.contact) if ticket.contact else None
        with writing(self.engine) as connection:
            connection.execute(t.ticket.insert().values({**row, "situation": dict(ticket.situation), "contact": contact}))

    def of(self, holder: str) -> tuple[Ticket, ...]:
        """Return the tickets of `holder`, newest first."""
        return self._tickets(t.ticket.c.holder == holder)

    def find(self, number: str) -> Optional[Ticket]:
        """Return the ticket of that number."""
        return next(iter(self._tickets(t.ticket.c.number == number)), None)

    def open(self) -> tuple[Ticket, ...]:
        """Return what staff have not answered yet, newest first."""
        return self._tickets(t.ticket.c.state.in_(OPEN))

    def answer(self, number: str, *, by: str, state: TicketState, text: str, at: dt.datetime) -> None:
        """Write down what staff did; with the end of a ticket its contact goes."""
        gone: Mapping[str, Any] = {"contact": None} if state == "closed" else {}
        event = {"ticket_number": number, "at": at, "by": by, "state": state, "text": text}
        with writing(self.engine) as connection:
            connection.execute(t.ticket_event.insert().values(event))
            connection.execute(t.ticket.update().where(t.ticket.c.number == number).values(state=state, **gone))

    def news(self, holder: Optional[str] = None) -> tuple[TicketNews, ...]:
        """Return the events that holders, or this one, were not told yet, oldest first."""
        event, ticket = t.ticket_event, t.ticket
        joined = event.join(ticket, event.c.ticket_number == ticket.c.number)
        query = sa.select(ticket.c.holder, ticket.c.number, event.c.text, event.c.pk).select_from(joined)
        query = query.where(event.c.pk > ticket.c.told_event, *(() if holder is None else (ticket.c.holder == holder,)))
        with reading(self.engine) as connection:
            rows = connection.execute(query.order_by(event.c.pk)).all()
        return tuple(TicketNews(holder=row.holder, number=row.number, text=row.text, event=row.pk) for row in rows)

    def told(self, number: str, event: int) -> None:
        """Remember that the holder knows of `event` and what was before it."""
        later = sa.and_(t.ticket.c.number == number, t.ticket.c.told_event < event)
        with writing(self.engine) as connection:
            connection.execute(t.ticket.update().where(later).values(told_event=event))

    def forget(self, holder: str) -> None:
        """Delete the tickets of `holder`, the open ones too."""
        with writing(self.engine) as connection:
            connection.execute(t.ticket.delete().where(t.ticket.c.holder == holder))

    def forget_before(self, moment: dt.datetime) -> None:
        """Delete the tickets that nothing happened with since then."""
        since = sa.select(t.ticket_event.c.ticket_number).where(t.ticket_event.c.at >= moment)
        with writing(self.engine) as connection:
            connection.execute(t.ticket.delete().where(t.ticket.c.opened_at < moment, t.ticket.c.number.not_in(since)))

    def _tickets(self, condition: Any) -> tuple[Ticket, ...]:
        query = sa.select(t.ticket).where(condition).order_by(t.ticket.c.opened_at.desc(), t.ticket.c.number)
        with reading(self.engine) as connection:
            return tuple(self._one(connection, row) for row in connection.execute(query).mappings().all())

    def _one(self, connection: Connection, row: Mapping[str, Any]) -> Ticket:
        contact = self._sealing().unseal(row["contact"]) if row["contact"] else None
        kept = {name: row[name] for name in COLUMNS} | {"opened_at": clock.local(row["opened_at"])}
        return Ticket(**kept, contact=contact, events=_events(connection, row["number"]))

    def _sealing(self) -> Sealing:
        return Sealing(self.secret, "knowledge.store.tickets")


def _events(connection: Connection, number: str) -> tuple[TicketEvent, ...]:
    query = sa.select(t.ticket_event).where(t.ticket_event.c.ticket_number == number).order_by(t.ticket_event.c.pk)
    return tuple(TicketEvent(on=clock.local(row.at).date(), state=row.state, text=row.text) for row in connection.execute(query).all())
