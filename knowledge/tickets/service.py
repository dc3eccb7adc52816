"""Everything that can be done with a ticket, by its holder and by staff."""

from __future__ import annotations

import datetime as dt
from typing import Callable, Iterator, Mapping, Optional

from knowledge import clock
from knowledge.errors import NotOnFile
from knowledge.language import masks
from knowledge.store.engine import Engine
from knowledge.store.tickets import TicketStore
from knowledge.tickets import numbers, promises
from knowledge.tries import Tries
from knowledge.values.ticket import Ticket, TicketKind, TicketNews, TicketState, TicketView
from knowledge.wording import page, phrase

LONGEST = 1000


class Tickets:
    """Opens tickets, and lets staff answer them: nobody else is told, this is no line to 12345."""

    def __init__(self, engine: Engine, *, secret: bytes, now: Callable[[], dt.datetime]) -> None:
        self._store = TicketStore(engine, secret)
        self._tries = Tries(engine, secret, now, purpose="ticket")
        self._now = now

    def open(
        self,
        holder: str,
        *,
        kind: TicketKind,
        matter: Optional[str],
        region: Optional[str],
        situation: Mapping[str, str],
        told: str,
        contact: Optional[str],
    ) -> TicketView:
        """Keep what did not work out, its numbers masked, and return the ticket with its number."""
        now = clock.local(self._now())
        rule = promises.window(region) if kind == "stuck" else None
        ticket = Ticket(
            number=numbers.new(now.date()),
            holder=holder,
            kind=kind,
            state="received",
            opened_at=now,
            promised_by=promises.promise(rule, on=now.date()).by if rule else None,
            matter=matter,
            region=region,
            situation=dict(situation),
            told=masked(told),
            contact=contact,
        )
        self._store.put(ticket)
        return view(ticket)

    def of(self, holder: str) -> tuple[TicketView, ...]:
        """Return the tickets of `holder`, newest first."""
        return tuple(map(view, self._store.of(holder))) if holder else ()

    def find(self, holder: str, number: str) -> Optional[TicketView]:
        """Return a ticket to whoever knows its number; None alike for a wrong one and after too many tries."""
        written = numbers.written(number) or ""
        spent = self._tries.spent(holder, written)
        ticket = self._store.find(written)
        if ticket and (ticket.holder == holder or not spent):
            return view(ticket)
        self._tries.failed(holder, written, spent=spent)
        return None

    def whole(self, number: str) -> Ticket:
        """Return a ticket as staff see it; raise NotOnFile where there is none of that number."""
        ticket = self._store.find(numbers.written(number) or "")
        if ticket is None:
            raise NotOnFile(phrase("tickets", "staff_none", number=number))
        return ticket

    def waiting(self) -> tuple[Ticket, ...]:
        """Return what staff have to answer, what is due first at the top."""
        return tuple(sorted(self._store.open(), key=lambda one: (one.promised_by or dt.date.max, one.opened_at)))

    def answer(self, number: str, *, by: str, text: str, state: TicketState) -> TicketView:
        """Write down what staff `by` did, for the holder to read; raise NotOnFile where there is no such ticket."""
        ticket = self.whole(number)
        self._store.answer(ticket.number, by=by, state=state, text=text, at=clock.local(self._now()))
        return view(self.whole(ticket.number))

    def news(self, holder: Optional[str] = None) -> Iterator[TicketNews]:
        """Yield what holders, or this one, were not told yet."""
        for one in self._store.news(holder):
            text = phrase("tickets", "news", number=one.number, text=one.text)
            yield TicketNews(holder=one.holder, number=one.number, text=text, event=one.event)

    def told(self, news: TicketNews) -> None:
        """Remember that `news` has reached the holder."""
        self._store.told(news.number, news.event)


def view(ticket: Ticket) -> TicketView:
    """Return a ticket as its holder sees it."""
    return TicketView(
        number=ticket.number,
        kind=ticket.kind,
        state=ticket.state,
        state_name=state_name(ticket.state),
        opened_on=ticket.opened_at.date(),
        promised_by=ticket.promised_by,
        matter=ticket.matter,
        region=ticket.region,
        events=ticket.events,
    )


def state_name(state: TicketState) -> str:
    """Return a state as people read it."""
    return str(page("tickets")["states"][state])


def masked(told: str) -> str:
    """Return what was said, not too long and without numbers that identify, even where no door has masked them."""
    return masks.without_numbers(told, instead="…")[:LONGEST]
