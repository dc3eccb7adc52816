"""What somebody is told when they come back: what they asked to be reminded of, and answers to their tickets."""

from __future__ import annotations

import datetime as dt
from typing import Callable, Iterator, Protocol

from knowledge.reminders.service import Reminders
from knowledge.tickets.service import Tickets


class Herald(Protocol):
    """Somebody who has something to tell to whoever is here."""

    def news(self, holder: str) -> Iterator[str]:
        """Yield what `holder` was not told yet, and remember that it was told."""


class TicketHerald:
    """Tells what staff wrote."""

    def __init__(self, tickets: Tickets) -> None:
        self._tickets = tickets

    def news(self, holder: str) -> Iterator[str]:
        """Yield every answer to a ticket of `holder`, once."""
        for news in tuple(self._tickets.news(holder)):
            self._tickets.told(news)
            yield news.text


class ReminderHerald:
    """Tells what is due; the time may be past where nobody could be written to."""

    def __init__(self, reminders: Reminders, *, now: Callable[[], dt.datetime]) -> None:
        self._reminders = reminders
        self._now = now

    def news(self, holder: str) -> Iterator[str]:
        """Yield every reminder of `holder` that is due, once."""
        for due in tuple(self._reminders.due(self._now(), holder=holder)):
            self._reminders.told(due.reminder)
            yield due.text
